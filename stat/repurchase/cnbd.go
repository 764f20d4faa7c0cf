package repurchase

import (
	"fmt"
	"math"
	"slices"

	"behold/stat"
)

// A BGCNBD is a BGNBD whose customers buy more regularly than at random: a
// purchase comes after every K-th event of a stream at rate λ. Make it with
// FitBGCNBD. With K = 1 it is BGNBD.
//
// Its methods give NaN for a Buyer that is not in order (see InputError) and
// where nothing was fitted. They need no Buyer.LogGaps but for LogLikelihoodOf.
type BGCNBD struct {
	K     int     // k, events to a purchase; 1 is at random, large is clockwork
	R     float64 // r, shape of λ over customers; no unit
	Alpha float64 // α, rate of λ over customers, in the unit of time: of events, not of purchases
	A, B  float64 // a, b of the chance to leave; no unit
	Fit
}

// An MBGCNBD is a BGCNBD whose customers may leave after the first purchase
// already. Make it with FitMBGCNBD. It is the Mixture of one Shape K without
// priors, whose Alpha is K times this one.
type MBGCNBD struct {
	K     int     // k, events to a purchase; 1 is at random, large is clockwork
	R     float64 // r, shape of λ over customers; no unit
	Alpha float64 // α, rate of λ over customers, in the unit of time: of events, not of purchases
	A, B  float64 // a, b of the chance to leave; no unit
	Fit
}

// mostK is the largest k of FitBGCNBD and FitMBGCNBD.
const mostK = 40

// FitBGCNBD estimates how often and how regularly customers buy and how easily
// they drift away, for one regularity k.
//
// Question: who is still a customer, when customers have a rhythm?
//
// Input: as FitBGNBD, and of each Buyer LogGaps, the sum of ln(gap) over the x
// gaps in the unit of time. k from 1 to 40; 0 looks for the k of the largest
// likelihood, doubling it from 1 until that falls and then on both sides of the
// best (some ten fits; the ranges then take k as known).
//
// Model: gaps are Erlang-k; the likelihood of one customer, with s = T − t_x,
// n = x and δ = 1 when x > 0 and else 0, is
//
//	L = e^{(k−1)ΣlnGaps} Γ(r+kx) α^r / (Γ(k)^x Γ(r)) · B(a, b+n)/B(a, b)
//	    · [ (α+T)^−(r+kx) Σ_{j<k} (r+kx)_j/j! (s/(α+T))^j + δ·a/(b+n−1)·(α+t_x)^−(r+kx) ]
//
// and the sum of ln L is maximised over r, α, a, b > 0.
//
// Output: r, a, b without unit, α in the unit of time on the scale of events.
//
// Errors: as FitBGNBD, and an error for a k that cannot be. Caveats: see Fit;
// what has been said of BGNBD.Alive holds here.
//
// Source: Platzer, Reutterer (2016), Marketing Science 35(5); Reutterer,
// Platzer, Schroeder (2021), IJRM. See TestReferenceCNBD.
func FitBGCNBD(k int, buyers []Buyer, opt FitOptions) (BGCNBD, error) {
	l, fit, err := fitRegular(false, k, buyers, opt)
	if err != nil {
		return BGCNBD{}, err
	}
	return BGCNBD{K: l.k, R: l.r, Alpha: l.alpha, A: l.a, B: l.b, Fit: fit}, nil
}

// FitMBGCNBD is FitBGCNBD for customers who may leave after the first purchase
// already: n = x + 1 and δ = 1 for all. See TestReferenceCNBD.
func FitMBGCNBD(k int, buyers []Buyer, opt FitOptions) (MBGCNBD, error) {
	l, fit, err := fitRegular(true, k, buyers, opt)
	if err != nil {
		return MBGCNBD{}, err
	}
	return MBGCNBD{K: l.k, R: l.r, Alpha: l.alpha, A: l.a, B: l.b, Fit: fit}, nil
}

// fitRegular fits one k, or looks for it where it is 0.
func fitRegular(first bool, k int, buyers []Buyer, opt FitOptions) (law, Fit, error) {
	if k < 0 || k > mostK {
		return law{}, Fit{}, fmt.Errorf("k must be from 0 to %d, not %d", mostK, k)
	}
	if k > 0 {
		return fitFamily(family{k: k, first: first}, buyers, opt)
	}
	if _, err := ready(buyers, opt); err != nil {
		return law{}, Fit{}, err
	}
	k = searchK(first, buyers, opt)
	best, fit, err := fitFamily(family{k: k, first: first}, buyers, opt)
	if err == nil && k == mostK {
		fit.Caveats = append(fit.Caveats, stat.Caveat{Code: "at-edge", Value: mostK, Limit: mostK})
	}
	return best, fit, err
}

// searchK is the k of the largest likelihood: it doubles until that falls, and
// halves the gaps on both sides of the best. Each k begins where the nearest
// that was tried ended.
func searchK(first bool, buyers []Buyer, opt FitOptions) int {
	opt, _ = opt.complete(4)
	gathered := gather(buyers, true)
	scale := usualGap(gathered)
	tops := make(map[int]summit)
	try := func(k, from int) float64 {
		if _, known := tops[k]; !known {
			h := newGeometricHill(family{k: k, first: first}, gathered, scale)
			tops[k] = climbFrom(h, tops[from], from, k, opt)
		}
		return tops[k].view.value - opt.prior().value(tops[k].at)
	}
	try(1, 1)
	low, best, high := 1, 1, min(2, mostK)
	for try(high, best) > try(best, best) {
		low, best, high = best, high, min(2*high, mostK)
		if best == mostK {
			break
		}
	}
	for best-low > 1 || high-best > 1 {
		middle := (low + best) / 2
		if high-best > best-low {
			middle = (best + high) / 2
		}
		switch better := try(middle, best) > try(best, best); {
		case better && middle < best:
			best, high = middle, best
		case better:
			low, best = best, middle
		case middle < best:
			low = middle
		default:
			high = middle
		}
	}
	return best
}

