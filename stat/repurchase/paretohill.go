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

// each calls use for every node y of the integral, with its share of it, the
// logarithms of (α+y)/(α+t_x) and (β+y)/(β+t_x), and y − t_x.
//
// With y = t_x + c(e^w − 1), c = min(α,β) + t_x, the logarithm of the integrand
// is concave in w, and one of the two logarithms is w itself. It is cut where
// it has fallen by e^−40 (see TestStress and TestParetoDyadic). Logarithms may
// be off by rounding of 1, as they stand in exponents only.
func (l leaveTime) each(rules *rules, use func(share, logA, logB, since float64)) {
	a, b := l.alpha+l.early, l.beta+l.early
	c := math.Min(a, b)
	width := math.Log1p((l.late - l.early) / c)
	if width <= 0 {
		return
	}
	logs := func(w float64) (logA, logB, since float64) {
		since = c * math.Expm1(w)
		if a <= b {
			return w, math.Log1p(since / b), since
		}
		return math.Log1p(since / a), w, since
	}
	fall := func(w float64) float64 {
		logA, logB, _ := logs(w)
		return l.after*logA + (l.s+1)*logB - w
	}
	const enough = 40
	if steep := l.after*c/a + (l.s+1)*c/b - 1; steep*width > enough {
		width = enough / steep
	}
	depth := fall(width)
	if depth > 1.2*enough {
		low := 0.0
		for range 12 {
			middle := (low + width) / 2
			switch deep := fall(middle); {
			case deep < enough:
				low = middle
			case deep > 1.2*enough:
				width = middle
			default:
				low, width = middle, middle
			}
			if low == width {
				break
			}
		}
		depth = fall(width)
	}
	front := l.s * c / b * width
	at := func(n node, growth float64) { // growth is e^w
		w, since := width*n.at, c*(growth-1)
		logA, logB := w, w
		if a <= b {
			logB = math.Log(1 + since/b)
		} else {
			logA = math.Log(1 + since/a)
		}
		use(front*n.weight*growth*math.Exp(-l.after*logA-(l.s+1)*logB), logA, logB, since)
	}
	nodes := rules.choose(depth+2*width, width)
	// Nodes come in pairs about the middle, which one exponential serves.
	middle, last := math.Exp(width/2), len(nodes)-1
	for i, n := range nodes[:len(nodes)/2] {
		aside := math.Exp(width * (0.5 - n.at))
		at(n, middle/aside)
		at(nodes[last-i], middle*aside)
	}
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
	gone := 0.0
	l.each(rules, func(share, _, _, _ float64) { gone += share })
	common := -l.after*math.Log(l.alpha+l.early) - l.s*math.Log(l.beta+l.early)
	if total := stay + gone; total > 0 {
		return common + math.Log(total), stay / total
	}
	return common + math.Log(math.SmallestNonzeroFloat64), 0
}

// slopes is ln of the sum with its derivatives by R, α, s, β: the sum is a
// mixture over y, so they are means and covariances of what one y gives.
func (l leaveTime) slopes(rules *rules) (value float64, g [4]float64, h [10]float64) {
	a, b := l.alpha+l.early, l.beta+l.early
	var sum mixed
	add := func(share, logA, logB, since, left float64) {
		ia, ib := 1/(a+since), 1/(b+since)
		sum.add(share, &[4]float64{-logA, -l.after * ia, -logB + left/l.s, -(l.s + left) * ib})
		sum.bend[alphaR] -= share * ia
		sum.bend[alphaAlpha] += share * l.after * ia * ia
		sum.bend[sS] -= share * left / (l.s * l.s)
		sum.bend[betaS] -= share * ib
		sum.bend[betaBeta] += share * (l.s + left) * ib * ib
	}
	stay, logA, logB := l.stay()
	add(stay, logA, logB, l.late-l.early, 0)
	l.each(rules, func(share, logA, logB, since float64) { add(share, logA, logB, since, 1) })
	total, g, h := sum.settle()
	logEarlyA, logEarlyB := math.Log(a), math.Log(b)
	g[0] -= logEarlyA
	g[2] -= logEarlyB
	return math.Log(total) - l.after*logEarlyA - l.s*logEarlyB, g, h
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
