package effect

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"behold/stat"
)

// A Group is one of several that were measured alike, such as a segment, or the
// calls made for one reason.
type Group struct {
	Raw      float64       // from its own data alone
	Estimate float64       // with what the other groups say
	Interval stat.Interval // of what is true of the group
	Own      float64       // how much its own data count in Estimate, 0 … 1
	Best     float64       // chance that no other group is higher in truth
}

// Groups are estimates that lean on one another.
type Groups struct {
	Items   []Group       // in the order given
	Mean    float64       // of all groups such as these
	MeanIn  stat.Interval // of Mean
	Spread  float64       // standard deviation between groups in truth (posterior mean)
	Caveats []stat.Caveat // few-groups (below 5: how much groups differ is hardly known), few-cases (ShrinkShares: Count groups have fewer than 10)
}

// Shrinking says how Groups are found; the zero value will do.
type Shrinking struct {
	Level float64 // of the ranges; 0 means 0.95
	Draws int     // for Best, and ranges of shares; 0 means 4,000
	Seed  uint64
}

const (
	usualDraws = 4000
	fewGroups  = 5
	fewInGroup = 10 // METHODS 6.5
)

func (s Shrinking) checked() (Shrinking, error) {
	if s.Draws <= 0 {
		s.Draws = usualDraws
	}
	if s.Level == 0 {
		s.Level = usualLevel
	}
	return s, stat.CheckLevel(s.Level)
}

// ShrinkEffects draws the effects of several treatments together, as far as they
// cannot be told apart.
//
// Question: calls for a late delivery seem to help most of all; do they, or is it
// that there were few of them?
//
// Input: for each reason and action the effect found and its standard error, such
// as Effect.Value and StdErr; stdErrs > 0; read only, in any order.
//
// Model: value_g ~ N(θ_g, stdErr_g²) and θ_g ~ N(μ, τ²), with all μ and all τ ≥ 0
// equally likely beforehand. Given τ,
//
//	θ_g = own_g value_g + (1 − own_g) μ      own_g = τ²/(τ² + stdErr_g²)
//
// and the posterior of τ is integrated over, so that ranges know how little some
// few groups say about it (an estimate of τ put in its place makes them too
// narrow, and is often 0).
//
// Output: Groups, unit of the values.
//
// Errors: no groups; lengths that differ; values that are no numbers below 1e300;
// errors not above 0.
// Caveats: few-groups. τ is looked for up to twenty times the spread of the
// values, which decides only where there are two groups; of one group the
// Estimate is its value.
//
// Not where groups are known to differ in kind: leave those out, they pull.
//
// Source: Rubin (1981), J. Educational Statistics 6, 377–401 (eight schools);
// Gelman et al., Bayesian Data Analysis, 5.5; METHODS 8.4. See
// TestShrinkEffects_Rubin1981 and TestShrinkEffectsCoverage.
func ShrinkEffects(values, stdErrs []float64, s Shrinking) (Groups, error) {
	s, err := s.checked()
	if err != nil {
		return Groups{}, err
	}
	if err := checkMeasured(values, stdErrs); err != nil {
		return Groups{}, err
	}
	origin, unit := measure(values, stdErrs)
	p := newShared(scaledBy(values, origin, unit), scaledBy(stdErrs, 0, unit))
	g := Groups{Items: make([]Group, len(values))}
	best := p.best(s)
	for i := range values {
		g.Items[i] = p.group(i, s.Level)
		g.Items[i].Best = best[i]
		g.Items[i].Raw = values[i]
		g.Items[i].Estimate = origin + unit*g.Items[i].Estimate
		g.Items[i].Interval = moved(g.Items[i].Interval, origin, unit)
	}
	mean, in := p.meanOf(s.Level)
	g.Mean, g.MeanIn = origin+unit*mean, moved(in, origin, unit)
	for _, n := range p.nodes {
		g.Spread += unit * n.weight * n.tau
	}
	g.note(len(values))
	return g, nil
}

// measure finds an origin and a unit in which no square overflows.
func measure(values, stdErrs []float64) (origin, unit float64) {
	origin, unit = values[0], slices.Max(stdErrs)
	for _, v := range values {
		unit = max(unit, math.Abs(v-origin))
	}
	return origin, unit
}

func scaledBy(values []float64, origin, unit float64) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = (v - origin) / unit
	}
	return out
}

func moved(in stat.Interval, origin, unit float64) stat.Interval {
	return stat.Interval{Low: origin + unit*in.Low, High: origin + unit*in.High, Level: in.Level}
}

func (g *Groups) note(n int) {
	if n < fewGroups {
		g.Caveats = append(g.Caveats, stat.Caveat{Code: "few-groups", Count: n, Limit: fewGroups})
	}
}

func checkMeasured(values, stdErrs []float64) error {
	if len(values) == 0 || len(values) != len(stdErrs) {
		return &stat.InputError{Row: stat.NoRow, Field: "stdErrs", Value: float64(len(stdErrs)), Why: "not as many as values, or none"}
	}
	for i, v := range values {
		if !(math.Abs(v) < 1e300) {
			return &stat.InputError{Row: i, Field: "values", Value: v, Why: "not a number below 1e300"}
		}
		if !stat.Finite(stdErrs[i]) || stdErrs[i] <= 0 {
			return &stat.InputError{Row: i, Field: "stdErrs", Value: stdErrs[i], Why: "not a finite number above 0"}
		}
	}
	return nil
}

