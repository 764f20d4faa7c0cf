package repurchase

// A BGNBD is a customer base that buys at random, each customer at a rate
// λ ~ Gamma(R, rate Alpha) of their own, and leaves after any repeat purchase
// with a chance p ~ Beta(A, B) of their own. Make it with FitBGNBD.
//
// Its methods give NaN for a Buyer that is not in order (see InputError) and
// where nothing was fitted. x, t_x, T are those of Buyer; all times are in the
// unit of the buyers.
type BGNBD struct {
	R     float64 // r, shape of λ over customers; no unit
	Alpha float64 // α, rate of λ over customers, in the unit of time
	A, B  float64 // a, b of the chance to leave; no unit
	Fit
}

func (m BGNBD) law() law {
	return law{family{k: 1}, m.R, m.Alpha, m.A, m.B}
}

// FitBGNBD estimates how often customers buy and how easily they drift away.
//
// Question: who is still a customer, and how many purchases are to come?
//
// Input: one Buyer per customer (or per history, with Weight), in any order;
// read only.
//
//	Repeats  x    occasions after the first      count, a whole number
//	Last     t_x  from first to last occasion    any unit of time, 0 ≤ t_x ≤ T
//	Age      T    from first occasion to today   the same unit, T ≥ 0
//
// Model: the likelihood of one customer, with δ = 1 when x > 0 and else 0, is
//
//	L  = A₁·A₂·(A₃ + δ·A₄)
//	A₁ = Γ(r+x)·α^r / Γ(r)      A₂ = Γ(a+b)·Γ(b+x) / (Γ(b)·Γ(a+b+x))
//	A₃ = (α+T)^−(r+x)           A₄ = a/(b+x−1) · (α+t_x)^−(r+x)
//
// and the sum of ln L is maximised over r, α, a, b > 0.
//
// Method: equal histories are folded; Newton's steps in the logarithms of the
// parameters with exact slopes and curvature, from several starts on a sample
// and then on all. Shares of A₃ and A₄ take the place of the ratio, so that no
// x overflows.
//
// Output: r, a, b without unit, α in the unit of time; errors and ranges from
// the curvature in Fit.
//
// Errors: ErrTooFew (nobody); *InputError (which Buyer, which field); an error
// for options that cannot be. Caveats: see Fit; what ran away is said in words
// in Fit.Boundary.
//
// Not for contracts with an end date, and not for ranking who leaves by Alive:
// a customer who bought once cannot have left in this model.
//
// Source: Fader, Hardie, Lee (2005), Marketing Science 24(2), 275–284. Their
// CDNOW sample (2,357 customers, weeks) gives r 0.243, α 4.414, a 0.793,
// b 2.426, ln L −9582.4: see TestFitBGNBD_CDNOW.
func FitBGNBD(buyers []Buyer, opt FitOptions) (BGNBD, error) {
	l, fit, err := fitFamily(family{k: 1}, buyers, opt)
	if err != nil {
		return BGNBD{}, err
	}
	return BGNBD{R: l.r, Alpha: l.alpha, A: l.a, B: l.b, Fit: fit}, nil
}

// LogLikelihoodOf is ln L of one history; its Weight is left out.
//
// Output: a natural logarithm, finite, in the unit of time of the buyer; NaN for a
// Buyer that is not in order. Source: FitBGNBD. See
// TestReferenceBGNBD and, at hard points, TestStress.
func (m BGNBD) LogLikelihoodOf(b Buyer) float64 { return m.law().logLikelihood(b) }

// Alive is the chance that the customer is still with us at all.
//
// Model: 1/(1 + δ·a/(b+x−1)·((α+T)/(α+t_x))^(r+x)).
//
// Not as a score of who leaves: it is 1 for everybody who bought once, however
// long ago. As a ranking of who buys nothing in the next 39 weeks it has an
// AUC of 0.32 on the CDNOW sample, worse than a coin; NoPurchase has 0.76, and
// the days since the last purchase alone 0.77 (TestAliveMustNotRank).
//
// Output: 0 … 1; NaN for a Buyer that is not in order. Source: Fader, Hardie, Lee
// (2008), note on P(alive) in the BG/NBD. See TestReferenceBGNBD and TestStress.
func (m BGNBD) Alive(b Buyer) float64 { return m.law().alive(b) }

// NoPurchase is the chance that the customer buys nothing in (T, T+h], gone or
// only pausing. This ranks who leaves.
//
// Model: 1 − P_alive·(1 − ((α+T)/(α+T+h))^(r+x)).
//
// Input: h ≥ 0 in the unit of the buyers, +Inf allowed. Output: 0 … 1; NaN where
// Buyer or h cannot be. An engine's own chance: it forgets the season, and is to be
// calibrated before it is shown. See TestReferenceBGNBD and TestMonotone.
func (m BGNBD) NoPurchase(b Buyer, h float64) float64 { return m.law().noPurchase(b, h) }

// Expected is the mean number of purchases in (T, T+h]; of the empty Buyer,
// who has just bought for the first time, the repeats of a new customer.
//
// Model: P_alive times the mean over p ~ Beta(a, b+x) of
// (1 − (1 + p h/(α+T))^−(r+x))/p, by quadrature and so without the 2F1 of the
// paper, whose form has no value at a = 1.
//
// Input: h ≥ 0, finite, in the unit of the buyers. Output: purchases, gone
// customers counted with 0; NaN where Buyer or h cannot be. Source: that of
// FitBGNBD's paper. See TestReferenceBGNBD, TestExpectedIsPapers and TestStress.
func (m BGNBD) Expected(b Buyer, h float64) float64 { return m.law().expected(b, h) }

// Simulate invents one customer for each age (T). The same seed gives the same
// customers. Errors: *InputError for an age that cannot be; ErrNoFit.
//
// Question: what would such customers look like, and does a fit find them again?
// Input: ages ≥ 0 in the unit of Alpha. No customer buys more than a million
// times. See TestCountedCoverage.
func (m BGNBD) Simulate(ages []float64, seed uint64) ([]Buyer, error) {
	return m.law().simulate(ages, seed)
}
