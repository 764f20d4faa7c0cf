package repurchase

import (
	"math"

	"behold/stat"
)

// A family is one of the models in which a customer may leave after an
// occasion with the same chance each time: BG when only repeats count, MBG
// when the first occasion counts too; gaps are Erlang-k.
type family struct {
	k     int
	first bool
}

// tries is at how many occasions the customer could have left by now, n.
func (f family) tries(x float64) float64 {
	if f.first {
		return x + 1
	}
	return x
}

// rho is how much likelier than staying it is to have left after the last
// occasion, before the silence is looked at: a/(b+n−1).
func (f family) rho(a, b, x float64) float64 {
	if n := f.tries(x); n > 0 {
		return a / (b + n - 1)
	}
	return 0
}

// A geometricHill is the log-likelihood of a family over ln r, ln α, ln a, ln b.
//
// Given n, R = r+kx and s = T−t_x the likelihood of one history is
//
//	C·G·[ Σ_{j<k} (R)_j/j! (s/(α+T))^j (α+T)^−R + ρ (α+t_x)^−R ]
//	C = (b)_n/(a+b)_n    G = (r)_kx α^r e^{(k−1)L} / Γ(k)^x
//
// All terms are positive: the share of each of them in the sum gives the exact
// slopes and curvature. What depends on x alone is looked up.
type geometricHill struct {
	family
	buyers   []Buyer
	counts   []float64
	weights  []float64 // of counts
	of       []int32
	logS     []float64 // ln s, for k above 1
	scale    float64
	constant float64
}

func newGeometricHill(f family, gathered []Buyer, scale float64) *geometricHill {
	h := &geometricHill{family: f, buyers: gathered, scale: scale}
	h.counts, h.weights, h.of = countsOf(gathered)
	if f.k > 1 {
		logGammaK, _ := math.Lgamma(float64(f.k))
		h.logS = make([]float64, len(gathered))
		for i, b := range gathered {
			h.logS[i] = math.Log(b.Silence())
			h.constant += b.Weight * (float64(f.k-1)*b.LogGaps - b.Repeats*logGammaK)
		}
	}
	return h
}

func (h *geometricHill) rows() int { return len(h.buyers) }

func (h *geometricHill) coarse(rows int) hill {
	return newGeometricHill(h.family, coarse(h.buyers, rows), h.scale)
}

func (h *geometricHill) middle() []float64 {
	return []float64{0, math.Log(h.scale / float64(h.k)), 0, 0}
}

func (h *geometricHill) starts() [][]float64 {
	unit := math.Log(h.scale / float64(h.k))
	return [][]float64{
		{0, unit, math.Log(priorA), math.Log(priorB)},
		{-1.5, unit, math.Log(priorA), math.Log(10 * priorB)},
	}
}

// other is leaving at once or never, a and b towards 0: the other summit where
// customers do not seem to differ, or hardly anybody leaves.
func (h *geometricHill) other(at []float64) []float64 {
	if math.Max(at[2], at[3]) <= runaway && at[2] >= -runaway {
		return nil
	}
	return []float64{at[0], at[1], math.Log(1e-5), math.Log(1e-3)}
}

// A geometricTable is what depends on x alone.
type geometricTable struct {
	after     float64 // R
	logRho    float64
	rhoByB    float64 // −∂ ln ρ/∂b
	logStage  []float64
	riseStage []float64 // ψ(R+j) − ψ(R)
	bendStage []float64 // ψ′(R+j) − ψ′(R)
	value     float64   // of ln C + ln G
	gradient  [4]float64
	bend      [10]float64
}

// Where the second derivative by parameters i ≥ j lies in a triangle.
const (
	rr = iota
	alphaR
	alphaAlpha
	aR
	aAlpha
	aA
	bR
	bAlpha
	bA
	bB
)

// A climb is the ladders on which the tables of one look are made, x rising.
type climb struct {
	r, alpha, a, b    float64
	logAlpha          float64
	onR, onB, onAAndB ladder
}

