package round

import (
	"cmp"
	"context"

	"behold"
	"behold/internal/forecast"
	"behold/internal/lamp"
)

// Facts is what a walk reads: the warehouse satisfies it.
type Facts interface {
	Extent(ctx context.Context, day behold.Day) (behold.Extent, error)
	DayCounts(ctx context.Context, day behold.Day) ([]behold.DayCount, error)
	Histories(ctx context.Context, day behold.Day, part behold.Part) (*behold.Histories, error)
}

// Sizes bound what a walk takes into memory; the lamps and standings are the same
// for every Part. The zero Sizes suit a server.
type Sizes struct {
	Part  int64 // customers at once; 0: 2,000,000. One with twenty order lines takes about one kilobyte on the way
	Learn int64 // customers that the forecast learns from; 0: 60,000
}

func (s Sizes) part() int64  { return cmp.Or(s.Part, 2_000_000) }
func (s Sizes) learn() int64 { return cmp.Or(s.Learn, 60_000) }

// A Walk is everything needed to judge the customers of a company as of a day,
// learned from what was recorded by then.
type Walk struct {
	Day    behold.Day
	Extent behold.Extent
	Model  *forecast.Model

	company lamp.Company
	parts   int
	whole   *behold.Histories // when everybody fits into one part
}

// Learn prepares a walk: it fits the company's rhythm to a sample of its
// customers, everybody when there are few.
func Learn(ctx context.Context, facts Facts, day behold.Day, settings behold.Settings, sizes Sizes) (*Walk, error) {
	extent, err := facts.Extent(ctx, day)
	if err != nil {
		return nil, err
	}
	if extent.Customers == 0 {
		return nil, &behold.Error{Kind: behold.NotFound, Say: "there are no orders recorded by " + day.String(), Hint: "import an invoice file first: behold import FILE"}
	}
	w := &Walk{Day: day, Extent: extent, parts: int((extent.Customers-1)/sizes.part()) + 1}
	learn, err := w.sample(ctx, facts, behold.Part{Of: int(extent.Customers/sizes.learn()) + 1})
	if err != nil {
		return nil, err
	}
	days, err := facts.DayCounts(ctx, day)
	if err != nil {
		return nil, err
	}
	if w.Model, err = forecast.Fit(learn, days, settings); err != nil {
		return nil, err
	}
	w.company = lamp.Prepare(learn, nil, w.Model.Forecasts(learn), lamp.Company{
		Settings: settings, Clock: w.Model.Clock, Kinds: w.Model.Kinds, Spread: w.Model.Money.P,
	})
	return w, nil
}

// sample are the customers to learn from. They are the same ones whether
// everybody fits into one part or not.
func (w *Walk) sample(ctx context.Context, facts Facts, some behold.Part) (*behold.Histories, error) {
	if w.parts > 1 {
		return facts.Histories(ctx, w.Day, some)
	}
	var err error
	if w.whole, err = facts.Histories(ctx, w.Day, behold.Part{}); err != nil || some.Whole() {
		return w.whole, err
	}
	var chosen []int
	for k, number := range w.whole.Customer {
		if some.Has(number) {
			chosen = append(chosen, k)
		}
	}
	return w.whole.Pick(chosen), nil
}

// Each hands every customer over, part by part: histories, and forecasts in the
// same order.
func (w *Walk) Each(ctx context.Context, facts Facts, do func(*behold.Histories, []behold.Forecast) error) error {
	for i := range w.parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		h := w.whole
		if h == nil {
			var err error
			if h, err = facts.Histories(ctx, w.Day, behold.Part{Index: i, Of: w.parts}); err != nil {
				return err
			}
		}
		if err := do(h, w.Model.Forecasts(h)); err != nil {
			return err
		}
	}
	return nil
}

// Judge names the lamps that today's facts light.
func (w *Walk) Judge(h *behold.Histories, f []behold.Forecast) []behold.Lamp {
	return lamp.Judge(w.company, h, nil, f)
}

// Watch gives back those of the open lamps that today's facts do not put out.
func (w *Walk) Watch(h *behold.Histories, f []behold.Forecast, open []behold.Lamp) []behold.Lamp {
	return lamp.Watch(w.company, h, nil, f, open)
}
