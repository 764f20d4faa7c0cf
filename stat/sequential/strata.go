package sequential

import (
	"math"

	"behold/stat"
)

// Strata follows a mean over groups of customers whose sizes are known. Make it
// with NewStrata.
//
// Question: as Mean, when customers were drawn group by group.
//
// Input: the size of every group (any unit, > 0); values one by one, each with
// its group, counted from 0.
//
// Formula: m = Σ W_h m_h with W_h the share of group h, and the interval of
// Mean with sd² = n Σ W_h² s_h²/n_h.
//
// Output: an interval in the unit of the values; −∞ … +∞ until every group has
// two values.
//
// Errors: NewStrata refuses no groups, sizes not above 0, a level outside
// 0 … 1; Add a group that does not exist, a value of 1e75 or more. Caveats:
// few-answers (below 50 in all), thin-group (fewer than 5 in one: Count is how
// many, Value which), no-spread (values alike in every group).
//
// Source: as Mean. See TestStrataCoverage.
type Strata struct {
	level  float64
	shares []float64
	groups []group
	n      int
}

// A group keeps its count, mean and sum of squares about it (Welford).
type group struct {
	n, mean, square float64
}

const thinGroup = 5

// NewStrata begins a sequence over groups of the sizes given.
func NewStrata(sizes []float64, level float64) (*Strata, error) {
	if err := stat.CheckLevel(level); err != nil {
		return nil, err
	}
	if len(sizes) == 0 {
		return nil, &stat.InputError{Row: stat.NoRow, Field: "sizes", Why: "no group at all"}
	}
	total := 0.0
	for i, size := range sizes {
		if !stat.Finite(size) || size <= 0 {
			return nil, &stat.InputError{Row: i, Field: "sizes", Value: size, Why: "not a finite number above 0"}
		}
		total += size
	}
	s := &Strata{level: level, shares: make([]float64, len(sizes)), groups: make([]group, len(sizes))}
	for i, size := range sizes {
		s.shares[i] = size / total
	}
	return s, nil
}

// Add takes one value of a group.
func (s *Strata) Add(at int, value float64) error {
	if at < 0 || at >= len(s.groups) {
		return &stat.InputError{Row: s.n, Field: "group", Value: float64(at), Why: "no such group"}
	}
	if !(math.Abs(value) < largest) {
		return &stat.InputError{Row: s.n, Field: "value", Value: value, Why: "not a number below 1e75"}
	}
	s.n++
	g := &s.groups[at]
	g.n++
	off := value - g.mean
	g.mean += off / g.n
	g.square += off * (value - g.mean)
	return nil
}

// N is the number of values so far.
func (s *Strata) N() int { return s.n }

// Estimate is the mean over the groups; groups without a value are left out.
func (s *Strata) Estimate() float64 {
	sum, share := 0.0, 0.0
	for i, g := range s.groups {
		if g.n > 0 {
			sum += s.shares[i] * g.mean
			share += s.shares[i]
		}
	}
	if share == 0 {
		return 0
	}
	return sum / share
}

// Interval holds the mean at all looks together with the level.
func (s *Strata) Interval() stat.Interval {
	variance := s.variance()
	if math.IsInf(variance, 1) {
		return around(0, variance, s.level)
	}
	return around(s.Estimate(), math.Sqrt(variance)*halfWidth(float64(s.n), s.level), s.level)
}

// variance of one value's influence; infinite until every group has two.
func (s *Strata) variance() (sum float64) {
	for i, g := range s.groups {
		if g.n < 2 {
			return math.Inf(1)
		}
		sum += float64(s.n) * s.shares[i] * s.shares[i] * g.square / (g.n - 1) / g.n
	}
	return sum
}

// Caveats says what to mind.
func (s *Strata) Caveats() []stat.Caveat {
	list := caveats(s.n, s.variance() == 0)
	for i, g := range s.groups {
		if g.n < thinGroup {
			list = append(list, stat.Caveat{Code: "thin-group", Count: int(g.n), Value: float64(i), Limit: thinGroup})
		}
	}
	return list
}
