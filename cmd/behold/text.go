package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"behold"
	"behold/internal/table"
	"behold/internal/text"
	"behold/stat"
)

type textCmd struct {
	Train    textTrainCmd    `cmd:"" help:"Learn to sort texts from texts that are sorted already."`
	Classify textClassifyCmd `cmd:"" help:"Give every text of a file its label."`
	Score    textScoreCmd    `cmd:"" help:"Hold what would be given against labels that are right."`
}

type textTrainCmd struct {
	File  string `arg:"" help:"CSV (gzip too) or XLSX file, a row for each text." placeholder:"FILE"`
	Text  string `required:"" help:"The column with the texts." placeholder:"COLUMN"`
	Label string `required:"" help:"The column with their labels; rows without one are left out." placeholder:"COLUMN"`
	Model string `required:"" name:"out" help:"Where the model is written." placeholder:"FILE" aliases:"model"`
}

// Help is the manual page.
func (textTrainCmd) Help() string {
	return `Learns from texts with one label each what other texts would be labelled, and writes it to a
file for behold text classify and behold text score. Addresses, telephone and bank numbers are
masked before anything else, and the model holds no words, only numbers. The data folder is not touched.

A fifth of the texts is left out at first, to learn how sure a label has to be before it is acted
on: at least 7 in 10 right, with a confidence of 9 in 10. What came of it is printed as JSON: texts,
labels, cut, and of the texts left out: tried, right, sure, sure_and_right.

  behold text train tickets.csv --text body --label reason --out reasons.model`
}

func (c *textTrainCmd) Run(e *env) error {
	bodies, labels, err := labelledTexts(e, c.File, c.Text, c.Label)
	if err != nil {
		return err
	}
	examples := make([]text.Example, len(bodies))
	for i := range bodies {
		examples[i] = text.Example{Body: bodies[i], Labels: []text.Label{labels[i]}}
	}
	sorter, err := text.Train(examples)
	if err != nil {
		return err
	}
	if err := keepModel(e.Path(c.Model), sorter); err != nil {
		return err
	}
	trial := sorter.Trial()
	return e.json(map[string]any{
		"texts": len(examples), "labels": sorter.Labels(), "cut": sorter.Cut(),
		"tried": trial.Texts, "right": trial.Right, "sure": trial.Sure, "sure_and_right": trial.Kept,
	})
}

// keepModel writes the model beside its place and then puts it there whole, so that
// one that is torn is never found.
func keepModel(path string, sorter *text.Sorter) (err error) {
	cannot := func(err error) error {
		return &behold.Error{Kind: behold.Unavailable, Say: "the model cannot be written to " + path, Hint: "is there such a folder, and room on the disk?", Err: err}
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".behold-*")
	if err != nil {
		return cannot(err)
	}
	err = errors.Join(sorter.Write(file), file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		os.Remove(file.Name())
		return cannot(err)
	}
	return nil
}

type textClassifyCmd struct {
	File   string `arg:"" help:"CSV (gzip too) or XLSX file, a row for each text." placeholder:"FILE"`
	Text   string `required:"" help:"The column with the texts." placeholder:"COLUMN"`
	Model  string `help:"What behold text train wrote. Default: the reasons for leaving that Behold knows." placeholder:"FILE"`
	Format string `help:"csv, json or table." default:"csv" enum:"table,json,csv"`
}

// Help is the manual page.
func (textClassifyCmd) Help() string {
	return `Writes for every row its number (the first below the header is 1), the label, the chance that it is
right, and whether that is too unlikely to act on (unsure). Without --model the labels are the reasons
for leaving, as behold reads them in tickets and answers.

  behold text classify tickets.csv --text body --model reasons.model
  behold text classify answers.csv --text why`
}

func (c *textClassifyCmd) Run(e *env) error {
	given, err := openTable(e, c.File)
	if err != nil {
		return err
	}
	bodies, err := textsOf(given, c.Text)
	if err != nil {
		return err
	}
	sorted, err := sortAll(e, c.Model, bodies)
	if err != nil {
		return err
	}
	out, err := newRows(e.Stdout, c.Format, []string{"row", "label", "probability", "unsure"}, nil)
	if err != nil {
		return err
	}
	for i, s := range sorted {
		if err := out.Put(i+1, s.Label, s.Chance, s.Unsure); err != nil {
			return err
		}
	}
	return out.End(nil)
}

type textScoreCmd struct {
	File   string `arg:"" help:"CSV (gzip too) or XLSX file, a row for each text." placeholder:"FILE"`
	Text   string `required:"" help:"The column with the texts." placeholder:"COLUMN"`
	Label  string `required:"" help:"The column with the labels that are right; rows without one are left out." placeholder:"COLUMN"`
	Model  string `help:"What behold text train wrote. Default: the reasons for leaving that Behold knows." placeholder:"FILE"`
	Format string `help:"json or table." default:"json" enum:"table,json"`
}

