package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"behold"
	"behold/internal/table"
	"behold/stat"
	"behold/stat/survival"
)

// The names that columns of contracts may have, ours first.
var (
	periodNames  = []string{"period", "t", "renewal", "renewals"}
	activeNames  = []string{"active", "customers", "n", "count"}
	segmentNames = []string{"segment"}
	cohortNames  = []string{"cohort"}
)

// fittedContract is a curve of renewals.
type fittedContract struct {
	told  report
	model *survival.Contract
	saved bool              // from parameters, which have no ranges
	drawn *survival.Redrawn // nil where the standard errors serve
}

// twoSided is how many standard errors reach to 95 % on both sides.
const twoSided = 1.959963984540054

func (t *trial) fitContract(rows *table.Table, saved *report) (fitted, error) {
	cohorts, err := t.cohorts(rows)
	if err != nil {
		return nil, err
	}
	if saved != nil {
		return savedContract(saved, cohorts)
	}
	search := survival.FitSBG
	if t.Model == "bdw" {
		search = survival.FitBdW
	}
	f := &fittedContract{}
	seconds, err := timed(func() (err error) {
		f.model, err = search(cohorts)
		return err
	})
	if err == nil {
		err = outOfRange(rows.Name, t.Model, f.model.LogLikelihood)
	}
	if err != nil {
		return nil, unfit(rows.Name, nil, t.Model, err)
	}
	m := f.model
	f.told = report{
		Model: t.Model, LogLikelihood: figure(m.LogLikelihood), Customers: figure(m.N), Seconds: seconds,
		Converged: converged(m.Caveats), Caveats: caveats(m.Caveats, nil, nil), Unit: "renewals",
	}
	half := m.HalfLife()
	f.told.Groups = []group{{Customers: figure(m.N), Left: figure(m.Left), Median: figure(half.Time), Low: figure(half.Range.Low), High: figure(half.Range.High)}}
	f.tell("alpha", m.A, m.AErr)
	f.tell("beta", m.B, m.BErr)
	if t.Model == "bdw" {
		f.tell("c", m.C, m.CErr)
	}
	return f, f.draw(t)
}

// draw draws customers anew where that was asked for, and at the edge, where
// there are no standard errors.
func (f *fittedContract) draw(t *trial) (err error) {
	atEdge := slices.ContainsFunc(f.model.Caveats, func(c stat.Caveat) bool { return c.Code == "at-edge" })
	if t.Resamples == 0 && !atEdge {
		return nil
	}
	if f.drawn, err = f.model.Bootstrap(survival.Resampling{Resamples: t.Resamples, Seed: t.Seed}); err != nil {
		return err
	}
	half := f.drawn.Range(func(m *survival.Contract) float64 { return m.HalfLife().Time })
	f.told.Groups[0].Low, f.told.Groups[0].High = figure(half.Low), figure(half.High)
	of := []func(*survival.Contract) float64{
		func(m *survival.Contract) float64 { return m.A },
		func(m *survival.Contract) float64 { return m.B },
		func(m *survival.Contract) float64 { return m.C },
	}
	for i, e := range f.told.Estimates {
		limits := f.drawn.Range(of[i])
		f.told.Resampled = append(f.told.Resampled, estimate{Name: e.Name, Value: e.Value, StdErr: unknown, Low: figure(limits.Low), High: figure(limits.High)})
	}
	return nil
}

func (f *fittedContract) tell(name string, value, stdErr float64) {
	f.told.Params = append(f.told.Params, param{name, value})
	shown := estimate{Name: name, Value: figure(value), StdErr: figure(stdErr), Low: unknown, High: unknown}
	if stat.Finite(stdErr) { // symmetric about the logarithm, as all parameters above 0 here
		off := math.Exp(twoSided * stdErr / value)
		shown.Low, shown.High = figure(value/off), figure(value*off)
	}
	f.told.Estimates = append(f.told.Estimates, shown)
}

func savedContract(saved *report, cohorts []survival.Cohort) (fitted, error) {
	names := []string{"alpha", "beta", "c"}
	if saved.Model == "sbg" {
		names = names[:2]
	}
	p, err := saved.Params.all(saved.Model, names...)
	if err != nil {
		return nil, err
	}
	m := &survival.Contract{A: p[0], B: p[1], C: 1}
	if len(p) == 3 {
		m.C = p[2]
	}
	if slices.ContainsFunc([]float64{m.A, m.B, m.C}, func(v float64) bool { return v <= 0 }) {
		return nil, &behold.Error{Kind: behold.Invalid, Say: "the parameters of " + saved.Model + " are all above 0", Hint: "give what behold fit " + saved.Model + " printed"}
	}
	for _, c := range cohorts {
		m.Observed = max(m.Observed, len(c.Active)-1)
	}
	return &fittedContract{told: *saved, model: m, saved: true}, nil
}

// A count is one row: how many were active after a period.
type count struct {
	cohort string
	period float64
	active float64
	row    int
}

