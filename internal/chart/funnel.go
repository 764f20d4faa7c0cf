package chart

import "math"

// A Funnel shows counts that grow with what was expected against the limits of
// chance: a point a team, two lines of limits on either side.
type Funnel struct {
	ID     string
	Title  string
	Desc   string
	Points []FunnelPoint
	Unit   func(float64) string // a share, on the axis at the left
	Cases  func(int) string     // how many, on the axis below
	Below  string               // what the axis below counts
	Inner  string               // the limits of 95 %, as a word at their end
	Outer  string               // those of 99.8 %
}

// A FunnelPoint is one team.
type FunnelPoint struct {
	Word   string
	Cases  int
	Value  float64 // per case: what was more than expected
	Spread float64 // standard deviation of a case, by chance alone
	Out    bool    // outside the limits of 95 %
}

// SVG draws the funnel; the limits are those of a team with the usual spread.
func (f Funnel) SVG(width float64) string {
	const height, left, foot, top = 260.0, 52.0, 40.0, 14.0
	s := &sheet{width: width, height: height}
	s.open("chart funnel", f.ID, f.Title, f.Desc)
	most, spread := 1, 0.0
	for _, p := range f.Points {
		most, spread = max(most, p.Cases), spread+p.Spread/float64(len(f.Points))
	}
	end := float64(most) * 1.15
	reach := limit99 * spread / math.Sqrt(max(4, float64(most)/8))
	for _, p := range f.Points {
		reach = max(reach, math.Abs(p.Value)*1.1)
	}
	reach = math.Ceil(reach*10-1e-9) / 10
	right := width - 16
	x := func(n float64) float64 { return left + (right-left)*n/end }
	y := func(v float64) float64 {
		v = min(max(v, -reach), reach)
		return top + (height-top-foot)*(reach-v)/(2*reach)
	}
	base := height - foot
	for _, t := range []float64{-reach, -reach / 2, 0, reach / 2, reach} {
		s.line("rule", left, y(t), right, y(t))
		word := f.Unit(t)
		s.text("word soft", spanAt(left-8-textWidth(word)), y(t)+4, word)
	}
	s.line("axis", left, y(0), right, y(0))
	f.limits(s, limit99, spread, "limit rare", x, y, end)
	f.limits(s, limit95, spread, "limit", x, y, end)
	for _, n := range ticksTo(most) {
		word := f.Cases(n)
		s.text("word soft", s.around(x(float64(n)), word), base+16, word)
	}
	s.text("word soft", s.around((left+right)/2, f.Below), base+33, f.Below)
	f.points(s, x, y)
	s.text("word soft", spanAt(right-textWidth(f.Inner)), y(limit95*spread/math.Sqrt(end))-4, f.Inner)
	s.text("word soft", spanAt(right-textWidth(f.Outer)), y(limit99*spread/math.Sqrt(end))-4, f.Outer)
	return s.close()
}

const (
	limit95 = 1.959964 // of a normal distribution, on either side
	limit99 = 3.090232 // 99.8 %
)

func (f Funnel) limits(s *sheet, z, spread float64, class string, x, y func(float64) float64, end float64) {
	const steps = 48
	for _, side := range []float64{-1, 1} {
		s.WriteString(`<polyline class="` + class + `" points="`)
		for i := 1; i <= steps; i++ {
			n := end * float64(i) / steps
			s.WriteString(num(x(n)) + "," + num(y(side*z*spread/math.Sqrt(n))) + " ")
		}
		s.WriteString("\"/>\n")
	}
}

func (f Funnel) points(s *sheet, x, y func(float64) float64) {
	for _, p := range f.Points {
		class := "buy"
		if p.Out {
			class = "buy out"
		}
		px, py := x(float64(p.Cases)), y(p.Value)
		s.dot(class, px, py, 5, p.Word)
		word := s.around(px, p.Word)
		s.text("word", word, py-9, p.Word)
	}
}

// ticksTo are a few round counts up to the most.
func ticksTo(most int) []int {
	step := 1
	for _, next := range []int{2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000} {
		if most/step <= 5 {
			break
		}
		step = next
	}
	var list []int
	for n := 0; n <= most; n += step {
		list = append(list, n)
	}
	return list
}
