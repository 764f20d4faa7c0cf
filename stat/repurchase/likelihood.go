package repurchase

import (
	"math"

	"behold/stat"
)

// Middle of the weak priors of a and b (METHODS 2.3, our judgement).
const (
	priorA = 0.7
	priorB = 3.0
	// priorScaleSpread is the standard deviation of ln(α/r) around the median gap.
	priorScaleSpread = 1.5
)

// fitBlock is how many histories one core adds up at a time.
const fitBlock = 1024

// A point is ln r, ln α, ln a, ln b: where the search stands.
type point [4]float64

// A problem is the data of one fit and the workspace of one look at it. Row i,
// shape g of the workspace lies at i·len(shapes)+g.
type problem struct {
	buyers []Buyer
	of     []int     // which of counts
	counts []float64 // the different x
	total  float64   // sum of the weights
	shapes []float64
	scale  float64 // median gap
	priors bool

	lik  []float64 // likelihood of the row under the shape, divided by e^base
	base []float64
	byR  []float64 // derivative of ln lik by r, by α
	byA  []float64
	byP  []float64 // and by ρ

	at     []countTable // by counts
	params [4]float64
}

// A countTable is what depends on x alone, at one point.
type countTable struct {
	logC float64 // ln B(a, b+x+1)/B(a, b)
	cByA float64 // its derivatives
	cByB float64
	rho  float64 // a/(b+x)
	of   []shapeTable
}

type shapeTable struct {
	beta  stat.BetaSlope
	front float64 // ln G without the terms in L and t_x
	rise  float64 // ψ(r+kx) − ψ(r)
}

func newProblem(folded []Buyer, opt MixtureOptions, scale float64) *problem {
	p := &problem{buyers: folded, shapes: opt.Shapes, scale: scale, priors: !opt.NoPriors}
	for i, b := range folded {
		if i == 0 || b.Repeats != folded[i-1].Repeats {
			p.counts = append(p.counts, b.Repeats)
		}
		p.of = append(p.of, len(p.counts)-1)
		p.total += b.Weight
	}
	cells := len(folded) * len(opt.Shapes)
	p.lik, p.byR, p.byA, p.byP = make([]float64, cells), make([]float64, cells), make([]float64, cells), make([]float64, cells)
	p.base = make([]float64, len(folded))
	p.at = make([]countTable, len(p.counts))
	return p
}

// look fills the workspace for a point.
func (p *problem) look(at point) {
	for i, v := range at {
		p.params[i] = math.Exp(v)
	}
	stat.Blocks(len(p.counts), 16, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			p.at[i] = p.table(p.counts[i])
		}
	})
	stat.Blocks(len(p.buyers), fitBlock/4, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			p.row(i)
		}
	})
}

func (p *problem) table(x float64) countTable {
	r, alpha, a, b := p.params[0], p.params[1], p.params[2], p.params[3]
	t := countTable{
		logC: stat.LogRising(b, x+1) - stat.LogRising(a+b, x+1),
		rho:  a / (b + x),
		of:   make([]shapeTable, len(p.shapes)),
	}
	t.cByA = -digammaRise(a+b, x+1)
	t.cByB = t.cByA + digammaRise(b, x+1)
	for g, k := range p.shapes {
		logGammaK, _ := math.Lgamma(k)
		t.of[g] = shapeTable{
			beta:  stat.NewBetaSlope(r+k*x, k),
			front: x*(k*math.Log(k)-logGammaK) + stat.LogRising(r, k*x) + r*math.Log(alpha),
			rise:  digammaRise(r, k*x),
		}
	}
	return t
}

// digammaRise is ψ(a+n) − ψ(a).
func digammaRise(a, n float64) float64 {
	if n == 0 {
		return 0
	}
	return stat.Digamma(a+n) - stat.Digamma(a)
}

