package warehouse

import "github.com/cespare/xxhash/v2"

// spellings are words and the number of each, in three arrays: a Go map of a
// million customers takes four times as long to ask, because it waits for memory
// at every word.
type spellings struct {
	slots   []uint64 // place of the word + 1, below the upper half of its hash; 0: free
	ends    []int64  // of word i in text: ends[i] to ends[i+1]
	text    []byte
	numbers []int32
	hashes  [abreast]uint64
	warm    uint64
}

// abreast is how many words are looked for at a time.
const abreast = 256

func newSpellings() *spellings {
	return &spellings{slots: make([]uint64, 1<<10), ends: []int64{0}}
}

// prepare hashes at most abreast words and looks at where they may be found. No
// look waits for another, so that finding them one after the other then waits
// for memory once and not every time.
func (s *spellings) prepare(words []string) {
	mask := uint64(len(s.slots) - 1)
	for i, w := range words {
		h := xxhash.Sum64String(w)
		s.hashes[i] = h
		s.warm ^= s.slots[h&mask]
	}
	for i := range words {
		if slot := s.slots[s.hashes[i]&mask]; slot != 0 {
			at := s.ends[uint32(slot)-1]
			s.warm ^= uint64(s.text[at]) ^ uint64(s.numbers[uint32(slot)-1])
		}
	}
}

// of is the number of prepared word i.
func (s *spellings) of(i int, word string) (number int32, known bool) {
	h := s.hashes[i]
	mask := uint64(len(s.slots) - 1)
	for at := h & mask; s.slots[at] != 0; at = (at + 1) & mask {
		slot := s.slots[at]
		if uint32(slot>>32) != uint32(h>>32) {
			continue
		}
		if place := uint32(slot) - 1; string(s.text[s.ends[place]:s.ends[place+1]]) == word {
			return s.numbers[place], true
		}
	}
	return 0, false
}

// add keeps a word that is not there yet, and is not empty.
func (s *spellings) add(word string, number int32) {
	if 8*len(s.numbers) >= 5*len(s.slots) {
		s.grow()
	}
	s.text = append(s.text, word...)
	s.ends = append(s.ends, int64(len(s.text)))
	s.numbers = append(s.numbers, number)
	s.place(xxhash.Sum64String(word), len(s.numbers))
}

func (s *spellings) place(h uint64, place int) {
	mask := uint64(len(s.slots) - 1)
	at := h & mask
	for s.slots[at] != 0 {
		at = (at + 1) & mask
	}
	s.slots[at] = h>>32<<32 | uint64(place)
}

func (s *spellings) grow() {
	s.slots = make([]uint64, 4*len(s.slots))
	for i := range s.numbers {
		s.place(xxhash.Sum64(s.text[s.ends[i]:s.ends[i+1]]), i+1)
	}
}