func (h *geometricHill) table(x float64, c *climb) geometricTable {
	r, alpha, a, b := c.r, c.alpha, c.a, c.b
	kx, n := float64(h.k)*x, h.tries(x)
	t := geometricTable{after: r + kx}
	logR, rise, bend := c.onR.to(kx)
	logB, byB, bendB := c.onB.to(n)
	logAB, byAB, bendAB := c.onAAndB.to(n)
	t.value = logR + r*c.logAlpha + logB - logAB
	t.gradient = [4]float64{rise + c.logAlpha, r / alpha, -byAB, byB - byAB}
	t.bend = [10]float64{rr: bend, alphaR: 1 / alpha, alphaAlpha: -r / (alpha * alpha), aA: -bendAB, bA: -bendAB, bB: bendB - bendAB}
	if n > 0 {
		t.logRho = math.Log(a / (b + n - 1))
		t.rhoByB = 1 / (b + n - 1)
	} else {
		t.logRho = math.Inf(-1)
	}
	for j := 1; j < h.k; j++ {
		logFactorial, _ := math.Lgamma(float64(j + 1))
		rise, bend := digammaSteps(t.after, float64(j))
		t.logStage = append(t.logStage, stat.LogRising(t.after, float64(j))-logFactorial)
		t.riseStage, t.bendStage = append(t.riseStage, rise), append(t.bendStage, bend)
	}
	return t
}

// digammaSteps is ψ(a+n) − ψ(a) and ψ′(a+n) − ψ′(a) for a > 0 and whole n ≥ 0.
// Up to 40 steps it adds them up, which keeps the digits that the difference
// loses for large a.
func digammaSteps(a, n float64) (rise, bend float64) {
	if n <= 40 {
		for i := 0.0; i < n; i++ {
			step := 1 / (a + i)
			rise += step
			bend -= step * step
		}
		return rise, bend
	}
	return stat.Digamma(a+n) - stat.Digamma(a), stat.Trigamma(a+n) - stat.Trigamma(a)
}

// A ladder is ln Γ(a+n) − ln Γ(a) with its two derivatives by a, for whole n
// that rise, each from the one before: the few factors between them are
// multiplied, and one logarithm taken.
type ladder struct{ a, n, log, rise, bend float64 }

func (l *ladder) to(n float64) (log, rise, bend float64) {
	from, steps := l.a+l.n, n-l.n
	if steps <= 8 && from < 1e30 {
		product := 1.0
		for i := 0.0; i < steps; i++ {
			product *= from + i
		}
		l.log += math.Log(product)
	} else {
		l.log += stat.LogRising(from, steps)
	}
	rise, bend = digammaSteps(from, steps)
	l.n, l.rise, l.bend = n, l.rise+rise, l.bend+bend
	return l.log, l.rise, l.bend
}

func (h *geometricHill) look(at []float64) view {
	r, alpha, a, b := math.Exp(at[0]), math.Exp(at[1]), math.Exp(at[2]), math.Exp(at[3])
	up := climb{r, alpha, a, b, at[1], ladder{a: r}, ladder{a: b}, ladder{a: a + b}}
	tables := make([]geometricTable, len(h.counts))
	for i, x := range h.counts {
		tables[i] = h.table(x, &up)
	}
	sums := stat.BlockSums(stat.Split{N: len(h.buyers), Size: fitBlock, Width: 15}, func(lo, hi int, sums []float64) {
		if h.k == 1 {
			h.addPlain(lo, hi, tables, alpha, a, (*[15]float64)(sums))
			return
		}
		age, logLate := math.NaN(), 0.0 // buyers of the same age follow one another
		for i := lo; i < hi; i++ {
			if h.buyers[i].Age != age {
				age = h.buyers[i].Age
				logLate = math.Log(alpha + age)
			}
			h.addRow(i, &tables[h.of[i]], alpha, a, logLate, (*[15]float64)(sums))
		}
	})
	sums[0] += h.constant
	for i, t := range tables {
		w := h.weights[i]
		sums[0] += w * t.value
		for j, v := range t.gradient {
			sums[1+j] += w * v
		}
		for j, v := range t.bend {
			sums[5+j] += w * v
		}
	}
	return viewOfLogs([]float64{r, alpha, a, b}, sums)
}

