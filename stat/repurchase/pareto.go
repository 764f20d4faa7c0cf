package repurchase

import (
	"math"
	"math/rand/v2"

	"behold/stat"
)

// A ParetoNBD is a customer base that buys at random, each customer at a rate
// λ ~ Gamma(R, rate Alpha) of their own, and leaves at any moment, after a time
// with a rate μ ~ Gamma(S, rate Beta) of their own. Make it with FitParetoNBD.
//
// Its methods give NaN for a Buyer that is not in order (see InputError) and
// where nothing was fitted. x, t_x, T are those of Buyer; all times are in the
// unit of the buyers.
type ParetoNBD struct {
	R     float64 // r, shape of λ over customers; no unit
	Alpha float64 // α, rate of λ over customers, in the unit of time
	S     float64 // s, shape of μ over customers; no unit
	Beta  float64 // β, rate of μ over customers, in the unit of time
	Fit
}

// FitParetoNBD estimates how often customers buy and how long they stay, when
// they may leave at any moment and not only after a purchase.
//
// Question: who is still a customer, and what are all their purchases to come
// worth today?
//
// Input, errors and caveats are those of FitBGNBD.
//
// Model: the likelihood of one customer, with y the time of leaving, is
//
//	L = Γ(r+x)α^r β^s/Γ(r) · [ (α+T)^−(r+x) (β+T)^−s
//	    + ∫_{t_x}^T s (α+y)^−(r+x) (β+y)^−(s+1) dy ]
//
// and the sum of ln L is maximised over r, α, s, β > 0.
//
// Method: as FitBGNBD; the integral by 24 nodes of Gauss and Legendre in place
// of the 2F1 of the papers, so that nothing cancels or overflows and every
// derivative comes from the same nodes.
//
// Output: r, s without unit, α, β in the unit of time. The optimum is flat: s
// and β trade off against each other, see their errors.
//
// Not for contracts with an end date.
//
// Source: Schmittlein, Morrison, Colombo (1987), Management Science 33(1);
// Fader, Hardie (2005), note on deriving the Pareto/NBD. The CDNOW sample gives
// r 0.553, α 10.578, s 0.606, β 11.669, ln L −9595.0: see
// TestFitParetoNBD_CDNOW.
func FitParetoNBD(buyers []Buyer, opt FitOptions) (ParetoNBD, error) {
	opt, err := ready(buyers, opt)
	if err != nil {
		return ParetoNBD{}, err
	}
	gathered := gather(buyers, false)
	h := newParetoHill(gathered, nil, usualGap(gathered), exactRules())
	top := climbHill(h, opt)
	fit := fitOf(h, top, []string{"r", "alpha", "s", "beta"}, opt)
	fit.resample(gathered, nil, top, opt, h.on)
	fit.know(gathered)
	fit.knowLifetimes(h.age)
	return ParetoNBD{
		R: math.Exp(top.at[0]), Alpha: math.Exp(top.at[1]), S: math.Exp(top.at[2]), Beta: math.Exp(top.at[3]), Fit: fit,
	}, nil
}

// knowLifetimes says what the data do not tell of leaving; age is the mean T.
func (f *Fit) knowLifetimes(age float64) {
	s, beta := f.Estimates[2], f.Estimates[3]
	if s.Known && beta.Known {
		return
	}
	gone := -math.Expm1(-s.Value * math.Log1p(age/beta.Value))
	switch {
	case gone < 1e-3:
		f.warn(stat.Caveat{Code: "no-leaving", Value: gone}, "s runs to 0 or beta away: hardly anybody is seen to leave")
	case s.Value > 50:
		f.warn(stat.Caveat{Code: "same-leaving", Value: gone}, "s and beta grow together: customers do not differ in how easily they leave")
	default:
		f.warn(stat.Caveat{Code: "flat", Value: gone}, "the data do not tell s and beta")
	}
}

