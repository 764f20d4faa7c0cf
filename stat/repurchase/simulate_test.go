package repurchase

import (
	"math"
	"math/rand/v2"
)

// A shop is an invented customer base whose truth is known.
type shop struct {
	truth   Mixture
	n       int
	seed    uint64
	maxAge  float64 // first occasions are spread evenly over the last maxAge
	minAge  float64
	horizon float64 // how far the future is played, for those still with us
}

// An invented buyer with what the buyer itself does not show.
type invented struct {
	Buyer
	alive  bool
	k, mu  float64
	p      float64
	future []float64 // times of later purchases, counted from today
}

func (s shop) draw() []invented {
	rnd := rand.New(rand.NewPCG(s.seed, 1))
	out := make([]invented, s.n)
	for i := range out {
		out[i] = s.one(rnd)
	}
	return out
}

func (s shop) one(rnd *rand.Rand) invented {
	m := s.truth
	k, u := m.Shapes[len(m.Shapes)-1], rnd.Float64()
	for g, share := range m.Shares {
		if u -= share; u < 0 {
			k = m.Shapes[g]
			break
		}
	}
	mu := gammaDraw(rnd, m.R) / m.Alpha
	p := betaDraw(rnd, m.A, m.B)
	c := invented{k: k, mu: mu, p: p, Buyer: Buyer{Age: s.minAge + (s.maxAge-s.minAge)*rnd.Float64()}}
	at := 0.0
	for {
		if rnd.Float64() < p {
			return c
		}
		gap := gammaDraw(rnd, k) / (k * mu)
		at += gap
		switch {
		case at <= c.Age:
			c.Repeats, c.Last = c.Repeats+1, at
			c.LogGaps += math.Log(gap)
			continue
		case !c.alive:
			c.alive = true
		}
		if at > c.Age+s.horizon {
			return c
		}
		c.future = append(c.future, at-c.Age)
	}
}

func buyersOf(drawn []invented) []Buyer {
	buyers := make([]Buyer, len(drawn))
	for i, c := range drawn {
		buyers[i] = c.Buyer
	}
	return buyers
}

// mixedShop has regular and irregular customers; the unit is days.
func mixedShop(n int, seed uint64) shop {
	shares := []float64{0, 0.3, 0, 0.3, 0, 0.3, 0, 0.1}
	return shop{
		truth: Mixture{R: 1.8, Alpha: 70, A: 0.7, B: 3, Shapes: DefaultShapes(), Shares: shares},
		n:     n, seed: seed, maxAge: 900,
	}
}
