package main

import (
	"errors"
	"math"
	"slices"
	"strings"

	"behold"
	"behold/internal/table"
	"behold/stat"
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

// fittedCox is a regression and the customers it was fitted to.
type fittedCox struct {
	told  report
	names []string
	rows  []survival.Row
	model *survival.Cox
	each  bool // a row for each customer, not for each time
}

func (t *trial) fitCox(rows *table.Table, stays []survival.Stay) (fitted, error) {
	traits, err := t.traits(rows, durationNames, eventNames, entryNames, weightNames, stratumNames, clusterNames, customerNames)
	if err != nil {
		return nil, err
	}
	if len(traits) == 0 {
		return nil, lacks(rows.Name, rows.Columns, "of a covariate", "cox compares customers by something: add a column, such as the channel they came by")
	}
	f := &fittedCox{}
	whole, err := f.gather(t, rows, stays, traits)
	if err != nil {
		return nil, err
	}
	opt := survival.CoxOptions{}
	for _, trait := range traits {
		opt.Names = append(opt.Names, trait.Name)
	}
	seconds, err := timed(func() (err error) {
		f.model, err = survival.FitCox(f.rows, opt)
		return err
	})
	if err == nil {
		err = outOfRange(rows.Name, "cox", f.model.LogLikelihood)
	}
	if err != nil {
		return nil, unfit(whole.Name, whole, "cox", err)
	}
	var leftOut []caveat
	if out := len(stays) - len(f.rows); out > 0 {
		leftOut = []caveat{{Code: "incomplete-rows", Count: out}}
	}
	f.tell(seconds, leftOut, opt.Names)
	f.checkProportional(opt)
	return f, nil
}

// gather takes the rows of which all covariates are known, and gives the table
// of only those.
func (f *fittedCox) gather(t *trial, rows *table.Table, stays []survival.Stay, traits []table.Trait) (*table.Table, error) {
	names, err := t.names(rows)
	if err != nil {
		return nil, err
	}
	clusters, err := t.find(rows, clusterNames)
	if err != nil {
		return nil, err
	}
	cluster := make([]string, rows.Len())
	if clusters >= 0 {
		cluster = rows.Texts(clusters)
	}
	whole := func(row int) bool {
		return !slices.ContainsFunc(traits, func(trait table.Trait) bool { return math.IsNaN(trait.Values[row]) })
	}
	for i, stay := range stays {
		if !whole(i) {
			continue
		}
		row := survival.Row{Stay: stay, Cluster: cluster[i]}
		for _, trait := range traits {
			row.X = append(row.X, trait.Values[i])
		}
		f.rows, f.names = append(f.rows, row), append(f.names, names[i])
	}
	if len(f.rows) == 0 {
		return nil, &behold.Error{Kind: behold.Invalid, Say: rows.Name + " has no row in which every covariate is filled", Hint: "leave thin columns out: name the others with --use"}
	}
	return rows.Pick(whole), nil
}

func (f *fittedCox) tell(seconds figure, leftOut []caveat, names []string) {
	m := f.model
	f.told = report{
		Model: "cox", LogLikelihood: figure(m.LogLikelihood), Customers: f.people(), Seconds: seconds, Left: pointer(m.Left), Robust: m.Robust,
		Converged: converged(m.Caveats), Caveats: caveats(m.Caveats, leftOut, names), Concordance: pointer(m.Concordance.Share),
		Tests: []test{shownTest("likelihood-ratio", m.LikelihoodRatio), shownTest("wald", m.Wald), shownTest("score", m.Score)},
	}
	for _, c := range m.Coefficients {
		f.told.Params = append(f.told.Params, param{c.Name, c.Value})
		f.told.Estimates = append(f.told.Estimates, estimate{
			Name: c.Name, Value: figure(c.Value), StdErr: figure(c.StdErr),
			Low: figure(math.Log(c.Range.Low)), High: figure(math.Log(c.Range.High)), Ratio: pointer(c.Ratio), P: pointer(c.P),
		})
	}
}

// checkProportional tells whether what drives customers away early still does so
// later; it is silent where that cannot be tested, as with separation.
func (f *fittedCox) checkProportional(opt survival.CoxOptions) {
	found, err := survival.CheckProportional(f.rows, opt, f.model, survival.ByRank)
	if err != nil || slices.ContainsFunc(f.model.Caveats, func(c stat.Caveat) bool { return c.Code == "separation" }) {
		return
	}
	for i, column := range found.Columns {
		if column.Freedom > 0 {
			f.told.Tests = append(f.told.Tests, shownTest("proportional "+opt.Names[i], column))
		}
	}
	if found.Global.Freedom == 0 {
		return
	}
	f.told.Tests = append(f.told.Tests, shownTest("proportional", found.Global))
	if found.Global.P < 0.05 {
		list := caveats([]stat.Caveat{{Code: "not-proportional", Value: found.Global.P, Limit: 0.05}}, nil, nil)
		f.told.Caveats = append(f.told.Caveats, list...)
	}
}

// people counts customers: one who has several rows is named in each.
func (f *fittedCox) people() figure {
	known := map[string]bool{}
	for _, name := range f.names {
		known[name] = true
	}
	if f.model.Total != float64(f.model.N) { // rows have weights
		return figure(f.model.Total)
	}
	return figure(len(known))
}

func (f *fittedCox) report() *report { return &f.told }

func (f *fittedCox) perCustomer() { f.each = true }

func (f *fittedCox) columns() []string {
	if f.each {
		return []string{"customer", "left", "times_the_mean", "stays_on"}
	}
	return []string{"stratum", "time", "survival", "low", "high"}
}

func (f *fittedCox) predict(horizon float64, put func(cells ...any) error) error {
	if f.each {
		return f.predictEach(horizon, put)
	}
	times := map[string][]float64{}
	for _, row := range f.rows {
		if row.Left {
			times[row.Stratum] = append(times[row.Stratum], row.Duration)
		}
	}
	strata := make([]string, 0, len(times))
	for stratum := range times {
		strata = append(strata, stratum)
	}
	slices.Sort(strata)
	mean := f.mean()
	for _, stratum := range strata {
		slices.Sort(times[stratum])
		for _, t := range slices.Compact(times[stratum]) {
			p, err := f.model.Predict(mean, stratum, t)
			if err != nil {
				return err
			}
			if err := put(stratum, t, p.Survival, p.Range.Low, p.Range.High); err != nil {
				return err
			}
		}
	}
	return nil
}

// mean is the mean of each column.
func (f *fittedCox) mean() []float64 {
	sums, total := make([]float64, len(f.rows[0].X)), 0.0
	for _, row := range f.rows {
		weight := row.Weight
		if weight == 0 {
			weight = 1
		}
		total += weight
		for i, x := range row.X {
			sums[i] += weight * x
		}
	}
	for i := range sums {
		sums[i] /= total
	}
	return sums
}

// predictEach says of each customer who is still here how likely they stay for
// the horizon more; of who has left only how fast such customers leave.
func (f *fittedCox) predictEach(horizon float64, put func(cells ...any) error) error {
	for i, row := range f.rows {
		risk, err := f.model.Risk(row.X)
		if err != nil {
			return err
		}
		var stays any
		if !row.Left {
			now, err := f.model.Predict(row.X, row.Stratum, row.Duration)
			if err != nil {
				return err
			}
			then, err := f.model.Predict(row.X, row.Stratum, row.Duration+horizon)
			if err != nil {
				return err
			}
			stays = math.Exp(now.Hazard - then.Hazard)
		}
		if err := put(f.names[i], row.Left, math.Exp(risk), stays); err != nil {
			return err
		}
	}
	return nil
}
