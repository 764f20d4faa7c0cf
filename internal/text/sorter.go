package text

import (
	"fmt"
	"math"
	"slices"

	"behold"
	"behold/stat"
)

// A Sorter gives a text one of the labels that somebody gave to others like it.
// It never changes and is safe for many goroutines.
type Sorter struct {
	words  *classifier
	favour []float64 // by label: what is added to its log chance before the best is taken
	temper temper    // makes a chance to be right of a log odds
	cut    float64   // a label whose chance is lower is unsure
	trial  Trial
}

// A Trial is how sorting went with texts that were left out of learning.
type Trial struct {
	Texts int // left out; 0: too few to leave any out
	Right int
	Sure  int // of them above the cut
	Kept  int // of those right
}

// Sorted is what a Sorter makes of one text.
type Sorted struct {
	Label  Label
	Chance float64 // that the label is right
	Unsure bool    // too unlikely to be acted on
}

// What Train chooses: figures tried on texts that were left out, where
// neighbouring ones did nearly as well.
const (
	lossPower   = .25 // a label counts in learning with its share to the power of −¼
	favourPower = .5  // and in choosing with its share to the power of −½
	mostLabels  = 500 // more are no labels but texts
	oneOf       = 5   // so many texts is left out for the trial
	leastTrial  = 50  // texts in a trial at the least
	leastRight  = .7  // of the sure ones, with the chance of 9 in 10
)

// Train learns to sort texts from texts that are sorted already.
//
// Question: which of these labels would a colleague give this text?
//
// Input: examples with one label each; two labels or more, with two texts or more.
// Weight, Open and Twin are not looked at.
//
// Model: the features of a text (words, pairs, pieces; rare ones count more), one
// multinomial logistic regression over all labels, learned in six rounds of
// stochastic gradient steps whose size falls with what a feature has seen. So
// that rare labels are found too, a text of a label with share s counts s^−¼ in
// learning, and the label with the largest p·s^−½ is given.
//
// Output: for each text a label, the chance that it is right, and whether that is
// too low to act on. Both are learned from a fifth of the texts by a model that
// did not see them: the chance by Platt scaling of its log odds, the cut as the
// lowest chance above which precision is 0.7 or more with a confidence of 0.9
// (Clopper and Pearson); 0.6 where nothing reaches that or too few were tried.
//
// Errors: fewer than two labels or more than 500, or a label with one text only.
//
// Caveats: a text unlike all examples gets a label all the same, though seldom a
// sure one. Labels of a few texts are found badly.
//
// Source: METHODS 10; the steps are AdaGrad, Duchi, Hazan and Singer (2011), JMLR
// 12. TestSorterOnTweets compares with what TF-IDF and a logistic regression reach.
func Train(examples []Example) (*Sorter, error) {
	labels, which, err := labelled(examples)
	if err != nil {
		return nil, err
	}
	c := &classifier{labels: labels, place: make([]int32, 1<<featureBits)}
	for i := range c.place {
		c.place[i] = -1
	}
	texts, rows := c.texts(examples)
	s := &Sorter{words: c, temper: temper{1, 0}, cut: Sure}
	everything, tried := softmax{labels: len(labels), rows: rows}, softmax{labels: len(labels), rows: rows}
	stat.Blocks(2, 1, func(lo, _ int) { // the same on one core as on two
		if lo == 0 {
			everything.learn(texts, which, func(int) bool { return true })
		} else if len(texts) >= oneOf*leastTrial {
			tried.learn(texts, which, func(i int) bool { return i%oneOf != 0 })
		}
	})
	c.weight, c.bias = everything.weight, everything.biases()
	s.favour = favours(which, len(labels))
	if tried.weight != nil {
		s.try(&tried, texts, which)
	}
	return s, nil
}

// labelled are the labels in the order of the alphabet, and which each text has.
func labelled(examples []Example) (labels []Label, which []int, err error) {
	count := map[Label]int{}
	for i := range examples {
		if len(examples[i].Labels) != 1 {
			return nil, nil, &behold.Error{Kind: behold.Invalid, Say: fmt.Sprintf("text %d has %d labels", i+1, len(examples[i].Labels)), Hint: "each needs one"}
		}
		count[examples[i].Labels[0]]++
	}
	for label, n := range count {
		if n < 2 {
			return nil, nil, &behold.Error{Kind: behold.Invalid, Say: "only one text has the label " + label, Hint: "give it more examples, or leave it out"}
		}
		labels = append(labels, label)
	}
	if len(labels) > mostLabels {
		return nil, nil, &behold.Error{Kind: behold.Invalid, Say: fmt.Sprintf("there are %d labels, more than %d", len(labels), mostLabels), Hint: "is it the right column? a label is a word that many texts share"}
	}
	if len(labels) < 2 {
		return nil, nil, &behold.Error{Kind: behold.Invalid, Say: "there is nothing to tell apart: all texts have one label", Hint: "two labels with two texts each are the least; more than a hundred texts are better"}
	}
	slices.Sort(labels)
	for i := range examples {
		at, _ := slices.BinarySearch(labels, examples[i].Labels[0])
		which = append(which, at)
	}
	return labels, which, nil
}

// shares are how common each label is.
func shares(which []int, labels int) []float64 {
	share := make([]float64, labels)
	for _, k := range which {
		share[k] += 1 / float64(len(which))
	}
	return share
}

func favours(which []int, labels int) []float64 {
	all := shares(which, labels)
	for k, share := range all {
		all[k] = -favourPower * math.Log(share)
	}
	return all
}

// try learns the chance to be right, and the cut, from the texts that were left out.
func (s *Sorter) try(tried *softmax, texts [][]feature, which []int) {
	var odds []float64
	var right []bool
	room := make([]float64, tried.labels)
	for i := 0; i < len(texts); i += oneOf {
		best, logit := s.best(tried.scores(texts[i], room))
		odds, right = append(odds, logit), append(right, best == which[i])
	}
	s.temper = tempered(odds, right)
	chances := make([]float64, len(odds))
	for i, o := range odds {
		chances[i] = s.temper.chance(o)
	}
	s.cut = cutFor(chances, right)
	s.trial.Texts = len(right)
	for i, ok := range right {
		sure := chances[i] >= s.cut
		s.trial.Right += count(ok)
		s.trial.Sure += count(sure)
		s.trial.Kept += count(sure && ok)
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// best is the label to give, and the log odds of its chance.
func (s *Sorter) best(score []float64) (best int, logit float64) {
	top := slices.Max(score)
	sum := 0.0
	for k, x := range score {
		sum += math.Exp(x - top)
		if x+s.favour[k] > score[best]+s.favour[best] {
			best = k
		}
	}
	own := math.Exp(score[best] - top)
	return best, math.Log(own) - math.Log(max(sum-own, 1e-12))
}

// Sort sorts one text. One without a letter is unsure.
func (s *Sorter) Sort(body string) Sorted {
	var taken scratch
	taken.take(body)
	var room [128]float64
	best, logit := s.best(s.words.scores(&taken, room[:0]))
	chance := s.temper.chance(logit)
	return Sorted{Label: s.words.labels[best], Chance: chance, Unsure: chance < s.cut || taken.letters == 0}
}

// Labels are the labels that may be given, in the order of the alphabet.
func (s *Sorter) Labels() []Label { return slices.Clone(s.words.labels) }

// Cut is the chance below which a label is unsure.
func (s *Sorter) Cut() float64 { return s.cut }

// Trial is how sorting went with texts that were left out of learning.
func (s *Sorter) Trial() Trial { return s.trial }
