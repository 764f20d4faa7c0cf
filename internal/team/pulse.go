package team

import (
	"slices"

	"behold"
	"behold/stat/sequential"
)

// A PulseBlock is the answers of one week, or of several that are told together
// because fewer than five colleagues answered in each.
type PulseBlock struct {
	From     behold.Day             `json:"from"` // Monday of the first week
	To       behold.Day             `json:"to"`   // Sunday of the last
	Counts   [behold.PulseSteps]int `json:"counts"`
	Answers  int                    `json:"answers"`
	Top      float64                `json:"top"`     // share of the best answer, of these weeks
	Average  float64                `json:"average"` // of 1 to 5: it flatters
	SoFar    float64                `json:"top_so_far"`
	Low      float64                `json:"low"` // of SoFar, at all looks together
	High     float64                `json:"high"`
	Comments []string               `json:"comments,omitempty"`
}

// A PulseReport is how it is to work here, as far as it may be told.
type PulseReport struct {
	Blocks  []PulseBlock `json:"blocks"`
	Waiting bool         `json:"waiting"` // there are answers that are not told yet
}

// Pulse tells how it is to work here.
//
// Question: are more of us very content than before, however often I look?
//
// Input: counted answers by week, the earliest first, and today; read only.
//
// Formula: a week is told when it is over and five have answered; weeks with fewer
// wait for the next until there are five together, so that no answer can be found
// by what changed. SoFar is the share of the best answer of all that are told, with
// the confidence sequence of sequential.Share at 95 %.
//
// Output: a block for each week or several. Waiting says that answers are held
// back, not how many.
//
// Not for a comparison of colleagues or of teams: it is asked of all, and told of
// all.
//
// Source: METHODS 6.4 (c), 13. See TestPulseTellsNobody.
func Pulse(weeks []behold.PulseWeek, today behold.Day) (*PulseReport, error) {
	r := &PulseReport{Blocks: []PulseBlock{}}
	share, err := sequential.NewShare(0.95)
	if err != nil {
		return nil, err
	}
	var b PulseBlock
	for _, w := range weeks {
		if w.Answers() == 0 {
			continue
		}
		if w.Week+6 >= today {
			r.Waiting = true
			break
		}
		b.add(&w)
		if b.Answers < behold.PulseFewest {
			continue
		}
		if err := b.measure(share); err != nil {
			return nil, err
		}
		r.Blocks = append(r.Blocks, b)
		b = PulseBlock{}
	}
	r.Waiting = r.Waiting || b.Answers > 0
	return r, nil
}

func (b *PulseBlock) add(w *behold.PulseWeek) {
	if b.Answers == 0 {
		b.From = w.Week
	}
	b.To = w.Week + 6
	for i, n := range w.Counts {
		b.Counts[i] += n
		b.Answers += n
	}
	b.Comments = slices.Concat(b.Comments, w.Comments)
	slices.Sort(b.Comments)
}

func (b *PulseBlock) measure(share *sequential.Share) error {
	sum := 0
	for i, n := range b.Counts {
		sum += (i + 1) * n
	}
	best := b.Counts[behold.PulseSteps-1]
	b.Average, b.Top = float64(sum)/float64(b.Answers), float64(best)/float64(b.Answers)
	if err := share.AddCounts(best, b.Answers); err != nil {
		return err
	}
	in := share.Interval()
	b.SoFar, b.Low, b.High = share.Estimate(), in.Low, in.High
	return nil
}
