package driver

import (
	"math"
	"math/bits"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// MostItems is how many items shares can be found for: all 2^p sets are gone
// through.
const MostItems = 12

// LMG divides R² among the items of a regression.
//
// Question: how much of the differences in the outcome goes with each item?
//
// Input: a covariance (or correlation) matrix of 1 to 12 items and, last, the
// outcome; read only.
//
// Formula: the share of item j is what it adds to R², averaged over all orders in
// which the items can enter (Shapley value),
//
//	LMG_j = Σ over sets S without j of |S|!(p−|S|−1)!/p! · [R²(S+j) − R²(S)]
//
// with R² of every set from one Cholesky row more than that of a smaller set. An
// item that the others determine adds nothing.
//
// Output: shares ≥ 0 that sum to R² of all items, and that R², 0 … 1.
//
// Errors: fewer than 2 or more than 13 rows; a variance of the outcome not above
// 0; values that are no covariance matrix.
//
// Not an effect: a common mood (halo) gives every item a share; see
// Options.WithoutMean.
//
// Source: Lindeman, Merenda, Gold (1980), p. 119 ff.; Grömping (2006), J.
// Statistical Software 17(1). See TestLMG_Methods14_1 and TestLMG_Groemping.
func LMG(cov mat.Symmetric) (shares []float64, r2 float64, err error) {
	p := cov.SymmetricDim() - 1
	if p < 1 || p > MostItems {
		return nil, 0, &stat.InputError{Row: stat.NoRow, Field: "items", Value: float64(p), Why: "not 1 to 12"}
	}
	for i := range p + 1 {
		for j := range p + 1 {
			if !stat.Finite(cov.At(i, j)) {
				return nil, 0, &stat.InputError{Row: i, Field: "cov", Value: cov.At(i, j), Why: "not a finite number"}
			}
		}
		if v := cov.At(i, i); v < 0 || v == 0 && i == p {
			return nil, 0, &stat.InputError{Row: i, Field: "cov", Value: v, Why: "a variance not above 0"}
		}
	}
	s := newSets(p)
	if !s.enter(correlation(cov)) {
		return nil, 0, &stat.InputError{Row: stat.NoRow, Field: "cov", Value: s.r2[len(s.r2)-1], Why: "not a covariance matrix"}
	}
	return s.shares(), s.r2[len(s.r2)-1], nil
}

// correlation scales to variances of 1; an item without variance goes with
// nothing.
func correlation(cov mat.Symmetric) []float64 {
	q := cov.SymmetricDim()
	r := make([]float64, q*q)
	for i := range q {
		for j := range q {
			if scale := math.Sqrt(cov.At(i, i)) * math.Sqrt(cov.At(j, j)); scale > 0 {
				r[i*q+j] = cov.At(i, j) / scale
			}
		}
	}
	return r
}

// sets walks through all sets of items.
type sets struct {
	p       int
	r2      []float64   // of every set, by its bits
	weight  []float64   // |S|!(p−|S|−1)!/p! by |S|
	r       []float64   // correlations, the outcome last
	row     [][]float64 // Cholesky rows of the items entered so far
	z       []float64   // and of the outcome
	entered []int
	valid   bool
}

// determined is how little variance an item may have left beside others, out of
// 1, to count as determined by them.
const determined = 1e-9

func newSets(p int) *sets {
	s := &sets{p: p, r2: make([]float64, 1<<p), weight: make([]float64, p), z: make([]float64, p), entered: make([]int, 0, p)}
	for range p {
		s.row = append(s.row, make([]float64, p))
	}
	for k := range s.weight { // 1/(p · (p−1 over k))
		log := stat.LogBeta(float64(k)+1, float64(p-k))
		s.weight[k] = math.Exp(log)
	}
	return s
}

// enter finds R² of all sets. It is false where the matrix was no correlation
// matrix.
func (s *sets) enter(r []float64) bool {
	s.r, s.valid = r, true
	s.entered = s.entered[:0]
	s.walk(0, 0, 0)
	return s.valid && s.r2[len(s.r2)-1] <= 1+1e-8
}

// walk adds every item from first on to the set, one at a time.
func (s *sets) walk(first, set int, r2 float64) {
	s.r2[set] = r2
	at := len(s.entered)
	for j := first; j < s.p; j++ {
		s.entered = append(s.entered, j)
		s.walk(j+1, set|1<<j, r2+s.add(at, j))
		s.entered = s.entered[:at]
	}
}

// add puts item j in Cholesky row at, and gives what it adds to R².
func (s *sets) add(at, j int) float64 {
	q := s.p + 1
	row, left, goes := s.row[at], s.r[j*q+j], s.r[s.p*q+j]
	for i := range at {
		v := s.r[j*q+s.entered[i]]
		for k, u := range s.row[i][:i] {
			v -= u * row[k]
		}
		row[i] = 0
		if pivot := s.row[i][i]; pivot > 0 {
			row[i] = v / pivot
		}
		left -= row[i] * row[i]
		goes -= row[i] * s.z[i]
	}
	row[at], s.z[at] = 0, 0
	if left < -1e-6 {
		s.valid = false
	}
	if left > determined {
		row[at] = math.Sqrt(left)
		s.z[at] = goes / row[at]
	}
	return s.z[at] * s.z[at]
}

// shares of R² by item.
func (s *sets) shares() []float64 {
	shares := make([]float64, s.p)
	for set, r2 := range s.r2 {
		for j := range s.p {
			if with := set | 1<<j; with != set {
				shares[j] += s.weight[bits.OnesCount(uint(set))] * max(0, s.r2[with]-r2)
			}
		}
	}
	return shares
}