// row is one history under every shape.
func (p *problem) row(i int) {
	b := &p.buyers[i]
	t := &p.at[p.of[i]]
	r, alpha := p.params[0], p.params[1]
	logAlpha := math.Log(alpha)
	s := b.Silence()
	first := i * len(p.shapes)
	lik := p.lik[first : first+len(p.shapes)]
	top := math.Inf(-1)
	for g, k := range p.shapes {
		h := &t.of[g]
		rate := alpha + k*b.Last
		logRate := math.Log(rate)
		odds := math.Inf(1)
		if s > 0 {
			odds = rate / (k * s)
		}
		cdf, byShape, byLogOdds := h.beta.At(odds)
		f := math.Max(cdf+t.rho, floorSilence)
		lik[g] = h.front + (k-1)*b.LogGaps - h.beta.A*logRate + math.Log(f)
		p.byR[first+g] = h.rise + logAlpha - logRate + byShape/f
		p.byA[first+g] = r/alpha - h.beta.A/rate + byLogOdds/(rate*f)
		p.byP[first+g] = 1 / f
		top = math.Max(top, lik[g])
	}
	for g := range lik {
		lik[g] = math.Exp(lik[g] - top)
	}
	p.base[i] = top + t.logC
}

// logLikelihood of the last look, with these shares.
func (p *problem) logLikelihood(shares []float64) float64 {
	return stat.BlockSums(stat.Split{N: len(p.buyers), Size: fitBlock, Width: 1}, func(lo, hi int, sums []float64) {
		for i := lo; i < hi; i++ {
			mixed := 0.0
			for g, share := range shares {
				mixed += share * p.lik[i*len(shares)+g]
			}
			sums[0] += p.buyers[i].Weight * (p.base[i] + math.Log(mixed))
		}
	})[0]
}

// scores calls use with the derivatives of ln likelihood of each row lo … hi
// by the four logarithms (score) and by the shares (share).
func (p *problem) scores(shares []float64, lo, hi int, use func(i int, score point, share []float64)) {
	part := make([]float64, len(shares))
	a, b := p.params[2], p.params[3]
	for i := lo; i < hi; i++ {
		mixed, byR, byA, byP := 0.0, 0.0, 0.0, 0.0
		first := i * len(shares)
		for g, share := range shares {
			w := share * p.lik[first+g]
			mixed += w
			byR += w * p.byR[first+g]
			byA += w * p.byA[first+g]
			byP += w * p.byP[first+g]
		}
		for g := range part {
			part[g] = p.lik[first+g] / mixed
		}
		t := &p.at[p.of[i]]
		x := p.buyers[i].Repeats
		byP /= mixed
		use(i, point{
			p.params[0] * byR / mixed, p.params[1] * byA / mixed,
			a * (t.cByA + byP/(b+x)), b * (t.cByB - byP*t.rho/(b+x)),
		}, part)
	}
}

// gradient of the log-likelihood of the last look by the four logarithms.
func (p *problem) gradient(shares []float64) (g point) {
	sums := stat.BlockSums(stat.Split{N: len(p.buyers), Size: fitBlock, Width: len(g)}, func(lo, hi int, sums []float64) {
		p.scores(shares, lo, hi, func(i int, score point, _ []float64) {
			for j, v := range score {
				sums[j] += p.buyers[i].Weight * v
			}
		})
	})
	copy(g[:], sums)
	return g
}

// prior is the logarithm of the priors, without constants, and its gradient.
func (p *problem) prior(at point) (value float64, g point) {
	if !p.priors {
		return 0, g
	}
	const precision = 1 / (priorScaleSpread * priorScaleSpread)
	scale := at[1] - at[0] - math.Log(p.scale)
	a, b := at[2]-math.Log(priorA), at[3]-math.Log(priorB)
	value = -(at[0]*at[0] + precision*scale*scale + a*a + b*b) / 2
	return value, point{-at[0] + precision*scale, -precision * scale, -a, -b}
}
