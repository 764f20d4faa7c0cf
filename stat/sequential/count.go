package sequential

import (
	"math"
	"slices"

	"behold/stat"
)

// A Count is the distribution of how many of some customers are lost, when each
// has a chance of its own (Poisson-binomial). Make it with NewCount.
//
// Question: 31 were lost; how many are normal?
//
// Input: the chance of every customer, 0 … 1, in any order; read only.
//
// Formula: the chances are folded in one after another, P(k) ← P(k)(1−p) +
// P(k−1)p; tails below 1e-18 are dropped, so that the time taken goes with the
// number of customers times the spread of the count.
//
// Output: mean, variance, chances and limits of the count.
//
// Errors: a chance outside 0 … 1. No caveats: it is exact where the chances are,
// and customers leave independently; a common cause makes the limits too narrow.
//
// See TestCount: the binomial where all chances are equal.
type Count struct {
	Mean     float64   // E, customers
	Variance float64   // Σ p(1−p)
	first    int       // the count of chance[0]
	chance   []float64 // of first, first+1, …
	upTo     []float64 // sums of chance
}

const droppedTail = 1e-18

// NewCount prepares the distribution.
func NewCount(chances []float64) (*Count, error) {
	sorted := slices.Clone(chances) // so that the order does not touch the last bits
	slices.Sort(sorted)
	c := &Count{chance: []float64{1}}
	for i, p := range chances {
		if !(p >= 0 && p <= 1) {
			return nil, &stat.InputError{Row: i, Field: "chance", Value: p, Why: "not between 0 and 1"}
		}
	}
	for _, p := range sorted {
		c.Mean += p
		c.Variance += p * (1 - p)
		c.add(p)
	}
	sum := 0.0
	for _, p := range c.chance {
		sum += p
	}
	c.upTo = make([]float64, len(c.chance))
	below := 0.0
	for i, p := range c.chance {
		c.chance[i] = p / sum
		below += p / sum
		c.upTo[i] = below
	}
	c.upTo[len(c.upTo)-1] = 1
	return c, nil
}

// add folds in one customer and drops what cannot happen any more.
func (c *Count) add(p float64) {
	c.chance = append(c.chance, 0)
	for k := len(c.chance) - 1; k > 0; k-- {
		c.chance[k] = c.chance[k]*(1-p) + c.chance[k-1]*p
	}
	c.chance[0] *= 1 - p
	for len(c.chance) > 1 && c.chance[0] < droppedTail {
		c.chance, c.first = c.chance[1:], c.first+1
	}
	for len(c.chance) > 1 && c.chance[len(c.chance)-1] < droppedTail {
		c.chance = c.chance[:len(c.chance)-1]
	}
}

// Chance that exactly k are lost.
func (c *Count) Chance(k int) float64 {
	if k -= c.first; k < 0 || k >= len(c.chance) {
		return 0
	}
	return c.chance[k]
}

// UpTo is the chance that k or fewer are lost.
func (c *Count) UpTo(k int) float64 {
	switch k -= c.first; {
	case k < 0:
		return 0
	case k >= len(c.upTo):
		return 1
	}
	return c.upTo[k]
}

// Limits are the fewest and the most losses that are normal: fewer happen with
// chance (1−level)/2 at most, and more likewise.
func (c *Count) Limits(level float64) (low, high int) {
	return c.quantile((1 - level) / 2), c.quantile((1 + level) / 2)
}

// quantile is the first count up to which the chance is above u, or reaches it.
func (c *Count) quantile(u float64) int {
	at, _ := slices.BinarySearch(c.upTo, u)
	return c.first + min(at, len(c.upTo)-1)
}

// tilted is the distribution when the odds of every customer are times as high.
func tilted(chances []float64, times float64) []float64 {
	if times == 1 {
		return chances
	}
	moved := make([]float64, len(chances))
	for i, p := range chances {
		moved[i] = times * p / (1 - p + times*p)
	}
	return moved
}

// logNorm is Σ ln(1 − p + R p), what a CUSUM takes off in a month.
func logNorm(chances []float64, ratio float64) float64 {
	sum := 0.0
	for _, p := range chances {
		sum += math.Log1p((ratio - 1) * p)
	}
	return sum
}
