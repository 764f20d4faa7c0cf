package main

import (
	"behold"
	"behold/stat/repurchase"
)

// A scorer is a fitted model of customers who give no notice.
type scorer interface {
	Score(buyers []repurchase.Buyer, horizon float64) ([]repurchase.Outlook, error)
}

// fittedBuyers are customers and the model that was fitted to them.
type fittedBuyers struct {
	told  report
	of    *histories
	model scorer
}

func (t *trial) fitBuyers(h *histories, saved *report) (fitted, error) {
	f := &fittedBuyers{of: h}
	if saved != nil {
		var err error
		f.told = *saved
		f.model, err = savedModel(saved, h)
		return f, err
	}
	if t.Model == "mbgcnbdk" && !h.gapsKnown {
		return nil, lacks(h.name, h.rows.Columns, "log_gaps", "mbgcnbdk learns how regular customers are from their gaps: give raw transactions (customer, date), or the sum of ln(gap)")
	}
	var fit repurchase.Fit
	var before params
	seconds, err := timed(func() (err error) {
		f.model, fit, before, err = t.searchBuyers(h)
		return err
	})
	if err == nil {
		err = outOfRange(h.name, t.Model, fit.LogLikelihood)
	}
	if err != nil {
		return nil, h.unfit(t.Model, err)
	}
	f.told = report{
		Model: t.Model, Params: before, LogLikelihood: figure(fit.LogLikelihood), Customers: figure(fit.Customers), Seconds: seconds,
		Converged: converged(fit.Caveats), Caveats: caveats(fit.Caveats, h.leftOut, h.traits.Names), Boundary: fit.Boundary, Unit: h.unit, Until: h.until,
	}
	f.told.estimate(fit.Estimates)
	f.told.Resampled = shownEstimates(fit.Resampled)
	return f, nil
}

// estimate adds parameters with their ranges.
func (r *report) estimate(found []repurchase.Estimate) {
	for _, one := range found {
		r.Params = append(r.Params, param{one.Name, one.Value})
	}
	r.Estimates = shownEstimates(found)
}

func shownEstimates(found []repurchase.Estimate) []estimate {
	var list []estimate
	for _, one := range found {
		shown := estimate{Name: one.Name, Value: figure(one.Value), StdErr: unknown, Low: unknown, High: unknown}
		if one.Known {
			shown.StdErr, shown.Low, shown.High = figure(one.Error), figure(one.Range.Low), figure(one.Range.High)
		}
		list = append(list, shown)
	}
	return list
}

// searchBuyers fits the model; before are parameters that were chosen and not estimated.
func (t *trial) searchBuyers(h *histories) (model scorer, fit repurchase.Fit, before params, err error) {
	opt := repurchase.FitOptions{Bootstrap: t.bootstrap()}
	switch {
	case t.Model == "bgnbd":
		m, err := repurchase.FitBGNBD(h.buyers, opt)
		return m, m.Fit, nil, err
	case t.Model == "mbgnbd":
		m, err := repurchase.FitMBGNBD(h.buyers, opt)
		return m, m.Fit, nil, err
	case t.Model == "mbgcnbdk":
		m, err := repurchase.FitMBGCNBD(t.K, h.buyers, opt)
		return m, m.Fit, params{{"k", float64(m.K)}}, err
	case len(h.traits.Names) > 0:
		m, err := repurchase.FitTraitsParetoNBD(h.buyers, h.traits, opt)
		return withTraits{m, h.traits.Values}, m.Fit, nil, err
	}
	m, err := repurchase.FitParetoNBD(h.buyers, opt)
	return m, m.Fit, nil, err
}

// bootstrap is what --resamples asks for.
func (t *trial) bootstrap() repurchase.Bootstrap {
	return repurchase.Bootstrap{Resamples: t.Resamples, Seed: t.Seed}
}

// savedModel is the model of parameters that were fitted before.
func savedModel(saved *report, h *histories) (scorer, error) {
	names := []string{"r", "alpha", "a", "b"}
	if saved.Model == "paretonbd" {
		names = []string{"r", "alpha", "s", "beta"}
	}
	p, err := saved.Params.all(saved.Model, names...)
	if err != nil {
		return nil, err
	}
	switch saved.Model {
	case "bgnbd":
		return repurchase.BGNBD{R: p[0], Alpha: p[1], A: p[2], B: p[3]}, nil
	case "mbgnbd":
		return repurchase.MBGNBD{R: p[0], Alpha: p[1], A: p[2], B: p[3]}, nil
	case "mbgcnbdk":
		k, err := saved.Params.all(saved.Model, "k")
		if err != nil {
			return nil, err
		}
		if k[0] < 1 || k[0] > 40 || k[0] != float64(int(k[0])) {
			return nil, &behold.Error{Kind: behold.Invalid, Say: "k is a whole number from 1 to 40", Hint: "give what behold fit mbgcnbdk printed"}
		}
		return repurchase.MBGCNBD{K: int(k[0]), R: p[0], Alpha: p[1], A: p[2], B: p[3]}, nil
	}
	return savedPareto(saved, p, h)
}

