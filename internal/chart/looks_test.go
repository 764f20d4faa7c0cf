package chart

import (
	"encoding/xml"
	"strings"
	"testing"

	"behold"
)

// Every look has its dot and its hint, words do not meet, and the picture is well
// formed; one look alone, and none, draw as well.
func TestLooks(t *testing.T) {
	l := Looks{ID: "x", Title: "Effect <so far>", Nought: "no effect", Tick: func(v float64) string { return num(100 * v) }, Word: func(d behold.Day) string { return d.String() }}
	for n, want := range []int{0, 1, 2, 3} {
		svg := l.SVG(700)
		if got := strings.Count(svg, "<circle"); got != want || !strings.Contains(svg, "Effect &lt;so far&gt;") {
			t.Errorf("%d looks: %d dots", n, got)
		}
		if err := xml.Unmarshal([]byte(svg), new(struct{})); err != nil {
			t.Errorf("%d looks: %v", n, err)
		}
		l.Looks = append(l.Looks, Look{Day: behold.Day(20000 + 30*n), Value: .1, Low: .1 - .5/float64(n+1), High: .1 + .5/float64(n+1), Hint: "a look"})
	}
	if low, high, step := l.reach(); low > -.06 || high < .26 || step != .1 {
		t.Errorf("%v to %v by %v", low, high, step)
	}
}
