package chart

import (
	"math"
	"strconv"
)

// Months are counts, one column for each month, the oldest first.
type Months struct {
	ID    string
	Title string
	Desc  string
	Words []string // below the columns; "" for none
	Says  []string // what a column tells
	Count []int
	Open  int // of the last columns are not complete yet, and drawn hollow
}

// SVG draws the columns above a line, with the count on each and the words that
// find room below it.
func (m Months) SVG(width float64) string {
	const top, tall, foot = 18.0, 110.0, 22.0
	s := &sheet{width: width, height: top + tall + foot}
	s.open("chart months", m.ID, m.Title, m.Desc)
	most := 1
	for _, n := range m.Count {
		most = max(most, n)
	}
	base, step := top+tall, width/float64(max(1, len(m.Count)))
	wide := math.Min(step*0.7, 44)
	free := 0.0
	for i, n := range m.Count {
		middle := step * (float64(i) + 0.5)
		if h := tall * float64(n) / float64(most); n > 0 {
			class := "buy"
			if i >= len(m.Count)-m.Open {
				class = "open"
			}
			s.rect(class, box{middle - wide/2, base - h, wide, h}, 2, m.Says[i])
			count := strconv.Itoa(n)
			if at := s.around(middle, count); at.to-at.from <= step+6 {
				s.text("word", at, base-h-5, count)
			}
		}
		if at := s.around(middle, m.Words[i]); m.Words[i] != "" && at.from >= free {
			s.text("word soft", at, base+16, m.Words[i])
			free = at.to + 10
		}
	}
	s.line("axis", 0, base, width, base)
	return s.close()
}
