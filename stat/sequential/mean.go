package sequential

import (
	"math"

	"behold/stat"
)

// A Mean follows a mean of weighted values of any size. Make it with NewMean.
//
// Question: what is the mean over all customers, when some answers stand for
// more of them than others, if I look every day?
//
// Input: values one by one, each with a weight > 0 (Add: 1).
//
// Formula: m = Σ wᵢxᵢ/Σ wᵢ, and with the spread of one value's influence,
// sd² = n Σ wᵢ²(xᵢ−m)²/(Σ wᵢ)²,
//
//	m ± sd √( 2 (n ρ² + 1)/(n² ρ²) · ln( √(n ρ² + 1)/A ) ),   A = 1 − level
//	ρ² = (−2 ln A + ln(1 − 2 ln A))/n*
//
// n* = 200 is where the interval is narrowest against the best possible.
//
// Output: an interval in the unit of the values; −∞ … +∞ before the second.
//
// Errors: NewMean refuses a level outside 0 … 1; Add a value of 1e75 or
// more and what is no number, a weight not above 0. Caveats: few-answers (below 50: the level is asymptotic
// and not reached by so few), no-spread (all Count values alike: the width of 0
// means nothing).
//
// Not for few answers of a bounded score (Bounded is exact), nor for values with
// so heavy tails that their variance means nothing.
//
// Source: Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas (2024), Annals of
// Statistics 52(6). TestMeanCoverage watches it from the 50th answer on.
type Mean struct {
	level         float64
	n             int
	origin        float64 // the first value; sums are of distances from it
	w, wx         float64
	ww, wwx, wwxx float64
}

const (
	bestAt     = 200 // n*, METHODS 6.4
	fewAnswers = 50
	largest    = 1e75 // of values and weights: (weight · value)² must fit float64
)

// NewMean begins a sequence.
func NewMean(level float64) (*Mean, error) {
	if err := stat.CheckLevel(level); err != nil {
		return nil, err
	}
	return &Mean{level: level}, nil
}

// Add takes one value of weight 1.
func (m *Mean) Add(value float64) error { return m.AddWeighted(value, 1) }

// AddWeighted takes one value that stands for weight others.
func (m *Mean) AddWeighted(value, weight float64) error {
	if !(math.Abs(value) < largest) {
		return &stat.InputError{Row: m.n, Field: "value", Value: value, Why: "not a number below 1e75"}
	}
	if !(weight > 1/largest && weight < largest) {
		return &stat.InputError{Row: m.n, Field: "weight", Value: weight, Why: "not a number above 0 (1e-75 … 1e75)"}
	}
	if m.n == 0 {
		m.origin = value
	}
	m.n++
	x := value - m.origin
	m.w += weight
	m.wx += weight * x
	m.ww += weight * weight
	m.wwx += weight * weight * x
	m.wwxx += weight * weight * x * x
	return nil
}

// N is the number of values so far.
func (m *Mean) N() int { return m.n }

// Estimate is the weighted mean so far; 0 before the first value.
func (m *Mean) Estimate() float64 {
	if m.n == 0 {
		return 0
	}
	return m.origin + m.wx/m.w
}

// Effective is Kish's number of equally weighted answers that would say as much.
func (m *Mean) Effective() float64 {
	if m.n == 0 {
		return 0
	}
	return m.w * m.w / m.ww
}

// Interval holds the mean at all looks together with the level.
func (m *Mean) Interval() stat.Interval {
	if m.n < 2 {
		return around(0, math.Inf(1), m.level)
	}
	n := float64(m.n)
	return around(m.Estimate(), math.Sqrt(m.variance())*halfWidth(n, m.level), m.level)
}

// variance of one value's influence, from two values on.
func (m *Mean) variance() float64 {
	n, mean := float64(m.n), m.wx/m.w
	return max(0, m.wwxx-2*mean*m.wwx+mean*mean*m.ww) * n / (m.w * m.w) * n / (n - 1)
}

// Caveats says what to mind.
func (m *Mean) Caveats() []stat.Caveat {
	return caveats(m.n, m.n > 1 && m.variance() == 0)
}

func caveats(n int, alike bool) (list []stat.Caveat) {
	if n < fewAnswers {
		list = append(list, stat.Caveat{Code: "few-answers", Count: n, Limit: fewAnswers})
	}
	if alike {
		list = append(list, stat.Caveat{Code: "no-spread", Count: n})
	}
	return list
}

func around(at, half, level float64) stat.Interval {
	return stat.Interval{Low: at - half, High: at + half, Level: level}
}

// halfWidth of the sequence after n values of standard deviation 1.
func halfWidth(n, level float64) float64 {
	logA := math.Log1p(-level)
	rho2 := (-2*logA + math.Log1p(-2*logA)) / bestAt
	return math.Sqrt(2 * (n*rho2 + 1) / (n * n * rho2) * (math.Log1p(n*rho2)/2 - logA))
}
