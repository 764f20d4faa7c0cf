package survival

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// A Row is a stay, or a piece of one, with what was known about the customer
// during it. A customer whose columns change has several rows, each from Entry
// to Duration, with Left true at most in the last, and a common Cluster.
type Row struct {
	Stay
	X       []float64 // z, the columns; finite, as many in every row
	Cluster string    // rows that belong together for the robust standard errors; "" means alone
}

// Ties is what to make of customers who leave at the same recorded age.
type Ties int

// The ways of ties.
const (
	Efron   Ties = iota // they left one after the other, in unknown order
	Breslow             // each left while all the others were still here; too mild when ties are many
)

// CoxOptions change how FitCox searches. The zero value is the rule.
type CoxOptions struct {
	Names         []string  // of the columns; nil means x1, x2, …
	Ties          Ties      // Efron
	Prior         []float64 // standard deviation of a normal prior around 0 of each β (a ridge); one for all or one a column; 0 or nil means none
	Level         float64   // of all ranges; 0 means 0.95
	MaxIterations int       // 0 means 60
}

// A Coefficient says what one column does.
type Coefficient struct {
	Name     string
	Value    float64       // β, change per unit of the column of the log hazard; in Weibull of the log time
	StdErr   float64       // of Value; robust where rows have clusters
	ModelErr float64       // of Value, from the information alone
	Ratio    float64       // exp(β), hazard ratio per unit of the column; in Weibull how many times as long
	Range    stat.Interval // of Ratio, from StdErr
	Z        float64       // Value/StdErr; 0 when Dropped
	P        float64       // two-sided; 1 when Dropped
	Dropped  bool          // took no part: constant, or made of the columns before it; see Caveats
}

// A Cox is a fitted proportional hazards regression.
type Cox struct {
	Coefficients    []Coefficient // one a column, in their order
	N               int           // rows
	Total           float64       // customers, the sum of the weights
	Left            float64       // of whom left
	LogLikelihood   float64       // partial, without the prior
	LogLikelihood0  float64       // the same with all β = 0
	LikelihoodRatio Test          // against all β = 0; the one to trust when they disagree
	Wald            Test          // the same, from the standard errors
	Score           Test          // the same, from the slope at 0
	Concordance     Concordance
	Ties            Ties
	Level           float64 // of all ranges
	Robust          bool    // standard errors are robust by cluster
	Iterations      int
	Caveats         []stat.Caveat

	columns     []int         // of the columns that took part
	mean, scale []float64     // of those
	beta        []float64     // of those, per standard deviation
	covariance  *mat.SymDense // of beta, as StdErr; nil without columns
	baselines   []baseline    // in order of stratum
}

// FitCox estimates what makes customers leave sooner.
//
// Question: how much faster do customers without a contact leave, all else equal?
//
// Input: rows, n ≥ 1, in any order; read only.
//
//	Duration, Left, Entry, Weight   as KaplanMeier
//	Stratum                         groups with a risk over time of their own
//	X        z   the columns        any unit, finite
//	Cluster      the customer       of rows that are not independent
//
// Model: a customer with columns z leaves at age t with the risk
//
//	h(t | z) = h₀(t) exp(β'z)      h₀ free, one for each stratum
//
// and the partial likelihood is maximised, which with Efron's ties sums over
// the ages t_i, with D_i who left then, d_i of them, and R_i who were here,
//
//	ln L = Σ_i [ Σ_{D_i} β'z − Σ_{k<d_i} ln( Σ_{R_i} e^{β'z} − k/d_i Σ_{D_i} e^{β'z} ) ]
//
// Whole weights count customers: two of weight 1 are one of weight 2, ties
// included. With weights that are not whole each of d_i tied rows has their
// mean weight (Therneau, Grambsch 2000, 3.3). A prior adds −Σ β²/(2 sd²).
//
// Method: Newton on columns centred and scaled, from β = 0, halving steps that
// do not climb, until a step promises less than 1e-10.
//
// Output: Cox. Ranges and errors of StdErr are robust by cluster (Lin, Wei 1989) when any
// row has a Cluster, else from the information (with a prior: with its curvature).
//
// Errors: ErrTooFew; ErrNobodyLeft; *InputError (which row, which field or
// column, as X[2]); *OptionError. Caveats, in the result, Count being the
// column from 0: constant (the same for all who could be compared; dropped);
// collinear (made of columns before it; dropped); separation (the column, maybe
// with others, tells perfectly who leaves first: β runs to ±∞, Value is where
// the search stopped; StdErr, Z and P then say nothing, Range is open, and only
// LikelihoodRatio counts; set a Prior); few-per-column (fewer than 10 left per
// column; Value is how many); not-settled (Count iterations, Value the gain
// still promised); few-clusters (fewer than 20; Count).
//
// Not as cause without a reason to think so, and not where CheckProportional
// says that the ratio changes with age: use strata, or rows cut by age.
//
// Source: Cox (1972), JRSS B 34, 187–220; Efron (1977), JASA 72, 557–565. The
// recidivism data (432 people, textbook) give −.379, −.057, .314, −.150, −.434,
// −.085, .091 and ln L −658.7477: see TestFitCox_R, with five other data sets.
func FitCox(rows []Row, opt CoxOptions) (*Cox, error) {
	d, caveats, err := prepare(rows, &opt)
	if err != nil {
		return nil, err
	}
	c := &Cox{N: len(rows), Total: d.total, Left: d.left, Ties: opt.Ties, Level: opt.Level, Robust: d.clusters > 0}
	c.Coefficients = make([]Coefficient, len(d.names))
	for j, name := range d.names {
		c.Coefficients[j] = Coefficient{Name: name, Ratio: 1, P: 1, Dropped: true,
			Range: stat.Interval{Low: 1, High: 1, Level: opt.Level}}
	}
	f := d.search(opt.MaxIterations)
	c.Caveats = append(caveats, f.caveats...)
	c.describe(d, f)
	c.Concordance = d.concordance(f.at, opt.Level)
	c.baselines = d.baselines(f.at)
	if p := len(d.columns); p > 0 && d.left < few*float64(p) {
		c.Caveats = append(c.Caveats, stat.Caveat{Code: "few-per-column", Count: p, Value: d.left / float64(p), Limit: few})
	}
	return c, nil
}

