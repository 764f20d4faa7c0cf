package repurchase

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// The search stays where the special functions are at ease: logarithms of r, a
// and b, and of α over the median gap, within ±edge.
const edge = 16.0

// sampleRows is about how many histories the first, cheap climb looks at.
const sampleRows = 1500

// climb finds the maximum: first on every so-many-th history, then on all.
func (p *problem) climb(opt MixtureOptions) Mixture {
	at, shares := p.start(opt)
	if stride := len(p.buyers) / sampleRows; stride >= 3 && opt.Start == nil {
		rough := opt
		rough.Tolerance = 1e-3
		sample := p.sample(stride, opt)
		rise := sample.search(at, shares, rough)
		at, shares = rise.at, rise.shares
	}
	best := p.search(at, shares, opt)
	if math.Max(best.at[2], best.at[3]) > runaway {
		// The same leaving for all has won. Leaving at once or never, a and b
		// towards 0, is the other summit where hardly anybody leaves.
		other := best.at
		other[2], other[3] = math.Log(1e-5), math.Log(1e-3)
		if found := p.search(other, best.shares, opt); found.value > best.value {
			best = found
		}
	}
	return p.mixture(best, opt)
}

// runaway is the ln a or ln b beyond which the data no longer tell how leaving
// differs between customers.
const runaway = 7.0

func (p *problem) sample(stride int, opt MixtureOptions) *problem {
	var rows []Buyer
	for i := stride / 2; i < len(p.buyers); i += stride {
		rows = append(rows, p.buyers[i])
	}
	return newProblem(rows, opt, p.scale)
}

func (p *problem) start(opt MixtureOptions) (point, []float64) {
	at := point{0, math.Log(p.scale), math.Log(priorA), math.Log(priorB)}
	shares := make([]float64, len(p.shapes))
	for g := range shares {
		shares[g] = 1 / float64(len(shares))
	}
	if s := opt.Start; s != nil && s.R > 0 && s.Alpha > 0 && s.A > 0 && s.B > 0 {
		at = p.inside(point{math.Log(s.R), math.Log(s.Alpha), math.Log(s.A), math.Log(s.B)})
		if slices.Equal(s.Shapes, p.shapes) && len(s.Shares) == len(shares) {
			for g := range shares { // a share of 0 is hard to leave
				shares[g] = 0.99*s.Shares[g] + 0.01*shares[g]
			}
		}
	}
	return at, shares
}

func (p *problem) inside(at point) point {
	for i := range at {
		middle := p.middle(i)
		at[i] = math.Min(middle+edge, math.Max(middle-edge, at[i]))
	}
	return at
}

func (p *problem) middle(i int) float64 {
	if i == 1 {
		return math.Log(p.scale)
	}
	return 0
}

// A place is a point with the best shares there and what they are worth.
type place struct {
	at       point
	shares   []float64
	value    float64 // log-likelihood and priors
	gradient point
	promise  float64 // gain that the last step offered
	settled  bool
}

func (p *problem) visit(at point, shares []float64, opt MixtureOptions) place {
	p.look(at)
	here := place{at: at, shares: p.bestShares(shares, opt.Tolerance/10)}
	prior, slope := p.prior(at)
	here.value = p.logLikelihood(here.shares) + prior
	here.gradient = p.gradient(here.shares)
	for i := range slope {
		here.gradient[i] += slope[i]
	}
	return here
}

// search climbs by BFGS from the curvature that the scores give at the start.
// The gradient at the best shares is the gradient of the ridge itself, since
// there the shares have nothing more to gain.
func (p *problem) search(at point, shares []float64, opt MixtureOptions) place {
	here := p.visit(p.inside(at), shares, opt)
	inverse := p.inverseInformation(here.shares)
	fresh := true
	for range opt.MaxIterations {
		direction := p.ascent(here, inverse)
		here.promise = dot(direction, here.gradient) / 2
		if here.promise < math.Max(opt.Tolerance, p.noise(here)) {
			if fresh {
				here.settled = true
				return here
			}
			inverse, fresh = p.again(here, opt), true
			continue
		}
		next, ok := p.step(here, direction, opt)
		if !ok {
			if fresh {
				here.settled = here.promise < 1e3*math.Max(opt.Tolerance, p.noise(here))
				return here
			}
			inverse, fresh = p.again(here, opt), true
			continue
		}
		inverse, fresh = updated(inverse, here, next), false
		here = next
	}
	return here
}

// noise is about what rounding does to the value; no search can go below it.
func (p *problem) noise(here place) float64 {
	return 1e-14 * (math.Abs(here.value) + p.total)
}

// again looks anew at the curvature where the search stands.
func (p *problem) again(here place, opt MixtureOptions) [4]point {
	p.look(here.at)
	return p.inverseInformation(here.shares)
}

