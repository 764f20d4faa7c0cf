package table

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"behold"
)

func parse(t *testing.T, text string) *Table {
	t.Helper()
	tab, err := Parse("t.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestColumns(t *testing.T) {
	for _, text := range []string{
		"Name,T_x\nane,1.5\nbo,2\n", "\ufeffName;T_x\r\nane;1,5\r\nbo;2\r\n", "Name\tT_x\nane\t1.5\n\nbo\t2.0",
	} {
		tab := parse(t, text)
		got, err := tab.Numbers(tab.Find("tx"))
		if err != nil || !cmp.Equal(got, []float64{1.5, 2}) || !cmp.Equal(tab.Texts(tab.Find("NAME")), []string{"ane", "bo"}) {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
	if tab := parse(t, "a;b\n1.234,5;x\n"); tab.Find("c") != -1 {
		t.Error("found a column that is not there")
	} else if got, err := tab.Numbers(0); err != nil || got[0] != 1234.5 {
		t.Errorf("decimal comma: %v %v", got, err)
	}
	if got := parse(t, "navn\ncaf\xe9\n").Texts(0)[0]; got != "café" {
		t.Errorf("Windows-1252: %q", got)
	}
}

func TestDays(t *testing.T) {
	want := []behold.Day{behold.Date(2025, 3, 14), behold.Date(2025, 4, 2)}
	for _, text := range []string{
		"2025-03-14\n2025-04-02", "2025-03-14 10:11:12\n2025-04-02T00:00:00Z", "20250314\n20250402",
		"14-03-2025\n02-04-2025", "14.03.2025\n02.04.2025", "14/03/2025\n02/04/2025", "03/14/2025\n04/02/2025",
	} {
		got, err := parse(t, "day\n"+text+"\n").Days(0)
		if err != nil || !cmp.Equal(got, want) {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
}

func TestTraits(t *testing.T) {
	tab := parse(t, "age,city\n30,Odense\n,Aarhus\n40,\n50,Aarhus\n")
	age, err := tab.Traits(0)
	if err != nil || len(age) != 1 || age[0].Values[0] != 30 || !math.IsNaN(age[0].Values[1]) {
		t.Errorf("age: %v %v", age, err)
	}
	city, err := tab.Traits(1)
	if err != nil || len(city) != 1 || city[0].Name != "city=Odense" || city[0].Values[0] != 1 || city[0].Values[1] != 0 || !math.IsNaN(city[0].Values[2]) {
		t.Errorf("city: %v %v", city, err)
	}
}

// What is wrong is said with its line, and what to do about it.
func TestWrongCells(t *testing.T) {
	number := func(tab *Table) error { _, err := tab.Numbers(0); return err }
	day := func(tab *Table) error { _, err := tab.Days(0); return err }
	flag := func(tab *Table) error { _, err := tab.Flags(0); return err }
	for text, read := range map[string]func(*Table) error{
		"a\n1\n\n\n\nx\n": number, "a,b\n1,\n2,\n3,\n4,\n,5\n": number, "a\n1\n2\n3\n4\nInf\n": number, "a\n1\n2\n3\n4\n0x10\n": number,
		"a\n2025-01-01\n2025-01-01\n2025-01-01\n2025-01-01\n2025-02-30\n": day, "a\n2025-01-01\n20250101\n2025-01-02\n2025-01-03\n01/02/2025\n": day,
		"a\n1\n0\nyes\nno\n2\n": flag,
	} {
		err := read(parse(t, text))
		if err == nil || !strings.Contains(err.Error(), "t.csv, line 6") || behold.HintOf(err) == "" {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{"", "a,b\n", "a,b\n1,2,3\n", "a,b\n1\n", "\x00\x01", "a\x00b\n1\n"} {
		if _, err := Parse("t.csv", []byte(text)); behold.KindOf(err) != behold.Invalid || behold.HintOf(err) == "" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestOpen(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte("a,b\n1,2\n")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "t.csv.gz")
	if err := os.WriteFile(path, packed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if tab, err := Open(path); err != nil || tab.Len() != 1 || tab.Find("b") != 1 {
		t.Errorf("gzip: %v %v", tab, err)
	}
	if err := os.WriteFile(path, packed.Bytes()[:packed.Len()-6], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path); behold.KindOf(err) != behold.Invalid {
		t.Errorf("cut gzip: %v", err)
	}
	if _, err := Open(path + "x"); behold.KindOf(err) != behold.NotFound {
		t.Errorf("no file: %v", err)
	}
}

// Whatever is in a file, it is read or refused; what is read and written again
// is read the same.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "a;b\n\"x;\ny\";2,5\n", "\ufeffd\n14/03/2025\n", "a\tb\n\xe9\t\"\n", "a\n\"", ",\n,\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		tab, err := Parse("t.csv", text)
		if err != nil {
			if behold.KindOf(err) != behold.Invalid {
				t.Fatal(err)
			}
			return
		}
		var again bytes.Buffer
		w := csv.NewWriter(&again)
		w.Comma = tab.comma
		for _, row := range append([][]string{tab.Columns}, tab.rows...) {
			if len(row) == 1 && (row[0] == "" || strings.ContainsAny(row[0], ",;\t")) || strings.ContainsAny(strings.Join(row, ""), "\r\n") {
				return // an empty line is none; another separator would win
			}
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		w.Flush()
		for i := range tab.Columns {
			_, _ = tab.Numbers(i)
			_, _ = tab.Days(i)
			_, _ = tab.Flags(i)
			_, _ = tab.Traits(i)
		}
		if strings.Count(strings.Join(tab.Columns, ""), ",")+strings.Count(strings.Join(tab.Columns, ""), ";")+strings.Count(strings.Join(tab.Columns, ""), "\t") > 0 || strings.HasPrefix(tab.Columns[0], "\ufeff") {
			return // separators inside headings: the guess may differ
		}
		second, err := Parse("t.csv", again.Bytes())
		if err != nil || !cmp.Equal(second.rows, tab.rows) || !cmp.Equal(second.Columns, tab.Columns) {
			t.Errorf("%q was read as %q %q, and written and read again as %v %v", text, tab.Columns, tab.rows, second, err)
		}
	})
}
