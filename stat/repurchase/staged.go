package repurchase

import (
	"math"

	"behold/stat"
)

// stagedPurchases is the mean number of purchases in (T, T+h] of a customer who
// is with us now, for k above 1.
//
// Where in the gap the customer is, stage j of k, has weights
// (R)_j/j! (s/(α+T))^j, R = r+kx. Then the m-th purchase comes within h when
// mk − j events do, and when the customer has stayed m − 1 times:
//
//	Σ_j w_j Σ_m E(1−p)^{m−1} P(NB(R+j, (α+T)/(α+T+h)) ≥ mk − j)
//
// All terms are positive. After manyTerms purchases the sum over m goes on as
// an integral. Source: derived here; see TestStagedIsGeometric (k = 1),
// TestReferenceCNBD and TestStagedSimulated.
func (l law) stagedPurchases(b Buyer, h float64) float64 {
	stages, weights := l.stages(b)
	odds := h / (l.alpha + b.Age) // of an event falling into h
	left := leaveChance{l.a, l.b + l.tries(b.Repeats)}
	sum := 0.0
	for j, w := range weights {
		if w > 0 {
			sum += w * left.staged(stages[j], l.k, j, odds)
		}
	}
	return sum
}

// stages are the shapes R+j of the rate at each stage, and their chances.
func (l law) stages(b Buyer) (shapes, weights []float64) {
	after := l.r + float64(l.k)*b.Repeats
	share := b.Silence() / (l.alpha + b.Age)
	total, weight := 0.0, 1.0
	for j := range l.k {
		shapes, weights = append(shapes, after+float64(j)), append(weights, weight)
		total += weight
		weight *= (after + float64(j)) / float64(j+1) * share
	}
	for j := range weights {
		weights[j] /= total
	}
	return shapes, weights
}

const manyTerms = 400

// staged is the sum over m for one stage.
func (c leaveChance) staged(shape float64, k, stage int, odds float64) float64 {
	term := func(m float64) float64 {
		stay := stat.LogRising(c.b, m-1) - stat.LogRising(c.a+c.b, m-1)
		// NB ≥ n events: the share u = odds/(1+odds) is above a Beta(n, shape).
		return math.Exp(stay + stat.NewBeta(m*float64(k)-float64(stage), shape).LogCDF(odds))
	}
	sum := 0.0
	for m := 1.0; m <= manyTerms; m++ {
		v := term(m)
		sum += v
		if v <= 1e-14*sum {
			return sum
		}
	}
	return sum + tailSum(term, manyTerms)
}

// tailSum is Σ_{m>from} f(m) for a slowly falling f: panels of Gauss and
// Legendre over ln m from from+½ on, and the first term by which a sum differs
// from that integral, f′/24.
func tailSum(f func(float64) float64, from float64) float64 {
	const panel = 0.5
	nodes := legendre(8)
	sum := (f(from+1) - f(from)) / 24
	for low := math.Log(from + 0.5); low < 60; low += panel {
		part := 0.0
		for _, n := range nodes {
			m := math.Exp(low + panel*n.at)
			part += n.weight * panel * m * f(m)
		}
		sum += part
		if part <= 1e-12*sum {
			break
		}
	}
	return sum
}
