package main

import (
	"encoding/xml"
	"fmt"
	"math"
	"strings"
)

// A picture is one diagram of docs/statistics: what was counted, and what each
// model expects in the same places.
type picture struct {
	title, desc string
	across, up  string   // what the axes count
	places      []string // names along the horizontal axis, "" where none is written
	curves      []curve  // the first is what was counted
	columns     bool     // columns side by side instead of lines
	mark        int      // a place with an upright line, 0 for none
	says        string   // what that line means
}

type curve struct {
	name   string
	values []float64
}

// The field of the diagram within the picture.
const wide, high, left, right, top, bottom = 720.0, 400.0, 66.0, 20.0, 76.0, 346.0

// The picture brings its own ground, so that it can be read on any page, and
// follows the reader's choice of light or dark. Lines differ in dashes too.
const dress = `<style>
svg{font-family:system-ui,sans-serif;font-size:13px}
.ground{fill:#fff}.text{fill:#222}.head{font-size:16px;font-weight:600}.grid{stroke:#ddd}.axis{stroke:#555}.mark{stroke:#777;stroke-dasharray:2 3}
.c0{fill:#444;stroke:#444}.c1{fill:#0067b0;stroke:#0067b0}.c2{fill:#c24e00;stroke:#c24e00}.c3{fill:#00785a;stroke:#00785a}
path.line{fill:none;stroke-width:2}rect.column{stroke:none}path.c0.line{stroke-width:3}.c1.line{stroke-dasharray:8 3}.c2.line{stroke-dasharray:3 3}.c3.line{stroke-dasharray:10 3 2 3}
@media (prefers-color-scheme:dark){.ground{fill:#16191d}.text{fill:#e6e6e6}.grid{stroke:#343a40}.axis{stroke:#aaa}.mark{stroke:#aaa}
.c0{fill:#d8d8d8;stroke:#d8d8d8}.c1{fill:#5bb4f5;stroke:#5bb4f5}.c2{fill:#ff9a52;stroke:#ff9a52}.c3{fill:#3fcf9f;stroke:#3fcf9f}}
</style>
`

// svg draws the picture; coordinates have one decimal, so that the last bits of
// a fit do not show.
func (p picture) svg() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" width="%g" height="%g" role="img" aria-labelledby="t d">`+"\n", wide, high, wide, high)
	fmt.Fprintf(&b, "<title id=\"t\">%s</title>\n<desc id=\"d\">%s</desc>\n", inTags(p.title), inTags(p.desc))
	b.WriteString(dress + fmt.Sprintf(`<rect class="ground" width="%g" height="%g" rx="6"/>`+"\n", wide, high))
	write(&b, "text head", left, 28, "start", p.title)
	p.axes(&b)
	for i, c := range p.curves {
		if p.columns {
			p.column(&b, i, c)
		} else {
			p.line(&b, i, c)
		}
		p.legend(&b, i, c.name)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// axes draws the grid with its figures, the names of the places and the mark.
func (p picture) axes(b *strings.Builder) {
	step := p.step()
	for v := 0.0; v <= p.most(); v += step {
		fmt.Fprintf(b, `<path class="grid" d="M%g %.1fH%g"/>`+"\n", left, p.y(v), wide-right)
		write(b, "text", left-8, p.y(v)+4, "end", fmt.Sprintf("%g", v))
	}
	for i, name := range p.places {
		if name != "" {
			write(b, "text", p.x(i), bottom+18, "middle", name)
		}
	}
	fmt.Fprintf(b, `<path class="axis" d="M%g %gH%g"/>`+"\n", left, bottom, wide-right)
	write(b, "text", (left+wide-right)/2, bottom+40, "middle", p.across)
	fmt.Fprintf(b, `<text class="text" transform="translate(16 %g) rotate(-90)" text-anchor="middle">%s</text>`+"\n", (top+bottom)/2, inTags(p.up))
	if p.mark > 0 {
		fmt.Fprintf(b, `<path class="mark" d="M%.1f %gV%g"/>`+"\n", p.x(p.mark), top, bottom)
		write(b, "text", p.x(p.mark)+6, bottom-10, "start", p.says)
	}
}

func (p picture) line(b *strings.Builder, i int, c curve) {
	d := ""
	for j, v := range c.values {
		d += fmt.Sprintf("%s%.1f %.1f", map[bool]string{true: "M", false: "L"}[j == 0], p.x(j), p.y(v))
	}
	fmt.Fprintf(b, `<path class="c%d line" d="%s"><title>%s</title></path>`+"\n", i, d, inTags(c.name))
}

func (p picture) column(b *strings.Builder, i int, c curve) {
	broad := 0.8 * (wide - left - right) / float64(len(p.places)) / float64(len(p.curves))
	for j, v := range c.values {
		x := p.x(j) + broad*(float64(i)-float64(len(p.curves))/2)
		fmt.Fprintf(b, `<rect class="c%d column" x="%.1f" y="%.1f" width="%.1f" height="%.1f"><title>%s, %s: %.0f</title></rect>`+"\n",
			i, x, p.y(v), broad-1, bottom-p.y(v), inTags(c.name), p.places[j], v)
	}
}

func (p picture) legend(b *strings.Builder, i int, name string) {
	x := left + 160*float64(i)
	if p.columns {
		fmt.Fprintf(b, `<rect class="c%d column" x="%g" y="45" width="14" height="10"/>`+"\n", i, x+8)
	} else {
		fmt.Fprintf(b, `<path class="c%d line" d="M%g 50h26"/>`+"\n", i, x)
	}
	write(b, "text", x+32, 54, "start", name)
}

// x is the middle of a place, y the height of a value.
func (p picture) x(i int) float64 {
	return left + (float64(i)+0.5)*(wide-left-right)/float64(len(p.places))
}

func (p picture) y(v float64) float64 { return bottom - (bottom-top)*v/p.most() }

// most is the top of the vertical axis: the first whole step above all values.
func (p picture) most() float64 {
	return p.step() * math.Ceil(p.largest()/p.step())
}

// step is 1, 2 or 5 times a power of ten, four to ten of which reach the top.
func (p picture) step() float64 {
	ten := math.Pow(10, math.Floor(math.Log10(p.largest())))
	switch lead := p.largest() / ten; {
	case lead < 2:
		return ten / 5
	case lead < 5:
		return ten / 2
	}
	return ten
}

func (p picture) largest() (most float64) {
	for _, c := range p.curves {
		for _, v := range c.values {
			most = max(most, v)
		}
	}
	return most
}

func write(b *strings.Builder, class string, x, y float64, anchor, text string) {
	fmt.Fprintf(b, `<text class="%s" x="%.1f" y="%.1f" text-anchor="%s">%s</text>`+"\n", class, x, y, anchor, inTags(text))
}

// inTags makes a text safe between tags.
func inTags(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder never fails
	return b.String()
}
