package repurchase

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/optimize"

	"behold/stat"
)

// A Spend is what one customer spends per occasion.
type Spend struct {
	Occasions float64 // n, how many occasions Mean averages; > 0
	Mean      float64 // z, mean spend (or margin) per occasion, any currency; > 0
	Weight    float64 // how many customers share it; 0 means 1
}

// A GammaGamma is the spend per occasion of a customer base: of one customer
// Gamma(shape P, rate ν), with ν ~ Gamma(shape Q, rate V) across customers.
type GammaGamma struct {
	P, Q          float64       // p, q; no unit
	V             float64       // v, in the currency of the spends
	LogLikelihood float64       // at these values, all constants kept
	Estimates     []Estimate    // p, q, v with their errors and ranges
	Resampled     []Estimate    // the same with errors and ranges from a Bootstrap; nil where not asked
	Caveats       []stat.Caveat // few-buyers, no-mean, at-edge, not-settled, failed-resamples
}

// FitGammaGamma estimates what customers spend on one occasion, and how much
// they differ.
//
// Question: what is one purchase of this customer worth, when little of theirs
// has been seen?
//
// Input: one Spend per customer with at least one occasion, each Mean above 0
// (credit notes taken off before, customers at or below 0 left out), in any
// order; read only.
//
// Model: the likelihood of one customer is
//
//	Γ(pn+q)/(Γ(pn)Γ(q)) · v^q z^(pn−1) n^(pn) / (v + nz)^(pn+q)
//
// and the sum of its logarithms is maximised over p, q, v > 0.
//
// Output: p, q without unit, v in the currency; errors and ranges of 95 % from
// the exact curvature.
//
// Errors: ErrTooFew (nobody); *InputError (which Spend, which field). Caveats:
// few-buyers (fewer than 100), no-mean (q ≤ 1: spends have so heavy a tail that
// the mean of a new customer does not exist; Value is q), at-edge (a parameter
// ran to the end of its range, as when all spend the same), not-settled.
//
// Not where spend and frequency go together: the model takes them as
// independent. Check the correlation first (METHODS 2.5: below 0.2).
//
// Source: Fader, Hardie, Lee (2005), J. Marketing Research 42(4); Fader,
// Hardie (2013), note on the gamma-gamma model. The 946 repeaters of the CDNOW
// sample give p 6.25, q 3.74, v 15.44: see TestFitGammaGamma_CDNOW.
func FitGammaGamma(spends []Spend) (GammaGamma, error) {
	for i, s := range spends {
		if field, value, why := s.fault(); field != "" {
			return GammaGamma{}, &InputError{Buyer: i, Field: field, Value: value, Why: why}
		}
	}
	if len(spends) == 0 {
		return GammaGamma{}, ErrTooFew
	}
	p := newSpendProblem(spends)
	at, settled := p.climb()
	g := p.answer(at)
	if !settled {
		g.Caveats = append(g.Caveats, stat.Caveat{Code: "not-settled"})
	}
	return g, nil
}

// FitGammaGammaResampled is FitGammaGamma with Resampled filled in: ranges from
// resampled customers, beside those from the curvature. An error more: a
// Bootstrap that cannot be. A caveat more: failed-resamples (see Fit).
func FitGammaGammaResampled(spends []Spend, b Bootstrap) (GammaGamma, error) {
	if err := b.check(); err != nil {
		return GammaGamma{}, err
	}
	g, err := FitGammaGamma(spends)
	if err != nil || b.Resamples == 0 {
		return g, err
	}
	p := newSpendProblem(spends)
	points := b.points(p.weights(), func(drawn []float64) []float64 { return p.drawn(drawn) })
	var failed int
	g.Resampled, failed = ranges(g.Estimates, points, 3)
	g.Caveats = append(g.Caveats, failedResamples(failed, len(points))...)
	return g, nil
}

func (s Spend) fault() (field string, value float64, why string) {
	switch {
	case !finite(s.Occasions) || s.Occasions <= 0:
		return "Occasions", s.Occasions, "not a finite number above 0"
	case !finite(s.Mean) || s.Mean <= 0:
		return "Mean", s.Mean, "not a finite number above 0"
	case !finite(s.Weight) || s.Weight < 0:
		return "Weight", s.Weight, "not a finite number, 0 or above"
	}
	return "", 0, ""
}

// Mean is what one more occasion of a customer is worth on average, after n
// occasions of mean z; n = 0 asks about a customer never seen.
//
// Model: p(v + nz)/(pn + q − 1), which is w z + (1−w) pv/(q−1) with
// w = pn/(pn+q−1) where q > 1.
//
// ok is false where no mean exists, pn + q ≤ 1; the mean is then 0. See
// TestGammaGammaMean.
//
// Input: n ≥ 0 occasions, z in the currency of the fit. Source: Fader, Hardie
// (2013), note on the gamma-gamma model.
func (g GammaGamma) Mean(n, z float64) (mean float64, ok bool) {
	below := g.P*n + g.Q - 1
	if !(below > 0) || !finite(z) {
		return 0, false
	}
	return g.P * (g.V + n*z) / below, true
}

// A spendProblem holds the spends in units of their median, sorted.
type spendProblem struct {
	spends []Spend
	unit   float64
	total  float64
	logs   float64 // what comes back to the log-likelihood for the unit
}

