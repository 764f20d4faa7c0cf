package driver

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// Answers are rows of ratings, one per customer.
type Answers struct {
	Items   [][]float64 // of each customer the items, all rows of one length; NaN = not asked or not answered
	Outcome []float64   // of each customer; NaN = not answered
	Weights []float64   // how many customers a row stands for, > 0; nil: 1 each
}

// A Covariance is what FitCovariance finds.
type Covariance struct {
	Mean    []float64     // of the items and, last, the outcome
	Cov     *mat.SymDense // the same
	Rows    int           // that say anything
	Rounds  int           // of the search
	Caveats []stat.Caveat // never-together, constant-item, not-settled
}

// FitCovariance estimates means and covariances when each customer answered only
// some of the items.
//
// Question: how do nine items go together, when everybody is asked three?
//
// Input: Answers of 1 to 12 items; rows that are empty are passed over.
//
// Formula: maximum likelihood under a normal distribution, by EM over the
// patterns of what was answered: what is missing is expected from the rest of its
// row, with its spread. With ridge λ ≥ 0 all covariances (not the variances) are
// divided by 1 + λ in every round, as though λ rows more for each row were added
// in which nothing goes with anything.
//
// Output: means in the unit of each item, covariances in units of two.
//
// Errors: no rows; rows of unequal length; values that are not finite and not
// NaN; weights not above 0; λ < 0; an outcome that nobody gave or that never
// varies. Caveats: never-together (Count pairs of columns nobody answered both
// of: how they go together is guessed), constant-item (Count of them: they go with
// nothing), not-settled.
//
// Not where who skips an item depends on what they would have said.
//
// Source: Dempster, Laird, Rubin (1977), J. Royal Statistical Society B 39(1);
// METHODS 6.7. See TestFitCovariancePlannedMissing.
func FitCovariance(answers Answers, ridge float64) (Covariance, error) {
	t, err := newTable(answers, ridge)
	if err != nil {
		return Covariance{}, err
	}
	sums := t.sums(nil)
	e := t.begin()
	settled := e.climb(sums, 1e-9, 5000)
	c := Covariance{Mean: make([]float64, t.q), Cov: mat.NewSymDense(t.q, nil), Rounds: e.rounds}
	for _, pattern := range t.patterns {
		c.Rows += len(pattern.rows)
	}
	for i := range t.q {
		c.Mean[i] = t.mean[i] + e.mean[i]*t.scale[i]
		for j := range i + 1 {
			c.Cov.SetSym(i, j, e.cov[i*t.q+j]*t.scale[i]*t.scale[j])
		}
	}
	c.Caveats = t.caveats()
	if !settled {
		c.Caveats = append(c.Caveats, stat.Caveat{Code: "not-settled", Count: e.rounds})
	}
	return c, nil
}

// A table holds the answers sorted by pattern and standardised.
type table struct {
	q           int // columns, the outcome last
	n           int // rows given
	ridge       float64
	mean, scale []float64
	weights     []float64 // by row; nil: 1
	patterns    []pattern
}

// A pattern is the rows in which the same columns were answered.
type pattern struct {
	seen, missing []int
	rows          []int
	values        []float64 // of the rows, seen columns only, standardised
}

func newTable(answers Answers, ridge float64) (*table, error) {
	if !stat.Finite(ridge) || ridge < 0 {
		return nil, &stat.InputError{Row: stat.NoRow, Field: "Ridge", Value: ridge, Why: "not a finite number, 0 or above"}
	}
	if err := answers.check(); err != nil {
		return nil, err
	}
	t := &table{q: len(answers.Items[0]) + 1, n: len(answers.Items), ridge: ridge, weights: answers.Weights}
	t.standardise(answers)
	if t.scale[t.q-1] == 0 {
		return nil, &stat.InputError{Row: stat.NoRow, Field: "Outcome", Value: t.mean[t.q-1], Why: "never varies, or nobody gave one"}
	}
	t.sort(answers)
	return t, nil
}