// cohorts reads customers who began together, counted after each period.
func (t *trial) cohorts(rows *table.Table) ([]survival.Cohort, error) {
	rows, err := t.oneSegment(rows)
	if err != nil {
		return nil, err
	}
	counts, err := t.counts(rows)
	if err != nil {
		return nil, err
	}
	var cohorts []survival.Cohort
	for i, c := range counts {
		if i == 0 || c.cohort != counts[i-1].cohort {
			cohorts = append(cohorts, survival.Cohort{})
		}
		last := &cohorts[len(cohorts)-1]
		if c.period != float64(len(last.Active)) {
			return nil, &behold.Error{
				Kind: behold.Invalid, Say: fmt.Sprintf("%s, line %d: period %g comes where period %d is due", rows.Name, rows.Line(c.row), c.period, len(last.Active)),
				Hint: "each cohort is counted once after each period, from 0 (the beginning) on",
			}
		}
		if n := len(last.Active); c.active < 0 || n > 0 && c.active > last.Active[n-1] {
			return nil, &behold.Error{
				Kind: behold.Invalid, Say: fmt.Sprintf("%s, line %d: %g customers are active after period %g, more than before or less than none", rows.Name, rows.Line(c.row), c.active, c.period),
				Hint: "who has left does not come back in these models; new customers are a cohort of their own",
			}
		}
		last.Active = append(last.Active, c.active)
	}
	return cohorts, nil
}

// oneSegment takes the rows of --segment.
func (t *trial) oneSegment(rows *table.Table) (*table.Table, error) {
	place, err := t.find(rows, segmentNames)
	if err != nil {
		return nil, err
	}
	if place < 0 {
		if t.Segment != "" {
			return nil, lacks(rows.Name, rows.Columns, "segment", "leave --segment out, or say --column segment=NAME")
		}
		return rows, nil
	}
	texts := rows.Texts(place)
	there := slices.Clone(texts)
	slices.Sort(there)
	there = slices.Compact(there)
	if t.Segment == "" && len(there) == 1 {
		return rows, nil
	}
	if t.Segment == "" {
		return nil, usage(rows.Name+" has several segments: "+line(strings.Join(there[:min(len(there), 10)], ", ")), "choose one with --segment NAME")
	}
	if !slices.Contains(there, t.Segment) {
		return nil, usage(fmt.Sprintf("%s has no segment %q; it has %s", rows.Name, t.Segment, line(strings.Join(there[:min(len(there), 10)], ", "))), "choose one with --segment NAME")
	}
	return rows.Pick(func(row int) bool { return texts[row] == t.Segment }), nil
}

// counts are the rows in the order of cohorts and periods, up to --until.
func (t *trial) counts(rows *table.Table) ([]count, error) {
	numbers := make([][]float64, 2)
	for i, names := range [][]string{periodNames, activeNames} {
		place, err := t.need(rows, names)
		if err != nil {
			return nil, err
		}
		if numbers[i], err = rows.Numbers(place); err != nil {
			return nil, err
		}
	}
	cohort, err := t.find(rows, cohortNames)
	if err != nil {
		return nil, err
	}
	names := make([]string, rows.Len())
	if cohort >= 0 {
		names = rows.Texts(cohort)
	}
	until := slices.Max(numbers[0])
	if t.Until != "" {
		if until, err = strconv.ParseFloat(t.Until, 64); err != nil {
			return nil, usage(fmt.Sprintf("%q is no period", t.Until), t.Model+" counts periods: --until 7 learns from periods 0 to 7")
		}
	}
	var counts []count
	for i := range names {
		if numbers[0][i] <= until {
			counts = append(counts, count{names[i], numbers[0][i], numbers[1][i], i})
		}
	}
	slices.SortStableFunc(counts, func(a, b count) int {
		return cmp.Or(cmp.Compare(a.cohort, b.cohort), cmp.Compare(a.period, b.period))
	})
	return counts, nil
}

func (f *fittedContract) report() *report { return &f.told }

func (f *fittedContract) columns() []string {
	return []string{"period", "survival", "low", "high", "retention", "retention_low", "retention_high", "projected"}
}

// predict gives the periods that were observed and the horizon beyond them.
func (f *fittedContract) predict(horizon float64, put func(cells ...any) error) error {
	const most = 100_000
	if horizon > most {
		return usage("the horizon is longer than anybody can read", "sbg and bdw write a row for each period: try --horizon 60")
	}
	for t := range f.model.Observed + int(horizon) + 1 {
		at := float64(t)
		low, high := f.rangeOf(0, at)
		var retention, least, most any
		if t > 0 {
			retention = f.model.Rate(t)
			least, most = f.rangeOf(at-1, at)
		}
		if err := put(t, f.model.Survival(at), low, high, retention, least, most, t > f.model.Observed); err != nil {
			return err
		}
	}
	return nil
}

// rangeOf are the limits of 95 % of the share kept from one time to another.
func (f *fittedContract) rangeOf(from, to float64) (low, high any) {
	switch {
	case f.saved:
		return nil, nil
	case to == 0:
		return 1.0, 1.0
	case f.drawn != nil:
		limits := f.drawn.Range(func(m *survival.Contract) float64 { share, _ := m.Kept(from, to); return share })
		return limits.Low, limits.High
	}
	_, limits := f.model.Kept(from, to)
	return limits.Low, limits.High
}
