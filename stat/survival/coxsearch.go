package survival

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// A coxFit is where the search ended.
type coxFit struct {
	at         *coxPass
	inverse    *mat.SymDense // of the information with the prior
	null       float64       // log-likelihood at β = 0
	score      float64       // test at β = 0
	separated  []bool        // by column: β runs away
	iterations int
	caveats    []stat.Caveat
}

// search climbs from β = 0.
func (d *coxData) search(maxIterations int) *coxFit {
	at := d.pass(make([]float64, len(d.columns)))
	f := &coxFit{at: at, null: at.loglik}
	info := d.information(at, nil)
	if caveats := d.dropDependent(info); len(caveats) > 0 {
		f.caveats = caveats
		f.at = d.pass(make([]float64, len(d.columns)))
		info = d.information(f.at, nil)
	}
	if len(d.columns) == 0 {
		return f
	}
	f.score = quadratic(info, f.at.gradient)
	start := invert(info, d.prior)
	d.climb(f, info, maxIterations)
	f.findSeparated(start, d)
	return f
}

// dropDependent drops columns about which those at risk tell nothing beside
// the columns before them. A prior tells apart what the data do not.
func (d *coxData) dropDependent(info *mat.SymDense) (caveats []stat.Caveat) {
	p := len(d.columns)
	full := mat.NewSymDense(max(p, 1), nil)
	var told []int
	for a := range p {
		// Scaled, a column's information is about the number who left.
		if info.At(a, a) > 1e-12*d.left {
			told = append(told, a)
			continue
		}
		caveats = append(caveats, stat.Caveat{Code: "constant", Count: d.columns[a], Value: d.mean[a]})
	}
	full.CopySym(info)
	for a := range p {
		full.SetSym(a, a, info.At(a, a)+d.prior[a])
	}
	var kept []int
	if len(told) > 0 {
		for _, i := range independent(submatrix(full, told), 1e-10) {
			kept = append(kept, told[i])
		}
	}
	for i, next := 0, 0; i < len(told); i++ {
		if next < len(kept) && kept[next] == told[i] {
			next++
			continue
		}
		caveats = append(caveats, stat.Caveat{Code: "collinear", Count: d.columns[told[i]]})
	}
	if len(kept) < p {
		d.keep(kept)
	}
	return caveats
}

// climb takes Newton steps until one promises next to nothing.
func (d *coxData) climb(f *coxFit, info *mat.SymDense, maxIterations int) {
	promised := math.Inf(1)
	for f.iterations < maxIterations && promised > settled {
		f.iterations++
		slope := d.slope(f.at)
		step := newtonStep(invert(info, d.prior), slope)
		promised = 0
		for a := range step {
			promised += slope[a] * step[a] / 2
		}
		next := d.halve(f.at, step)
		if next == nil {
			break
		}
		f.at = next
		info = d.information(f.at, nil)
	}
	f.inverse = invert(info, d.prior)
	f.caveats = append(f.caveats, unsettled(f.iterations, promised)...)
}

// slope is the gradient of likelihood and prior.
func (d *coxData) slope(s *coxPass) []float64 {
	slope := make([]float64, len(s.beta))
	for a := range slope {
		slope[a] = s.gradient[a] - d.prior[a]*s.beta[a]
	}
	return slope
}

func (d *coxData) height(s *coxPass) float64 {
	height := s.loglik
	for a, b := range s.beta {
		height -= d.prior[a] * b * b / 2
	}
	return height
}

// halve goes along the step, or a half, a quarter … of it, to where the
// likelihood does not fall; nil when it falls everywhere.
func (d *coxData) halve(from *coxPass, step []float64) *coxPass {
	height := d.height(from)
	for length := 1.0; length > 1e-6; length /= 2 {
		beta := make([]float64, len(step))
		for a := range beta {
			beta[a] = from.beta[a] + length*step[a]
		}
		next := d.pass(beta)
		if d.height(next) >= height-1e-12*math.Abs(height) && next.usable() {
			return next
		}
	}
	return nil
}

// usable says whether no sum has under- or overflowed.
func (s *coxPass) usable() bool {
	if !finite(s.loglik) {
		return false
	}
	for _, g := range s.gradient {
		if !finite(g) {
			return false
		}
	}
	for _, t := range s.sums {
		if !finite(t.a2 + t.c2) {
			return false
		}
	}
	return true
}

// separation is by how much the variance of a coefficient must have grown
// since β = 0 to count as running away. Real effects, however strong, stay
// some orders of magnitude below.
const separation = 1e5

func (f *coxFit) findSeparated(start *mat.SymDense, d *coxData) {
	f.separated = make([]bool, len(d.columns))
	for a, j := range d.columns {
		if f.inverse.At(a, a) > separation*start.At(a, a) {
			f.separated[a] = true
			f.caveats = append(f.caveats, stat.Caveat{Code: "separation", Count: j, Value: f.at.beta[a] / d.scale[a]})
		}
	}
}
