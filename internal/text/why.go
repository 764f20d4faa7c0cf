package text

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"
)

// A Word of a text with what it adds to the score of a label.
type Word struct {
	Word   string
	Weight float64 // log odds, tempered
}

// Words are the words of a text that speak most for or against a label, the
// strongest first, at most five: each with its pieces. Pairs of words are left
// out, so the weights do not add up to the whole score.
func (m *Model) Words(body string, label Label) []Word {
	k := slices.Index(m.words.labels, label)
	if k < 0 {
		return nil
	}
	var s scratch
	s.take(body)
	spelled := slices.Clone(s.text)
	whole := m.words.length(s.found)
	slope := m.temper(k).Slope
	var all []Word
	begin := 0
	for i, b := range spelled {
		if b != ' ' {
			continue
		}
		word := spelled[begin:i]
		begin = i + 1
		if len(word) == 0 || word[0] == '.' || slices.ContainsFunc(all, func(w Word) bool { return w.Word == string(word) }) {
			continue
		}
		weight := slope * m.words.sum(s.single(word), k) / whole
		if m.denies(string(word), k) {
			weight = min(weight, 0)
		}
		all = append(all, Word{string(word), weight})
	}
	slices.SortStableFunc(all, func(a, b Word) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	return all[:min(5, len(all))]
}

// single are the features of one word: itself and its pieces, as they weigh before
// a whole text's length is taken out.
func (s *scratch) single(word []byte) []feature {
	s.keys, s.found = s.keys[:0], s.found[:0]
	s.add(hashed(kindWord, word), kindWord)
	s.pieces(word)
	for _, key := range s.keys {
		s.found = append(s.found, feature{key >> 2, kindWeight(key & 3)})
	}
	return s.found
}

// A denial says that a word does not mean a label: it may speak against it, not for it.
type denial struct {
	word  string
	label int
}

func (m *Model) denies(word string, label int) bool {
	return slices.Contains(m.denied, denial{word, label})
}

// deny takes what denied words say for their labels out of the scores of a text.
func (m *Model) deny(s *scratch, score []float64) {
	whole := 0.
	var one scratch
	for _, d := range m.denied {
		if !bytes.Contains(s.text, []byte(d.word+" ")) || !slices.Contains(strings.Fields(string(s.text)), d.word) {
			continue
		}
		if whole == 0 {
			whole = m.words.length(s.found)
		}
		if sum := m.words.sum(one.single([]byte(d.word)), d.label) / whole; sum > 0 {
			score[d.label] -= sum
		}
	}
}

// novel is the part of a text that no example has, by the squares of its features.
func (c *classifier) novel(found []feature) float64 {
	part, all := 0., 0.
	for _, f := range found {
		all += f.value * f.value
		if c.place[f.at] < 0 {
			part += f.value * f.value
		}
	}
	return part / max(all, 1e-9)
}

// sum is what features add to a label before the whole text's length is taken out.
func (c *classifier) sum(found []feature, k int) float64 {
	sum := 0.
	for _, f := range found {
		if row := c.place[f.at]; row >= 0 {
			sum += f.value * float64(c.rare[row]) * float64(c.weight[int(row)*len(c.labels)+k])
		}
	}
	return sum
}

// length of a text whose values weigh() has scaled, back on the scale of single words.
func (c *classifier) length(found []feature) float64 {
	sum, raw := 0., math.Inf(1)
	for _, f := range found {
		rare := c.never
		if row := c.place[f.at]; row >= 0 {
			rare = float64(c.rare[row])
		}
		sum += f.value * f.value * rare * rare
		raw = min(raw, f.value)
	}
	return math.Sqrt(sum) / max(raw, 1e-9)
}

func (m *Model) temper(k int) temper {
	switch k - m.reasons {
	case 0:
		return complaintTemper
	case 1:
		return leavingTemper
	case 2:
		return praiseTemper
	}
	return reasonTemper
}
