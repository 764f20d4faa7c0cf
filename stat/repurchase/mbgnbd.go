package repurchase

// An MBGNBD is a BGNBD whose customers may leave after the first purchase
// already. Make it with FitMBGNBD. It is the Mixture with k = 1 and no priors.
//
// Its methods give NaN for a Buyer that is not in order (see InputError) and
// where nothing was fitted. x, t_x, T are those of Buyer; all times are in the
// unit of the buyers.
type MBGNBD struct {
	R     float64 // r, shape of λ over customers; no unit
	Alpha float64 // α, rate of λ over customers, in the unit of time
	A, B  float64 // a, b of the chance to leave; no unit
	Fit
}

func (m MBGNBD) law() law {
	return law{family{k: 1, first: true}, m.R, m.Alpha, m.A, m.B}
}

// FitMBGNBD estimates how often customers buy and how easily they drift away,
// when many buy once and never again.
//
// Question: who is still a customer, one-time buyers included?
//
// Input, method, errors and caveats are those of FitBGNBD.
//
// Model: the likelihood of one customer is
//
//	L  = A₁·A₂·(A₃ + A₄)
//	A₁ = Γ(r+x)·α^r / Γ(r)      A₂ = Γ(a+b)·Γ(b+x+1) / (Γ(b)·Γ(a+b+x+1))
//	A₃ = (α+T)^−(r+x)           A₄ = a/(b+x) · (α+t_x)^−(r+x)
//
// Output: r, a, b without unit, α in the unit of time.
//
// Source: Batislam, Denizel, Filiztekin (2007), IJRM 24(3), 201–209; Hoppe,
// Wagner (2007). The CDNOW sample gives r 0.525, α 6.183, a 0.891, b 1.614,
// ln L −9582.1: see TestFitMBGNBD_CDNOW.
func FitMBGNBD(buyers []Buyer, opt FitOptions) (MBGNBD, error) {
	l, fit, err := fitFamily(family{k: 1, first: true}, buyers, opt)
	if err != nil {
		return MBGNBD{}, err
	}
	return MBGNBD{R: l.r, Alpha: l.alpha, A: l.a, B: l.b, Fit: fit}, nil
}

// LogLikelihoodOf is ln L of one history; its Weight is left out.
//
// Output: a natural logarithm, finite, in the unit of time of the buyer; NaN for a
// Buyer that is not in order. See TestReferenceMBGNBD and TestStress.
func (m MBGNBD) LogLikelihoodOf(b Buyer) float64 { return m.law().logLikelihood(b) }

// Alive is the chance that the customer is still with us at all.
//
// Model: 1/(1 + a/(b+x)·((α+T)/(α+t_x))^(r+x)).
//
// It may be shown. To rank who leaves, NoPurchase is the better score: a
// customer who is with us but buys once in ten years is alive too.
//
// Output: 0 … 1; NaN for a Buyer that is not in order. See TestReferenceMBGNBD and
// TestStress.
func (m MBGNBD) Alive(b Buyer) float64 { return m.law().alive(b) }

// NoPurchase is the chance that the customer buys nothing in (T, T+h], gone or
// only pausing: 1 − P_alive·(1 − ((α+T)/(α+T+h))^(r+x)).
//
// Of the two it is this that ranks who leaves. Input: h ≥ 0 in the unit of the
// buyers. Output: 0 … 1; NaN where Buyer or h cannot be. See TestReferenceMBGNBD.
func (m MBGNBD) NoPurchase(b Buyer, h float64) float64 { return m.law().noPurchase(b, h) }

// Expected is the mean number of purchases in (T, T+h]: P_alive times the mean
// over p ~ Beta(a, b+x+1) of (1 − (1 + p h/(α+T))^−(r+x))/p. See BGNBD.Expected.
//
// Input: h ≥ 0, finite, in the unit of the buyers. Output: purchases; NaN where
// Buyer or h cannot be. See TestReferenceMBGNBD, TestCountedExpectedSimulated.
func (m MBGNBD) Expected(b Buyer, h float64) float64 { return m.law().expected(b, h) }

// Simulate invents one customer for each age (T). The same seed gives the same
// customers. Errors: *InputError for an age that cannot be; ErrNoFit.
//
// Input: ages ≥ 0 in the unit of Alpha. See BGNBD.Simulate and TestCountedCoverage.
func (m MBGNBD) Simulate(ages []float64, seed uint64) ([]Buyer, error) {
	return m.law().simulate(ages, seed)
}
