package stat

import "math"

// LogBeta is ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a+b), for a, b > 0.
//
// Unlike that difference it keeps its digits when one argument is much larger
// than the other (LogRising). See TestLogBeta.
func LogBeta(a, b float64) float64 {
	if a < b {
		a, b = b, a
	}
	g, _ := math.Lgamma(b)
	return g - LogRising(a, b)
}

// LogRising is ln Γ(a+n) − ln Γ(a), the logarithm of the rising factorial
// a(a+1)…(a+n−1) for any real n ≥ 0 and a > 0.
//
// From a = 20 on it takes the difference of the two Stirling series term by
// term, since the difference of the two values loses as many digits as ln Γ(a)
// is larger than n ln a. See TestLogRising.
func LogRising(a, n float64) float64 {
	if n == 0 {
		return 0
	}
	if a < 20 {
		top, _ := math.Lgamma(a + n)
		bottom, _ := math.Lgamma(a)
		return top - bottom
	}
	return (a-0.5)*math.Log1p(n/a) + n*(math.Log(a+n)-1) + stirlingRest(a+n) - stirlingRest(a)
}

// stirlingRest is ln Γ(x) − [(x−½) ln x − x + ½ ln 2π] for x ≥ 20, where five
// terms of the series reach rounding (Abramowitz and Stegun 1964, 6.1.41).
func stirlingRest(x float64) float64 {
	y := 1 / (x * x)
	return (1.0/12 - y*(1.0/360-y*(1.0/1260-y*(1.0/1680-y/1188)))) / x
}

// A Beta is the distribution of a share between 0 and 1 with weights A and B,
// both > 0: density proportional to u^(A−1)·(1−u)^(B−1). Make it with NewBeta.
//
// Its methods take odds u/(1−u) from 0 to +Inf and not u itself, because near
// u = 1 the odds still tell apart what float64 cannot.
type Beta struct {
	A, B float64
	logB float64 // ln B(A, B)
}

// NewBeta prepares the distribution with weights a, b > 0.
func NewBeta(a, b float64) Beta {
	return Beta{A: a, B: b, logB: LogBeta(a, b)}
}

// manyA is where Beta(A, B) is told from a gamma distribution by less than
// rounding, and closed sums and fractions would need too long.
const manyA = 1e8

// LogCDF is ln of the chance that the share lies below odds/(1+odds): the
// logarithm of the regularised incomplete beta I_u(A, B). It stays accurate
// where the chance itself is far below the smallest float64.
//
// Method: for whole B ≤ 40 the finite sum u^A Σ_{j<B} (A)_j/j! (1−u)^j, whose
// terms are all positive; else the continued fraction of Abramowitz and Stegun
// 1964, 26.5.8 (as modified by Lentz), on the side of the mean where it
// converges fast; for A > 1e8 the gamma limit, whose error is of order 1/A².
// See TestBetaLogCDF (values of mpmath with 40 digits).
func (d Beta) LogCDF(odds float64) float64 {
	switch {
	case odds <= 0:
		return math.Inf(-1)
	case math.IsInf(odds, 1):
		return 0
	}
	logU := -math.Log1p(1 / odds)
	if d.A > manyA {
		return LogUpperGamma(d.B, -(d.A+(d.B-1)/2)*logU)
	}
	if whole := int(d.B); float64(whole) == d.B && whole <= 40 {
		return math.Min(0, d.A*logU+math.Log(risingSum(d.A, whole, 1/(1+odds))))
	}
	front := d.A*logU - d.B*math.Log1p(odds) - d.logB
	if odds < (d.A+1)/(d.B+1) {
		return math.Min(0, front+math.Log(betaFraction(d.A, d.B, odds/(1+odds))/d.A))
	}
	return math.Log1p(-math.Min(1, math.Exp(front)*betaFraction(d.B, d.A, 1/(1+odds))/d.B))
}

// CDF is the chance that the share lies below odds/(1+odds); see LogCDF.
func (d Beta) CDF(odds float64) float64 {
	return math.Exp(d.LogCDF(odds))
}

// LogDensity is ln of the density of the share, taken over the logarithm of
// the odds: u^A (1−u)^B / B(A, B). It is the slope of CDF by ln(odds).
func (d Beta) LogDensity(odds float64) float64 {
	return -d.A*math.Log1p(1/odds) - d.B*math.Log1p(odds) - d.logB
}

// risingSum is Σ_{j<n} (a)_j/j! v^j.
func risingSum(a float64, n int, v float64) float64 {
	sum, term := 1.0, 1.0
	for j := 1; j < n; j++ {
		term *= (a + float64(j-1)) / float64(j) * v
		sum += term
	}
	return sum
}

// betaFraction is the continued fraction F with I_x(a, b) =
// x^a (1−x)^b F / (a B(a, b)), by Lentz's method. Two steps a turn, as the
// even and odd coefficients differ.
func betaFraction(a, b, x float64) float64 {
	const tiny = 1e-300
	c, d := 1.0, 1/(1-(a+b)*x/(a+1))
	h := d
	for m := 1.0; m < 20000; m++ {
		even := m * (b - m) * x / ((a - 1 + 2*m) * (a + 2*m))
		d = 1 / nonzero(1+even*d, tiny)
		c = nonzero(1+even/c, tiny)
		h *= d * c
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 1 + 2*m))
		d = 1 / nonzero(1+odd*d, tiny)
		c = nonzero(1+odd/c, tiny)
		step := d * c
		h *= step
		if math.Abs(step-1) < 1e-16 {
			break
		}
	}
	return h
}

func nonzero(x, tiny float64) float64 {
	if math.Abs(x) < tiny {
		return tiny
	}
	return x
}

// Quantile is the odds below which the share lies with chance p, the inverse
// of CDF: 0 for p ≤ 0, +Inf for p ≥ 1, and else between 1e-300 and 1e300, where
// it stops. It is found by Newton steps on the logarithm of the chance over the
// logarithm of the odds, kept inside a bracket that shrinks. See
// TestBetaQuantile.
func (d Beta) Quantile(p float64) float64 {
	if p <= 0 {
		return 0
	}
	if p >= 1 {
		return math.Inf(1)
	}
	goal := math.Log(p)
	low, high := -690.0, 690.0 // of ln odds
	at := math.Max(low, math.Min(high, math.Log(d.A/d.B)))
	for range 200 {
		value := d.LogCDF(math.Exp(at))
		if value > goal {
			high = at
		} else {
			low = at
		}
		step := (goal - value) * math.Exp(value-d.LogDensity(math.Exp(at)))
		if math.Abs(step) <= 1e-15*math.Max(1, math.Abs(at)) {
			break
		}
		if next := at + step; next > low && next < high {
			at = next
		} else {
			at = (low + high) / 2
		}
	}
	return math.Exp(at)
}
