package sequential

import (
	"math"

	"behold/stat"
)

// A Share follows the share of successes in a stream of answers. Its zero value
// is not ready: make it with NewShare.
//
// Question: how many of all customers are very satisfied, if I look after every
// answer?
//
// Input: answers one by one (Add) or counted (AddCounts); each a success or not.
//
// Formula: with S successes in n and the uniform prior on the share p
//
//	keep p while  ln B(1+S, 1+n−S) − S ln p − (n−S) ln(1−p) < ln(1/A),  A = 1 − level
//
// The left side is the logarithm of a mixture of likelihood ratios, a martingale
// of mean 1 when p is true, so that it ever reaches 1/A with chance A at most
// (Ville). It is convex in p: two bisections find the ends.
//
// Output: an interval of shares, 0 … 1 before the first answer.
//
// Errors: NewShare refuses a level outside 0 … 1, AddCounts counts that cannot
// be. No caveats: it is exact for every n.
//
// Not for a customer base of which a good part answers (FiniteShare is
// narrower), and not for a share that moves.
//
// Source: Robbins (1970); Howard, Ramdas, McAuliffe, Sekhon (2021), Annals of
// Statistics 49(2). TestShare_Methods14_2 repeats the reference figures,
// TestShareCoverage that some 3 % of the sequences of level 95 % ever miss.
type Share struct {
	level        float64
	successes, n float64
}

// NewShare begins a sequence of the level given, such as 0.95.
func NewShare(level float64) (*Share, error) {
	if err := stat.CheckLevel(level); err != nil {
		return nil, err
	}
	return &Share{level: level}, nil
}

// Add counts one answer.
func (s *Share) Add(success bool) {
	s.n++
	if success {
		s.successes++
	}
}

// AddCounts counts successes among n answers.
func (s *Share) AddCounts(successes, n int) error {
	if successes < 0 || n < successes {
		return &stat.InputError{Row: stat.NoRow, Field: "successes", Value: float64(successes), Why: "not between 0 and the number of answers"}
	}
	s.successes += float64(successes)
	s.n += float64(n)
	return nil
}

// N is the number of answers so far.
func (s *Share) N() int { return int(s.n) }

// Estimate is the share so far; 0.5 before the first answer.
func (s *Share) Estimate() float64 {
	if s.n == 0 {
		return 0.5
	}
	return s.successes / s.n
}

// Interval holds the share at all looks together with the level.
func (s *Share) Interval() stat.Interval {
	logB := stat.LogBeta(1+s.successes, 1+s.n-s.successes)
	kept := func(p float64) bool {
		return logB-xlogy(s.successes, p)-xlogy(s.n-s.successes, 1-p) < -math.Log1p(-s.level)
	}
	at := s.Estimate()
	return stat.Interval{Low: edge(kept, at, 0), High: edge(kept, at, 1), Level: s.level}
}

// edge is where kept ends on the way from inside to the outer end, given on the
// outer side; the outer end itself when it is kept.
func edge(kept func(float64) bool, inside, outer float64) float64 {
	if kept(outer) {
		return outer
	}
	for range 60 {
		middle := (inside + outer) / 2
		if kept(middle) {
			inside = middle
		} else {
			outer = middle
		}
	}
	return outer
}

// xlogy is x ln y, and 0 when x is 0.
func xlogy(x, y float64) float64 {
	if x == 0 {
		return 0
	}
	return x * math.Log(y)
}
