package survival

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// A Contrast compares how likely it is that it happens, within so many periods,
// to two customers who differ as said. Ratios are of the first to the second.
type Contrast struct {
	First, Second  float64       // chance that it happens within the periods
	FirstIn        stat.Interval // of First
	SecondIn       stat.Interval
	Chances        float64 // First/Second, at most Ceiling
	ChancesIn      stat.Interval
	Ceiling        float64 // 1/Second: no ratio of chances can be more
	Odds           float64 // of it happening
	OddsIn         stat.Interval
	NotHappening   float64 // (1 − First)/(1 − Second): where it is the next purchase, the ratio of loss rates
	NotHappeningIn stat.Interval
	Separated      bool // a column of the fit is: ranges then say nothing and are open
}

// Contrast compares two customers over the same number of periods.
//
// Question: do very satisfied customers leave half as often as satisfied ones; and
// how many more of them buy within a year?
//
// Input: for the first and for the second customer the columns of each period, as
// in Period.X; as many periods, at least one.
//
// Formula: with the hazards h_t = 1 − exp(−exp(η_t)) of the fit
//
//	1 − chance = Π (1 − h_t) = exp(−H)      H = Σ exp(η_t)
//
// and ranges by the delta method, of ln H for the chances and of the logarithm
// of each ratio, from the covariance of the fit (robust by cluster where it has
// clusters).
//
// Output: Contrast, at the level of the fit. A ratio of chances has a ceiling where
// the second is likely; the ratio of what does not happen has none.
//
// Errors: *InputError (Row the period; columns other than in the fit, no finite
// number); ErrTooFew (no periods, or not as many for both). Ratios of a chance
// that is 0 or 1 in float64 are 1 with open ranges where both are, else 0 or +Inf.
//
// Association, not cause: who is very satisfied differs in more than that.
//
// Source: METHODS 6.6; delta method. See TestContrast and TestContrastCoverage.
func (m *Discrete) Contrast(first, second [][]float64) (Contrast, error) {
	if len(first) == 0 || len(first) != len(second) {
		return Contrast{}, ErrTooFew
	}
	a, err := m.path(first)
	if err != nil {
		return Contrast{}, err
	}
	b, err := m.path(second)
	if err != nil {
		return Contrast{}, err
	}
	c := Contrast{First: a.chance(), Second: b.chance(), Ceiling: 1 / b.chance()}
	for _, co := range m.Coefficients {
		c.Separated = c.Separated || math.IsInf(co.Range.High, 1)
	}
	c.FirstIn, c.SecondIn = m.chanceRange(a, c.Separated), m.chanceRange(b, c.Separated)
	ratio := func(log func(path) (value, byHazard float64)) (float64, stat.Interval) {
		va, da := log(a)
		vb, db := log(b)
		return m.ratio(va-vb, a.slope(da), b.slope(db), c.Separated)
	}
	c.Chances, c.ChancesIn = ratio(func(p path) (float64, float64) {
		return math.Log(p.chance()), math.Exp(-p.hazard) / p.chance()
	})
	c.NotHappening, c.NotHappeningIn = ratio(func(p path) (float64, float64) { return -p.hazard, -1 })
	c.Odds, c.OddsIn = ratio(func(p path) (float64, float64) {
		return math.Log(p.chance()) + p.hazard, 1 / p.chance()
	})
	return c, nil
}

// A path is the hazard of a customer gathered over periods, with its derivative
// by the parameters as they were fitted.
type path struct {
	hazard float64
	by     *mat.VecDense
}

func (p path) chance() float64 { return -math.Expm1(-p.hazard) }

// slope is the derivative of what changes by so much with the hazard.
func (p path) slope(byHazard float64) *mat.VecDense {
	var v mat.VecDense
	v.ScaleVec(byHazard, p.by)
	return &v
}

func (m *Discrete) path(periods [][]float64) (path, error) {
	p := path{by: mat.NewVecDense(len(m.beta), nil)}
	for t, x := range periods {
		if err := checkColumns(x, len(m.Coefficients), t); err != nil {
			return path{}, err
		}
		z := append(scaled(x, m.columns, m.mean, m.scale), 1)
		h := math.Exp(dot(m.beta, z))
		if math.IsInf(h, 1) {
			return path{}, &InputError{t, "X", h, fmt.Sprintf("so far out (period %d) that the hazard has no end", t)}
		}
		p.hazard += h
		p.by.AddScaledVec(p.by, h, mat.NewVecDense(len(z), z))
	}
	return p, nil
}

// chanceRange is by ln H, which keeps it within 0 … 1.
func (m *Discrete) chanceRange(p path, open bool) stat.Interval {
	in := stat.Interval{Low: 0, High: 1, Level: m.Level}
	if open || !(p.hazard > 0) {
		return in
	}
	v := p.slope(1 / p.hazard)
	spread := normalLimit(m.Level) * math.Sqrt(math.Max(0, mat.Inner(v, m.covariance, v)))
	if finite(spread) {
		in.Low, in.High = -math.Expm1(-p.hazard*math.Exp(-spread)), -math.Expm1(-p.hazard*math.Exp(spread))
	}
	return in
}

// ratio is exp(log) with its range; slopes are those of the two logarithms.
func (m *Discrete) ratio(log float64, a, b *mat.VecDense, open bool) (float64, stat.Interval) {
	in := stat.Interval{Low: 0, High: math.Inf(1), Level: m.Level}
	if math.IsNaN(log) { // ∞ − ∞: both have come to the end of float64
		return 1, in
	}
	a.SubVec(a, b)
	spread := normalLimit(m.Level) * math.Sqrt(math.Max(0, mat.Inner(a, m.covariance, a)))
	if !open && finite(spread) && finite(log) {
		in.Low, in.High = math.Exp(log-spread), math.Exp(log+spread)
	}
	return math.Exp(log), in
}
