package effect

import (
	"math"

	"behold/stat"
)

// A Quotient is two numbers to be divided, each with its standard error.
type Quotient struct {
	Top, TopErr       float64 // a and its standard error, any unit; error ≥ 0
	Bottom, BottomErr float64 // b and its standard error, any unit; error ≥ 0
	Covariance        float64 // of the two; 0 where they come from different data
}

// A Ratio is a quotient with its range.
type Ratio struct {
	Value    float64       // a/b; +Inf where b is 0 or, in CostPerKept, not above 0
	Interval stat.Interval // of Value; open (−Inf … +Inf) where the bottom is not shown to differ from 0
	Caveats  []stat.Caveat // not-shown (the bottom may be 0; Value is its level of z), keeps-nobody (CostPerKept: the effect is shown to be below 0)
}

// Fieller is the range of a ratio of two uncertain numbers.
//
// Question: margin gained per hour spent, when both are estimates?
//
// Input: the Quotient; the level, 0 … 1.
//
// Formula: all ratios r that the data do not refuse, that is with
//
//	(a − r b)² ≤ z² (Var a − 2 r Cov + r² Var b)
//
// a range between two roots where |b| > z · its error. Otherwise the ratios not
// refused reach to infinity, and the Interval is open.
//
// Output: Ratio.
//
// Errors: numbers not finite, errors below 0, a covariance that two such errors
// cannot have, a level outside 0 … 1. Caveats: not-shown.
//
// Not by ± an error of the ratio: with a bottom near 0 such a range is far too
// narrow, and never says that there is no answer.
//
// Source: Fieller (1954), JRSS B 16, 175–185. See TestFieller, TestFiellerCoverage.
func Fieller(q Quotient, level float64) (Ratio, error) {
	if err := stat.CheckLevel(level); err != nil {
		return Ratio{}, err
	}
	if err := q.check(); err != nil {
		return Ratio{}, err
	}
	z := math.Sqrt2 * math.Erfinv(level)
	r := Ratio{Value: math.Inf(1), Interval: stat.Interval{Low: math.Inf(-1), High: math.Inf(1), Level: level}}
	if q.Bottom != 0 {
		r.Value = q.Top / q.Bottom
	}
	// In units of the bottom: u = r b, so that no square overflows.
	va, vb, cov := q.TopErr, z*q.BottomErr/math.Abs(q.Bottom), 0.0
	if !(vb < 1) { // b = 0 too
		away := 0.0
		if q.BottomErr > 0 {
			away = math.Abs(q.Bottom) / q.BottomErr
		}
		r.Caveats = []stat.Caveat{{Code: "not-shown", Value: away, Limit: z}}
		return r, nil
	}
	va *= z
	cov = z * z * q.Covariance / q.Bottom
	// (1 − vb²) u² − 2 (a − cov) u + a² − va² = 0
	lead, half := 1-vb*vb, q.Top-cov
	root := math.Sqrt(math.Max(0, half*half-lead*(q.Top*q.Top-va*va)))
	low, high := (half-root)/lead/q.Bottom, (half+root)/lead/q.Bottom
	r.Interval.Low, r.Interval.High = min(low, high), max(low, high)
	return r, nil
}

func (q Quotient) check() error {
	for _, f := range []struct {
		field string
		value float64
		error bool
	}{{"Top", q.Top, false}, {"TopErr", q.TopErr, true}, {"Bottom", q.Bottom, false}, {"BottomErr", q.BottomErr, true}, {"Covariance", q.Covariance, false}} {
		switch {
		case !stat.Finite(f.value):
			return &stat.InputError{Row: stat.NoRow, Field: f.field, Value: f.value, Why: "not a finite number"}
		case f.error && f.value < 0:
			return &stat.InputError{Row: stat.NoRow, Field: f.field, Value: f.value, Why: "below 0"}
		}
	}
	if math.Abs(q.Covariance) > q.TopErr*q.BottomErr*(1+1e-9) {
		return &stat.InputError{Row: stat.NoRow, Field: "Covariance", Value: q.Covariance, Why: "more than the errors allow"}
	}
	return nil
}

// CostPerKept is what it cost to keep one customer who would have left.
//
// Question: 60 hours and 4,000 in goodwill: what did one kept customer cost us?
//
// Input: the cost of the attention, ≥ 0, known; treated, how many customers had
// it; the Effect on "still here" (share of 1), of a Compare or of a Trial.
//
// Formula: cost/(treated · effect), its range from that of the effect: Fieller's
// where nothing but the effect is uncertain. It may be looked at every day when
// the Effect may (Trial).
//
// Output: Ratio, in the unit of cost per customer. As long as the effect's range
// holds 0 the High end is +Inf: the attention is not shown yet to keep anyone.
//
// Errors: a cost or effect that is not a number, cost below 0, treated below 1.
// Caveats: not-shown, keeps-nobody, and those of the Effect.
//
// Source: METHODS 7.4; Fieller (1954). See TestCostPerKept.
func CostPerKept(cost float64, treated int, e Effect) (Ratio, error) {
	bad := func(field string, value float64, why string) (Ratio, error) {
		return Ratio{}, &stat.InputError{Row: stat.NoRow, Field: field, Value: value, Why: why}
	}
	switch {
	case !stat.Finite(cost) || cost < 0:
		return bad("cost", cost, "not a finite number, 0 or above")
	case treated < 1:
		return bad("treated", float64(treated), "not 1 or more")
	case !stat.Finite(e.Value):
		return bad("Effect", e.Value, "not a finite number")
	case math.IsNaN(e.Interval.Low) || math.IsNaN(e.Interval.High) || e.Interval.Low > e.Interval.High:
		return bad("Effect.Interval", e.Interval.Low, "not a range")
	}
	each := cost / float64(treated)
	r := Ratio{Value: per(each, e.Value), Caveats: e.Caveats,
		Interval: stat.Interval{Low: per(each, e.Interval.High), High: per(each, e.Interval.Low), Level: e.Interval.Level}}
	note := func(code string, value float64) {
		r.Caveats = append(append([]stat.Caveat(nil), r.Caveats...), stat.Caveat{Code: code, Value: value})
	}
	switch {
	case e.Interval.High < 0:
		note("keeps-nobody", e.Interval.High)
	case e.Interval.Low <= 0:
		note("not-shown", e.Interval.Low)
	}
	return r, nil
}

// per is cost/share, infinite where the share is not above 0.
func per(cost, share float64) float64 {
	if share <= 0 {
		return math.Inf(1)
	}
	return cost / share
}
