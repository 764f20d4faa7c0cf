package table

import (
	"bytes"
	"encoding/csv"
	"io"
	"math"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"behold"
)

func of(t *testing.T, text string) *Table {
	t.Helper()
	tab, err := Read("t.csv", strings.NewReader(text), false)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestColumns(t *testing.T) {
	for _, text := range []string{
		"Name,T_x\nane,1.5\nbo,2\n", "Name|T_x\nane|1,5\nbo|2", "Name;T_x\r\nane;1,5\r\nbo;2\r\n", "Name\tT_x\nane\t1.5\n\nbo\t2.0",
	} {
		tab := of(t, text)
		got, err := tab.Numbers(tab.Find("tx"))
		if err != nil || !cmp.Equal(got, []float64{1.5, 2}) || !cmp.Equal(tab.Texts(tab.Find("NAME")), []string{"ane", "bo"}) {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
	if tab := of(t, "a;b\n1.234,5;x\n"); tab.Find("c") != -1 {
		t.Error("found a column that is not there")
	} else if got, err := tab.Numbers(0); err != nil || got[0] != 1234.5 {
		t.Errorf("decimal comma: %v %v", got, err)
	}
	if got := of(t, "navn\ncaf\xe9\n").Texts(0)[0]; got != "café" {
		t.Errorf("Windows-1252: %q", got)
	}
}

func TestTraits(t *testing.T) {
	tab := of(t, "age,city\n30,Odense\n,Aarhus\n40,\n50,Aarhus\n")
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
	flag := func(tab *Table) error { _, err := tab.Flags(0); return err }
	for text, read := range map[string]func(*Table) error{
		"a\n1\n\n\n\nx\n": number, "a,b\n1,\n2,\n3,\n4,\n,5\n": number, "a\n1\n2\n3\n4\nInf\n": number, "a\n1\n2\n3\n4\n0x10\n": number,
		"a\n1\n0\nyes\nno\n2\n": flag,
	} {
		err := read(of(t, text))
		if err == nil || !strings.Contains(err.Error(), "t.csv, line 6") || behold.HintOf(err) == "" {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{"", "a,b\n", "a,b\n1,2,3\n", "a,b\n1\n", "a,b,a\n1,2,3\n", "\x00\x01", "a\x00b\n1\n"} {
		if _, err := Read("t.csv", strings.NewReader(text), false); behold.KindOf(err) != behold.Invalid || behold.HintOf(err) == "" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// Rows of a workbook end with their last filled cell.
func TestRagged(t *testing.T) {
	tab, err := Read("t.xlsx", strings.NewReader("a,b\n1\n\n3,4\n"), true)
	if err != nil || !cmp.Equal(tab.Texts(1), []string{"", "4"}) || tab.Line(1) != 4 {
		t.Errorf("%v: %v", tab, err)
	}
	if _, err := Read("t.xlsx", strings.NewReader("a,b\n1\n1,2,3\n"), true); err == nil || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("a row longer than the header: %v", err)
	}
	if _, err := Read("t.csv", iotest.ErrReader(io.ErrUnexpectedEOF), false); behold.KindOf(err) != behold.Invalid {
		t.Errorf("a file that is cut off: %v", err)
	}
}

// Whatever is in a file, it is read or refused; what is read and written again
// is read the same.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "a;b\n\"x;\ny\";2,5\n", "d|e\n1|2\n", "a\tb\n\xe9\t\"\n", "a\n\"", ",\n,\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		tab, err := Read("t.csv", bytes.NewReader(text), false)
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
			if len(row) == 1 && (row[0] == "" || strings.ContainsAny(row[0], ",;\t|")) || strings.ContainsAny(strings.Join(row, ""), "\r\n") {
				return // an empty line is none; another separator would win
			}
			if err := w.Write(row); err != nil {
				t.Fatal(err)
			}
		}
		w.Flush()
		for i := range tab.Columns {
			_, _ = tab.Numbers(i)
			_, _ = tab.Flags(i)
			_, _ = tab.Traits(i)
		}
		if strings.Count(strings.Join(tab.Columns, ""), ",")+strings.Count(strings.Join(tab.Columns, ""), ";")+strings.Count(strings.Join(tab.Columns, ""), "\t")+strings.Count(strings.Join(tab.Columns, ""), "|") > 0 {
			return // separators inside headings: the guess may differ
		}
		second, err := Read("t.csv", &again, false)
		if err != nil || !cmp.Equal(second.rows, tab.rows) || !cmp.Equal(second.Columns, tab.Columns) {
			t.Errorf("%q was read as %q %q, and written and read again as %v %v", text, tab.Columns, tab.rows, second, err)
		}
	})
}
