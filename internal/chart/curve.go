package chart

import "strings"

// Curves are shares that fall with time: who is still here.
type Curves struct {
	ID     string
	Title  string
	Desc   string
	Curves []CurveLine
	To     float64 // right end of the axis
	Ticks  []float64
	Tick   func(float64) string
	Share  func(float64) string // words of the upright axis
	Mark   CurvePoint           // a dot that others speak of, when MarkWord is not ""
	Word   string               // what the dot is
}

// A CurveLine is one curve.
type CurveLine struct {
	Word   string
	Points []CurvePoint
	Dashed bool // projected
	Steps  bool
}

// A CurvePoint is a share at a time, with its range where High is above Low.
type CurvePoint struct{ X, Y, Low, High float64 }

// SVG draws the curves with their ranges behind them.
func (c Curves) SVG(width float64) string {
	const top, tall, foot, left = 12.0, 190.0, 24.0, 44.0
	s := &sheet{width: width, height: top + tall + foot}
	s.open("chart curves", c.ID, c.Title, c.Desc)
	right := width - 12
	x := func(v float64) float64 { return left + (right-left)*min(v, c.To)/c.To }
	y := func(v float64) float64 { return top + tall*(1-min(max(v, 0), 1)) }
	for _, share := range []float64{0, 0.25, 0.5, 0.75, 1} {
		s.line("rule", left, y(share), right, y(share))
		s.text("word soft", span{0, left - 8}, y(share)+4, c.Share(share))
	}
	for _, t := range c.Ticks {
		word := c.Tick(t)
		s.line("axis", x(t), y(0), x(t), y(0)+4)
		s.text("word soft", s.around(x(t), word), y(0)+18, word)
	}
	for _, one := range c.Curves {
		s.path("window", bandOf(one, x, y))
	}
	for _, one := range c.Curves {
		class := "curve"
		if one.Dashed {
			class = "curve dashed"
		}
		s.path(class, lineOf(one, x, y))
	}
	s.line("axis", left, y(0), right, y(0))
	if c.Word != "" {
		s.dot("beside", x(c.Mark.X), y(c.Mark.Y), 5, c.Word)
		s.text("word lampword", s.around(x(c.Mark.X), c.Word), y(c.Mark.Y)-10, c.Word)
	}
	return s.close()
}

func (s *sheet) path(class, d string) {
	if d != "" {
		s.WriteString(`<path class="` + class + `" d="` + d + `"/>` + "\n")
	}
}

func lineOf(c CurveLine, x, y func(float64) float64) string {
	var b strings.Builder
	for i, p := range c.Points {
		switch {
		case i == 0:
			b.WriteString("M" + num(x(p.X)) + " " + num(y(p.Y)))
			continue
		case c.Steps:
			b.WriteString("H" + num(x(p.X)) + "V" + num(y(p.Y)))
			continue
		}
		b.WriteString("L" + num(x(p.X)) + " " + num(y(p.Y)))
	}
	return b.String()
}

// bandOf goes along the upper limits and back along the lower ones.
func bandOf(c CurveLine, x, y func(float64) float64) string {
	var there, back []string
	for _, p := range c.Points {
		if p.High > p.Low {
			there = append(there, num(x(p.X))+" "+num(y(p.High)))
			back = append([]string{num(x(p.X)) + " " + num(y(p.Low))}, back...)
		}
	}
	if len(there) < 2 {
		return ""
	}
	return "M" + strings.Join(append(there, back...), "L") + "Z"
}
