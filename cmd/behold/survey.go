package main

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"behold"
	"behold/internal/intake"
	"behold/internal/survey"
)

type surveyCmd struct {
	Results resultsCmd    `cmd:"" help:"How satisfied customers are, quarter by quarter, and how sure that is."`
	Replay  replayCmd     `cmd:"" help:"Look after every answer of anybody's file, as if they came one by one."`
	Draw    surveyDrawCmd `cmd:"" help:"Say whom to ask today, and why not the others."`
	Send    surveySendCmd `cmd:"" help:"Send the letters that are due, now."`
	Bounce  bounceCmd     `cmd:"" help:"Read reports of letters that came back: those addresses are not asked again."`
}

type replayCmd struct {
	File       string  `arg:"" help:"CSV (gzip too) or XLSX file, a row for each answer, the first answer first." placeholder:"FILE"`
	Item       string  `required:"" help:"The column with the answers." placeholder:"COLUMN"`
	Scale      int     `required:"" help:"The best answer: 5 for a scale of 1 to 5, 10 for 0 to 10." placeholder:"MAX"`
	Top        int     `help:"How many of the best answers count." default:"1" placeholder:"K"`
	Missing    string  `help:"Codes that stand for no answer, with commas between; an empty cell, “blank” or “n/a” is none anyway." placeholder:"V,V"`
	Population int     `help:"Customers in all, when each is asked at most once: narrower for a small firm." placeholder:"N"`
	Level      float64 `help:"Of the intervals." default:"0.95"`
	Format     string  `help:"table, json or csv." default:"table" enum:"table,json,csv"`
}

// Help is the manual page.
func (replayCmd) Help() string {
	return `Reads a survey that is over as if its answers had come one by one, and says after each of them
how many are very satisfied: n, share, low, high. The interval holds the true share at all looks
together, so that looking every day does no harm; the last row is the result. On a scale of
0 to 10 there are also nps, nps_low, nps_high: promoters (9, 10) less detractors (0 to 6), times 100.

Answers may be figures, 9/10, or the words of a scale of five ("very satisfied", "meget tilfreds"). A
file that an import reads as answers is read the same way here: --item is then one of its questions.

An answer that is not on the scale is left out, counted and told, and the command then ends with 3.
The table form shows some looks and the last; json and csv show all. The data folder is not touched.

  behold survey replay answers.csv --item satisfaction --scale 5
  behold survey replay answers.csv --item recommend --scale 10 --top 2 --missing 11,99
  behold survey replay answers.csv --item satisfaction --scale 5 --population 80`
}

func (c *replayCmd) Run(ctx context.Context, e *env) error {
	question := survey.Question{Most: c.Scale, Top: c.Top, Population: c.Population, Level: c.Level}
	replay, err := survey.NewReplay(question)
	if err != nil {
		return asUsage(err)
	}
	given, err := c.read(ctx, e)
	if err != nil {
		return err
	}
	out, err := newRows(e.Stdout, c.Format, columnsOf(question), nil)
	if err != nil {
		return err
	}
	left, err := c.play(given, replay, out)
	if err = out.End(err); err != nil || len(left) == 0 {
		return err
	}
	for _, why := range left[:min(len(left), 3)] {
		fmt.Fprintln(e.Stderr, "behold:", why)
	}
	fmt.Fprintf(e.Stderr, "behold: %s left out\nhint: name codes for no answer, such as --missing 0,6\n", counted(len(left), "answer"))
	return errRejected
}

func columnsOf(q survey.Question) []string {
	names := []string{"n", "share", "low", "high"}
	if q.Least() == 0 {
		names = append(names, "nps", "nps_low", "nps_high")
	}
	return names
}

// A told is an answer as the file has it.
type told struct {
	line int64
	text string
}

// A hearing is the answers to one item of a file, in its order.
type hearing struct {
	file    string
	answers []told
}

