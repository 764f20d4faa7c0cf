package forecast

import (
	"fmt"
	"math"
	"slices"

	"behold"
)

// Signals are what else is known of customers on a day, such as which lamps are
// lit and how strongly. Every customer of the histories they were asked for has
// one row, in that order.
type Signals struct {
	Names    []string
	Prior    []float64 // of each: log-odds that full strength adds before outcomes are known, 0 or more
	Strength []float64 // row by row, len(Names) each, from 0 (nothing) to 1
}

// A Source tells the signals as of a day from what was known then. past has the
// customers in the order in which it wants them.
type Source func(day behold.Day, past *behold.Histories) (*Signals, error)

// Weights say what signals add to the chance to leave. The zero Weights know
// none; signals then count as their Prior says.
type Weights struct {
	Names []string
	Each  []float64 // log-odds at full strength, 0 or more
	Level float64   // log-odds of everybody, so that chances stay right on the whole
	Lit   []int     // cases in which each signal was above 0
	Cases int       // customers with a known outcome that they were learned from
}

const (
	signalSpread = 0.5 // prior standard deviation of a weight, METHODS 2.6
	signalSweeps = 500
	signalEnd    = 1e-9
)

// A matured is a customer on an earlier day whose chance was foretold and whose
// outcome is known.
type matured struct {
	day      behold.Day
	customer int32
	odds     float64 // as foretold, at the day's own level
	left     float64
}

// FitSignals learns what signals add to the chance to leave.
//
// Question: of two customers with the same purchases, does the one with a
// complaint leave more often, and by how much?
//
// Input: the histories that the model was fitted to, and a source that is asked for
// the signals of some of them as of earlier days. It is asked on the days of
// Leave.Proof, whose chances were made without the outcomes.
//
// Formula (METHODS 2.6): with o the log-odds foretold without signals,
//
//	logit P = o + a + Σ γ·strength,   γ ~ N(prior, 0.5²) and not below 0,  a ~ N(0, 0.5²)
//
// maximised a posteriori by steps in one coefficient at a time that cannot
// overshoot; every case counts 1 over how many of the days share its outcome.
//
// Output: Model.Signals. Without proof every γ is its prior and a is 0.
//
// Errors: those of source; Internal, when it tells signals of another shape.
//
// Caveat: customers whom a lamp brought attention, and who stayed for it, make the
// lamp look harmless; leave them out of the source, or out of h.
//
// Source: Böhning, Lindsay (1988), Annals of the Institute of Statistical
// Mathematics 40(4), for the bound of the steps. See TestSignalsAreLearned.
func (m *Model) FitSignals(h *behold.Histories, source Source) error {
	m.Signals = Weights{}
	place := make(map[int32]int, h.Len())
	for k, number := range h.Customer {
		place[number] = k
	}
	var fit signalFit
	for at := 0; at < len(m.matured); {
		day := m.matured[at].day
		var chosen []int
		var cases []matured
		for ; at < len(m.matured) && m.matured[at].day == day; at++ {
			if k, ok := place[m.matured[at].customer]; ok {
				chosen, cases = append(chosen, k), append(cases, m.matured[at])
			}
		}
		told, err := source(day, h.Pick(chosen).Until(day))
		if err != nil {
			return err
		}
		if err := fit.add(cases, told); err != nil {
			return err
		}
	}
	if len(fit.odds) > 0 {
		m.Signals = fit.solve(m.Leave.Proof.overlap(m.Horizon))
	}
	return nil
}

// overlap is how many of the proof's days share an outcome.
func (p *Proof) overlap(horizon int) float64 {
	if len(p.Origins) < 2 {
		return 1
	}
	n := len(p.Origins)
	step := float64(p.Origins[0]-p.Origins[n-1]) / float64(n-1)
	return math.Max(1, math.Min(float64(n), float64(horizon)/step))
}

// A signalFit gathers cases, and for each signal those in which it is above 0.
type signalFit struct {
	names      []string
	prior      []float64
	odds, left []float64
	of         [][]int32
	strength   [][]float64
}

func (s *Signals) check(customers int) error {
	bad := len(s.Prior) != len(s.Names) || len(s.Strength) != customers*len(s.Names)
	for _, v := range s.Prior {
		bad = bad || !(v >= 0) || math.IsInf(v, 1)
	}
	for _, v := range s.Strength {
		bad = bad || !(v >= 0 && v <= 1)
	}
	if bad {
		return &behold.Error{Kind: behold.Internal, Say: fmt.Sprintf("signals of %d customers are out of shape", customers)}
	}
	return nil
}

