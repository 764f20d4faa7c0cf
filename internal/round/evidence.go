package round

import (
	"context"

	"behold"
	"behold/internal/lamp"
	"behold/internal/task"
)

// Evidence is what the company's own past says about how far Behold can be
// trusted (METHODS 12).
type Evidence struct {
	Day      behold.Day          `json:"day"`
	Horizon  int                 `json:"horizon_days"`
	Backtest *Backtest           `json:"backtest"` // null: too little past
	False    *FalseLamps         `json:"false_lamps"`
	HeldOut  *task.FalseAlarms   `json:"false_alarms_held_out"` // of the lists, by those who were held out; null: too few were
	Lamps    []LampFalse         `json:"lamps"`                 // over all origins of the backtest
	Records  []behold.LampRecord `json:"records"`               // of the lamps on the months before them
	Drift    DriftTest           `json:"drift"`
}

// FalseLamps holds the false lamps of the backtest against the dial.
type FalseLamps struct {
	Customers int     `json:"customer_months"` // of customers who stayed
	Rate      float64 `json:"per_100_month"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Dial      float64 `json:"dial"`
	Drifted   bool    `json:"drifted"` // the dial is outside the range and off by more than a quarter
}

// A LampFalse is how one lamp did over all origins.
type LampFalse struct {
	Lamp    behold.LampKind `json:"lamp"`
	Lit     int             `json:"lit"`
	Left    int             `json:"left"`
	False   float64         `json:"false_per_100_month"`
	Low     float64         `json:"low"`
	High    float64         `json:"high"`
	Counted bool            `json:"in_dial"`
}

// A DriftTest says whether the company is still the one that was learned from.
type DriftTest struct {
	Gaps   []lamp.GapMonth `json:"gaps"`   // no months: too few gaps
	Inputs []lamp.Shift    `json:"inputs"` // this quarter against the year before it
	Feed   []lamp.FeedGap  `json:"feed_gaps"`
}

// Prove gathers the evidence as of a day: a backtest on the last months whose
// outcomes are known, each lamp's own record, and the drift checks.
func Prove(ctx context.Context, facts Facts, day behold.Day, settings behold.Settings, opt Options) (*Evidence, error) {
	walk, err := Learn(ctx, facts, day, settings, opt)
	if err != nil {
		return nil, err
	}
	e := &Evidence{Day: day, Horizon: walk.Model.Horizon, Records: walk.Calibration().Records()}
	if e.Drift, err = walk.drift(ctx, facts); err != nil {
		return nil, err
	}
	origins := lastOrigins(day, walk.Model.From, walk.Model.Horizon)
	if len(origins) == 0 {
		return e, nil
	}
	settings.HorizonDays = walk.Model.Horizon
	if e.Backtest, err = RunBacktest(ctx, facts, day, origins, settings, opt); err != nil {
		return nil, err
	}
	e.count(settings.FalseLamps)
	return e, nil
}

// drift walks past everybody once more.
func (w *Walk) drift(ctx context.Context, facts Facts) (DriftTest, error) {
	d := lamp.Drift{Day: w.Day, From: w.Model.From}
	err := w.Each(ctx, facts, func(h *behold.Histories, _ *behold.Dealings, _ []behold.Forecast) error {
		d.See(&w.company, h)
		return nil
	})
	if err != nil {
		return DriftTest{}, err
	}
	days, err := facts.DayCounts(ctx, w.Day)
	return DriftTest{
		Gaps: d.Months(), Inputs: d.Shifts(),
		Feed: lamp.FeedGaps(days, &w.company.Clock, w.Model.From, w.Day),
	}, err
}

// count adds up the lamps of all origins: each has a month of its own, so that no
// lamp is counted twice.
func (e *Evidence) count(dial float64) {
	const far = 0.25
	by := map[behold.LampKind]*LampFalse{}
	stayed, wrong := 0, 0
	for i := range e.Backtest.Origins {
		o := &e.Backtest.Origins[i]
		stayed += o.Stayed
		for _, l := range o.Lamps {
			x := by[l.Lamp]
			if x == nil {
				x = &LampFalse{Lamp: l.Lamp, Counted: l.Counted}
				by[l.Lamp] = x
			}
			x.Lit, x.Left, x.Counted = x.Lit+l.Lit, x.Left+l.Left, x.Counted || l.Counted
		}
	}
	for _, rule := range lamp.Rules() {
		x := by[rule.Kind]
		if x == nil {
			continue
		}
		if x.Counted {
			wrong += x.Lit - x.Left
		}
		x.False, x.Low, x.High = falseRate(x.Lit-x.Left, stayed)
		e.Lamps = append(e.Lamps, *x)
	}
	f := &FalseLamps{Customers: stayed, Dial: dial}
	f.Rate, f.Low, f.High = falseRate(wrong, stayed)
	f.Drifted = stayed > 0 && (f.Low > dial || f.High < dial) && (f.Rate > dial*(1+far) || f.Rate < dial*(1-far))
	e.False = f
}

// falseRate is per 100 customers and month, with its exact 95 % range.
func falseRate(wrong, stayed int) (rate, low, high float64) {
	per := 100 / max(float64(stayed), 1)
	low, high = countRange(float64(wrong))
	return per * float64(wrong), per * low, per * high
}
