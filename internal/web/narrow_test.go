package web

import (
	"encoding/csv"
	"strings"
	"testing"

	"behold"
)

// The address narrows a list, says so, and each answer can be taken away by
// itself; what was left empty is not in the way.
func TestListsAreNarrowedByTheirAddress(t *testing.T) {
	s := nordkaffe()
	for i := range s.customers {
		s.customers[i].Segment, s.customers[i].Colleague = []string{"Hotel", "Café"}[i%2], []string{"Mette@nordkaffe.example", ""}[i%2]
	}
	for i := range s.lamps {
		s.lamps[i].Colleague = behold.ColleagueKey(s.customers[s.lamps[i].Customer].Colleague)
	}
	h := New(s.deps(t.TempDir()))
	for target, wants := range map[string][]string{
		"/customers?q=kunde&state=&segment=Hotel&region=":         {">59 customers<", `href="/customers?segment=Hotel"`, `href="/customers?q=kunde"`, `<option value="Hotel" selected`},
		"/customers?sort=name-desc":                               {`aria-sort="descending"`, "not been computed yet"},
		"/customers?sort=loyalty":                                 {`<option value="money-desc" selected`},
		"/customers?whose=mette@nordkaffe.example":                {">65 customers<", `<option value="mette@nordkaffe.example" selected`},
		"/customers?q=nobody+at+all":                              {">0 customers<", `href="/customers"`},
		"/lamps?kind=category_lost&whose=mette@nordkaffe.example": {">8 lamps<", `href="/lamps?kind=category_lost"`},
		"/lamps?kind=category_lost":                               {">15 lamps<", "(15)"},
	} {
		status, body, header := ask(t, h, "GET", target, nil)
		if status != 200 {
			t.Errorf("%s: status %d", target, status)
		}
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s does not say %s", target, want)
			}
		}
		if strings.Contains(header.Get("HX-Push-Url"), "=&") {
			t.Errorf("%s is pushed as %s", target, header.Get("HX-Push-Url"))
		}
	}
}

// The file has every customer that the list has, harmless to spreadsheets.
func TestCustomersCSV(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	status, body, _ := ask(t, h, "GET", "/customers.csv?q=kunde&sort=name", nil)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\xef\xbb\xbf"))).ReadAll()
	if status != 200 || err != nil || len(rows) != 119 || rows[0][0] != "customer" || rows[1][1] != "Kunde 012" {
		t.Errorf("status %d, %d rows, %v", status, len(rows), err)
	}
	if _, body, _ = ask(t, h, "GET", "/customers.csv", nil); !strings.Contains(body, ",'=SUM(A1),") {
		t.Error("a name begins a formula")
	}
}
