package stat

import "math"

// Hypergeometric is Gauss's 2F1(a, b; c; z) for a, b, c > 0 and z < 1: the
// exponential of LogHypergeometric, and +Inf only where that is above the
// largest float64. Its errors are the same.
//
// Output: a number without unit, above 0. See TestHypergeometric.
func Hypergeometric(a, b, c, z float64) (float64, error) {
	log, err := LogHypergeometric(a, b, c, z)
	return math.Exp(log), err
}

// mostContiguous is how far below a and b the third parameter may lie.
const mostContiguous = 1e6

// LogHypergeometric is ln 2F1(a, b; c; z), the function in which the papers on
// repeat buying and on contracts write their likelihoods and expectations:
//
//	2F1(a, b; c; z) = Σ_n (a)_n (b)_n / (c)_n · z^n / n!
//
// Input: a, b, c > 0, and z from −MaxFloat64 to just below 1. A z below 0 needs
// c no smaller than a or b: else the function may change its sign and has no
// logarithm. c may lie below both a and b by 1e6 at most.
//
// Output: a finite number, never NaN, off by no more than some 1e-14 of the
// largest of 1, a, b, c and itself; also near z = 1, where the series dies, and
// where the function itself is far beyond float64.
//
// Errors: *InputError, Row NoRow, for anything else.
//
// Method: where c > b, Euler's integral (Abramowitz and Stegun 1964, 15.3.1)
// over u = ln(t/(1−t)),
//
//	Γ(c)/(Γ(b)Γ(c−b)) ∫ e^{bu} (1+e^u)^{a−c} (1+(1−z)e^u)^{−a} du,
//
// whose integrand has one summit, all terms positive, and ends that are
// exponentials: Gauss and Legendre on panels from the summit outwards, the ends
// in closed form. Where c lies below both, it climbs down from there by the
// contiguous relation 15.2.12 (the same table), whose terms are positive then.
//
// Not in an inner loop: some 30 µs, and more with c far below. The models of
// repurchase need none of it, having integrals of their own with derivatives.
//
// See TestLogHypergeometric, against mpmath with 60 digits.
func LogHypergeometric(a, b, c, z float64) (float64, error) {
	for _, p := range []struct {
		field string
		value float64
	}{{"a", a}, {"b", b}, {"c", c}} {
		if !(p.value > 0) || math.IsInf(p.value, 1) {
			return 0, &InputError{Row: NoRow, Field: p.field, Value: p.value, Why: "not a finite number above 0"}
		}
	}
	if !(z < 1) || math.IsInf(z, -1) {
		return 0, &InputError{Row: NoRow, Field: "z", Value: z, Why: "not a finite number below 1"}
	}
	if a < b {
		a, b = b, a
	}
	switch {
	case z == 0:
		return 0, nil
	case c >= b || c == a:
		return atOrAbove(a, b, c, z), nil
	case z < 0:
		return 0, &InputError{Row: NoRow, Field: "c", Value: c, Why: "below a and b, where z below 0 has no logarithm"}
	case b-c > mostContiguous:
		return 0, &InputError{Row: NoRow, Field: "c", Value: c, Why: "more than a million below a and b"}
	}
	return contiguous(a, b, c, z), nil
}

// contiguous starts at the first value of c, by whole steps, that lies just
// below b, where
//
//	F(a, b; c) = F(a, b; c+1) + ab z/(c(c+1)) F(a+1, b+1; c+2)
//
// has two integrals on its right (it follows term by term), and goes down by
//
//	c(c−1)(1−z) F(c−1) = [c−1 − (2c−a−b−1)z] c F(c) + (c−a)(c−b) z F(c+1).
//
// It keeps the ratio of neighbours and the logarithm, so that nothing overflows.
func contiguous(a, b, c, z float64) float64 {
	steps := math.Ceil(b-c) - 1
	from := c + steps
	above := atOrAbove(a, b, from+1, z)
	more := atOrAbove(a+1, b+1, from+2, z) - above + math.Log(a) + math.Log(b) + math.Log(z) - math.Log(from) - math.Log1p(from)
	rise := LogSumExp([]float64{0, more}) // ln F(c) − ln F(c+1)
	log, ratio := above+rise, math.Exp(-rise)
	for n := steps; n > 0; n-- {
		at := c + n
		down := ((at-1)*(1-z)+(a+b-at)*z)*at + (at-a)*(at-b)*z*ratio
		down /= at * (at - 1) * (1 - z)
		log += math.Log(down)
		ratio = 1 / down
	}
	return log
}