// ascent is the direction to go, with the parameters that stand at the end of
// their range and would leave it held fast. Holding one turns the inverse H
// into H − H·e·eᵀ·H/(eᵀHe), the inverse for the others alone.
func (p *problem) ascent(here place, inverse [4]point) point {
	direction := times(inverse, here.gradient)
	for range direction {
		held := -1
		for i, d := range direction {
			off := here.at[i] - p.middle(i)
			if off >= edge && d > 0 || off <= -edge && d < 0 {
				held = i
			}
		}
		if held < 0 {
			break
		}
		column, self := inverse[held], inverse[held][held]
		for i := range inverse {
			for j := range inverse[i] {
				inverse[i][j] -= column[i] * column[j] / self
			}
		}
		for i := range inverse {
			inverse[i][held], inverse[held][i] = 0, 0
		}
		direction = times(inverse, here.gradient)
	}
	return direction
}

// step goes along the direction, at most 2 in any logarithm, halving until the
// value has risen by a fair part of what the slope promised.
func (p *problem) step(here place, direction point, opt MixtureOptions) (place, bool) {
	length := 1.0
	for _, d := range direction {
		length = math.Min(length, 2/math.Max(2, math.Abs(d)))
	}
	for range 20 {
		at := here.at
		for i := range at {
			at[i] += length * direction[i]
		}
		next := p.visit(p.inside(at), here.shares, opt)
		gain := length * dot(direction, here.gradient)
		if next.value >= here.value+math.Max(1e-4*gain, p.noise(here)) {
			return next, true
		}
		length /= 3
	}
	return here, false
}

// inverseInformation is the inverse of the sum of the outer products of the
// scores (with the curvature of the priors), after the shares have been
// allowed to follow.
func (p *problem) inverseInformation(shares []float64) [4]point {
	n := 4 + len(shares)
	sums := stat.BlockSums(stat.Split{N: len(p.buyers), Size: fitBlock, Width: n * n}, func(lo, hi int, sums []float64) {
		row := make([]float64, n)
		p.scores(shares, lo, hi, func(i int, score point, share []float64) {
			copy(row, score[:])
			for g, v := range share {
				if row[4+g] = v - 1; shares[g] <= 0 {
					row[4+g] = 0
				}
			}
			for j, v := range row {
				for l := 0; l <= j; l++ {
					sums[j*n+l] += p.buyers[i].Weight * v * row[l]
				}
			}
		})
	})
	information := mat.NewSymDense(n, nil)
	for j := range n {
		for l := range j {
			information.SetSym(j, l, sums[j*n+l])
		}
		// Keeps the matrix definite where a parameter is flat or a share is out.
		information.SetSym(j, j, sums[j*n+j]*(1+1e-9)+1e-6*(1+p.total*1e-3))
	}
	if p.priors {
		const precision = 1 / (priorScaleSpread * priorScaleSpread)
		information.SetSym(0, 0, information.At(0, 0)+1+precision)
		information.SetSym(1, 1, information.At(1, 1)+precision)
		information.SetSym(1, 0, information.At(1, 0)-precision)
		information.SetSym(2, 2, information.At(2, 2)+1)
		information.SetSym(3, 3, information.At(3, 3)+1)
	}
	return invert(information)
}

func invert(information *mat.SymDense) (inverse [4]point) {
	var factor mat.Cholesky
	whole := mat.NewSymDense(information.SymmetricDim(), nil)
	if factor.Factorize(information) && factor.InverseTo(whole) == nil {
		for i := range inverse {
			for j := range inverse[i] {
				inverse[i][j] = whole.At(i, j)
			}
		}
		return inverse
	}
	for i := range inverse {
		inverse[i][i] = 1 / math.Max(information.At(i, i), 1e-6)
	}
	return inverse
}

// updated is the BFGS formula for the inverse (Nocedal, Wright 2006, 6.17);
// unchanged where the slope did not fall along the step.
func updated(inverse [4]point, from, to place) [4]point {
	var s, y point
	for i := range s {
		s[i] = to.at[i] - from.at[i]
		y[i] = from.gradient[i] - to.gradient[i]
	}
	sy := dot(s, y)
	if !(sy > 1e-12*math.Sqrt(dot(s, s)*dot(y, y))) {
		return inverse
	}
	hy := times(inverse, y)
	yhy := dot(y, hy)
	for i := range inverse {
		for j := range inverse[i] {
			inverse[i][j] += (1+yhy/sy)*s[i]*s[j]/sy - (hy[i]*s[j]+s[i]*hy[j])/sy
		}
	}
	return inverse
}

func times(m [4]point, v point) (out point) {
	for i := range m {
		out[i] = dot(m[i], v)
	}
	return out
}

func dot(a, b point) float64 {
	return a[0]*b[0] + a[1]*b[1] + a[2]*b[2] + a[3]*b[3]
}

func (p *problem) mixture(here place, opt MixtureOptions) Mixture {
	prior, _ := p.prior(here.at)
	m := Mixture{
		R: math.Exp(here.at[0]), Alpha: math.Exp(here.at[1]), A: math.Exp(here.at[2]), B: math.Exp(here.at[3]),
		Shapes: slices.Clone(p.shapes), Shares: here.shares, LogLikelihood: here.value - prior,
	}
	for i, v := range here.at {
		if math.Abs(v-p.middle(i)) >= edge {
			m.Caveats = append(m.Caveats, stat.Caveat{Code: "at-edge", Value: math.Exp(v)})
		}
	}
	if !here.settled {
		m.Caveats = append(m.Caveats, stat.Caveat{Code: "not-settled", Value: here.promise, Limit: opt.Tolerance})
	}
	return m
}
