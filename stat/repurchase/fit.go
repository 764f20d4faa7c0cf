package repurchase

import (
	"fmt"
	"math"
	"slices"

	"behold/stat"
)

// MixtureOptions change how FitMixture searches. The zero value is the rule.
type MixtureOptions struct {
	Shapes        []float64 // the grid of k, rising, each > 0; nil means DefaultShapes
	NoPriors      bool      // plain maximum likelihood, as in published fits
	MedianGap     float64   // centre of the prior of α/r; 0 means the median of t_x/x over the repeaters
	Start         *Mixture  // where to begin, such as yesterday's fit; the answer does not depend on it
	MaxIterations int       // 0 means 200
	Tolerance     float64   // stop when a step promises less log-likelihood than this; 0 means 1e-7
	Bootstrap     Bootstrap // errors and ranges from resampled customers; the zero value means none
}

// DefaultShapes is the grid of k from a little more clumped than random (1) to
// clockwork (METHODS 2.3).
func DefaultShapes() []float64 {
	return []float64{0.7, 1, 1.5, 2, 3, 4.5, 7, 12}
}

// Fewer buyers than fewBuyers teach nothing that a prior does not know better;
// fewer repeaters than fewRepeats ask for a caveat (METHODS 2.3).
const (
	fewBuyers  = 100
	fewRepeats = 200
)

// FitMixture estimates how a customer base buys: how often, how regularly, and
// how easily its customers drift away.
//
// Question: what is a usual gap here, and who is still a customer?
//
// Input: one Buyer per customer, in any order; read only.
//
//	Repeats  x    occasions after the first         count, x ≥ 0
//	Last     t_x  from first to last occasion       any unit of time, 0 ≤ t_x ≤ T
//	Age      T    from first occasion to today      the same unit, T ≥ 0
//	LogGaps  L    Σ ln gap over the x gaps          gaps in that unit, floored by the caller
//
// Model: MBG/CNBD-k with a mixture over real k. The likelihood of one buyer is
//
//	Σ_g π_g G_g [ B(a, b+x+1)/B(a,b) · S_g + B(a+1, b+x)/B(a,b) ]
//
// with G_g and S_g of Weights and Silence. The sum of its logarithms, and of
// the priors ln r ~ N(0,1), ln α ~ N(ln(median gap · r), 1.5²), ln a ~ N(ln 0.7,
// 1), ln b ~ N(ln 3, 1), is maximised over r, α, a, b > 0 and the shares π.
//
// Method: for given r, α, a, b the shares are a concave problem and are solved
// to the end (METHODS 2.3 has EM, which reaches the same point slowly); the
// four others climb on that ridge by quasi-Newton steps with exact gradients.
//
// Output: Mixture; α in the unit of time, r, a, b without unit.
//
// Errors: ErrTooFew (no buyers and no MedianGap); *InputError (which Buyer,
// which field); an error for options that cannot be. Caveats, in the result:
// few-buyers (fewer than 100: the priors themselves are given back, Borrowed),
// few-repeats (fewer than 200 repeaters), at-edge (a parameter ran to the end
// of its range; Value is the parameter), not-settled (MaxIterations came
// first; Value is the gain still promised), failed-resamples (see Fit).
//
// Not for contracts with an end date, nor for customers who buy in projects.
//
// Source: Batislam, Denizel, Filiztekin (2007), IJRM 24(3); Platzer, Reutterer
// (2016), Marketing Science 35(5), for regularity that differs; Reutterer,
// Platzer, Schroeder (2021), IJRM. With k = 1 and no priors the CDNOW sample
// (2,357 customers) gives r 0.525, α 6.183, a 0.891, b 1.614, ln L −9582.1:
// see TestFitMixture_CDNOW.
func FitMixture(buyers []Buyer, opt MixtureOptions) (Mixture, error) {
	if err := checkBuyers(buyers); err != nil {
		return Mixture{}, err
	}
	opt, err := opt.complete()
	if err != nil {
		return Mixture{}, err
	}
	if len(buyers) == 0 && opt.MedianGap == 0 {
		return Mixture{}, ErrTooFew
	}
	folded := fold(buyers)
	scale := opt.MedianGap
	if scale == 0 {
		scale = medianGap(folded)
	}
	count, repeaters := tally(folded)
	if count < fewBuyers && !opt.NoPriors {
		return borrowed(scale, count, opt), nil
	}
	p := newProblem(folded, opt, scale)
	m := p.climb(opt)
	m.resample(p, opt)
	if repeaters < fewRepeats {
		m.Caveats = append(m.Caveats, stat.Caveat{Code: "few-repeats", Count: int(repeaters), Limit: fewRepeats})
	}
	return m, nil
}

