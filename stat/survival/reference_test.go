package survival

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"behold/internal/realdata"
)

// near checks a number against another within an absolute tolerance; NaN is
// never near.
func near(t *testing.T, got, want, tolerance float64, what ...any) {
	t.Helper()
	if got == want {
		return
	}
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%v: %.15g, want %.15g (off by %.2g, allowed %g)", what, got, want, got-want, tolerance)
	}
}

// close to a share of the number itself.
func nearly(t *testing.T, got, want, share float64, what ...any) {
	t.Helper()
	near(t, got, want, share*math.Abs(want), what...)
}

// reference reads one part of ../shared/reference/survival.json into a struct.
func reference(t testing.TB, into any, path ...string) {
	t.Helper()
	bytes, err := os.ReadFile(realdata.Path(t, "reference/survival.json"))
	if err != nil {
		t.Fatal(err)
	}
	part := json.RawMessage(bytes)
	for _, name := range path {
		var parts map[string]json.RawMessage
		if err := json.Unmarshal(part, &parts); err != nil {
			t.Fatal(err)
		}
		if parts[name] == nil {
			t.Fatalf("no %v in the reference", path)
		}
		part = parts[name]
	}
	if err := json.Unmarshal(part, into); err != nil {
		t.Fatal(err)
	}
}

// A table is a data set by column name; what is missing is NaN, text 0.
type table struct {
	text map[string][]string
	n    int
}

func readTable(t testing.TB, name string) table {
	t.Helper()
	file, err := os.Open(realdata.Path(t, "data/"+name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var r io.Reader = file
	if strings.HasSuffix(name, ".gz") {
		if r, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	all, err := csv.NewReader(r).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	tab := table{map[string][]string{}, len(all) - 1}
	for c, column := range all[0] {
		for _, row := range all[1:] {
			tab.text[column] = append(tab.text[column], row[c])
		}
	}
	return tab
}

func (tab table) numbers(t testing.TB, column string) []float64 {
	t.Helper()
	if tab.text[column] == nil {
		t.Fatalf("no column %s", column)
	}
	out := make([]float64, tab.n)
	for i, s := range tab.text[column] {
		if s == "" {
			out[i] = math.NaN()
			continue
		}
		x, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = x
	}
	return out
}

// is is 1 where a column has the value, else 0.
func (tab table) is(column, value string) []float64 {
	out := make([]float64, tab.n)
	for i, s := range tab.text[column] {
		if s == value {
			out[i] = 1
		}
	}
	return out
}

func (tab table) stays(t testing.TB, duration, left string) []Stay {
	t.Helper()
	d, l := tab.numbers(t, duration), tab.numbers(t, left)
	stays := make([]Stay, tab.n)
	for i := range stays {
		stays[i] = Stay{Duration: d[i], Left: l[i] == 1}
	}
	return stays
}

func (tab table) grouped(t testing.TB, stays []Stay, column string) []Stay {
	for i := range stays {
		stays[i].Group = tab.text[column][i]
	}
	return stays
}

func telco(t testing.TB) (table, []Stay) {
	tab := readTable(t, "telco_churn.csv.gz")
	kept := table{map[string][]string{}, 0}
	for i := range tab.n {
		if tab.text["tenure"][i] == "0" {
			continue
		}
		for column, values := range tab.text {
			kept.text[column] = append(kept.text[column], values[i])
		}
		kept.n++
	}
	left := kept.is("Churn", "Yes")
	stays := make([]Stay, kept.n)
	for i, d := range kept.numbers(t, "tenure") {
		stays[i] = Stay{Duration: d, Left: left[i] == 1, Group: kept.text["Contract"][i]}
	}
	return kept, stays
}

// staysOf is the sets of survival.json that have a Kaplan-Meier curve.
func staysOf(t testing.TB, name string) []Stay {
	switch name {
	case "rossi":
		return readTable(t, "rossi.csv").stays(t, "week", "arrest")
	case "waltons":
		tab := readTable(t, "waltons.csv")
		return tab.grouped(t, tab.stays(t, "T", "E"), "group")
	case "lung":
		return readTable(t, "lung.csv").stays(t, "time", "status")
	case "gbsg2":
		return readTable(t, "gbsg2.csv").stays(t, "time", "cens")
	case "larynx":
		return readTable(t, "larynx.csv").stays(t, "time", "death")
	case "multicenter_aids_cohort":
		tab := readTable(t, "multicenter_aids_cohort.csv")
		stays := tab.stays(t, "T", "D")
		for i, w := range tab.numbers(t, "W") {
			stays[i].Entry = w
		}
		return stays
	case "telco":
		_, stays := telco(t)
		return stays
	}
	t.Fatalf("no set %s", name)
	return nil
}

func inGroup(stays []Stay, group string) (out []Stay) {
	for _, s := range stays {
		if s.Group == group {
			out = append(out, s)
		}
	}
	return out
}

// numberOr is a number of the reference that may be null: not reached.
func numberOr(x *float64, otherwise float64) float64 {
	if x == nil {
		return otherwise
	}
	return *x
}
