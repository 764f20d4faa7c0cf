package chart

import (
	"strings"
	"testing"
)

func TestMonths(t *testing.T) {
	m := Months{ID: "m", Title: "Lost <by> month", Words: []string{"Jan", "Feb", "Mar"}, Says: []string{"a", "b", "c"}, Count: []int{3, 0, 6}, Open: 1}
	svg := m.SVG(300)
	for want, times := range map[string]int{`class="buy"`: 1, `class="open"`: 1, ">Jan<": 1, ">Feb<": 1, "&lt;by&gt;": 1, ">6<": 1, ">0<": 0, `height="110"`: 1, `height="55"`: 1} {
		if n := strings.Count(svg, want); n != times {
			t.Errorf("%s stands %d times, want %d:\n%s", want, n, times, svg)
		}
	}
	m.Words = []string{"January 2025", "February 2025", "March 2025"}
	if narrow := m.SVG(120); strings.Count(narrow, "2025") != 1 {
		t.Errorf("words run into one another:\n%s", narrow)
	}
	if none := (Months{ID: "n"}).SVG(100); !strings.HasSuffix(none, "</svg>") {
		t.Errorf("no months make %s", none)
	}
}
