package booster

import (
	"math"
	"math/rand/v2"

	"behold/stat"
)

// Rows are what is learned from, read only.
type Rows struct {
	X      []float64 // row by row, Width finite figures each
	Width  int
	Y      []float64 // 0 or 1
	Weight []float64 // above 0; nil: 1 each
	Offset []float64 // log-odds that are known already; nil: 0
}

// Options say how much is learned. A field of 0 stands for the value given.
type Options struct {
	Trees   int     // 100
	Depth   int     // questions from root to leaf, at most 6; 3
	Rate    float64 // part of each step that is taken, in (0, 1]; 0.1
	Ridge   float64 // added to the curvature of a leaf; 5
	Least   float64 // curvature that a leaf needs, about a quarter of its weight; 5
	Rows    float64 // share of the rows that a tree sees, in (0, 1]; 0.5
	Columns float64 // share of the columns, in (0, 1]; 0.3
	Seed    uint64
}

func (o Options) filled() Options {
	set := func(v *float64, to float64) {
		if *v == 0 {
			*v = to
		}
	}
	if o.Trees == 0 {
		o.Trees = 100
	}
	if o.Depth == 0 {
		o.Depth = 3
	}
	set(&o.Rate, 0.1)
	set(&o.Ridge, 5)
	set(&o.Least, 5)
	set(&o.Rows, 0.5)
	set(&o.Columns, 0.3)
	return o
}

func (o Options) check() error {
	bad := func(field string, v float64, why string) error {
		return &stat.InputError{Row: stat.NoRow, Field: field, Value: v, Why: why}
	}
	part := func(v float64) bool { return v > 0 && v <= 1 }
	switch {
	case o.Trees < 0:
		return bad("Trees", float64(o.Trees), "below 0")
	case o.Depth < 1 || o.Depth > deepest:
		return bad("Depth", float64(o.Depth), "not between 1 and 6")
	case !part(o.Rate):
		return bad("Rate", o.Rate, "not in (0, 1]")
	case !(o.Ridge > 0) || math.IsInf(o.Ridge, 1):
		return bad("Ridge", o.Ridge, "not above 0")
	case !(o.Least > 0):
		return bad("Least", o.Least, "not above 0")
	case !part(o.Rows):
		return bad("Rows", o.Rows, "not in (0, 1]")
	case !part(o.Columns):
		return bad("Columns", o.Columns, "not in (0, 1]")
	}
	return nil
}

// A Model is trees of one depth, one after another. It is plain data.
type Model struct {
	Width  int       // columns of a row
	Depth  int       // questions from root to leaf
	Column []int32   // that a node asks about, 2^Depth−1 nodes a tree, root first, then its two children, and so on
	Cut    []float64 // a row goes left where its figure is at most Cut
	Leaf   []float64 // log-odds, 2^Depth a tree, from the left
}

const (
	deepest = 6
	bins    = 64   // of a column, at most
	looked  = 4096 // rows that the bins are cut by
	stride  = 4096 // rows whose slopes one core finds at a time
)

// Fit learns trees.
//
// Question: what chance do rows like this have, beyond what Offset says?
//
// Input: Rows and Options.
//
// Formula: F₀ = Offset; tree by tree, for a random part of the rows and columns,
//
//	g = Σ w (y − p)   h = Σ w p (1 − p)   p = 1/(1 + e^−F)
//
// are summed over the rows of a node; of all splits of a column between two bins
// that leave h ≥ Least on both sides the one is taken that gains most,
//
//	g²ₗ/(hₗ + Ridge) + g²ᵣ/(hᵣ + Ridge) − g²/(h + Ridge)
//
// and F rises in each leaf by Rate · g/(h + Ridge). Bins are cut at quantiles, at
// most 64 a column.
//
// Output: Model, whose LogOdds come on top of Offset.
//
// Errors: *stat.InputError (no rows, lengths that differ, which figure is not
// finite, an outcome that is not 0 or 1, a weight not above 0, which option).
//
// Not calibrated, and no better than a line where there are few rows: hold it
// against one on rows it has not seen.
//
// Source: Friedman (2001), Annals of Statistics 29(5), section 4.5, and (2002),
// Computational Statistics & Data Analysis 38(4), for the random parts; the gain
// and leaf with a ridge from Chen, Guestrin (2016), KDD, equations 6 and 7. See
// TestOneTreeByHand, TestLearnsWhatALineCannot.
func Fit(rows Rows, options Options) (*Model, error) {
	o := options.filled()
	if err := o.check(); err != nil {
		return nil, err
	}
	if err := rows.check(); err != nil {
		return nil, err
	}
	g := newGrower(rows, o)
	for tree := range o.Trees {
		g.grow(rand.New(rand.NewPCG(o.Seed, uint64(tree))))
	}
	return g.model, nil
}

func (r *Rows) check() error {
	n := len(r.Y)
	switch {
	case n == 0 || r.Width < 1 || len(r.X) != n*r.Width:
		return &stat.InputError{Row: stat.NoRow, Field: "X", Value: float64(len(r.X)), Why: "not Width figures for each Y"}
	case r.Weight != nil && len(r.Weight) != n:
		return &stat.InputError{Row: stat.NoRow, Field: "Weight", Value: float64(len(r.Weight)), Why: "not as many as Y"}
	case r.Offset != nil && len(r.Offset) != n:
		return &stat.InputError{Row: stat.NoRow, Field: "Offset", Value: float64(len(r.Offset)), Why: "not as many as Y"}
	}
	for i, x := range r.X {
		if !stat.Finite(x) {
			return &stat.InputError{Row: i / r.Width, Field: "X", Value: x, Why: "not a finite number"}
		}
	}
	for i, y := range r.Y {
		switch {
		case y != 0 && y != 1:
			return &stat.InputError{Row: i, Field: "Y", Value: y, Why: "neither 0 nor 1"}
		case r.Weight != nil && !(stat.Finite(r.Weight[i]) && r.Weight[i] > 0):
			return &stat.InputError{Row: i, Field: "Weight", Value: r.Weight[i], Why: "not a finite number above 0"}
		case r.Offset != nil && !stat.Finite(r.Offset[i]):
			return &stat.InputError{Row: i, Field: "Offset", Value: r.Offset[i], Why: "not a finite number"}
		}
	}
	return nil
}

// LogOdds of a row of Width figures, to be added to what is known already.
func (m *Model) LogOdds(row []float64) float64 {
	inner := 1<<m.Depth - 1
	sum := 0.0
	for node, leaf := 0, 0; node < len(m.Cut); node, leaf = node+inner, leaf+inner+1 {
		column, cut := m.Column[node:node+inner], m.Cut[node:node+inner]
		at := 0
		for range m.Depth {
			right := 1
			if row[column[at]] > cut[at] {
				right = 2
			}
			at = 2*at + right
		}
		sum += m.Leaf[leaf+at-inner]
	}
	return sum
}
