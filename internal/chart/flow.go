package chart

import "math"

// Flow is a funnel: what comes in at the top, what is there, and what leaks out at
// the bottom.
type Flow struct {
	ID      string
	Title   string
	Desc    string
	In, Out []FlowPart
	Stock   FlowPart
}

// A FlowPart is one part of it, with what it is in words.
type FlowPart struct {
	Word  string
	Says  string
	Value float64
}

// SVG draws a bar for what comes, a vessel for what is there and a bar for what
// goes, the bars to the same scale.
func (f Flow) SVG(width float64) string {
	const bar, vessel, gap = 30.0, 64.0, 34.0
	most := math.Max(sum(f.In), sum(f.Out))
	s := &sheet{width: width, height: 2*bar + vessel + 2*gap + 44}
	s.open("chart flow", f.ID, f.Title, f.Desc)
	wide := math.Min(width, 560)
	left := (width - wide) / 2
	s.parts(f.In, box{left, 18, wide, bar}, most, "buy")
	y := 18 + bar + gap
	s.rect("vessel", box{left, y, wide, vessel}, 6, "")
	s.middle("word big", left+wide/2, y+vessel/2-2, f.Stock.Says)
	s.middle("word soft", left+wide/2, y+vessel/2+18, f.Stock.Word)
	s.parts(f.Out, box{left, y + vessel + gap, wide, bar}, most, "gone")
	return s.close()
}

func (s *sheet) middle(class string, x, y float64, word string) {
	s.WriteString(`<text class="` + class + `" x="` + num(x) + `" y="` + num(y) + `" text-anchor="middle">` + escape(word) + "</text>\n")
}

// parts draws a bar in its parts, centred, the words above it.
func (s *sheet) parts(parts []FlowPart, at box, most float64, class string) {
	all := sum(parts)
	if most <= 0 || all <= 0 {
		return
	}
	wide := at.w * 0.8 * all / most
	x := at.x + (at.w-wide)/2
	words := ""
	for i, p := range parts {
		w := wide * p.Value / all
		name := class
		if i > 0 {
			name += " lighter"
		}
		if w > 0 {
			s.rect(name, box{x, at.y, math.Max(1, w-1.5), at.h}, 2, p.Word+": "+p.Says)
		}
		x += w
		if p.Value > 0 {
			if words != "" {
				words += " · "
			}
			words += p.Says + " " + p.Word
		}
	}
	s.middle("word", at.x+at.w/2, at.y-6, words)
}

func sum(parts []FlowPart) (all float64) {
	for _, p := range parts {
		all += p.Value
	}
	return all
}
