package repurchase

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// ValueOptions say how purchases to come are counted. All in the unit of time
// of the buyers.
type ValueOptions struct {
	Discount float64 // δ, per unit of time, continuous: ln(1+d)/365 for d a year and days; > 0
	Horizon  float64 // N', how far ahead; 0 or +Inf means for ever
}

// Residual is the discounted number of purchases still to come if the customer
// is with us now; times Alive it is what is to be expected of the customer.
//
// Question: what is lost, in purchases, if this one leaves now?
//
// Model, with φ = (kμ/(kμ+δ))^k the discount over one gap,
//
//	φ_s = e^{δs} φ Q(k, (kμ+δ)s) / Q(k, kμs)          over the rest of this gap
//	D   = E[ φ_s / (1 − (1−p)φ) · (1 − e^{−(δ+pμ)N'}) ]
//
// over p ~ Beta(a, b+x+1) and μ ~ Gamma(r+kx, α+k t_x) reweighted by
// Q(k, kμs); for a mixture the two heaviest shapes, given the silence too. The
// factor of the horizon is exact for k = 1 and an approximation else.
//
// Method: with ν = (α+k t_x)μ and v = ks/(α+k t_x) the reweighted density is
// ν^{r+kx−1} e^{−ν(1+v)} times the slowly growing e^{νv} Q(k, νv), so that ten
// Gauss-Laguerre nodes in ν(1+v) answer to about 1e-4 however long the
// silence; over p the trapezoid rule in ln(p/(1−p)). (The rule of METHODS 2.5,
// nodes of equal probability before the reweighting, is 1 % off at 64 × 32 and
// has no node left where it matters for long silences.)
//
// Source: Fader, Hardie, Lee (2005) for the idea of residual transactions. See
// TestResidualTable (the table of METHODS 14.1) and TestResidualSimulated.
func (m Mixture) Residual(b Buyer, opt ValueOptions) float64 {
	if field, _, _ := b.fault(); field != "" || !(opt.Discount > 0) || opt.Horizon < 0 {
		return math.NaN()
	}
	one := m.single(b)
	share := shareNodes(m.A, m.B+b.Repeats+1)
	heavy := heaviest(one)
	sum, weight := 0.0, 0.0
	for _, g := range heavy {
		h, w := one.shapes[g], one.w[g]*one.shapes[g].silence(m, b, b.Silence())
		if w <= 0 && len(heavy) > 1 {
			continue
		}
		w = math.Max(w, floorSilence)
		sum += w * h.residual(m, b, laguerre(h.after), func(mu, phi float64) float64 {
			return later(mu, phi, share, opt)
		}, opt.Discount)
		weight += w
	}
	return sum / weight
}

// heaviest are the one or two shapes most likely given also the silence.
func heaviest(one single) []int {
	first, second := -1, -1
	var top, next float64
	for g, h := range one.shapes {
		w := one.w[g] * h.silence(one.m, one.b, one.b.Silence())
		switch {
		case first < 0 || w > top:
			first, top, second, next = g, w, first, top
		case second < 0 || w > next:
			second, next = g, w
		}
	}
	if second < 0 || next <= 0 {
		return []int{first}
	}
	return []int{first, second}
}

// residual is D for one shape; after gives E over p of all that follows the
// next purchase.
func (h rhythm) residual(m Mixture, b Buyer, nodes []node, after func(mu, phi float64) float64, discount float64) float64 {
	rate := m.Alpha + h.k*b.Last
	s := b.Silence()
	v := h.k * s / rate
	sum, weight := 0.0, 0.0
	for _, y := range nodes {
		nu := y.at / (1 + v)
		mu := nu / rate
		z := nu * v
		here := stat.LogScaledUpperGamma(h.k, z)
		logPhi := -h.k * math.Log1p(discount/(h.k*mu))
		phiS := math.Exp(logPhi + stat.LogScaledUpperGamma(h.k, z+discount*s) - here)
		w := y.weight * math.Exp(here)
		weight += w
		sum += w * phiS * after(mu, math.Exp(logPhi))
	}
	return sum / weight
}

// later is E over p of (1 − e^{−(δ+pμ)N'})/(1 − (1−p)φ).
func later(mu, phi float64, share []node, opt ValueOptions) float64 {
	endless := opt.Horizon == 0 || math.IsInf(opt.Horizon, 1)
	// 1 − φ without the loss of digits where gaps are short against 1/δ.
	sum := 0.0
	for _, p := range share {
		part := 1.0
		if !endless {
			part = -math.Expm1(-(opt.Discount + p.at*mu) * opt.Horizon)
		}
		sum += p.weight * part / (1 - phi + p.at*phi)
	}
	return sum
}

// A node is a place and a weight; the weights of a rule sum to 1.
type node struct{ at, weight float64 }

const (
	laguerreNodes = 10
	shareSteps    = 32
)

// laguerre is the Gauss rule for Gamma(shape, 1), from the eigenvalues of the
// recurrence of the Laguerre polynomials (Golub, Welsch 1969).
func laguerre(shape float64) []node {
	n := laguerreNodes
	jacobi := mat.NewSymDense(n, nil)
	for i := range n {
		f := float64(i)
		jacobi.SetSym(i, i, 2*f+shape)
		if i > 0 {
			jacobi.SetSym(i, i-1, math.Sqrt(f*(f+shape-1)))
		}
	}
	var eigen mat.EigenSym
	eigen.Factorize(jacobi, true)
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	nodes := make([]node, n)
	for i, at := range eigen.Values(nil) {
		first := vectors.At(0, i)
		nodes[i] = node{at: math.Max(at, 0), weight: first * first}
	}
	return nodes
}

// shareNodes is a rule for Beta(a, b): the trapezoid rule over ln odds, which
// for so smooth a density errs by e^{−2π²/step}; what lies left of the first
// node, where p no longer matters, is put on it.
func shareNodes(a, b float64) []node {
	d := stat.NewBeta(a, b)
	low := math.Max(math.Log(d.Quantile(1e-6)), -23)
	high := -math.Log(stat.NewBeta(b, a).Quantile(1e-12))
	if !(high > low) {
		return []node{{at: 1 / (1 + math.Exp(-low)), weight: 1}}
	}
	step := (high - low) / (shareSteps - 1)
	nodes := make([]node, shareSteps)
	rest := 1.0
	for i := range nodes {
		t := low + float64(i)*step
		p := 1 / (1 + math.Exp(-t))
		nodes[i].at = p
		if i > 0 {
			nodes[i].weight = step * math.Exp(-a*math.Log1p(math.Exp(-t))-b*math.Log1p(math.Exp(t))-stat.LogBeta(a, b))
			rest -= nodes[i].weight
		}
	}
	nodes[0].weight = rest
	return nodes
}
