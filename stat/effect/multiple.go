package effect

import (
	"cmp"
	"math"
	"slices"
)

// BenjaminiHochberg adjusts the p-values of many questions asked at once: calling
// everything at or below q a finding makes at most the share q of the findings
// wrong on average.
//
// Formula: sorted, p̃_(i) = min over k ≥ i of m p_(k)/k, at most 1. The answer is
// in the order of p, which is left as it is; NaN stays NaN and counts as a
// question. Holds for questions that are independent or pull the same way.
//
// Source: Benjamini, Hochberg (1995), J. Royal Statistical Society B 57(1); see
// TestBenjaminiHochberg_1995.
func BenjaminiHochberg(p []float64) []float64 {
	adjusted, order, least := blank(len(p)), ascending(p), 1.0
	for k := len(order); k > 0; k-- {
		at := order[k-1]
		least = min(least, p[at]*float64(len(p))/float64(k))
		adjusted[at] = least
	}
	return adjusted
}

// Holm adjusts p-values so that calling everything at or below a a finding makes
// any of them wrong with chance a at most, whatever their dependence.
//
// Formula: sorted, p̃_(i) = max over k ≤ i of (m − k + 1) p_(k), at most 1; order
// and NaN as BenjaminiHochberg.
//
// Source: Holm (1979), Scandinavian J. of Statistics 6(2); see
// TestBenjaminiHochberg_1995.
func Holm(p []float64) []float64 {
	adjusted, most := blank(len(p)), 0.0
	for k, at := range ascending(p) {
		most = max(most, min(1, p[at]*float64(len(p)-k)))
		adjusted[at] = most
	}
	return adjusted
}

func blank(n int) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = math.NaN()
	}
	return values
}

// ascending is the order of p, without NaN; ties as they come.
func ascending(p []float64) []int {
	var order []int
	for i, v := range p {
		if !math.IsNaN(v) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	return order
}
