package repurchase

import (
	"math"
	"math/rand/v2"
)

// mostDrawn is the most repeats that a simulated customer has.
const mostDrawn = 1e6

// gammaDraw is a draw from Gamma(shape, rate 1): Marsaglia, Tsang (2000), with
// their boost below 1.
func gammaDraw(rnd *rand.Rand, shape float64) float64 {
	if shape < 1 {
		return gammaDraw(rnd, shape+1) * math.Pow(rnd.Float64(), 1/shape)
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := rnd.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		if math.Log(1-rnd.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

// betaDraw is a draw from Beta(a, b), also where both gammas fall to 0.
func betaDraw(rnd *rand.Rand, a, b float64) float64 {
	x, y := gammaDraw(rnd, a), gammaDraw(rnd, b)
	if x+y == 0 {
		if rnd.Float64()*(a+b) < a {
			return 1
		}
		return 0
	}
	return x / (x + y)
}

// add lets the buyer buy once more after this gap.
func (b *Buyer) add(gap float64) {
	b.Repeats++
	b.Last += gap
	b.LogGaps += math.Log(math.Max(gap, math.SmallestNonzeroFloat64))
}

func checkAges(ages []float64) error {
	for i, age := range ages {
		if !finite(age) || age < 0 {
			return &InputError{Buyer: i, Field: "Age", Value: age, Why: "not a finite number, 0 or above"}
		}
	}
	return nil
}
