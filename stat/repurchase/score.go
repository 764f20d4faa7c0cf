package repurchase

import (
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

// scoreBlock is how many buyers one core takes at a time.
const scoreBlock = 2048

// Score answers the questions of Mixture for many buyers at once, on all
// cores. Errors: *InputError, naming the first buyer whose history cannot be.
func (m Mixture) Score(buyers []Buyer, want Wanted) (Scores, error) {
	if err := checkBuyers(buyers); err != nil {
		return Scores{}, err
	}
	out := newScores(len(buyers), want)
	stat.Blocks(len(buyers), scoreBlock, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			m.scoreOne(buyers[i], i, want, out)
		}
	})
	return out, nil
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

func (m Mixture) scoreOne(b Buyer, i int, want Wanted, out Scores) {
	one := m.single(b)
	now := one.silence(b.Silence())
	if want.Silence {
		out.Silence[i] = now
	}
	if want.Alive {
		out.Alive[i] = alive(m, b, now)
	}
	if want.MeanGap {
		out.MeanGap[i] = m.MeanGap(b)
	}
	if want.Window > 0 {
		out.NoPurchase[i] = noPurchase(alive(m, b, now), now, one.silence(b.Silence()+want.Window))
	}
	for q, p := range want.Quantiles {
		out.Quantiles[q][i] = one.quantile(p)
	}
	if want.Own != nil {
		out.Own[i] = one.quantile(want.Own[i])
	}
	if want.Value != nil {
		out.Residual[i] = m.Residual(b, *want.Value)
	}
}
