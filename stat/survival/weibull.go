package survival

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// WeibullOptions change how FitWeibull searches. The zero value is the rule.
type WeibullOptions struct {
	Names         []string  // of the columns; nil means x1, x2, …
	Prior         []float64 // standard deviation of a normal prior around 0 of each β; one for all or one a column; 0 or nil means none
	Exponential   bool      // the shape is held at 1: the same risk at every age
	Level         float64   // of all ranges; 0 means 0.95
	MaxIterations int       // 0 means 60
}

// A Weibull is a fitted curve that goes on beyond the data.
type Weibull struct {
	Shape           float64       // ρ, no unit: below 1 the risk falls with age, above 1 it rises
	ShapeErr        float64       // 0 when held at 1
	ShapeRange      stat.Interval // of Shape
	Intercept       Coefficient   // ln of the time, in the unit of the input, after which all but 1/e have left where all columns are 0
	Coefficients    []Coefficient // Value is the change of ln time per unit of the column, Ratio how many times as long they stay
	N               int           // rows
	Total           float64       // customers, the sum of the weights
	Left            float64       // of whom left
	LogLikelihood   float64       // without the prior; depends on the unit of time
	LogLikelihood0  float64       // the same with no columns
	LikelihoodRatio Test          // against no columns
	Longest         float64       // the last age in the data; beyond it all is projected
	Level           float64
	Robust          bool // standard errors are robust by cluster
	Iterations      int
	Caveats         []stat.Caveat

	columns     []int
	mean, scale []float64
	beta        []float64     // per standard deviation, then the intercept at the mean, then ln ρ
	covariance  *mat.SymDense // of beta
}

// FitWeibull estimates how long customers stay, and how much longer with what,
// by a smooth curve.
//
// Question: after how many years is half of them gone, when the data end before?
//
// Input: rows as FitCox; who left must have Duration > 0. Stratum is not used.
//
// Model: accelerated time, with columns stretching the same curve,
//
//	S(t | z) = exp(−(t/λ)^ρ)      ln λ = β₀ + β'z
//
// fitted by maximum likelihood, late entries counted from Entry. The hazard
// ratio of a column is exp(−ρβ).
//
// Output: Weibull; λ in the unit of the stays.
//
// Errors: ErrTooFew; ErrNobodyLeft; *InputError; *OptionError. Caveats, in the
// result: as FitCox (constant, collinear, separation, few-per-column,
// few-clusters, not-settled), and at-edge (the shape ran away, as where all left
// at the same age, which has no such curve; Value is the shape, and errors say
// nothing).
//
// Not as proof of what happens beyond the data: compare with KaplanMeier as far
// as they go.
//
// Source: Kalbfleisch, Prentice (2002), 3.6. The recidivism data give shape
// 1.4037 and ln L −679.9166 in R survreg: see TestFitWeibull_R.
func FitWeibull(rows []Row, opt WeibullOptions) (*Weibull, error) {
	d, caveats, err := prepareWeibull(rows, &opt)
	if err != nil {
		return nil, err
	}
	m := &Weibull{N: len(rows), Total: d.total, Left: d.left, Longest: d.longest, Level: opt.Level,
		Robust: d.clusters > 0, Coefficients: make([]Coefficient, len(opt.Names))}
	for j, name := range opt.Names {
		m.Coefficients[j] = Coefficient{Name: name, Ratio: 1, P: 1, Dropped: true,
			Range: stat.Interval{Low: 1, High: 1, Level: opt.Level}}
	}
	full, null, dropped := d.search(opt.MaxIterations)
	m.Caveats = append(append(caveats, dropped...), unsettled(full.iterations, full.promised)...)
	m.LogLikelihood, m.LogLikelihood0, m.Iterations = full.at.loglik, null, full.iterations
	m.LikelihoodRatio = chiSquare(2*(full.at.loglik-null), len(d.columns))
	m.describe(d, full)
	if p := len(d.columns); p > 0 && d.left < few*float64(p) {
		m.Caveats = append(m.Caveats, stat.Caveat{Code: "few-per-column", Count: p, Value: d.left / float64(p), Limit: few})
	}
	return m, nil
}

