package repurchase

import "math"

// A curve is a smooth function kept at equal steps, with its slopes, and read
// off by cubics (Hermite) in between.
type curve struct {
	low, high float64
	perUnit   float64 // steps per unit
	value     []float64
	slope     []float64 // per step
}

// newCurve keeps f from low to high at about the given step. The slopes come
// from the values, by the five-point rule.
func newCurve(low, high, step float64, f func(float64) float64) *curve {
	n := max(int(math.Ceil((high-low)/step)), 4)
	step = (high - low) / float64(n)
	c := &curve{low: low, high: high, perUnit: 1 / step, value: make([]float64, n+1), slope: make([]float64, n+1)}
	around := make([]float64, n+5)
	for i := range around {
		around[i] = f(low + float64(i-2)*step)
	}
	for i := range c.value {
		c.value[i] = around[i+2]
		c.slope[i] = (8*(around[i+3]-around[i+1]) - (around[i+4] - around[i])) / 12
	}
	return c
}

// holds says whether t lies on the curve; a nil curve holds nothing.
func (c *curve) holds(t float64) bool {
	return c != nil && t >= c.low && t < c.high
}

// at is the value and the slope at a t that the curve holds.
func (c *curve) at(t float64) (value, slope float64) {
	place := (t - c.low) * c.perUnit
	i := min(int(place), len(c.value)-2)
	u := place - float64(i)
	rise := c.value[i+1] - c.value[i]
	s0, s1 := c.slope[i], c.slope[i+1]
	quad, cubic := 3*rise-2*s0-s1, s0+s1-2*rise
	return c.value[i] + u*(s0+u*(quad+u*cubic)), (s0 + u*(2*quad+3*u*cubic)) * c.perUnit
}

// inverse is a t with about this value, within one step, on a rising curve; ok
// is false where the curve does not reach it.
func (c *curve) inverse(value float64) (t float64, ok bool) {
	if c == nil || value < c.value[0] || value >= c.value[len(c.value)-1] {
		return 0, false
	}
	low, high := 0, len(c.value)-1
	for high-low > 1 {
		if middle := (low + high) / 2; c.value[middle] > value {
			high = middle
		} else {
			low = middle
		}
	}
	part := (value - c.value[low]) / (c.value[high] - c.value[low])
	return c.low + (float64(low)+part)/c.perUnit, true
}