func savedPareto(saved *report, p []float64, h *histories) (scorer, error) {
	traits := h.traits.Names
	if len(saved.Params) != len(p)+2*len(traits) {
		return nil, &behold.Error{Kind: behold.Invalid, Say: "the parameters were fitted with other covariates", Hint: "give the same --covariates and --use as to behold fit"}
	}
	if len(traits) == 0 {
		return repurchase.ParetoNBD{R: p[0], Alpha: p[1], S: p[2], Beta: p[3]}, nil
	}
	m := repurchase.TraitsParetoNBD{R: p[0], Alpha: p[1], S: p[2], Beta: p[3], Names: traits}
	for _, name := range traits {
		both, err := saved.Params.all(saved.Model, "buying "+name, "leaving "+name)
		if err != nil {
			return nil, err
		}
		m.Buying, m.Leaving = append(m.Buying, both[0]), append(m.Leaving, both[1])
	}
	return withTraits{m, h.traits.Values}, nil
}

// withTraits scores each customer with their own traits.
type withTraits struct {
	model  repurchase.TraitsParetoNBD
	values [][]float64
}

func (w withTraits) Score(buyers []repurchase.Buyer, horizon float64) ([]repurchase.Outlook, error) {
	outlooks := make([]repurchase.Outlook, len(buyers))
	for i, b := range buyers {
		one := w.model.For(w.values[i])
		outlooks[i] = repurchase.Outlook{Alive: one.Alive(b), NoPurchase: one.NoPurchase(b, horizon), Expected: one.Expected(b, horizon)}
	}
	return outlooks, nil
}

func (f *fittedBuyers) report() *report { return &f.told }

func (f *fittedBuyers) columns() []string {
	return []string{"customer", "p_alive", "expected", "p_no_purchase"}
}

func (f *fittedBuyers) predict(horizon float64, put func(cells ...any) error) error {
	outlooks, err := f.model.Score(f.of.buyers, horizon)
	if err != nil {
		return f.of.unfit(f.told.Model, err)
	}
	for i, o := range outlooks {
		if err := put(f.of.customers[i], o.Alive, o.Expected, o.NoPurchase); err != nil {
			return err
		}
	}
	return nil
}

// fittedSpend are customers and what they spend.
type fittedSpend struct {
	told  report
	of    *histories
	model repurchase.GammaGamma
}

func (t *trial) fitSpend(h *histories, saved *report) (fitted, error) {
	if saved != nil {
		p, err := saved.Params.all(saved.Model, "p", "q", "v")
		if err != nil {
			return nil, err
		}
		return &fittedSpend{told: *saved, of: h, model: repurchase.GammaGamma{P: p[0], Q: p[1], V: p[2]}}, nil
	}
	spends, out := h.repeatSpends()
	f := &fittedSpend{of: h}
	seconds, err := timed(func() (err error) {
		f.model, err = repurchase.FitGammaGammaResampled(spends, t.bootstrap())
		return err
	})
	if err == nil {
		err = outOfRange(h.name, "gammagamma", f.model.LogLikelihood)
	}
	if err != nil {
		return nil, h.unfit("gammagamma", err)
	}
	customers := 0.0
	for _, s := range spends {
		customers += max(s.Weight, 1)
	}
	f.told = report{
		Model: "gammagamma", LogLikelihood: figure(f.model.LogLikelihood), Customers: figure(customers), Seconds: seconds,
		Converged: converged(f.model.Caveats), Caveats: caveats(f.model.Caveats, append(h.leftOut, out...), nil), Unit: h.unit, Until: h.until,
	}
	f.told.estimate(f.model.Estimates)
	f.told.Resampled = shownEstimates(f.model.Resampled)
	return f, nil
}

func (f *fittedSpend) report() *report { return &f.told }

func (f *fittedSpend) columns() []string { return []string{"customer", "mean_spend"} }

func (f *fittedSpend) predict(_ float64, put func(cells ...any) error) error {
	for i, b := range f.of.buyers {
		n, z := b.Repeats, f.of.spends[i]
		if z <= 0 {
			n, z = 0, 0 // nothing was seen of what they spend
		}
		var cell any
		if mean, ok := f.model.Mean(n, z); ok {
			cell = mean
		}
		if err := put(f.of.customers[i], cell); err != nil {
			return err
		}
	}
	return nil
}

// unfit names the line of a history that cannot be. Of spends only some rows
// are given to the model.
func (h *histories) unfit(model string, err error) error {
	if model == "gammagamma" {
		return unfit(h.name, nil, model, err)
	}
	return unfit(h.name, h.rows, model, err)
}
