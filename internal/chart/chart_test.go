package chart

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"behold"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

func invented() Rhythm {
	day := func(m time.Month, d int) behold.Day { return behold.Date(2025, m, d) }
	return Rhythm{
		ID: "r1", Title: "Purchases of Hotel <Strand> & Søn", Desc: "Every 30 days until June, none since.",
		From: day(1, 1), Today: day(9, 11),
		Visits: []Visit{
			{day(1, 4), 1200, "4 Jan: 1,200 kr"}, {day(2, 3), 900, ""}, {day(3, 6), 1450, ""},
			{day(3, 20), -200, "20 Mar: 200 kr back"}, {day(4, 5), 800, ""}, {day(5, 7), 600, ""}, {day(6, 9), 300, ""},
		},
		WindowFrom: day(6, 30), WindowTo: day(7, 22), Lamp: day(8, 30),
		WindowWord: "usually back", LampWord: "lamp lit 30 Aug", TodayWord: "today", TopWord: "1,450 kr",
		Month: func(d behold.Day) string { return d.Time().Format("Jan") },
	}
}

func inventedRanges() Ranges {
	return Ranges{
		ID: "g", Title: "False lamps", Desc: "By lamp, against the dial.", From: 0, To: 4, Ticks: []float64{0, 2, 4},
		Tick: func(v float64) string { return strconv.FormatFloat(v, 'f', 0, 64) }, Mark: 3, Band: 3, Word: "the dial",
		Rows: []RangeRow{
			{Word: "Silent & late", Says: "1.5", Value: 1.5, Low: 1, High: 2.5, Strong: true},
			{Word: "Buys less", Says: "9", Value: 9, Low: 3, High: 12, Beside: 2, HasBeside: true},
		},
	}
}

func inventedReliability() Reliability {
	return Reliability{
		ID: "p", Title: "Chances and what came", Points: []Came{{.1, .12, .05, .2, "10 %"}, {.9, .8, .7, .88, ""}},
		Said: "said", Came: "came", Line: "as said", Tick: func(v float64) string { return strconv.FormatFloat(100*v, 'f', 0, 64) + " %" },
	}
}

func TestGolden(t *testing.T) {
	quiet := invented()
	quiet.Visits, quiet.WindowFrom, quiet.WindowTo, quiet.Lamp = nil, behold.NoDay, behold.NoDay, behold.NoDay
	ahead := invented()
	ahead.Today, ahead.Lamp = behold.Date(2025, 6, 12), behold.Date(2025, 8, 20)
	for name, got := range map[string]string{
		"rhythm":       invented().SVG(720),
		"rhythm-phone": invented().SVG(340),
		"rhythm-ahead": ahead.SVG(720),
		"rhythm-quiet": quiet.SVG(720),
		"strip":        invented().Strip(640),
		"bars":         Bars{ID: "b", Title: "Tea by quarter", Values: []float64{4, 2, 0, 1}}.SVG(80, 20),
		"bars-nothing": Bars{ID: "b", Title: "Nothing", Values: []float64{0, 0}}.SVG(80, 20),
		"ranges":       inventedRanges().SVG(720),
		"ranges-phone": inventedRanges().SVG(340),
		"reliability":  inventedReliability().SVG(560),
		"funnel":       inventedFunnel().SVG(720),
		"funnel-phone": inventedFunnel().SVG(330),
	} {
		file := filepath.Join("testdata", name+".svg")
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (refresh with -update):\n%s", name, diff)
		}
	}
}

// Every picture is well-formed, whatever the words in it are.
func TestWellFormed(t *testing.T) {
	r := invented()
	r.Title, r.Desc, r.WindowWord = `"><script>alert(1)</script>`, "😀 \x00 & <b>", "]]>"
	for _, svg := range []string{r.SVG(720), r.Strip(300), Bars{ID: "x", Title: "<&>", Values: []float64{1}}.SVG(9, 9), Ranges{ID: "x", Title: "<&>", Word: "]]>", To: 1, Rows: []RangeRow{{Word: "<b>"}}}.SVG(300)} {
		if strings.Contains(svg, "<script") {
			t.Errorf("markup in a word became markup in the picture:\n%s", svg)
		}
		d := xml.NewDecoder(strings.NewReader(svg))
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%v in\n%s", err, svg)
			}
		}
	}
}

// The words below the axis do not lie upon one another, wherever the lamp is,
// as far as their width can be guessed.
func TestWordsKeepApart(t *testing.T) {
	word := regexp.MustCompile(`<text class="word (strong|lampword)" x="([0-9.]+)"[^>]*?(text-anchor="end")?>([^<]*)<`)
	for lamp := behold.Date(2025, 6, 20); lamp <= behold.Date(2025, 10, 20); lamp++ {
		r := invented()
		r.Lamp = lamp
		for _, width := range []float64{340, 720} {
			var found []span
			for _, m := range word.FindAllStringSubmatch(r.SVG(width), -1) {
				x, err := strconv.ParseFloat(m[2], 64)
				if err != nil {
					t.Fatal(err)
				}
				p := span{x, x + textWidth(m[4])}
				if strings.Contains(m[0], `text-anchor="end"`) {
					p = span{x - textWidth(m[4]), x}
				}
				found = append(found, p)
			}
			if len(found) != 2 {
				t.Fatalf("lamp on %v, %v wide: %d words below the axis", lamp, width, len(found))
			}
			a, b := found[0], found[1]
			if a.from < b.to && b.from < a.to || a.from < 0 || b.from < 0 || a.to > width+1 || b.to > width+1 {
				t.Errorf("lamp on %v, %v wide: %v and %v", lamp, width, a, b)
			}
		}
	}
}

func TestBeforeHistory(t *testing.T) {
	r := invented()
	r.From, r.Today = behold.Date(2025, 9, 11), behold.Date(2025, 9, 11)
	if svg := r.SVG(340); strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
		t.Errorf("a history of one day has no width:\n%s", svg)
	}
}

func inventedFunnel() Funnel {
	return Funnel{
		ID: "f", Title: "Kept beyond what was to be expected", Below: "Customers", Inner: "95 %", Outer: "99.8 %",
		Unit: func(x float64) string { return strconv.FormatFloat(100*x, 'f', 0, 64) + " %" }, Cases: strconv.Itoa,
		Points: []FunnelPoint{{Word: "North", Cases: 120, Value: 0.02, Spread: 0.45}, {Word: "South", Cases: 64, Value: -0.05, Spread: 0.42}, {Word: "Chains", Cases: 90, Value: 0.16, Spread: 0.44, Out: true}},
	}
}
