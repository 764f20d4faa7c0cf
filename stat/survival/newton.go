package survival

import (
	"math"

	"gonum.org/v1/gonum/mat"
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
