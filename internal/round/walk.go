package round

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"behold"
	"behold/internal/forecast"
	"behold/internal/lamp"
	"behold/internal/text"
)

// Facts is what a walk reads: the warehouse satisfies it.
type Facts interface {
	Extent(ctx context.Context, day behold.Day) (behold.Extent, error)
	DayCounts(ctx context.Context, day behold.Day) ([]behold.DayCount, error)
	Histories(ctx context.Context, day behold.Day, part behold.Part) (*behold.Histories, error)
	// Dealings are of the same customers as Histories, in the same order.
	Dealings(ctx context.Context, day behold.Day, part behold.Part) (*behold.Dealings, error)
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
	frozen  behold.LostRule // found earlier in the year
	reader  func() *text.Model
	parts   int
	whole   *people // when everybody fits into one part
}

// people are a run of customers: what they bought, and what else they had to do
// with the company.
type people struct {
	h     *behold.Histories
	deals *behold.Dealings
}

func (p *people) pick(chosen []int) *people { return &people{p.h.Pick(chosen), p.deals.Pick(chosen)} }

func (p *people) until(day behold.Day) *people {
	then := &people{}
	p.untilInto(then, day)
	return then
}

// untilInto takes the room of then, which is no longer wanted.
func (p *people) untilInto(then *people, day behold.Day) {
	if then.h == nil {
		then.h, then.deals = &behold.Histories{}, &behold.Dealings{}
	}
	var histories sync.WaitGroup
	histories.Go(func() { p.h.UntilInto(then.h, day) })
	p.deals.UntilInto(then.deals, day)
	histories.Wait()
}

// Learn prepares a walk: it fits the company's rhythm to a sample of its
// customers, everybody when there are few.
func Learn(ctx context.Context, facts Facts, day behold.Day, settings behold.Settings, opt Options) (*Walk, error) {
	return learn(ctx, facts, day, settings, opt, behold.LostRule{})
}

// learn is Learn with a rule for who is lost that was found before.
func learn(ctx context.Context, facts Facts, day behold.Day, settings behold.Settings, opt Options, frozen behold.LostRule) (*Walk, error) {
	extent, err := facts.Extent(ctx, day)
	if err != nil {
		return nil, err
	}
	if extent.Customers == 0 {
		return nil, &behold.Error{Kind: behold.NotFound, Say: "there are no orders recorded by " + day.String(), Hint: "import an invoice file first: behold import FILE"}
	}
	w := &Walk{Day: day, Extent: extent, frozen: frozen, reader: opt.Texts.reader(), parts: int((extent.Customers-1)/opt.Sizes.part()) + 1}
	learn, err := w.sample(ctx, facts, behold.Part{Of: int(extent.Customers/opt.Sizes.learn()) + 1})
	if err != nil {
		return nil, err
	}
	days, err := facts.DayCounts(ctx, day)
	if err != nil {
		return nil, err
	}
	if w.Model, err = forecast.Fit(learn.h, days, settings); err != nil {
		return nil, err
	}
	freeze(w.Model, frozen)
	w.prepare(learn)
	return w, w.learnSignals(learn)
}

// prepare learns the company's habits, and from its past months what a p value
// is worth here.
func (w *Walk) prepare(learn *people) {
	f := w.Model.Glances(learn.h)
	w.company = lamp.Prepare(learn.h, learn.deals, f, lamp.Company{
		Settings: w.Model.Settings, Clock: w.Model.Clock, Rhythm: w.Model.Mixture, Horizon: w.Model.Horizon, Kinds: w.Model.Kinds, Spread: w.Model.Money.P,
		Has: learn.deals.Has,
	})
	w.company.Calibration = w.replay(learn, f)
	w.Model.WarnAt(w.company.RhythmAt)
}

// sample are the customers to learn from. They are the same ones whether
// everybody fits into one part or not.
func (w *Walk) sample(ctx context.Context, facts Facts, some behold.Part) (*people, error) {
	if w.parts > 1 {
		return w.read(ctx, facts, some)
	}
	var err error
	if w.whole, err = w.read(ctx, facts, behold.Part{}); err != nil || some.Whole() {
		return w.whole, err
	}
	var chosen []int
	for k, number := range w.whole.h.Customer {
		if some.Has(number) {
			chosen = append(chosen, k)
		}
	}
	return w.whole.pick(chosen), nil
}

// read asks for histories and dealings at once: each waits now for the engine,
// now for one core.
func (w *Walk) read(ctx context.Context, facts Facts, part behold.Part) (*people, error) {
	var h *behold.Histories
	var failed error
	var histories sync.WaitGroup
	histories.Go(func() { h, failed = facts.Histories(ctx, w.Day, part) })
	deals, err := facts.Dealings(ctx, w.Day, part)
	histories.Wait()
	if err := cmp.Or(failed, err); err != nil {
		return nil, err
	}
	readRemarks(w.reader, deals.Remarks.All)
	return together(h, deals), nil
}

// together are the customers of both, in order: a file that was imported between
// the reading of histories and of dealings may have brought new ones or an undo
// taken some away.
func together(h *behold.Histories, deals *behold.Dealings) *people {
	if slices.Equal(h.Customer, deals.Customer) {
		return &people{h, deals}
	}
	var first, second []int
	for k, number := range h.Customer {
		if j, ok := slices.BinarySearch(deals.Customer, number); ok {
			first, second = append(first, k), append(second, j)
		}
	}
	return &people{h.Pick(first), deals.Pick(second)}
}

// Each hands every customer over, part by part: histories, dealings and forecasts
// in the same order.
func (w *Walk) Each(ctx context.Context, facts Facts, do func(*behold.Histories, *behold.Dealings, []behold.Forecast) error) error {
	for i := range w.parts {
		if err := ctx.Err(); err != nil {
			return err
		}
		p := w.whole
		if p == nil {
			var err error
			if p, err = w.read(ctx, facts, behold.Part{Index: i, Of: w.parts}); err != nil {
				return err
			}
		}
		if err := do(p.h, p.deals, w.Model.Forecasts(p.h)); err != nil {
			return err
		}
	}
	return nil
}

// Judge names the lamps that today's facts light.
func (w *Walk) Judge(h *behold.Histories, deals *behold.Dealings, f []behold.Forecast) []behold.Lamp {
	return lamp.Judge(w.company, h, deals, f)
}

// Watch gives back those of the open lamps that today's facts do not put out.
func (w *Walk) Watch(h *behold.Histories, deals *behold.Dealings, f []behold.Forecast, open []behold.Lamp) []behold.Lamp {
	return lamp.Watch(w.company, h, deals, f, open)
}

// Calibration is how the lamps did on the company's own past.
func (w *Walk) Calibration() *lamp.Calibration { return &w.company.Calibration }