// atOrAbove is ln 2F1 for c ≥ b, also where c is a or b to the last bit.
func atOrAbove(a, b, c, z float64) float64 {
	switch {
	case c <= b:
		return -a * math.Log1p(-z)
	case c == a:
		return -b * math.Log1p(-z)
	}
	return euler{a, b, c, z}.log()
}

// An euler is the integral for c > b > 0.
type euler struct{ a, b, c, z float64 }

// at is ln of the integrand at u = ln(t/(1−t)), and its slope by u. The two
// powers are put together as (1+e^u)^−c (1−zt)^−a, the second a small
// correction where z is.
func (e euler) at(u float64) (log, slope float64) {
	small := math.Exp(-math.Abs(u))
	t, rest := small/(1+small), 1/(1+small) // t and 1−t
	logRest := -math.Log1p(small)           // ln(1−t)
	if u > 0 {
		t, rest = rest, t
		logRest -= u
	}
	left := 1 - e.z*t
	logLeft := 0.0
	if e.z > 0.5 && t > 0.5 {
		left = (1 - e.z) + e.z*rest
		logLeft = math.Log(left)
	} else {
		logLeft = math.Log1p(-e.z * t)
	}
	return e.b*u + e.c*logRest - e.a*logLeft, e.b - e.c*t + e.a*e.z*(t/left)*rest
}

// bend is a bound on the second derivative near u: both terms of the integrand
// bend most where their logistic is one half.
func (e euler) bend(u float64) float64 {
	return math.Abs(e.a-e.c)*logisticSlope(u) + e.a*logisticSlope(u+math.Log1p(-e.z))
}

func logisticSlope(u float64) float64 {
	small := math.Exp(-math.Abs(u))
	return small / ((1 + small) * (1 + small))
}

// log is ln of the integral and its factor.
func (e euler) log() float64 {
	far := -math.Log1p(-e.z) // where (1−zt) bends; the other bends at 0
	first, last := math.Min(0, far), math.Max(0, far)
	top := e.summit(first-800, last+800)
	height, _ := e.at(top)
	sum := e.side(top, height, -1, first-40, e.b) + e.side(top, height, 1, last+40, e.c-e.b)
	return height + math.Log(sum) - LogBeta(e.b, e.c-e.b)
}

// summit is where the slope, which changes its sign once, does.
func (e euler) summit(low, high float64) float64 {
	for range 100 {
		middle := (low + high) / 2
		if _, slope := e.at(middle); slope > 0 {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

// side is the integral from the summit in one direction, over e^height. Beyond
// straight the integrand is an exponential of this slope.
func (e euler) side(top, height, direction, straight, slope float64) float64 {
	const panels, nothing = 20000, -50
	sum, u := 0.0, top
	for range panels {
		log, steep := e.at(u)
		if direction*(u-straight) >= 0 {
			return sum + math.Exp(log-height)/slope
		}
		if log-height < nothing {
			return sum
		}
		width := e.panel(u, direction, steep)
		if room := direction * (straight - u); width > room {
			width = room
		}
		sum += e.gauss(u, direction*width, height)
		u += direction * width
	}
	return sum
}

// panel is a width over which the logarithm of the integrand varies by a few
// units and stays well inside the circle of its nearest branch point, at a
// distance of π from 0 and from far.
func (e euler) panel(u, direction, steep float64) float64 {
	width := 1 + math.Min(math.Abs(u), math.Abs(u+math.Log1p(-e.z)))/3
	width = math.Min(width, 5/math.Abs(steep))
	for range 60 {
		bend := math.Max(e.bend(u), math.Max(e.bend(u+direction*width/2), e.bend(u+direction*width)))
		if bend*width*width <= 8 {
			break
		}
		width /= 1.5
	}
	return width
}

// gauss is the rule of Gauss and Legendre with 16 nodes from u to u + width.
func (e euler) gauss(u, width, height float64) float64 {
	at := [8]float64{0.095012509837637441, 0.28160355077925892, 0.45801677765722737, 0.61787624440264377,
		0.755404408355003, 0.86563120238783176, 0.9445750230732326, 0.98940093499164994}
	weight := [8]float64{0.18945061045506864, 0.18260341504492364, 0.16915651939500265, 0.14959598881657671,
		0.12462897125553407, 0.095158511682492605, 0.062253523938647456, 0.027152459411754176}
	middle, half, sum := u+width/2, width/2, 0.0
	for i, x := range at {
		low, _ := e.at(middle - half*x)
		high, _ := e.at(middle + half*x)
		sum += weight[i] * (math.Exp(low-height) + math.Exp(high-height))
	}
	return sum * math.Abs(half)
}
