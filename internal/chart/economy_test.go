package chart

import (
	"strconv"
	"strings"
	"testing"
)

func share(x float64) string { return strconv.Itoa(int(x*100+0.5)) + " %" }

func TestBands(t *testing.T) {
	b := Bands{ID: "b", Title: "Lost", Months: []BandMonth{
		{Word: "Jan", Count: 12, Low: 5, High: 15, Expected: 9}, {Word: "Feb", Count: 30, Low: 5, High: 15, Expected: 9, Signal: true}, {Word: "Mar", Count: 2, Nowcast: 8},
	}}
	svg := b.SVG(600)
	for want, times := range map[string]int{`class="window"`: 2, `class="expected"`: 2, `class="open"`: 1, `class="buy signal"`: 1, ">30<": 1, ">Mar<": 1} {
		if n := strings.Count(svg, want); n != times {
			t.Errorf("%s stands %d times, want %d:\n%s", want, n, times, svg)
		}
	}
	if none := (Bands{ID: "n"}).SVG(100); !strings.HasSuffix(none, "</svg>") {
		t.Errorf("no months make %s", none)
	}
}

func TestCurves(t *testing.T) {
	c := Curves{ID: "c", To: 5, Ticks: []float64{0, 5}, Tick: func(x float64) string { return num(x) + " y" }, Share: share, Word: "half in five years", Mark: CurvePoint{X: 5, Y: 0.5},
		Curves: []CurveLine{{Points: []CurvePoint{{0, 1, 1, 1}, {1, 0.8, 0.7, 0.9}, {2, 0.7, 0.6, 0.8}}, Steps: true}, {Points: []CurvePoint{{2, 0.7, 0, 0}, {5, 0.5, 0, 0}}, Dashed: true}}}
	svg := c.SVG(600)
	for want, times := range map[string]int{`class="curve"`: 1, `class="curve dashed"`: 1, `class="window"`: 1, "half in five years</text>": 1, ">50 %<": 1, "H": 2} {
		if n := strings.Count(svg, want); n != times {
			t.Errorf("%s stands %d times, want %d:\n%s", want, n, times, svg)
		}
	}
}

func TestHeat(t *testing.T) {
	svg := Heat{ID: "h", Head: []string{"0", "1"}, Rows: []HeatRow{{"2024", []float64{1, 0.42}}, {"2025", []float64{1}}}, Share: share}.SVG(400)
	for want, times := range map[string]int{`class="heat h9"`: 2, `class="heat h4"`: 1, ">42 %<": 1, ">2025<": 1} {
		if n := strings.Count(svg, want); n != times {
			t.Errorf("%s stands %d times, want %d:\n%s", want, n, times, svg)
		}
	}
}

func TestFlow(t *testing.T) {
	f := Flow{ID: "f", In: []FlowPart{{"new", "40", 40}, {"back", "10", 10}}, Stock: FlowPart{Word: "customers", Says: "500"}, Out: []FlowPart{{"lost", "25", 25}}}
	svg := f.SVG(600)
	for want, times := range map[string]int{`class="buy"`: 1, `class="buy lighter"`: 1, `class="gone"`: 1, ">500<": 1, "40 new · 10 back": 1, `width="222.5"`: 1} {
		if n := strings.Count(svg, want); n != times {
			t.Errorf("%s stands %d times, want %d:\n%s", want, n, times, svg)
		}
	}
}
