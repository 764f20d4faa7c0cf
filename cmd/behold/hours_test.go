package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"behold"
)

// Hours, absences and closed days by the command line: what is said counts from
// the next list on, and nonsense is refused with a hint.
func TestHoursByCommand(t *testing.T) {
	dir, files := t.TempDir(), t.TempDir()
	must(t, exitDone, dir, "sample", "--customers", "150", "--out", files)
	must(t, exitDone, dir, "import", files)
	must(t, exitDone, dir, "config", "set", "country", "DK")
	must(t, exitDone, dir, "round")
	var hours []struct {
		Colleague string
		Said      bool
		Monday    float64
		Week      float64
	}
	read := func() {
		t.Helper()
		if err := json.Unmarshal([]byte(must(t, exitDone, dir, "colleague", "hours", "--format", "json").out), &hours); err != nil {
			t.Fatal(err)
		}
	}
	read()
	if len(hours) < 2 || hours[0].Said || hours[0].Week <= 0 {
		t.Fatalf("%+v", hours)
	}
	first := hours[0].Colleague
	must(t, exitDone, dir, "colleague", "hours", strings.ToUpper(first), "--week", "20,0,0,0,0")
	if read(); !hours[0].Said || hours[0].Monday != 20 || hours[0].Week != 20 {
		t.Errorf("%+v", hours[0])
	}
	for _, nonsense := range [][]string{
		{"hours", first, "--week", "1,2,3,4,5,6,7,8"}, {"hours", first, "--week", "many"}, {"hours", first, "--week", "700"}, {"hours", "--usual"},
		{"absence", first, "2026-13-01"}, {"absence", first, "2020-01-01", "2019-01-01"}, {"absence", first, "--end", "2026-01-01"}, {"closed", "1999-01-01"},
	} {
		if s := run1(t, dir, append([]string{"colleague"}, nonsense...)...); s.code == exitDone || s.err == "" {
			t.Errorf("%v: %+v", nonsense, s)
		}
	}
	today := behold.DayOf(time.Now())
	must(t, exitDone, dir, "colleague", "absence", first, today.String(), (today + 20).String())
	if s := must(t, exitDone, dir, "colleague", "absence", "--format", "csv"); !strings.Contains(s.out, first+","+today.String()+","+(today+20).String()) {
		t.Error(s.out)
	}
	must(t, exitDone, dir, "colleague", "closed", (today + 30).String(), "--name", "Stocktaking")
	if s := must(t, exitDone, dir, "colleague", "closed", "--language", "da"); !strings.Contains(s.out, "Stocktaking") || !strings.Contains(s.out, "Juleaften") {
		t.Error(s.out)
	}
	must(t, exitDone, dir, "colleague", "closed", (today + 30).String(), "--open")
	must(t, exitDone, dir, "colleague", "hours", first, "--usual")
	must(t, exitDone, dir, "colleague", "absence", first, "--end", today.String())
	if s := must(t, exitDone, dir, "colleague", "absence", "--format", "csv"); strings.Contains(s.out, first) {
		t.Error(s.out)
	}
}