func (m ParetoNBD) cannot(b Buyer) bool {
	field, _, _ := b.fault()
	return field != "" || b.Repeats != math.Trunc(b.Repeats) || !(m.R > 0 && m.Alpha > 0 && m.S > 0 && m.Beta > 0)
}

func (m ParetoNBD) leaveTime(b Buyer) leaveTime {
	return leaveTime{b.Last, b.Age, m.R + b.Repeats, m.Alpha, m.S, m.Beta}
}

// LogLikelihoodOf is ln L of one history; its Weight is left out.
//
// Output: a natural logarithm, finite, in the unit of time of the buyer; NaN for a
// Buyer that is not in order. See TestReferenceParetoNBD, TestStress, and
// TestParetoIsPapers for its equality with the 2F1 of the papers.
func (m ParetoNBD) LogLikelihoodOf(b Buyer) float64 {
	if m.cannot(b) {
		return math.NaN()
	}
	rules := oneRule()
	log, _ := m.leaveTime(b).value(&rules)
	return log + stat.LogRising(m.R, b.Repeats) + m.R*math.Log(m.Alpha) + m.S*math.Log(m.Beta)
}

// Alive is the chance that the customer is still with us at all: the share of
// the first term of the likelihood.
//
// It may be shown. To rank who leaves, NoPurchase is the better score: a
// customer who is with us but buys once in ten years is alive too.
//
// Output: 0 … 1; NaN for a Buyer that is not in order. Source:
// Schmittlein, Morrison, Colombo (1987). See TestReferenceParetoNBD and TestStress.
func (m ParetoNBD) Alive(b Buyer) float64 {
	if m.cannot(b) {
		return math.NaN()
	}
	rules := oneRule()
	_, alive := m.leaveTime(b).value(&rules)
	return alive
}

// NoPurchase is the chance that the customer buys nothing in (T, T+h], gone or
// only pausing.
//
// Model: of those with us, those who stay without buying or leave before they
// buy, which is the likelihood again with α+T, β+T for α, β, and 0, h for t_x, T.
//
// This ranks who leaves, not Alive. Input: h ≥ 0, finite, in the unit of the
// buyers. Output: 0 … 1; NaN where Buyer or h cannot be. See
// TestReferenceParetoNBD.
func (m ParetoNBD) NoPurchase(b Buyer, h float64) float64 {
	if m.cannot(b) || !(h >= 0) || math.IsInf(h, 1) {
		return math.NaN()
	}
	return m.outlook(b, h, oneRule()).NoPurchase
}

// outlook answers all questions at once; the buyer is in order.
func (m ParetoNBD) outlook(b Buyer, h float64, rules rules) Outlook {
	_, alive := m.leaveTime(b).value(&rules)
	ahead := leaveTime{0, h, m.R + b.Repeats, m.Alpha + b.Age, m.S, m.Beta + b.Age}
	log, _ := ahead.value(&rules)
	log += ahead.after*math.Log(ahead.alpha) + ahead.s*math.Log(ahead.beta)
	return Outlook{Alive: alive, NoPurchase: 1 + alive*math.Expm1(math.Min(0, log)), Expected: alive * m.expectedHere(b, h)}
}

// Expected is the mean number of purchases in (T, T+h]; of the empty Buyer,
// who has just bought for the first time, the repeats of a new customer.
//
// Model: P_alive · (r+x)(β+T)/(α+T) · (1 − u^−(s−1))/(s−1), u = 1 + h/(β+T),
// whose last factor is ln u at s = 1.
//
// Input: h ≥ 0, finite, in the unit of the buyers. Output: purchases; NaN where
// Buyer or h cannot be. Source: Fader, Hardie (2005), note on the Pareto/NBD. See
// TestReferenceParetoNBD and TestStress.
func (m ParetoNBD) Expected(b Buyer, h float64) float64 {
	if m.cannot(b) || !(h >= 0) || math.IsInf(h, 1) {
		return math.NaN()
	}
	return m.Alive(b) * m.expectedHere(b, h)
}