// climbFrom begins at the summit of another k, whose events are that much
// rarer; anywhere, where there is none, or one far out from which the way back
// is long.
func climbFrom(h hill, other summit, from, k int, opt FitOptions) summit {
	const near = 20 // steps
	if other.at == nil || math.Max(math.Abs(other.at[0]), math.Abs(other.at[3])) > runaway {
		return climbHill(h, opt)
	}
	start := slices.Clone(other.at)
	start[1] += math.Log(float64(from) / float64(k))
	short := opt
	short.MaxIterations = min(near, opt.MaxIterations)
	if found := ascend(opt.prior().over(h), start, short); found.settled {
		return found
	}
	return climbHill(h, opt)
}

func (m BGCNBD) law() law {
	return law{family{k: m.K}, m.R, m.Alpha, m.A, m.B}
}

func (m MBGCNBD) law() law {
	return law{family{k: m.K, first: true}, m.R, m.Alpha, m.A, m.B}
}

// LogLikelihoodOf is ln L of one history; its Weight is left out.
//
// It needs Buyer.LogGaps. Output: a natural logarithm in the unit of time of the
// buyer; NaN for a Buyer that is not in order. See TestReferenceCNBD.
func (m BGCNBD) LogLikelihoodOf(b Buyer) float64 { return m.law().logLikelihood(b) }

// LogLikelihoodOf is ln L of one history; its Weight is left out.
//
// It needs Buyer.LogGaps. Output: a natural logarithm in the unit of time of the
// buyer; NaN for a Buyer that is not in order. See TestReferenceCNBD.
func (m MBGCNBD) LogLikelihoodOf(b Buyer) float64 { return m.law().logLikelihood(b) }

// Alive is the chance that the customer is still with us at all: S/(S + δρ)
// with S of Mixture.Silence and ρ = a/(b+x−1).
//
// Not as a score of who leaves: it is 1 for everybody who bought once. See
// BGNBD.Alive, and NoPurchase.
//
// Output: 0 … 1; NaN for a Buyer that is not in order. See TestReferenceCNBD.
func (m BGCNBD) Alive(b Buyer) float64 { return m.law().alive(b) }

// Alive is the chance that the customer is still with us at all; see
// Mixture.Alive. To rank who leaves, NoPurchase is the better score.
//
// Output: 0 … 1; NaN for a Buyer that is not in order. See TestReferenceCNBD and
// TestCNBDIsMixture.
func (m MBGCNBD) Alive(b Buyer) float64 { return m.law().alive(b) }

// NoPurchase is the chance that the customer buys nothing in (T, T+h], gone or
// only pausing: 1 − P_alive (1 − S(s+h)/S(s)).
//
// This ranks who leaves, not Alive. Input: h ≥ 0 in the unit of the buyers.
// Output: 0 … 1; NaN where Buyer or h cannot be. See TestReferenceCNBD.
func (m BGCNBD) NoPurchase(b Buyer, h float64) float64 { return m.law().noPurchase(b, h) }

// NoPurchase is the chance that the customer buys nothing in (T, T+h], gone or
// only pausing: 1 − P_alive (1 − S(s+h)/S(s)).
//
// This ranks who leaves, not Alive. Input: h ≥ 0 in the unit of the buyers.
// Output: 0 … 1; NaN where Buyer or h cannot be. See TestReferenceCNBD.
func (m MBGCNBD) NoPurchase(b Buyer, h float64) float64 { return m.law().noPurchase(b, h) }

// Expected is the mean number of purchases in (T, T+h], exactly, where others
// approximate it: over the stages that the customer may have reached in the
// gap, and over the purchases to come, of all of which the chances are known.
//
// Input: h ≥ 0, finite, in the unit of the buyers; the time it takes grows with k
// and with the purchases to come. Output: purchases; NaN where Buyer or h cannot
// be. See TestReferenceCNBD, TestStagedIsGeometric and TestStagedSimulated.
func (m BGCNBD) Expected(b Buyer, h float64) float64 { return m.law().expected(b, h) }

// Expected is the mean number of purchases in (T, T+h]; see BGCNBD.Expected.
func (m MBGCNBD) Expected(b Buyer, h float64) float64 { return m.law().expected(b, h) }

// Simulate invents one customer for each age (T). The same seed gives the same
// customers. Errors: *InputError for an age that cannot be; ErrNoFit.
//
// Input: ages ≥ 0 in the unit of Alpha. See BGNBD.Simulate and TestStagedSimulated.
func (m BGCNBD) Simulate(ages []float64, seed uint64) ([]Buyer, error) {
	return m.law().simulate(ages, seed)
}

// Simulate invents one customer for each age (T). The same seed gives the same
// customers. Errors: *InputError for an age that cannot be; ErrNoFit.
//
// Input: ages ≥ 0 in the unit of Alpha. See BGNBD.Simulate and TestStagedSimulated.
func (m MBGCNBD) Simulate(ages []float64, seed uint64) ([]Buyer, error) {
	return m.law().simulate(ages, seed)
}
