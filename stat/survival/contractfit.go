package survival

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/mathext"

	"behold/stat"
)

// A renewals is the cohorts by period: how many left in each, and how many
// were still active when the count ended after it.
type renewals struct {
	left, kept []float64 // from period 1 and from 0
	free       int
	n, gone    float64
}

func gatherCohorts(cohorts []Cohort) (r renewals, err error) {
	longest := 0
	for i, c := range cohorts {
		if err := c.check(i); err != nil {
			return r, err
		}
		longest = max(longest, len(c.Active))
	}
	if longest == 0 {
		return r, ErrTooFew
	}
	r.left, r.kept = make([]float64, longest), make([]float64, longest)
	for _, c := range cohorts {
		if len(c.Active) == 0 {
			continue
		}
		for t := 1; t < len(c.Active); t++ {
			r.left[t] += c.Active[t-1] - c.Active[t]
			r.gone += c.Active[t-1] - c.Active[t]
		}
		r.kept[len(c.Active)-1] += c.Active[len(c.Active)-1]
		r.n += c.Active[0]
	}
	return r, nil
}

func (c Cohort) check(row int) error {
	for t, n := range c.Active {
		field := fmt.Sprintf("Active[%d]", t)
		switch {
		case !finite(n) || n < 0:
			return &InputError{row, field, n, "not a number of customers"}
		case t > 0 && n > c.Active[t-1]:
			return &InputError{row, field, n, fmt.Sprintf("more than the %v before", c.Active[t-1])}
		}
	}
	return nil
}

func fitContract(cohorts []Cohort, free int) (*Contract, error) {
	r, err := gatherCohorts(cohorts)
	if err != nil {
		return nil, err
	}
	r.free = free
	if len(r.left)-1 < free {
		return nil, ErrTooFew
	}
	if r.gone == 0 {
		return nil, ErrNobodyLeft
	}
	best := r.highest([][]float64{{0, 0, 0}, {-1, 1, 0}, {1, 3, 0}, {3, 4, 0.5}, {-1, -1, -0.5}, {-3, 0, 0.5}})
	m := r.contract(best)
	m.learned = &r
	m.describe(&r, best)
	return m, nil
}

// highest is the best of the climbs from these starts.
func (r *renewals) highest(starts [][]float64) rise {
	best := r.climb(starts[0])
	for _, start := range starts[1:] {
		if other := r.climb(start); other.value > best.value {
			best = other
		}
	}
	return best
}

// contract is the curve at the top of a climb, without its errors.
func (r *renewals) contract(top rise) *Contract {
	return &Contract{A: math.Exp(top.at[0]), B: math.Exp(top.at[1]), C: math.Exp(top.at[2]), Free: r.free,
		LogLikelihood: top.value, N: r.n, Left: r.gone, Observed: len(r.left) - 1, Level: 0.95}
}

func (m *Contract) describe(r *renewals, best rise) {
	if r.gone < few {
		m.Caveats = append(m.Caveats, stat.Caveat{Code: "few-left", Count: int(r.gone), Limit: few})
	}
	m.takeErrors(best)
	at := []float64{m.A, m.B, m.C}
	errors := []float64{m.AErr, m.BErr, m.CErr}
	settledAt := true
	for i := range m.Free {
		if math.Abs(best.at[i]) >= edge-0.01 || errors[i] > unknown*at[i] {
			m.Caveats = append(m.Caveats, stat.Caveat{Code: "at-edge", Count: i, Value: at[i]})
			settledAt = false
		}
	}
	if settledAt && best.promised > 1e-6 {
		m.Caveats = append(m.Caveats, stat.Caveat{Code: "not-settled", Value: best.promised})
	}
}

// unknown is the standard error of a logarithm beyond which the data do not
// tell the parameter from the end of its range.
const unknown = 5

func (m *Contract) takeErrors(best rise) {
	m.AErr, m.BErr = math.Inf(1), math.Inf(1)
	if m.Free == 3 {
		m.CErr = math.Inf(1)
	}
	var chol mat.Cholesky
	var inverse mat.SymDense
	if !chol.Factorize(best.information) || chol.Cond() > 1e12 || chol.InverseTo(&inverse) != nil {
		return
	}
	m.covariance = &inverse
	m.AErr, m.BErr = m.A*math.Sqrt(inverse.At(0, 0)), m.B*math.Sqrt(inverse.At(1, 1))
	if m.Free == 3 {
		m.CErr = m.C * math.Sqrt(inverse.At(2, 2))
	}
}

// The logarithms of the parameters stay within ±edge, where float64 still
// tells the curves apart.
const edge = 14.0

// A rise is where one climb ended: ln α, ln β, ln c.
type rise struct {
	at          []float64
	value       float64
	promised    float64
	information *mat.SymDense
}

