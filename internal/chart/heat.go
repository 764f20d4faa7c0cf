package chart

// Heat is shares in rows and columns, darker where they are larger.
type Heat struct {
	ID    string
	Title string
	Desc  string
	Head  []string
	Rows  []HeatRow
	Share func(float64) string
}

// A HeatRow is one row of it.
type HeatRow struct {
	Word   string
	Shares []float64
}

// SVG draws a box a share, with the share in it where it finds room.
func (h Heat) SVG(width float64) string {
	const row, head, gap = 24.0, 22.0, 1.5
	left := 74.0
	s := &sheet{width: width, height: head + row*float64(len(h.Rows))}
	s.open("chart heat", h.ID, h.Title, h.Desc)
	step := (width - left) / float64(max(1, len(h.Head)))
	free := 0.0
	for i, word := range h.Head {
		if at := s.around(left+step*(float64(i)+0.5), word); at.from >= free {
			s.text("word soft", at, 14, word)
			free = at.to + 6
		}
	}
	for j, one := range h.Rows {
		y := head + row*float64(j)
		s.text("word soft", span{0, left - 8}, y+16, one.Word)
		for i, share := range one.Shares {
			if i >= len(h.Head) {
				break
			}
			x := left + step*float64(i)
			word := h.Share(share)
			s.rect("heat h"+num(float64(int(min(max(share, 0), 1)*9.999))), box{x, y, step - gap, row - gap}, 2, one.Word+": "+word)
			if textWidth(word) < step-4 {
				class := "word"
				if share >= 0.7 {
					class = "word onheat"
				}
				s.text(class, span{x + (step-gap-textWidth(word))/2, x + step/2}, y+16, word)
			}
		}
	}
	return s.close()
}
