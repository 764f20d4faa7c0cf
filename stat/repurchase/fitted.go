package repurchase

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"behold/stat"
)

// FitOptions change how FitBGNBD and its kin search. The zero value is plain
// maximum likelihood.
type FitOptions struct {
	Priors        []Prior   // one for each parameter in the order of Fit.Estimates; nil means none
	MaxIterations int       // Newton steps at most; 0 means 200
	Tolerance     float64   // stop when a step promises less log-likelihood than this; 0 means 1e-10
	Bootstrap     Bootstrap // ranges from resampled customers, beside the others; the zero value means none
}

// A Prior is what was known of one parameter before: its logarithm is normal
// around ln Median with standard deviation Spread. (The coefficient of a
// covariate is itself normal around Median.) Spread 0 means nothing was known.
//
// Because it bears on logarithms it does not depend on the unit of the others,
// as a penalty on the squares of the parameters does.
type Prior struct {
	Median, Spread float64
}

// Fit says how a model was found and how sure it is.
//
// Caveats: few-buyers (fewer than 100); no-repeats (nobody bought again);
// same-rhythm and same-leaving (customers do not differ: a pair of parameters
// grows together; Value is r or the mean chance to leave); no-leaving (hardly
// anybody is seen to leave; Value as before); flat (the data do not tell a pair
// of parameters); not-settled (MaxIterations came first; Value is the gain still
// promised); at-edge (the search for k ended at its end); failed-resamples
// (Count of them found no summit and are left out; Value is their share, and
// from Limit on there is no range). All but the first and the last three come
// with words in Boundary.
type Fit struct {
	LogLikelihood float64       // at these values, all constants kept, priors left out
	Customers     float64       // how many were learnt from, weights counted
	Estimates     []Estimate    // the parameters, in the order of the struct
	Resampled     []Estimate    // the same parameters with errors and ranges from FitOptions.Bootstrap; nil where not asked
	Covariance    [][]float64   // of the logarithms of the parameters (of the coefficients themselves); 0 where not Known
	Slope         float64       // largest derivative of the log-likelihood by a logarithm: 0 at a summit
	Curvature     float64       // smallest eigenvalue of minus the second derivatives; near 0 where a direction is flat
	Boundary      string        // in words, what the data do not tell; empty for an ordinary fit
	Caveats       []stat.Caveat // see below
}

// An Estimate is one parameter with its range.
type Estimate struct {
	Name  string // the letter of the paper, or the covariate
	Value float64
	Error float64       // standard error, by the delta method from the logarithm; 0 where not Known
	Range stat.Interval // of 95 %, symmetric about the logarithm; [Value, Value] where not Known
	Known bool          // false where the parameter ran away or the data do not tell it
}

// unknownError is the standard error of a logarithm beyond which a parameter
// is not known at all: a range of e^±10.
const unknownError = 5

const rangeLevel = 0.95

func (opt FitOptions) complete(parameters int) (FitOptions, error) {
	if opt.MaxIterations <= 0 {
		opt.MaxIterations = 200
	}
	if !(opt.Tolerance > 0) {
		opt.Tolerance = 1e-10
	}
	if err := opt.Bootstrap.check(); err != nil {
		return opt, err
	}
	if opt.Priors != nil && len(opt.Priors) != parameters {
		return opt, fmt.Errorf("%d priors for %d parameters", len(opt.Priors), parameters)
	}
	for i, p := range opt.Priors {
		if !finite(p.Median) || !finite(p.Spread) || p.Spread < 0 {
			return opt, fmt.Errorf("prior %d cannot be %+v", i, p)
		}
	}
	return opt, nil
}

// A belief is priors on the coordinates of a hill; nil changes nothing.
type belief []Prior

// prior turns medians into coordinates. Coordinates beyond the first four are
// coefficients and stand for themselves.
func (opt FitOptions) prior() belief {
	if opt.Priors == nil {
		return nil
	}
	b := make(belief, len(opt.Priors))
	for i, p := range opt.Priors {
		if i < 4 && p.Spread > 0 {
			p.Median = math.Log(math.Max(p.Median, math.SmallestNonzeroFloat64))
		}
		b[i] = p
	}
	return b
}

// over is the hill with the priors added.
func (b belief) over(h hill) hill {
	if b == nil {
		return h
	}
	return believed{h, b}
}

type believed struct {
	hill
	belief belief
}

func (h believed) look(at []float64) view {
	v := h.hill.look(at)
	v.value += h.belief.value(at)
	for i, p := range h.belief {
		if p.Spread > 0 {
			precision := 1 / (p.Spread * p.Spread)
			v.gradient[i] -= precision * (at[i] - p.Median)
			v.bend[i*len(at)+i] -= precision
		}
	}
	return v
}

func (b belief) value(at []float64) float64 {
	sum := 0.0
	for i, p := range b {
		if p.Spread > 0 {
			z := (at[i] - p.Median) / p.Spread
			sum -= z * z / 2
		}
	}
	return sum
}

