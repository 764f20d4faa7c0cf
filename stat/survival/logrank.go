package survival

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// A Test says how surprising the data would be if nothing differed.
type Test struct {
	ChiSquare float64 // ≥ 0, no unit
	Freedom   int     // degrees of freedom
	P         float64 // chance of so much or more if nothing differed; 1 when Freedom is 0
}

func chiSquare(value float64, freedom int) Test {
	t := Test{ChiSquare: math.Max(0, value), Freedom: freedom, P: 1}
	if freedom > 0 {
		t.P = stat.UpperGamma(float64(freedom)/2, t.ChiSquare/2)
	}
	return t
}

// A GroupCount is one group of a comparison.
type GroupCount struct {
	Group    string
	N        int     // stays
	Total    float64 // customers, the sum of their weights
	Left     float64 // of whom left
	Expected float64 // how many of them would have left if all groups were alike
}

// A Comparison is the answer of LogRank.
type Comparison struct {
	Test
	Groups  []GroupCount // in order of Group
	Caveats []stat.Caveat
}

// LogRank tests whether groups of customers stay equally long.
//
// Question: do customers of this channel leave sooner than those of the other?
//
// Input: one Stay per customer with its Group, in any order; read only. With
// Stratum, customers are compared only with customers of the same stratum.
//
// Test: at each age t_i where somebody left, of n_i customers of all groups
// d_i leave; group g, with n_gi, would be expected to lose e_gi = d_i n_gi/n_i.
// With U_g the sum of left − expected over ages and strata, and
//
//	V_gh = Σ d_i (n_i − d_i)/(n_i − 1) · n_gi/n_i · (δ_gh − n_hi/n_i)
//
// U'V⁻U is χ² with one degree of freedom fewer than there are groups.
//
// Output: Comparison; P without unit.
//
// Errors: as KaplanMeier, and ErrNobodyLeft. Caveats, in the result: one-group
// (nothing to compare; P is 1); few-left (fewer than 10 left in all; Count);
// apart (some groups are never watched at the same ages as the others and
// take no part; Count of the degrees of freedom lost).
//
// Not where the curves cross: differences of both signs cancel.
//
// Source: Mantel (1966), Cancer Chemotherapy Reports 50, 163–170; Peto, Peto
// (1972). Agrees with R survdiff on three data sets: see TestLogRank_R.
func LogRank(stays []Stay) (Comparison, error) {
	if err := checkStays(stays); err != nil {
		return Comparison{}, err
	}
	inTime := inOrder(stays, func(s *Stay) float64 { return s.Duration })
	c, groupOf := groupCounts(stays, inTime)
	left := 0.0
	for _, g := range c.Groups {
		left += g.Left
	}
	if left == 0 {
		return Comparison{}, ErrNobodyLeft
	}
	r := rank{groups: len(c.Groups), expected: make([]float64, len(c.Groups))}
	r.variance = make([]float64, r.groups*r.groups)
	strata, stratumOf := labels(stays, func(s *Stay) string { return s.Stratum })
	exits := split(inTime, stratumOf, len(strata))
	entries := split(entriesOf(stays), stratumOf, len(strata))
	for stratum := range strata {
		r.addStratum(stays, groupOf, exits[stratum], entries[stratum])
	}
	for g := range c.Groups {
		c.Groups[g].Expected = r.expected[g]
	}
	c.Test = r.test(c.Groups)
	c.Caveats = c.caveats(left)
	return c, nil
}

// entriesOf is the stays that entered late, by age of entry.
func entriesOf(stays []Stay) []spot {
	if !slices.ContainsFunc(stays, func(s Stay) bool { return s.Entry > 0 }) {
		return nil
	}
	entries := inOrder(stays, func(s *Stay) float64 { return s.Entry })
	first, _ := slices.BinarySearchFunc(entries, uint64(1), func(s spot, key uint64) int { return cmp.Compare(s.key, key) })
	return entries[first:]
}

func groupCounts(stays []Stay, inTime []spot) (Comparison, []int32) {
	names, groupOf := labels(stays, func(s *Stay) string { return s.Group })
	c := Comparison{Groups: make([]GroupCount, len(names))}
	for i, name := range names {
		c.Groups[i].Group = name
	}
	for _, s := range inTime {
		stay, g := &stays[s.at], &c.Groups[groupOf[s.at]]
		g.N++
		g.Total += stay.weight()
		if stay.Left {
			g.Left += stay.weight()
		}
	}
	return c, groupOf
}

func (c *Comparison) caveats(left float64) (all []stat.Caveat) {
	if len(c.Groups) == 1 {
		return []stat.Caveat{{Code: "one-group"}}
	}
	if left < few {
		all = append(all, stat.Caveat{Code: "few-left", Count: int(left), Limit: few})
	}
	if lost := len(c.Groups) - 1 - c.Freedom; lost > 0 {
		all = append(all, stat.Caveat{Code: "apart", Count: lost})
	}
	return all
}

