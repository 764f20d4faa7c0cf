package forecast

import (
	"math"

	"behold"
	"behold/stat"
	"behold/stat/repurchase"
)

const (
	quietBelow  = 0.2  // silence p at which an active customer becomes quiet, DESIGN 4
	backShare   = 0.2  // 80 % are back when so many are still out
	lowTail     = 0.9  // silence p after the shortest tenth of the gaps
	highTail    = 0.1  // and after all but the longest tenth
	rhythmShare = 0.30 // of the dial, METHODS 3.4, L01
	monthDays   = 30.0
	leastP      = 0.0005 // METHODS 3.1
	mostP       = 0.10
)

// Forecasts says what to expect of every customer of h, in their order.
//
// Question: who is silent, for how long is that usual, will they be back, and
// what is at stake?
//
// Input: histories as of the model's day, of any customers of the company.
//
// Output: one Forecast a customer; days and money as people count them. Value
// is discounted, in h.Currency. Who is Lost has no money at risk any more. The range of ChanceLeave has level 0.95. It is
// not calibrated. A customer who never bought is New, with nothing expected, a
// chance to leave of 1 within 0 to 1, and no value.
//
// The method is repurchase.Mixture.Score on the company's clock, and Leave.
func (m *Model) Forecasts(h *behold.Histories) []behold.Forecast {
	out := make([]behold.Forecast, h.Len())
	s, err := m.scene(h)
	if err != nil {
		panic(err) // occasions make buyers that are in order, whatever the histories
	}
	ahead, err := m.Mixture.Score(s.occ.Buyer, repurchase.Wanted{
		Quantiles: []float64{lowTail, highTail, backShare},
		Own:       m.thresholds(s),
		Value:     m.value(),
		Common:    m.Common,
		Oldest:    math.Max(1, m.Clock.Between(m.From, h.AsOf)),
	})
	if err != nil {
		panic(err) // as above: the same buyers were taken a moment ago
	}
	back, err := m.returned(h, s.occ)
	if err != nil {
		panic(err) // as above
	}
	stat.Blocks(h.Len(), blockSize, func(lo, hi int) {
		row := make([]float64, wide)
		for k := lo; k < hi; k++ {
			m.one(&out[k], s, &ahead, k, row)
			m.standing(&out[k], h.AsOf, back[k])
		}
	})
	return out
}

// scene asks the engine about the customers of h.
func (m *Model) scene(h *behold.Histories) (*scene, error) {
	s := newScene(h, &m.Clock, m.Settings.MergeDays, m.Horizon)
	s.typical, s.from = m.Typical, m.From
	return s, s.ask(m.Mixture, m.Common)
}

// one fills in the forecast of customer k; row is scratch for the features.
func (m *Model) one(f *behold.Forecast, s *scene, ahead *repurchase.Scores, k int, row []float64) {
	f.Customer = s.h.Customer[k]
	for i := s.h.Start[k]; i < s.h.Start[k+1]; i++ {
		f.Orders += s.h.Orders[i]
	}
	if s.occ.Count[k] == 0 {
		m.never(f, s.h.Currency)
		return
	}
	m.rhythm(f, s, k)
	q := ahead.Quantiles
	m.days(f, s, [4]float64{q[0][k], q[1][k], q[2][k], ahead.Own[k]})
	s.features(k, row)
	f.ChanceLeave, f.ChanceLeaveLow, f.ChanceLeaveHigh = m.Leave.chance(row)
	f.Calibrated = m.Leave.Proof.calibrated()
	m.money(f, s, k, ahead.Residual[k])
}

// WarnAt sets the silence p at which the rhythm lamp lights for customers with a
// usual gap and a tenure in days, so that LampOn is the day on which it will. A
// model without it goes by METHODS 3.1 alone.
func (m *Model) WarnAt(threshold func(gap, tenure float64) float64) { m.warnAt = threshold }

