package text

import "slices"

// A Tally counts how labels that were given compare with those that are right.
type Tally struct {
	of    map[Label]*labelTally
	given []outcome
}

type labelTally struct{ both, given, true int }

type outcome struct {
	chance float64
	right  bool
	sure   bool
}

// A Score is what a tally comes to.
type Score struct {
	Texts     int
	MacroF1   float64 // the mean of the labels' F1, each label counting alike
	Accuracy  float64
	Coverage  float64 // share of the texts of which it was sure
	Precision float64 // share right among those; 0 where there are none
	Labels    []LabelScore
	Curve     []Abstention
}

// A LabelScore is how one label did.
type LabelScore struct {
	Label             Label
	Texts             int // that have it
	Precision, Recall float64
	F1                float64
}

// An Abstention is what would be right, were only the surest texts sorted.
type Abstention struct {
	Coverage  float64 // share of the texts
	Cut       float64 // the chance of the least sure of them
	Precision float64 // share right
}

// Add counts one text: its label, and what was made of it.
func (t *Tally) Add(label Label, got Sorted) {
	if t.of == nil {
		t.of = map[Label]*labelTally{}
	}
	for _, l := range []Label{label, got.Label} {
		if t.of[l] == nil {
			t.of[l] = &labelTally{}
		}
	}
	t.of[label].true++
	t.of[got.Label].given++
	if label == got.Label {
		t.of[label].both++
	}
	t.given = append(t.given, outcome{got.Chance, label == got.Label, !got.Unsure})
}

// Score is what the tally comes to so far. Labels that no text has are left out
// of the mean, as is usual.
func (t *Tally) Score() Score {
	s := Score{Texts: len(t.given)}
	for label, n := range t.of {
		if n.true == 0 {
			continue
		}
		one := LabelScore{Label: label, Texts: n.true, Precision: share(n.both, n.given), Recall: share(n.both, n.true), F1: share(2*n.both, n.given+n.true)}
		s.Labels = append(s.Labels, one)
	}
	slices.SortFunc(s.Labels, func(a, b LabelScore) int {
		if a.Texts != b.Texts {
			return b.Texts - a.Texts
		}
		if a.Label < b.Label {
			return -1
		}
		return 1
	})
	for _, one := range s.Labels {
		s.MacroF1 += one.F1 / float64(len(s.Labels))
	}
	right, sure, kept := 0, 0, 0
	for _, g := range t.given {
		right += count(g.right)
		sure += count(g.sure)
		kept += count(g.sure && g.right)
	}
	s.Accuracy, s.Coverage, s.Precision = share(right, len(t.given)), share(sure, len(t.given)), share(kept, sure)
	s.Curve = t.curve()
	return s
}

// curve tells, for each tenth of the texts, the surest first, how many are right.
func (t *Tally) curve() []Abstention {
	surest := slices.Clone(t.given)
	slices.SortStableFunc(surest, func(a, b outcome) int {
		switch {
		case a.chance > b.chance:
			return -1
		case a.chance < b.chance:
			return 1
		}
		return 0
	})
	var all []Abstention
	right := 0
	for i, g := range surest {
		right += count(g.right)
		if n := i + 1; n*10/len(surest) > i*10/len(surest) {
			all = append(all, Abstention{Coverage: share(n, len(surest)), Cut: g.chance, Precision: share(right, n)})
		}
	}
	return all
}

func share(part, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(part) / float64(all)
}