func newSpendProblem(spends []Spend) *spendProblem {
	p := &spendProblem{spends: slices.Clone(spends)}
	slices.SortFunc(p.spends, func(a, b Spend) int {
		return compare(Buyer{Repeats: a.Occasions, Last: a.Mean, Age: a.Weight}, Buyer{Repeats: b.Occasions, Last: b.Mean, Age: b.Weight})
	})
	p.fold()
	means := make([]Buyer, len(p.spends))
	for i, s := range p.spends {
		p.total += s.Weight
		means[i] = Buyer{Last: s.Mean, Weight: s.Weight}
	}
	p.unit = median(means, func(b Buyer) float64 { return b.Last })
	for i := range p.spends {
		p.spends[i].Mean /= p.unit
	}
	p.logs = -p.total * math.Log(p.unit)
	return p
}

// fold puts equal spends, which follow one another, into one.
func (s *spendProblem) fold() {
	folded := s.spends[:0]
	for _, c := range s.spends {
		if c.Weight == 0 {
			c.Weight = 1
		}
		if last := len(folded) - 1; last >= 0 && folded[last].Occasions == c.Occasions && folded[last].Mean == c.Mean {
			folded[last].Weight += c.Weight
			continue
		}
		folded = append(folded, c)
	}
	s.spends = folded
}

func (s *spendProblem) weights() []float64 {
	weights := make([]float64, len(s.spends))
	for i, c := range s.spends {
		weights[i] = c.Weight
	}
	return weights
}

// drawn is ln p, ln q, ln v of the spends with other weights, nil where the
// search does not arrive.
func (s *spendProblem) drawn(weights []float64) []float64 {
	var some []Spend
	for i, c := range s.spends {
		if c.Weight = weights[i]; c.Weight > 0 {
			some = append(some, c)
		}
	}
	if len(some) == 0 {
		return nil
	}
	p := newSpendProblem(some)
	at, settled := p.climb()
	if !settled {
		return nil
	}
	at[2] += math.Log(p.unit) + math.Log(s.unit)
	return at
}

// look is the mean log-likelihood per customer at ln p, ln q, ln v, and its
// gradient.
func (s *spendProblem) look(at []float64) (value float64, gradient [3]float64) {
	p, q, v := math.Exp(at[0]), math.Exp(at[1]), math.Exp(at[2])
	digammaQ := stat.Digamma(q)
	sums := stat.BlockSums(stat.Split{N: len(s.spends), Size: fitBlock, Width: 4}, func(lo, hi int, sums []float64) {
		seen, logB, riseP, digamma := -1.0, 0.0, 0.0, 0.0
		for _, c := range s.spends[lo:hi] {
			n := c.Occasions
			if n != seen {
				seen, logB = n, stat.LogBeta(p*n, q)
				digamma = stat.Digamma(p*n + q)
				riseP = digamma - stat.Digamma(p*n)
			}
			nz := n * c.Mean
			logRest := -math.Log1p(v / nz) // ln(nz/(v+nz))
			logV := -math.Log1p(nz / v)    // ln(v/(v+nz))
			sums[0] += c.Weight * (-logB + q*logV + p*n*logRest - math.Log(c.Mean))
			sums[1] += c.Weight * p * n * (riseP + logRest)
			sums[2] += c.Weight * q * (digamma - digammaQ + logV)
			sums[3] += c.Weight * (q - (p*n+q)*v/(v+nz))
		}
	})
	for i := range sums {
		sums[i] /= s.total
	}
	return sums[0], [3]float64{sums[1], sums[2], sums[3]}
}

// fenced is look inside ±edge and a slope back to it outside.
func (s *spendProblem) fenced(at []float64) (value float64, gradient [3]float64) {
	inside := fence(at)
	value, gradient = s.look(inside)
	for i := range at {
		if off := at[i] - inside[i]; off != 0 {
			value -= off * off / 2
			gradient[i] = -off
		}
	}
	return value, gradient
}

func fence(at []float64) []float64 {
	inside := slices.Clone(at)
	for i, v := range inside {
		inside[i] = math.Min(edge, math.Max(-edge, v))
	}
	return inside
}

func (s *spendProblem) climb() (at []float64, settled bool) {
	problem := optimize.Problem{
		Func: func(at []float64) float64 {
			value, _ := s.fenced(at)
			return -value
		},
		Grad: func(into, at []float64) {
			_, gradient := s.fenced(at)
			for i := range into {
				into[i] = -gradient[i]
			}
		},
	}
	settings := &optimize.Settings{GradientThreshold: 1e-9, MajorIterations: 500, Converger: optimize.NeverTerminate{}}
	result, _ := optimize.Minimize(problem, []float64{1, 1, 1}, settings, &optimize.BFGS{})
	at = fence(result.X)
	_, gradient := s.look(at)
	settled = true
	for i, v := range gradient {
		if math.Abs(v) > 1e-6 && math.Abs(at[i]) < edge {
			settled = false
		}
	}
	return at, settled
}

func (s *spendProblem) answer(at []float64) GammaGamma {
	value, _ := s.look(at)
	g := GammaGamma{
		P: math.Exp(at[0]), Q: math.Exp(at[1]), V: math.Exp(at[2]) * s.unit,
		LogLikelihood: value*s.total + s.logs, Estimates: s.estimates(at),
	}
	if s.total < fewBuyers {
		g.Caveats = append(g.Caveats, stat.Caveat{Code: "few-buyers", Count: int(s.total), Limit: fewBuyers})
	}
	if g.Q <= 1 {
		g.Caveats = append(g.Caveats, stat.Caveat{Code: "no-mean", Value: g.Q, Limit: 1})
	}
	for _, v := range at {
		if math.Abs(v) >= edge {
			g.Caveats = append(g.Caveats, stat.Caveat{Code: "at-edge", Value: math.Exp(v)})
		}
	}
	return g
}