func (m *Weibull) describe(d *weibullData, f weibullFit) {
	p := len(d.columns)
	m.columns, m.mean, m.scale, m.beta = d.columns, d.mean, d.scale, f.at.beta
	inverse := invert(f.at.info, d.prior)
	m.covariance = inverse
	if m.Robust {
		m.covariance = sandwich(inverse, d.scores(f.at.beta))
		if d.clusters < 20 {
			m.Caveats = append(m.Caveats, stat.Caveat{Code: "few-clusters", Count: d.clusters, Limit: 20})
		}
	}
	z := normalLimit(m.Level)
	errorOf := func(v *mat.SymDense, a int) float64 { return math.Sqrt(math.Max(0, v.At(a, a))) }
	for a, j := range d.columns {
		m.Coefficients[j].take(m.beta[a]/d.scale[a], errorOf(inverse, a)/d.scale[a], errorOf(m.covariance, a)/d.scale[a], z)
		if inverse.At(a, a) > separation*f.first.At(a, a) {
			m.Coefficients[j].Range.Low, m.Coefficients[j].Range.High = 0, math.Inf(1)
			m.Caveats = append(m.Caveats, stat.Caveat{Code: "separation", Count: j, Value: m.Coefficients[j].Value})
		}
	}
	zero := make([]float64, len(m.Coefficients))
	value, stdErr := m.logTime(zero, m.covariance, 0)
	_, modelErr := m.logTime(zero, inverse, 0)
	m.Intercept = Coefficient{Name: "intercept", Range: stat.Interval{Level: m.Level}}
	m.Intercept.take(value, modelErr, stdErr, z)
	m.Shape, m.ShapeRange = 1, stat.Interval{Low: 1, High: 1, Level: m.Level}
	if len(m.beta) > p+1 {
		log, spread := m.beta[p+1], errorOf(m.covariance, p+1)
		m.Shape, m.ShapeErr = math.Exp(log), math.Exp(log)*spread
		m.ShapeRange.Low, m.ShapeRange.High = math.Exp(log-z*spread), math.Exp(log+z*spread)
		if math.Abs(log) > steepest {
			m.Caveats = append(m.Caveats, stat.Caveat{Code: "at-edge", Value: m.Shape})
		}
	}
}

// steepest is the ln ρ beyond which leaving is a matter of one moment.
const steepest = 9

// logTime is ln of the age at which the gathered risk of a customer is e^level,
// ln λ + level/ρ, with its standard error.
func (m *Weibull) logTime(x []float64, covariance *mat.SymDense, level float64) (log, stdErr float64) {
	p := len(m.columns)
	slope := append(scaled(x, m.columns, m.mean, m.scale), 1)
	log = dot(slope, m.beta) + level
	if len(m.beta) > p+1 {
		stretched := level * math.Exp(-m.beta[p+1])
		log += stretched - level
		slope = append(slope, -stretched)
	}
	v := mat.NewVecDense(len(slope), slope)
	return log, math.Sqrt(math.Max(0, mat.Inner(v, covariance, v)))
}

// Survival is the share of customers with columns x who stay longer than age
// t, with its range (on the scale of ln(−ln S)).
//
// Errors: *InputError (x has other columns than the fit, or no finite number).
func (m *Weibull) Survival(x []float64, t float64) (share float64, limits stat.Interval, err error) {
	if err := checkColumns(x, len(m.Coefficients), 0); err != nil {
		return 0, stat.Interval{}, err
	}
	if !(t > 0) {
		return 1, stat.Interval{Low: 1, High: 1, Level: m.Level}, nil
	}
	log, _ := m.logTime(x, m.covariance, 0)
	level := m.Shape * (math.Log(t) - log)
	_, stdErr := m.logTime(x, m.covariance, level)
	spread := normalLimit(m.Level) * stdErr * m.Shape
	of := func(level float64) float64 { return math.Exp(-math.Exp(level)) }
	return of(level), stat.Interval{Low: of(level + spread), High: of(level - spread), Level: m.Level}, nil
}

// HalfLife is the age after which half of the customers with columns x have
// left; Projected when that is later than anybody was seen.
//
// Errors: as Survival.
func (m *Weibull) HalfLife(x []float64) (HalfLife, error) {
	if err := checkColumns(x, len(m.Coefficients), 0); err != nil {
		return HalfLife{}, err
	}
	log, stdErr := m.logTime(x, m.covariance, math.Log(math.Ln2))
	spread := normalLimit(m.Level) * stdErr
	h := HalfLife{Time: math.Exp(log), Range: stat.Interval{Low: math.Exp(log - spread), High: math.Exp(log + spread), Level: m.Level}}
	h.Whole = math.Ceil(h.Time)
	h.Projected = h.Time > m.Longest
	return h, nil
}
