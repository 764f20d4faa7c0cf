package repurchase

import (
	"fmt"
	"math"
	"slices"

	"behold/stat"
)

// Wanted says which columns Score fills.
type Wanted struct {
	Silence   bool
	Alive     bool
	MeanGap   bool
	Window    float64       // h of NoPurchase, in the unit of time; 0 leaves the column out
	Quantiles []float64     // p of SilenceQuantile, one column each
	Own       []float64     // p of SilenceQuantile, one for each buyer; nil leaves the column out
	Value     *ValueOptions // of Residual; nil leaves the column out

	// Whoever scores buyers part by part says both of them for all parts alike,
	// and then gets bit by bit what one call would have given.
	Common []float64 // x that have curves, ascending; nil: those of at least 100 of the buyers
	Oldest float64   // age that the curves of values reach to; 0: that of the oldest of the buyers
}

func (w Wanted) check(n int) error {
	switch {
	case !finite(w.Window) || w.Window < 0:
		return fmt.Errorf("the window cannot be %v", w.Window)
	case w.Own != nil && len(w.Own) != n:
		return fmt.Errorf("%d own chances for %d buyers", len(w.Own), n)
	case w.Value != nil && !w.Value.inOrder():
		return fmt.Errorf("value needs a discount above 0 and a horizon of 0 or more, not %+v", *w.Value)
	}
	for _, column := range [][]float64{w.Quantiles, w.Own} {
		for i, p := range column {
			if math.IsNaN(p) {
				return fmt.Errorf("chance %d is not a number", i)
			}
		}
	}
	return nil
}

// Scores are columns in the order of the buyers; nil where not wanted.
type Scores struct {
	Silence    []float64
	Alive      []float64
	MeanGap    []float64
	NoPurchase []float64
	Quantiles  [][]float64 // [which of Wanted.Quantiles][buyer]
	Own        []float64
	Residual   []float64
}

const (
	scoreBlock = 2048 // buyers that one core takes at a time
	crowdSize  = 100  // from so many buyers with the same x on, curves pay
)

// Score answers the questions of Mixture for many buyers at once, on all
// cores.
//
// Buyers with the same x share the dear part: where at least 100 do (or Common
// says so), silences
// and values are read off curves that are kept for this x, and then differ from
// the methods of Mixture by less than 1e-6 of themselves (TestScoreEqualsSingle).
//
// Errors: *InputError, naming the first buyer whose history cannot be;
// ErrNoFit; an error for a question that cannot be.
func (m Mixture) Score(buyers []Buyer, want Wanted) (Scores, error) {
	if err := checkBuyers(buyers); err != nil {
		return Scores{}, err
	}
	if !m.inOrder() {
		return Scores{}, ErrNoFit
	}
	if err := want.check(len(buyers)); err != nil {
		return Scores{}, err
	}
	crowds := m.crowds(buyers, want)
	out := newScores(len(buyers), want)
	stat.Blocks(len(buyers), scoreBlock, func(lo, hi int) {
		var one single
		for i := lo; i < hi; i++ {
			one.meet(crowds[buyers[i].Repeats], buyers[i])
			out.fill(i, &one, want)
		}
	})
	return out, nil
}

// crowds prepares everything that depends on x alone.
func (m Mixture) crowds(buyers []Buyer, want Wanted) map[float64]*crowd {
	counts := make(map[float64]int)
	age := want.Oldest
	for _, b := range buyers {
		counts[b.Repeats]++
		if want.Oldest == 0 {
			age = math.Max(age, b.Age)
		}
	}
	xs := make([]float64, 0, len(counts))
	for x := range counts {
		xs = append(xs, x)
	}
	gammas := make(map[float64]*curve)
	for _, k := range m.Shapes {
		if k != math.Trunc(k) && want.Value != nil {
			gammas[k] = gammaCurve(k)
		}
	}
	made := make([]*crowd, len(xs))
	stat.Blocks(len(xs), 1, func(i, _ int) {
		c := m.crowd(xs[i])
		big := counts[xs[i]] >= crowdSize
		if want.Common != nil {
			_, big = slices.BinarySearch(want.Common, xs[i])
		}
		if want.MeanGap {
			c.knowGaps()
		}
		if big {
			c.keepCurves()
		}
		if want.Value != nil {
			c.knowValue(xs[i], *want.Value)
			if big {
				c.keepValue(*want.Value, age, gammas)
			}
		}
		made[i] = c
	})
	crowds := make(map[float64]*crowd, len(xs))
	for i, x := range xs {
		crowds[x] = made[i]
	}
	return crowds
}

func newScores(n int, want Wanted) Scores {
	column := func(wanted bool) []float64 {
		if !wanted {
			return nil
		}
		return make([]float64, n)
	}
	out := Scores{
		Silence: column(want.Silence), Alive: column(want.Alive), MeanGap: column(want.MeanGap),
		NoPurchase: column(want.Window > 0), Own: column(want.Own != nil), Residual: column(want.Value != nil),
	}
	for range want.Quantiles {
		out.Quantiles = append(out.Quantiles, column(true))
	}
	return out
}

// fill answers for the buyer at place i.
func (out Scores) fill(i int, one *single, want Wanted) {
	t := one.b.Silence()
	if want.Silence || want.Alive || want.Window > 0 {
		now := one.silence(t)
		if want.Silence {
			out.Silence[i] = now
		}
		if want.Alive {
			out.Alive[i] = one.alive(now)
		}
		if want.Window > 0 {
			out.NoPurchase[i] = noPurchase(one.alive(now), now, one.silence(t+want.Window))
		}
	}
	if want.MeanGap {
		out.MeanGap[i] = one.meanGap()
	}
	for q, p := range want.Quantiles {
		out.Quantiles[q][i] = one.quantile(p)
	}
	if want.Own != nil {
		out.Own[i] = one.quantile(want.Own[i])
	}
	if want.Value != nil {
		out.Residual[i] = one.residual(*want.Value)
	}
}
