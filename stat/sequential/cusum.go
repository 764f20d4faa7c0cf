package sequential

import (
	"math"

	"behold/stat"
)

// A CUSUM rings when the odds of losing customers have risen, or fallen, by a
// ratio: the cumulative sum that is fastest to notice it. Make it with NewCUSUM.
//
// Question: are more customers leaving than their own chances explain, or is it
// a bad month? And, with one constant chance: has the share of very satisfied
// answers changed?
//
// Input: month by month (or answer by answer) the customers, each with the
// chance that was foreseen and whether it happened.
//
// Formula: with y = 1 for lost, R > 1 the odds ratio to be found soonest
//
//	W = y ln R − ln(1 − p + R p)
//	up ← max(0, up + Σ W)            of the month; down the same with 1/R
//
// and it rings when up or down reaches the limit h (Limit finds h).
//
// Output: the two sums, and which of them rings. After a look into the matter
// Reset begins anew; without it the sums go on.
//
// Errors: NewCUSUM refuses R ≤ 1 and h ≤ 0; Add a chance outside 0 … 1.
//
// Not where the chances drift: a model that grows stale rings like customers who
// leave.
//
// Source: Steiner, Cook, Farewell, Treasure (2000), Biostatistics 1(4). With all
// p equal it is the Bernoulli CUSUM (Reynolds, Stoumbos 1999). See
// TestCUSUM_Methods5_4.
type CUSUM struct {
	Up, Down float64 // C, of more and of fewer losses; no unit, ≥ 0
	logRatio float64
	ratio    float64
	limit    float64
	cases    int
}

// NewCUSUM begins both sums at 0, for the odds ratio R and the limit h given.
func NewCUSUM(ratio, limit float64) (*CUSUM, error) {
	if err := checkRatio(ratio); err != nil {
		return nil, err
	}
	if !(limit > 0) {
		return nil, &stat.InputError{Row: stat.NoRow, Field: "limit", Value: limit, Why: "not above 0"}
	}
	return &CUSUM{ratio: ratio, logRatio: math.Log(ratio), limit: limit}, nil
}

func checkRatio(ratio float64) error {
	if stat.Finite(ratio) && ratio > 1 {
		return nil
	}
	return &stat.InputError{Row: stat.NoRow, Field: "ratio", Value: ratio, Why: "not a finite number above 1"}
}

// Add takes one month: the chances foreseen, and beside each whether it came so.
func (c *CUSUM) Add(chances []float64, lost []bool) error {
	if len(lost) != len(chances) {
		return &stat.InputError{Row: stat.NoRow, Field: "lost", Value: float64(len(lost)), Why: "not as many as chances"}
	}
	count := 0.0
	for i, p := range chances {
		if !(p >= 0 && p <= 1) {
			return &stat.InputError{Row: c.cases + i, Field: "chance", Value: p, Why: "not between 0 and 1"}
		}
		if lost[i] {
			count++
		}
	}
	c.cases += len(chances)
	c.Up = max(0, c.Up+count*c.logRatio-logNorm(chances, c.ratio))
	c.Down = max(0, c.Down-count*c.logRatio-logNorm(chances, 1/c.ratio))
	return nil
}

// AddOne takes one answer, with the share of successes that was usual.
func (c *CUSUM) AddOne(usual float64, success bool) error {
	return c.Add([]float64{usual}, []bool{success})
}

// More says whether the sum of more losses has reached the limit.
func (c *CUSUM) More() bool { return c.Up >= c.limit }

// Fewer says whether the sum of fewer losses has.
func (c *CUSUM) Fewer() bool { return c.Down >= c.limit }

// Reset begins both sums anew.
func (c *CUSUM) Reset() { c.Up, c.Down = 0, 0 }
