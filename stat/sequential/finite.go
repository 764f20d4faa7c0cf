package sequential

import (
	"math"

	"behold/stat"
)

// A FiniteShare follows how many of N customers would say yes, while they are
// asked in random order and each at most once. Make it with NewFiniteShare.
//
// Question: how many of our 80 customers are very satisfied, after 40 answers?
//
// Input: N ≥ 1; answers one by one or counted, at most N.
//
// Formula: with the uniform prior on the number N₁ who would say yes, after S
// of n the posterior of N₁ − S is BetaBin(N−n, 1+S, 1+n−S), and
//
//	keep N₁ while  prior(N₁)/posterior(N₁) < 1/A,  A = 1 − level
//
// Output: the counts kept, or their shares. When all have answered one count is
// left.
//
// Errors: NewFiniteShare refuses N < 1 and a level outside 0 … 1; Add and
// AddCounts refuse more answers than customers. No caveats: it is exact.
//
// Not where who answers depends on the answer: it takes the order as random.
//
// Source: Waudby-Smith, Ramdas (2020), NeurIPS 33. TestFiniteShare_Methods6_4
// repeats 20 … 45 for N = 80, n = 40, S = 16.
type FiniteShare struct {
	level             float64
	all, n, successes int
}

// NewFiniteShare begins a sequence over all customers of a base.
func NewFiniteShare(all int, level float64) (*FiniteShare, error) {
	if all < 1 {
		return nil, &stat.InputError{Row: stat.NoRow, Field: "all", Value: float64(all), Why: "below 1"}
	}
	if err := stat.CheckLevel(level); err != nil {
		return nil, err
	}
	return &FiniteShare{level: level, all: all}, nil
}

// Add counts one answer.
func (s *FiniteShare) Add(success bool) error {
	if success {
		return s.AddCounts(1, 1)
	}
	return s.AddCounts(0, 1)
}

// AddCounts counts successes among n answers.
func (s *FiniteShare) AddCounts(successes, n int) error {
	if successes < 0 || n < successes {
		return &stat.InputError{Row: stat.NoRow, Field: "successes", Value: float64(successes), Why: "not between 0 and the number of answers"}
	}
	if s.n+n > s.all {
		return &stat.InputError{Row: stat.NoRow, Field: "n", Value: float64(s.n + n), Why: "more answers than customers"}
	}
	s.successes += successes
	s.n += n
	return nil
}

// N is the number of answers so far.
func (s *FiniteShare) N() int { return s.n }

// Counts are the fewest and the most customers who may say yes.
func (s *FiniteShare) Counts() (low, high int) {
	low, high = s.successes, s.all-(s.n-s.successes)
	mode := s.mode(low, high)
	return s.last(mode, low), s.last(mode, high)
}

// mode is a count that is surely kept: the posterior rises up to it and falls
// after it, and the prior is flat.
func (s *FiniteShare) mode(low, high int) int {
	if s.n == 0 {
		return low
	}
	at := float64(s.successes) / float64(s.n) * float64(s.all)
	best := low
	for _, offset := range []int{-1, 0, 1} {
		count := min(max(int(at)+offset, low), high)
		if s.logPosterior(count) > s.logPosterior(best) {
			best = count
		}
	}
	return best
}

// last is the kept count next to end on the way from a kept one.
func (s *FiniteShare) last(kept, end int) int {
	if s.kept(end) {
		return end
	}
	for kept-end > 1 || end-kept > 1 {
		middle := (kept + end) / 2
		if s.kept(middle) {
			kept = middle
		} else {
			end = middle
		}
	}
	return kept
}

func (s *FiniteShare) kept(count int) bool {
	return -math.Log(float64(s.all+1))-s.logPosterior(count) < -math.Log1p(-s.level)
}

// logPosterior is ln P(N₁ = count).
func (s *FiniteShare) logPosterior(count int) float64 {
	rest, more := float64(s.all-s.n), float64(count-s.successes)
	a, b := float64(1+s.successes), float64(1+s.n-s.successes)
	choose := -math.Log(rest+1) - stat.LogBeta(more+1, rest-more+1)
	return choose + stat.LogBeta(a+more, b+rest-more) - stat.LogBeta(a, b)
}

// Interval is Counts as shares of the base.
func (s *FiniteShare) Interval() stat.Interval {
	low, high := s.Counts()
	return stat.Interval{Low: float64(low) / float64(s.all), High: float64(high) / float64(s.all), Level: s.level}
}
