package main

import (
	"context"

	"behold"
	"behold/internal/app"
	"behold/internal/team"
)

type promisesCmd struct {
	reportFlags
	Since string `help:"Count promises that fell due on this day or later. Default: a year before." placeholder:"DAY"`
	Each  bool   `help:"With --format csv or json: one row a promise instead of one a group."`
}

// Help is the manual page.
func (promisesCmd) Help() string {
	return `Counts what became of promises: those of imported files and those that colleagues wrote down here.
A promise is kept in time by the end of its day (or by its minute, where the file names one), late
after that, and broken when it is not kept within a day of it (two hours for calls) or was given up.
Where files hardly ever say that a promise was kept, one that is past its day is untold: it counts
neither as kept nor as broken.

  due = kept_in_time + late + broken + overdue        kept = kept_in_time + late
  share = kept_in_time / due, with the range low to high (Jeffreys, 95 %); empty below 5 due

JSON: day, since, keeping_recorded, all, teams, kinds and, where the setting individual_staff_credit
is on, colleagues: lists of whose, made, due, kept, kept_in_time, late, broken, overdue, open,
untold, share, low, high, days_late (the median of those kept late).

CSV: one row a group: by (all, team, colleague, kind), team, colleague, kind, made, due, kept,
kept_in_time, late, broken, overdue, open, untold, share, low, high, days_late.
With --each one row a promise: promise, customer, team, colleague, kind, made_on, due_on, kept_on,
state, days_late, from.

  behold report promises
  behold report promises --since 2025-01-01 --format csv
  behold report promises --html promises.html --language nl`
}

func (c *promisesCmd) Run(ctx context.Context, e *env, args []string) error {
	since, err := day(c.Since, behold.NoDay)
	if err != nil {
		return err
	}
	return c.report(ctx, e, args, "a report of promises", func(a *app.App, day behold.Day, _ func(done, total int64)) (reported, error) {
		r, err := a.PromiseReport(ctx, day, since)
		if err != nil {
			return reported{}, err
		}
		doc, err := a.PromisePaper(ctx, r, c.Language)
		if c.Each {
			return reported{promiseRows(r), doc, func(e *env) error { return sayPromises(e, r) }}, err
		}
		return reported{r.PromiseReport, doc, func(e *env) error { return sayKeepings(e, r.PromiseReport) }}, err
	})
}

func sayKeepings(e *env, r *team.PromiseReport) error {
	out, err := newRows(e.Stdout, "csv", []string{
		"by", "team", "colleague", "kind", "made", "due", "kept", "kept_in_time", "late", "broken", "overdue", "open", "untold", "share", "low", "high", "days_late",
	}, nil)
	if err != nil {
		return err
	}
	put := func(by, team, colleague, kind string, k *team.Keeping) error {
		return out.Put(by, team, colleague, kind, k.Made, k.Due, k.Kept, k.KeptInTime, k.Late, k.Broken, k.Overdue, k.Open, k.Untold, known(k.Share), known(k.Low), known(k.High), known(k.Days))
	}
	err = put("all", "", "", "", &r.All)
	for i := range r.Teams {
		if err == nil {
			err = put("team", r.Teams[i].Whose, "", "", &r.Teams[i])
		}
	}
	for i := range r.Colleagues {
		if err == nil {
			err = put("colleague", "", r.Colleagues[i].Whose, "", &r.Colleagues[i])
		}
	}
	for i := range r.Kinds {
		if err == nil {
			err = put("kind", "", "", r.Kinds[i].Whose, &r.Kinds[i])
		}
	}
	return out.End(err)
}

// A promiseRow is one promise that counted, or is open still.
type promiseRow struct {
	Promise   string              `json:"promise"`
	Customer  string              `json:"customer"`
	Team      string              `json:"team"`
	Colleague string              `json:"colleague,omitempty"` // where the company has switched that on
	Kind      string              `json:"kind"`
	Made      behold.Day          `json:"made_on"`
	Due       behold.Day          `json:"due_on"`
	Kept      behold.Day          `json:"kept_on,omitzero"`
	State     behold.PromiseState `json:"state"`
	DaysLate  float64             `json:"days_late"`
	From      string              `json:"from"` // file or book
}

func promiseRows(r *app.PromiseReport) []promiseRow {
	list := make([]promiseRow, 0, len(r.Cards))
	for i := range r.Cards {
		c := &r.Cards[i]
		if c.State(r.Day, r.Told) != behold.PromiseOpen && c.Due.Day() < r.Since {
			continue
		}
		row := promiseRow{Promise: c.Number, Customer: c.Customer, Team: r.Names[c.Colleague].Team, Kind: c.Kind, Made: c.Made.Day(), Due: c.Due.Day(),
			Kept: c.Kept.Day(), State: c.State(r.Day, r.Told), DaysLate: max(0, c.LateBy(r.Day)), From: "file"}
		if len(r.Colleagues) > 0 {
			row.Colleague = c.Colleague
		}
		if c.Book {
			row.From = "book"
		}
		list = append(list, row)
	}
	return list
}

func sayPromises(e *env, r *app.PromiseReport) error {
	out, err := newRows(e.Stdout, "csv", []string{"promise", "customer", "team", "colleague", "kind", "made_on", "due_on", "kept_on", "state", "days_late", "from"}, nil)
	if err != nil {
		return err
	}
	for _, p := range promiseRows(r) {
		if err = out.Put(p.Promise, p.Customer, p.Team, p.Colleague, p.Kind, p.Made, p.Due, p.Kept, string(p.State), p.DaysLate, p.From); err != nil {
			break
		}
	}
	return out.End(err)
}
