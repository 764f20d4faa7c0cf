package chart

// Bars are amounts of equal stretches of time, oldest first, small enough to
// stand in a row of a table that says the same in words.
type Bars struct {
	ID     string
	Title  string
	Values []float64
	Most   float64 // the value of a full bar; 0: the largest of Values
}

// SVG draws one bar a value; what is 0 or less leaves a dash on the ground, so
// that a silent quarter is seen as silence and not as the picture's end.
func (b Bars) SVG(width, height float64) string {
	s := &sheet{width: width, height: height}
	s.open("chart bars", b.ID, b.Title, "")
	most := b.Most
	for _, v := range b.Values {
		if b.Most == 0 {
			most = max(most, v)
		}
	}
	step := width / float64(max(1, len(b.Values)))
	for i, v := range b.Values {
		x := float64(i)*step + step*0.15
		if v <= 0 || most <= 0 {
			s.rect("none", box{x, height - 1.5, step * 0.7, 1.5}, 0, "")
			continue
		}
		tall := max(1.5, height*min(1, v/most))
		s.rect("buy", box{x, height - tall, step * 0.7, tall}, 1, "")
	}
	return s.close()
}
