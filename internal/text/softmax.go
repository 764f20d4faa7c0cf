package text

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// A softmax is one regression over all labels while it is learned.
type softmax struct {
	labels, rows int
	weight       []float32 // rows of labels
	bias         []float32
}

// The steps: some rounds over all texts, of a size that falls with the squares of
// what a feature has seen. More labels are told apart by fewer texts each, and
// take longer steps.
const (
	softRounds = 6
	biasStep   = .02
)

func stepFor(labels int) float32 { return float32(min(.5, .05*math.Sqrt(float64(labels)))) }

// learn goes over the texts for which some says yes, in an order shuffled by a
// fixed seed.
func (m *softmax) learn(texts [][]feature, which []int, some func(i int) bool) {
	m.weight, m.bias = make([]float32, m.rows*m.labels), make([]float32, m.labels)
	seen := make([]float32, m.rows) // squares of the gradients, by row
	for i := range seen {
		seen[i] = 1e-6
	}
	counts := countsFor(which, m.labels)
	order := slices.DeleteFunc(rand.New(rand.NewPCG(1, 1)).Perm(len(texts)), func(i int) bool { return !some(i) })
	off := make([]float32, m.labels)
	step := stepFor(m.labels)
	for range softRounds {
		for _, i := range order {
			size := m.miss(texts[i], which[i], counts[which[i]], off)
			for k, o := range off {
				m.bias[k] -= biasStep * o
			}
			for _, f := range texts[i] {
				value := float32(f.value)
				seen[f.at] += value * value * size
				by := step * value / float32(math.Sqrt(float64(seen[f.at])))
				row := m.row(f.at)
				for k, o := range off[:len(row)] {
					row[k] -= by * o
				}
			}
		}
	}
}

// countsFor is what a text of each label counts: 1 where all labels are as common.
func countsFor(which []int, labels int) []float32 {
	all := make([]float32, labels)
	for k, share := range shares(which, labels) {
		all[k] = float32(math.Pow(share*float64(labels), -lossPower))
	}
	return all
}

func (m *softmax) row(at uint32) []float32 {
	from := int(at) * m.labels
	return m.weight[from : from+m.labels : from+m.labels]
}

// miss is by how much the chances of a text miss its label, times what it counts,
// and the sum of the squares.
func (m *softmax) miss(text []feature, label int, counts float32, off []float32) (size float32) {
	copy(off, m.bias)
	for _, f := range text {
		value := float32(f.value)
		row := m.row(f.at)
		for k, w := range row {
			off[:len(row)][k] += value * w
		}
	}
	top := slices.Max(off)
	sum := float32(0)
	for k, x := range off {
		off[k] = float32(math.Exp(float64(x - top)))
		sum += off[k]
	}
	for k := range off {
		off[k] /= sum
		if k == label {
			off[k]--
		}
		off[k] *= counts
		size += off[k] * off[k]
	}
	return size
}

// scores are those of a text that was among the texts at the beginning.
func (m *softmax) scores(text []feature, to []float64) []float64 {
	for k, b := range m.bias {
		to[k] = float64(b)
	}
	for _, f := range text {
		for k, w := range m.row(f.at) {
			to[k] += f.value * float64(w)
		}
	}
	return to
}

func (m *softmax) biases() []float64 {
	all := make([]float64, len(m.bias))
	for k, b := range m.bias {
		all[k] = float64(b)
	}
	return all
}

// tempered is the temper under which what came out right is likeliest: a logistic
// regression of right on the log odds, by Newton's steps, with Platt's targets
// that keep it from being too sure (Platt 1999).
func tempered(odds []float64, right []bool) temper {
	yes := 0.0
	for _, ok := range right {
		yes += float64(count(ok))
	}
	high, low := (yes+1)/(yes+2), 1/(float64(len(right))-yes+2)
	t := temper{1, 0}
	for range 50 {
		var g0, g1, h00, h01, h11 float64
		for i, o := range odds {
			target := low
			if right[i] {
				target = high
			}
			p := t.chance(o)
			d, h := p-target, max(p*(1-p), 1e-9)
			g0, g1 = g0+d, g1+d*o
			h00, h01, h11 = h00+h, h01+h*o, h11+h*o*o
		}
		det := (h00+1e-9)*(h11+1e-9) - h01*h01
		shift, slope := ((h11+1e-9)*g0-h01*g1)/det, ((h00+1e-9)*g1-h01*g0)/det
		t.Shift, t.Slope = t.Shift-max(-2, min(2, shift)), t.Slope-max(-1, min(1, slope))
		if math.Abs(shift)+math.Abs(slope) < 1e-8 {
			break
		}
	}
	if !(t.Slope > 0) { // being sure tells nothing: then all are as likely
		return temper{0, math.Log(max(yes, 1) / max(float64(len(right))-yes, 1))}
	}
	return t
}

// cutFor is the lowest cut; Sure where there is none.
func cutFor(chances []float64, right []bool) float64 {
	cut, _ := lowestCut(chances, right)
	return cut
}

// lowestCut is the lowest chance such that of the texts with that chance or more at
// least leastRight are right, with a confidence of 0.9; found is false, and the cut
// is Sure, where none is.
func lowestCut(chances []float64, right []bool) (cut float64, found bool) {
	order := make([]int, len(chances))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case chances[a] > chances[b]:
			return -1
		case chances[a] < chances[b]:
			return 1
		}
		return 0
	})
	cut = Sure
	yes := 0
	for n, i := range order {
		yes += count(right[i])
		if n+1 < len(order) && chances[order[n+1]] == chances[i] {
			continue // those as sure stand or fall together
		}
		if n+1 >= leastTrial/5 && atLeast(yes, n+1) >= leastRight {
			cut, found = chances[i], true
		}
	}
	return cut, found
}

// atLeast is the lower end of the 90 % interval of a share (Clopper and Pearson,
// one-sided): yes of n.
func atLeast(yes, n int) float64 {
	if yes == 0 {
		return 0
	}
	return mathext.InvRegIncBeta(float64(yes), float64(n-yes)+1, .1)
}
