package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A file that is broken gets a clear error with a hint, and what was there
// before is still there, all of it.
func TestBrokenFilesLoseNothing(t *testing.T) {
	dir := t.TempDir()
	good := file(t, "good.csv", "order,customer,date,amount\nF-1,K-1,2025-01-10,100\nF-2,K-1,2025-02-10,120\nF-3,K-2,2025-02-11,80\n")
	must(t, exitDone, dir, "import", good)
	before := must(t, exitDone, dir, "standings", "--day", "2025-03-01", "--format", "json").out

	rows := "order,customer,date,amount\n" + strings.Repeat("F-9,K-9,2025-03-01,10\n", 5000)
	gz := zipped(t, rows)
	for name, content := range map[string]string{
		"cut.csv.gz":      gz[:len(gz)/2],
		"damaged.csv.gz":  gz[:len(gz)/2] + "oh dear" + gz[len(gz)/2+7:],
		"binary.csv":      "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x01\x02\x03\xff\xfe" + strings.Repeat("\x00\x9c\x01\x88", 400),
		"empty.csv":       "",
		"header.csv":      "order,customer,date,amount\n",
		"wrong-table.csv": "colour,shape,weight\nred,round,100\n",
		"not-a-book.xlsx": "PK\x03\x04 this is no workbook",
	} {
		s := run1(t, dir, "import", file(t, name, content))
		if s.code == exitDone && name != "header.csv" || !strings.Contains(s.err+s.out, name) {
			t.Errorf("%s: exit %d\n%s%s", name, s.code, s.out, s.err)
		}
		if s.code == exitFailed && !strings.Contains(s.err, "hint:") {
			t.Errorf("%s: an error without a hint: %s", name, s.err)
		}
		if after := must(t, exitDone, dir, "standings", "--day", "2025-03-01", "--format", "json").out; after != before {
			t.Errorf("%s changed what was there:\n%s\nbefore:\n%s", name, after, before)
		}
	}
	if s := must(t, exitDone, dir, "doctor", "--format", "csv"); strings.Contains(s.out, ",broken,") {
		t.Errorf("the doctor finds:\n%s", s.out)
	}
}

// Of a file with bad rows the good ones are kept, and each bad one is listed
// with its line, column, why and hint.
func TestBadRowsAreListedAndTheRestGoesOn(t *testing.T) {
	dir := t.TempDir()
	mixed := "order,customer,date,amount,note\n" +
		"F-1,K-1,2025-01-10,100,fine\n" +
		"F-2,,2025-01-11,100,nobody\n" +
		"F-3,K-1,soon,100,no date\n" +
		"F-4,K-1,2025-01-12,lots,no number\n" +
		"F-5,K-2,2025-01-13,80,caf\xe9 in Windows-1252\n" +
		"F-6,K-2,2025-01-14,80,café in UTF-8\n" +
		"F-7,K-2,2025-01-15,80,\x00\n" +
		"F-8,K-2,2025-01-16,80," + strings.Repeat("x", 1_000_000) + "\n" +
		"F-9,K-3,2025-01-17,90,=HYPERLINK(\"http://example.invalid\")\n"
	s := must(t, exitRejected, dir, "import", file(t, "mixed.csv", mixed))
	if !strings.Contains(s.out, "read 9, kept 4, already known 0, changed 0, rejected 5") {
		t.Errorf("the receipt says\n%s", s.out)
	}
	list := must(t, exitDone, dir, "import", "rejects", "1", "--format", "csv").out
	for _, want := range []string{"3,customer,", "4,date,soon,not_a_date", "5,amount,lots,not_a_number", ",nul_byte,", ",cell_too_long,"} {
		if !strings.Contains(list, want) {
			t.Errorf("the rejects do not list %s:\n%s", want, list)
		}
	}
	if again := must(t, exitRejected, dir, "import", file(t, "mixed.csv", mixed)); !strings.Contains(again.out, "kept 0, already known 4") {
		t.Errorf("the second time it says\n%s", again.out)
	}
	must(t, exitDone, dir, "import", "undo", "1")
	if s := must(t, exitDone, dir, "import", "list", "--format", "csv"); !strings.Contains(s.out, "2,mixed.csv,orders,file") {
		t.Errorf("after the undo there are\n%s", s.out)
	}
	// the second import is read again by the undo of the first: its four rows are its own now
	if s := must(t, exitDone, dir, "standings", "--day", "2025-02-01", "--format", "csv"); strings.Count(s.out, "\n") != 4 {
		t.Errorf("after the undo the customers are\n%s", s.out)
	}
}

func TestMistypedCommandsSayWhatIsMeant(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{
		{"lampz"}, {"round", "--day", "yesterday"}, {"lamps", "--format", "xml"}, {"standings", "--horizon", "-3"}, {"import"}, {"config", "set", "currency"},
	} {
		if s := run1(t, dir, args...); s.code != exitUsage || s.err == "" {
			t.Errorf("%v: exit %d, said %q %q", args, s.code, s.out, s.err)
		}
	}
	for _, args := range [][]string{
		{"round"}, {"lamps"}, {"standings"}, {"customer", "K-1"}, {"import", "undo", "7"}, {"import", "rejects", "7"},
		{"config", "set", "currency", "kroner"}, {"config", "set", "colour", "green"},
	} {
		if s := run1(t, dir, args...); s.code != exitFailed || !strings.Contains(s.err, "hint:") {
			t.Errorf("%v: exit %d, said %q %q", args, s.code, s.out, s.err)
		}
	}
	if s := run1(t, filepath.Join(file(t, "a-file", ""), "below"), "doctor"); s.code != exitFailed || !strings.Contains(s.err, "hint:") {
		t.Errorf("a data folder below a file: exit %d, said %q", s.code, s.err)
	}
	torn := t.TempDir()
	if err := os.WriteFile(filepath.Join(torn, "facts.duckdb"), []byte("this is no warehouse"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s := run1(t, torn, "doctor"); s.code != exitFailed || !strings.Contains(s.err, "hint:") {
		t.Errorf("a torn warehouse: exit %d, said %q", s.code, s.err)
	}
}

func zipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