// climb takes Newton steps with a Levenberg term that grows while steps fail.
func (r *renewals) climb(start []float64) rise {
	at := append([]float64(nil), start...)
	if r.free == 2 {
		at[2] = 0
	}
	value, slope := r.value(at)
	info := r.information(at)
	out := rise{promised: math.Inf(1)}
	for damp, turn := 0.0, 0; turn < 300 && damp < 1e12; turn++ {
		step, ok := dampedStep(info, slope, damp)
		if !ok {
			damp = math.Max(1e-6, damp*10)
			continue
		}
		next, gain := r.move(at, step), 0.0
		for i := range step {
			gain += slope[i] * (next[i] - at[i]) / 2
		}
		nextValue, nextSlope := r.value(next)
		if !(nextValue >= value) {
			damp = math.Max(1e-6, damp*10)
			continue
		}
		at, value, slope, out.promised = next, nextValue, nextSlope, gain
		info = r.information(at)
		if gain < 1e-13*math.Max(1, r.n) {
			break
		}
		damp /= 10
	}
	out.at, out.value, out.information = at, value, info
	return out
}

// move goes at most 1.5 along each logarithm, and not past the edge.
func (r *renewals) move(at, step []float64) []float64 {
	longest := 1.0
	for _, s := range step {
		longest = math.Max(longest, math.Abs(s)/1.5)
	}
	next := append([]float64(nil), at...)
	for i, s := range step {
		next[i] = math.Max(-edge, math.Min(edge, at[i]+s/longest))
	}
	return next
}

func dampedStep(info *mat.SymDense, slope []float64, damp float64) ([]float64, bool) {
	n := info.SymmetricDim()
	lifted := mat.NewSymDense(n, nil)
	lifted.CopySym(info)
	for i := range n {
		lifted.SetSym(i, i, info.At(i, i)+damp*math.Max(math.Abs(info.At(i, i)), 1e-6))
	}
	var chol mat.Cholesky
	var step mat.VecDense
	if !chol.Factorize(lifted) || chol.SolveVecTo(&step, mat.NewVecDense(n, slope)) != nil {
		return nil, false
	}
	for _, s := range step.RawVector().Data {
		if !finite(s) {
			return nil, false
		}
	}
	return step.RawVector().Data, true
}

// value is ln L with its slope by the free logarithms.
func (r *renewals) value(at []float64) (value float64, slope []float64) {
	a, b, c := math.Exp(at[0]), math.Exp(at[1]), math.Exp(at[2])
	slope = make([]float64, r.free)
	before, beforeSlope := 0.0, make([]float64, 3)
	for t := range r.left {
		s, ds := logSurvival(a, b, c, float64(t)), logSurvivalSlope(a, b, c, float64(t))
		if n := r.left[t]; n > 0 {
			ratio := math.Exp(s - before) // retention
			value += n * (before + math.Log(-math.Expm1(s-before)))
			for i := range slope {
				slope[i] += n * (beforeSlope[i] - (ds[i]-beforeSlope[i])*ratio/-math.Expm1(s-before))
			}
		}
		if n := r.kept[t]; n > 0 {
			value += n * s
			for i := range slope {
				slope[i] += n * ds[i]
			}
		}
		before, beforeSlope = s, ds[:]
	}
	return value, slope
}

// information is minus the second derivative, by central differences of the
// slope.
func (r *renewals) information(at []float64) *mat.SymDense {
	const h = 1e-4
	rows := make([][]float64, r.free)
	for i := range rows {
		near := func(by float64) []float64 {
			there := append([]float64(nil), at...)
			there[i] += by
			_, slope := r.value(there)
			return slope
		}
		far2, far1, near1, near2 := near(-2*h), near(-h), near(h), near(2*h)
		rows[i] = make([]float64, r.free)
		for j := range rows[i] {
			rows[i][j] = -(far2[j] - 8*far1[j] + 8*near1[j] - near2[j]) / (12 * h)
		}
	}
	info := mat.NewSymDense(r.free, nil)
	for i := range rows {
		for j := i; j < r.free; j++ {
			info.SetSym(i, j, (rows[i][j]+rows[j][i])/2)
		}
	}
	return info
}

// logSurvival is ln B(a, b+t^c) − ln B(a, b). Of the two ways to write it, it
// takes the one with the smaller logarithms.
func logSurvival(a, b, c, t float64) float64 {
	u := t
	if c != 1 {
		u = math.Pow(t, c)
	}
	switch {
	case u == 0:
		return 0
	case math.IsInf(u, 1):
		return math.Inf(-1)
	case a < u:
		return math.Min(0, stat.LogRising(b, a)-stat.LogRising(b+u, a))
	}
	return math.Min(0, stat.LogRising(b, u)-stat.LogRising(a+b, u))
}

// logSurvivalSlope is its derivative by ln a, ln b, ln c.
func logSurvivalSlope(a, b, c, t float64) [3]float64 {
	if t == 0 {
		return [3]float64{}
	}
	u := math.Pow(t, c)
	whole := mathext.Digamma(a+b) - mathext.Digamma(a+b+u)
	part := mathext.Digamma(b+u) - mathext.Digamma(b)
	return [3]float64{a * whole, b * (part + whole),
		u * c * math.Log(t) * (mathext.Digamma(b+u) - mathext.Digamma(a+b+u))}
}