// thresholds of the rhythm lamp, one for each customer.
func (m *Model) thresholds(s *scene) []float64 {
	own := make([]float64, len(s.engine.MeanGap))
	for k, gap := range s.engine.MeanGap {
		if m.warnAt == nil || s.occ.Count[k] == 0 {
			own[k] = rhythmThreshold(gap, m.Settings.FalseLamps)
			continue
		}
		own[k] = math.Max(m.warnAt(math.Min(gap, farAhead), float64(s.h.AsOf-s.occ.First[k])), rarest)
	}
	return own
}

// rarest is a silence p that nobody is waited for beyond.
const rarest = 1e-6

// value is over how long and at which rate purchases to come are counted.
func (m *Model) value() *repurchase.ValueOptions {
	return &repurchase.ValueOptions{
		Discount: math.Max(math.Log1p(m.Settings.DiscountRate)/yearDays, 1e-9), // must be above 0
		Horizon:  float64(yearDays * m.Settings.Years),
	}
}

// rhythmThreshold is the silence p at which the rhythm lamp lights, METHODS 3.1:
// so that customers who buy weekly and yearly give equally many false lamps a
// month. gap is the usual one in days.
func rhythmThreshold(gap, falseLamps float64) float64 {
	a := rhythmShare * falseLamps / 100 * gap / monthDays
	return math.Min(math.Max(a, leastP), mostP)
}

// never is the forecast of a customer without a purchase.
func (m *Model) never(f *behold.Forecast, currency string) {
	none := behold.Money{Currency: currency}
	f.First, f.Last, f.ExpectedBy, f.LampOn = behold.NoDay, behold.NoDay, behold.NoDay, behold.NoDay
	f.SilenceP, f.ChanceLeave, f.ChanceLeaveHigh = 1, 1, 1
	f.Residual, f.Value, f.MoneyAtRisk = none, none, none
}

// rhythm fills in what was bought, and how unusual the silence is.
func (m *Model) rhythm(f *behold.Forecast, s *scene, k int) {
	f.Occasions, f.First, f.Last = s.occ.Count[k], s.occ.First[k], s.occ.Last[k]
	f.SilentDays = int32(s.h.AsOf - f.Last)
	f.UsualGap = math.Min(s.engine.MeanGap[k], farAhead)
	f.SilenceP = s.engine.Silence[k]
	f.ChanceActive = s.engine.Alive[k]
}

// standing says how things are between customer and company. back is whether they
// came back of late after having been lost.
func (m *Model) standing(f *behold.Forecast, asOf behold.Day, back bool) {
	now := look{days: f.SilentDays, silence: f.SilenceP, warned: f.LampOn <= asOf-lostWarned}
	switch {
	case f.Occasions == 0:
		f.State = behold.NewCustomer
	case m.Lost.lost(now):
		f.State = behold.Lost
		f.MoneyAtRisk.Minor = 0 // it is no longer at risk
	case back:
		f.State = behold.Returned
	case f.SilenceP <= quietBelow:
		f.State = behold.Quiet
	case f.Occasions == 1:
		f.State = behold.NewCustomer
	default:
		f.State = behold.Active
	}
}

// days puts the silences (low, high, expected, lamp) on the calendar.
func (m *Model) days(f *behold.Forecast, s *scene, silences [4]float64) {
	var on [4]behold.Day
	for i, t := range silences {
		on[i] = s.clock.After(f.Last, math.Min(t, farAhead))
	}
	f.UsualLow, f.UsualHigh = float64(on[0]-f.Last), float64(on[1]-f.Last)
	f.ExpectedBy, f.LampOn = on[2], on[3]
}

// farAhead ends what is put on a calendar, in days: a hundred years.
const farAhead = 36_500

// money fills in what is at stake. residual is in purchases.
func (m *Model) money(f *behold.Forecast, s *scene, k int, residual float64) {
	each, ok := m.Money.Mean(float64(f.Occasions), s.occ.Spent[k])
	if !ok {
		each = s.occ.Spent[k]
	}
	still := residual * each
	f.Residual = behold.MoneyOf(still, s.h.Currency)
	f.Value = behold.MoneyOf(still*f.ChanceActive, s.h.Currency)
	f.MoneyAtRisk = behold.MoneyOf(still*f.ChanceLeave, s.h.Currency)
}
