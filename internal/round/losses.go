package round

import (
	"context"

	"behold"
	"behold/internal/lamp"
)

// A LossReport says why the customers left who were lost by a day (METHODS 4).
type LossReport struct {
	Day      behold.Day `json:"day"`
	Since    behold.Day `json:"since"` // who was missed earlier is left out
	Currency string     `json:"currency"`
	Known    bool       `json:"losses_given"` // the company gave a table of losses
	lamp.LossReasons
}

// Losses finds the customers who left in the two years before day, and why: those
// whose state is lost or closed, and those whom the table of losses names and who
// were not won back. What was said is told as of day; what the records point to is
// asked as if nobody had said anything, so that the two can be held against one
// another.
func Losses(ctx context.Context, facts Facts, day behold.Day, settings behold.Settings, opt Options) (*LossReport, error) {
	walk, err := Learn(ctx, facts, day, settings, opt)
	if err != nil {
		return nil, err
	}
	r := &LossReport{Day: day, Since: day - groundsMonths*groundsStep, Currency: settings.Currency}
	var all []lamp.Loss
	seen := int64(0)
	err = walk.Each(ctx, facts, func(h *behold.Histories, deals *behold.Dealings, f []behold.Forecast) error {
		r.Known = r.Known || deals.Knows(behold.TableLosses)
		if r.Currency == "" {
			r.Currency = h.Currency
		}
		all = append(all, walk.losses(&people{h, deals}, f, r.Since)...)
		seen += int64(h.Len())
		if opt.Progress != nil {
			opt.Progress(seen, walk.Extent.Customers)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	r.LossReasons = lamp.TellLosses(all)
	return r, nil
}

// losses are those of a run of customers who left since a day.
func (w *Walk) losses(p *people, f []behold.Forecast, since behold.Day) []lamp.Loss {
	unsaid := *p.deals
	unsaid.Losses = behold.Rows[behold.Loss]{}
	var gone []int
	var asked []behold.Lamp // grounds asks for whom it would not by itself
	for k := range f {
		missed := w.missed(&f[k])
		left := missed >= 0 && f[k].State != behold.Quiet
		if left && missed <= groundsMonths || !left && knownLoss(p.deals, k, since) {
			gone = append(gone, k)
			asked = append(asked, behold.Lamp{Customer: f[k].Customer})
		}
	}
	some := (&people{p.h, &unsaid}).pick(gone)
	theirs := make([]behold.Forecast, len(gone))
	for i, k := range gone {
		theirs[i] = f[k]
	}
	grounds := w.grounds(some, theirs, asked)
	all := make([]lamp.Loss, len(gone))
	for i, k := range gone {
		g := grounds[f[k].Customer]
		all[i] = lamp.Loss{Customer: f[k].Customer, Inferred: inferred(&g), Silent: g.Silent, Yearly: lastYear(p.h, k, f[k].Last)}
		var said behold.Grounds
		lamp.Say(&said, p.deals, k)
		all[i].Said, all[i].By = said.Main, said.Source
	}
	return all
}

// knownLoss says whether the table of losses names customer k as gone since a day.
func knownLoss(deals *behold.Dealings, k int, since behold.Day) bool {
	for _, l := range deals.Losses.Of(k) {
		if l.On > since && !l.WonBack.Known() {
			return true
		}
	}
	return false
}

// inferred is what the records point to, whatever anybody wrote or noted.
func inferred(g *behold.Grounds) behold.Reason {
	if g.Source == behold.Inferred {
		return g.Main
	}
	if g.Source != behold.NoSource && len(g.Likely) > 0 {
		return g.Likely[0].Reason
	}
	return behold.UnknownReason
}

// lastYear is what customer k bought in the year up to a day, less what came back.
func lastYear(h *behold.Histories, k int, last behold.Day) float64 {
	sum := int64(0)
	for i := h.Start[k]; i < h.Start[k+1]; i++ {
		if h.Day[i] > last-365 && h.Day[i] <= last {
			sum += h.Bought[i] + h.Credited[i]
		}
	}
	return behold.Money{Minor: sum, Currency: h.Currency}.Major()
}
