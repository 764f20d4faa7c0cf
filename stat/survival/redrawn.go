package survival

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"behold/stat"
)

// Resampling says how ranges are found from customers drawn anew.
type Resampling struct {
	Resamples int     // 0 means 500
	Level     float64 // 0 means 0.95
	Seed      uint64
}

const (
	usualResamples = 500
	redrawBlock    = 8
)

// Redrawn is a curve of renewals fitted again to customers drawn anew, so that
// anything it foretells can be given a range. Contract.Bootstrap makes it.
type Redrawn struct {
	Contracts []*Contract // one a resample, without errors of their own
	Level     float64
	Caveats   []stat.Caveat
}

// Bootstrap fits the curve again to customers drawn anew.
//
// Question: how far can this projection be off because it was learnt from these
// customers and not from others like them?
//
// Input: a Contract that came from FitSBG, FitBdW or ChooseContract; Resampling.
//
// Formula: each resample draws as many customers as there were, with
// replacement, out of what was seen of each (left in period t, or still active
// when the count ended after t), and is fitted as the curve was, from its
// parameters and from one other start (BdW: three). A resample in which nobody left is a
// curve on which nobody does.
//
// Output: Redrawn, whose Range takes percentiles of whatever is asked of a curve.
//
// Errors: ErrTooFew (a Contract written down by hand: nothing to draw from);
// *OptionError (Level). Caveats, in the result: few-left (as in the fit).
//
// Where parameters are well inside their ranges it agrees with SurvivalRange and
// HalfLife.Range, which cost nothing; at the edge, where those are open, and
// for functions of the curve that have no range of their own (ResidualLife, the
// customers left of today's) it is the one to take. It does not doubt the form
// of the curve: ChooseContract does, in Missed.
//
// Source: Efron (1981), JASA 76, 312–319 (censored data). See
// TestBootstrapCoverage and TestBootstrapAgainstDelta.
func (m *Contract) Bootstrap(opt Resampling) (*Redrawn, error) {
	if opt.Resamples <= 0 {
		opt.Resamples = usualResamples
	}
	level, err := checkLevel(opt.Level)
	if err != nil {
		return nil, err
	}
	if m.learned == nil {
		return nil, ErrTooFew
	}
	r := &Redrawn{Contracts: make([]*Contract, opt.Resamples), Level: level}
	if m.learned.gone < few {
		r.Caveats = append(r.Caveats, stat.Caveat{Code: "few-left", Count: int(m.learned.gone), Limit: few})
	}
	starts := [][]float64{{math.Log(m.A), math.Log(m.B), math.Log(m.C)}, {0, 0, 0}}
	if m.Free > 2 {
		starts = append(starts, []float64{3, 4, 0.5}, []float64{-1, -1, -0.5})
	}
	stat.Blocks(opt.Resamples, redrawBlock, func(lo, hi int) {
		for b := lo; b < hi; b++ {
			drawn := m.learned.redraw(rand.NewPCG(opt.Seed, uint64(b)))
			r.Contracts[b] = drawn.refit(starts)
			r.Contracts[b].Level = level
		}
	})
	return r, nil
}

// refit climbs from the starts; where nobody left there is nothing to climb.
func (r *renewals) refit(starts [][]float64) *Contract {
	if r.gone == 0 {
		return &Contract{A: math.Exp(-edge), B: 1, C: 1, Free: r.free, N: r.n, Observed: len(r.left) - 1}
	}
	return r.contract(r.highest(starts))
}

// redraw draws as many customers with replacement, cell by cell: each takes its
// share of those not yet placed (a multinomial out of binomials).
func (r *renewals) redraw(dice rand.Source) *renewals {
	out := &renewals{left: make([]float64, len(r.left)), kept: make([]float64, len(r.kept)), free: r.free}
	unplaced, rest := math.Max(1, math.Round(r.n)), r.n
	out.n = unplaced
	place := func(cell float64) float64 {
		if cell <= 0 || unplaced == 0 {
			return 0
		}
		n := unplaced
		if cell < rest {
			n = distuv.Binomial{N: unplaced, P: cell / rest, Src: dice}.Rand()
		}
		unplaced, rest = unplaced-n, rest-cell
		return n
	}
	for t := range r.left {
		out.left[t] = place(r.left[t])
		out.gone += out.left[t]
		out.kept[t] = place(r.kept[t])
	}
	return out
}

// Range is the range of anything that is asked of a curve, such as
//
//	r.Range(func(m *survival.Contract) float64 { return m.Survival(5) })
//
// by percentiles of the resamples. What is not reached (+Inf, as a half-life can
// be) counts as the largest; NaN is left out, and a Range of nothing is −Inf … +Inf.
func (r *Redrawn) Range(of func(*Contract) float64) stat.Interval {
	values := make([]float64, 0, len(r.Contracts))
	for _, m := range r.Contracts {
		if v := of(m); !math.IsNaN(v) {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return stat.Interval{Low: math.Inf(-1), High: math.Inf(1), Level: r.Level}
	}
	slices.Sort(values)
	return stat.Interval{Low: percentile(values, (1-r.Level)/2), High: percentile(values, (1+r.Level)/2), Level: r.Level}
}

// percentile of sorted values, between two of them in proportion.
func percentile(values []float64, u float64) float64 {
	place := u * float64(len(values)-1)
	low := int(place)
	high := min(low+1, len(values)-1)
	if values[low] == values[high] || place == float64(low) { // neighbours may both be +Inf
		return values[low]
	}
	return values[low] + (place-float64(low))*(values[high]-values[low])
}
