package survival

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// Survival is S(t), the share of customers still active after t ≥ 0 renewals.
// Beyond Observed it is projected.
func (m *Contract) Survival(t float64) float64 {
	return math.Exp(logSurvival(m.A, m.B, m.C, math.Max(0, t)))
}

// SurvivalRange is the range of Survival from the standard errors of the
// parameters (delta method on the scale of ln(−ln S)); 0 … 1 at the edge, where
// there are none: Bootstrap has a range there too. It knows nothing of changes to
// come.
func (m *Contract) SurvivalRange(t float64) stat.Interval {
	_, limits := m.Kept(0, t)
	return limits
}

// Kept is the share of customers who have renewed from times (parts of a renewal
// allowed, as in Survival) that will still be active at to ≥ from renewals:
// S(to)/S(from), with its range by the delta method, 0 … 1 at the edge.
//
// Question: of the customers in their third year, how many will reach the
// sixth? Kept(0, t) is Survival, Kept(t−1, t) is Rate. See TestKept.
func (m *Contract) Kept(from, to float64) (share float64, limits stat.Interval) {
	from = math.Max(0, from)
	to = math.Max(from, to)
	limits = stat.Interval{Low: 0, High: 1, Level: m.Level}
	log := logSurvival(m.A, m.B, m.C, to) - logSurvival(m.A, m.B, m.C, from)
	switch {
	case to == from || log == 0:
		limits.Low = 1
		return 1, limits
	case math.IsNaN(log): // nobody reaches from
		return 0, limits
	case m.covariance == nil:
		return math.Exp(log), limits
	}
	slope, before := logSurvivalSlope(m.A, m.B, m.C, to), logSurvivalSlope(m.A, m.B, m.C, from)
	for i := range slope {
		slope[i] -= before[i]
	}
	d := mat.NewVecDense(m.Free, slope[:m.Free])
	spread := normalLimit(m.Level) * math.Sqrt(mat.Inner(d, m.covariance, d))
	if finite(spread) && log > math.Inf(-1) {
		limits.Low, limits.High = LogLog.around(math.Exp(log), spread)
	}
	return math.Exp(log), limits
}

// Rate is the retention rate r_t = S(t)/S(t−1), the share of those active
// before renewal t ≥ 1 who renew. For sBG it is (β+t−1)/(α+β+t−1).
func (m *Contract) Rate(t int) float64 {
	if t < 1 {
		return 1
	}
	return math.Exp(logSurvival(m.A, m.B, m.C, float64(t)) - logSurvival(m.A, m.B, m.C, float64(t-1)))
}

// A HalfLife is the time by which half of the customers have left.
type HalfLife struct {
	Time      float64       // periods, t with S(t) = ½; +Inf when beyond 1e12
	Whole     float64       // first whole number of renewals with S ≤ ½
	Range     stat.Interval // of Time
	Projected bool          // beyond the periods that were observed
}

// HalfLife solves S(t) = ½. Between renewals the curve is only a help to
// compare with; Whole is when it is reached.
func (m *Contract) HalfLife() HalfLife {
	none := stat.Interval{Low: 0, High: math.Inf(1), Level: m.Level}
	h := HalfLife{Time: math.Inf(1), Whole: math.Inf(1), Range: none, Projected: true}
	goal := -math.Ln2
	low, high := -40.0, math.Log(1e12)
	log := func(x float64) float64 { return logSurvival(m.A, m.B, m.C, math.Exp(x)) }
	if log(high) > goal {
		return h
	}
	for range 100 {
		if middle := (low + high) / 2; log(middle) > goal {
			low = middle
		} else {
			high = middle
		}
	}
	h.Time = math.Exp(high)
	h.Whole = math.Ceil(h.Time * (1 - 1e-12))
	h.Projected = h.Whole > float64(m.Observed)
	if m.covariance != nil {
		h.Range.Low, h.Range.High = m.halfLifeRange(high)
	}
	return h
}

// halfLifeRange is by the delta method on ln t: along S = ½, d ln t = −∇/slope.
func (m *Contract) halfLifeRange(x float64) (low, high float64) {
	const step = 1e-5
	by := (logSurvival(m.A, m.B, m.C, math.Exp(x+step)) - logSurvival(m.A, m.B, m.C, math.Exp(x-step))) / (2 * step)
	slope := logSurvivalSlope(m.A, m.B, m.C, math.Exp(x))
	d := mat.NewVecDense(m.Free, slope[:m.Free])
	spread := normalLimit(m.Level) * math.Sqrt(mat.Inner(d, m.covariance, d)) / math.Abs(by)
	return math.Exp(x - spread), math.Exp(x + spread)
}

// ResidualLife is the discounted number of payments still to come from a
// customer who stands just before renewal n (DERL).
//
// Question: what is a customer worth who has been here for n − 1 renewals?
//
// Input: renewal n ≥ 1, n − 1 being made (1 for a new customer before the first
// renewal); discount d > 0 per period, such as 0.1; horizon, how many payments
// to count, 0 for all.
//
// Formula: the first payment, at renewal n, is not discounted:
//
//	DERL = Σ_{j=1}^{horizon} S(n−1+j)/S(n−1) · (1+d)^{−(j−1)}
//
// For sBG this is (β+n−1)/(α+β+n−1) · ₂F₁(1, β+n; α+β+n; 1/(1+d)); here it is
// summed, and past 4,096 terms integrated (Euler, Maclaurin).
//
// Output: payments; times the margin of a period it is money.
//
// Errors: *OptionError (n, discount, horizon).
//
// A single retention rate for all understates it: the faithful stay.
//
// Source: Fader, Hardie (2010), Marketing Science 29(1), 85–93. The high-end
// segment of 2007, n 8, d 0.1 gives 7.5296: see
// TestResidualLife_FaderHardie2010.
func (m *Contract) ResidualLife(renewal int, discount float64, horizon int) (float64, error) {
	switch {
	case renewal < 1:
		return 0, &OptionError{"renewal", float64(renewal), "below 1"}
	case !(discount > 0) || math.IsInf(discount, 1):
		return 0, &OptionError{"discount", discount, "not a rate above 0"}
	case horizon < 0:
		return 0, &OptionError{"horizon", float64(horizon), "below 0"}
	}
	start := float64(renewal - 1)
	before := logSurvival(m.A, m.B, m.C, start)
	rate := math.Log1p(discount)
	payment := func(j float64) float64 { // of the j-th from 0
		return math.Exp(logSurvival(m.A, m.B, m.C, start+1+j) - before - j*rate)
	}
	const summed = 4096
	sum := 0.0
	for j := 0; j < summed && (horizon == 0 || j < horizon); j++ {
		term := payment(float64(j))
		sum += term
		if !(term > 1e-17*sum) {
			return sum, nil
		}
	}
	if horizon > 0 && horizon <= summed {
		return sum, nil
	}
	end := math.Inf(1)
	if horizon > 0 {
		end = float64(horizon)
	}
	return sum + tail(payment, summed, end), nil
}

// tail is Σ f(j) for from ≤ j < end of a function that falls slowly, by the
// integral over pieces that double, and the first corrections at both ends.
func tail(f func(float64) float64, from, end float64) float64 {
	corrected := func(j float64) float64 { return f(j)/2 - (f(j+1)-f(j-1))/24 }
	sum := corrected(from)
	for lo := from; lo < end; lo *= 2 {
		hi := math.Min(2*lo, end)
		piece := quad.Fixed(f, lo, hi, 48, quad.Legendre{}, 0)
		sum += piece
		if !(piece > 1e-16*sum) {
			return sum
		}
	}
	return sum - corrected(end)
}
