package stat

import "math"

// Digamma is ψ(x) = d ln Γ(x)/dx, for x > 0; NaN for any other x. Slopes of
// likelihoods are differences of it: gonum's mathext.Digamma, off by 5e-11,
// stops a search before it has arrived.
//
// Output: right to 1e-15 of the larger of 1 and itself.
//
// Method: ψ(x) = ψ(x+1) − 1/x up to 16, and there the series of Abramowitz and
// Stegun 1964, 6.3.18. See TestDigamma (mpmath with 60 digits).
func Digamma(x float64) float64 {
	if !(x > 0) {
		return math.NaN()
	}
	below := 0.0
	for ; x < 16; x++ {
		below += 1 / x
	}
	y := 1 / (x * x)
	series := y * (1.0/12 - y*(1.0/120-y*(1.0/252-y*(1.0/240-y*(1.0/132-y*(691.0/32760-y/12))))))
	return math.Log(x) - 0.5/x - series - below
}

// Trigamma is ψ′(x), for x > 0; NaN for any other x. Curvatures of likelihoods
// are differences of it.
//
// Output: right to 1e-15 of itself.
//
// Method: as Digamma, with the series 6.4.12. See TestDigamma.
func Trigamma(x float64) float64 {
	if !(x > 0) {
		return math.NaN()
	}
	below := 0.0
	for ; x < 16; x++ {
		below += 1 / (x * x)
	}
	y := 1 / (x * x)
	series := y * (1.0/6 - y*(1.0/30-y*(1.0/42-y*(1.0/30-y*(5.0/66-y*(691.0/2730-y*7.0/6))))))
	return below + (1+0.5/x+series)/x
}
