package effect

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"behold/stat"
)

// ShrinkShares draws the shares of several small groups together, as far as they
// cannot be told apart.
//
// Question: three of four in the smallest segment are very satisfied; is it our
// best segment?
//
// Input: of each group how many it happened to, and of how many; 0 ≤ happened ≤
// of, of ≥ 0 (a group of 0 gets what the others say); parts of one are allowed
// (weighted answers); read only, in any order.
//
// Model: happened_g ~ Binomial(of_g, p_g) and p_g ~ Beta(m κ, (1−m) κ), m the mean
// and κ how alike the groups are, in answers that all of them agree on. Given both,
//
//	p_g = (m κ + happened_g)/(κ + of_g)      own_g = of_g/(κ + of_g)
//
// and m and κ are integrated over with the density (a+b)^(−5/2) of a = m κ, b =
// (1−m) κ beforehand, κ from 1 (one answer) to 1e5. Their top, which METHODS 6.5
// asks for, is the same with many groups; with few it is often κ = ∞, as if
// groups were shown to be alike.
//
// Output: Groups, shares 0 … 1; ranges and Best from draws.
//
// Errors: no groups; lengths that differ; counts that cannot be; nobody in all
// groups. Caveats: few-groups; few-cases.
//
// Not for ranking groups whose ranges overlap: show Best.
//
// Source: Tarone (1982), Biometrics 38, 215–220; Gelman et al., Bayesian Data
// Analysis, 5.3 (71 groups of rats: a about 2.4, b about 14.3); METHODS 6.5. See
// TestShrinkShares_Tarone1982 and TestShrinkSharesCoverage.
func ShrinkShares(happened, of []float64, s Shrinking) (Groups, error) {
	s, err := s.checked()
	if err != nil {
		return Groups{}, err
	}
	if err := checkCounts(happened, of); err != nil {
		return Groups{}, err
	}
	p := newSharedBeta(happened, of)
	g := p.groups(s)
	g.note(len(of))
	small := 0
	for _, n := range of {
		if n < fewInGroup {
			small++
		}
	}
	if small > 0 {
		g.Caveats = append(g.Caveats, stat.Caveat{Code: "few-cases", Count: small, Limit: fewInGroup})
	}
	return g, nil
}

func checkCounts(happened, of []float64) error {
	if len(of) == 0 || len(of) != len(happened) {
		return &stat.InputError{Row: stat.NoRow, Field: "of", Value: float64(len(of)), Why: "not as many as happened, or none"}
	}
	total := 0.0
	for i, n := range of {
		if !stat.Finite(n) || n < 0 {
			return &stat.InputError{Row: i, Field: "of", Value: n, Why: "not a number of cases"}
		}
		if !(happened[i] >= 0 && happened[i] <= n) {
			return &stat.InputError{Row: i, Field: "happened", Value: happened[i], Why: "not between 0 and the number of cases"}
		}
		total += n
	}
	if total == 0 {
		return &stat.InputError{Row: stat.NoRow, Field: "of", Value: 0, Why: "nobody in any group"}
	}
	return nil
}

// A sharedBeta is the posterior of (m, κ) on a grid of ln m/(1−m) and ln κ.
type sharedBeta struct {
	happened, of []float64
	nodes        []betaNode
}

type betaNode struct{ a, b, weight float64 } // weights sum to 1

const betaSteps = 61 // a side of the grid; 121 change nothing in the fourth digit

func newSharedBeta(happened, of []float64) *sharedBeta {
	p := &sharedBeta{happened: happened, of: of}
	box := [4]float64{-14, 14, 0, math.Log(1e5)} // ln m/(1−m), ln κ
	for range 4 {                                // closing in on where the posterior is
		box = p.close(box, p.grid(box))
	}
	logs := p.grid(box)
	total := stat.LogSumExp(logs)
	for k, log := range logs {
		if w := math.Exp(log - total); w > 1e-12 {
			a, b := betaAt(box, k)
			p.nodes = append(p.nodes, betaNode{a, b, w})
		}
	}
	return p
}

