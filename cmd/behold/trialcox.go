package main

import (
	"math"
	"slices"

	"behold"
	"behold/internal/table"
	"behold/stat"
	"behold/stat/survival"
)

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
