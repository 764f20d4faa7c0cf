package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var updateReports = flag.Bool("update-reports", false, "write the golden reports anew")

// reportShop is an invented shop in a data folder of its own.
func reportShop(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	shop := filepath.Join(dir, "shop")
	must(t, exitDone, dir, "sample", "--customers", "160", "--months", "30", "--seed", "4", "--until", "2025-06-30", "--out", shop)
	data := filepath.Join(dir, "data")
	if s := run1(t, data, "import", shop); s.code != exitDone && s.code != exitRejected {
		t.Fatalf("import: exit %d\n%s", s.code, s.err)
	}
	return data
}

func TestReports(t *testing.T) {
	if testing.Short() {
		t.Skip("walks a shop through seven days of its past")
	}
	data := reportShop(t)
	page := filepath.Join(t.TempDir(), "reasons.html")
	reasons := must(t, exitDone, data, "report", "reasons", "--day", "2025-06-30", "--format", "json", "--html", page, "--language", "da")
	told := figures(t, reasons.out)
	var lines []string
	keys(told, "", &lines)
	said, _ := told["said"].(map[string]any)
	lines = append(lines, "", "said_by: "+fmt.Sprint(told["said_by"]))
	counts(said, &lines)
	html, err := os.ReadFile(page)
	if err != nil || !strings.Contains(string(html), `<html lang="da">`) || !strings.Contains(string(html), "<svg") {
		t.Errorf("the page of reasons, %v: %.200s", err, html)
	}

	evidence := must(t, exitDone, data, "report", "evidence", "--day", "2025-06-30", "--format", "json")
	proof := figures(t, evidence.out)
	lines = append(lines, "", "evidence")
	keys(proof, "", &lines)
	back, _ := proof["backtest"].(map[string]any)
	if origins, _ := back["origins"].([]any); len(origins) != 6 {
		t.Errorf("%d origins in the evidence", len(origins))
	}
	golden := filepath.Join("testdata", "reports.golden")
	got := strings.Join(lines, "\n") + "\n"
	if *updateReports {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("keys or counts differ from %s (-update-reports writes it anew):\n%s", golden, diff)
	}

	rows := must(t, exitDone, data, "report", "reasons", "--day", "2025-06-30", "--format", "csv")
	if !strings.HasPrefix(rows.out, "source,family,reason,avoidable,customers,") || strings.Count(rows.out, "\nsaid,") < 3 {
		t.Errorf("rows of reasons:\n%s", rows.out)
	}
}

// A company of which there is nothing yet, or too little, is told what is missing.
func TestReportsOfLittle(t *testing.T) {
	empty := t.TempDir()
	for _, report := range []string{"reasons", "evidence"} {
		if s := run1(t, empty, "report", report); s.code != exitFailed || !strings.Contains(s.err, "import an invoice file first") {
			t.Errorf("report %s of nothing: exit %d, %s", report, s.code, s.err)
		}
	}
	data := t.TempDir()
	orders := file(t, "orders.csv", "customer,date,order,amount\nK1,2025-01-03,1,100\nK1,2025-02-03,2,100\nK2,2025-02-04,3,100\n")
	must(t, exitDone, data, "import", orders)
	if s := must(t, exitDone, data, "report", "evidence"); !strings.Contains(s.out, "too little past to test") {
		t.Errorf("evidence of three orders:\n%s", s.out)
	}
	if s := must(t, exitDone, data, "report", "reasons"); !strings.Contains(s.out, "A file of losses would change that") {
		t.Errorf("reasons of three orders:\n%s", s.out)
	}
	if s := run1(t, data, "report", "reasons", "--html", filepath.Join(data, "none", "x.html")); s.code != exitFailed || !strings.Contains(s.err, "folder that is there") {
		t.Errorf("a page in no folder: exit %d, %s", s.code, s.err)
	}
}

func figures(t *testing.T, text string) map[string]any {
	t.Helper()
	var told map[string]any
	if err := json.Unmarshal([]byte(text), &told); err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return told
}

// keys lists the paths of an object; of a list, those of its first entry.
func keys(v any, path string, lines *[]string) {
	switch v := v.(type) {
	case map[string]any:
		if path == ".said_by" || path == ".backtest" { // whoever spoke; as behold backtest tells it
			*lines = append(*lines, path)
			return
		}
		var names []string
		for name := range v {
			names = append(names, name)
		}
		slices.Sort(names)
		for _, name := range names {
			keys(v[name], path+"."+name, lines)
		}
	case []any:
		if len(v) == 0 {
			*lines = append(*lines, path+"[]")
			return
		}
		keys(v[0], path+"[]", lines)
	default:
		*lines = append(*lines, path)
	}
}

// counts lists how many said which reason.
func counts(table map[string]any, lines *[]string) {
	reasons, _ := table["reasons"].([]any)
	for _, one := range reasons {
		if r, ok := one.(map[string]any); ok && r["customers"] != 0.0 {
			*lines = append(*lines, fmt.Sprintf("%v (%v): %v", r["reason"], r["family"], r["customers"]))
		}
	}
}
