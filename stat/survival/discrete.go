package survival

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// A Period is one period of one customer: it happened in it, or it did not.
// What happens may be leaving, or the next purchase. A customer has a Period
// for each period until it happens or is no longer watched.
type Period struct {
	Happened bool
	X        []float64 // z, the columns of that period; finite, as many in every one
	Weight   float64   // how many customers share this period; 0 means 1
	Cluster  string    // the customer, for robust standard errors; "" means alone
}

// Periods cuts a stay into whole periods: one for each whole number t with
// Entry < t ≤ Duration rounded up, in the last of which it happened when Left.
// columns gives what is known in period t.
func Periods(r Row, columns func(t int) []float64) (periods []Period) {
	last := int(math.Ceil(r.Duration))
	for t := int(math.Floor(r.Entry)) + 1; t <= last; t++ {
		periods = append(periods, Period{Happened: r.Left && t == last, X: columns(t), Weight: r.Weight, Cluster: r.Cluster})
	}
	return periods
}

// DiscreteOptions change how FitDiscrete searches. The zero value is the rule.
type DiscreteOptions struct {
	Names         []string  // of the columns; nil means x1, x2, …
	Prior         []float64 // standard deviation of a normal prior around 0 of each β (a ridge); one for all or one a column; 0 or nil means none
	Level         float64   // of all ranges; 0 means 0.95
	MaxIterations int       // 0 means 60
}

// A Discrete is a fitted regression for whole periods.
type Discrete struct {
	Intercept       Coefficient // log hazard of a period where all columns are 0
	Coefficients    []Coefficient
	N               int     // periods in the input
	Total           float64 // the sum of their weights
	Happened        float64 // in how many of them it happened, weighted
	LogLikelihood   float64 // without the prior
	LogLikelihood0  float64 // the same with no columns
	LikelihoodRatio Test    // against no columns
	Wald            Test    // the same, from the standard errors
	Level           float64
	Robust          bool // standard errors are robust by cluster
	Iterations      int
	Caveats         []stat.Caveat

	columns     []int
	mean, scale []float64
	beta        []float64     // per standard deviation, then the intercept at the mean
	covariance  *mat.SymDense // of beta
}

// ErrAllLeft says that a comparison needs somebody who stayed.
var ErrAllLeft = errors.New("it happened in every period, so nothing tells when it does not")

// FitDiscrete estimates what hastens an event, where time comes in whole periods.
//
// Question: do customers who answered "very satisfied" buy again sooner?
//
// Input: periods, n ≥ 1, in any order; read only.
//
//	Happened  y   it happened in this period        yes or no
//	X         z   the columns, of age too           any unit, finite
//	Weight    w   customers who share the period    count, w > 0 (0 means 1)
//	Cluster       the customer
//
// Model: proportional hazards seen in whole periods (complementary log-log):
//
//	P(y = 1 | z) = 1 − exp(−exp(β₀ + β'z))
//
// so that exp(β) is a hazard ratio and means the same as in FitCox, whatever
// the length of a period. The likelihood, with a prior its product with
// N(0, sd²) of each β but β₀, is maximised by Newton, from β = 0.
//
// Output: Discrete. StdErr is robust by cluster when any period has a Cluster,
// else from the information.
//
// Errors: ErrTooFew; ErrNobodyLeft (it never happened); ErrAllLeft; *InputError
// (which period, which field or column); *OptionError. Caveats, in the result:
// as FitCox (constant, collinear, separation, few-per-column, not-settled,
// few-clusters).
//
// Age matters: without columns for it (a step or a spline by period) the
// hazard is taken to be the same in every period. Association is not cause.
//
// Source: Prentice, Gloeckler (1978), Biometrics 34, 57–67; sandwich as Liang,
// Zeger (1986). See TestFitDiscrete_newton (19,809 person-weeks, an independent
// fit) and TestFitDiscreteIsGroupedCox.
func FitDiscrete(periods []Period, opt DiscreteOptions) (*Discrete, error) {
	d, caveats, err := prepareDiscrete(periods, &opt)
	if err != nil {
		return nil, err
	}
	m := &Discrete{N: len(periods), Total: d.total, Happened: d.happened, Level: opt.Level,
		Robust: d.clusters > 0, Coefficients: make([]Coefficient, len(opt.Names))}
	for j, name := range opt.Names {
		m.Coefficients[j] = Coefficient{Name: name, Ratio: 1, P: 1, Dropped: true,
			Range: stat.Interval{Low: 1, High: 1, Level: opt.Level}}
	}
	f := d.search(opt.MaxIterations)
	m.Caveats = append(caveats, f.caveats...)
	m.describe(d, f)
	if p := len(d.columns); p > 0 && d.happened < few*float64(p) {
		m.Caveats = append(m.Caveats, stat.Caveat{Code: "few-per-column", Count: p, Value: d.happened / float64(p), Limit: few})
	}
	return m, nil
}

