// Package text reads what customers write: a short answer, a mail, a ticket.
// It names the language, the reason behind it (one of the words of METHODS 4),
// and how surely it is a complaint, praise or a word of leaving. When it is not
// sure it says so.
//
// It is a room of the judgement floor: pure, and it knows nobody's name, for
// personal data are masked before anything else. Before it come the remarks
// that the warehouse keeps; after it come lamp, which lights the tone lamp, and
// survey and phrase, which show what was read and by which words.
//
// What it knows at first are the seed phrases in seed/LANG.txt, written for this
// purpose in the languages we speak; Teach takes them together with what
// colleagues have corrected, and Ask chooses what colleagues are to read.
package text

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"

	"behold"
)

// A Label is what a text may say: a reason, or one of the three words below.
// Several labels may hold for one text.
type Label = string

// The labels beside the reasons.
const (
	Complaint Label = "complaint" // is not content with us
	Leaving   Label = "leaving"   // goes, has gone or thinks of going
	Praise    Label = "praise"    // is content with us
)

// Sure is the chance from which a reason is given; below it Read says unknown
// (METHODS 10: until fifty audits have set a better one).
const Sure = .6

// A Model reads texts. It never changes and is safe for many goroutines.
type Model struct {
	tongues tongues
	words   *classifier
	reasons int // the first labels of words

	version string
	cut     float64                      // a reason less likely is not given
	lean    lean                         // what audits say of the chances
	denied  []denial                     // words that do not mean a reason
	said    map[string]behold.Correction // what a colleague said of a text, by its masked words
}

// A Reading is what a model reads in one text.
type Reading struct {
	Language  string        // en, da, sv, nb or nl; the hint where there is nothing to tell it by
	Reason    behold.Reason // UnknownReason: none that is sure enough
	Sure      float64       // chance that Reason is right; 0 for UnknownReason
	Complaint float64       // chance that it is a complaint
	Leaving   float64       // chance that it says they leave
	Praise    float64       // chance that it is praise
}

// Default is the model of the seed phrases alone, the same on every machine. It
// is learned when it is first asked for, in some tenths of a second.
func Default() *Model { return standard() }

var standard = sync.OnceValue(func() *Model { return Learn(Seeds()) })

// Labels are all labels of a Model, the reasons first, in the order of METHODS 4.
func Labels() []Label {
	var all []Label
	for _, r := range behold.Reasons() {
		if r != behold.UnknownReason {
			all = append(all, string(r))
		}
	}
	return append(all, Complaint, Leaving, Praise)
}

// Learn makes a model of examples: Seeds, and what colleagues corrected.
//
// Question: what does a text with such words say?
//
// Input: texts with their labels, each with a weight (a seed phrase .2, a
// correction 1); labels out of Labels.
//
// Model: for every label apart a logistic regression on words, pairs of words and
// pieces of words (features), with a ridge; languages share it, so that what one
// has learned helps its neighbours. The language is told by a naive Bayes of runs
// of one to four letters, learned from the same texts.
//
// Output: a model whose chances are tempered (Platt 1999) by what phrases that it
// had not seen got: TestTemper.
//
// Caveats: irony, mixed answers, and texts of two or three words. Not for long
// letters: only the first 2,000 bytes are read.
//
// Source: METHODS 10; the ridge logistic by dual coordinate descent is Yu, Huang
// and Lin (2011), Machine Learning 85, 41–75: TestLearnOptimum.
func Learn(examples []Example) *Model {
	labels := Labels()
	m := &Model{words: learn(labels, examples, ridge), reasons: len(labels) - 3, cut: Sure, lean: straight()}
	m.tongues = learnTongues(examples)
	m.version = versionOf(examples)
	return m
}

// Version names the model: the same phrases and corrections, the same name.
func (m *Model) Version() string { return m.version }

// Cut is the chance below which no reason is given; above 1 none ever is.
func (m *Model) Cut() float64 { return m.cut }

// Read reads a text. hint is the language the customer is known to write, or "":
// Danish and Norwegian are near twins, and a short text alone does not tell them
// apart. An empty text says nothing. What a colleague said of a text stands.
func (m *Model) Read(body, hint string) Reading {
	r := Reading{Language: hint, Reason: behold.UnknownReason}
	var s scratch
	s.take(body)
	if s.letters == 0 {
		return r
	}
	r.Language = m.tongues.guess(s.text, hint)
	var room [32]float64
	score := m.scores(&s, room[:0])
	best := 0
	for i := range m.reasons {
		if score[i] > score[best] {
			best = i
		}
	}
	if p := m.lean.of(best, reasonTemper.chance(score[best])); p >= m.cut {
		r.Reason, r.Sure = behold.Reason(m.words.labels[best]), p
	}
	r.Complaint = complaintTemper.chance(score[m.reasons])
	r.Leaving = leavingTemper.chance(score[m.reasons+1])
	r.Praise = praiseTemper.chance(score[m.reasons+2])
	if c, ok := m.Said(body); ok {
		r.heed(c)
	}
	return r
}

