package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"behold"
)

// A folder with every table is read customers first, then orders; the second
// time nothing is new; a file that is no table is listed and the rest is kept.
func TestImportAFolder(t *testing.T) {
	dir, shop := t.TempDir(), t.TempDir()
	must(t, exitDone, dir, "sample", "--customers", "40", "--out", shop)
	s := must(t, exitDone, dir, "import", shop)
	var order []string
	for _, m := range regexp.MustCompile(`import \d+: (\w+)\.csv read as (\w+)\n`).FindAllStringSubmatch(s.out, -1) {
		if order = append(order, m[2]); m[1] != m[2] {
			t.Errorf("%s is read as %s", m[1], m[2])
		}
	}
	if got := strings.Join(order, " "); got != "customers orders people invoices contracts contacts tickets promises answers quotes losses efforts colleagues" {
		t.Error(got)
	}
	if strings.Contains(s.out, "rejected 1") || strings.Contains(s.out, " 0 customers") {
		t.Error(s.out)
	}
	if s = must(t, exitDone, dir, "import", shop); strings.Count(s.out, "kept 0, ") != len(behold.Tables()) || strings.Count(s.out, "changed 0, ") != len(behold.Tables()) {
		t.Error(s.out)
	}
	if err := os.WriteFile(filepath.Join(shop, "shopping.txt"), []byte("milk,bread\n1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s = must(t, exitFailed, dir, "import", shop); !strings.Contains(s.err, "shopping.txt") || strings.Count(s.out, "read as") != len(behold.Tables()) {
		t.Error(s.err, s.out)
	}
}

// JSON lines are an import like any other, and can be taken back.
func TestImportJSONLines(t *testing.T) {
	dir := t.TempDir()
	path := export(t, "calls.jsonl",
		`{"contact":"B-1","customer":"K-1","at":"2025-03-01 10:00","channel":"opkald","direction":"ind"}`,
		`{"contact":"B-2","customer":"K-1","at":"2025-03-02"`,
		`{"contact":"B-3","customer":"K-2","at":"2025-03-03","mood":"good"}`)
	if s := must(t, exitRejected, dir, "import", path); !strings.Contains(s.out, "calls.jsonl read as contacts\n  read 3, kept 2, already known 0, changed 0, rejected 1\n  2 customers, from 2025-03-01 to 2025-03-03") {
		t.Error(s.out)
	}
	if s := must(t, exitDone, dir, "import", "rejects", "1", "--format", "csv"); !strings.Contains(s.out, "\n2,") || !strings.Contains(s.out, "not_json") {
		t.Error(s.out)
	}
	must(t, exitDone, dir, "import", "undo", "1")
	if s := must(t, exitRejected, dir, "import", path); !strings.Contains(s.out, "kept 2, already known 0") {
		t.Error(s.out)
	}
}