func (m *Discrete) describe(d *discreteData, f *discreteFit) {
	p := len(d.columns)
	m.columns, m.mean, m.scale, m.beta = d.columns, d.mean, d.scale, f.at.beta
	m.LogLikelihood, m.LogLikelihood0, m.Iterations = f.at.loglik, f.null, f.iterations
	m.LikelihoodRatio = chiSquare(2*(f.at.loglik-f.null), p)
	m.covariance = f.inverse
	if m.Robust {
		m.covariance = d.sandwich(f)
		if d.clusters < 20 {
			m.Caveats = append(m.Caveats, stat.Caveat{Code: "few-clusters", Count: d.clusters, Limit: 20})
		}
	}
	m.Wald = chiSquare(0, 0)
	if p > 0 {
		own := make([]int, p)
		for a := range own {
			own[a] = a
		}
		m.Wald = chiSquare(quadratic(submatrix(m.covariance, own), m.beta[:p]), p)
	}
	z := normalLimit(m.Level)
	for a, j := range d.columns {
		m.Coefficients[j].take(m.beta[a]/d.scale[a], math.Sqrt(f.inverse.At(a, a))/d.scale[a], math.Sqrt(m.covariance.At(a, a))/d.scale[a], z)
		if f.separated[a] {
			m.Coefficients[j].Range.Low, m.Coefficients[j].Range.High = 0, math.Inf(1)
		}
	}
	zero := make([]float64, len(m.Coefficients))
	eta, err := m.linear(zero, m.covariance)
	_, modelErr := m.linear(zero, f.inverse)
	m.Intercept = Coefficient{Name: "intercept", Range: stat.Interval{Level: m.Level}}
	m.Intercept.take(eta, modelErr, err, z)
}

// linear is β₀ + β'z with its standard error.
func (m *Discrete) linear(x []float64, covariance *mat.SymDense) (eta, stdErr float64) {
	z := append(scaled(x, m.columns, m.mean, m.scale), 1)
	v := mat.NewVecDense(len(z), z)
	return dot(m.beta, z), math.Sqrt(math.Max(0, mat.Inner(v, covariance, v)))
}

// Chance is the chance that it happens in a period with columns x, as in
// Period.X, with its range.
//
// Errors: *InputError (x has other columns than the fit, or no finite number).
func (m *Discrete) Chance(x []float64) (chance float64, limits stat.Interval, err error) {
	if err := checkColumns(x, len(m.Coefficients), 0); err != nil {
		return 0, stat.Interval{}, err
	}
	eta, stdErr := m.linear(x, m.covariance)
	spread := normalLimit(m.Level) * stdErr
	of := func(eta float64) float64 { return -math.Expm1(-math.Exp(eta)) }
	return of(eta), stat.Interval{Low: of(eta - spread), High: of(eta + spread), Level: m.Level}, nil
}
