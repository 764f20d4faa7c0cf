package repurchase

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"behold/stat"
)

// A Doubt says how far what is still to come of one customer may lie from what is
// to be expected, because their own rhythm, faithfulness and purse are known from
// few purchases only.
type Doubt struct {
	Spend float64 // shape of what is known of their purse: p·n + q of the GammaGamma, > 1; 0: the purse is known
	Level float64 // of the range, such as 0.95
	Seed  uint64
}

const doubtDraws = 8_000

// ResidualRange is the range of Residual, as a multiple of it.
//
// Question: losing this one costs 18,400 over five years; from what to what?
//
// Input: as Residual; a Doubt.
//
// Model: the customer's own shape, μ and p are drawn from what their purchases say
// of them: μ ~ Gamma(r+kx, α+k t_x) weighed by Q(k, kμs), p ~ Beta(a, b+x+1), and
// the purse v/ν with ν ~ Gamma(pn+q), of mean v/(pn+q−1). For each draw D is as in
// Residual; what lies between the quantiles of D times the purse, over its mean, is
// the range.
//
// Output: low and high, without unit; 1 is Residual itself.
//
// Errors: as Residual, NaN for both.
//
// Not a forecast of what will be bought: chance within the years comes on top, as
// does that the parameters of the whole company are estimates.
//
// Source: METHODS 2.5, 7.3. See TestResidualRangeCovers.
func (m Mixture) ResidualRange(b Buyer, opt ValueOptions, doubt Doubt) (low, high float64) {
	if m.cannot(b) || !opt.inOrder() || stat.CheckLevel(doubt.Level) != nil || !(doubt.Spend > 1 || doubt.Spend == 0) {
		return math.NaN(), math.NaN()
	}
	return spread(m.residualDraws(b, opt, doubt), doubt.Level)
}

// residualDraws are so many possible customers who bought as this one did.
func (m Mixture) residualDraws(b Buyer, opt ValueOptions, doubt Doubt) (draws []float64) {
	one := m.single(b)
	dice := rand.New(rand.NewPCG(doubt.Seed, 0xd0b7))
	faith := distuv.Beta{Alpha: m.A, Beta: m.B + b.Repeats + 1, Src: dice}
	purse := distuv.Gamma{Alpha: doubt.Spend, Beta: 1, Src: dice}
	for g, share := range one.afterSilence() {
		h := &one.shapes[g]
		if share == 0 {
			continue
		}
		mu := newRhythms(h.k, h.after, m.Alpha+h.k*b.Last, b.Silence())
		for range int(math.Round(share * doubtDraws)) {
			d := residualKnown(h.k, mu.draw(dice.Float64()), faith.Rand(), b.Silence(), opt)
			if doubt.Spend > 0 {
				d *= (doubt.Spend - 1) / math.Max(purse.Rand(), 1e-300)
			}
			draws = append(draws, d)
		}
	}
	return draws
}

// afterSilence are the chances of the shapes, the silence told too.
func (s *single) afterSilence() []float64 {
	shares := make([]float64, len(s.w))
	sum := 0.0
	for g, w := range s.w {
		if w == 0 {
			continue
		}
		shares[g] = w
		if t := s.b.Silence(); t > 0 {
			past, _ := s.shapes[g].logSilence(s.reach[g] - math.Log(t))
			shares[g] *= math.Exp(past)
		}
		sum += shares[g]
	}
	for g := range shares {
		shares[g] /= math.Max(sum, 1e-300)
	}
	return shares
}

// rhythms are what the purchases say of μ: places of ln μ and the chance to lie
// below each.
type rhythms struct{ at, below []float64 }

const rhythmSteps = 400

// newRhythms adds up μ^shape e^{−rate μ} Q(k, kμs) over equal steps of ln μ, from
// where hardly anything lies below to where hardly anything lies above.
func newRhythms(k, shape, rate, silence float64) rhythms {
	low := math.Log(shape/(rate+k*silence)) - 8/math.Sqrt(shape) - 14/shape
	high := math.Log((shape + 10*math.Sqrt(shape) + 30) / rate)
	r := rhythms{at: make([]float64, rhythmSteps), below: make([]float64, rhythmSteps)}
	top := math.Inf(-1)
	for i := range r.at {
		r.at[i] = low + (high-low)*float64(i)/(rhythmSteps-1)
		mu := math.Exp(r.at[i])
		r.below[i] = shape*r.at[i] - rate*mu + stat.LogUpperGamma(k, k*mu*silence)
		top = math.Max(top, r.below[i])
	}
	sum := 0.0
	for i, log := range r.below {
		sum += math.Exp(log - top)
		r.below[i] = sum
	}
	for i := range r.below {
		r.below[i] /= sum
	}
	return r
}

// draw is the μ that the share u lies below.
func (r rhythms) draw(u float64) float64 {
	i, _ := slices.BinarySearch(r.below, u)
	if i == 0 {
		return math.Exp(r.at[0])
	}
	i = min(i, len(r.at)-1)
	part := (u - r.below[i-1]) / math.Max(r.below[i]-r.below[i-1], 1e-300)
	return math.Exp(r.at[i-1] + min(part, 1)*(r.at[i]-r.at[i-1]))
}

// residualKnown is D of a customer of whom all is known: see Residual.
func residualKnown(k, mu, p, silence float64, opt ValueOptions) float64 {
	z := k * mu * silence
	logPhi := -k * math.Log1p(opt.Discount/(k*mu))
	phi, gone := math.Exp(logPhi), -math.Expm1(logPhi)
	part := 1.0
	if !opt.endless() {
		part = -math.Expm1(-(opt.Discount + p*mu) * opt.Horizon)
	}
	this := phi * math.Exp(stat.LogScaledUpperGamma(k, z+opt.Discount*silence)-stat.LogScaledUpperGamma(k, z))
	return this * part / (gone + p*phi)
}

// spread is between which multiples of the mean the middle of the draws lies.
func spread(draws []float64, level float64) (low, high float64) {
	slices.Sort(draws)
	mean := 0.0
	for _, d := range draws {
		mean += d / float64(len(draws))
	}
	at := func(share float64) float64 { return draws[int(share*float64(len(draws)-1))] / mean }
	return at((1 - level) / 2), at((1 + level) / 2)
}
