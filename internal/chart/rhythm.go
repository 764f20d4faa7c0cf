package chart

import (
	"time"

	"behold"
)

// A Visit is a day on which a customer bought or gave something back.
type Visit struct {
	Day    behold.Day
	Amount float64 // what it came to, any unit; below 0 when more was given back
	Hint   string  // what a pointer resting on it reads
}

// A Rhythm is when a customer bought, when the next purchase is usual, and
// where today stands against that.
type Rhythm struct {
	ID     string // unique within the page; begins the ids of the picture
	Title  string
	Desc   string
	Visits []Visit // in order of days
	From   behold.Day
	Today  behold.Day

	WindowFrom behold.Day // the days in which the next purchase is usual; NoDay: not known
	WindowTo   behold.Day
	Lamp       behold.Day // the lamp lit, or will light, on this day; NoDay: none

	WindowWord string // "usually back"
	LampWord   string // "lamp lit 2 Nov"
	TodayWord  string // "today"
	TopWord    string // the largest amount, "12,000 kr"
	Month      func(behold.Day) string
}

// scale shows everything from From to today, and the window and the lamp when
// they lie ahead by no more than a third of what has been.
func (r Rhythm) scale(left, right float64) scale {
	to, far := r.Today, r.Today+max(14, (r.Today-r.From)/3)
	for _, d := range []behold.Day{r.WindowTo, r.Lamp} {
		if d.Known() && d > to {
			to = min(d, far)
		}
	}
	return scale{r.From, to, left, right}
}

// SVG draws a bar for each purchase, as tall as it was large, the window in
// which the next one is usual, the day of the lamp and today.
func (r Rhythm) SVG(width float64) string {
	const top, base, height = 26, 128, 166
	s := &sheet{width: width, height: height}
	s.open("chart rhythm", r.ID, r.Title, r.Desc)
	days := r.scale(2, width-2)
	r.ground(s, days, top, base)
	r.bars(s, days, top, base)
	r.marks(s, days, top, base)
	s.text("word soft top", span{0, 0}, top+13, r.TopWord) // above the bars, on paper of its own
	r.months(s, days, base+16)
	return s.close()
}

func (r Rhythm) ground(s *sheet, days scale, top, base float64) {
	if from, to, ok := days.clip(r.WindowFrom, r.WindowTo); ok {
		s.rect("window", box{from, top - 4, max(2, to-from), base - top + 4}, 0, "")
		s.text("word", s.around((from+to)/2, r.WindowWord), top-9, r.WindowWord)
	}
	if from, to, ok := days.clip(r.Lamp, r.Today); ok {
		s.rect("late", box{from, top - 4, to - from, base - top + 4}, 0, "")
	}
	s.line("rule", 0, top, s.width, top)
	s.line("rule", 0, (top+base)/2, s.width, (top+base)/2)
	s.line("axis", 0, base, s.width, base)
}

func (r Rhythm) bars(s *sheet, days scale, top, base float64) {
	most := 0.0
	for _, v := range r.Visits {
		if days.holds(v.Day) {
			most = max(most, v.Amount)
		}
	}
	wide := min(9, max(1.5, s.width/float64(len(r.Visits)*2+1)))
	for _, v := range r.Visits {
		if !days.holds(v.Day) {
			continue
		}
		left := min(max(0, days.x(v.Day)-wide/2), s.width-wide)
		if v.Amount <= 0 {
			s.rect("back", box{left, base + 1.5, wide, 5}, 1, v.Hint)
			continue
		}
		tall := max(2, (base-top)*v.Amount/most)
		s.rect("buy", box{left, base - tall, wide, tall}, min(2, wide/3), v.Hint)
	}
}

func (r Rhythm) marks(s *sheet, days scale, top, base float64) {
	const below, apart = 34, 16
	today := days.x(r.Today)
	word := s.around(today, r.TodayWord)
	s.line("today", today, top-10, today, base)
	s.text("word strong", word, base+below, r.TodayWord)
	if !days.holds(r.Lamp) {
		return
	}
	x := days.x(r.Lamp)
	s.line("lampday", x, top-10, x, base)
	p := s.around(x, r.LampWord)
	if p.meets(word) { // beside "today", on the side where there is room
		w := p.to - p.from
		p = span{word.from - apart - w, word.from - apart}
		if p.from < 0 || x > today && word.to+apart+w <= s.width {
			p = span{word.to + apart, word.to + apart + w}
		}
	}
	s.text("word lampword", p, base+below, r.LampWord)
}

// months writes the beginnings of months below the axis, as many as fit.
func (r Rhythm) months(s *sheet, days scale, y float64) {
	if r.Month == nil {
		return
	}
	const room = 58 // units that a label needs with air around it
	fits := max(1, s.width/room)
	span := float64(days.to-days.from) / 30.4
	step := 60
	for _, m := range []int{1, 2, 3, 6, 12, 24} {
		if span/float64(m) <= fits {
			step = m
			break
		}
	}
	first := r.From.Time()
	for t := time.Date(first.Year(), 1, 1, 0, 0, 0, 0, time.UTC); ; t = t.AddDate(0, step, 0) {
		d := behold.DayOf(t)
		if d > days.to {
			return
		}
		if d < days.from {
			continue
		}
		x, word := days.x(d), r.Month(d)
		if x+textWidth(word) > s.width {
			return
		}
		s.line("axis", x, y-16, x, y-12)
		s.text("word soft", spanAt(x), y, word)
	}
}

func spanAt(x float64) span { return span{x, x} }

// Strip draws the same in one line, for a card in a list: a dot for each
// purchase, the usual window and today.
func (r Rhythm) Strip(width float64) string {
	const axis, height = 26, 38
	s := &sheet{width: width, height: height}
	s.open("chart strip", r.ID, r.Title, r.Desc)
	days := r.scale(6, width-4)
	s.line("axis", 0, axis, width, axis)
	today := days.x(r.Today)
	word := s.around(today, r.TodayWord)
	if from, to, ok := days.clip(r.WindowFrom, r.WindowTo); ok {
		s.rect("window", box{from, axis - 9, max(2, to-from), 18}, 0, "")
		p := s.around((from+to)/2, r.WindowWord)
		if p.meets(word) {
			w := p.to - p.from
			p = span{max(0, word.from-10-w), word.from - 10}
		}
		s.text("word", p, 11, r.WindowWord)
	}
	r.dots(s, days, axis)
	s.line("today", today, axis-10, today, axis+11)
	s.text("word strong", word, 11, r.TodayWord)
	return s.close()
}

func (r Rhythm) dots(s *sheet, days scale, axis float64) {
	most := 0.0
	for _, v := range r.Visits {
		if days.holds(v.Day) {
			most = max(most, v.Amount)
		}
	}
	for _, v := range r.Visits {
		if !days.holds(v.Day) || v.Amount <= 0 {
			continue
		}
		s.dot("buy", days.x(v.Day), axis, 2.4+2.6*v.Amount/most, v.Hint)
	}
}
