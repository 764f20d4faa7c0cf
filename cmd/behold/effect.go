package main

import (
	"context"
	"fmt"
	"math"

	"behold"
	"behold/internal/table"
	"behold/stat"
	"behold/stat/effect"
)

// An effectCmd reads anybody's experiment. It needs no data folder.
type effectCmd struct {
	File string `arg:"" help:"CSV (gzip too) or XLSX file, a row for each customer." placeholder:"FILE"`

	Arm        string   `help:"Column that says what the lot gave a customer." required:"" placeholder:"COLUMN"`
	Outcome    string   `help:"Column that says what came of it: a number, or yes and no." required:"" placeholder:"COLUMN"`
	Control    string   `help:"Value of --arm that got nothing, or what everybody gets. Seen from the file where one is called control, none, 0, no mail and the like." placeholder:"VALUE"`
	Covariates []string `help:"Columns known before the lot was drawn; they make ranges narrower." placeholder:"COLUMN"`
	Level      float64  `help:"Chance that a range holds the truth." default:"0.95"`
	Better     string   `help:"Which outcome is better: more, or less (such as complaints)." default:"more" enum:"more,less"`
	Qini       bool     `help:"Instead: does it pay to choose customers by --covariates? A row for each tenth of the customers."`
	Seed       uint64   `help:"Of the lots of --qini." default:"1"`
	Format     string   `help:"table, json or csv." default:"table" enum:"table,json,csv"`
}

// Help is the manual page of effect.
func (effectCmd) Help() string {
	return `Reads an experiment and says what each arm did against the control: one row for every other arm.
The data folder is not touched. The file has a row for each customer who took part, one column that
says which arm a lot put them in, whether or not it was carried out, and one that says what came.

  arm, n, n_control       the arm; how many were in it, and in the control
  difference, low, high   by how much its mean outcome is higher, and the range of that;
                          of an outcome of 0 and 1 (or yes and no) a difference of shares
  level, method           of the range: newcombe (shares), welch (means), lin (with --covariates)
  verdict                 helps or harms when the whole range lies on that side of 0, and
                          else not proven. More is taken to be better, unless --better less
  mean, mean_control      the plain means; caveats (JSON) what is to be taken with care

Rows without arm or outcome are left out, counted and told, and the command then ends with 3.
An empty covariate counts as the mean. A covariate has to be older than the lot: what was bought
after it is an outcome. Each range holds by itself and for one look, when all outcomes are in.

--qini learns from half of the customers, drawn by lot, for whom an arm does most, and tries
that on the other half: share (of the customers, those first from whom most is expected), gain (per
customer of all, from treating that share), by_lot (the same share drawn by lot), then the area between
the two (auuc) with its range, and pays or not proven.

  behold effect campaign.csv --arm segment --outcome visit --control "No E-Mail"
  behold effect campaign.csv --arm segment --outcome spend --covariates recency,history
  behold effect calls.xlsx --arm called --outcome left --better less --format json`
}

func (c *effectCmd) Run(_ context.Context, e *env) error {
	if err := c.check(); err != nil {
		return err
	}
	rows, err := openTable(e, c.File)
	if err != nil {
		return err
	}
	x, err := c.read(rows)
	if err != nil {
		return err
	}
	if c.Qini {
		err = c.putCurves(e, x)
	} else {
		err = c.putArms(e, x)
	}
	if err == nil && x.left.rows() > 0 {
		x.left.say(e, c)
		err = errRejected
	}
	return err
}

// check refuses flags that make no sense, before the file is read.
func (c *effectCmd) check() error {
	switch {
	case !(c.Level > 0 && c.Level < 1):
		return usage(fmt.Sprintf("--level %g is no chance between 0 and 1", c.Level), "write 0.95 for ninety-five of a hundred")
	case table.Fold(c.Arm) == table.Fold(c.Outcome):
		return usage("--arm and --outcome name the same column", "one says what the lot gave, the other what came of it")
	case c.Qini && len(c.Covariates) == 0:
		return usage("--qini needs --covariates", "name columns, known before the lot was drawn, that may tell for whom it pays")
	}
	for _, name := range c.Covariates {
		if f := table.Fold(name); f == table.Fold(c.Arm) || f == table.Fold(c.Outcome) {
			return usage(fmt.Sprintf("--covariates %s is the arm or the outcome itself", name), "name columns that were known before the lot was drawn")
		}
	}
	return nil
}

