package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"behold"
	"behold/internal/round"
)

type backtestCmd struct {
	Origins string `help:"Days of the past to stand on, with commas between. Default: up to six of the last months whose outcomes are known." placeholder:"D,D"`
	Horizon int    `help:"Days that \"leaves\" looks ahead. Default: that of the company." placeholder:"DAYS"`
	Format  string `help:"table, json or csv." default:"table" enum:"table,json,csv"`
}

// Help is the manual page.
func (backtestCmd) Help() string {
	return `Stands on days of the past, learns everything anew from what was recorded by then, and holds
what it would have said against what came. Beside chance_leave stand the simple rules it has to
beat: recency (longest silent), recency per usual gap, frequency, and chance. AUC is the chance
that one who left ranked above one who stayed; its range is a bootstrap over customers.

"active" are those with two purchases or more who were silent for at most two usual gaps or half
a year; "all" counts the long gone too, which flatters every score. For each day there are also the
lamps: how many of the active leavers had one, how long before they were missed, how many false ones
there were per 100 healthy customers and month, beside the dial, and each lamp's own count. The last
line says whether chance_leave may rank the list or a simple rule would do as well.

JSON: horizon_days; origins, each with groups (scores, calibration_slope with its range, ece, brier,
bins) and lamps (lit, left, false_per_100_month, in_dial); gate (open, rule, because). CSV: a row for
each origin, group and score.

  behold backtest
  behold backtest --origins 2025-01-31,2025-03-31 --horizon 90 --format json`
}

func (c *backtestCmd) Run(ctx context.Context, e *env, args []string) error {
	origins, err := days(c.Origins)
	if err != nil {
		return err
	}
	if c.Horizon < 0 || c.Horizon > 1095 {
		return usage("a horizon is a number of days between 7 and 1095", "try --horizon 90")
	}
	a, done, err := e.open(ctx, args, "a backtest")
	if err != nil {
		return err
	}
	bar := e.progress("backtest")
	b, err := a.Backtest(ctx, origins, c.Horizon, bar.To)
	bar.End()
	if err != nil {
		return errors.Join(err, done())
	}
	return errors.Join(c.say(e, b), done())
}

// days reads days with commas between.
func days(text string) ([]behold.Day, error) {
	var list []behold.Day
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		d, err := day(word, behold.NoDay)
		if err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, nil
}

func (c *backtestCmd) say(e *env, b *round.Backtest) error {
	switch c.Format {
	case "json":
		return sayJSON(e.Stdout, b)
	case "csv":
		return sayBacktestRows(e, b)
	}
	for i := range b.Origins {
		sayOrigin(e, &b.Origins[i], b.Horizon)
	}
	g := &b.Gate
	if g.Open {
		fmt.Fprintf(e.Stdout, "chance_leave ranks the list: AUC %.3f on average, the best simple rule (%s) %.3f\n", g.AUC, g.BestRule, g.BestAUC)
	} else {
		fmt.Fprintf(e.Stdout, "a simple rule, %s, would do: %s (AUC %.3f, chance_leave %.3f)\n", g.BestRule, strings.Join(g.Because, "; "), g.BestAUC, g.AUC)
	}
	return nil
}

func sayOrigin(e *env, o *round.OriginTest, horizon int) {
	fmt.Fprintf(e.Stdout, "as of %s, %d days ahead\n", o.Origin, horizon)
	for _, g := range o.Groups {
		fmt.Fprintf(e.Stdout, "  %s: %d customers, %d left; chances say %.1f %%, %.1f %% came; slope %.2f (%.2f–%.2f), ECE %.3f, Brier %.3f\n",
			g.Group, g.Customers, g.Leavers, 100*g.Mean, 100*g.Share, g.Slope, g.SlopeLow, g.SlopeHigh, g.ECE, g.Brier)
		w := tabwriter.NewWriter(e.Stdout, 0, 0, 2, ' ', 0)
		fmt.Fprint(w, "    score\tAUC\trange\tchance_leave above it\tprecision and money in the first ...\n")
		for _, s := range g.Scores {
			fmt.Fprintf(w, "    %s\t%.3f\t%.3f–%.3f\t%s\t", s.Score, s.AUC, s.Low, s.High, above(&s))
			for _, t := range s.Capacity {
				fmt.Fprintf(w, "%d: %.2f, %.2f  ", t.Top, t.Precision, t.Money)
			}
			fmt.Fprintln(w)
		}
		w.Flush()
	}
	fmt.Fprintf(e.Stdout, "  lamps: %.0f %% of the active leavers had one", 100*o.Reached)
	if o.LeadDays != nil {
		fmt.Fprintf(e.Stdout, ", in the middle %.0f days before they were missed", *o.LeadDays)
	}
	fmt.Fprintf(e.Stdout, "; false ones per 100 healthy customers and month: %.1f (%.1f–%.1f), the dial says %g\n", o.False, o.FalseLow, o.FalseHigh, o.Dial)
	for _, l := range o.Lamps {
		fmt.Fprintf(e.Stdout, "    %s: lit %d times in the month, %d left\n", l.Lamp, l.Lit, l.Left)
	}
}

func above(s *round.ScoreTest) string {
	if s.Score == "chance_leave" {
		return ""
	}
	return fmt.Sprintf("%+.3f (%+.3f to %+.3f)", s.Above, s.AboveLow, s.AboveHigh)
}

func sayBacktestRows(e *env, b *round.Backtest) error {
	out, err := newRows(e.Stdout, "csv", []string{
		"origin", "horizon_days", "group", "customers", "leavers", "score", "auc", "auc_low", "auc_high",
		"precision_25", "money_25", "precision_50", "money_50", "precision_100", "money_100", "calibration_slope", "ece", "brier",
	}, nil)
	if err != nil {
		return err
	}
	for _, o := range b.Origins {
		for _, g := range o.Groups {
			for _, s := range g.Scores {
				top := make([]any, 6)
				for i, t := range s.Capacity {
					top[2*i], top[2*i+1] = t.Precision, t.Money
				}
				own := []any{nil, nil, nil}
				if s.Score == "chance_leave" {
					own = []any{g.Slope, g.ECE, g.Brier}
				}
				row := append([]any{o.Origin, b.Horizon, g.Group, g.Customers, g.Leavers, s.Score, s.AUC, s.Low, s.High}, top...)
				if err := out.Put(append(row, own...)...); err != nil {
					return err
				}
			}
		}
	}
	return out.End(nil)
}
