package survival

import (
	"errors"
	"math"
	"slices"
	"sort"

	"gonum.org/v1/gonum/mat"
)

// A Clock is the scale of age on which a ratio may change.
type Clock int

// The clocks.
const (
	ByRank Clock = iota // rank of the age among all at which rows end, as R has it
	ByLeft              // rank of the age among those at which somebody left
	ByTime              // age
	ByLog               // ln age; ages must be above 0
)

// A Proportionality says whether the ratios of a Cox hold at all ages.
type Proportionality struct {
	Columns []Test // one a column of the input; Freedom 0 where it was dropped
	Global  Test   // all columns at once
}

// CheckProportional tests whether each ratio of a fit stays the same with age.
//
// Question: does what drives customers away in the first year still do so in the fifth?
//
// Input: rows and options exactly as they were given to FitCox, and that fit.
//
// Test: score test of γ = 0 in the risk h₀(t) exp(β'z + γ g(t) z), at the
// fitted β, for one column and for all. g is a rank of t, or t, or ln t (Clock).
// Where most rows end at one age, ByRank puts much weight there; then ByLeft.
//
// Output: χ² and P by column and for all; small P means that the ratio changes.
//
// Errors: as FitCox; *OptionError (clock), also for ByLog when somebody left
// at age 0; an error when fit is not of these rows.
//
// Not with the caveat separation. With very many customers small changes are
// significant and do no harm: look at ratios before and after an age.
//
// Source: Grambsch, Therneau (1994), Biometrika 81, 515–526, in the exact form
// of R's cox.zph since 3.0. See TestCheckProportional_R (ten fits).
func CheckProportional(rows []Row, opt CoxOptions, fit *Cox, clock Clock) (Proportionality, error) {
	d, _, err := prepare(rows, &opt)
	if err != nil {
		return Proportionality{}, err
	}
	if len(fit.Coefficients) != len(d.names) || fit.N != d.n {
		return Proportionality{}, errors.New("the fit is not of these rows")
	}
	if err := d.keepAs(fit); err != nil {
		return Proportionality{}, err
	}
	g, err := d.clock(rows, clock)
	if err != nil {
		return Proportionality{}, err
	}
	out := Proportionality{Columns: make([]Test, len(d.names)), Global: chiSquare(0, 0)}
	for j := range out.Columns {
		out.Columns[j] = chiSquare(0, 0)
	}
	if len(d.columns) > 0 {
		d.check(&out, d.pass(slices.Clone(fit.beta)), g)
	}
	return out, nil
}

// keepAs drops the columns that the fit has dropped.
func (d *coxData) keepAs(fit *Cox) error {
	var kept []int
	for a, j := range d.columns {
		if slices.Contains(fit.columns, j) {
			kept = append(kept, a)
		}
	}
	if len(kept) != len(fit.columns) {
		return errors.New("the fit is not of these rows")
	}
	if len(kept) < len(d.columns) {
		d.keep(kept)
	}
	return nil
}

// clock is g by moment, centred, as else the sums lose digits.
func (d *coxData) clock(rows []Row, clock Clock) ([]float64, error) {
	g := make([]float64, len(d.ties))
	for k, t := range d.ties {
		if t.rows == 0 {
			continue
		}
		g[k] = t.time
		if clock == ByLog {
			g[k] = math.Log(t.time)
		}
	}
	switch {
	case clock < ByRank || clock > ByLog:
		return nil, &OptionError{"clock", float64(clock), "not a known scale"}
	case clock == ByLog && !finite(slices.Min(g)):
		return nil, &OptionError{"clock", float64(clock), "but somebody left at age 0"}
	case clock == ByRank:
		d.rank(g, rows, func(*Row) bool { return true })
	case clock == ByLeft:
		d.rank(g, rows, func(r *Row) bool { return r.Left })
	}
	sum, spread := 0.0, 0.0
	for k, t := range d.ties {
		sum += t.left * g[k]
	}
	for k := range g {
		g[k] -= sum / d.left
		if d.ties[k].rows > 0 {
			spread = math.Max(spread, math.Abs(g[k]))
		}
	}
	for k := range g {
		if spread > 0 {
			g[k] /= spread
		}
	}
	return g, nil
}

// rank replaces times by their middle rank among the ends of the rows taken.
func (d *coxData) rank(g []float64, rows []Row, take func(*Row) bool) {
	var ends []Stay
	for i := range rows {
		if take(&rows[i]) {
			ends = append(ends, Stay{Duration: rows[i].Duration, Weight: rows[i].Weight})
		}
	}
	all := moments(ends)
	before := make([]float64, len(all)+1)
	for i, m := range all {
		before[i+1] = before[i] + m.censored
	}
	for k, t := range d.ties {
		if t.rows > 0 {
			i := sort.Search(len(all), func(i int) bool { return all[i].time >= t.time })
			g[k] = (before[i] + before[i+1] + 1) / 2
		}
	}
}

// check fills in the tests: with information I of β, J of β against γ and K of
// γ, the slope u of γ has the variance K − J I⁻ J.
func (d *coxData) check(out *Proportionality, s *coxPass, g []float64) {
	p := len(d.columns)
	squares := make([]float64, len(g))
	for k := range g {
		squares[k] = g[k] * g[k]
	}
	inverse := invert(d.information(s, nil), d.prior)
	cross, own := d.information(s, g), d.information(s, squares)
	u := d.tilted(s, g)
	var product, explained mat.Dense
	product.Mul(inverse, cross)
	explained.Mul(cross, &product)
	variance := mat.NewSymDense(p, nil)
	for a := range p {
		for b := a; b < p; b++ {
			variance.SetSym(a, b, own.At(a, b)-(explained.At(a, b)+explained.At(b, a))/2)
		}
	}
	var told []int
	for a, j := range d.columns {
		if v := variance.At(a, a); v > 1e-10*own.At(a, a) {
			told = append(told, a)
			out.Columns[j] = chiSquare(u[a]*u[a]/v, 1)
		}
	}
	if len(told) == 0 {
		return
	}
	kept := independent(submatrix(variance, told), 1e-10)
	us := make([]float64, len(kept))
	for i, k := range kept {
		kept[i] = told[k]
		us[i] = u[told[k]]
	}
	out.Global = chiSquare(quadratic(submatrix(variance, kept), us), len(kept))
}

// tilted is the slope by γ: the gradient with each moment weighed by g.
func (d *coxData) tilted(s *coxPass, g []float64) []float64 {
	p := len(s.beta)
	u := make([]float64, p)
	for k, t := range s.sums {
		for a := range u {
			u[a] -= g[k] * (s.s1[k*p+a]*t.a - s.d1[k*p+a]*t.b)
		}
	}
	for i, e := range d.event {
		if e < 0 {
			continue
		}
		for a := range u {
			u[a] += g[e] * d.weight[i] * d.x[i*p+a]
		}
	}
	return u
}
