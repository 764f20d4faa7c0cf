package text

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"strings"

	"behold"
)

// What colleagues are asked to read in a week (METHODS 10).
const (
	askedDoubt  = 3
	askedRare   = 1
	askedRandom = 1
	hiddenShare = .2 // of the texts: the colleague says first what he or she reads
)

// Ask chooses what colleagues are asked to read in the week that begins on a
// Monday: one by lot, one that may be of a reason that few texts have, and three of
// which most is to be learned. Texts of which a colleague has said what they say
// are left out, and so are those whose words come twice. The same week, texts and
// seed give the same ones. There are fewer when there is nothing to read.
func Ask(week behold.Day, pool []behold.RemarkRead, said []behold.Correction, seed uint64) []behold.RemarkAsk {
	a := asking{week: week, lot: rand.New(rand.NewPCG(seed, uint64(uint32(week)))), taken: map[string]bool{}}
	for i := range said {
		a.taken[said[i].Text] = true
	}
	for i := range pool {
		if body := strings.TrimSpace(pool[i].Body); body != "" && len(pool[i].Reading.Likely) > 0 {
			a.pool = append(a.pool, &pool[i])
		}
	}
	slices.SortStableFunc(a.pool, func(x, y *behold.RemarkRead) int {
		return cmp.Or(strings.Compare(x.Customer, y.Customer), strings.Compare(string(x.Table), string(y.Table)), strings.Compare(x.Row, y.Row))
	})
	a.random()
	a.rare(said)
	a.doubtful()
	slices.SortStableFunc(a.chosen, func(x, y behold.RemarkAsk) int { return strings.Compare(x.Row, y.Row) }) // why one was chosen must not show in its place
	for i := range a.chosen {
		a.chosen[i].Place = i + 1
	}
	return a.chosen
}

// An asking is a week's texts while they are chosen.
type asking struct {
	week   behold.Day
	lot    *rand.Rand
	pool   []*behold.RemarkRead
	taken  map[string]bool // bodies
	chosen []behold.RemarkAsk
}

func (a *asking) take(r *behold.RemarkRead, why behold.WhyLabel) {
	a.taken[r.Body] = true
	a.chosen = append(a.chosen, behold.RemarkAsk{RemarkRead: *r, Week: a.week, Why: why, Hidden: a.lot.Float64() < hiddenShare})
}

// free are the texts that may still be taken.
func (a *asking) free() []*behold.RemarkRead {
	return slices.DeleteFunc(slices.Clone(a.pool), func(r *behold.RemarkRead) bool { return a.taken[r.Body] })
}

// random comes first, so that every text has the same chance.
func (a *asking) random() {
	for range askedRandom {
		if free := a.free(); len(free) > 0 {
			a.take(free[a.lot.IntN(len(free))], behold.LabelRandom)
		}
	}
}

// rare takes, for the reason that fewest corrections name, the text that is most
// likely of it.
func (a *asking) rare(said []behold.Correction) {
	named := map[behold.Reason]int{}
	for i := range said {
		named[said[i].Reason]++
	}
	reasons := slices.DeleteFunc(behold.Reasons(), func(r behold.Reason) bool { return r == behold.UnknownReason })
	a.lot.Shuffle(len(reasons), func(i, j int) { reasons[i], reasons[j] = reasons[j], reasons[i] })
	slices.SortStableFunc(reasons, func(x, y behold.Reason) int { return cmp.Compare(named[x], named[y]) })
	left := askedRare
	for _, reason := range reasons {
		if left == 0 {
			return
		}
		if best := likeliestOf(a.free(), reason); best != nil {
			a.take(best, behold.LabelRare)
			left--
		}
	}
}

// likeliestOf is the text of which a reason is likeliest among those that have it
// among their three; nil: none has.
func likeliestOf(pool []*behold.RemarkRead, reason behold.Reason) (best *behold.RemarkRead) {
	chance := 0.
	for _, r := range pool {
		for _, l := range r.Reading.Likely {
			if l.Reason == reason && l.Chance > chance {
				best, chance = r, l.Chance
			}
		}
	}
	return best
}

func (a *asking) doubtful() {
	free := a.free()
	slices.SortStableFunc(free, func(x, y *behold.RemarkRead) int { return cmp.Compare(y.Reading.Doubt, x.Reading.Doubt) })
	left := askedDoubt
	for _, r := range free {
		if left > 0 && !a.taken[r.Body] {
			a.take(r, behold.LabelDoubt)
			left--
		}
	}
}
