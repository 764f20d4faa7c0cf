package repurchase

import "math"

// Where the second derivative by two of four parameters lies in a triangle:
// those of the Pareto/NBD, whose s and β have the places of a and b.
const (
	sR        = aR
	sAlpha    = aAlpha
	sS        = aA
	betaR     = bR
	betaAlpha = bAlpha
	betaS     = bA
	betaBeta  = bB
)

// A mixed adds up a likelihood that is a sum of positive terms: their shares
// give the slopes of its logarithm as a mean and its curvature as a mean and a
// covariance, without a difference of large numbers.
type mixed struct {
	total float64
	slope [4]float64
	bend  [10]float64 // a triangle, row by row
}

// add takes one term with the slopes of its logarithm; its second derivatives
// times the term are to be added to bend.
func (m *mixed) add(term float64, slope *[4]float64) {
	m.total += term
	at := 0
	for i, v := range slope {
		v *= term
		m.slope[i] += v
		for _, u := range slope[:i+1] {
			m.bend[at] += v * u
			at++
		}
	}
}

// settle is the sum, with the slopes and the second derivatives of its
// logarithm.
func (m *mixed) settle() (total float64, slope [4]float64, bend [10]float64) {
	total = math.Max(m.total, math.SmallestNonzeroFloat64)
	at := 0
	for i := range slope {
		slope[i] = m.slope[i] / total
		for j := range i + 1 {
			bend[at] = m.bend[at]/total - slope[i]*slope[j]
			at++
		}
	}
	return total, slope, bend
}
