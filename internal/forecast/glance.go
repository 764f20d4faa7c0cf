package forecast

import (
	"math"

	"behold"
	"behold/stat"
	"behold/stat/repurchase"
)

// Glances says of every customer of h, in their order, what a past day is judged
// by, and leaves out what was to come: it is Forecasts for whoever looks at many
// days of many customers.
//
// Input: as Forecasts.
//
// Output: Customer, State, Orders, Occasions, First, Last, UsualGap, SilentDays,
// SilenceP and ChanceActive as Forecasts has them; LampOn too, where it has come,
// else NoDay. All else is zero, or NoDay. See TestGlancesAreForecasts.
func (m *Model) Glances(h *behold.Histories) []behold.Forecast {
	s := newScene(h, &m.Clock, m.Settings.MergeDays, m.Horizon)
	var err error
	s.engine, err = m.Mixture.Score(s.occ.Buyer, repurchase.Wanted{Silence: true, Alive: true, MeanGap: true, Common: m.Common})
	if err != nil {
		panic(err) // occasions make buyers that are in order, whatever the histories
	}
	back, err := m.returned(h, s.occ)
	if err != nil {
		panic(err) // as above
	}
	out := make([]behold.Forecast, h.Len())
	on := m.warned(s)
	stat.Blocks(h.Len(), blockSize, func(lo, hi int) {
		for k := lo; k < hi; k++ {
			f := &out[k]
			f.Customer, f.ExpectedBy = h.Customer[k], behold.NoDay
			for i := h.Start[k]; i < h.Start[k+1]; i++ {
				f.Orders += h.Orders[i]
			}
			if s.occ.Count[k] == 0 {
				m.never(f, h.Currency)
			} else {
				m.rhythm(f, s, k)
				f.LampOn = on[k]
			}
			m.standing(f, h.AsOf, back[k])
			if f.LampOn > h.AsOf {
				f.LampOn = behold.NoDay
			}
		}
	})
	return out
}

// warned are the days since which the rhythm lamp could have burnt, by customer;
// a day to come where it could not.
func (m *Model) warned(s *scene) []behold.Day {
	const near = 1 + 1e-4 // a quantile is found by steps: who is close to the threshold is asked too
	own := m.thresholds(s)
	on := make([]behold.Day, len(own))
	var of []int
	var buyers []repurchase.Buyer
	var levels []float64
	for k, a := range own {
		on[k] = s.h.AsOf + 1
		if s.occ.Count[k] > 0 && s.engine.Silence[k] <= a*near {
			of, buyers, levels = append(of, k), append(buyers, s.occ.Buyer[k]), append(levels, a)
		}
	}
	found, err := m.Mixture.Score(buyers, repurchase.Wanted{Own: levels, Common: m.Common})
	if err != nil {
		panic(err) // the same buyers were taken a moment ago
	}
	for i, k := range of {
		on[k] = s.clock.After(s.occ.Last[k], math.Min(found.Own[i], farAhead))
	}
	return on
}