func betaAt(box [4]float64, k int) (a, b float64) {
	lm, lk := placeIn(box, k)
	kappa := math.Exp(lk)
	return kappa * logistic(lm), kappa * logistic(-lm)
}

func placeIn(box [4]float64, k int) (logitMean, logKappa float64) {
	u, v := (float64(k/betaSteps)+0.5)/betaSteps, (float64(k%betaSteps)+0.5)/betaSteps
	return box[0] + u*(box[1]-box[0]), box[2] + v*(box[3]-box[2])
}

// grid is ln of the posterior at the middles of the cells of a box.
func (p *sharedBeta) grid(box [4]float64) []float64 {
	logs := make([]float64, betaSteps*betaSteps)
	stat.Blocks(len(logs), betaSteps, func(lo, hi int) {
		for k := lo; k < hi; k++ {
			a, b := betaAt(box, k)
			kappa := a + b
			log := math.Log(a/kappa) + math.Log(b/kappa) - math.Log(kappa)/2 // ab κ^(−5/2): the density of m and κ on this scale
			for i, n := range p.of {
				y := p.happened[i]
				log += stat.LogRising(a, y) + stat.LogRising(b, n-y) - stat.LogRising(kappa, n)
			}
			logs[k] = log
		}
	})
	return logs
}

// close is the part of the box where the posterior is above e^−25 of its top, and
// a cell around it.
func (p *sharedBeta) close(box [4]float64, logs []float64) [4]float64 {
	top, inner := slices.Max(logs), [4]float64{math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)}
	for k, log := range logs {
		if log > top-25 {
			lm, lk := placeIn(box, k)
			inner[0], inner[1] = min(inner[0], lm), max(inner[1], lm)
			inner[2], inner[3] = min(inner[2], lk), max(inner[3], lk)
		}
	}
	dm, dk := (box[1]-box[0])/betaSteps, (box[3]-box[2])/betaSteps
	return [4]float64{max(box[0], inner[0]-dm), min(box[1], inner[1]+dm), max(box[2], inner[2]-dk), min(box[3], inner[3]+dk)}
}

func (p *sharedBeta) groups(s Shrinking) Groups {
	g := Groups{Items: make([]Group, len(p.of))}
	for i, n := range p.of {
		if n > 0 {
			g.Items[i].Raw = p.happened[i] / n
		}
	}
	for _, node := range p.nodes {
		kappa := node.a + node.b
		m := node.a / kappa
		g.Mean += node.weight * m
		g.Spread += node.weight * math.Sqrt(m*(1-m)/(kappa+1))
		for i, n := range p.of {
			g.Items[i].Estimate += node.weight * (node.a + p.happened[i]) / (kappa + n)
			g.Items[i].Own += node.weight * n / (kappa + n)
		}
	}
	p.draw(&g, s)
	return g
}

// draw fills in what comes from draws: ranges and Best.
func (p *sharedBeta) draw(g *Groups, s Shrinking) {
	upTo := make([]float64, len(p.nodes))
	for k, n := range p.nodes {
		upTo[k] = n.weight
		if k > 0 {
			upTo[k] += upTo[k-1]
		}
	}
	drawn, means := make([][]float64, len(p.of)), []float64(nil)
	best := highest(len(p.of), s, func(dice *rand.Rand, truth []float64) {
		k, _ := slices.BinarySearch(upTo, dice.Float64()*upTo[len(upTo)-1])
		n := p.nodes[min(k, len(p.nodes)-1)]
		means = append(means, n.a/(n.a+n.b))
		for i := range truth {
			truth[i] = distuv.Beta{Alpha: n.a + p.happened[i], Beta: n.b + p.of[i] - p.happened[i], Src: dice}.Rand()
			drawn[i] = append(drawn[i], truth[i])
		}
	})
	r := Resampling{Level: s.Level}
	g.MeanIn = r.percentiles(means)
	for i := range g.Items {
		g.Items[i].Best = best[i]
		g.Items[i].Interval = r.percentiles(drawn[i])
	}
}