// labels numbers the names that occur, in their order.
func labels[T any](rows []T, name func(*T) string) (names []string, of []int32) {
	of = make([]int32, len(rows))
	seen := map[string]int32{}
	last, lastAt := "", int32(-1)
	for i := range rows {
		if n := name(&rows[i]); lastAt < 0 || n != last {
			at, known := seen[n]
			if !known {
				at = int32(len(names))
				seen[n] = at
				names = append(names, n)
			}
			last, lastAt = n, at
		}
		of[i] = lastAt
	}
	sorted := slices.Clone(names)
	slices.Sort(sorted)
	place := make([]int32, len(names))
	for i, n := range sorted {
		place[seen[n]] = int32(i)
	}
	for i := range of {
		of[i] = place[of[i]]
	}
	return sorted, of
}

// A rank gathers the sums of the log-rank test.
type rank struct {
	groups   int
	expected []float64
	variance []float64 // groups × groups
}

// addStratum walks one stratum from the oldest age to the youngest, with the
// number of each group that is watched.
func (r *rank) addStratum(stays []Stay, groupOf []int32, exits, entries []spot) {
	atRisk, unseen := make([]float64, r.groups), make([]float64, r.groups)
	here := make([]float64, r.groups)
	next := len(entries) - 1
	for hi := len(exits); hi > 0; {
		lo, left, leaving := hi-1, 0.0, 0.0
		for ; lo >= 0 && exits[lo].key == exits[hi-1].key; lo-- {
			s := &stays[exits[lo].at]
			atRisk[groupOf[exits[lo].at]] += s.weight()
			leaving += s.weight()
			if s.Left {
				left += s.weight()
			}
		}
		lo++
		t := stays[exits[lo].at].Duration
		for ; next >= 0; next-- {
			s := &stays[entries[next].at]
			if s.Entry < t {
				break
			}
			unseen[groupOf[entries[next].at]] += s.weight()
		}
		hi = lo
		if left > 0 {
			r.addMoment(atRisk, unseen, here, left)
		}
	}
}

// split parts the spots by stratum, keeping their order.
func split(spots []spot, stratumOf []int32, strata int) [][]spot {
	if strata == 1 {
		return [][]spot{spots}
	}
	parts := make([][]spot, strata)
	for _, s := range spots {
		parts[stratumOf[s.at]] = append(parts[stratumOf[s.at]], s)
	}
	return parts
}

func (r *rank) addMoment(atRisk, unseen, here []float64, left float64) {
	n := 0.0
	for g := range here {
		here[g] = math.Max(0, atRisk[g]-unseen[g])
		n += here[g]
	}
	spread := 0.0
	if n > 1 {
		spread = left * math.Max(0, n-left) / (n - 1)
	}
	for g := range here {
		share := here[g] / n
		r.expected[g] += left * share
		r.variance[g*r.groups+g] += spread * share
		for h := range here {
			r.variance[g*r.groups+h] -= spread * share * here[h] / n
		}
	}
}

// test solves U'V⁻U. The groups' differences add up to 0, so one group says
// nothing new; so does any other that is never watched beside the rest.
func (r *rank) test(groups []GroupCount) Test {
	v := mat.NewSymDense(r.groups, nil)
	for g := range groups {
		for h := g; h < r.groups; h++ {
			v.SetSym(g, h, r.variance[g*r.groups+h])
		}
	}
	kept := independent(v, 1e-10)
	if len(kept) == 0 {
		return chiSquare(0, 0)
	}
	u := mat.NewVecDense(len(kept), nil)
	for i, g := range kept {
		u.SetVec(i, groups[g].Left-groups[g].Expected)
	}
	var x mat.VecDense
	var chol mat.Cholesky
	if !chol.Factorize(submatrix(v, kept)) || chol.SolveVecTo(&x, u) != nil {
		return chiSquare(0, 0)
	}
	return chiSquare(mat.Dot(u, &x), len(kept))
}

// independent picks the rows of a covariance, in order, whose variance is not
// explained by the rows picked before them, but for a share of tolerance.
func independent(v *mat.SymDense, tolerance float64) []int {
	n := v.SymmetricDim()
	var kept []int
	var rows [][]float64 // of the Cholesky factor, one per kept
	for j := range n {
		rest := v.At(j, j)
		if !(rest > 0) {
			continue
		}
		row := make([]float64, 0, len(kept)+1)
		for i, k := range kept {
			sum := v.At(j, k)
			for l := range i {
				sum -= row[l] * rows[i][l]
			}
			row = append(row, sum/rows[i][i])
			rest -= row[i] * row[i]
		}
		if rest > tolerance*v.At(j, j) {
			kept = append(kept, j)
			rows = append(rows, append(row, math.Sqrt(rest)))
		}
	}
	return kept
}

func submatrix(v *mat.SymDense, kept []int) *mat.SymDense {
	s := mat.NewSymDense(len(kept), nil)
	for i, a := range kept {
		for j, b := range kept[i:] {
			s.SetSym(i, i+j, v.At(a, b))
		}
	}
	return s
}
