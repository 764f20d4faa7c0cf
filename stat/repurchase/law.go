package repurchase

import (
	"math"
	"math/rand/v2"
)

// A law is a fitted family: what BGNBD, MBGNBD, BGCNBD and MBGCNBD share. Its
// α belongs to single events, of which k make a purchase.
type law struct {
	family
	r, alpha, a, b float64
}

// mixture is the law as a mixture of one shape, whose α belongs to purchases.
func (l law) mixture() Mixture {
	k := float64(l.k)
	return Mixture{R: l.r, Alpha: l.alpha * k, A: l.a, B: l.b, Shapes: []float64{k}, Shares: []float64{1}}
}

// cannot says that there is no answer for this buyer.
func (l law) cannot(b Buyer) bool {
	return b.Repeats != math.Trunc(b.Repeats) || l.k < 1 || l.mixture().cannot(b)
}

func (l law) logLikelihood(b Buyer) float64 {
	if l.cannot(b) {
		return math.NaN()
	}
	h := newGeometricHill(l.family, []Buyer{{Repeats: b.Repeats, Last: b.Last, Age: b.Age, LogGaps: b.LogGaps, Weight: 1}}, 1)
	return h.look([]float64{math.Log(l.r), math.Log(l.alpha), math.Log(l.a), math.Log(l.b)}).value
}

// logSilence is ln of the chance that a customer who is with us is silent at
// least for s, without the floor of the mixture.
func (l law) logSilence(one *single, s float64) float64 {
	if s <= 0 {
		return 0
	}
	value, _ := one.shapes[0].logSilence(one.reach[0] - math.Log(s))
	return value
}

func (l law) alive(b Buyer) float64 {
	if l.cannot(b) {
		return math.NaN()
	}
	return l.aliveOf(b, l.logSilence(l.mixture().single(b), b.Silence()))
}

// aliveOf is S/(S+ρ), by way of logarithms.
func (l law) aliveOf(b Buyer, logSilence float64) float64 {
	return 1 / (1 + math.Exp(math.Log(l.rho(l.a, l.b, b.Repeats))-logSilence))
}

func (l law) noPurchase(b Buyer, h float64) float64 {
	if l.cannot(b) || !(h >= 0) {
		return math.NaN()
	}
	one := l.mixture().single(b)
	now, then := l.logSilence(one, b.Silence()), l.logSilence(one, b.Silence()+h)
	alive := l.aliveOf(b, now)
	if alive == 0 {
		return 1
	}
	return 1 + alive*math.Expm1(math.Min(0, then-now))
}

func (l law) expected(b Buyer, h float64) float64 {
	if l.cannot(b) || !(h >= 0) || math.IsInf(h, 1) {
		return math.NaN()
	}
	alive := l.alive(b)
	if h == 0 || alive == 0 {
		return 0
	}
	return alive * l.expectedHere(b)(h)
}

// expectedHere is what is expected of a customer who is with us.
func (l law) expectedHere(b Buyer) func(h float64) float64 {
	if l.k > 1 {
		return func(h float64) float64 { return l.stagedPurchases(b, h) }
	}
	later := leaveChance{l.a, l.b + l.tries(b.Repeats)}
	return func(h float64) float64 { return later.purchases(l.r+b.Repeats, h/(l.alpha+b.Age)) }
}

// simulate draws one buyer for every age.
func (l law) simulate(ages []float64, seed uint64) ([]Buyer, error) {
	if err := checkAges(ages); err != nil {
		return nil, err
	}
	if !l.mixture().inOrder() || l.k < 1 {
		return nil, ErrNoFit
	}
	rnd := rand.New(rand.NewPCG(seed, 0))
	buyers := make([]Buyer, len(ages))
	for i, age := range ages {
		rate, leave := gammaDraw(rnd, l.r)/l.alpha, betaDraw(rnd, l.a, l.b)
		b := Buyer{Age: age}
		for b.Repeats < mostDrawn {
			if l.tries(b.Repeats) > 0 && rnd.Float64() < leave {
				break
			}
			gap := gammaDraw(rnd, float64(l.k)) / rate
			if !(b.Last+gap <= age) {
				break
			}
			b.add(gap)
		}
		buyers[i] = b
	}
	return buyers, nil
}

// fitFamily is the fit that the four models share.
func fitFamily(f family, buyers []Buyer, opt FitOptions) (law, Fit, error) {
	opt, err := ready(buyers, opt)
	if err != nil {
		return law{}, Fit{}, err
	}
	gathered := gather(buyers, f.k > 1)
	scale := usualGap(gathered)
	h := newGeometricHill(f, gathered, scale)
	top := climbHill(h, opt)
	fit := fitOf(h, top, []string{"r", "alpha", "a", "b"}, opt)
	fit.resample(gathered, nil, top, opt, func(some []Buyer, _ [][]float64) hill { return newGeometricHill(f, some, scale) })
	fit.know(gathered)
	fit.knowShares()
	l := law{f, math.Exp(top.at[0]), math.Exp(top.at[1]), math.Exp(top.at[2]), math.Exp(top.at[3])}
	return l, fit, nil
}

// ready completes the options of a model with four parameters, and says what of
// the question cannot be.
func ready(buyers []Buyer, opt FitOptions) (FitOptions, error) {
	opt, err := opt.complete(4)
	if err != nil {
		return opt, err
	}
	if err := checkCounts(buyers); err != nil {
		return opt, err
	}
	if len(buyers) == 0 {
		return opt, ErrTooFew
	}
	return opt, nil
}

// usualGap is mean age over mean repeats, or t_x/x: where the search begins.
func usualGap(buyers []Buyer) float64 {
	ages, repeats := 0.0, 0.0
	for _, b := range buyers {
		ages += b.Weight * b.Age
		repeats += b.Weight * b.Repeats
	}
	if ages > 0 && repeats > 0 {
		return ages / repeats
	}
	return medianGap(buyers)
}
