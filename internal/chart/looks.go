package chart

import (
	"math"
	"strconv"
	"strings"

	"behold"
)

// Looks are an estimate as it stood from time to time, with its range, which grows
// narrower the more is known. A line is nothing: what lies above it helps.
type Looks struct {
	ID     string
	Title  string
	Desc   string
	Looks  []Look // the oldest first
	Tick   func(float64) string
	Word   func(behold.Day) string
	Nought string // word at the line of nothing
}

// A Look is the estimate on a day.
type Look struct {
	Day              behold.Day
	Value, Low, High float64
	Hint             string // what a pointer resting on it reads
}

// SVG draws the range as a band, the estimate as dots on a line.
func (l Looks) SVG(width float64) string {
	const left, right, top, tall, foot = 52, 16, 10, 190, 26
	s := &sheet{width: width, height: top + tall + foot}
	s.open("chart looks", l.ID, l.Title, l.Desc)
	low, high, step := l.reach()
	y := func(v float64) float64 { return top + tall*(high-min(max(v, low), high))/(high-low) }
	days := scale{left: left + 8, right: width - right}
	if n := len(l.Looks); n > 0 {
		days.from, days.to = l.Looks[0].Day, l.Looks[n-1].Day
	}
	for v := low; v <= high+step/2; v += step {
		s.line("rule", left, y(v), width-right, y(v))
		s.text("word soft", spanAt(0), y(v)+4, l.Tick(v))
	}
	s.polygon("window", l.band(days, y))
	s.line("lampday", left, y(0), width-right, y(0))
	if w := textWidth(l.Nought); l.Nought != "" {
		s.text("word lampword", spanAt(width-right-w), y(0)-6, l.Nought)
	}
	for i, one := range l.Looks {
		if i > 0 {
			s.line("whisker", days.x(l.Looks[i-1].Day), y(l.Looks[i-1].Value), days.x(one.Day), y(one.Value))
		}
	}
	free := 0.0
	for _, one := range l.Looks {
		s.dot("buy", days.x(one.Day), y(one.Value), 4, one.Hint)
		if at := s.around(days.x(one.Day), l.Word(one.Day)); at.from >= free {
			s.text("word soft", at, top+tall+18, l.Word(one.Day))
			free = at.to + 14
		}
	}
	return s.close()
}

// reach is what the axis shows: nothing, and all ranges but the first, widest
// ones, which would press the rest together.
func (l Looks) reach() (low, high, step float64) {
	for _, one := range l.Looks[len(l.Looks)/2:] {
		low, high = min(low, one.Low), max(high, one.High)
	}
	step = 0.05
	for (high-low)/step > 6 {
		step *= 2
	}
	low, high = step*math.Floor(low/step), step*math.Ceil(high/step)
	if high == low {
		high = low + step
	}
	return low, high, step
}

// band are the corners of the range, there and back.
func (l Looks) band(days scale, y func(float64) float64) string {
	var there, back []string
	corner := func(x, y float64) string { return num(x) + "," + num(y) }
	for i := range l.Looks {
		one, last := l.Looks[i], l.Looks[len(l.Looks)-1-i]
		there = append(there, corner(days.x(one.Day), y(one.High)))
		back = append(back, corner(days.x(last.Day), y(last.Low)))
	}
	return strings.Join(append(there, back...), " ")
}

func (s *sheet) polygon(class, corners string) {
	s.WriteString(`<polygon class="` + class + `" points=` + strconv.Quote(corners) + "/>\n")
}
