package effect

import (
	"slices"

	"behold/stat"
)

// A VennAbers turns scores into chances with their own uncertainty. Make it with
// FitVennAbers.
type VennAbers struct {
	Caveats []stat.Caveat // few-cases (below 200), one-sided (below 40 of either end)
	scores  []float64     // of the known cases, ascending, each once
	without []float64     // p₀ of a new case at or above each score
	with    []float64     // p₁ of a new case at or below each score
}

// A Chance is a calibrated probability.
type Chance struct {
	Value     float64 // p₁/(1 − p₀ + p₁)
	Low, High float64 // p₀ and p₁: one of the two is calibrated, whatever the score
}

const (
	fewCases = 200 // METHODS 2.6
	fewEnds  = 40
)

// FitVennAbers prepares chances from cases whose end is known.
//
// Question: what does a score of 2.3 mean as a chance to leave, and how sure is
// that?
//
// Input: scores (any unit, higher = more likely) that were made without these
// ends, and whether it happened; read only, any order.
//
// Formula: for a new case with score s the isotonic fit through all known cases is
// taken twice, once with the new case added as one where it did not happen (p₀,
// its value at s) and once as one where it did (p₁).
//
// Output: p₀ ≤ p₁, and the one number p = p₁/(1 − p₀ + p₁) that loses least in
// log loss against either. All fits at once take O(n log n): the hull of the
// cumulative sums is followed while the new case moves through it, one vertex
// dropped for one added. A Chance takes O(log n).
//
// Errors: no cases, lengths that differ, scores not finite. Caveats: few-cases,
// one-sided.
//
// Not under drift: cases must resemble those to come.
//
// Source: Vovk, Petej (2014), Venn–Abers predictors, UAI; the fast form Vovk,
// Petej, Fedorova (2015), NeurIPS 28, algorithms 1 and 2. See
// TestVennAbersIsTwoFits and TestVennAbersIsCalibrated.
func FitVennAbers(scores []float64, happened []bool) (*VennAbers, error) {
	if len(happened) != len(scores) {
		return nil, &stat.InputError{Row: stat.NoRow, Field: "happened", Value: float64(len(happened)), Why: "not as many as scores"}
	}
	y, count := make([]float64, len(scores)), 0
	for i, h := range happened {
		if h {
			y[i] = 1
			count++
		}
	}
	points, err := merged(scores, y, nil)
	if err != nil {
		return nil, err
	}
	v := &VennAbers{with: addedOnes(points)}
	for _, p := range points {
		v.scores = append(v.scores, p.x)
	}
	// Backwards and with ends swapped, "did not happen" is "happened".
	slices.Reverse(points)
	for i := range points {
		points[i].sum = points[i].weight - points[i].sum
	}
	v.without = addedOnes(points)
	slices.Reverse(v.without)
	for i, p := range v.without {
		v.without[i] = 1 - p
	}
	if len(scores) < fewCases {
		v.Caveats = append(v.Caveats, stat.Caveat{Code: "few-cases", Count: len(scores), Limit: fewCases})
	}
	if least := min(count, len(scores)-count); least < fewEnds {
		v.Caveats = append(v.Caveats, stat.Caveat{Code: "one-sided", Count: least, Limit: fewEnds})
	}
	return v, nil
}

// Chance that it happens at a score. Where the score is NaN nothing is known: 0
// to 1.
func (v *VennAbers) Chance(score float64) Chance {
	c := Chance{Low: 0, High: 1}
	if score == score {
		at, found := slices.BinarySearch(v.scores, score)
		if at < len(v.scores) {
			c.High = v.with[at]
		}
		if !found {
			at--
		}
		if at >= 0 {
			c.Low = v.without[at]
		}
	}
	c.Value = c.High / (1 - c.Low + c.High)
	return c
}

// A corner of the diagram of cumulative sums.
type corner struct{ weight, sum float64 }

// addedOnes is, for every point, the isotonic fit there once a case with y = 1 is
// added to it: the slope of the lower hull of the cumulative sums at that case.
//
// The case first lies before all points (corners −1 and 0) and then passes one
// point at a time, which lowers one corner. The hull to the left of it does not
// matter any more, and to the right of it one edge gives way to another.
func addedOnes(points []mass) []float64 {
	corners := make([]corner, len(points)+2) // shifted by one: corners[0] is corner −1
	corners[0] = corner{-1, -1}
	for i, p := range points {
		corners[i+2] = corner{corners[i+1].weight + p.weight, corners[i+1].sum + p.sum}
	}
	hull := make([]corner, 0, len(corners))
	for _, c := range corners {
		for len(hull) > 1 && !turnsUp(hull[len(hull)-2], hull[len(hull)-1], c) {
			hull = hull[:len(hull)-1]
		}
		hull = append(hull, c)
	}
	slices.Reverse(hull) // its left end last, as a stack
	values := make([]float64, len(points))
	for i := range points {
		top, next := hull[len(hull)-1], hull[len(hull)-2]
		values[i] = (next.sum - top.sum) / (next.weight - top.weight)
		moved := corner{
			corners[i].weight + corners[i+2].weight - corners[i+1].weight,
			corners[i].sum + corners[i+2].sum - corners[i+1].sum,
		}
		corners[i+1] = moved
		if !turnsUp(top, moved, next) {
			continue
		}
		hull = hull[:len(hull)-1]
		for len(hull) > 1 && !turnsUp(moved, hull[len(hull)-1], hull[len(hull)-2]) {
			hull = hull[:len(hull)-1]
		}
		hull = append(hull, moved)
	}
	return values
}

// turnsUp says whether the way over b lies below the straight one from a to c.
func turnsUp(a, b, c corner) bool {
	return (b.sum-a.sum)*(c.weight-b.weight) < (c.sum-b.sum)*(b.weight-a.weight)
}