// A shared is the posterior of τ at some values of it; given τ all else is normal.
type shared struct {
	values, stdErrs []float64
	nodes           []tauNode
}

type tauNode struct {
	tau, weight  float64 // weights sum to 1
	mean, meanSD float64 // of μ
}

// tauNodes are the values of τ: on a square-root scale, since it is near 0 that
// the posterior has its corner. Twice as many change nothing in the sixth digit.
const tauNodes = 400

func newShared(values, stdErrs []float64) *shared {
	p := &shared{values: values, stdErrs: stdErrs, nodes: make([]tauNode, tauNodes)}
	most := 20 * (slices.Max(values) - slices.Min(values))
	if most == 0 {
		most = 20 * slices.Max(stdErrs)
	}
	logs := make([]float64, tauNodes)
	for k := range p.nodes {
		u := (float64(k) + 0.5) / tauNodes
		n := &p.nodes[k]
		n.tau = most * u * u * u
		logs[k] = p.given(n) + 2*math.Log(u) // dτ = 3 u² du
	}
	total := stat.LogSumExp(logs)
	for k := range p.nodes {
		p.nodes[k].weight = math.Exp(logs[k] - total)
	}
	return p
}

// given fills in μ given τ and gives ln of the likelihood of τ, μ integrated out.
func (p *shared) given(n *tauNode) (log float64) {
	precision, sum := 0.0, 0.0
	for i, v := range p.values {
		w := 1 / (n.tau*n.tau + p.stdErrs[i]*p.stdErrs[i])
		precision += w
		sum += w * v
	}
	n.mean, n.meanSD = sum/precision, 1/math.Sqrt(precision)
	log = -math.Log(precision) / 2
	for i, v := range p.values {
		variance := n.tau*n.tau + p.stdErrs[i]*p.stdErrs[i]
		log -= (math.Log(variance) + (v-n.mean)*(v-n.mean)/variance) / 2
	}
	return log
}

// at is the posterior of θ_i at a node.
func (p *shared) at(n *tauNode, i int) (mean, sd, own float64) {
	variance := p.stdErrs[i] * p.stdErrs[i]
	own = n.tau * n.tau / (n.tau*n.tau + variance)
	mean = own*p.values[i] + (1-own)*n.mean
	return mean, math.Sqrt(own*variance + (1-own)*(1-own)*n.meanSD*n.meanSD), own
}

func (p *shared) group(i int, level float64) Group {
	g := Group{}
	m := mixedNormal{}
	for k := range p.nodes {
		n := &p.nodes[k]
		mean, sd, own := p.at(n, i)
		g.Estimate += n.weight * mean
		g.Own += n.weight * own
		m.add(n.weight, mean, sd)
	}
	g.Interval = m.interval(level)
	return g
}

func (p *shared) meanOf(level float64) (mean float64, in stat.Interval) {
	m := mixedNormal{}
	for _, n := range p.nodes {
		mean += n.weight * n.mean
		m.add(n.weight, n.mean, n.meanSD)
	}
	return mean, m.interval(level)
}

// best draws the truth of all groups and counts which is highest.
func (p *shared) best(s Shrinking) []float64 {
	upTo := make([]float64, len(p.nodes))
	for k, n := range p.nodes {
		upTo[k] = n.weight
		if k > 0 {
			upTo[k] += upTo[k-1]
		}
	}
	return highest(len(p.values), s, func(dice *rand.Rand, truth []float64) {
		k, _ := slices.BinarySearch(upTo, dice.Float64()*upTo[len(upTo)-1])
		n := &p.nodes[min(k, len(p.nodes)-1)]
		mu := n.mean + n.meanSD*dice.NormFloat64()
		for i, v := range p.values {
			_, _, own := p.at(n, i)
			truth[i] = own*v + (1-own)*mu + math.Sqrt(own)*p.stdErrs[i]*dice.NormFloat64()
		}
	})
}

// highest is how often each of n groups is the highest in what draw gives.
func highest(n int, s Shrinking, draw func(dice *rand.Rand, truth []float64)) []float64 {
	dice, truth, best := rand.New(rand.NewPCG(s.Seed, 0)), make([]float64, n), make([]float64, n)
	for range s.Draws {
		draw(dice, truth)
		top := 0
		for i := range truth {
			if truth[i] > truth[top] {
				top = i
			}
		}
		best[top]++
	}
	for i := range best {
		best[i] /= float64(s.Draws)
	}
	return best
}

// A mixedNormal is normal distributions with weights: weight, mean, sd.
type mixedNormal [][3]float64

// add leaves out what no quantile would notice.
func (m *mixedNormal) add(weight, mean, sd float64) {
	if weight > 1e-10 {
		*m = append(*m, [3]float64{weight, mean, sd})
	}
}

func (m mixedNormal) below(x float64) (sum float64) {
	for _, part := range m {
		sum += part[0] * distuv.UnitNormal.CDF((x-part[1])/part[2])
	}
	return sum
}

func (m mixedNormal) interval(level float64) stat.Interval {
	return stat.Interval{Low: m.quantile((1 - level) / 2), High: m.quantile((1 + level) / 2), Level: level}
}

func (m mixedNormal) quantile(u float64) float64 {
	z, low, high := distuv.UnitNormal.Quantile(u), math.Inf(1), math.Inf(-1)
	for _, part := range m { // between the lowest and the highest of the parts' own
		low, high = min(low, part[1]+z*part[2]), max(high, part[1]+z*part[2])
	}
	for range 50 {
		if middle := low + (high-low)/2; m.below(middle) < u {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}
