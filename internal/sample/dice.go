package sample

import (
	"math"
	"math/rand/v2"
)

// dice are thrown for one customer. Their fall depends on the shop's seed, the
// customer and the purpose alone, so that any block can be made at any time.
type dice struct {
	source rand.PCG
	*rand.Rand
}

func newDice() *dice {
	d := new(dice)
	d.Rand = rand.New(&d.source)
	return d
}

// What dice are thrown for; a change to one table leaves the others as they were.
const (
	forPlan uint64 = iota + 1
	forOrders
	forService
	forVoice
	forCompany
	forFile
	forPeople
)

func (d *dice) start(seed uint64, customer int64, purpose uint64) {
	d.source.Seed(scramble(seed+purpose*0x9e3779b97f4a7c15), scramble(uint64(customer)+purpose))
}

// scramble is the finaliser of splitmix64: neighbouring numbers come out unrelated.
func scramble(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

func (d *dice) chance(p float64) bool { return d.Float64() < p }

func (d *dice) between(low, high float64) float64 { return low + (high-low)*d.Float64() }

// days between low and high, both included.
func (d *dice) days(low, high int) int { return low + d.IntN(high-low+1) }

// gamma has mean shape and scale 1 (Marsaglia and Tsang 2000; below shape 1 by
// their boost: Gamma(a) = Gamma(a+1)·U^(1/a)).
func (d *dice) gamma(shape float64) float64 {
	if shape < 1 {
		return d.gamma(shape+1) * math.Pow(1-d.Float64(), 1/shape)
	}
	a := shape - 1.0/3
	c := 1 / math.Sqrt(9*a)
	for {
		x := d.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v *= v * v
		u := 1 - d.Float64()
		if u < 1-0.0331*x*x*x*x || math.Log(u) < 0.5*x*x+a*(1-v+math.Log(v)) {
			return a * v
		}
	}
}

func (d *dice) beta(a, b float64) float64 {
	x := d.gamma(a)
	return x / (x + d.gamma(b))
}

// poisson counts by multiplying uniforms (Knuth); for small means.
func (d *dice) poisson(mean float64) int {
	limit, n := math.Exp(-mean), 0
	for p := d.Float64(); p > limit; p *= d.Float64() {
		n++
	}
	return n
}

// pick gives i with probability weights[i]/sum.
func (d *dice) pick(weights []float64) int {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	x := d.Float64() * sum
	for i, w := range weights {
		if x -= w; x < 0 {
			return i
		}
	}
	return len(weights) - 1
}

func one[T any](d *dice, list []T) T { return list[d.IntN(len(list))] }
