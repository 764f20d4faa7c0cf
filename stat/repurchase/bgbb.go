package repurchase

import (
	"math"
	"math/rand/v2"

	"behold/stat"
)

// A BGBB is a customer base with occasions at which one buys or does not (a
// yearly appeal, a weekly market): at each occasion a customer who is with us
// buys with a chance p ~ Beta(Alpha, Beta) of their own, and before each leaves
// with a chance θ ~ Beta(Gamma, Delta) of their own. Make it with FitBGBB.
//
// In a Buyer, Repeats x is at how many of the n occasions they bought, Last t_x
// the number of the last at which they did (0 when x = 0), and Age n how many
// occasions there were: whole numbers. Horizons count occasions too.
//
// Its methods give NaN for a Buyer that is not in order and where nothing was
// fitted.
type BGBB struct {
	Alpha, Beta  float64 // α, β of the chance to buy; no unit
	Gamma, Delta float64 // γ, δ of the chance to leave; no unit
	Fit
}

// FitBGBB estimates how often customers take an occasion to buy and how easily
// they drift away.
//
// Question: who of those we ask every year will answer again?
//
// Input: one Buyer per customer (or per history, with Weight), in any order;
// read only.
//
//	Repeats  x    occasions at which they bought     count, 0 ≤ x ≤ t_x
//	Last     t_x  the last of them                   1 … n; 0 when x = 0
//	Age      n    occasions since the first purchase count
//
// Model: the likelihood of one customer is
//
//	L = B(α+x, β+n−x)/B(α,β) · B(γ, δ+n)/B(γ,δ)
//	    + Σ_{i=0}^{n−t_x−1} B(α+x, β+t_x−x+i)/B(α,β) · B(γ+1, δ+t_x+i)/B(γ,δ)
//
// and the sum of ln L is maximised over α, β, γ, δ > 0.
//
// Output: α, β, γ, δ without unit.
//
// Errors: ErrTooFew (nobody); *InputError (which Buyer, which field). Caveats:
// see Fit.
//
// Not where several purchases fall between two occasions, or the moment matters.
//
// Source: Fader, Hardie, Shang (2010), Marketing Science 29(6), 1086–1108.
// Their 11,104 donors give α 1.204, β 0.750, γ 0.657, δ 2.783, ln L −33225.6:
// see TestFitBGBB_Donations.
func FitBGBB(buyers []Buyer, opt FitOptions) (BGBB, error) {
	opt, err := opt.complete(4)
	if err != nil {
		return BGBB{}, err
	}
	if err := checkOccasions(buyers); err != nil {
		return BGBB{}, err
	}
	if len(buyers) == 0 {
		return BGBB{}, ErrTooFew
	}
	gathered := gather(buyers, false)
	top := climbHill(occasionHill(gathered), opt)
	fit := fitOf(occasionHill(gathered), top, []string{"alpha", "beta", "gamma", "delta"}, opt)
	fit.resample(gathered, nil, top, opt, func(some []Buyer, _ [][]float64) hill { return occasionHill(some) })
	fit.know(gathered)
	fit.knowShares()
	return BGBB{
		Alpha: math.Exp(top.at[0]), Beta: math.Exp(top.at[1]), Gamma: math.Exp(top.at[2]), Delta: math.Exp(top.at[3]), Fit: fit,
	}, nil
}

func checkOccasions(buyers []Buyer) error {
	if err := checkBuyers(buyers); err != nil {
		return err
	}
	for i, b := range buyers {
		if field, value, why := b.occasionFault(); field != "" {
			return &InputError{Buyer: i, Field: field, Value: value, Why: why}
		}
	}
	return nil
}

// mostOccasions is the largest n; a likelihood takes as many steps.
const mostOccasions = 1e6

func (b Buyer) occasionFault() (field string, value float64, why string) {
	const whole = "not a whole number"
	switch {
	case b.Repeats != math.Trunc(b.Repeats):
		return "Repeats", b.Repeats, whole
	case b.Last != math.Trunc(b.Last):
		return "Last", b.Last, whole
	case b.Age != math.Trunc(b.Age):
		return "Age", b.Age, whole
	case b.Repeats > b.Last:
		return "Repeats", b.Repeats, "more than occasions up to the last purchase"
	case b.Age > mostOccasions:
		return "Age", b.Age, "more than a million occasions"
	}
	return "", 0, ""
}

// An occasionHill is the log-likelihood over ln α, ln β, ln γ, ln δ.
type occasionHill []Buyer

func (h occasionHill) rows() int { return len(h) }

func (h occasionHill) coarse(rows int) hill { return occasionHill(everySoMany(h, len(h)/rows)) }

func (h occasionHill) middle() []float64 { return make([]float64, 4) }

func (h occasionHill) starts() [][]float64 {
	return [][]float64{{0, 0, -0.7, 1}, {0.7, 1.5, -1, 2.5}, {-0.7, -0.7, 0.5, 4}}
}

