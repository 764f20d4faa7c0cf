package text

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"behold"
)

// halving is how long it takes a correction to count half as much: customers, and
// what they speak of, change.
const halving = 24 * 30.44 // days

// leastAudits is from how many audits on they set the cut, and correct the chances.
const leastAudits = 50

// Teach makes the model that holds at a time: the seed phrases, and what colleagues
// said by then and did not take back.
//
// Question: what does a text say, given all that people told us?
//
// Input: corrections in any order, of which those count that hold at the time; of
// several of one text the latest counts.
//
// Model: as Learn, where a correction weighs 1, halved every 24 months. A word that
// does not mean a reason may speak against it and not for it. From fifty audits on
// (texts drawn by lot) the chances are corrected by a regression of what was right
// on the log odds that were told, with a shift of its own for each reason that is
// shrunk towards the common one; and a reason is given from the lowest chance on
// above which the lower 90 % limit of precision (Clopper and Pearson) is .7 or more.
// When there is no such chance none is given.
//
// Output: a Model; its Version tells which.
//
// Caveats: audits are compared with what was read when they were drawn, so a text is
// never judged by a model that had learned from it.
//
// Source: METHODS 10; TestTeach, TestLean, TestCut.
func Teach(said []behold.Correction, at time.Time) *Model {
	said = holding(said, at)
	if len(said) == 0 {
		return Default()
	}
	examples := Seeds()
	for i := range said {
		if said[i].Word == "" {
			examples = append(examples, exampleOf(&said[i], at))
		}
	}
	m := Learn(examples)
	m.said = map[string]behold.Correction{}
	for _, c := range said {
		switch k := slices.Index(m.words.labels, string(c.Reason)); {
		case c.Word == "":
			m.said[c.Text] = c
		case k >= 0:
			m.denied = append(m.denied, denial{c.Word, k})
		}
	}
	m.version = versionOf(examples, m.denied...)
	m.heedAudits(said)
	return m
}

// holding are the corrections that hold, the earliest first; of those of one text
// or one word and reason the latest.
func holding(said []behold.Correction, at time.Time) []behold.Correction {
	said = slices.Clone(said)
	slices.SortStableFunc(said, func(a, b behold.Correction) int {
		return cmp.Or(a.Saved.Compare(b.Saved), strings.Compare(a.ID, b.ID))
	})
	type about struct {
		key    behold.RemarkKey
		word   string
		reason behold.Reason
	}
	of := func(c *behold.Correction) about {
		if c.Word != "" {
			return about{word: c.Word, reason: c.Reason}
		}
		return about{key: c.RemarkKey}
	}
	last := map[about]string{}
	for i := range said {
		if said[i].Holds(at) {
			last[of(&said[i])] = said[i].ID
		}
	}
	return slices.DeleteFunc(said, func(c behold.Correction) bool { return last[of(&c)] != c.ID })
}

func exampleOf(c *behold.Correction, at time.Time) Example {
	e := Example{Body: c.Text, Language: c.Reading.Language, Weight: math.Exp2(-at.Sub(c.Saved).Hours() / 24 / halving)}
	if c.Reason != behold.UnknownReason {
		e.Labels = append(e.Labels, string(c.Reason))
	}
	if !c.Told {
		e.Open = []Label{Complaint, Leaving, Praise}
		return e
	}
	for label, holds := range map[Label]bool{Complaint: c.Complaint, Leaving: c.Leaving, Praise: c.Praise} {
		if holds {
			e.Labels = append(e.Labels, label)
		}
	}
	slices.Sort(e.Labels)
	return e
}

// versionOf is a short name of what a model was learned from.
func versionOf(examples []Example, denied ...denial) string {
	sum := sha256.New()
	for i := range examples {
		e := &examples[i]
		fmt.Fprintf(sum, "%q %s %v %v %.3f\n", e.Body, e.Language, e.Labels, e.Open, e.Weight)
	}
	fmt.Fprintf(sum, "%v", denied)
	return hex.EncodeToString(sum.Sum(nil))[:8]
}

// An audit is what was read in a text that was drawn by lot, and whether that was right.
type audit struct {
	reason int
	raw    float64
	right  bool
}

// audits are those among corrections, the model's labels given.
func audits(said []behold.Correction, labels []Label) (list []audit) {
	for i := range said {
		c := &said[i]
		if c.Word != "" || c.Why != behold.LabelRandom || len(c.Reading.Likely) == 0 {
			continue
		}
		likeliest := c.Reading.Likely[0].Reason
		if k := slices.Index(labels, string(likeliest)); k >= 0 {
			list = append(list, audit{k, c.Reading.Raw, c.Reason == likeliest})
		}
	}
	return list
}

// heedAudits corrects the chances by audits, and sets the cut.
func (m *Model) heedAudits(said []behold.Correction) {
	list := audits(said, m.words.labels)
	if len(list) < leastAudits {
		return
	}
	m.lean = leanOf(list, m.reasons)
	chances, right := make([]float64, len(list)), make([]bool, len(list))
	for i, a := range list {
		chances[i], right[i] = m.lean.of(a.reason, a.raw), a.right
	}
	cut, found := lowestCut(chances, right)
	if m.cut = cut; !found {
		m.cut = math.Inf(1)
	}
}

// A lean is how chances are to be corrected: on the log odds by a slope, a shift,
// and a further shift for each reason.
type lean struct {
	slope, shift float64
	by           []float64 // by reason; nil: none
}

func straight() lean { return lean{slope: 1} }

// of is the corrected chance of a reason.
func (l lean) of(reason int, raw float64) float64 {
	if l.by == nil {
		return raw
	}
	return logistic(l.slope*logit(raw) + l.shift + l.by[reason])
}

func logit(p float64) float64 {
	p = max(1e-6, min(1-1e-6, p))
	return math.Log(p / (1 - p))
}

// The spreads around no correction at all: judgements. A reason with few audits
// keeps near the common shift.
const (
	leanSlope  = .3
	leanShift  = 1.
	leanReason = .5
)

// leanOf is the likeliest correction under these spreads: one coordinate after the
// other by Newton's step, until none moves.
func leanOf(list []audit, reasons int) lean {
	l := lean{slope: 1, by: make([]float64, reasons)}
	step := func(at *float64, middle, spread float64, x func(audit) float64) float64 {
		gradient, curve := (*at-middle)/(spread*spread), 1/(spread*spread)
		for _, a := range list {
			if v := x(a); v != 0 {
				p := l.of(a.reason, a.raw)
				gradient += (p - float64(count(a.right))) * v
				curve += p * (1 - p) * v * v
			}
		}
		move := max(-1, min(1, gradient/curve))
		*at -= move
		return math.Abs(move)
	}
	for range 200 {
		far := step(&l.slope, 1, leanSlope, func(a audit) float64 { return logit(a.raw) })
		far += step(&l.shift, 0, leanShift, func(audit) float64 { return 1 })
		for k := range l.by {
			far += step(&l.by[k], 0, leanReason, func(a audit) float64 { return float64(count(a.reason == k)) })
		}
		if far < 1e-6 {
			break
		}
	}
	return l
}
