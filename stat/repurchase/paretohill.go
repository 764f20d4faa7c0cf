package repurchase

import (
	"math"

	"behold/stat"
)

// A paretoHill is the log-likelihood of the Pareto/NBD over ln r, ln α, ln s,
// ln β and, with covariates z, over coefficients: those of buying (α_i =
// α e^{−γz}), then those of leaving (β_i = β e^{−γz}).
type paretoHill struct {
	buyers  []Buyer
	z       [][]float64 // of each buyer; nil without covariates
	counts  []float64
	of      []int32
	scale   float64
	age     float64 // mean T
	rules   rules
	factors int // covariates
}

func newParetoHill(gathered []Buyer, z [][]float64, scale float64, rules rules) *paretoHill {
	h := &paretoHill{buyers: gathered, z: z, scale: scale, rules: rules}
	h.counts, _, h.of = countsOf(gathered)
	total := 0.0
	for _, b := range gathered {
		h.age += b.Weight * b.Age
		total += b.Weight
	}
	if h.age /= total; !(h.age > 0) {
		h.age = scale
	}
	if len(z) > 0 {
		h.factors = len(z[0])
	}
	return h
}

// on is the same hill of other buyers.
func (h *paretoHill) on(buyers []Buyer, z [][]float64) hill {
	return newParetoHill(buyers, z, h.scale, h.rules)
}

func (h *paretoHill) rows() int { return len(h.buyers) }

func (h *paretoHill) coarse(rows int) hill {
	if h.factors == 0 {
		return newParetoHill(coarse(h.buyers, rows), nil, h.scale, roughRules())
	}
	stride := len(h.buyers) / rows
	var z [][]float64
	for i := stride / 2; i < len(h.z); i += stride {
		z = append(z, h.z[i])
	}
	return newParetoHill(everySoMany(h.buyers, stride), z, h.scale, roughRules())
}

func (h *paretoHill) middle() []float64 {
	middle := make([]float64, 4+2*h.factors)
	middle[1], middle[3] = math.Log(h.scale), math.Log(h.age)
	return middle
}

func (h *paretoHill) starts() [][]float64 {
	return [][]float64{h.start(1, h.scale, 0.6, h.age/2), h.start(0.5, h.scale, 2, 5*h.age)}
}

func (h *paretoHill) start(r, alpha, s, beta float64) []float64 {
	at := make([]float64, 4+2*h.factors)
	at[0], at[1], at[2], at[3] = math.Log(r), math.Log(alpha), math.Log(s), math.Log(beta)
	return at
}

// other is leaving that differs much, where the search found that it does not,
// and the other way round.
func (h *paretoHill) other(at []float64) []float64 {
	away := append([]float64(nil), at...)
	switch {
	case at[2] > runaway/2:
		away[2], away[3] = math.Log(0.05), math.Log(h.age)
	case at[2] < -runaway/2:
		away[2], away[3] = math.Log(5), math.Log(1e4*h.age)
	default:
		return nil
	}
	return away
}

// A leaveTime is the likelihood of one history without the factor
// Γ(r+x)/Γ(r)·α^r·β^s, with R = r+x:
//
//	(α+T)^−R (β+T)^−s + ∫_{t_x}^T s (α+y)^−R (β+y)^−(s+1) dy
//
// where y is when the customer left. Both are given over the common factor
// (α+t_x)^−R (β+t_x)^−s, and so can only underflow where they do not matter.
type leaveTime struct {
	early, late           float64 // t_x, T
	after, alpha, s, beta float64 // R, α, s, β
}

// A stretch is the integral made ready: with y = t_x + c(e^w − 1) and
// c = min(α,β) + t_x the logarithm of the integrand is concave in w, and one of
// ln((α+y)/(α+t_x)) and ln((β+y)/(β+t_x)) is w itself. It is cut where it has
// fallen by e^−40 (see TestStress and TestParetoDyadic).
type stretch struct {
	a, b, c float64 // α+t_x, β+t_x and the smaller of them
	width   float64 // of w
	front   float64 // before the weights of the nodes
	depth   float64 // how far the logarithm falls
}

// stretch is false where there is no time for leaving.
func (l leaveTime) stretch() (stretch, bool) {
	t := stretch{a: l.alpha + l.early, b: l.beta + l.early}
	t.c = math.Min(t.a, t.b)
	t.width = math.Log1p((l.late - l.early) / t.c)
	if t.width <= 0 {
		return t, false
	}
	const enough = 40
	if steep := l.after*t.c/t.a + (l.s+1)*t.c/t.b - 1; steep*t.width > enough {
		t.width = enough / steep
	}
	t.depth = l.fall(&t, t.width)
	if t.depth > 1.2*enough {
		low := 0.0
		for range 12 {
			middle := (low + t.width) / 2
			switch deep := l.fall(&t, middle); {
			case deep < enough:
				low = middle
			case deep > 1.2*enough:
				t.width = middle
			default:
				low, t.width = middle, middle
			}
			if low == t.width {
				break
			}
		}
		t.depth = l.fall(&t, t.width)
	}
	t.front = l.s * t.c / t.b * t.width
	return t, true
}