func (h occasionHill) other(at []float64) []float64 {
	if math.Max(at[2], at[3]) <= runaway && at[2] >= -runaway {
		return nil
	}
	return []float64{at[0], at[1], math.Log(1e-5), math.Log(1e-3)}
}

func (h occasionHill) look(at []float64) view {
	m := BGBB{Alpha: math.Exp(at[0]), Beta: math.Exp(at[1]), Gamma: math.Exp(at[2]), Delta: math.Exp(at[3])}
	sums := stat.BlockSums(stat.Split{N: len(h), Size: fitBlock / 8, Width: 15}, func(lo, hi int, sums []float64) {
		for _, b := range h[lo:hi] {
			value, slope, bend := m.row(b)
			sums[0] += b.Weight * value
			for i, v := range slope {
				sums[1+i] += b.Weight * v
			}
			for i, v := range bend {
				sums[5+i] += b.Weight * v
			}
		}
	})
	return viewOfLogs([]float64{m.Alpha, m.Beta, m.Gamma, m.Delta}, sums)
}

// row is ln L of one history with its derivatives by the four parameters. The
// terms follow from one another: after τ occasions without leaving
//
//	(α)_x (β)_{τ−x}/(α+β)_τ · γ (δ)_τ/(γ+δ)_{τ+1}
//
// falls with τ, so that none overflows when the first counts as 1.
func (m BGBB) row(b Buyer) (value float64, slope [4]float64, bend [10]float64) {
	x, last, n := b.Repeats, b.Last, b.Age
	sum, both := m.Alpha+m.Beta, m.Gamma+m.Delta
	bought, boughtBend := digammaSteps(m.Alpha, x)
	passed, passedBend := digammaSteps(m.Beta, last-x)
	asked, askedBend := digammaSteps(sum, last)
	stayed, stayedBend := digammaSteps(m.Delta, last)
	lived, livedBend := digammaSteps(both, last)
	first := stat.LogRising(m.Alpha, x) + stat.LogRising(m.Beta, last-x) - stat.LogRising(sum, last) +
		stat.LogRising(m.Delta, last) - stat.LogRising(both, last)

	var terms mixed
	add := func(term, left, lived, livedBend float64) {
		terms.add(term, &[4]float64{bought - asked, passed - asked, left/m.Gamma - lived, stayed - lived})
		terms.bend[0] += term * (boughtBend - askedBend)
		terms.bend[1] -= term * askedBend
		terms.bend[2] += term * (passedBend - askedBend)
		terms.bend[5] -= term * (left/(m.Gamma*m.Gamma) + livedBend)
		terms.bend[8] -= term * livedBend
		terms.bend[9] += term * (stayedBend - livedBend)
	}
	term := 1.0
	for tau := last; tau < n; tau++ {
		step := 1 / (both + tau)
		add(term*m.Gamma*step, 1, lived+step, livedBend-step*step)
		term *= (m.Beta + tau - x) / (sum + tau) * (m.Delta + tau) * step
		pass, ask, stay := 1/(m.Beta+tau-x), 1/(sum+tau), 1/(m.Delta+tau)
		passed, passedBend = passed+pass, passedBend-pass*pass
		asked, askedBend = asked+ask, askedBend-ask*ask
		stayed, stayedBend = stayed+stay, stayedBend-stay*stay
		lived, livedBend = lived+step, livedBend-step*step
	}
	add(term, 0, lived, livedBend)
	total, slope, bend := terms.settle()
	return first + math.Log(total), slope, bend
}

// chances is ln L and the share of its first term: still with us after n.
func (m BGBB) chances(b Buyer) (log, alive float64) {
	x, last := b.Repeats, b.Last
	sum, both := m.Alpha+m.Beta, m.Gamma+m.Delta
	first := stat.LogRising(m.Alpha, x) + stat.LogRising(m.Beta, last-x) - stat.LogRising(sum, last) +
		stat.LogRising(m.Delta, last) - stat.LogRising(both, last)
	gone, term := 0.0, 1.0
	for tau := last; tau < b.Age; tau++ {
		gone += term * m.Gamma / (both + tau)
		term *= (m.Beta + tau - x) / (sum + tau) * (m.Delta + tau) / (both + tau)
	}
	return first + math.Log(term+gone), term / (term + gone)
}

func (m BGBB) cannot(b Buyer) bool {
	field, _, _ := b.fault()
	odd, _, _ := b.occasionFault()
	return field != "" || odd != "" || !(m.Alpha > 0 && m.Beta > 0 && m.Gamma > 0 && m.Delta > 0)
}

// LogLikelihoodOf is ln L of one history; its Weight is left out.
//
// Output: a natural logarithm; NaN for a Buyer that is not in order or no whole
// numbers. See TestBGBBSumsToOne.
func (m BGBB) LogLikelihoodOf(b Buyer) float64 {
	if m.cannot(b) {
		return math.NaN()
	}
	log, _ := m.chances(b)
	return log
}

