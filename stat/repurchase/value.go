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

func (o ValueOptions) inOrder() bool {
	return o.Discount > 0 && finite(o.Discount) && o.Horizon >= 0
}

func (o ValueOptions) endless() bool {
	return o.Horizon == 0 || math.IsInf(o.Horizon, 1)
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
// ν^{r+kx−1} e^{−ν(1+v)} times the slowly growing E(νv), E(z) = e^z Q(k, z).
// Some ten nodes in ν(1+v), of Gauss and Laguerre or for small r+kx at equal
// steps of the logarithm, therefore answer however long the silence; over p
// the trapezoid rule in ln(p/(1−p)). Together they err by less than 1e-3. (The rule of METHODS 2.5, nodes of equal
// probability before the reweighting, is 1 % off at 64 × 32, and for long
// silences has no node left where it matters.)
//
// Source: Fader, Hardie, Lee (2005) for the idea of residual transactions. See
// TestResidualTable (the table of METHODS 14.1), TestResidualAccurate and
// TestValueSimulated.
func (m Mixture) Residual(b Buyer, opt ValueOptions) float64 {
	if m.cannot(b) || !opt.inOrder() {
		return math.NaN()
	}
	one := m.single(b)
	one.knowValue(b.Repeats, opt)
	return one.residual(opt)
}

// What is coming, for one shape and x repeats.
type coming struct {
	nodes []rhythmNode // over ν(1+v)
	share []shareNode  // over p
	after *curve       // φ·E_p[…] over ln μ; nil when it is not worth one
	gamma *curve       // ln E over ln z, for k that is no whole number
}

// knowValue prepares residual.
func (c *crowd) knowValue(x float64, opt ValueOptions) {
	share := shareNodes(c.m.A, c.m.B+x+1, opt)
	for g := range c.shapes {
		h := &c.shapes[g]
		h.coming = coming{nodes: rhythmNodes(h.after), share: share}
	}
}

// keepValue puts what is coming into curves, for buyers at most age old.
func (c *crowd) keepValue(opt ValueOptions, age float64, gammas map[float64]*curve) {
	for g := range c.shapes {
		h := &c.shapes[g]
		h.coming.gamma = gammas[h.k]
		logAlpha := math.Log(c.m.Alpha)
		longest := math.Log1p(h.k*age/c.m.Alpha) + 0.01
		low := h.coming.nodes[0].log - longest - (logAlpha + longest)
		high := h.coming.nodes[len(h.coming.nodes)-1].log - logAlpha + 0.01
		h.coming.after = newCurve(low, high, 0.1, func(logMu float64) float64 {
			return h.coming.work(h.k, math.Exp(logMu), opt)
		})
	}
}

// afterNext is φ·E_p[…] for an expected rhythm μ.
func (c *coming) afterNext(k, logMu float64, opt ValueOptions) float64 {
	if c.after.holds(logMu) {
		value, _ := c.after.at(logMu)
		return value
	}
	return c.work(k, math.Exp(logMu), opt)
}

// work is φ·E over p of (1 − e^{−(δ+pμ)N'})/(1 − (1−p)φ).
func (c *coming) work(k, mu float64, opt ValueOptions) float64 {
	logPhi := -k * math.Log1p(opt.Discount/(k*mu))
	phi, gone := math.Exp(logPhi), -math.Expm1(logPhi)
	sum := 0.0
	for _, p := range c.share {
		part := 1.0
		if !opt.endless() {
			part = 1 - p.fade*math.Exp(-p.at*mu*opt.Horizon)
		}
		sum += p.weight * part / (gone + p.at*phi)
	}
	return phi * sum
}

// scaled is E(z) = e^z Q(k, z) at z and ln z.
func (c *coming) scaled(k, z float64) float64 {
	if whole := int(k); float64(whole) == k && whole <= 16 {
		sum, term := 1.0, 1.0
		for j := 1; j < whole; j++ {
			term *= z * reciprocals[j]
			sum += term
		}
		return sum
	}
	if c.gamma != nil {
		if logZ := math.Log(z); c.gamma.holds(logZ) {
			value, _ := c.gamma.at(logZ)
			return math.Exp(value)
		}
	}
	return math.Exp(stat.LogScaledUpperGamma(k, z))
}

var reciprocals = [16]float64{0, 1, 1. / 2, 1. / 3, 1. / 4, 1. / 5, 1. / 6, 1. / 7, 1. / 8,
	1. / 9, 1. / 10, 1. / 11, 1. / 12, 1. / 13, 1. / 14, 1. / 15}

// gammaCurve keeps ln E(z) over ln z for one k.
func gammaCurve(k float64) *curve {
	return newCurve(math.Log(1e-8), math.Log(1e5), 0.03, func(logZ float64) float64 {
		return stat.LogScaledUpperGamma(k, math.Exp(logZ))
	})
}

// residual is D over the two heaviest shapes; it needs knowValue.
func (s *single) residual(opt ValueOptions) float64 {
	t := s.b.Silence()
	first, second, top, next := 0, -1, math.Inf(-1), math.Inf(-1)
	for g := range s.shapes {
		weight := math.Inf(-1)
		if s.w[g] > 0 {
			weight = math.Log(s.w[g])
			if t > 0 {
				past, _ := s.shapes[g].logSilence(s.reach[g] - math.Log(t))
				weight += past
			}
		}
		if weight > top {
			first, top, second, next = g, weight, first, top
		} else if weight > next {
			second, next = g, weight
		}
	}
	d := s.residualOf(first, opt)
	if w := math.Exp(next - top); second >= 0 && w > 1e-9 {
		d = (d + w*s.residualOf(second, opt)) / (1 + w)
	}
	return d
}

// residualOf is D for one shape.
func (s *single) residualOf(g int, opt ValueOptions) float64 {
	h := &s.shapes[g]
	logRate := s.reach[g] + h.logK
	rate := s.m.Alpha + h.k*s.b.Last
	t := s.b.Silence()
	v := h.k * t / rate
	shift := logRate + math.Log1p(v)
	part, soon := v/(1+v), opt.Discount*t
	sum, weight := 0.0, 0.0
	for _, y := range h.coming.nodes {
		z := y.at * part
		weight += y.weight * h.coming.scaled(h.k, z)
		sum += y.weight * h.coming.scaled(h.k, z+soon) * h.coming.afterNext(h.k, y.log-shift, opt)
	}
	return sum / weight
}

// A rhythmNode is a place, its logarithm and a weight; weights sum to 1.
type rhythmNode struct{ at, log, weight float64 }

// rhythmNodes is a rule for Gamma(shape, 1). Below shape 2 so much lies close
// to 0, where φ bends like μ^k, that equal steps in the logarithm do better.
func rhythmNodes(shape float64) []rhythmNode {
	if shape < 2 {
		return logNodes(shape)
	}
	return laguerre(shape)
}

// logNodes is the trapezoid rule over ln ν; what lies left of the first node,
// where nothing is bought before the money is worth nothing, is put on it.
func logNodes(shape float64) []rhythmNode {
	const step, most, high = 0.7, 36, 3.7
	logGamma, _ := math.Lgamma(shape + 1)
	low := math.Max((math.Log(1e-7)+logGamma)/shape, high-most*step)
	nodes := make([]rhythmNode, int((high-low)/step)+1)
	rest := 1.0
	for i := range nodes {
		at := high - float64(len(nodes)-1-i)*step
		nodes[i] = rhythmNode{at: math.Exp(at), log: at}
		if i > 0 {
			nodes[i].weight = step * shape * math.Exp(shape*at-nodes[i].at-logGamma)
			rest -= nodes[i].weight
		}
	}
	nodes[0].weight = math.Max(0, rest)
	return nodes
}

const laguerreNodes = 10

// laguerre is the Gauss rule for Gamma(shape, 1), from the eigenvalues of the
// recurrence of the Laguerre polynomials (Golub, Welsch 1969).
func laguerre(shape float64) []rhythmNode {
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
	nodes := make([]rhythmNode, n)
	for i, at := range eigen.Values(nil) {
		first := vectors.At(0, i)
		at = math.Max(at, 1e-300)
		nodes[i] = rhythmNode{at: at, log: math.Log(at), weight: first * first}
	}
	return nodes
}

// A shareNode is a chance to leave and its weight; fade is e^{−δN'}.
type shareNode struct{ at, weight, fade float64 }

const shareSteps = 32

// shareNodes is a rule for Beta(a, b): the trapezoid rule over ln odds, which
// for so smooth a density errs by e^{−2π²/step}; what lies left of the first
// node, where p no longer matters, is put on it.
func shareNodes(a, b float64, opt ValueOptions) []shareNode {
	d := stat.NewBeta(a, b)
	fade := math.Exp(-opt.Discount * opt.Horizon)
	low := math.Max(math.Log(d.Quantile(1e-6)), -25)
	high := -math.Log(stat.NewBeta(b, a).Quantile(1e-12))
	if !(high > low) {
		return []shareNode{{at: 1 / (1 + math.Exp(-high)), weight: 1, fade: fade}}
	}
	step := (high - low) / (shareSteps - 1)
	nodes := make([]shareNode, shareSteps)
	rest := 1.0
	for i := range nodes {
		logOdds := low + float64(i)*step
		nodes[i] = shareNode{at: 1 / (1 + math.Exp(-logOdds)), fade: fade}
		if i > 0 {
			nodes[i].weight = step * math.Exp(d.LogDensity(math.Exp(logOdds)))
			rest -= nodes[i].weight
		}
	}
	nodes[0].weight = math.Max(0, rest)
	return nodes
}