func (f *signalFit) add(cases []matured, s *Signals) error {
	if err := s.check(len(cases)); err != nil {
		return err
	}
	if f.names == nil {
		f.names, f.prior = s.Names, s.Prior
		f.of, f.strength = make([][]int32, len(s.Names)), make([][]float64, len(s.Names))
	}
	if !slices.Equal(f.names, s.Names) || !slices.Equal(f.prior, s.Prior) {
		return &behold.Error{Kind: behold.Internal, Say: "signals differ from day to day"}
	}
	for i, c := range cases {
		n := int32(len(f.odds))
		f.odds, f.left = append(f.odds, c.odds), append(f.left, c.left)
		for j, v := range s.Strength[i*len(s.Names) : (i+1)*len(s.Names)] {
			if v > 0 {
				f.of[j], f.strength[j] = append(f.of[j], n), append(f.strength[j], v)
			}
		}
	}
	return nil
}

// solve climbs one coefficient after another; ¼ bounds the curvature of a case.
func (f *signalFit) solve(overlap float64) Weights {
	w := Weights{Names: f.names, Each: slices.Clone(f.prior), Cases: len(f.odds)}
	all, ones := make([]int32, len(f.odds)), make([]float64, len(f.odds))
	for i := range all {
		all[i], ones[i] = int32(i), 1
	}
	for j, g := range w.Each {
		w.Lit = append(w.Lit, len(f.of[j]))
		f.move(f.of[j], f.strength[j], g)
	}
	for range signalSweeps {
		moved := f.step(all, ones, 0, &w.Level, overlap, math.Inf(-1))
		for j := range w.Each {
			moved = math.Max(moved, f.step(f.of[j], f.strength[j], f.prior[j], &w.Each[j], overlap, 0))
		}
		if moved < signalEnd {
			break
		}
	}
	return w
}

func (f *signalFit) step(of []int32, strength []float64, prior float64, coef *float64, overlap, least float64) float64 {
	precision := 1 / (signalSpread * signalSpread)
	slope, bend := precision*(prior-*coef), precision
	for n, i := range of {
		v := strength[n] / overlap
		slope += v * (f.left[i] - logistic(f.odds[i]))
		bend += v * strength[n] / 4
	}
	was := *coef
	*coef = math.Max(least, was+slope/bend)
	f.move(of, strength, *coef-was)
	return math.Abs(*coef - was)
}

func (f *signalFit) move(of []int32, strength []float64, by float64) {
	for n, i := range of {
		f.odds[i] += by * strength[n]
	}
}

// Weigh finishes forecasts with the signals of the day: it changes ChanceLeave,
// its range and MoneyAtRisk of those who ever bought, in place.
//
// Input: forecasts as Forecasts gave them, and the signals of the same customers
// in the same order. A signal that was not learned counts as its Prior says.
//
// Output: what each signal adds, in log-odds (γ·strength), row by row as
// Strength; the parts of what was known beside the purchases.
//
// Errors: Internal, when signals are of another shape.
func (m *Model) Weigh(f []behold.Forecast, s *Signals) ([]float64, error) {
	if err := s.check(len(f)); err != nil {
		return nil, err
	}
	weight := slices.Clone(s.Prior)
	for j, name := range s.Names {
		if i := slices.Index(m.Signals.Names, name); i >= 0 {
			weight[j] = m.Signals.Each[i]
		}
	}
	parts := make([]float64, len(s.Strength))
	for k := range f {
		added := m.Signals.Level
		for j, g := range weight {
			part := g * s.Strength[k*len(weight)+j]
			parts[k*len(weight)+j] = part
			added += part
		}
		raise(&f[k], added)
	}
	return parts, nil
}

// raise moves a forecast by log-odds.
func raise(f *behold.Forecast, by float64) {
	if f.Occasions == 0 || by == 0 {
		return
	}
	before := f.ChanceLeave
	for _, p := range []*float64{&f.ChanceLeave, &f.ChanceLeaveLow, &f.ChanceLeaveHigh} {
		*p = logistic(logit(*p) + by)
	}
	if f.State != behold.Lost && before != f.ChanceLeave {
		f.MoneyAtRisk.Minor = int64(math.Round(f.ChanceLeave * float64(f.Residual.Minor)))
	}
}
