package text

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"gonum.org/v1/gonum/mathext"

	"behold"
)

// A Quality is how reading went with the texts that were drawn by lot, in one
// language or in all.
type Quality struct {
	Language    string // "": all
	Audits      int    // drawn by lot, and read by a colleague
	Given       int    // of them those that got a reason
	Right       int    // of those the ones whose reason was right
	Low, High   float64
	Hidden      int // of those given: the colleague had not seen it
	HiddenRight int
}

// Coverage is the share that got a reason.
func (q Quality) Coverage() float64 { return share(q.Given, q.Audits) }

// Precision is the share right among those that got one; it lies between Low and
// High with a confidence of .95 (Clopper and Pearson).
func (q Quality) Precision() float64 { return share(q.Right, q.Given) }

// Measure tells how reading went by a time: in all languages first, then in each.
// Only what was drawn by lot counts: the rest was chosen because it is hard. Each
// text is held against what stood there before the colleague read it.
func Measure(said []behold.Correction, at time.Time) []Quality {
	by := map[string]*Quality{"": {}}
	for _, c := range holding(said, at) {
		if c.Word != "" || c.Why != behold.LabelRandom || len(c.Reading.Likely) == 0 {
			continue
		}
		language := cmp.Or(c.Reading.Language, "?")
		if by[language] == nil {
			by[language] = &Quality{Language: language}
		}
		for _, q := range []*Quality{by[""], by[language]} {
			q.count(&c)
		}
	}
	var list []Quality
	for _, q := range by {
		q.Low, q.High = clopperPearson(q.Right, q.Given, .05)
		list = append(list, *q)
	}
	slices.SortFunc(list, func(a, b Quality) int { return strings.Compare(a.Language, b.Language) })
	return list
}

func (q *Quality) count(c *behold.Correction) {
	q.Audits++
	if !c.Reading.Sure {
		return
	}
	right := count(c.Reading.Likely[0].Reason == c.Reason)
	q.Given++
	q.Right += right
	if c.Hidden {
		q.Hidden++
		q.HiddenRight += right
	}
}

// clopperPearson is the interval of a share: yes of n, missed with a chance of at
// most miss. Of none nothing is known.
func clopperPearson(yes, n int, miss float64) (low, high float64) {
	low, high = 0, 1
	if yes > 0 {
		low = mathext.InvRegIncBeta(float64(yes), float64(n-yes)+1, miss/2)
	}
	if yes < n {
		high = mathext.InvRegIncBeta(float64(yes)+1, float64(n-yes), 1-miss/2)
	}
	if math.IsNaN(low) || math.IsNaN(high) {
		return 0, 1
	}
	return low, high
}