// fitOf describes a summit of the hill. The first four coordinates are
// logarithms, the others coefficients.
func fitOf(h hill, top summit, names []string, opt FitOptions) Fit {
	f := Fit{LogLikelihood: top.view.value - opt.prior().value(top.at)}
	for _, slope := range top.view.gradient {
		f.Slope = math.Max(f.Slope, math.Abs(slope))
	}
	free := freeOf(top, h.middle())
	values, _ := curvatureOf(top.view, free)
	if len(values) > 0 && len(free) == len(top.at) {
		f.Curvature = values[0]
	}
	f.Covariance = covarianceOf(top, free)
	for i, at := range top.at {
		f.Estimates = append(f.Estimates, estimateOf(names[i], at, f.Covariance[i][i], i < 4))
	}
	if !top.settled {
		f.Caveats = append(f.Caveats, stat.Caveat{Code: "not-settled", Value: top.promise, Limit: opt.Tolerance})
	}
	return f
}

// covarianceOf is the inverse of the curvature. Flat directions are kept out
// by flooring, and show as variances no parameter that is known can have.
func covarianceOf(top summit, free []int) [][]float64 {
	covariance := make([][]float64, len(top.at))
	for i := range covariance {
		covariance[i] = make([]float64, len(top.at))
	}
	values, vectors := curvatureOf(top.view, free)
	for e, value := range values {
		value = math.Max(value, 1e-12)
		for i, row := range free {
			for j, column := range free {
				covariance[row][column] += vectors.At(i, e) * vectors.At(j, e) / value
			}
		}
	}
	for i := range covariance {
		if covariance[i][i] > unknownError*unknownError {
			for j := range covariance {
				covariance[i][j], covariance[j][i] = 0, 0
			}
		}
	}
	return covariance
}

func estimateOf(name string, at, variance float64, logarithm bool) Estimate {
	e := Estimate{Name: name, Value: at, Known: variance > 0, Error: math.Sqrt(variance)}
	half := distuv.UnitNormal.Quantile(0.5+rangeLevel/2) * e.Error
	e.Range = stat.Interval{Low: at - half, High: at + half, Level: rangeLevel}
	if logarithm {
		e.Value = math.Exp(at)
		e.Error *= e.Value
		e.Range.Low, e.Range.High = math.Exp(at-half), math.Exp(at+half)
	}
	if !e.Known {
		e.Range.Low, e.Range.High = e.Value, e.Value
	}
	return e
}

// warn adds a caveat and says it in words.
func (f *Fit) warn(caveat stat.Caveat, words string) {
	f.Caveats = append(f.Caveats, caveat)
	if f.Boundary != "" {
		f.Boundary += "; "
	}
	f.Boundary += words
}

// know fills in who was learnt from, and what of the rhythm they do not tell.
func (f *Fit) know(buyers []Buyer) {
	all, repeaters := tally(buyers)
	f.Customers = all
	if all < fewBuyers {
		f.Caveats = append(f.Caveats, stat.Caveat{Code: "few-buyers", Count: int(all), Limit: fewBuyers})
	}
	r, alpha := f.Estimates[0], f.Estimates[1]
	switch {
	case repeaters == 0:
		f.warn(stat.Caveat{Code: "no-repeats"}, "nobody has bought again: no parameter can be told")
	case (!r.Known || !alpha.Known) && r.Value > 100:
		f.warn(stat.Caveat{Code: "same-rhythm", Value: r.Value},
			fmt.Sprintf("%s and %s grow together: customers do not differ in how often they buy", r.Name, alpha.Name))
	case !r.Known || !alpha.Known:
		f.warn(stat.Caveat{Code: "flat", Value: r.Value}, fmt.Sprintf("the data do not tell %s and %s apart", r.Name, alpha.Name))
	}
}

// knowShares says what the data do not tell of leaving, for a chance to leave
// that is Beta over customers.
func (f *Fit) knowShares() {
	a, b := f.Estimates[2], f.Estimates[3]
	if a.Known && b.Known {
		return
	}
	mean := a.Value / (a.Value + b.Value)
	switch {
	case mean < 1e-3 || b.Value < 1e-2 && a.Value < b.Value/10:
		f.warn(stat.Caveat{Code: "no-leaving", Value: mean},
			fmt.Sprintf("%s runs to 0 against %s: hardly anybody is seen to leave", a.Name, b.Name))
	case a.Value+b.Value > 50:
		f.warn(stat.Caveat{Code: "same-leaving", Value: mean},
			fmt.Sprintf("%s and %s grow together: customers do not differ in how easily they leave", a.Name, b.Name))
	default:
		f.warn(stat.Caveat{Code: "flat", Value: mean}, fmt.Sprintf("the data do not tell %s and %s", a.Name, b.Name))
	}
}