// putArms prints a row for each arm.
func (c *effectCmd) putArms(e *env, x *experiment) error {
	columns := []string{"arm", "n", "n_control", "difference", "low", "high", "level", "method", "verdict", "mean", "mean_control", "caveats"}
	out, err := newRows(e.Stdout, c.Format, columns, columns[:9])
	if err != nil {
		return err
	}
	for _, arm := range x.arms {
		d, err := x.compare(arm, c.Level)
		if err != nil {
			return x.wrong(err)
		}
		told := x.caveats(d.Caveats)
		if err := out.Put(arm.name, d.Treated, d.Held, c.digits(d.Value), c.digits(d.Interval.Low), c.digits(d.Interval.High), c.Level, string(d.Method),
			proofOf(d.Interval, c.Better == "less"), c.digits(d.With), c.digits(d.Without), codes{told, c.Format == "json"}.cell()); err != nil {
			return err
		}
		if c.Format != "json" {
			sayCaveats(e, arm.name, told)
		}
	}
	return out.End(nil)
}

// digits is a figure as a cell: all its digits in JSON, those that mean something
// elsewhere, nothing where a range has no end.
func (c *effectCmd) digits(value float64) any {
	switch {
	case math.IsInf(value, 0) || math.IsNaN(value):
		return nil
	case c.Format == "json":
		return figure(value)
	}
	return value + 0 // never -0
}

// proofOf is what a range proves.
func proofOf(proven stat.Interval, less bool) string {
	low, high := proven.Low, proven.High
	if less {
		low, high = -high, -low
	}
	switch {
	case low > 0:
		return "helps"
	case high < 0:
		return "harms"
	}
	return "not proven"
}

// putCurves prints the Qini curve of each arm in tenths.
func (c *effectCmd) putCurves(e *env, x *experiment) error {
	columns := []string{"arm", "share", "gain", "by_lot", "auuc", "auuc_low", "auuc_high", "level", "verdict", "n", "caveats"}
	out, err := newRows(e.Stdout, c.Format, columns, columns[:9])
	if err != nil {
		return err
	}
	for _, arm := range x.arms {
		q, err := x.curve(arm, c)
		if err != nil {
			return x.wrong(err)
		}
		told, proof := x.caveats(q.Caveats), "not proven"
		if q.Interval.Low > 0 {
			proof = "pays"
		}
		end := q.Curve[len(q.Curve)-1].Gain
		for tenth := range 11 {
			share := float64(tenth) / 10
			err := out.Put(arm.name, share, c.digits(c.better(at(q.Curve, share))), c.digits(c.better(end*share)), c.digits(q.AUUC), c.digits(q.Interval.Low), c.digits(q.Interval.High), c.Level, proof,
				x.both(arm), codes{told, c.Format == "json"}.cell())
			if err != nil {
				return err
			}
		}
		if c.Format != "json" {
			sayCaveats(e, arm.name, told)
		}
	}
	return out.End(nil)
}

// better turns a gain in an outcome of which less is better.
func (c *effectCmd) better(gain float64) float64 {
	if c.Better == "less" {
		return 0 - gain
	}
	return gain
}

// at is the curve at a share, straight between its points.
func at(curve []effect.Point, share float64) float64 {
	for i := 1; i < len(curve); i++ {
		before, next := curve[i-1], curve[i]
		if next.Share >= share {
			if next.Share == before.Share {
				return next.Gain
			}
			return before.Gain + (next.Gain-before.Gain)*(share-before.Share)/(next.Share-before.Share)
		}
	}
	return curve[len(curve)-1].Gain
}

// codes are caveats as a cell: whole in JSON, and their codes elsewhere.
type codes struct {
	told  []caveat
	whole bool
}

func (c codes) cell() any {
	if c.whole {
		return c.told
	}
	text := ""
	for i, one := range c.told {
		if i > 0 {
			text += ";"
		}
		text += one.Code
	}
	return text
}

// sayCaveats tells on stderr what a table has no room for.
func sayCaveats(e *env, arm string, told []caveat) {
	for _, one := range told {
		fmt.Fprintf(e.Stderr, "note: %s: %s\n", line(arm), one.Says)
	}
}

// wrong says of an error of the statistics which line is to blame.
func (x *experiment) wrong(err error) error {
	return &behold.Error{Kind: behold.Invalid, Say: x.name + " is no experiment that can be read", Hint: "behold effect --help says what the columns mean", Err: err}
}