// heed puts what a colleague said in the place of what was guessed.
func (r *Reading) heed(c behold.Correction) {
	r.Reason, r.Sure = c.Reason, 0
	if c.Reason != behold.UnknownReason {
		r.Sure = 1
	}
	if c.Told {
		r.Complaint, r.Leaving, r.Praise = float64(count(c.Complaint)), float64(count(c.Leaving)), float64(count(c.Praise))
	}
}

// Said is what a colleague said of a text with these words; false: nobody did.
func (m *Model) Said(body string) (behold.Correction, bool) {
	if len(m.said) == 0 {
		return behold.Correction{}, false
	}
	c, ok := m.said[strings.TrimSpace(Mask(body))]
	return c, ok
}

// Look reads a text for those who check what is read: the three likeliest
// reasons, sure or not, by the model alone, whatever a colleague said.
func (m *Model) Look(body, hint string) behold.RemarkReading {
	r := behold.RemarkReading{Model: m.version, Language: hint}
	var s scratch
	s.take(body)
	if s.letters == 0 {
		return r
	}
	r.Language = m.tongues.guess(s.text, hint)
	var room [32]float64
	score := m.scores(&s, room[:0])
	raw := make([]float64, m.reasons)
	all := make([]behold.ReasonChance, m.reasons)
	for k := range all {
		raw[k] = reasonTemper.chance(score[k])
		all[k] = behold.ReasonChance{Reason: behold.Reason(m.words.labels[k]), Chance: m.lean.of(k, raw[k])}
		r.Doubt += entropy(all[k].Chance)
	}
	r.Doubt *= m.words.novel(s.found)
	slices.SortStableFunc(all, func(a, b behold.ReasonChance) int { return cmp.Compare(b.Chance, a.Chance) })
	r.Likely, r.Sure = slices.Clone(all[:3]), all[0].Chance >= m.cut
	r.Raw = raw[slices.Index(m.words.labels, string(all[0].Reason))]
	r.Complaint = complaintTemper.chance(score[m.reasons])
	r.Leaving = leavingTemper.chance(score[m.reasons+1])
	r.Praise = praiseTemper.chance(score[m.reasons+2])
	return r
}

func entropy(p float64) float64 {
	if p <= 0 || p >= 1 {
		return 0
	}
	return -p*math.Log(p) - (1-p)*math.Log(1-p)
}

// scores are those of the words, but for what denied words say.
func (m *Model) scores(s *scratch, to []float64) []float64 {
	to = m.words.scores(s, to)
	if len(m.denied) > 0 {
		m.deny(s, to)
	}
	return to
}

// Chances are the chances of all reasons, in the order of METHODS 4, also those
// that are not sure enough to be given. Each stands on its own: they need not add
// up to 1.
func (m *Model) Chances(body string) []behold.ReasonChance {
	var s scratch
	s.take(body)
	var room [32]float64
	score := m.scores(&s, room[:0])
	all := make([]behold.ReasonChance, m.reasons)
	for i := range all {
		all[i] = behold.ReasonChance{Reason: behold.Reason(m.words.labels[i]), Chance: m.lean.of(i, reasonTemper.chance(score[i]))}
	}
	return all
}

// Sort gives the likeliest reason, as a Sorter gives a label.
func (m *Model) Sort(body string) Sorted {
	best := behold.ReasonChance{Chance: -1}
	for _, r := range m.Chances(body) {
		if r.Chance > best.Chance {
			best = r
		}
	}
	return Sorted{Label: string(best.Reason), Chance: best.Chance, Unsure: best.Chance < m.cut}
}

// A temper makes a chance of a score: σ(Slope·score + Shift).
type temper struct{ Slope, Shift float64 }

func (t temper) chance(score float64) float64 { return 1 / (1 + math.Exp(-t.Slope*score-t.Shift)) }

// The tempers of the seed phrases, from scores of phrases that were left out of
// learning in all languages at once (TestTemper prints and holds them). Half of the
// seed phrases complain and one in seven speaks of leaving; of what customers
// write perhaps one in five and one in fifty do (a judgement), so that much log
// odds is taken off.
const (
	seldomComplaint = 1.6
	seldomLeaving   = 2.2
)

var (
	reasonTemper    = temper{2.44, 4.72}
	complaintTemper = temper{3.61, -.39 - seldomComplaint}
	leavingTemper   = temper{3.77, 4.98 - seldomLeaving}
	praiseTemper    = temper{3.28, 4.73}
)