// expectedHere is what is expected of a customer who is with us.
func (m ParetoNBD) expectedHere(b Buyer, h float64) float64 {
	logU := math.Log1p(h / (m.Beta + b.Age))
	stay := logU
	if m.S != 1 {
		stay = -math.Expm1(-(m.S-1)*logU) / (m.S - 1)
	}
	return (m.R + b.Repeats) * (m.Beta + b.Age) / (m.Alpha + b.Age) * stay
}

// Residual is the discounted number of purchases to come, DERT where the
// horizon is endless; times what a purchase is worth it is what the customer is
// worth. (That of Mixture is for a customer who is with us; this is not.)
//
// Model: P_alive · (r+x)/(α+T) · ∫_0^{N'} ((β+T)/(β+T+t))^s e^{−δt} dt, which
// is δ^(s−1)(β+T)^s·Ψ(s, s; δ(β+T)) for N' = ∞; by quadrature.
//
// Output: purchases. NaN for options that cannot be.
//
// Source: Fader, Hardie, Lee (2005), J. Marketing Research 42(4), eq. 3. See
// TestReferenceParetoNBD.
func (m ParetoNBD) Residual(b Buyer, opt ValueOptions) float64 {
	if m.cannot(b) || !opt.inOrder() {
		return math.NaN()
	}
	until := math.Inf(1)
	if !opt.endless() {
		until = opt.Horizon / (m.Beta + b.Age)
	}
	stream := discountedStay(m.S, opt.Discount*(m.Beta+b.Age), until)
	return m.Alive(b) * (m.R + b.Repeats) / (m.Alpha + b.Age) * (m.Beta + b.Age) * stream
}

// discountedStay is ∫_0^until (1+v)^−s e^{−zv} dv, for z > 0, by panels in
// w = ln(1+v), over which ln of the integrand is concave.
func discountedStay(s, z, until float64) float64 {
	end := math.Log1p(until)
	// Beyond v = 750/z nothing is left.
	end = math.Min(end, math.Log1p(750/z))
	log := func(w float64) float64 { return (1-s)*w - z*math.Expm1(w) }
	nodes := legendre(16)
	sum, most := 0.0, 0.0
	for low := 0.0; low < end; {
		// A panel bends by a few units of the logarithm at most.
		width := math.Min(end-low, 2/(1+math.Abs(1-s)/4+z*math.Exp(low)/4))
		part := 0.0
		for _, n := range nodes {
			part += n.weight * width * math.Exp(log(low+width*n.at))
		}
		sum += part
		most = math.Max(most, part)
		if part < 1e-17*sum && part < most && (1-s) < z*math.Exp(low) {
			break
		}
		low += width
	}
	return sum
}

// Simulate invents one customer for each age (T). The same seed gives the same
// customers. Errors: *InputError for an age that cannot be; ErrNoFit.
//
// Input: ages ≥ 0 in the unit of Alpha and Beta. See TestCountedCoverage.
func (m ParetoNBD) Simulate(ages []float64, seed uint64) ([]Buyer, error) {
	if err := checkAges(ages); err != nil {
		return nil, err
	}
	if m.cannot(Buyer{}) {
		return nil, ErrNoFit
	}
	rnd := rand.New(rand.NewPCG(seed, 0))
	buyers := make([]Buyer, len(ages))
	for i, age := range ages {
		rate, leave := gammaDraw(rnd, m.R)/m.Alpha, gammaDraw(rnd, m.S)/m.Beta
		b, until := Buyer{Age: age}, math.Min(age, rnd.ExpFloat64()/leave)
		for b.Repeats < mostDrawn {
			gap := rnd.ExpFloat64() / rate
			if !(b.Last+gap <= until) {
				break
			}
			b.add(gap)
		}
		buyers[i] = b
	}
	return buyers, nil
}