// read takes the answers of a file: those of the column that --item names or, of a
// file that an import would read as answers, those to the item of that name.
func (c *replayCmd) read(ctx context.Context, e *env) (*hearing, error) {
	given, err := openTable(e, c.File)
	if err != nil {
		return nil, err
	}
	if place := given.Find(c.Item); place >= 0 {
		h := &hearing{file: given.Name}
		for row, cell := range given.Texts(place) {
			h.answers = append(h.answers, told{int64(given.Line(row)), cell})
		}
		return h, nil
	}
	if slices.Contains(behold.AnswerItems(), c.Item) {
		h := &hearing{file: given.Name}
		_, err := intake.Read(ctx, e.Path(c.File), intake.Options{As: behold.TableAnswers}, &itemSink{h, c})
		if err == nil {
			return h, nil
		}
	}
	return nil, lacks(given.Name, given.Columns, c.Item, "--item names a column as the header has it, or, of answers as an import reads them, one of "+strings.Join(behold.AnswerItems(), ", "))
}

// An itemSink keeps the answers to one item on the scale that is asked for.
type itemSink struct {
	*hearing
	want *replayCmd
}

func (*itemSink) Lines(context.Context, *behold.Lines) error         { return nil }
func (*itemSink) Customers(context.Context, []behold.Customer) error { return nil }
func (*itemSink) Rejects(context.Context, []behold.Reject) error     { return nil }

func (s *itemSink) Records(_ context.Context, r *behold.Records) error {
	item, value, scale := r.Columns[r.Table.Column("item")].Text, r.Columns[r.Table.Column("value")].Number, r.Columns[r.Table.Column("scale_max")].Number
	for i := range r.Len() {
		if item[i] != s.want.Item || i >= len(value) || math.IsNaN(value[i]) {
			continue
		}
		text := strconv.FormatFloat(value[i], 'f', -1, 64)
		if i < len(scale) && !math.IsNaN(scale[i]) && scale[i] != float64(s.want.Scale) {
			text += "/" + strconv.FormatFloat(scale[i], 'f', -1, 64)
		}
		s.answers = append(s.answers, told{r.Row[i], text})
	}
	return nil
}

// play puts a row for each answer and says which were left out, and why. Where
// there is none there is no result, which is an error.
func (c *replayCmd) play(given *hearing, replay *survey.Replay, out *rows) (left []string, err error) {
	missing := strings.Split(c.Missing, ",")
	for i := range missing {
		missing[i] = strings.TrimSpace(missing[i])
	}
	last, shown := survey.Look{}, 0
	for _, a := range given.answers {
		if blank(a.text) || slices.Contains(missing, a.text) {
			continue
		}
		look, err := answered(replay, a.text, c.Scale)
		if err != nil {
			left = append(left, line(fmt.Sprintf("%s, line %d: %v", given.file, a.line, err)))
			continue
		}
		if last = look; c.Format != "table" || telling(look.N) {
			shown = look.N
			if err := out.Put(cellsOf(look)...); err != nil {
				return left, err
			}
		}
	}
	if last.N == 0 {
		return left, &behold.Error{Kind: behold.Invalid, Say: given.file + " has no answer in column " + c.Item + " that is on the scale", Hint: "is --scale right? it is the best answer, such as 5"}
	}
	if shown < last.N {
		return left, out.Put(cellsOf(last)...)
	}
	return left, nil
}

// blank says whether a cell holds no answer, whichever way it says so.
func blank(cell string) bool {
	switch strings.ToLower(cell) {
	case "", "blank", "na", "n/a", "nan", "null", "-":
		return true
	}
	return false
}

func answered(replay *survey.Replay, cell string, most int) (survey.Look, error) {
	value, ok := intake.Rating(cell, most)
	if !ok || value != float64(int(value)) {
		return survey.Look{}, fmt.Errorf("%q is no whole number", cell)
	}
	return replay.Add(int(value))
}

// telling picks the looks of the table form: 1, 2, 5, 10, 20, 50 and so on.
func telling(n int) bool {
	for n%10 == 0 {
		n /= 10
	}
	return n == 1 || n == 2 || n == 5
}

func cellsOf(l survey.Look) []any {
	cells := []any{l.N, l.Estimate(), l.Share.Low, l.Share.High}
	if l.NPS != nil {
		cells = append(cells, l.Score, l.NPS.Low, l.NPS.High)
	}
	return cells
}

// asUsage says that flags, not the file, are to blame.
func asUsage(err error) error {
	hint := behold.HintOf(err)
	if hint == "" {
		hint = "--level is a share such as 0.95"
	}
	return usage(err.Error(), hint)
}