// fall is how far the logarithm of the integrand has fallen at w.
func (l leaveTime) fall(t *stretch, w float64) float64 {
	since := t.c * math.Expm1(w)
	if t.a <= t.b {
		return l.after*w + (l.s+1)*math.Log1p(since/t.b) - w
	}
	return l.after*math.Log1p(since/t.a) + (l.s+1)*w - w
}

// growths is e^w at the nodes, which come in pairs about the middle: one
// exponential serves two. No rule has more than 24.
func (t *stretch) growths(nodes []node) (growth [24]float64) {
	middle, last := math.Exp(t.width/2), len(nodes)-1
	for i, n := range nodes[:len(nodes)/2] {
		aside := math.Exp(t.width * (0.5 - n.at))
		growth[i], growth[last-i] = middle/aside, middle*aside
	}
	return growth
}

// logs is the two logarithms at w, and y − t_x. They may be off by rounding of
// 1, as they stand in exponents only.
func (t *stretch) logs(w, growth float64) (logA, logB, since float64) {
	since = t.c * (growth - 1)
	if t.a <= t.b {
		return w, math.Log(1 + since/t.b), since
	}
	return math.Log(1 + since/t.a), w, since
}

// gone is the integral over the common factor.
func (l leaveTime) gone(rules *rules) (sum float64) {
	t, some := l.stretch()
	if !some {
		return 0
	}
	nodes := rules.choose(t.depth+2*t.width, t.width)
	growth := t.growths(nodes)
	for i, n := range nodes {
		logA, logB, _ := t.logs(t.width*n.at, growth[i])
		sum += n.weight * growth[i] * math.Exp(-l.after*logA-(l.s+1)*logB)
	}
	return t.front * sum
}

// leftMoments are means over the moment of leaving, times the integral: of
// A = ln((α+y)/(α+t_x)), B likewise with β, I = 1/(α+y), J = 1/(β+y), and of
// their products.
type leftMoments struct {
	total, a, i, b, j                      float64
	aa, ai, ii, ab, ib, bb, aj, ij, bj, jj float64
}

func (l leaveTime) left(rules *rules) (m leftMoments) {
	t, some := l.stretch()
	if !some {
		return m
	}
	nodes := rules.choose(t.depth+2*t.width, t.width)
	growth := t.growths(nodes)
	for k, n := range nodes {
		a, b, since := t.logs(t.width*n.at, growth[k])
		i, j := 1/(t.a+since), 1/(t.b+since)
		share := t.front * n.weight * growth[k] * math.Exp(-l.after*a-(l.s+1)*b)
		sa, si, sb, sj := share*a, share*i, share*b, share*j
		m.total += share
		m.a += sa
		m.i += si
		m.b += sb
		m.j += sj
		m.aa += sa * a
		m.ai += sa * i
		m.ii += si * i
		m.ab += sa * b
		m.ib += si * b
		m.bb += sb * b
		m.aj += sa * j
		m.ij += si * j
		m.bj += sb * j
		m.jj += sj * j
	}
	return m
}

// stay is the first term over the common factor.
func (l leaveTime) stay() (share, logA, logB float64) {
	silence := l.late - l.early
	logA, logB = math.Log1p(silence/(l.alpha+l.early)), math.Log1p(silence/(l.beta+l.early))
	return math.Exp(-l.after*logA - l.s*logB), logA, logB
}

// value is ln of the sum of both terms, and the share of the first.
func (l leaveTime) value(rules *rules) (log, alive float64) {
	stay, _, _ := l.stay()
	gone := l.gone(rules)
	common := -l.after*math.Log(l.alpha+l.early) - l.s*math.Log(l.beta+l.early)
	if total := stay + gone; total > 0 {
		return common + math.Log(total), stay / total
	}
	return common + math.Log(math.SmallestNonzeroFloat64), 0
}

// slopes is ln of the sum with its derivatives by R, α, s, β: the sum is a
// mixture over y and over staying, so they are means and covariances of what
// one case gives, −A, −R·I, −B + 1/s, −(s+1)·J; of staying −A, −R·I, −B, −s·J.
func (l leaveTime) slopes(rules *rules) (value float64, g [4]float64, h [10]float64) {
	a, b := l.alpha+l.early, l.beta+l.early
	stay, logA, logB := l.stay()
	ia, ib := 1/(l.alpha+l.late), 1/(l.beta+l.late)
	var sum mixed
	sum.add(stay, &[4]float64{-logA, -l.after * ia, -logB, -l.s * ib})
	sum.bend[alphaR] -= stay * ia
	sum.bend[alphaAlpha] += stay * l.after * ia * ia
	sum.bend[betaS] -= stay * ib
	sum.bend[betaBeta] += stay * l.s * ib * ib
	left := l.left(rules)
	l.addLeft(&sum, &left)
	total, g, h := sum.settle()
	logEarlyA, logEarlyB := math.Log(a), math.Log(b)
	g[0] -= logEarlyA
	g[2] -= logEarlyB
	return math.Log(total) - l.after*logEarlyA - l.s*logEarlyB, g, h
}

