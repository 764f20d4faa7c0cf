package forecast

import (
	"math"
	"slices"

	gonum "gonum.org/v1/gonum/stat"

	"behold"
	"behold/stat"
	"behold/stat/repurchase"
)

const (
	sampleSize   = 20_000 // customers that everything is learned from, METHODS 2.3
	originSize   = 4_000  // customers that the rhythm of an earlier day is learned from
	looseEnd     = 1e-3   // log-likelihood at which those searches stop
	gapUnknown   = 60.0   // days, the usual gap of a company of which nothing is known
	horizonLow   = 56     // days, METHODS 2.6
	horizonHigh  = 364
	kindRepeats  = 50  // repeats that a model of categories needs, METHODS 9.2
	independence = 0.2 // |correlation| of spend and frequency, METHODS 2.5
	borrowedFrom = 100 // customers, METHODS 2.3
)

// A Model is a company's rhythm as of a day, from which every forecast follows.
// It is plain data: written as JSON it is the record of how a round judged.
type Model struct {
	AsOf      behold.Day
	Settings  behold.Settings
	Horizon   int // days that "leaves" looks ahead
	Customers int // that were learned from
	Clock     behold.Clock
	Mixture   repurchase.Mixture    // of customers, in days of the clock
	Kinds     repurchase.Mixture    // of (customer, category) pairs; Borrowed when there is too little
	Money     repurchase.GammaGamma // spend per occasion, major units
	Margin    bool                  // Money is margin, else turnover
	Leave     Leave
	Signals   Weights // what lamps and the like add to the chance to leave
	Lost      Lost
	Typical   float64    // what a typical purchase day nets, minor units
	From      behold.Day // first day of the records
	Common    []float64  // repeats that several customers have, ascending
	Caveats   []stat.Caveat

	warnAt  func(gap, tenure float64) float64 // see WarnAt; nil: METHODS 3.1
	matured []matured                         // what FitSignals learns from; not part of the record
}

// Fit learns the rhythm of a company.
//
// Question: what is usual here: for the year, for customers, for their
// categories, for what they spend; and who of them did not come back?
//
// Input: histories of customers as of h.AsOf, all or a random part of them, in
// any order, read only; orders a day over the whole company; settings. More than
// 20,000 customers are thinned by a hash of their number and the seed.
//
// Model: FitClock, repurchase.FitMixture, repurchase.FitGammaGamma and the
// logistic of METHODS 2.6 trained on earlier origins only.
//
// Output: Model, in days of the clock and units of h.Currency.
//
// Errors: Invalid when the settings make no sense. Nothing to learn from is no
// error: the model then has the priors, and says so. Caveats: borrowed-rhythm
// (fewer than 100 customers), loss-not-calibrated (see fitLost), borrowed-kinds (fewer than 50 repeats of
// categories), no-money (nobody's purchases sum to more than 0),
// spend-goes-with-frequency (|correlation| of ln spend and ln frequency of 0.2
// or more; Value says it), leave-not-learned (fewer than 200 known outcomes, or
// too few of one sort).
//
// Not for contracts with an end date.
//
// Source: METHODS 2; see TestLeaveRanks, TestFalseAlarmRate, TestJulyStop.
func Fit(h *behold.Histories, days []behold.DayCount, s behold.Settings) (*Model, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	h = thin(h, sampleSize, s.Seed)
	f := &fitting{h: withoutKinds(h), days: days, s: s, from: firstDay(h, days)}
	m := &Model{AsOf: h.AsOf, Settings: s, Customers: h.Len(), From: f.from, Clock: FitClock(days, h.AsOf, s.Country)}
	occ := CustomerOccasions(h, &m.Clock, s.MergeDays)
	m.Horizon = horizon(h, s)
	m.Typical = typical(h)
	f.horizon, f.typical = m.Horizon, m.Typical
	if err := m.fitRhythm(occ); err != nil {
		return nil, err
	}
	if err := m.fitLost(h); err != nil {
		return nil, err
	}
	if err := m.fitKinds(h); err != nil {
		return nil, err
	}
	if err := m.fitMoney(h, occ); err != nil {
		return nil, err
	}
	f.start = &m.Mixture
	return m, m.fitLeaving(f)
}

// withoutKinds spares the copying of what the chance to leave does not look at.
func withoutKinds(h *behold.Histories) *behold.Histories {
	plain := *h
	plain.Kinds = behold.Kinds{Start: []int{0}}
	if len(plain.Start) == 0 {
		plain.Start = []int{0}
	}
	return &plain
}

// A fitting is what is at hand while the chance to leave is learned.
type fitting struct {
	h       *behold.Histories
	days    []behold.DayCount
	s       behold.Settings
	from    behold.Day
	horizon int
	typical float64
	start   *repurchase.Mixture // where searches begin; answers do not depend on it
	matured []matured           // found on the way
}

// sceneAt learns the rhythm from past alone and asks it.
func (f *fitting) sceneAt(past *behold.Histories, clock *behold.Clock) (*scene, error) {
	buyers := buyersOf(CustomerOccasions(past, clock, f.s.MergeDays))
	engine, err := fitMixture(stride(buyers, originSize), repurchase.MixtureOptions{Start: f.start, Tolerance: looseEnd})
	if err != nil {
		return nil, err
	}
	f.start = &engine
	s := newScene(past, clock, f.s.MergeDays, f.horizon)
	s.typical, s.from = f.typical, f.from
	return s, s.ask(engine, nil)
}

