package task

import (
	"behold/stat"
	"behold/stat/effect"
)

// Strict is the strict list: at most the share Q of those on it, on average, would
// have stayed anyway.
//
// Question: can the list be so short that four of five on it are truly leaving?
//
// Input: Known, customers of before who were not contacted and whose waiting time
// is over, with the chance of leaving that was foreseen (Scores, 0 … 1) and
// whether they stayed; Q, 0 … 1.
//
// Formula: for each candidate j
//
//	p_j = (1 + #{known that stayed with a chance ≥ j's}) / (n + 1)
//
// and of the m candidates that could be listed the k smallest p are kept, k the
// largest with p_(k) ≤ Q k/m (Benjamini–Hochberg).
//
// Output: who is kept; what was asked and found is in List.Why. Few known cases
// give a list that is empty, and that is honest: purchases alone often cannot
// support a stricter list.
//
// Errors: as effect.NewConformal. Not under drift: hold the share that was
// promised against the one that came among the hold-outs.
//
// Source: Jin, Candès (2023), J. Machine Learning Research 24; METHODS 3.3 (6). See
// TestStrict_Methods3_3.
type Strict struct {
	Q     float64
	Known *effect.Conformal
}

// NewStrict sorts the known cases.
func NewStrict(q float64, chances []float64, stayed []bool) (*Strict, error) {
	known, err := effect.NewConformal(chances, stayed)
	return &Strict{q, known}, err
}

// A cut is what the strict list asked of each candidate.
type cut struct {
	p    []float64 // of each candidate in line; nil: no strict list
	at   float64   // the highest p that was kept; 0: nobody was
	kept int
}

// choose leaves only those of the strict list in line, if there is one.
func (l *List) choose() cut {
	strict := l.desk.Rules.Strict
	if strict == nil {
		return cut{}
	}
	var in []int
	for i := range l.judged {
		if l.judged[i].why == inLine {
			in = append(in, i)
		}
	}
	c := cut{p: make([]float64, len(l.judged))}
	p := make([]float64, len(in))
	stat.Blocks(len(in), 4096, func(lo, hi int) {
		for k := lo; k < hi; k++ {
			p[k] = strict.Known.P(l.desk.Candidates[in[k]].Leave)
		}
	})
	for k, i := range in {
		c.p[i], l.judged[i].why = p[k], notSure
	}
	for _, k := range effect.Select(p, strict.Q) {
		l.judged[in[k]].why = inLine
		c.at, c.kept = max(c.at, p[k]), c.kept+1
	}
	return c
}
