package repurchase

import (
	"math"

	"behold/stat"
)

// A Mixture is the rhythm of a customer base, as FitMixture estimates it: gaps
// between occasions are Gamma(shape k, rate kμ); μ is Gamma(R, Alpha) across
// buyers; the regularity k is Shapes[g] with chance Shares[g]; after every
// occasion, the first included, a buyer leaves with chance p, Beta(A, B)
// across buyers.
//
// Its methods take a Buyer that is in order (see InputError); of another, and
// where nothing was fitted, they give NaN. Their x, t_x, T, s, L are those of Buyer.
type Mixture struct {
	R     float64 // r, shape of μ over buyers; no unit
	Alpha float64 // α, rate of μ over buyers, in the unit of time of the buyers
	A, B  float64 // a, b of the chance to leave; no unit

	Shapes []float64 // k, rising; 1 is purchases at random, large is clockwork
	Shares []float64 // π, of all buyers; sum 1

	Borrowed      bool          // nothing was learnt: fewer than 100 buyers, this is the prior
	LogLikelihood float64       // at these values, all constants kept, the priors left out
	Resampled     []Estimate    // r, alpha, a, b and "share of k = …" with errors and ranges from MixtureOptions.Bootstrap; nil where not asked
	Caveats       []stat.Caveat // few-buyers, few-repeats, at-edge, not-settled, failed-resamples
}

// inOrder says whether the mixture can answer at all; that of FitMixture can.
func (m Mixture) inOrder() bool {
	sum := 0.0
	for _, share := range m.Shares {
		sum += share
	}
	return m.R > 0 && m.Alpha > 0 && m.A > 0 && m.B > 0 && len(m.Shares) == len(m.Shapes) && sum > 0
}

// cannot says that there is no answer for this buyer.
func (m Mixture) cannot(b Buyer) bool {
	field, _, _ := b.fault()
	return field != "" || !m.inOrder()
}

// Weights is the chance of each of Shapes for this buyer, w_g, from the
// completed gaps only: how regular a customer is.
//
//	w_g = π_g G_g / Σ_h π_h G_h
//	ln G_g = x(k ln k − ln Γ(k)) + (k−1)L + ln Γ(r+kx) − ln Γ(r) + r ln α − (r+kx) ln(α + k t_x)
//
// Without repeats it is Shares.
//
// Not for a Buyer that is not in order.
func (m Mixture) Weights(b Buyer) []float64 {
	one := m.single(b)
	all := make([]float64, len(m.Shapes))
	at := 0
	for g, share := range m.Shares {
		if share > 0 {
			all[g] = one.w[at]
			at++
		}
	}
	return all
}

// Silence is the chance that a customer who is still with us is silent at
// least as long as this one is now, S between 1e-300 and 1.
//
// Question: is it unusual for this customer not to have been here?
//
// Model: S = Σ_g w_g S_g(s), with I the regularised incomplete beta and
//
//	S_g(s) = 1 − I_{ks/(ks+α+k t_x)}(k, r+kx) = I_{(α+k t_x)/(ks+α+k t_x)}(r+kx, k)
//
// Output: a predictive p-value. Over one gap a customer who is with us falls
// below A with chance exactly A, however often one looks.
//
// Not for customers whose purchases come in projects or clumps.
//
// Source: the predictive law of the gap in Batislam, Denizel, Filiztekin
// (2007), IJRM 24(3), and Reutterer, Platzer, Schroeder (2021), IJRM. See
// TestEngineTable, and TestSilenceIsExact for the promise.
func (m Mixture) Silence(b Buyer) float64 {
	return m.SilenceAt(b, b.Silence())
}

// SilenceAt is Silence as if the buyer were silent for s, in the unit of time.
func (m Mixture) SilenceAt(b Buyer, s float64) float64 {
	if m.cannot(b) || math.IsNaN(s) {
		return math.NaN()
	}
	return m.single(b).silence(s)
}

// SilenceQuantile is the silence s, in the unit of time, with SilenceAt = p:
// 20 % of the customers like this one are silent longer than the quantile of
// 0.2, if they are with us. 0 for p ≥ 1; p below 1e-300 counts as 1e-300.
//
// It depends on the completed gaps and not on today, so that the day of a lamp
// can be known when an order arrives. See TestQuantileInverts.
func (m Mixture) SilenceQuantile(b Buyer, p float64) float64 {
	if m.cannot(b) || math.IsNaN(p) {
		return math.NaN()
	}
	return m.single(b).quantile(p)
}

// Alive is the chance that the customer is still with us at all.
//
// Model: P = S/(S + ρ) with ρ = a/(b+x), exact for the mixture: the odds of
// being with us are (how usual the silence is) × (b+x)/a.
//
// Not as the score of who leaves: NoPurchase answers that. Leaving is assumed
// to happen just after a purchase, with the rhythm steady before.
//
// Source: Reutterer, Platzer, Schroeder (2021), IJRM; see TestEngineTable and
// TestStressMBG.
func (m Mixture) Alive(b Buyer) float64 {
	silence := m.Silence(b)
	return silence / (silence + m.A/(m.B+b.Repeats))
}

// NoPurchase is the chance that the customer buys nothing in the next h, in
// the unit of time, whether gone or only pausing.
//
// Model: 1 − P_alive (1 − S(s+h)/S(s)), METHODS 2.6. An engine's own chance,
// to be calibrated against outcomes before it is shown. See TestNoPurchase.
func (m Mixture) NoPurchase(b Buyer, h float64) float64 {
	if m.cannot(b) || math.IsNaN(h) {
		return math.NaN()
	}
	one := m.single(b)
	now := one.silence(b.Silence())
	return noPurchase(one.alive(now), now, one.silence(b.Silence()+h))
}

// MeanGap is the gap to be expected of this customer, in the unit of time.
//
// Model: Σ_g w_g (α + k t_x)/(r + kx − 1), the posterior mean of 1/μ; of a
// shape whose denominator is 0.5 or less, where that mean is infinite or
// nearly so, the median of its next gap. See TestMeanGap.
func (m Mixture) MeanGap(b Buyer) float64 {
	if m.cannot(b) {
		return math.NaN()
	}
	one := m.single(b)
	one.knowGaps()
	return one.meanGap()
}
