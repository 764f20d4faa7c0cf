package chart

import (
	"math"
	"strconv"
)

// Bands are counts month by month, each against the range that is normal for it.
type Bands struct {
	ID     string
	Title  string
	Desc   string
	Months []BandMonth
	Open   int // of the last months are not complete yet, and drawn hollow
}

// A BandMonth is one month of it.
type BandMonth struct {
	Word     string // below the column; "" for none
	Says     string // what the column tells
	Count    float64
	Nowcast  float64 // what it may come to, when above Count
	Low      float64 // normal is from Low
	High     float64 // to High, when above 0
	Expected float64
	Signal   bool // unlike what is normal
}

// SVG draws the normal range as a band, what was expected as a line in it, and what
// came as a column: full where it is known, hollow where more may come.
func (b Bands) SVG(width float64) string {
	const top, tall, foot = 20.0, 150.0, 22.0
	s := &sheet{width: width, height: top + tall + foot}
	s.open("chart bands", b.ID, b.Title, b.Desc)
	most := 1.0
	for _, m := range b.Months {
		most = math.Max(most, math.Max(math.Max(m.Count, m.Nowcast), m.High))
	}
	base, step := top+tall, width/float64(max(1, len(b.Months)))
	wide := math.Min(step*0.6, 30)
	at := func(v float64) float64 { return base - tall*v/most }
	free := 0.0
	for i, m := range b.Months {
		middle := step * (float64(i) + 0.5)
		if m.High > 0 {
			s.rect("window", box{middle - step/2, at(m.High), step, math.Max(1, at(m.Low)-at(m.High))}, 0, "")
			s.line("expected", middle-step/2, at(m.Expected), middle+step/2, at(m.Expected))
		}
		if m.Nowcast > m.Count {
			s.rect("open", box{middle - wide/2, at(m.Nowcast), wide, at(m.Count) - at(m.Nowcast)}, 0, m.Says)
		}
		if m.Count > 0 {
			class := "buy"
			if m.Signal {
				class = "buy signal"
			}
			s.rect(class, box{middle - wide/2, at(m.Count), wide, base - at(m.Count)}, 0, m.Says)
		}
		count := strconv.Itoa(int(m.Count + 0.5))
		if span := s.around(middle, count); span.to-span.from <= step+4 || m.Signal {
			class := "word"
			if m.Signal {
				class = "word lampword"
			}
			s.text(class, span, at(math.Max(m.Count, m.Nowcast))-5, count)
		}
		if span := s.around(middle, m.Word); m.Word != "" && span.from >= free {
			s.text("word soft", span, base+16, m.Word)
			free = span.to + 10
		}
	}
	s.line("axis", 0, base, width, base)
	return s.close()
}