// addRow adds what one history contributes beyond what its x does.
func (h *geometricHill) addRow(i int, t *geometricTable, alpha, a, logLate float64, sums *[15]float64) {
	buyer := &h.buyers[i]
	w, after := buyer.Weight, t.after
	early, late := 1/(alpha+buyer.Last), 1/(alpha+buyer.Age)
	logEarly := math.Log(alpha + buyer.Last)
	stretch := logLate - logEarly

	// How far into the gap: shares of the stages, and their moments.
	total, stages, rise, bend, riseRise, riseStages, stagesStages := 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
	part, reach := 1.0, buyer.Silence()*late
	for j := range t.logStage {
		stage := float64(j + 1)
		if after*reach < 1e5 { // forty factors do not overflow
			part *= (after + float64(j)) / stage * reach
		} else {
			part = math.Exp(t.logStage[j] + stage*(h.logS[i]-logLate))
		}
		total += part
		stages += part * stage
		rise += part * t.riseStage[j]
		bend += part * t.bendStage[j]
		riseRise += part * t.riseStage[j] * t.riseStage[j]
		riseStages += part * t.riseStage[j] * stage
		stagesStages += part * stage * stage
	}
	excess := t.logRho + after*stretch // ln of having left over staying
	logTotal := 0.0
	if total > 1 {
		logTotal = math.Log(total)
		excess -= logTotal
	}
	small := math.Exp(-math.Abs(excess))
	stay, left := 1/(1+small), small/(1+small)
	if excess > 0 {
		stay, left = left, stay
	}
	logTotal += math.Max(0, excess) + math.Log1p(small)
	here := stay / total
	stages, rise, bend = stages*here, rise*here, bend*here
	riseRise, riseStages, stagesStages = riseRise*here, riseStages*here, stagesStages*here
	sums[0] += w * (logTotal - after*logLate)

	// Slopes by r and α of staying and of having left, and their mean.
	byREarly, byAEarly := -logEarly, -after*early
	byR := rise - stay*logLate + left*byREarly
	byAlpha := -late*(after*stay+stages) + left*byAEarly
	sums[1] += w * byR
	sums[2] += w * byAlpha
	sums[3] += w * left / a
	sums[4] -= w * left * t.rhoByB

	sums[5+rr] += w * (bend + riseRise - 2*logLate*rise + stay*logLate*logLate + left*byREarly*byREarly - byR*byR)
	sums[5+alphaR] += w * (-stay*late - left*early -
		late*(after*rise+riseStages-logLate*(after*stay+stages)) + left*byREarly*byAEarly - byR*byAlpha)
	sums[5+alphaAlpha] += w * (late*late*((after*stay+stages)+after*after*stay+2*after*stages+stagesStages) +
		left*(after*early*early+byAEarly*byAEarly) - byAlpha*byAlpha)
	sums[5+aR] += w * left * (byREarly - byR) / a
	sums[5+aAlpha] += w * left * (byAEarly - byAlpha) / a
	sums[5+aA] -= w * left * left / (a * a)
	sums[5+bR] -= w * left * (byREarly - byR) * t.rhoByB
	sums[5+bAlpha] -= w * left * (byAEarly - byAlpha) * t.rhoByB
	sums[5+bA] -= w * left * (1 - left) * t.rhoByB / a
	sums[5+bB] += w * left * (2 - left) * t.rhoByB * t.rhoByB
}

// viewOfLogs turns value, slopes and curvature by four parameters (a
// triangle) into those by their logarithms.
func viewOfLogs(parameters []float64, sums []float64) view {
	n := len(parameters)
	v := view{value: sums[0], gradient: make([]float64, n), bend: make([]float64, n*n)}
	at := 1 + n
	for i, p := range parameters {
		v.gradient[i] = p * sums[1+i]
		for j := range i + 1 {
			bend := p * parameters[j] * sums[at]
			if i == j {
				bend += v.gradient[i]
			}
			v.bend[i*n+j], v.bend[j*n+i] = bend, bend
			at++
		}
	}
	return v
}
