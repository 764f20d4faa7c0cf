package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"behold"
	"behold/internal/intake"
	"behold/internal/table"
	"behold/stat"
	"behold/stat/repurchase"
	"behold/stat/survival"
)

// A trial is what fit and predict have in common: a model of the statistics,
// and anybody's file to try it on. It needs no data folder.
type trial struct {
	Model string `arg:"" help:"bgnbd, mbgnbd, paretonbd, mbgcnbdk, gammagamma, sbg, bdw, km or cox."`
	File  string `arg:"" help:"CSV (gzip too) or XLSX file." placeholder:"FILE"`

	Column     map[string]string `help:"Which column is which, such as duration=week,event=arrest." mapsep:"," placeholder:"NAME=COLUMN"`
	Period     string            `help:"Unit of time for raw transactions: day, week or month." default:"week" enum:"day,week,month"`
	Until      string            `help:"Last day to learn from (sbg, bdw: last period). Default: the last there is." placeholder:"DAY"`
	Covariates string            `help:"File with a row for each customer (paretonbd)." placeholder:"FILE"`
	Use        []string          `help:"Only these columns are covariates." placeholder:"COLUMN"`
	Segment    string            `help:"Only rows of this segment (sbg, bdw)." placeholder:"NAME"`
	K          int               `help:"Regularity of mbgcnbdk, 1 to 40; 0: the likeliest." placeholder:"N"`
	Dates      string            `help:"day or month: which comes first in dates such as 03/04/2025. Seen from the file when not given." placeholder:"FIRST"`
	Resamples  int               `help:"Ranges also from so many resampled customers, 40 or more (not km, cox)." placeholder:"N"`
	Seed       uint64            `help:"Of the resamples." default:"1"`

	rejected bool // rows were left out, and the command is to end with it
}

// A fitted model says what was found, and what follows from it row by row.
type fitted interface {
	report() *report
	columns() []string
	predict(horizon float64, put func(cells ...any) error) error
}

const models = "bgnbd mbgnbd paretonbd mbgcnbdk gammagamma sbg bdw km cox"

// fit reads the file and fits the model, or takes it as saved.
func (t *trial) fit(ctx context.Context, e *env, saved *report) (fitted, error) {
	if !slices.Contains(strings.Fields(models), t.Model) {
		return nil, usage(fmt.Sprintf("there is no model %q", t.Model), "the models are "+models)
	}
	if saved != nil && saved.Model != t.Model {
		return nil, usage(fmt.Sprintf("--params are of %s, not of %s", saved.Model, t.Model), "name the model they were fitted with")
	}
	if err := t.check(); err != nil {
		return nil, err
	}
	switch t.Model {
	case "sbg", "bdw", "km", "cox":
		return t.fitRows(e, saved)
	}
	h, err := t.histories(ctx, e)
	if err != nil {
		return nil, err
	}
	if t.Model == "gammagamma" {
		return t.fitSpend(h, saved)
	}
	return t.fitBuyers(h, saved)
}

// fitRows fits a model to a table of contracts or stays.
func (t *trial) fitRows(e *env, saved *report) (fitted, error) {
	if saved != nil && (t.Model == "km" || t.Model == "cox") {
		return nil, usage("what follows from "+t.Model+" is more than its numbers", "leave --params out: it is fitted again on the file")
	}
	rows, err := openTable(e, t.File)
	if err != nil {
		return nil, err
	}
	if t.Model == "sbg" || t.Model == "bdw" {
		return t.fitContract(rows, saved)
	}
	return t.fitStays(rows)
}

// check refuses flags that would be passed over in silence.
func (t *trial) check() error {
	for _, flag := range []struct {
		given       bool
		name, takes string
	}{
		{t.Covariates != "", "--covariates", "paretonbd"},
		{len(t.Use) > 0, "--use", "paretonbd cox"},
		{t.Segment != "", "--segment", "sbg bdw"},
		{t.K != 0, "--k", "mbgcnbdk"},
		{t.Resamples != 0, "--resamples", "bgnbd mbgnbd paretonbd mbgcnbdk gammagamma sbg bdw"},
		{t.Dates != "", "--dates", "bgnbd mbgnbd paretonbd mbgcnbdk gammagamma"},
		{t.Until != "", "--until", "bgnbd mbgnbd paretonbd mbgcnbdk gammagamma sbg bdw"},
	} {
		if flag.given && !slices.Contains(strings.Fields(flag.takes), t.Model) {
			return usage(t.Model+" has no use for "+flag.name, "it is for "+flag.takes)
		}
	}
	if t.K < 0 || t.K > 40 {
		return usage("--k is a whole number from 1 to 40", "leave it out to find the likeliest")
	}
	if t.Resamples != 0 && (t.Resamples < 40 || t.Resamples > 100_000) {
		return usage("--resamples is a whole number from 40 to 100000", "try --resamples 500")
	}
	if t.Dates != "" && t.Dates != intake.DayFirst && t.Dates != intake.MonthFirst {
		return usage(fmt.Sprintf("--dates %q is neither day nor month", t.Dates), "say which of the two comes first")
	}
	known := columnNames()
	for name := range t.Column {
		if !slices.Contains(known, name) {
			return usage(fmt.Sprintf("--column %s is no column of any model", name), "they are "+strings.Join(known, " ")+"; ours stands first: --column duration=week")
		}
	}
	return nil
}

