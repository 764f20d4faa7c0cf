package sequential

import (
	"math"
	"math/rand/v2"

	"behold/stat"
)

// An EWMA smooths how many were lost against how many were expected. Make it
// with NewEWMA.
//
// Question: for about how long have we been losing more than expected, and how
// much more?
//
// Input: month by month the number lost and the number expected, E > 0.
//
// Formula: with z = 1 before the first month, and weight w of the present one
//
//	z ← w · lost/E + (1−w) z           variance ← w²/E + (1−w)² variance
//
// as lost is a Poisson count while nothing is wrong. It rings when |z − 1|
// reaches L standard deviations (EWMALimit finds L).
//
// Output: z, a ratio (1 = as expected), and the limits around 1.
//
// Errors: NewEWMA refuses a weight outside 0 … 1 and L ≤ 0; Add E not above 0
// and counts below 0.
//
// Not as the alarm itself beside a CUSUM of the same losses: two alarms ring
// twice as often in vain.
//
// Source: Borror, Champ, Rigdon (1998), J. Quality Technology 30(4), whose chart
// has limits of their final width from the first month on; here they widen to
// it. See TestEWMA_Borror.
type EWMA struct {
	Ratio    float64 // z, smoothed lost/expected; no unit
	Variance float64 // of Ratio while nothing is wrong
	weight   float64
	limit    float64
	months   int
}

// NewEWMA begins at a ratio of 1: weight such as 0.2, limit L in standard
// deviations.
func NewEWMA(weight, limit float64) (*EWMA, error) {
	if err := checkWeight(weight); err != nil {
		return nil, err
	}
	if !(limit > 0) {
		return nil, &stat.InputError{Row: stat.NoRow, Field: "limit", Value: limit, Why: "not above 0"}
	}
	return &EWMA{Ratio: 1, weight: weight, limit: limit}, nil
}

func checkWeight(weight float64) error {
	if weight > 0 && weight <= 1 {
		return nil
	}
	return &stat.InputError{Row: stat.NoRow, Field: "weight", Value: weight, Why: "not above 0 and at most 1"}
}

// Add takes one month.
func (e *EWMA) Add(lost, expected float64) error {
	if !(lost >= 0 && lost < largest) {
		return &stat.InputError{Row: e.months, Field: "lost", Value: lost, Why: "not a count of 0 or above"}
	}
	if !(expected > 1/largest && expected < largest) {
		return &stat.InputError{Row: e.months, Field: "expected", Value: expected, Why: "not a number above 0 (1e-75 … 1e75)"}
	}
	e.months++
	e.Ratio += e.weight * (lost/expected - e.Ratio)
	e.Variance = e.weight*e.weight/expected + (1-e.weight)*(1-e.weight)*e.Variance
	return nil
}

// Limits are the lowest and the highest ratio that are normal.
func (e *EWMA) Limits() (low, high float64) {
	half := e.limit * math.Sqrt(e.Variance)
	return max(0, 1-half), 1 + half
}

// Rings says whether the ratio has reached a limit.
func (e *EWMA) Rings() bool { return e.height() >= e.limit }

// height is how many standard deviations the ratio is from 1.
func (e *EWMA) height() float64 {
	if e.Variance == 0 {
		return 0
	}
	return math.Abs(e.Ratio-1) / math.Sqrt(e.Variance)
}

// EWMALimit finds the limit L of an EWMA at which it rings in vain once in so
// many months, by simulation as Limit does, for a Plan whose Ratio and Side are
// not looked at. See TestEWMALimit.
func EWMALimit(plan Plan, weight, months float64) (RunLength, error) {
	chart, err := ewmaChart(plan, weight, 1)
	if err != nil {
		return RunLength{}, err
	}
	return lowestLimit(chart, plan, months)
}

// EWMALength is the mean number of months until an EWMA of the limit given
// rings, when the odds of every customer are times as high as foreseen.
func EWMALength(plan Plan, chart EWMA, times, most float64) (RunLength, error) {
	if !stat.Finite(times) || times <= 0 {
		return RunLength{}, &stat.InputError{Row: stat.NoRow, Field: "times", Value: times, Why: "not a finite number above 0"}
	}
	begin, err := ewmaChart(plan, chart.weight, times)
	if err != nil {
		return RunLength{}, err
	}
	return lengthOf(begin, plan, chart.limit, most)
}

func ewmaChart(plan Plan, weight, times float64) (func(*rand.Rand) func() float64, error) {
	if err := checkWeight(weight); err != nil {
		return nil, err
	}
	count, err := NewCount(plan.Chances)
	if err != nil {
		return nil, err
	}
	if count.Variance == 0 {
		return nil, &stat.InputError{Row: stat.NoRow, Field: "Chances", Value: count.Mean, Why: "expected for certain: nothing can change"}
	}
	expected := count.Mean
	if count, err = NewCount(tilted(plan.Chances, times)); err != nil {
		return nil, err
	}
	return func(dice *rand.Rand) func() float64 {
		e := EWMA{Ratio: 1, weight: weight, limit: 1}
		return func() float64 {
			e.Ratio += weight * (float64(count.quantile(dice.Float64()))/expected - e.Ratio)
			e.Variance = weight*weight/expected + (1-weight)*(1-weight)*e.Variance
			return e.height()
		}
	}, nil
}
