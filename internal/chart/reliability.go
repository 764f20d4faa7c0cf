package chart

// Reliability shows whether chances come true: what was said from left to right,
// what came from bottom to top. On the line both are the same.
type Reliability struct {
	ID     string
	Title  string
	Desc   string
	Points []Came
	Said   string // word of the axis below
	Came   string // word of the axis at the left
	Line   string // word at the line
	Tick   func(float64) string
}

// A Came is some of the customers: what was said of them, and what came, between
// 0 and 1.
type Came struct {
	Said, Came, Low, High float64
	Hint                  string // what a pointer resting on it reads
}

// SVG draws a square as wide as the picture allows.
func (r Reliability) SVG(width float64) string {
	const left, top, foot, most = 44, 26, 44, 420
	side := min(most, width-left-16)
	s := &sheet{width: width, height: side + top + foot}
	s.open("chart reliability", r.ID, r.Title, r.Desc)
	x := func(v float64) float64 { return left + side*v }
	y := func(v float64) float64 { return top + side*(1-v) }
	for i := range 6 {
		v := float64(i) / 5
		s.line("rule", left, y(v), left+side, y(v))
		s.line("rule", x(v), top, x(v), top+side)
		s.text("word soft", spanAt(0), y(v)+4, r.Tick(v))
		word := r.Tick(v)
		w := textWidth(word)
		s.text("word soft", spanAt(x(v)-w/2), top+side+17, word)
	}
	s.text("word", spanAt(0), 12, r.Came)
	s.text("word", spanAt(left), top+side+36, r.Said)
	s.line("axis", x(0), y(0), x(1), y(0))
	s.line("axis", x(0), y(0), x(0), y(1))
	s.line("lampday", x(0), y(0), x(1), y(1))
	s.text("word lampword", spanAt(x(0.97)-textWidth(r.Line)), y(0.86), r.Line)
	for _, p := range r.Points {
		s.line("whisker", x(p.Said), y(p.Low), x(p.Said), y(p.High))
	}
	for _, p := range r.Points {
		s.dot("buy", x(p.Said), y(p.Came), 4.5, p.Hint)
	}
	return s.close()
}
