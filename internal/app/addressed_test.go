package app

import (
	"os"
	"path/filepath"
	"testing"

	"behold"
)

// Answers that name an e-mail address belong to the customer who has it; the same
// file again doubles nothing, and neither does a longer one.
func TestAnswersByAddress(t *testing.T) {
	a := openApp(t, t.TempDir())
	read := func(name, text string) *behold.Receipt {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		r, err := a.Import(t.Context(), ImportJob{Path: path, File: name})
		if err != nil {
			t.Fatal(err, behold.HintOf(err))
		}
		return r
	}
	read("customers.csv", "customer,name,email\nK-1,Kunde Et,Info@et.example\nK-2,Kunde To,\nK-3,Tre,shared@x.example\nK-4,Fire,shared@x.example\n")
	read("people.csv", "customer,person,name,email\nK-2,P-1,Bo,bo@to.example\n")
	const first = "Email,Survey Type,Score,Comment,Response Created At\ninfo@et.example,nps,9,Fint,2025-03-14 09:00:00\nbo@to.example,csat,2,For langsomt,2025-03-15 10:00:00\nshared@x.example,nps,3,,2025-03-15 11:00:00\n"
	if r := read("responses.csv", first); r.Table != behold.TableAnswers || r.Kept != 3 {
		t.Fatalf("%+v", r)
	}
	if r := read("responses.csv", first); r.Kept != 0 || r.Known != 3 {
		t.Errorf("again: %+v", r)
	}
	if r := read("more.csv", first+"info@et.example,nps,10,,2025-06-14 09:00:00\n"); r.Kept != 1 || r.Known != 3 {
		t.Errorf("a longer one: %+v", r)
	}
	for id, want := range map[string]int{"K-1": 2, "K-2": 1, "K-3": 0, "K-4": 0, "shared@x.example": 1} {
		events, _, err := a.Facts.Events(t.Context(), id, someday(), behold.Slice{})
		if err != nil && behold.KindOf(err) != behold.NotFound {
			t.Fatal(err)
		}
		n := 0
		for _, e := range events {
			if e.Table == behold.TableAnswers {
				n++
			}
		}
		if n != want {
			t.Errorf("%s has %d answers, want %d", id, n, want)
		}
	}
}
