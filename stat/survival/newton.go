package survival

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// settled is the gain in log-likelihood below which a step is the last.
const settled = 1e-10

// newtonStep is the step to where the slope would vanish, with no column going
// more than five: columns are scaled, so that is e⁵ per standard deviation.
func newtonStep(inverse *mat.SymDense, slope []float64) []float64 {
	var step mat.VecDense
	step.MulVec(inverse, mat.NewVecDense(len(slope), slope))
	longest := 5.0
	for a := range slope {
		longest = math.Max(longest, math.Abs(step.AtVec(a)))
	}
	out := make([]float64, len(slope))
	for a := range out {
		out[a] = step.AtVec(a) * (5 / longest)
	}
	return out
}

// invert is the inverse of an information with the precisions of the prior.
// Far out on a likelihood that has no maximum the information vanishes; what is
// added then keeps the inverse finite; of nothing but rounding it is 0.
func invert(info *mat.SymDense, prior []float64) *mat.SymDense {
	p := len(prior)
	var inverse mat.SymDense
	for lift := 0.0; lift < 1e20; lift = math.Max(1e-13, lift*10) {
		full := mat.NewSymDense(p, nil)
		full.CopySym(info)
		for a := range p {
			full.SetSym(a, a, math.Max(0, info.At(a, a))*(1+lift)+prior[a]+lift*1e-3)
		}
		var chol mat.Cholesky
		if chol.Factorize(full) && chol.Cond() < 1e15 && chol.InverseTo(&inverse) == nil {
			return &inverse
		}
	}
	return mat.NewSymDense(p, nil)
}

// An ascent is a likelihood at one β with its first two derivatives.
type ascent struct {
	beta   []float64
	loglik float64
	slope  []float64     // without the prior
	info   *mat.SymDense // without the prior
}

// height is the likelihood with the prior.
func (s *ascent) height(prior []float64) float64 {
	height := s.loglik
	for a, b := range s.beta {
		height -= prior[a] * b * b / 2
	}
	return height
}

// climb takes Newton steps until one promises next to nothing.
func climb(pass func([]float64) *ascent, at *ascent, prior []float64, maxIterations int) (*ascent, int, float64) {
	promised := math.Inf(1)
	iterations := 0
	for iterations < maxIterations && promised > settled {
		iterations++
		slope := make([]float64, len(at.beta))
		for a := range slope {
			slope[a] = at.slope[a] - prior[a]*at.beta[a]
		}
		step := newtonStep(invert(at.info, prior), slope)
		promised = dot(slope, step) / 2
		next := halve(pass, at, prior, step)
		if next == nil {
			break
		}
		at = next
	}
	return at, iterations, promised
}

// halve goes along the step, or a half, a quarter … of it, to where the
// likelihood does not fall; nil when it falls everywhere.
func halve(pass func([]float64) *ascent, from *ascent, prior, step []float64) *ascent {
	height := from.height(prior)
	for length := 1.0; length > 1e-6; length /= 2 {
		beta := make([]float64, len(step))
		for a := range beta {
			beta[a] = from.beta[a] + length*step[a]
		}
		next := pass(beta)
		if h := next.height(prior); finite(h) && h >= height-1e-12*math.Abs(height) {
			return next
		}
	}
	return nil
}

// unsettled is the caveat of a search that ended before its time.
func unsettled(iterations int, promised float64) []stat.Caveat {
	if promised <= 1e-6 {
		return nil
	}
	return []stat.Caveat{{Code: "not-settled", Count: iterations, Value: promised, Limit: settled}}
}

// dropDependent drops the columns that the intercept and those before them
// make up. The intercept comes after the columns in info.
func dropDependent(d *design, info *mat.SymDense) (caveats []stat.Caveat) {
	p := len(d.columns)
	full := mat.NewSymDense(p+1, nil)
	full.SetSym(0, 0, info.At(p, p)) // the intercept comes before all
	for a := range p {
		full.SetSym(0, a+1, info.At(a, p))
		for b := a; b < p; b++ {
			full.SetSym(a+1, b+1, info.At(a, b))
		}
		full.SetSym(a+1, a+1, info.At(a, a)+d.prior[a])
	}
	var kept []int
	for _, k := range independent(full, 1e-10) {
		if k > 0 {
			kept = append(kept, k-1)
		}
	}
	for a, next := 0, 0; a < p; a++ {
		if next < len(kept) && kept[next] == a {
			next++
			continue
		}
		caveats = append(caveats, stat.Caveat{Code: "collinear", Count: d.columns[a]})
	}
	if len(kept) < p {
		d.keep(kept)
	}
	return caveats
}
