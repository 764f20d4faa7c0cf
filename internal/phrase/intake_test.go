package phrase

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"behold"
)

// Every code that intake rejects or notes with is said in every language, and
// the English sentences are those that stand beside the codes. Rooms of one
// floor do not import one another, so intake's file is read.
func TestIntakeCodesAreSaid(t *testing.T) {
	b, err := os.ReadFile("../intake/whys.go")
	if err != nil {
		t.Fatal(err)
	}
	source := string(b)
	codes := regexp.MustCompile(`\b((?:Why|Note)\w+)\s+= "([a-z_]+)"`).FindAllStringSubmatch(source, -1)
	sayings := map[string][]string{}
	for _, m := range regexp.MustCompile(`((?:Why|Note)\w+):\s+{"((?:[^"\\]|\\.)*)", "((?:[^"\\]|\\.)*)"}`).FindAllStringSubmatch(source, -1) {
		sayings[m[1]] = m[2:]
	}
	if len(codes) < 20 || len(sayings) != len(codes) {
		t.Fatalf("%d codes and %d sayings read from intake", len(codes), len(sayings))
	}
	braces := regexp.MustCompile(`{(\w+)}`)
	all := readCatalogues(t)["en"]
	for _, m := range codes {
		key := "note." + m[2]
		if strings.HasPrefix(m[1], "Why") {
			key = "reject." + m[2]
		}
		says := sayings[m[1]]
		for i, want := range says {
			key := key + []string{"", ".hint"}[i]
			if forms := all[key]; forms["other"] != "" { // it counts its rows
				forms[""] = strings.ReplaceAll(forms["other"], "{{.N}}", "{{.rows}}")
			}
			if got := all[key][""]; got != braces.ReplaceAllString(want, "{{.$1}}") {
				t.Errorf("%s: %q, intake says %q", key, got, want)
			}
		}
	}
}

// Every column that intake knows has a name in every language.
func TestIntakeColumnsAreNamed(t *testing.T) {
	b, err := os.ReadFile("../intake/field.go")
	if err != nil {
		t.Fatal(err)
	}
	fields := regexp.MustCompile(`\bf[A-Z]\w+: "([a-z_]+)"`).FindAllStringSubmatch(string(b), -1)
	if len(fields) < 40 {
		t.Fatalf("%d columns read from intake", len(fields))
	}
	for _, table := range behold.Tables() {
		for _, c := range table.Columns() {
			fields = append(fields, []string{"", c.Name})
		}
	}
	for _, f := range fields {
		if !For("en").Has("column." + f[1]) {
			t.Errorf("column.%s is not said", f[1])
		}
	}
}

func TestNote(t *testing.T) {
	n := behold.Note{Code: "dates_ambiguous", Args: map[string]string{"column": "Dato", "taken": "dag/måned"}}
	if got, want := For("da").Note(n), "Alle datoer i Dato kan læses som dag/måned eller som måned/dag; vi valgte dag/måned. Sig til, hvis det er forkert."; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	twice := behold.Note{Code: "column_twice", Args: map[string]string{"kept": "Dato", "header": "Betalt", "field": "ordered_at"}}
	if got, want := For("da").Note(twice), "Både Dato og Betalt ligner »Dato«; vi brugte Dato og beholdt Betalt som en ekstra oplysning."; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	for rows, want := range map[string]string{"1": "1 row has no amount and counts as 0.", "1234": "1,234 rows have no amount and count as 0."} {
		if got := For("en").Note(behold.Note{Code: "amount_empty", Args: map[string]string{"rows": rows}}); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
	if got, want := For("en").Note(behold.Note{Code: "no_rows"}), "The file has a header and no rows."; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got, want := For("sv").RejectedHint("date_range"), "Rätta datumet."; got != want || For("sv").Rejected("no_date") == "" {
		t.Errorf("%s\nwant %s", got, want)
	}
}
