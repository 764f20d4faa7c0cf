package stat

import "math"

// A BetaSlope gives the chance of Beta.CDF together with its slopes, for
// searches that climb. Make it with NewBetaSlope.
type BetaSlope struct {
	Beta
	rise float64 // ψ(A+B) − ψ(A)
}

// NewBetaSlope prepares the distribution with weights a, b > 0.
func NewBetaSlope(a, b float64) BetaSlope {
	return BetaSlope{Beta: NewBeta(a, b), rise: Digamma(a+b) - Digamma(a)}
}

// At is CDF(odds) with its derivatives by A and by ln(odds). It follows
// LogCDF case by case; the continued fraction is derived step by step along
// with its value. See TestBetaSlope.
func (d BetaSlope) At(odds float64) (cdf, byA, byLogOdds float64) {
	switch {
	case odds <= 0:
		return 0, 0, 0
	case math.IsInf(odds, 1):
		return 1, 0, 0
	}
	v := 1 / (1 + odds)
	logU := -math.Log1p(1 / odds)
	front := d.A*logU - d.B*math.Log1p(odds) - d.logB
	byLogOdds = math.Exp(front)
	if d.A > manyA {
		cdf = d.CDF(odds)
		return cdf, byLogOdds * logU * odds / d.A, byLogOdds
	}
	if whole := int(d.B); float64(whole) == d.B && whole <= 40 {
		sum, slope := risingSlope(d.A, whole, v)
		cdf = math.Exp(d.A * logU)
		return cdf * sum, cdf * (sum*logU + slope), byLogOdds
	}
	if odds < (d.A+1)/(d.B+1) {
		f, df := betaFractionSlope(d.A, d.B, odds*v, true)
		cdf = byLogOdds * f / d.A
		return cdf, cdf * (logU - 1/d.A + d.rise + df), byLogOdds
	}
	f, df := betaFractionSlope(d.B, d.A, v, false)
	rest := byLogOdds * f / d.B
	return math.Max(0, 1-rest), -rest * (logU + d.rise + df), byLogOdds
}

// risingSlope is risingSum with its derivative by a.
func risingSlope(a float64, n int, v float64) (sum, slope float64) {
	sum = 1
	term, log := 1.0, 0.0
	for j := 1; j < n; j++ {
		step := a + float64(j-1)
		term *= step / float64(j) * v
		log += 1 / step
		sum += term
		slope += term * log
	}
	return sum, slope
}

// betaFractionSlope is betaFraction with the derivative of its logarithm by
// the first weight (first) or by the second. Every quantity of Lentz's method
// carries its own derivative.
func betaFractionSlope(a, b, x float64, first bool) (f, dlog float64) {
	const tiny = 1e-300
	c, dc := 1.0, 0.0
	start := (a + b) * x / (a + 1)
	dstart := start / (a + b)
	if first {
		dstart -= start / (a + 1)
	}
	d := 1 / (1 - start)
	dd := d * d * dstart
	f, dlog = d, d*dstart
	for m := 1.0; m < 20000; m++ {
		p, q, r := 1/(a-1+2*m), 1/(a+2*m), 1/(a+1+2*m)
		even := m * (b - m) * x * p * q
		odd := -(a + m) * (a + b + m) * x * q * r
		deven, dodd := m*x*p*q, odd/(a+b+m)
		if first {
			deven = -even * (p + q)
			dodd += odd * (1/(a+m) - q - r)
		}
		dd = deven*d + even*dd
		d = 1 / nonzero(1+even*d, tiny)
		dd *= -d * d
		dc = (deven - even*dc/c) / c
		c = nonzero(1+even/c, tiny)
		f *= d * c
		dlog += dd/d + dc/c

		dd = dodd*d + odd*dd
		d = 1 / nonzero(1+odd*d, tiny)
		dd *= -d * d
		dc = (dodd - odd*dc/c) / c
		c = nonzero(1+odd/c, tiny)
		step := d * c
		f *= step
		dstep := dd/d + dc/c
		dlog += dstep
		if math.Abs(step-1) < 1e-15 && math.Abs(dstep) < 1e-13 {
			break
		}
	}
	return f, dlog
}
