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
// Its methods take a Buyer that is in order (see InputError); of another they
// give NaN. Their x, t_x, T, s, L are those of Buyer.
type Mixture struct {
	R     float64 // r, shape of μ over buyers; no unit
	Alpha float64 // α, rate of μ over buyers, in the unit of time of the buyers
	A, B  float64 // a, b of the chance to leave; no unit

	Shapes []float64 // k, rising; 1 is purchases at random, large is clockwork
	Shares []float64 // π, of all buyers; sum 1

	Borrowed      bool          // nothing was learnt: fewer than 100 buyers, this is the prior
	LogLikelihood float64       // at these values, all constants kept, the priors left out
	Caveats       []stat.Caveat // few-buyers, few-repeats, at-edge, not-settled
}

// floorSilence is the smallest silence given back, so that ratios of two
// silences stay numbers.
const floorSilence = 1e-300

// A rhythm is what one shape makes of everybody with x repeats.
type rhythm struct {
	k     float64
	after float64   // r + kx, shape of μ after x gaps
	beta  stat.Beta // Beta(r + kx, k): S(s) is its chance below odds (α + k t_x)/(ks)
	front float64   // ln π + x(k ln k − ln Γ(k)) + ln Γ(r+kx) − ln Γ(r) + r ln α
}

// rhythms prepares the shapes that anybody has, for x repeats.
func (m Mixture) rhythms(x float64) []rhythm {
	all := make([]rhythm, 0, len(m.Shapes))
	for g, k := range m.Shapes {
		if m.Shares[g] <= 0 {
			continue
		}
		logGammaK, _ := math.Lgamma(k)
		all = append(all, rhythm{
			k: k, after: m.R + k*x, beta: stat.NewBeta(m.R+k*x, k),
			front: math.Log(m.Shares[g]) + x*(k*math.Log(k)-logGammaK) +
				stat.LogRising(m.R, k*x) + m.R*math.Log(m.Alpha),
		})
	}
	return all
}

// logPast is ln(π_g G_g), METHODS 2.3: how well the completed gaps fit.
func (h rhythm) logPast(m Mixture, b Buyer) float64 {
	return h.front + (h.k-1)*b.LogGaps - h.after*math.Log(m.Alpha+h.k*b.Last)
}

// silence is S_g(s) for this shape.
func (h rhythm) silence(m Mixture, b Buyer, s float64) float64 {
	if s <= 0 {
		return 1
	}
	return h.beta.CDF((m.Alpha + h.k*b.Last) / (h.k * s))
}

// weigh puts the chance of each shape, given the completed gaps, into into.
func weigh(m Mixture, shapes []rhythm, b Buyer, into []float64) []float64 {
	into = into[:0]
	top := math.Inf(-1)
	for _, h := range shapes {
		into = append(into, h.logPast(m, b))
		top = math.Max(top, into[len(into)-1])
	}
	sum := 0.0
	for g, v := range into {
		into[g] = math.Exp(v - top)
		sum += into[g]
	}
	for g := range into {
		into[g] /= sum
	}
	return into
}

// A single is one buyer with everything prepared for one question.
type single struct {
	m      Mixture
	b      Buyer
	shapes []rhythm
	w      []float64
}

func (m Mixture) single(b Buyer) single {
	shapes := m.rhythms(b.Repeats)
	return single{m: m, b: b, shapes: shapes, w: weigh(m, shapes, b, nil)}
}

func (one single) silence(s float64) float64 {
	sum := 0.0
	for g, h := range one.shapes {
		if one.w[g] > 0 {
			sum += one.w[g] * h.silence(one.m, one.b, s)
		}
	}
	return math.Max(sum, floorSilence)
}

// Weights is the chance of each of Shapes for this buyer, w_g, from the
// completed gaps only: how regular a customer is.
//
//	w_g = π_g G_g / Σ_h π_h G_h
//	ln G_g = x(k ln k − ln Γ(k)) + (k−1)L + ln Γ(r+kx) − ln Γ(r) + r ln α − (r+kx) ln(α + k t_x)
//
// Without repeats it is Shares.
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
	if field, _, _ := b.fault(); field != "" || math.IsNaN(s) {
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
	if field, _, _ := b.fault(); field != "" || math.IsNaN(p) {
		return math.NaN()
	}
	return m.single(b).quantile(p)
}

// quantile goes by Newton steps on ln S over ln s, inside a bracket that the
// quantiles of the shapes give: the mixture lies between them.
func (one single) quantile(p float64) float64 {
	if p >= 1 {
		return 0
	}
	p = math.Max(p, floorSilence)
	low, high := math.Inf(1), math.Inf(-1)
	for g, h := range one.shapes {
		if one.w[g] > 0 {
			at := math.Log((one.m.Alpha+h.k*one.b.Last)/h.k) - math.Log(h.beta.Quantile(p))
			low, high = math.Min(low, at), math.Max(high, at)
		}
	}
	for range 200 {
		if high-low <= 1e-14*math.Max(1, math.Abs(high)) {
			break
		}
		middle := (low + high) / 2
		if one.silence(math.Exp(middle)) > p {
			low = middle
		} else {
			high = middle
		}
	}
	return math.Exp((low + high) / 2)
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
	return alive(m, b, m.Silence(b))
}

func alive(m Mixture, b Buyer, silence float64) float64 {
	return silence / (silence + m.A/(m.B+b.Repeats))
}

// NoPurchase is the chance that the customer buys nothing in the next h, in
// the unit of time, whether gone or only pausing.
//
// Model: 1 − P_alive (1 − S(s+h)/S(s)), METHODS 2.6. An engine's own chance,
// to be calibrated against outcomes before it is shown. See TestNoPurchase.
func (m Mixture) NoPurchase(b Buyer, h float64) float64 {
	if field, _, _ := b.fault(); field != "" || math.IsNaN(h) {
		return math.NaN()
	}
	one := m.single(b)
	now := one.silence(b.Silence())
	return noPurchase(alive(m, b, now), now, one.silence(b.Silence()+h))
}

func noPurchase(alive, now, then float64) float64 {
	return math.Min(1, 1-alive*(1-then/now))
}

// MeanGap is the gap to be expected of this customer, in the unit of time.
//
// Model: Σ_g w_g (α + k t_x)/(r + kx − 1), the posterior mean of 1/μ; of a
// shape whose denominator is 0.5 or less, where that mean is infinite or
// nearly so, the median of its next gap. See TestMeanGap.
func (m Mixture) MeanGap(b Buyer) float64 {
	if field, _, _ := b.fault(); field != "" {
		return math.NaN()
	}
	one := m.single(b)
	sum := 0.0
	for g, h := range one.shapes {
		if one.w[g] > 0 {
			sum += one.w[g] * (m.Alpha + h.k*b.Last) * h.gapFactor()
		}
	}
	return sum
}

// gapFactor times (α + k t_x) is the gap that this shape expects.
func (h rhythm) gapFactor() float64 {
	if h.after-1 > 0.5 {
		return 1 / (h.after - 1)
	}
	return 1 / (h.k * h.beta.Quantile(0.5))
}