// Alive is the chance that the customer will be with us at the next occasion,
// n + 1.
//
// To rank who leaves, NoPurchase is the better score.
//
// Output: 0 … 1; NaN for a Buyer that is not in order. Source: FitBGBB's
// paper. See TestFitBGBB_Donations.
func (m BGBB) Alive(b Buyer) float64 {
	if m.cannot(b) {
		return math.NaN()
	}
	_, alive := m.chances(b)
	return alive * (m.Delta + b.Age) / (m.Gamma + m.Delta + b.Age)
}

// NoPurchase is the chance that the customer buys at none of the next h
// occasions, gone or not. Only whole occasions count.
//
// Input: h from 0 to a million occasions. Output: 0 … 1; NaN where Buyer or h
// cannot be. See TestBGBBAnswers.
func (m BGBB) NoPurchase(b Buyer, h float64) float64 {
	if m.cannot(b) || !(h >= 0 && h <= mostOccasions) {
		return math.NaN()
	}
	_, alive := m.chances(b)
	ahead := BGBB{Alpha: m.Alpha + b.Repeats, Beta: m.Beta + b.Age - b.Repeats, Gamma: m.Gamma, Delta: m.Delta + b.Age}
	log, _ := ahead.chances(Buyer{Age: math.Floor(h)})
	return 1 + alive*math.Expm1(math.Min(0, log))
}

// Expected is the mean number of purchases at the next h occasions.
// Only whole occasions count.
//
// Model: with us now · (α+x)/(α+β+n) · Σ_{i=1}^h (δ+n)_i/(γ+δ+n)_i; the closed
// form of the paper has no value at γ = 1.
//
// Input: h from 0 to a million occasions. Output: purchases; NaN where Buyer or h
// cannot be. See TestFitBGBB_Donations.
func (m BGBB) Expected(b Buyer, h float64) float64 {
	if m.cannot(b) || !(h >= 0 && h <= mostOccasions) {
		return math.NaN()
	}
	return m.stream(b, 0, h)
}

// Residual is the discounted number of purchases at the occasions to come, the
// next one discounted once; Discount is per occasion. NaN for options that
// cannot be.
//
// Question: what is all that this donor will still give worth, in gifts of today?
// Output: purchases. See TestBGBBAnswers.
func (m BGBB) Residual(b Buyer, opt ValueOptions) float64 {
	if m.cannot(b) || !opt.inOrder() {
		return math.NaN()
	}
	if opt.endless() {
		return m.stream(b, opt.Discount, math.Inf(1))
	}
	return m.stream(b, opt.Discount, opt.Horizon)
}

// stream is the sum over the occasions up to h, e^{−discount·i} each.
func (m BGBB) stream(b Buyer, discount, h float64) float64 {
	_, alive := m.chances(b)
	both := m.Gamma + m.Delta + b.Age
	sum, stay, fade := 0.0, 1.0, math.Exp(-discount)
	const direct = 1e6
	for i := 0.0; i < math.Min(math.Floor(h), direct); i++ {
		stay *= (m.Delta + b.Age + i) / (both + i) * fade
		sum += stay
		if stay < 1e-17*sum {
			break
		}
	}
	if h > direct && stay > 1e-17*sum {
		term := func(i float64) float64 {
			if i > h {
				return 0
			}
			return math.Exp(stat.LogRising(m.Delta+b.Age, i) - stat.LogRising(both, i) - discount*i)
		}
		sum += tailSum(term, direct)
	}
	return alive * (m.Alpha + b.Repeats) / (m.Alpha + m.Beta + b.Age) * sum
}

// Simulate invents one customer for each number of occasions (n). The same
// seed gives the same customers. Errors: *InputError for a number that cannot
// be; ErrNoFit.
//
// Input: whole numbers from 0 to a million. See TestBGBBAnswers.
func (m BGBB) Simulate(occasions []float64, seed uint64) ([]Buyer, error) {
	if err := checkAges(occasions); err != nil {
		return nil, err
	}
	if m.cannot(Buyer{}) {
		return nil, ErrNoFit
	}
	rnd := rand.New(rand.NewPCG(seed, 0))
	buyers := make([]Buyer, len(occasions))
	for i, n := range occasions {
		if field, value, why := (Buyer{Age: n}).occasionFault(); field != "" {
			return nil, &InputError{Buyer: i, Field: field, Value: value, Why: why}
		}
		buy, leave := betaDraw(rnd, m.Alpha, m.Beta), betaDraw(rnd, m.Gamma, m.Delta)
		b := Buyer{Age: n}
		for at := 1.0; at <= n && rnd.Float64() >= leave; at++ {
			if rnd.Float64() < buy {
				b.Repeats, b.Last = b.Repeats+1, at
			}
		}
		buyers[i] = b
	}
	return buyers, nil
}
