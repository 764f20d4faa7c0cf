package text

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The features of a text (METHODS 10), hashed into 2^featureBits places.
const (
	featureBits = 18
	readBytes   = 2000 // of a text
	negated     = 3    // words after a negation that are taken as denied
)

// The kinds of features, and what each weighs beside the others: a text has some
// ten times more pieces of words than words.
const (
	kindWord = iota
	kindPair
	kindPiece
)

func kindWeight(kind uint32) float64 { return [...]float64{2, 1, 1}[kind] }

// A feature of a text.
type feature struct {
	at    uint32 // 0 ≤ at < 2^featureBits
	value float64
}

// A scratch is where one text is taken apart.
type scratch struct {
	text    []byte // masked, lower case, NFC, digits as 0, one space between words
	letters int
	keys    []uint32 // features as they come: at<<2 | kind
	found   []feature

	room     [512]byte
	roomKeys [640]uint32
	roomAll  [512]feature

	roomOrder [4096]uint32
}

// take takes a text apart: found are its features, with a sum of squares of 1.
func (s *scratch) take(body string) {
	s.text, s.keys, s.found, s.letters = s.room[:0], s.roomKeys[:0], s.roomAll[:0], 0
	body = Mask(unquoted(body))
	if len(body) > readBytes {
		body = body[:readBytes]
	}
	if !norm.NFC.IsNormalString(body) {
		body = norm.NFC.String(body)
	}
	s.spell(body)
	s.count()
	s.weigh()
}

// spell writes the words of a text: letters in lower case, digits as 0, and a full
// stop where a sentence or part of it ends, so that a negation does not reach on.
func (s *scratch) spell(body string) {
	space := true
	for _, r := range body {
		switch {
		case r < utf8.RuneSelf && (r|0x20 >= 'a' && r|0x20 <= 'z'):
			s.text = append(s.text, byte(r|0x20))
			s.letters++
			space = false
		case r == '\'' || r == '’':
		case r >= '0' && r <= '9':
			s.text = append(s.text, '0')
			space = false
		case r >= utf8.RuneSelf && unicode.IsLetter(r):
			s.text = utf8.AppendRune(s.text, unicode.ToLower(r))
			s.letters++
			space = false
		default:
			if !space {
				s.text = append(s.text, ' ')
				space = true
			}
			if (r == '.' || r == '!' || r == '?' || r == ';' || r == ':') && len(s.text) > 0 {
				s.text = append(s.text, '.', ' ')
			}
		}
	}
	if !space {
		s.text = append(s.text, ' ')
	}
}

// count lists every feature as often as it comes.
func (s *scratch) count() {
	before, denied := uint32(0), 0
	begin := 0
	for i, b := range s.text {
		if b != ' ' {
			continue
		}
		word := s.text[begin:i]
		begin = i + 1
		switch {
		case len(word) == 0:
			continue
		case word[0] == '.':
			before, denied = 0, 0
			continue
		}
		h := hashed(kindWord, word)
		if denied > 0 {
			h = (h ^ 0x4e45475f) * prime // NEG_
			denied--
		}
		s.add(h, kindWord)
		if before != 0 {
			s.add(before*31^h, kindPair)
		}
		before = h
		s.pieces(word)
		if denies(word) {
			denied = negated
		}
	}
}

func (s *scratch) add(h, kind uint32) {
	h ^= h >> 15
	h *= 0x2c1b3c6d
	h ^= h >> 12
	s.keys = append(s.keys, h>>(32-featureBits)<<2|kind)
}

// pieces are the runs of three to five letters of a word, its ends among them.
func (s *scratch) pieces(word []byte) {
	const ends = '_'
	var padded [64]byte
	all := append(append(append(padded[:0], ends), word...), ends)
	for i := 0; i < len(all); i++ {
		if all[i]&0xc0 == 0x80 { // inside a letter
			continue
		}
		h, letters := uint32(offset)^kindPiece, 0
		for j := i; j < len(all); {
			h = (h ^ uint32(all[j])) * prime
			j++
			for j < len(all) && all[j]&0xc0 == 0x80 {
				h = (h ^ uint32(all[j])) * prime
				j++
			}
			if letters++; letters >= 3 {
				s.add(h, kindPiece)
			}
			if letters == 5 {
				break
			}
		}
	}
}

// FNV-1a, 32 bits (Fowler, Noll and Vo).
const (
	offset = 2166136261
	prime  = 16777619
)

func hashed(kind uint32, word []byte) uint32 {
	h := uint32(offset) ^ kind
	for _, b := range word {
		h = (h ^ uint32(b)) * prime
	}
	return h
}

// weigh makes values of counts: (1 + ln n) times the weight of the kind, divided
// by the length of them all.
func (s *scratch) weigh() {
	s.order()
	sum := 0.0
	for i := 0; i < len(s.keys); {
		j := i + 1
		for j < len(s.keys) && s.keys[j] == s.keys[i] {
			j++
		}
		value := kindWeight(s.keys[i] & 3)
		if j > i+1 {
			value *= 1 + math.Log(float64(j-i))
		}
		sum += value * value
		s.found = append(s.found, feature{s.keys[i] >> 2, value})
		i = j
	}
	if sum == 0 {
		return
	}
	scale := 1 / math.Sqrt(sum)
	for i := range s.found {
		s.found[i].value *= scale
	}
}

// order sorts the keys by their digits, the lower half first: a text has some
// hundreds of them, which this sorts in a quarter of the time of slices.Sort.
func (s *scratch) order() {
	const few, half = 48, (featureBits + 2) / 2
	if len(s.keys) <= few || len(s.keys) > len(s.roomOrder) {
		slices.Sort(s.keys)
		return
	}
	from, to := s.keys, s.roomOrder[:len(s.keys)]
	for shift := 0; shift < 2*half; shift += half {
		var start [1 << half]uint16
		for _, k := range from {
			start[k>>shift&(1<<half-1)]++
		}
		sum := uint16(0)
		for i, n := range start {
			start[i] = sum
			sum += n
		}
		for _, k := range from {
			digit := k >> shift & (1<<half - 1)
			to[start[digit]] = k
			start[digit]++
		}
		from, to = to, from
	}
}

// denies says whether the words after this one are denied.
func denies(word []byte) bool {
	switch string(word) {
	case "not", "no", "never", "nothing", "nobody", "cannot", "cant", "dont", "doesnt", "didnt", "isnt", "wasnt", "arent", "wont", "without",
		"ikke", "ikkje", "ingen", "intet", "aldrig", "aldri", "ingenting", "uden", "uten",
		"inte", "inget", "inga", "ej", "utan",
		"niet", "geen", "nooit", "niets", "niemand", "zonder",
		"nicht", "kein", "keine", "keinen", "nie":
		return true
	}
	return false
}
