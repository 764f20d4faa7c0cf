package chart

// Ranges are figures with what they may be, one below the other.
type Ranges struct {
	ID    string
	Title string
	Desc  string
	Rows  []RangeRow
	From  float64 // left end of the axis
	To    float64 // right end; everything beyond is cut off there
	Ticks []float64
	Tick  func(float64) string
	Mark  float64 // a line across all rows, when MarkWord is not empty
	Band  float64 // its other side, when it is to be a band from Mark to Band; else Mark again
	Word  string  // what the line is, below the axis; "": no line
}

// A RangeRow is one figure.
type RangeRow struct {
	Word      string  // what it is of
	Says      string  // the figure, as a word at the right
	Value     float64 // the dot
	Low, High float64 // the line through it; equal: none
	Strong    bool    // the one that matters
	Beside    float64 // a ring: what others say, when HasBeside
	HasBeside bool
}

// SVG draws a dot and a line a row. A wide picture has the words at the left, a
// narrow one above.
func (r Ranges) SVG(width float64) string {
	const narrow = 480
	foot := 24.0
	if r.Word != "" {
		foot = 40
	}
	row, left, right, down := 26.0, 0.36*width, width-84, 13.0
	if width < narrow {
		row, left, right, down = 42, 4, width-74, 28
	}
	height := row*float64(len(r.Rows)) + foot
	s := &sheet{width: width, height: height}
	s.open("chart ranges", r.ID, r.Title, r.Desc)
	x := func(v float64) float64 {
		return left + (right-left)*(min(max(v, r.From), r.To)-r.From)/(r.To-r.From)
	}
	base := height - foot
	r.ground(s, x, base)
	for i, one := range r.Rows {
		y := row*float64(i) + down
		r.row(s, one, x, y, width < narrow)
		class := "word soft"
		if one.Strong {
			class = "word strong"
		}
		s.text(class, spanAt(right+12), y+4, one.Says)
	}
	s.line("axis", left, base, right, base)
	for _, t := range r.Ticks {
		word := r.Tick(t)
		s.line("axis", x(t), base, x(t), base+4)
		s.text("word soft", s.around(x(t), word), base+17, word)
	}
	if r.Word != "" {
		s.text("word lampword", s.around(x((r.Mark+r.Band)/2), r.Word), base+33, r.Word)
	}
	return s.close()
}

func (r Ranges) ground(s *sheet, x func(float64) float64, base float64) {
	for _, t := range r.Ticks {
		s.line("rule", x(t), 0, x(t), base)
	}
	switch {
	case r.Word == "":
	case r.Band != r.Mark:
		s.rect("window", box{x(r.Mark), 0, x(r.Band) - x(r.Mark), base}, 0, "")
	default:
		s.line("lampday", x(r.Mark), 0, x(r.Mark), base+4)
	}
}

func (r Ranges) row(s *sheet, one RangeRow, x func(float64) float64, y float64, narrow bool) {
	class := "word"
	if one.Strong {
		class = "word strong"
	}
	if narrow {
		s.text(class, spanAt(0), y-11, one.Word)
	} else {
		s.text(class, spanAt(0), y+4, one.Word)
	}
	if one.High > one.Low {
		s.line("whisker", x(one.Low), y, x(one.High), y)
	}
	if one.HasBeside {
		s.dot("beside", x(one.Beside), y, 5, "")
	}
	s.dot("buy", x(one.Value), y, 4.5, one.Says)
}
