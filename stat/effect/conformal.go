package effect

import (
	"math"
	"slices"

	"behold/stat"
)

// A Conformal turns scores into p-values against cases whose end is known. Make
// it with NewConformal.
//
// Question: how strange is this customer among those who stayed? Whom may we
// name so that at most one in five named would have stayed anyway?
//
// Input: scores of cases known by now (higher = more likely to leave), and which
// of them were null: stayed. nil says that all were. (For a model's p-values,
// where small is strange, hand over −p: METHODS 3.2.)
//
// Formula:
//
//	p(s) = (1 + #{null cases with score ≥ s}) / (n + 1)     n = all cases
//
// Output: P, between 0 and 1. When a new case is null and resembles the old ones
// (exchangeable), p ≤ a has chance a at most; Select bounds the share of wrong
// names.
//
// Errors: scores not finite, lengths that differ. Of no cases every P is 1.
//
// Not under drift: compare the share promised with the one that came.
//
// Source: Bates, Candès, Lei, Romano, Sesia (2023), Annals of Statistics 51(1)
// (all cases null); Jin, Candès (2023), J. Machine Learning Research 24 (some).
// See TestSelect_Methods3_3.
type Conformal struct {
	null []float64 // scores of the null cases, ascending
	n    int
}

// NewConformal sorts the known cases.
func NewConformal(scores []float64, null []bool) (*Conformal, error) {
	if null != nil && len(null) != len(scores) {
		return nil, &stat.InputError{Row: stat.NoRow, Field: "null", Value: float64(len(null)), Why: "not as many as scores"}
	}
	c := &Conformal{n: len(scores)}
	for i, s := range scores {
		if !stat.Finite(s) {
			return nil, &stat.InputError{Row: i, Field: "scores", Value: s, Why: "not a finite number"}
		}
		if null == nil || null[i] {
			c.null = append(c.null, s)
		}
	}
	slices.Sort(c.null)
	return c, nil
}

// P is the p-value of a score; 1 for NaN.
func (c *Conformal) P(score float64) float64 {
	if math.IsNaN(score) {
		return 1
	}
	below, _ := slices.BinarySearch(c.null, score)
	return float64(1+len(c.null)-below) / float64(c.n+1)
}

// Select names the cases to keep when at most the share q of the kept may be
// null: the k smallest p-values, k the largest with p_(k) ≤ q k/m
// (Benjamini–Hochberg). It gives their places in p, the smallest p first; q
// outside 0 … 1 and p-values that are NaN select nothing.
func Select(p []float64, q float64) []int {
	if !(q > 0 && q < 1) {
		return nil
	}
	order := ascending(p)
	for k := len(order); k > 0; k-- {
		if p[order[k-1]] <= q*float64(k)/float64(len(p)) {
			return order[:k]
		}
	}
	return nil
}
