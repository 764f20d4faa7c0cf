package web

import (
	"strings"
	"testing"

	"behold"
	"behold/internal/phrase"
)

func TestCSV(t *testing.T) {
	s := nordkaffe()
	for i := range s.lamps {
		if i == 0 {
			s.lamps[i].Name = "=SUM(A1)"
		}
	}
	h := New(s.deps(t.TempDir()))
	status, body, header := ask(t, h, "GET", "/lamps.csv?lang=da", nil)
	if status != 200 || !strings.HasPrefix(header.Get("Content-Type"), "text/csv") {
		t.Fatalf("status %d, %s", status, header.Get("Content-Type"))
	}
	if lines := strings.Count(body, "\n"); lines != len(s.lamps)+1 {
		t.Errorf("%d lines for %d lamps", lines, len(s.lamps))
	}
	for _, want := range []string{"\xef\xbb\xbfcustomer,name,lamp,reason", ",'=SUM(A1),", "normalt"} {
		if !strings.Contains(body, want) {
			t.Errorf("the file does not say %q", want)
		}
	}
	if _, body, _ = ask(t, h, "GET", "/imports/1/rejects.csv", nil); !strings.Contains(body, `'=cmd|' /c calc'!A0`) {
		t.Errorf("a formula among the rejects:\n%s", body)
	}
}

func TestPastLampDayIsNotToCome(t *testing.T) {
	p := page{Phrases: phrase.For("en")}
	st := behold.Standing{}
	st.UsualHigh = 20
	for on, shown := range map[behold.Day]bool{fakeDay - 1: false, fakeDay: false, fakeDay + 9: true, behold.NoDay: false} {
		st.LampOn = on
		if day, word := p.lampDay(st, nil, fakeDay); day.Known() != shown || (word != "") != shown {
			t.Errorf("%v: %v %q", on, day, word)
		}
	}
}

func TestALampThatBurnsOnSaysSo(t *testing.T) {
	p := page{Phrases: phrase.For("en")}
	l := behold.Lamp{P: 0.072, PStar: 0.039, Threshold: 0.009}
	if says := p.exactly(l); !strings.Contains(says, "later than it lights") {
		t.Errorf("burns on: %s", says)
	}
	l.PStar = 0.004
	if says := p.exactly(l); strings.Contains(says, "later than it lights") {
		t.Errorf("lit by today's figures: %s", says)
	}
}
