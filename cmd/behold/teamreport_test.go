package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The report of teams and that of attention tell of teams; of colleagues only where
// the company has switched that on.
func TestReportTeam(t *testing.T) {
	if testing.Short() {
		t.Skip("walks a round past a shop")
	}
	dir := t.TempDir()
	shop := filepath.Join(dir, "shop")
	must(t, exitDone, dir, "sample", "--customers", "80", "--months", "18", "--seed", "4", "--until", "2025-06-30", "--out", shop)
	data := filepath.Join(dir, "data")
	if s := run1(t, data, "import", shop); s.code != exitDone && s.code != exitRejected {
		t.Fatalf("import: exit %d\n%s", s.code, s.err)
	}
	if s := run1(t, data, "report", "team"); s.code == exitDone || !strings.Contains(s.err, "behold round") {
		t.Errorf("before the first round: exit %d\n%s", s.code, s.err)
	}
	must(t, exitDone, data, "round", "--day", "2025-06-30")

	rows, err := csv.NewReader(strings.NewReader(must(t, exitDone, data, "report", "team", "--format", "csv").out)).ReadAll()
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, r := range rows[1:] {
		if r[0] != "team" || r[2] != "" {
			t.Errorf("a colleague is told of: %v", r)
		}
	}
	page := filepath.Join(dir, "effort.html")
	rows, err = csv.NewReader(strings.NewReader(must(t, exitDone, data, "report", "effort", "--format", "csv", "--html", page, "--language", "sv").out)).ReadAll()
	if err != nil || len(rows) < 10 {
		t.Fatalf("%d rows of attention, %v", len(rows), err)
	}
	sums := map[string]float64{}
	for _, r := range rows[1:] {
		var share float64
		if err := json.Unmarshal([]byte(r[5]), &share); err != nil {
			t.Fatal(err)
		}
		sums[r[0]] += share
	}
	for _, by := range []string{"region", "segment", "value", "team"} {
		if sums[by] < 0.9999 || sums[by] > 1.0001 {
			t.Errorf("the shares by %s add up to %g", by, sums[by])
		}
	}
	if html, err := os.ReadFile(page); err != nil || !strings.Contains(string(html), "<svg") || !strings.Contains(string(html), `lang="sv"`) {
		t.Errorf("the page, %v", err)
	}

	must(t, exitDone, data, "config", "set", "individual_staff_credit", "true")
	if told := must(t, exitDone, data, "report", "team", "--format", "csv").out; !strings.Contains(told, "\ncolleague,") {
		t.Errorf("switched on, and no colleague is told of:\n%s", told)
	}
	board := figures(t, must(t, exitDone, data, "report", "team", "--format", "json").out)
	for _, key := range []string{"day", "since", "attention", "answers", "load", "promises", "credit", "rewards", "kept"} {
		if _, there := board[key]; !there {
			t.Errorf("no %s among the figures", key)
		}
	}
}