func (opt MixtureOptions) complete() (MixtureOptions, error) {
	if opt.Shapes == nil {
		opt.Shapes = DefaultShapes()
	}
	for i, k := range opt.Shapes {
		if !(k > 0) || math.IsInf(k, 1) || i > 0 && k <= opt.Shapes[i-1] {
			return opt, fmt.Errorf("shapes must be above 0, finite and rising, not %v", opt.Shapes)
		}
	}
	if len(opt.Shapes) == 0 {
		return opt, fmt.Errorf("at least one shape is needed")
	}
	if !finite(opt.MedianGap) || opt.MedianGap < 0 {
		return opt, fmt.Errorf("the median gap cannot be %v", opt.MedianGap)
	}
	if err := opt.Bootstrap.check(); err != nil {
		return opt, err
	}
	if opt.MaxIterations <= 0 {
		opt.MaxIterations = 200
	}
	if opt.Tolerance <= 0 {
		opt.Tolerance = 1e-7
	}
	return opt, nil
}

// fold sorts a copy of the buyers and puts equal histories into one with the
// sum of their weights. The order makes the sums, and so the bits of the
// answer, independent of the order of the input.
func fold(buyers []Buyer) []Buyer {
	sorted := slices.Clone(buyers)
	slices.SortFunc(sorted, compare)
	folded := sorted[:0]
	for _, b := range sorted {
		b.Weight = b.weight()
		if last := len(folded) - 1; last >= 0 && compare(folded[last], b) == 0 {
			folded[last].Weight += b.Weight
			continue
		}
		folded = append(folded, b)
	}
	return folded
}

func compare(a, b Buyer) int {
	for _, pair := range [4][2]float64{{a.Repeats, b.Repeats}, {a.Last, b.Last}, {a.Age, b.Age}, {a.LogGaps, b.LogGaps}} {
		if pair[0] != pair[1] {
			if pair[0] < pair[1] {
				return -1
			}
			return 1
		}
	}
	return 0
}

func tally(buyers []Buyer) (all, repeaters float64) {
	for _, b := range buyers {
		all += b.Weight
		if b.Repeats > 0 {
			repeaters += b.Weight
		}
	}
	return all, repeaters
}

// medianGap is the median of t_x/x over the repeaters; where nobody repeated,
// of the ages; where nobody has an age, one unit.
func medianGap(buyers []Buyer) float64 {
	if gap := median(buyers, func(b Buyer) float64 { return b.Last / b.Repeats }); gap > 0 {
		return gap
	}
	if age := median(buyers, func(b Buyer) float64 { return b.Age }); age > 0 {
		return age
	}
	return 1
}

// median is the weighted median of what is above 0; 0 when nothing is.
func median(buyers []Buyer, of func(Buyer) float64) float64 {
	type weighted struct{ value, weight float64 }
	var values []weighted
	total := 0.0
	for _, b := range buyers {
		if v := of(b); v > 0 && finite(v) {
			values = append(values, weighted{v, b.Weight})
			total += b.Weight
		}
	}
	slices.SortFunc(values, func(a, b weighted) int {
		if a.value < b.value {
			return -1
		}
		if a.value > b.value {
			return 1
		}
		return 0
	})
	sum := 0.0
	for _, v := range values {
		if sum += v.weight; sum >= total/2 {
			return v.value
		}
	}
	return 0
}

// borrowed is the middle of the priors, for those who have too few buyers.
func borrowed(scale, count float64, opt MixtureOptions) Mixture {
	m := Mixture{R: 1, Alpha: scale, A: priorA, B: priorB, Shapes: slices.Clone(opt.Shapes), Borrowed: true}
	for range m.Shapes {
		m.Shares = append(m.Shares, 1/float64(len(m.Shapes)))
	}
	m.Caveats = []stat.Caveat{{Code: "few-buyers", Count: int(count), Limit: fewBuyers}}
	return m
}
