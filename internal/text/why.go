package text

import (
	"cmp"
	"math"
	"slices"
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
		s.keys, s.found = s.keys[:0], s.found[:0]
		s.add(hashed(kindWord, word), kindWord)
		s.pieces(word)
		for _, key := range s.keys {
			s.found = append(s.found, feature{key >> 2, kindWeight(key & 3)})
		}
		all = append(all, Word{string(word), slope * m.words.sum(s.found, k) / whole})
	}
	slices.SortStableFunc(all, func(a, b Word) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	return all[:min(5, len(all))]
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
