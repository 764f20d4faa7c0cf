package repurchase

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// A view is a log-likelihood with its slopes and its curvature at one point of
// the logarithms of the parameters.
type view struct {
	value    float64
	gradient []float64
	bend     []float64 // second derivatives, row by row
}

// A hill is a log-likelihood to be climbed, over unbounded coordinates.
type hill interface {
	look(at []float64) view
	rows() int                 // distinct histories
	coarse(rows int) hill      // about so many of them, and coarser where that is quicker
	middle() []float64         // the search stays within ±edge of it
	starts() [][]float64       // where to begin
	other([]float64) []float64 // the start of another summit where this one is suspect, or nil
}

// A summit is where a search ended.
type summit struct {
	at      []float64
	view    view
	promise float64 // gain that one more step offered
	settled bool
}

// scoutRows is about how many histories the several starts look at.
const scoutRows = 400

// climbHill finds the maximum: from every start on a few of the histories, from
// the best of them on more, and from there on all.
func climbHill(h hill, opt FitOptions) summit {
	prior := opt.prior()
	coarse := opt
	coarse.Tolerance = 1e-2
	rough, best := thinned(h, sampleRows), summit{}
	scout := thinned(rough, scoutRows)
	for _, start := range h.starts() {
		if found := ascend(prior.over(scout), start, coarse); best.at == nil || found.view.value > best.view.value {
			best = found
		}
	}
	if rough.rows() < h.rows() {
		best = ascend(prior.over(rough), best.at, coarse)
	}
	best = ascend(prior.over(h), best.at, opt)
	if start := h.other(best.at); start != nil {
		if found := ascend(prior.over(h), start, opt); found.view.value > best.view.value {
			best = found
		}
	}
	return best
}

// thinned is the hill of about so many histories, where that saves much.
func thinned(h hill, rows int) hill {
	if h.rows() >= 2*rows {
		return h.coarse(rows)
	}
	return h
}

// ascend climbs by Newton's steps with the exact curvature (Nocedal, Wright
// 2006, 3.4): directions that curve the wrong way or hardly at all are turned
// and floored, a step changes no logarithm by more than 1.5, and is halved
// until it helps. It ends when a step promises less than the tolerance, or
// less than rounding can show: slopes alone would ask too much of large sums.
func ascend(h hill, start []float64, opt FitOptions) summit {
	middle := h.middle()
	here := summit{at: inBox(start, middle)}
	here.view = lookFinite(h, here.at)
	for range opt.MaxIterations {
		direction := newtonStep(here, middle)
		here.promise = inner(direction, here.view.gradient) / 2
		if here.promise <= math.Max(opt.Tolerance, roundingOf(here.view.value)) {
			here.settled = true
			return here
		}
		next, ok := tryStep(h, here, direction)
		if !ok {
			here.settled = here.promise < 1e-6*(1+math.Abs(here.view.value)*1e-6)
			return here
		}
		here = next
	}
	return here
}

// lookFinite makes a place where a number overflows one that no step goes to.
func lookFinite(h hill, at []float64) view {
	v := h.look(at)
	total := v.value
	for _, slope := range v.gradient {
		total += slope
	}
	for _, bend := range v.bend {
		total += bend
	}
	if finite(total) {
		return v
	}
	return view{value: math.Inf(-1), gradient: make([]float64, len(at)), bend: make([]float64, len(at)*len(at))}
}

// roundingOf is about what rounding does to a sum of this size.
func roundingOf(value float64) float64 {
	return 1e-15 * math.Min(math.MaxFloat64, math.Abs(value))
}

const longestStep = 1.5

func tryStep(h hill, here summit, direction []float64) (summit, bool) {
	length, middle := 1.0, h.middle()
	for i, d := range direction {
		length = math.Min(length, longestStep/math.Max(longestStep, math.Abs(d)))
		if room := edge - math.Copysign(here.at[i]-middle[i], (here.at[i]-middle[i])*d); d != 0 && room > 1e-9 {
			length = math.Min(length, room/math.Abs(d))
		}
	}
	gain := inner(direction, here.view.gradient)
	for range 40 {
		at := make([]float64, len(here.at))
		for i := range at {
			at[i] = here.at[i] + length*direction[i]
		}
		next := summit{at: inBox(at, middle)}
		next.view = lookFinite(h, next.at)
		if next.view.value >= here.view.value+1e-4*length*gain-4*roundingOf(here.view.value) {
			return next, true
		}
		length /= 2
	}
	return here, false
}

// newtonStep leaves out the coordinates that stand at the end of their range
// and would leave it.
func newtonStep(here summit, middle []float64) []float64 {
	free := freeOf(here, middle)
	for {
		direction := stepAmong(here, free)
		inside := make([]int, 0, len(free))
		for _, i := range free {
			if end := endOf(here.at[i], middle[i]); end == 0 || end*direction[i] <= 0 {
				inside = append(inside, i)
			}
		}
		if len(inside) == len(free) {
			return direction
		}
		free = inside
	}
}

// stepAmong is the step of the free coordinates alone.
func stepAmong(here summit, free []int) []float64 {
	direction := make([]float64, len(here.at))
	values, vectors := curvatureOf(here.view, free)
	floor := 1e-12
	for _, v := range values {
		floor = math.Max(floor, 1e-12*math.Abs(v))
	}
	for e, value := range values {
		along := 0.0
		for i, at := range free {
			along += vectors.At(i, e) * here.view.gradient[at]
		}
		along /= math.Max(math.Abs(value), floor)
		for i, at := range free {
			direction[at] += along * vectors.At(i, e)
		}
	}
	return direction
}

// endOf is 1 at the upper end of the range, −1 at the lower, and else 0.
func endOf(at, middle float64) float64 {
	switch off := at - middle; {
	case off >= edge-1e-9:
		return 1
	case off <= 1e-9-edge:
		return -1
	}
	return 0
}

func freeOf(here summit, middle []float64) (free []int) {
	for i, at := range here.at {
		if end := endOf(at, middle[i]); end == 0 || end*here.view.gradient[i] < 0 {
			free = append(free, i)
		}
	}
	return free
}

// curvatureOf is the negative of the second derivatives of the free
// coordinates, as eigenvalues (rising) and eigenvectors.
func curvatureOf(v view, free []int) (values []float64, vectors *mat.Dense) {
	vectors = new(mat.Dense)
	if len(free) == 0 {
		return nil, vectors
	}
	n := len(v.gradient)
	minus := mat.NewSymDense(len(free), nil)
	for i, row := range free {
		for j, column := range free[:i+1] {
			minus.SetSym(i, j, -v.bend[row*n+column])
		}
	}
	var eigen mat.EigenSym
	eigen.Factorize(minus, true)
	eigen.VectorsTo(vectors)
	return eigen.Values(nil), vectors
}

func inBox(at, middle []float64) []float64 {
	in := make([]float64, len(at))
	for i, v := range at {
		in[i] = math.Min(middle[i]+edge, math.Max(middle[i]-edge, v))
	}
	return in
}

func inner(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}
