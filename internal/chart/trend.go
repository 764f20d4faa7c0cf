package chart

// A Trend is a share over equal stretches of time, the oldest first: a dot with
// what it may be for each, and a faint ring for what is usually told instead.
type Trend struct {
	ID    string
	Title string
	Desc  string
	Rows  []TrendRow
	To    float64 // upper end of the axis; it begins at 0
	Ticks []float64
	Tick  func(float64) string
	Ring  string // what the rings are; "": none
}

// A TrendRow is one stretch.
type TrendRow struct {
	Word      string // below it; "" for none
	Says      string // what a pointer resting on it reads
	Value     float64
	Low, High float64
	Beside    float64 // the ring
	Open      bool    // it goes on: the dot is hollow
}

// SVG draws a dot and a line a stretch, with the words that find room below.
func (t Trend) SVG(width float64) string {
	const top, tall, foot, left = 20.0, 190.0, 26.0, 44.0
	s := &sheet{width: width, height: top + tall + foot}
	s.open("chart trend", t.ID, t.Title, t.Desc)
	base := top + tall
	y := func(v float64) float64 { return base - tall*min(max(v, 0), t.To)/t.To }
	for _, tick := range t.Ticks {
		s.line("rule", left, y(tick), width, y(tick))
		s.text("word soft", spanAt(0), y(tick)+4, t.Tick(tick))
	}
	step := (width - left) / float64(max(1, len(t.Rows)))
	free := left
	for i, r := range t.Rows {
		x := left + step*(float64(i)+0.5)
		s.line("whisker", x, y(r.Low), x, y(r.High))
		if t.Ring != "" {
			s.dot("besides", x, y(r.Beside), 4, "")
		}
		class := "buy"
		if r.Open {
			class = "open hollow"
		}
		s.dot(class, x, y(r.Value), 5, r.Says)
		if at := s.around(x, r.Word); r.Word != "" && at.from >= free {
			s.text("word soft", at, base+18, r.Word)
			free = at.to + 10
		}
	}
	s.line("axis", left, base, width, base)
	if t.Ring != "" {
		s.dot("besides", left+6, 8, 4, "")
		s.text("word soft", spanAt(left+16), 12, t.Ring)
	}
	return s.close()
}
