package effect

import (
	"cmp"
	"slices"

	"behold/stat"
)

// Steps is a function that never falls: at X[i] and up to the next it is Y[i].
type Steps struct {
	X []float64 // ascending, each once
	Y []float64
}

// Isotonic finds the function that never falls and lies closest to the points.
//
// Question: what share left at each score, if a higher score may not mean fewer?
//
// Input: points x, y, in any order, read only; weights > 0, nil: 1 each.
//
// Formula: min Σ w (y − f(x))² over all f that do not fall, by pooling
// neighbours that fall into their mean (PAV). Points of one x are one point.
//
// Output: Steps with one X for every x that differs.
//
// Errors: no points, lengths that differ, values not finite, weights not above 0.
//
// Not for chances of new cases near the ends: the first and last steps are 0 and
// 1 too often (VennAbers).
//
// Source: Ayer, Brunk, Ewing, Reid, Silverman (1955), Annals of Mathematical
// Statistics 26(4). See TestIsotonic.
func Isotonic(x, y, weights []float64) (Steps, error) {
	points, err := merged(x, y, weights)
	if err != nil {
		return Steps{}, err
	}
	values := pool(points)
	s := Steps{Y: values}
	for _, p := range points {
		s.X = append(s.X, p.x)
	}
	return s, nil
}

// At is the step at x; below the first X that of the first.
func (s Steps) At(x float64) float64 {
	at, found := slices.BinarySearch(s.X, x)
	if !found && at > 0 {
		at--
	}
	return s.Y[at]
}

// A mass is all that lies at one x: the weight there and its sum of y.
type mass struct{ x, weight, sum float64 }

// merged sorts points by x and adds up those of one x.
func merged(x, y, weights []float64) ([]mass, error) {
	n := len(x)
	if n == 0 || len(y) != n || weights != nil && len(weights) != n {
		return nil, &stat.InputError{Row: stat.NoRow, Field: "x", Value: float64(n), Why: "none, or not as many as the rest"}
	}
	all, plain := make([]mass, n), true
	for i := range x {
		w := 1.0
		if weights != nil {
			w = weights[i]
		}
		switch {
		case !stat.Finite(x[i]):
			return nil, &stat.InputError{Row: i, Field: "x", Value: x[i], Why: "not a finite number"}
		case !stat.Finite(y[i]):
			return nil, &stat.InputError{Row: i, Field: "y", Value: y[i], Why: "not a finite number"}
		case !stat.Finite(w) || w <= 0:
			return nil, &stat.InputError{Row: i, Field: "weights", Value: w, Why: "not a finite number above 0"}
		}
		all[i] = mass{x[i], w, w * y[i]}
		plain = plain && w == 1 && (y[i] == 0 || y[i] == 1)
	}
	if plain { // sums of ones are the same in any order
		for i, p := range ascendingPlaces(x) {
			all[i] = mass{x[p.at], 1, y[p.at]}
		}
	} else { // sorted by all three, so that the sums do not depend on the order given
		slices.SortFunc(all, func(a, b mass) int {
			return cmp.Or(cmp.Compare(a.x, b.x), cmp.Compare(a.weight, b.weight), cmp.Compare(a.sum, b.sum))
		})
	}
	points := all[:1]
	for _, m := range all[1:] {
		if last := &points[len(points)-1]; m.x == last.x {
			last.weight += m.weight
			last.sum += m.sum
		} else {
			points = append(points, m)
		}
	}
	return points, nil
}

// pool is the isotonic fit of points sorted by x, one value each.
func pool(points []mass) []float64 {
	type block struct {
		weight, sum float64
		n           int
	}
	var blocks []block
	for _, p := range points {
		b := block{p.weight, p.sum, 1}
		for len(blocks) > 0 {
			last := blocks[len(blocks)-1]
			if last.sum*b.weight < b.sum*last.weight {
				break
			}
			b = block{b.weight + last.weight, b.sum + last.sum, b.n + last.n}
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	values := make([]float64, 0, len(points))
	for _, b := range blocks {
		for range b.n {
			values = append(values, b.sum/b.weight)
		}
	}
	return values
}
