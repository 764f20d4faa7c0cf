package text

import (
	"math"
	"slices"
)

// tongues tell languages apart by runs of one to four letters.
type tongues struct {
	names []string
	log   []float32 // ln of the share of a run among all of a language, rows of len(names)
}

const tongueBits = 15

// known is how much the hint weighs: the chance before reading that a customer
// writes the language that he or she is known to write.
const known = .8

// learnTongues counts the runs of the examples' texts, one added to each.
func learnTongues(examples []Example) tongues {
	var t tongues
	for i := range examples {
		if l := examples[i].Language; l != "" && !slices.Contains(t.names, l) {
			t.names = append(t.names, l)
		}
	}
	n := len(t.names)
	counts := make([]float64, n<<tongueBits)
	sums := make([]float64, n)
	var s scratch
	for i := range examples {
		l := slices.Index(t.names, examples[i].Language)
		if l < 0 {
			continue
		}
		s.take(examples[i].Body)
		runs(s.text, func(at uint32) {
			counts[int(at)*n+l]++
			sums[l]++
		})
	}
	const added = .02
	t.log = make([]float32, len(counts))
	for i, c := range counts {
		t.log[i] = float32(math.Log((c + added) / (sums[i%n] + added*(1<<tongueBits))))
	}
	return t
}

// guess is the likeliest language of a spelled text.
func (t *tongues) guess(spelled []byte, hint string) string {
	n := len(t.names)
	if n == 0 {
		return hint
	}
	var room [8]float64
	score := append(room[:0], make([]float64, n)...)
	runs(spelled[:min(len(spelled), 300)], func(at uint32) {
		for l, x := range t.log[int(at)*n : int(at)*n+n] {
			score[l] += float64(x)
		}
	})
	const others = (1 - known) / 4
	best := 0
	for l := range score {
		score[l] /= 2 // runs of different lengths repeat one another
		if t.names[l] == hint {
			score[l] += math.Log(known / others)
		}
		if score[l] > score[best] {
			best = l
		}
	}
	return t.names[best]
}

// runs tells the places of all runs of one to four bytes of each word, its ends
// among them.
func runs(spelled []byte, tell func(at uint32)) {
	for i := range spelled {
		h := uint32(offset)
		for j := i; j < len(spelled) && j < i+4; j++ {
			h = (h ^ uint32(spelled[j])) * prime
			if j == i && spelled[j] == ' ' {
				continue
			}
			g := h ^ h>>15
			g *= 0x2c1b3c6d
			tell(g >> (32 - tongueBits))
			if spelled[j] == ' ' {
				break
			}
		}
	}
}