// columnNames are our names of all columns.
func columnNames() []string {
	var ours []string
	for _, names := range [][]string{
		repeatsNames, lastNames, ageNames, spendNames, weightNames, gapsNames, {"customer"}, {"date"}, {"amount"}, {"quantity"}, {"price"}, {"discount"},
		durationNames, eventNames, entryNames, groupNames, stratumNames, clusterNames, periodNames, activeNames, segmentNames, cohortNames,
	} {
		ours = append(ours, names[0])
	}
	return ours
}

// find is the place of a column under one of the names it may have, or −1; the
// first of the names is ours, and --column may say what the file calls it.
func (t *trial) find(rows *table.Table, names []string) (int, error) {
	called, said := t.Column[names[0]]
	if !said {
		return rows.Find(names...), nil
	}
	place := rows.Find(called)
	if place < 0 && names[0] == "customer" && t.Covariates != "" { // it was said of the other file
		place = rows.Find(names...)
	}
	if place < 0 {
		return 0, lacks(rows.Name, rows.Columns, called, "--column names columns as the header has them")
	}
	return place, nil
}

// need is find for a column that must be there.
func (t *trial) need(rows *table.Table, names []string) (int, error) {
	place, err := t.find(rows, names)
	if err == nil && place < 0 {
		return 0, lacks(rows.Name, rows.Columns, names[0], fmt.Sprintf("it may be called %s, or say --column %s=NAME", strings.Join(names[:min(len(names), 12)], ", "), names[0]))
	}
	return place, err
}

// lacks says what was looked for and what was found.
func lacks(name string, columns []string, wanted, hint string) error {
	return &behold.Error{
		Kind: behold.Invalid, Hint: hint,
		Say: line(fmt.Sprintf("%s has no column %s; its columns are %s", name, wanted, strings.Join(columns, ", "))),
	}
}

// optional is a column of numbers, nil where there is none.
func (t *trial) optional(rows *table.Table, names []string) ([]float64, error) {
	place, err := t.find(rows, names)
	if err != nil || place < 0 {
		return nil, err
	}
	return rows.Numbers(place)
}

// timed is how long a search took, in seconds.
func timed(search func() error) (figure, error) {
	begun := time.Now()
	err := search()
	return figure(time.Since(begun).Seconds()), err
}

// unfit says that a model found no answer in a file, and in which line where one
// is to blame: rows is nil where its lines are not what the model was given.
func unfit(name string, rows *table.Table, model string, err error) error {
	var told *behold.Error
	if errors.As(err, &told) && told.Hint != "" {
		return err
	}
	if row, say := blamed(err); rows != nil && row >= 0 && row < rows.Len() {
		return &behold.Error{
			Kind: behold.Invalid, Say: fmt.Sprintf("%s, line %d: %s", name, rows.Line(row), say),
			Hint: "behold fit --help says what the columns of each model mean",
		}
	}
	return &behold.Error{Kind: behold.Invalid, Say: name + " does not fit " + model, Hint: remedy(model, err), Err: err}
}

// blamed is the row of the input that cannot be and what is wrong with it; −1
// where none is to blame.
func blamed(err error) (row int, say string) {
	var buyer *repurchase.InputError
	var stay *survival.InputError
	switch {
	case errors.As(err, &buyer):
		return buyer.Buyer, fmt.Sprintf("%s is %g, %s", strings.ToLower(buyer.Field), buyer.Value, buyer.Why)
	case errors.As(err, &stay):
		return stay.Row, fmt.Sprintf("%s is %g, %s", strings.ToLower(stay.Field), stay.Value, stay.Why)
	}
	return -1, ""
}

// remedy is what to do where a model has too little to learn from.
func remedy(model string, err error) string {
	switch {
	case errors.Is(err, repurchase.ErrTooFew) && model == "gammagamma":
		return "it learns from customers who bought again and spent something: there are none"
	case errors.Is(err, survival.ErrTooFew) && model == "sbg":
		return "it takes the counts after two renewals: periods 0, 1 and 2, of customers who were more than none"
	case errors.Is(err, survival.ErrTooFew) && model == "bdw":
		return "it takes the counts after three renewals: periods 0 to 3, of customers who were more than none"
	case errors.Is(err, survival.ErrNobodyLeft):
		return "a model of leaving learns from those who left: give a longer time, or rows of them too"
	}
	return "behold fit --help says what the columns of each model mean"
}

// outOfRange refuses an answer that no figure holds.
func outOfRange(name, model string, logLikelihood float64) error {
	if stat.Finite(logLikelihood) {
		return nil
	}
	return &behold.Error{Kind: behold.Invalid, Say: name + " has figures too large or too small for " + model, Hint: "is a unit wrong, or have two columns run together?"}
}
