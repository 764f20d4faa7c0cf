package task

import (
	"cmp"
	"maps"
	"math"
	"slices"
)

// Learn finds what each action does for each reason.
//
// Question: do calls help after a late delivery, and more than price talks help
// against a competitor?
//
// Input: ended episodes, in any order; read only.
//
// Formula: of each cell with 10 episodes of either arm, with ψ the score of an
// episode (effect.Episode.Score) and d its Danger,
//
//	f = Σ d ψ / Σ d²     e² = Σ d² (ψ − f d)² / (Σ d²)²
//
// the share of the danger that attention took away, by assignment. What is true of
// a cell is N(μ, τ²) around what is true of attention at all, μ ~ N(0.1, 0.1²), the
// Prior, and τ half-normal of 0.05: cells are thought to be more like one another
// than like the prior until they show that they are not. τ is integrated over on
// 41 points.
//
// Output: Beliefs, with Prior the part of Share that comes neither from the cell
// nor from the others. A cell with too few episodes has what the others say; with
// no such cell at all there are no beliefs, and everything has the Prior.
//
// No errors: an episode whose Share is not between 0 and 1, or that is not of a
// lot, does not count. No caveats: Belief.Spread and Prior say what is known.
//
// METHODS 7.5 takes the shrunk fall in the chance itself; per danger it is the
// same on average, and does not promise as much for safe customers as for those
// about to leave.
//
// Source: METHODS 7.5, 8.4; Gelman et al., Bayesian Data Analysis, 5.4. See
// TestLearnFindsWhatHelps, TestLearnOfLittle, TestSimulatedCompany.
func Learn(ended []Ended) Beliefs {
	cells := map[Cell]*sums{}
	for i := range ended {
		e := &ended[i]
		if !(e.Share > 0 && e.Share < 1) {
			continue
		}
		at := Cell{e.Reason, e.Action}
		if cells[at] == nil {
			cells[at] = &sums{}
		}
		cells[at].add(e)
	}
	order := slices.SortedFunc(maps.Keys(cells), compareCells)
	found := make([]finding, len(order))
	any := false
	for i, cell := range order {
		found[i] = cells[cell].share()
		any = any || found[i].known
	}
	if !any {
		return nil
	}
	beliefs := Beliefs{}
	for i, b := range together(found) {
		beliefs[order[i]] = b
	}
	return beliefs
}

func compareCells(a, b Cell) int {
	return cmp.Or(cmp.Compare(a.Reason, b.Reason), cmp.Compare(a.Action, b.Action))
}

// A finding is what a cell says by itself.
type finding struct {
	share, err float64
	known      bool
}

const (
	alike     = 0.05 // scale of what cells differ by, before they have shown it
	spreads   = 41
	spreadEnd = 0.3
)

// together draws the findings together, as Learn says.
func together(found []finding) []Belief {
	prior := Prior()
	beliefs, square, total, top := make([]Belief, len(found)), make([]float64, len(found)), 0.0, math.Inf(-1)
	logs := [spreads]float64{}
	for k := range spreads {
		logs[k] = evidence(found, tau(k))
		top = max(top, logs[k])
	}
	for k := range spreads {
		weight, t2 := math.Exp(logs[k]-top), tau(k)*tau(k)
		mean, of := common(found, t2)
		total += weight
		for i, f := range found {
			at, wide, own := mean, of+t2, 0.0 // of a cell that says nothing
			if f.known {
				own = t2 / (t2 + f.err*f.err)
				at, wide = own*f.share+(1-own)*mean, own*f.err*f.err+(1-own)*(1-own)*of
			}
			beliefs[i].Share += weight * at
			square[i] += weight * (wide + at*at)
			beliefs[i].Prior += weight * (1 - own) * of / (prior.Spread * prior.Spread)
		}
	}
	for i := range beliefs {
		b := &beliefs[i]
		b.Share, b.Prior = b.Share/total, b.Prior/total
		b.Spread = math.Sqrt(max(0, square[i]/total-b.Share*b.Share))
	}
	return beliefs
}

func tau(k int) float64 { return spreadEnd * float64(k) / (spreads - 1) }

// common is what is true of attention at all, and its variance, when cells differ
// by t2.
func common(found []finding, t2 float64) (mean, variance float64) {
	prior := Prior()
	weight := 1 / (prior.Spread * prior.Spread)
	mean = weight * prior.Share
	for _, f := range found {
		if f.known {
			w := 1 / (t2 + f.err*f.err)
			weight, mean = weight+w, mean+w*f.share
		}
	}
	return mean / weight, 1 / weight
}

// evidence is the log-likelihood of the findings when cells differ by τ, with what
// is thought of τ beforehand; μ is integrated over.
func evidence(found []finding, tau float64) float64 {
	prior := Prior()
	mean, variance := common(found, tau*tau)
	off := (mean - prior.Share) / prior.Spread
	sum := -tau*tau/(2*alike*alike) - off*off/2 + math.Log(variance)/2
	for _, f := range found {
		if f.known {
			v := tau*tau + f.err*f.err
			sum -= (math.Log(v) + (f.share-mean)*(f.share-mean)/v) / 2
		}
	}
	return sum
}

// sums of a cell.
type sums struct {
	held, treated int
	dd, dp        float64 // Σ d², Σ d ψ
	scored        [][2]float64
}

func (s *sums) add(e *Ended) {
	if e.Held {
		s.held++
	} else {
		s.treated++
	}
	d, score := Danger(e.Leave, e.Active), e.assigned().Score()
	s.dd += d * d
	s.dp += d * score
	s.scored = append(s.scored, [2]float64{d, score})
}

const fewOfArm = 10

// share of the danger that was taken away, with its standard error.
func (s *sums) share() finding {
	if min(s.held, s.treated) < fewOfArm || !(s.dd > 0) {
		return finding{}
	}
	f, square := s.dp/s.dd, 0.0
	for _, one := range s.scored {
		off := one[0] * (one[1] - f*one[0])
		square += off * off
	}
	return finding{share: f, err: math.Sqrt(square) / s.dd, known: square > 0}
}
