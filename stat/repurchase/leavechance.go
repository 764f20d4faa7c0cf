package repurchase

import (
	"math"

	"behold/stat"
)

// A leaveChance is what is known of the chance p of one customer to leave
// after an occasion: Beta(a, b).
type leaveChance struct{ a, b float64 }

// purchases is the mean number of purchases over a time in which rates are
// Gamma(shape, 1) and the time is t, of a customer who is here now:
//
//	E_p[f(p)],  f(p) = (1 − (1 + p t)^−shape)/p
//
// The closed form has a 2F1 that fails at a = 1 and overflows elsewhere. Here
// two parts with a closed mean are taken off first, f(0)(1−p)^m and f(1)p; the
// first never exceeds f, because f(p)/f(0) is the mean of (1+ptu)^−(shape+1)
// over u in (0,1), and m = (shape+1)t/2 makes it touch f at p = 0 to second
// order. What is left falls off fast on both sides of ln(p/(1−p)), where the
// trapezoid rule converges like e^{−2π²/step} (Trefethen, Weideman 2014).
// See TestStress (1e-7 on all hard points).
func (c leaveChance) purchases(shape, t float64) float64 {
	start := shape * t
	end := -math.Expm1(-shape * math.Log1p(t))
	m := (shape + 1) * t / 2
	// E (1−p)^m = B(a, b+m)/B(a, b)
	kept := start*math.Exp(stat.LogRising(c.b, m)-stat.LogRising(c.a+c.b, m)) + end*c.a/(c.a+c.b)
	logB := stat.LogBeta(c.a, c.b)
	rest := func(z float64) float64 { // the rest times the density over z
		small := math.Exp(-math.Abs(z))
		p, logP, logQ := 1/(1+small), -math.Log1p(small), -math.Abs(z)-math.Log1p(small)
		if z < 0 {
			p, logP, logQ = small/(1+small), logQ, logP
		}
		density := math.Exp(c.a*logP + c.b*logQ - logB)
		if p*(1+m) < 1e-9 { // the first part touches f
			return -end * p * density
		}
		f := -math.Expm1(-shape*math.Log1p(p*t)) / p
		return (f - start*math.Exp(m*logQ) - end*p) * density
	}
	step := math.Min(0.25, math.Sqrt(1/c.a+1/c.b)/3)
	middle := math.Log(c.a / c.b)
	// To the left the rest is large up to where m·p is about 1.
	down := math.Max(12, (middle+math.Log1p(m)+2)/step)
	return kept + step*(sumUp(rest, middle, step, 12)+sumUp(rest, middle-step, -step, down))
}

// sumUp adds f at equal steps, at least so many, until it has died away: terms
// that fall exponentially, four in a row below 1e-14 of the sum.
func sumUp(f func(float64) float64, from, step, atLeast float64) float64 {
	sum, quiet := 0.0, 0
	for i := 0.0; i < 20000 && quiet < 4; i++ {
		v := f(from + i*step)
		sum += v
		if math.Abs(v) <= 1e-14*math.Abs(sum) && i >= atLeast {
			quiet++
		} else {
			quiet = 0
		}
	}
	return sum
}
