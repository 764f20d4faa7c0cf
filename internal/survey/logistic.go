package survey

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

func dot(a, b []float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

// ridgeLogistic fits P(yes) = logistic(β'x) with a N(0, 1) prior on every β but
// the first, which stands for a column of ones, by Newton. Strata have a column
// each: the prior, and not a reference, tells them from the ones.
func ridgeLogistic(rows [][]float64, yes []bool) []float64 {
	p := len(rows[0])
	coef := make([]float64, p)
	for range 30 {
		gradient, hessian := mat.NewVecDense(p, nil), mat.NewSymDense(p, nil)
		for i, x := range rows {
			at := logistic(dot(coef, x))
			rest := float64(count(yes[i])) - at
			for j := range p {
				gradient.SetVec(j, gradient.AtVec(j)+rest*x[j])
				for k := j; k < p; k++ {
					hessian.SetSym(j, k, hessian.At(j, k)+at*(1-at)*x[j]*x[k])
				}
			}
		}
		for j := range p {
			prior := 1.0
			if j == 0 {
				prior = 1e-3 // hardly any: only so that "all answered" has an end
			}
			gradient.SetVec(j, gradient.AtVec(j)-prior*coef[j])
			hessian.SetSym(j, j, hessian.At(j, j)+prior)
		}
		var chol mat.Cholesky
		step := mat.NewVecDense(p, nil)
		if !chol.Factorize(hessian) || chol.SolveVecTo(step, gradient) != nil {
			return coef
		}
		far := 0.0
		for j := range p {
			move := math.Max(-2, math.Min(2, step.AtVec(j)))
			coef[j] += move
			far = math.Max(far, math.Abs(move))
		}
		if far < 1e-8 {
			break
		}
	}
	return coef
}
