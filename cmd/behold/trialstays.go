package main

import (
	"errors"
	"slices"
	"strings"

	"behold/internal/table"
	"behold/stat/survival"
)

// The names that columns of stays may have, ours first.
var (
	durationNames = []string{"duration", "time", "T", "tenure", "stay", "stop", "exit", "lifetime"}
	eventNames    = []string{"event", "E", "status", "left", "churn", "churned", "died", "death"}
	entryNames    = []string{"entry", "entered", "start", "late_entry"}
	groupNames    = []string{"group"}
	stratumNames  = []string{"stratum", "strata"}
	clusterNames  = []string{"cluster"}
)

// fitStays fits km or cox.
func (t *trial) fitStays(rows *table.Table) (fitted, error) {
	stays, err := t.stays(rows)
	if err != nil {
		return nil, err
	}
	if t.Model == "km" {
		return fitCurves(rows, stays)
	}
	return t.fitCox(rows, stays)
}

// stays reads one stay from each row.
func (t *trial) stays(rows *table.Table) ([]survival.Stay, error) {
	duration, err := t.need(rows, durationNames)
	if err != nil {
		return nil, err
	}
	event, err := t.need(rows, eventNames)
	if err != nil {
		return nil, err
	}
	times, err := rows.Numbers(duration)
	if err != nil {
		return nil, err
	}
	left, err := rows.Flags(event)
	if err != nil {
		return nil, err
	}
	stays := make([]survival.Stay, rows.Len())
	for i := range stays {
		stays[i].Duration, stays[i].Left = times[i], left[i]
	}
	return stays, t.detail(rows, stays)
}

// detail fills what a file of stays may say beside.
func (t *trial) detail(rows *table.Table, stays []survival.Stay) error {
	if err := t.positive(rows, weightNames); err != nil {
		return err
	}
	weights, err := t.optional(rows, weightNames)
	if err != nil {
		return err
	}
	entries, err := t.optional(rows, entryNames)
	if err != nil {
		return err
	}
	for i := range weights {
		stays[i].Weight = weights[i]
	}
	for i := range entries {
		stays[i].Entry = entries[i]
	}
	for _, words := range []struct {
		names []string
		set   func(s *survival.Stay, text string)
	}{
		{groupNames, func(s *survival.Stay, text string) { s.Group = text }},
		{stratumNames, func(s *survival.Stay, text string) { s.Stratum = text }},
	} {
		place, err := t.find(rows, words.names)
		if err != nil {
			return err
		}
		if place < 0 {
			continue
		}
		for i, text := range rows.Texts(place) {
			words.set(&stays[i], text)
		}
	}
	return nil
}

// fittedCurves are the curves of Kaplan and Meier, one for each group.
type fittedCurves struct {
	told   report
	names  []string
	curves []survival.Curve
}

func fitCurves(rows *table.Table, stays []survival.Stay) (fitted, error) {
	f := &fittedCurves{told: report{Model: "km", Converged: true, LogLikelihood: unknown}}
	byGroup := map[string][]survival.Stay{}
	for _, s := range stays {
		if _, seen := byGroup[s.Group]; !seen {
			f.names = append(f.names, s.Group)
		}
		byGroup[s.Group] = append(byGroup[s.Group], s)
	}
	slices.Sort(f.names)
	seconds, err := timed(func() error {
		_, err := survival.KaplanMeier(stays, survival.CurveOptions{}) // of all: an error then names the row
		for _, name := range f.names {
			if err != nil {
				break
			}
			var curve survival.Curve
			curve, err = survival.KaplanMeier(byGroup[name], survival.CurveOptions{})
			f.curves = append(f.curves, curve)
		}
		return err
	})
	if err != nil {
		return nil, unfit(rows.Name, rows, "km", err)
	}
	f.told.Seconds = seconds
	f.tell()
	return f, f.compare(rows, stays)
}

// tell fills the report with the half-life of each group.
func (f *fittedCurves) tell() {
	f.told.Caveats = []caveat{}
	for i, curve := range f.curves {
		median := curve.Median()
		f.told.Groups = append(f.told.Groups, group{
			Group: f.names[i], Customers: figure(curve.Total), Left: figure(curve.Left),
			Median: figure(median.Time), Low: figure(median.Range.Low), High: figure(median.Range.High),
		})
		f.told.Params = append(f.told.Params, param{strings.TrimSpace("median " + f.names[i]), median.Time})
		f.told.Customers += figure(curve.Total)
		for _, c := range caveats(curve.Caveats, nil, nil) {
			c.Group = f.names[i]
			f.told.Caveats = append(f.told.Caveats, c)
		}
	}
}

// compare adds the log-rank test where there are groups to compare.
func (f *fittedCurves) compare(rows *table.Table, stays []survival.Stay) error {
	if len(f.names) < 2 {
		return nil
	}
	found, err := survival.LogRank(stays)
	if errors.Is(err, survival.ErrNobodyLeft) {
		return nil // the curves say so
	}
	if err != nil {
		return unfit(rows.Name, rows, "km", err)
	}
	f.told.Tests = append(f.told.Tests, shownTest("log-rank", found.Test))
	f.told.Caveats = append(f.told.Caveats, caveats(found.Caveats, nil, nil)...)
	return nil
}

func shownTest(name string, found survival.Test) test {
	return test{name, figure(found.ChiSquare), found.Freedom, figure(found.P)}
}

func (f *fittedCurves) report() *report { return &f.told }

func (f *fittedCurves) columns() []string {
	return []string{"group", "time", "at_risk", "left", "survival", "low", "high"}
}

func (f *fittedCurves) predict(_ float64, put func(cells ...any) error) error {
	for i, curve := range f.curves {
		for _, p := range curve.Points {
			if err := put(f.names[i], p.Time, p.AtRisk, p.Left, p.Survival, p.Low, p.High); err != nil {
				return err
			}
		}
	}
	return nil
}