func (m *Model) fitRhythm(occ *Occasions) (err error) {
	buyers := buyersOf(occ)
	m.Common = common(buyers)
	m.Mixture, err = fitMixture(buyers, repurchase.MixtureOptions{})
	if m.Mixture.Borrowed {
		m.warn(stat.Caveat{Code: "borrowed-rhythm", Count: m.Customers, Limit: borrowedFrom})
	}
	return err
}

// common are the repeats that at least three buyers have. Forecasts keep curves
// for these, so that nobody's depends on who else is asked about with them.
func common(buyers []repurchase.Buyer) []float64 {
	const several = 3
	count := map[float64]int{}
	for _, b := range buyers {
		count[b.Repeats]++
	}
	xs := make([]float64, 0, len(count))
	for x, n := range count {
		if n >= several {
			xs = append(xs, x)
		}
	}
	slices.Sort(xs)
	return xs
}

// fitKinds learns from the (customer, category) pairs, thinned like customers.
func (m *Model) fitKinds(h *behold.Histories) (err error) {
	buyers := buyersOf(KindOccasions(h, &m.Clock, m.Settings.MergeDays))
	repeats := 0.0
	for _, b := range buyers {
		repeats += b.Repeats
	}
	if repeats < kindRepeats {
		buyers = nil
		m.warn(stat.Caveat{Code: "borrowed-kinds", Count: int(repeats), Limit: kindRepeats})
	}
	m.Kinds, err = fitMixture(stride(buyers, sampleSize), repurchase.MixtureOptions{Tolerance: looseEnd})
	return err
}

// fitMoney learns the spend per occasion of those who bought again.
func (m *Model) fitMoney(h *behold.Histories, occ *Occasions) (err error) {
	m.Margin = h.Margin != nil
	var spends []repurchase.Spend
	var value, often []float64
	for k, n := range occ.Count {
		if n == 0 || occ.Spent[k] <= 0 {
			continue
		}
		spends = append(spends, repurchase.Spend{Occasions: float64(n), Mean: occ.Spent[k]})
		if n > 1 {
			value = append(value, math.Log(occ.Spent[k]))
			often = append(often, math.Log(float64(n-1)/math.Max(occ.Buyer[k].Last, gapLow)))
		}
	}
	if len(spends) == 0 {
		m.warn(stat.Caveat{Code: "no-money"})
		return nil
	}
	if len(value) > 2 {
		if r := gonum.Correlation(value, often, nil); math.Abs(r) >= independence {
			m.warn(stat.Caveat{Code: "spend-goes-with-frequency", Count: len(value), Value: r, Limit: independence})
		}
	}
	m.Money, err = repurchase.FitGammaGamma(spends)
	return err
}

func (m *Model) fitLeaving(f *fitting) (err error) {
	m.Leave, err = fitLeave(f)
	m.matured = f.matured
	if err != nil {
		return err
	}
	if !m.Leave.learned() {
		m.warn(stat.Caveat{Code: "leave-not-learned", Count: m.Leave.Rows, Limit: minRows})
		return nil
	}
	now, err := m.scene(f.h)
	if err != nil {
		return err
	}
	var all []int
	for k, n := range now.occ.Count {
		if n > 0 {
			all = append(all, k)
		}
	}
	m.Leave.Season = centreSeason(now.matrix(all))
	return nil
}

func (m *Model) warn(c stat.Caveat) { m.Caveats = append(m.Caveats, c) }

// fitMixture is repurchase.FitMixture, with a gap to borrow where nobody bought.
func fitMixture(buyers []repurchase.Buyer, opt repurchase.MixtureOptions) (repurchase.Mixture, error) {
	repeats := false
	for _, b := range buyers {
		repeats = repeats || b.Repeats > 0
	}
	if !repeats {
		opt.MedianGap = gapUnknown
	}
	m, err := repurchase.FitMixture(buyers, opt)
	if err != nil {
		return m, &behold.Error{Kind: behold.Internal, Say: "the rhythm could not be learned", Err: err}
	}
	return m, nil
}

// buyersOf are the buyers with at least one purchase.
func buyersOf(o *Occasions) []repurchase.Buyer {
	buyers := make([]repurchase.Buyer, 0, len(o.Buyer))
	for k, b := range o.Buyer {
		if o.Count[k] > 0 {
			buyers = append(buyers, b)
		}
	}
	return buyers
}

// horizon is the setting, or three median gaps between purchase days.
func horizon(h *behold.Histories, s behold.Settings) int {
	if s.HorizonDays > 0 {
		return s.HorizonDays
	}
	var gaps []int
	for k := range h.Customer {
		last := behold.NoDay
		for i := h.Start[k]; i < h.Start[k+1]; i++ {
			if !h.Purchase(i) {
				continue
			}
			if last.Known() && int(h.Day[i]-last) > s.MergeDays {
				gaps = append(gaps, int(h.Day[i]-last))
			}
			last = h.Day[i]
		}
	}
	if len(gaps) == 0 {
		return 3 * gapUnknown
	}
	slices.Sort(gaps)
	return min(max(3*gaps[len(gaps)/2], horizonLow), horizonHigh)
}

// typical is the median of what a purchase day nets, in minor units, at least 1.
func typical(h *behold.Histories) float64 {
	var nets []int64
	for i := range h.Day {
		if h.Purchase(i) {
			nets = append(nets, h.Bought[i]+h.Credited[i])
		}
	}
	if len(nets) == 0 {
		return 1
	}
	slices.Sort(nets)
	return float64(max(nets[len(nets)/2], 1))
}

// firstDay is where the records begin.
func firstDay(h *behold.Histories, days []behold.DayCount) behold.Day {
	first := h.AsOf
	for _, d := range h.Day {
		first = min(first, d)
	}
	for _, d := range days {
		if d.Orders > 0 {
			first = min(first, d.Day)
		}
	}
	return first
}