func (a Answers) check() error {
	n := len(a.Items)
	switch {
	case n == 0:
		return &stat.InputError{Row: stat.NoRow, Field: "Items", Why: "no rows"}
	case len(a.Outcome) != n:
		return &stat.InputError{Row: stat.NoRow, Field: "Outcome", Value: float64(len(a.Outcome)), Why: "not as many as rows of items"}
	case a.Weights != nil && len(a.Weights) != n:
		return &stat.InputError{Row: stat.NoRow, Field: "Weights", Value: float64(len(a.Weights)), Why: "not as many as rows of items"}
	}
	p := len(a.Items[0])
	if p < 1 || p > MostItems {
		return &stat.InputError{Row: stat.NoRow, Field: "Items", Value: float64(p), Why: "not 1 to 12 items"}
	}
	for i, row := range a.Items {
		if len(row) != p {
			return &stat.InputError{Row: i, Field: "Items", Value: float64(len(row)), Why: "not as many items as in the first row"}
		}
		for _, v := range append(slices.Clip(row), a.Outcome[i]) {
			if math.IsInf(v, 0) {
				return &stat.InputError{Row: i, Field: "Items", Value: v, Why: "not a finite number"}
			}
		}
		if a.Weights != nil && (!stat.Finite(a.Weights[i]) || a.Weights[i] <= 0) {
			return &stat.InputError{Row: i, Field: "Weights", Value: a.Weights[i], Why: "not a finite number above 0"}
		}
	}
	return nil
}

// at is the value of a row in a column.
func (a Answers) at(row, column int) float64 {
	if column == len(a.Items[row]) {
		return a.Outcome[row]
	}
	return a.Items[row][column]
}

func (t *table) weight(row int) float64 {
	if t.weights == nil {
		return 1
	}
	return t.weights[row]
}

// standardise finds mean and standard deviation of every column, over those who
// answered it. The first value of a column is taken off before squares are
// summed, so that a constant column has a spread of exactly 0.
func (t *table) standardise(a Answers) {
	t.mean, t.scale = make([]float64, t.q), make([]float64, t.q)
	for j := range t.q {
		origin, w, x, xx := math.NaN(), 0.0, 0.0, 0.0
		for i := range t.n {
			v := a.at(i, j)
			if math.IsNaN(v) {
				continue
			}
			if math.IsNaN(origin) {
				origin = v
			}
			w += t.weight(i)
			x += t.weight(i) * (v - origin)
			xx += t.weight(i) * (v - origin) * (v - origin)
		}
		if w > 0 {
			x /= w
			t.mean[j], t.scale[j] = origin+x, math.Sqrt(max(0, xx/w-x*x))
		}
	}
}

// sort groups the rows by what was answered, in the order in which a pattern
// first comes; a column without spread counts as not answered.
func (t *table) sort(a Answers) {
	place := map[int]int{}
	for i := range t.n {
		var p pattern
		key := 0
		for j := range t.q {
			if math.IsNaN(a.at(i, j)) || t.scale[j] == 0 {
				p.missing = append(p.missing, j)
			} else {
				p.seen = append(p.seen, j)
				key |= 1 << j
			}
		}
		if key == 0 {
			continue
		}
		at, known := place[key]
		if !known {
			at = len(t.patterns)
			place[key] = at
			t.patterns = append(t.patterns, p)
		}
		here := &t.patterns[at]
		here.rows = append(here.rows, i)
		for _, j := range here.seen {
			here.values = append(here.values, (a.at(i, j)-t.mean[j])/t.scale[j])
		}
	}
}

func (t *table) caveats() (caveats []stat.Caveat) {
	together := make([]bool, t.q*t.q)
	for _, p := range t.patterns {
		for _, i := range p.seen {
			for _, j := range p.seen {
				together[i*t.q+j] = true
			}
		}
	}
	constant, never := 0, 0
	for i := range t.q {
		if t.scale[i] == 0 {
			constant++
			continue
		}
		for j := range i {
			if t.scale[j] > 0 && !together[i*t.q+j] {
				never++
			}
		}
	}
	if constant > 0 {
		caveats = append(caveats, stat.Caveat{Code: "constant-item", Count: constant})
	}
	if never > 0 {
		caveats = append(caveats, stat.Caveat{Code: "never-together", Count: never})
	}
	return caveats
}