// describe fills in what follows from the maximum.
func (c *Cox) describe(d *coxData, f *coxFit) {
	c.columns, c.mean, c.scale, c.beta = d.columns, d.mean, d.scale, f.at.beta
	c.LogLikelihood, c.LogLikelihood0, c.Iterations = f.at.loglik, f.null, f.iterations
	p := len(d.columns)
	c.LikelihoodRatio = chiSquare(2*(c.LogLikelihood-c.LogLikelihood0), p)
	c.Score = chiSquare(f.score, p)
	c.Wald = chiSquare(0, 0)
	if p == 0 {
		return
	}
	c.covariance = f.inverse
	if c.Robust {
		c.covariance = d.sandwich(f)
		if d.clusters < 20 {
			c.Caveats = append(c.Caveats, stat.Caveat{Code: "few-clusters", Count: d.clusters, Limit: 20})
		}
	}
	c.Wald = chiSquare(quadratic(c.covariance, c.beta), p)
	z := normalLimit(c.Level)
	for i, j := range d.columns {
		co, scale := &c.Coefficients[j], d.scale[i]
		co.take(f.at.beta[i]/scale, math.Sqrt(f.inverse.At(i, i))/scale, math.Sqrt(c.covariance.At(i, i))/scale, z)
		if f.separated[i] {
			co.Range.Low, co.Range.High = 0, math.Inf(1)
		}
	}
}

// take fills in a coefficient from its value and standard errors, in the unit
// of the input.
func (co *Coefficient) take(value, modelErr, stdErr, z float64) {
	co.Dropped = false
	co.Value, co.ModelErr, co.StdErr = value, modelErr, stdErr
	co.Ratio = math.Exp(value)
	if stdErr > 0 {
		co.Z = value / stdErr
	}
	co.P = math.Erfc(math.Abs(co.Z) / math.Sqrt2)
	co.Range.Low, co.Range.High = math.Exp(value-z*stdErr), math.Exp(value+z*stdErr)
}

// quadratic is v'C⁻v, or 0 where C says nothing.
func quadratic(c *mat.SymDense, v []float64) float64 {
	var x mat.VecDense
	var chol mat.Cholesky
	u := mat.NewVecDense(len(v), v)
	if !chol.Factorize(c) || chol.SolveVecTo(&x, u) != nil {
		return 0
	}
	return mat.Dot(u, &x)
}

// complete checks the options against the number of columns.
func (opt *CoxOptions) complete(columns int) (err error) {
	if opt.Level, err = checkLevel(opt.Level); err != nil {
		return err
	}
	if opt.Names, err = completeNames(opt.Names, columns); err != nil {
		return err
	}
	if opt.Ties != Efron && opt.Ties != Breslow {
		return &OptionError{"Ties", float64(opt.Ties), "not a known way"}
	}
	if opt.MaxIterations <= 0 {
		opt.MaxIterations = 60
	}
	opt.Prior, err = completePrior(opt.Prior, columns)
	return err
}

func completeNames(names []string, columns int) ([]string, error) {
	if names == nil {
		for j := range columns {
			names = append(names, fmt.Sprintf("x%d", j+1))
		}
	}
	if len(names) != columns {
		return nil, &OptionError{"Names", float64(len(names)), fmt.Sprintf("but there are %d columns", columns)}
	}
	return names, nil
}

func completePrior(prior []float64, columns int) ([]float64, error) {
	if len(prior) > 1 && len(prior) != columns {
		return nil, &OptionError{"Prior", float64(len(prior)), fmt.Sprintf("neither one for all nor one for each of %d columns", columns)}
	}
	all := make([]float64, columns)
	for j := range all {
		if len(prior) > 0 {
			all[j] = prior[min(j, len(prior)-1)]
		}
		if !finite(all[j]) || all[j] < 0 {
			return nil, &OptionError{"Prior", all[j], "not a standard deviation"}
		}
	}
	return all, nil
}

// checkRows finds the first row that cannot be.
func checkRows(rows []Row) error {
	if len(rows) == 0 {
		return ErrTooFew
	}
	for i := range rows {
		r := &rows[i]
		if err := r.check(i); err != nil {
			return err
		}
		if err := checkColumns(r.X, len(rows[0].X), i); err != nil {
			return err
		}
	}
	return nil
}

func checkColumns(x []float64, columns, row int) error {
	if len(x) != columns {
		return &InputError{row, "X", float64(len(x)), fmt.Sprintf("columns, but the first row has %d", columns)}
	}
	for j, v := range x {
		if !finite(v) {
			return &InputError{row, fmt.Sprintf("X[%d]", j), v, "not a finite number; leave the row out or fill the gap"}
		}
	}
	return nil
}