// Help is the manual page.
func (textScoreCmd) Help() string {
	return `Sorts the texts and says how well: n, macro_f1 (each label counting alike), accuracy, coverage (of how
many it is sure), precision (right among those), labels (n, precision, recall, f1 of each) and curve:
what would be right were only the surest tenth, two tenths … sorted. Use texts that the model has not
seen: on its own it flatters itself.

  behold text score later.csv --text body --label reason --model reasons.model`
}

func (c *textScoreCmd) Run(e *env) error {
	bodies, labels, err := labelledTexts(e, c.File, c.Text, c.Label)
	if err != nil {
		return err
	}
	sorted, err := sortAll(e, c.Model, bodies)
	if err != nil {
		return err
	}
	var tally text.Tally
	for i, s := range sorted {
		tally.Add(labels[i], s)
	}
	score := tally.Score()
	if c.Format == "table" {
		return e.scoreTable(score)
	}
	return e.json(scoreOf(score))
}

// scoreOf is a score under the names it goes by in files.
func scoreOf(s text.Score) any {
	type label struct {
		Label     string  `json:"label"`
		N         int     `json:"n"`
		Precision float64 `json:"precision"`
		Recall    float64 `json:"recall"`
		F1        float64 `json:"f1"`
	}
	type point struct {
		Coverage  float64 `json:"coverage"`
		Cut       float64 `json:"cut"`
		Precision float64 `json:"precision"`
	}
	out := struct {
		N         int     `json:"n"`
		MacroF1   float64 `json:"macro_f1"`
		Accuracy  float64 `json:"accuracy"`
		Coverage  float64 `json:"coverage"`
		Precision float64 `json:"precision"`
		Labels    []label `json:"labels"`
		Curve     []point `json:"curve"`
	}{N: s.Texts, MacroF1: s.MacroF1, Accuracy: s.Accuracy, Coverage: s.Coverage, Precision: s.Precision}
	for _, l := range s.Labels {
		out.Labels = append(out.Labels, label{l.Label, l.Texts, l.Precision, l.Recall, l.F1})
	}
	for _, p := range s.Curve {
		out.Curve = append(out.Curve, point(p))
	}
	return out
}

func (e *env) scoreTable(s text.Score) error {
	fmt.Fprintf(e.Stdout, "%s: macro-F1 %.3f, accuracy %.3f; sure of %.3f of them, right in %.3f of those\n\n", counted(s.Texts, "text"), s.MacroF1, s.Accuracy, s.Coverage, s.Precision)
	out, err := newRows(e.Stdout, "table", []string{"label", "n", "precision", "recall", "f1"}, nil)
	if err != nil {
		return err
	}
	for _, l := range s.Labels {
		if err := out.Put(l.Label, l.Texts, l.Precision, l.Recall, l.F1); err != nil {
			return err
		}
	}
	return out.End(nil)
}

// json writes one thing as JSON for readers.
func (e *env) json(v any) error {
	out := json.NewEncoder(e.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(v)
}

// sortAll sorts texts on all cores, with a model or the one Behold comes with.
func sortAll(e *env, model string, bodies []string) ([]text.Sorted, error) {
	one := text.Default().Sort
	if model != "" {
		file, err := os.Open(e.Path(model))
		if err != nil {
			return nil, &behold.Error{Kind: behold.NotFound, Say: "there is no model at " + model, Hint: "behold text train makes one", Err: err}
		}
		defer file.Close()
		sorter, err := text.ReadSorter(file)
		if err != nil {
			return nil, err
		}
		one = sorter.Sort
	}
	sorted := make([]text.Sorted, len(bodies))
	stat.Blocks(len(bodies), 256, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			sorted[i] = one(bodies[i])
		}
	})
	return sorted, nil
}

// labelledTexts are the texts of a file that have a label. How many have none is told.
func labelledTexts(e *env, file, body, label string) (bodies, labels []string, err error) {
	given, err := openTable(e, file)
	if err != nil {
		return nil, nil, err
	}
	all, err := textsOf(given, body)
	if err != nil {
		return nil, nil, err
	}
	said, err := textsOf(given, label)
	if err != nil {
		return nil, nil, err
	}
	for i, l := range said {
		if l != "" {
			bodies, labels = append(bodies, all[i]), append(labels, l)
		}
	}
	if len(labels) == 0 {
		return nil, nil, &behold.Error{Kind: behold.Invalid, Say: given.Name + " has no text with a label in column " + label, Hint: "is it the right column?"}
	}
	if none := len(said) - len(labels); none > 0 {
		fmt.Fprintf(e.Stderr, "behold: %s without a label left out\n", counted(none, "row"))
	}
	return bodies, labels, nil
}

func textsOf(given *table.Table, column string) ([]string, error) {
	place := given.Find(column)
	if place < 0 {
		return nil, lacks(given.Name, given.Columns, column, "columns are named as the header has them")
	}
	return given.Texts(place), nil
}
