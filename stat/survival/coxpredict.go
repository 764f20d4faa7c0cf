package survival

import (
	"fmt"
	"math"
	"sort"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// A baseline is the gathered risk of one stratum at the mean of the columns,
// in the unit e^shift of the fit.
type baseline struct {
	stratum  string
	shift    float64
	times    []float64
	hazard   []float64 // Λ
	variance []float64 // Σ a2
	mean     []float64 // M, len(times) × columns
}

func (d *coxData) baselines(s *coxPass) []baseline {
	p := len(s.beta)
	risk, mean := d.gathered(s, nil), d.gatheredMeans(s)
	all := make([]baseline, len(d.strata))
	for i, stratum := range d.strata {
		n := stratum.last - stratum.moment
		b := baseline{stratum: stratum.name, shift: s.shift[i], times: make([]float64, 0, n), hazard: make([]float64, 0, n),
			variance: make([]float64, 0, n), mean: mean[(stratum.moment+1)*p : (stratum.last+1)*p]}
		variance := 0.0
		for k := stratum.moment; k < stratum.last; k++ {
			variance += s.sums[k].a2
			b.times = append(b.times, d.ties[k].time)
			b.hazard = append(b.hazard, risk[k+1])
			b.variance = append(b.variance, variance)
		}
		all[i] = b
	}
	return all
}

// A Prediction is what a fitted Cox says of a customer at one age.
type Prediction struct {
	Hazard   float64       // Λ(t | z), risk gathered up to and with t; no unit
	StdErr   float64       // of Hazard
	Survival float64       // exp(−Λ), share of such customers still here after t
	Range    stat.Interval // of Survival
}

// Predict is the chance that a customer with columns x stays longer than age t.
//
// Question: how many customers like this one are still here after two years?
//
// Input: x, the columns as in Row.X, nil standing for all 0; the stratum; t,
// an age in the unit of the fit.
//
// Estimate: Λ(t|z) = e^{β'z} Σ_{t_i ≤ t} Σ_steps 1/φ, the estimate that goes
// with the ties of the fit, and S = exp(−Λ); Var Λ from the counts and from β
// (Tsiatis 1981), limits on the scale of ln Λ.
//
// Output: Prediction; shares between 0 and 1.
//
// Errors: *InputError (x has other columns than the fit, or a number that is
// not finite); *OptionError (no such stratum). After the last age at which
// somebody of the stratum left the risk stays what it was there: too low.
//
// Not for columns far outside the data, nor with the caveat separation.
//
// Source: Therneau, Grambsch (2000), 10.2. See TestFitCox_R (predicted
// survival of R on three data sets).
func (c *Cox) Predict(x []float64, stratum string, t float64) (Prediction, error) {
	z, err := c.scaled(x)
	if err != nil {
		return Prediction{}, err
	}
	b := sort.Search(len(c.baselines), func(i int) bool { return c.baselines[i].stratum >= stratum })
	if b == len(c.baselines) || c.baselines[b].stratum != stratum {
		return Prediction{}, &OptionError{"stratum", 0, fmt.Sprintf("as the fit has no stratum %q", stratum)}
	}
	if math.IsNaN(t) {
		return Prediction{}, &OptionError{"t", t, "not an age"}
	}
	p := Prediction{Survival: 1, Range: stat.Interval{Low: 1, High: 1, Level: c.Level}}
	base := &c.baselines[b]
	if i := sort.Search(len(base.times), func(i int) bool { return base.times[i] > t }); i > 0 {
		c.fillPrediction(&p, base, i-1, z)
	}
	return p, nil
}

// scaled is x in the scale of the fit.
func (c *Cox) scaled(x []float64) ([]float64, error) {
	if x == nil {
		x = make([]float64, len(c.Coefficients))
	}
	if err := checkColumns(x, len(c.Coefficients), 0); err != nil {
		return nil, err
	}
	return scaled(x, c.columns, c.mean, c.scale), nil
}

func (c *Cox) fillPrediction(p *Prediction, base *baseline, i int, z []float64) {
	log := math.Log(base.hazard[i]) - base.shift + dot(c.beta, z)
	// Relative to Λ, and in its logarithm, nothing over- or underflows.
	relative := base.variance[i] / base.hazard[i] / base.hazard[i]
	if n := len(z); n > 0 {
		q := mat.NewVecDense(n, nil)
		for a, v := range z {
			q.SetVec(a, v-base.mean[i*n+a]/base.hazard[i])
		}
		relative += math.Max(0, mat.Inner(q, c.covariance, q))
	}
	p.Hazard = math.Exp(log)
	p.StdErr = math.Exp(log + math.Log(relative)/2)
	p.Survival = math.Exp(-p.Hazard)
	spread := normalLimit(c.Level) * math.Sqrt(relative)
	p.Range.Low, p.Range.High = math.Exp(-math.Exp(log+spread)), math.Exp(-math.Exp(log-spread))
}

// Risk is β'z, the log of how much faster a customer with columns x leaves
// than one with the mean of all columns. It is what ranks.
func (c *Cox) Risk(x []float64) (float64, error) {
	z, err := c.scaled(x)
	if err != nil {
		return 0, err
	}
	return dot(c.beta, z), nil
}
