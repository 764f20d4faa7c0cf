package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"behold"
	"behold/internal/survey"
	"behold/internal/table"
)

type surveyCmd struct {
	Results resultsCmd    `cmd:"" help:"How satisfied customers are, quarter by quarter, and how sure that is."`
	Replay  replayCmd     `cmd:"" help:"Look after every answer of anybody's file, as if they came one by one."`
	Draw    surveyDrawCmd `cmd:"" help:"Say whom to ask today, and why not the others."`
	Send    surveySendCmd `cmd:"" help:"Send the letters that are due, now."`
}

type replayCmd struct {
	File       string  `arg:"" help:"CSV (gzip too) or XLSX file, a row for each answer, the first answer first." placeholder:"FILE"`
	Item       string  `required:"" help:"The column with the answers." placeholder:"COLUMN"`
	Scale      int     `required:"" help:"The best answer: 5 for a scale of 1 to 5, 10 for 0 to 10." placeholder:"MAX"`
	Top        int     `help:"How many of the best answers count." default:"1" placeholder:"K"`
	Missing    string  `help:"Codes that stand for no answer, with commas between; an empty cell is none anyway." placeholder:"V,V"`
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

An answer that is not on the scale is left out, counted and told, and the command then ends with 3.
The table form shows some looks and the last; json and csv show all. The data folder is not touched.

  behold survey replay answers.csv --item satisfaction --scale 5
  behold survey replay answers.csv --item recommend --scale 10 --top 2 --missing 11,99
  behold survey replay answers.csv --item satisfaction --scale 5 --population 80`
}

func (c *replayCmd) Run(e *env) error {
	question := survey.Question{Most: c.Scale, Top: c.Top, Population: c.Population, Level: c.Level}
	replay, err := survey.NewReplay(question)
	if err != nil {
		return asUsage(err)
	}
	given, err := openTable(e, c.File)
	if err != nil {
		return err
	}
	place := given.Find(c.Item)
	if place < 0 {
		return lacks(given.Name, given.Columns, c.Item, "--item names a column as the header has it")
	}
	out, err := newRows(e.Stdout, c.Format, columnsOf(question), nil)
	if err != nil {
		return err
	}
	left, err := c.play(given, place, replay, out)
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

// play puts a row for each answer and says which were left out, and why. Where
// there is none there is no result, which is an error.
func (c *replayCmd) play(given *table.Table, place int, replay *survey.Replay, out *rows) (left []string, err error) {
	missing := strings.Split(c.Missing, ",")
	for i := range missing {
		missing[i] = strings.TrimSpace(missing[i])
	}
	last, shown := survey.Look{}, 0
	for row, cell := range given.Texts(place) {
		if cell == "" || slices.Contains(missing, cell) {
			continue
		}
		look, err := answered(replay, cell)
		if err != nil {
			left = append(left, line(fmt.Sprintf("%s, line %d: %v", given.Name, given.Line(row), err)))
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
		return left, &behold.Error{Kind: behold.Invalid, Say: given.Name + " has no answer in column " + c.Item + " that is on the scale", Hint: "is --scale right? it is the best answer, such as 5"}
	}
	if shown < last.N {
		return left, out.Put(cellsOf(last)...)
	}
	return left, nil
}

func answered(replay *survey.Replay, cell string) (survey.Look, error) {
	value, err := strconv.ParseFloat(strings.Replace(cell, ",", ".", 1), 64)
	if err != nil || value != float64(int(value)) {
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