// addLeft adds the case of having left, its second derivatives included.
func (l leaveTime) addLeft(sum *mixed, m *leftMoments) {
	r, s, s1 := l.after, l.s, l.s+1
	sum.total += m.total
	sum.slope[0] -= m.a
	sum.slope[1] -= r * m.i
	sum.slope[2] += m.total/s - m.b
	sum.slope[3] -= s1 * m.j
	for i, v := range [10]float64{
		rr: m.aa, alphaR: r*m.ai - m.i, alphaAlpha: r * (r + 1) * m.ii,
		sR: m.ab - m.a/s, sAlpha: r * (m.ib - m.i/s), sS: m.bb - 2*m.b/s,
		betaR: s1 * m.aj, betaAlpha: r * s1 * m.ij, betaS: s1*(m.bj-m.j/s) - m.j, betaBeta: s1 * (s1 + 1) * m.jj,
	} {
		sum.bend[i] += v
	}
}

// A riseTable is ln Γ(r+x) − ln Γ(r) with its two derivatives by r.
type riseTable struct{ value, slope, bend float64 }

func (h *paretoHill) look(at []float64) view {
	r, s := math.Exp(at[0]), math.Exp(at[2])
	tables := make([]riseTable, len(h.counts))
	for i, x := range h.counts {
		tables[i].value = stat.LogRising(r, x)
		tables[i].slope, tables[i].bend = digammaSteps(r, x)
	}
	n := len(at)
	sums := stat.BlockSums(stat.Split{N: len(h.buyers), Size: fitBlock / 4, Width: 1 + n + n*n}, func(lo, hi int, sums []float64) {
		of, factor := make([]int, n), make([]float64, n)
		for i := range 4 {
			of[i], factor[i] = i, 1
		}
		for i := lo; i < hi; i++ {
			logAlpha, logBeta := at[1], at[3]
			for j := range h.factors {
				z := h.z[i][j]
				logAlpha -= z * at[4+j]
				logBeta -= z * at[4+h.factors+j]
				of[4+j], factor[4+j] = 1, -z
				of[4+h.factors+j], factor[4+h.factors+j] = 3, -z
			}
			one := h.row(i, &tables[h.of[i]], [4]float64{r, math.Exp(logAlpha), s, math.Exp(logBeta)})
			w := h.buyers[i].Weight
			sums[0] += w * one.value
			for c, base := range of {
				sums[1+c] += w * factor[c] * one.gradient[base]
				for d := range c + 1 {
					sums[1+n+c*n+d] += w * factor[c] * factor[d] * one.bend[base*4+of[d]]
				}
			}
		}
	})
	v := view{value: sums[0], gradient: sums[1 : 1+n : 1+n], bend: sums[1+n:]}
	for c := range n {
		for d := range c {
			v.bend[d*n+c] = v.bend[c*n+d]
		}
	}
	return v
}

// A rowView is a view of one history, over the logarithms of its own four
// parameters.
type rowView struct {
	value    float64
	gradient [4]float64
	bend     [16]float64
}

func (h *paretoHill) row(i int, t *riseTable, p [4]float64) (v rowView) {
	b := &h.buyers[i]
	value, g, bend := leaveTime{b.Last, b.Age, p[0] + b.Repeats, p[1], p[2], p[3]}.slopes(&h.rules)
	logAlpha, logBeta := math.Log(p[1]), math.Log(p[3])
	v.value = value + t.value + p[0]*logAlpha + p[2]*logBeta
	g[0] += t.slope + logAlpha
	g[1] += p[0] / p[1]
	g[2] += logBeta
	g[3] += p[2] / p[3]
	bend[rr] += t.bend
	bend[alphaR] += 1 / p[1]
	bend[alphaAlpha] -= p[0] / (p[1] * p[1])
	bend[betaS] += 1 / p[3]
	bend[betaBeta] -= p[2] / (p[3] * p[3])
	at := 0
	for i, pi := range p {
		v.gradient[i] = pi * g[i]
		for j, pj := range p[:i+1] {
			one := pi * pj * bend[at]
			if i == j {
				one += v.gradient[i]
			}
			v.bend[i*4+j], v.bend[j*4+i] = one, one
			at++
		}
	}
	return v
}
