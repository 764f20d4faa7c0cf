package forecast

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// logisticData are rows of a logistic regression: width columns each, an
// outcome of 0 or 1, a weight, and a group with a level of its own.
type logisticData struct {
	x      []float64
	width  int
	y, w   []float64
	group  []int
	groups int
}

// A logisticFit is the maximum a posteriori, the groups' levels after the columns.
type logisticFit struct {
	coef []float64
	chol mat.Cholesky // of the negative second derivative
}

const (
	newtonSteps = 40
	newtonEnd   = 1e-8
	rowBlock    = 512
)

// fitLogistic maximises Σ w ln P(y) − ½ Σ precision (coef − mean)² by Newton
// steps, halved until they climb. The function is concave and the precisions are
// above 0, so that it always ends at the one maximum.
func fitLogistic(d logisticData, mean, precision []float64) logisticFit {
	p := d.width + d.groups
	fit := logisticFit{coef: append([]float64(nil), mean...)}
	value := d.value(fit.coef, mean, precision)
	for range newtonSteps {
		gradient, hessian := d.derivatives(fit.coef, mean, precision)
		if !fit.chol.Factorize(hessian) {
			break
		}
		step := mat.NewVecDense(p, nil)
		if fit.chol.SolveVecTo(step, gradient) != nil {
			break
		}
		gain := mat.Dot(step, gradient)
		next, better := value, fit.coef
		for size := 1.0; size > 1e-6; size /= 2 {
			try := append([]float64(nil), fit.coef...)
			for j := range try {
				try[j] += size * step.AtVec(j)
			}
			if v := d.value(try, mean, precision); v >= value {
				next, better = v, try
				break
			}
		}
		fit.coef, value = better, next
		if gain < newtonEnd*math.Max(1, math.Abs(value)) {
			break
		}
	}
	return fit
}

// at is the log-odds of row i.
func (d *logisticData) at(i int, coef []float64) float64 {
	sum := coef[d.width+d.group[i]]
	for j, v := range d.x[i*d.width : (i+1)*d.width] {
		sum += coef[j] * v
	}
	return sum
}

func (d *logisticData) value(coef, mean, precision []float64) float64 {
	sum := stat.BlockSums(stat.Split{N: len(d.y), Size: rowBlock, Width: 1}, func(lo, hi int, sums []float64) {
		for i := lo; i < hi; i++ {
			z := d.at(i, coef)
			if d.y[i] > 0 {
				z = -z
			}
			sums[0] -= d.w[i] * softplus(z)
		}
	})[0]
	for j, c := range coef {
		sum -= precision[j] * (c - mean[j]) * (c - mean[j]) / 2
	}
	return sum
}

// softplus is ln(1 + e^z), exact where e^z would overflow.
func softplus(z float64) float64 {
	if z > 0 {
		return z + math.Log1p(math.Exp(-z))
	}
	return math.Log1p(math.Exp(z))
}

// derivatives are the gradient and the negative second derivative.
func (d *logisticData) derivatives(coef, mean, precision []float64) (*mat.VecDense, *mat.SymDense) {
	p := d.width + d.groups
	sums := stat.BlockSums(stat.Split{N: len(d.y), Size: 4 * rowBlock, Width: p + p*p}, func(lo, hi int, sums []float64) {
		for i := lo; i < hi; i++ {
			d.addRow(i, coef, sums[:p], sums[p:])
		}
	})
	for j := range p {
		sums[j] -= precision[j] * (coef[j] - mean[j])
		sums[p+j*p+j] += precision[j]
	}
	// Only the lower triangle was summed; mat reads the upper one.
	for i := range p {
		for j := range i {
			sums[p+j*p+i] = sums[p+i*p+j]
		}
	}
	return mat.NewVecDense(p, sums[:p]), mat.NewSymDense(p, sums[p:])
}

func (d *logisticData) addRow(i int, coef, gradient, hessian []float64) {
	chance := logistic(d.at(i, coef))
	slope := d.w[i] * (d.y[i] - chance)
	bend := d.w[i] * chance * (1 - chance)
	row, p, g := d.x[i*d.width:(i+1)*d.width], len(gradient), d.width+d.group[i]
	for j, v := range row {
		gradient[j] += slope * v
		line := hessian[j*p : j*p+j+1]
		v *= bend
		for k, u := range row[:j+1] {
			line[k] += v * u
		}
		hessian[g*p+j] += v
	}
	gradient[g] += slope
	hessian[g*p+g] += bend
}

// covariance of the first n coefficients, row by row.
func (f *logisticFit) covariance(n int) []float64 {
	var all mat.SymDense
	cov := make([]float64, n*n)
	if f.chol.InverseTo(&all) != nil {
		return cov
	}
	for i := range n {
		for j := range n {
			cov[i*n+j] = all.At(i, j)
		}
	}
	return cov
}
