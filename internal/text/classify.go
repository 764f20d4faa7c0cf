package text

import (
	"math"
	"math/rand/v2"
	"slices"

	"behold/stat"
)

// A classifier gives every label a score: logistic regressions one beside
// another, over the features that its examples have.
type classifier struct {
	labels []Label
	place  []int32   // of a feature: which row of weights; -1: no example has it
	rare   []float32 // by row: how much a feature tells by being rare, ln((1 + examples)/(1 + those that have it)) + 1
	never  float64   // the same of a feature that no example has
	weight []float32 // rows of len(labels)
	bias   []float64
}

// ridges are λ of the penalty λ/2·|w|² beside the weighted log-loss, chosen on seed
// phrases that were left out: between .05 and .2 it matters little. The three words
// that say how a text is meant have the larger one: they are read in texts about
// anything, reasons only where their words stand.
func ridge(label Label) float64 {
	switch label {
	case Complaint, Leaving, Praise:
		return .2
	}
	return .07
}

// close is how far a margin may be from its best.
const close = .03

// biasValue is the feature that every text has: large, so that the ridge hardly
// holds back how common a label is.
const biasValue = 1

// learn fits the regressions, each label on a core of its own; the answer is the
// same on any number of cores.
func learn(labels []Label, examples []Example, ridge func(Label) float64) *classifier {
	c := &classifier{labels: labels, place: make([]int32, 1<<featureBits), bias: make([]float64, len(labels))}
	for i := range c.place {
		c.place[i] = -1
	}
	texts, n := c.texts(examples)
	c.weight = make([]float32, n*len(labels))
	stat.Blocks(len(labels), 1, func(lo, hi int) {
		for k := lo; k < hi; k++ {
			f := newFit(texts, examples, labels[k], ridge(labels[k]), n)
			f.descend()
			for row, w := range f.w[:n] {
				c.weight[row*len(labels)+k] = float32(w)
			}
			c.bias[k] = f.w[n] * biasValue
		}
	})
	return c
}

// texts are the features of examples, by row, and how many rows there are.
func (c *classifier) texts(examples []Example) ([][]feature, int) {
	texts := make([][]feature, len(examples))
	stat.Blocks(len(examples), 64, func(lo, hi int) {
		var s scratch
		for i := lo; i < hi; i++ {
			s.take(examples[i].Body)
			texts[i] = slices.Clone(s.found)
		}
	})
	n := int32(0)
	var have []float64
	for i := range texts {
		for j := range texts[i] {
			at := &texts[i][j].at
			if c.place[*at] < 0 {
				c.place[*at] = n
				have = append(have, 0)
				n++
			}
			*at = uint32(c.place[*at])
			have[*at]++
		}
	}
	all := float64(len(examples))
	for _, h := range have {
		c.rare = append(c.rare, float32(math.Log((1+all)/(1+h))+1))
	}
	c.never = math.Log(1+all) + 1
	for _, text := range texts {
		scale := 0.
		for j := range text {
			text[j].value *= float64(c.rare[text[j].at])
			scale += text[j].value * text[j].value
		}
		for j := range text {
			text[j].value /= math.Sqrt(scale)
		}
	}
	return texts, int(n)
}

// scores appends the score of every label: the log odds before tempering.
func (c *classifier) scores(s *scratch, to []float64) []float64 {
	to = append(to, make([]float64, len(c.labels))...)
	n, squares := len(c.labels), 0.
	for _, f := range s.found {
		row := c.place[f.at]
		if row < 0 {
			squares += f.value * f.value * c.never * c.never
			continue
		}
		value := f.value * float64(c.rare[row])
		squares += value * value
		for k, w := range c.weight[int(row)*n : int(row)*n+n] {
			to[k] += value * float64(w)
		}
	}
	scale := 1 / math.Sqrt(max(squares, 1e-9))
	for k := range to {
		to[k] = to[k]*scale + c.bias[k]
	}
	return to
}

// A fit is one label's regression while it is learned, in its dual: with
// C_i = weight/λ every example has 0 < α_i < C_i, and w = Σ α_i y_i x_i.
type fit struct {
	texts [][]feature
	which []int     // examples whose label is known
	sign  []float64 // y: 1 holds, -1 does not
	most  []float64 // C
	u     []float64 // ln(α/(C − α))
	alpha []float64
	w     []float64 // by row; the last is the bias
}

func newFit(texts [][]feature, examples []Example, label Label, ridge float64, n int) *fit {
	f := &fit{texts: texts, w: make([]float64, n+1)}
	for i := range examples {
		e := &examples[i]
		if slices.Contains(e.Open, label) {
			continue
		}
		y := -1.
		if slices.Contains(e.Labels, label) {
			y = 1
		}
		f.which, f.sign, f.most, f.u = append(f.which, i), append(f.sign, y), append(f.most, e.Weight/ridge), append(f.u, 0)
	}
	f.begin()
	return f
}

// begin puts α where both sides pull the bias alike, so that it starts at 0.
func (f *fit) begin() {
	const part = .2
	yes := 0.
	for _, y := range f.sign {
		yes += (1 + y) / 2
	}
	share := min(max(yes/float64(len(f.sign)), .001), .999)
	for j, y := range f.sign {
		s := part * share
		if y > 0 {
			s = part * (1 - share)
		}
		f.u[j] = math.Log(s / (1 - s))
		f.alpha = append(f.alpha, f.most[j]*s)
		f.move(j, f.alpha[j])
	}
}

func logistic(u float64) float64 { return 1 / (1 + math.Exp(-u)) }

// move adds step to α of the j-th example.
func (f *fit) move(j int, step float64) {
	step *= f.sign[j]
	for _, x := range f.texts[f.which[j]] {
		f.w[x.at] += step * x.value
	}
	f.w[len(f.w)-1] += step * biasValue
}

// margin is y·w·x of the j-th example.
func (f *fit) margin(j int) float64 {
	sum := f.w[len(f.w)-1] * biasValue
	for _, x := range f.texts[f.which[j]] {
		sum += f.w[x.at] * x.value
	}
	return f.sign[j] * sum
}

// descend goes through the examples again and again until none moves much. Those
// that did not move in a round are passed over in the next two. Neighbours say
// much the same, and one after the other they would drag the bias along: it goes
// in an order shuffled by a fixed seed.
func (f *fit) descend() {
	const rounds, every = 36, 3
	still := make([]bool, len(f.which))
	order := rand.New(rand.NewPCG(1, 1)).Perm(len(f.which))
	for round := range rounds {
		far := 0.0
		for _, j := range order {
			if still[j] && round%every != 0 {
				continue
			}
			d := f.settle(j)
			still[j] = d < close
			far = max(far, d)
		}
		if far < close && round%every == 0 {
			return
		}
	}
}

// settle finds the j-th α given all others: at the best one u = −(margin), and
// since the margin moves with α that is an equation in u with one root,
// u + a·C·σ(u) = a·α − margin, whose slope is never below 1. It returns how far u
// was from it.
func (f *fit) settle(j int) float64 {
	const square = 1 + biasValue*biasValue // a = |x|²
	c, u, before := f.most[j], f.u[j], f.alpha[j]
	m := f.margin(j)
	far := math.Abs(u + m)
	if far < close {
		return far
	}
	s := before / c
	for range 3 {
		step := (u + square*(c*s-before) + m) / (1 + square*c*s*(1-s))
		u -= max(-2, min(2, step))
		s = logistic(u)
		if math.Abs(step) < close {
			break
		}
	}
	f.u[j], f.alpha[j] = u, c*s
	f.move(j, c*s-before)
	return far
}
