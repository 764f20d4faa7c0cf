package stat

import "math"

// UpperGamma is Q(k, z) = Γ(k, z)/Γ(k), the chance that a gamma variable of
// shape k > 0 and rate 1 is above z ≥ 0; see LogUpperGamma.
func UpperGamma(k, z float64) float64 {
	return math.Exp(LogUpperGamma(k, z))
}

// LogUpperGamma is ln Q(k, z), accurate also where Q is far below the smallest
// float64: 0 for z ≤ 0, −Inf for z = +Inf.
//
// Method: for whole k ≤ 40 the finite sum e^−z Σ_{j<k} z^j/j!; else below
// z = k+1 one minus the power series (Abramowitz and Stegun 1964, 6.5.29), and
// above it their continued fraction 6.5.31 by Lentz's method; both are the
// textbook split. See TestLogUpperGamma (values of mpmath with 40 digits).
func LogUpperGamma(k, z float64) float64 {
	if z <= 0 {
		return 0
	}
	if math.IsInf(z, 1) {
		return math.Inf(-1)
	}
	return math.Min(0, LogScaledUpperGamma(k, z)-z)
}

// LogScaledUpperGamma is ln(e^z Q(k, z)), for k > 0, z ≥ 0. It grows only like
// (k−1) ln z, so that ratios of two far tails can be taken.
func LogScaledUpperGamma(k, z float64) float64 {
	switch {
	case z <= 0:
		return 0
	case math.IsInf(z, 1):
		return math.Inf(1)
	}
	if whole := int(k); float64(whole) == k && whole <= 40 && z < 1e6 {
		return math.Log(expSum(whole, z))
	}
	g, _ := math.Lgamma(k)
	front := k*math.Log(z) - g
	if z < k+1 {
		return z + math.Log1p(-math.Min(1, math.Exp(front-z)*gammaSeries(k, z)))
	}
	return front + math.Log(gammaFraction(k, z))
}

// expSum is Σ_{j<n} z^j/j!.
func expSum(n int, z float64) float64 {
	sum, term := 1.0, 1.0
	for j := 1; j < n; j++ {
		term *= z / float64(j)
		sum += term
	}
	return sum
}

// gammaSeries is Σ_n z^n / (k(k+1)…(k+n)), so that the lower regularised gamma
// is z^k e^−z / Γ(k) times it.
func gammaSeries(k, z float64) float64 {
	term := 1 / k
	sum := term
	for n := 1.0; n < 100000; n++ {
		term *= z / (k + n)
		sum += term
		if term < sum*1e-17 {
			break
		}
	}
	return sum
}

// gammaFraction is the continued fraction F with Q(k, z) = z^k e^−z F / Γ(k).
func gammaFraction(k, z float64) float64 {
	const tiny = 1e-300
	b := z + 1 - k
	c, d := 1/tiny, 1/b
	h := d
	for i := 1.0; i < 100000; i++ {
		a := -i * (i - k)
		b += 2
		d = 1 / nonzero(a*d+b, tiny)
		c = nonzero(b+a/c, tiny)
		step := d * c
		h *= step
		if math.Abs(step-1) < 1e-16 {
			break
		}
	}
	return h
}
