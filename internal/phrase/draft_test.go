package phrase

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"behold"
)

var updateDrafts = flag.Bool("drafts", false, "write the golden drafts anew")

func draftLamp(kind behold.LampKind, facts ...behold.Fact) behold.Lamp {
	// what is ours alone stands beside what may be said
	facts = append(facts, behold.Fact{Name: "over", Number: 48213, Text: "DKK", Day: behold.NoDay}, behold.Fact{Name: "one_in", Number: 377, Day: behold.NoDay})
	return behold.Lamp{Kind: kind, P: 0.0037, Evidence: behold.Evidence{Facts: facts}}
}

func dayFact(name string) behold.Fact {
	return behold.Fact{Name: name, Day: behold.Date(2025, 11, 3)}
}

// draftCases are all actions, each with a lamp to speak of, and all lamps.
func draftCases() (list []DraftFacts) {
	base := DraftFacts{Channel: "mail", Name: "Lærke Engskov", From: "Mette Holm", Company: "Nordkaffe", Today: behold.Date(2025, 11, 20), Promised: behold.NoDay}
	add := func(change func(*DraftFacts)) {
		f := base
		change(&f)
		list = append(list, f)
	}
	rhythm := draftLamp(behold.LampRhythm, dayFact("last_order_on"))
	for _, a := range behold.Actions() {
		add(func(f *DraftFacts) { f.Action, f.Lamps = a, []behold.Lamp{rhythm} })
	}
	coffee := behold.Fact{Name: "category", Text: "Kaffe", Day: behold.NoDay}
	for _, l := range []behold.Lamp{
		draftLamp(behold.LampAttention), draftLamp(behold.LampSlow, dayFact("opened_on")), draftLamp(behold.LampComplaint, dayFact("opened_on")),
		draftLamp(behold.LampPromise, dayFact("due_on")), draftLamp(behold.LampSatisfied, dayFact("answered_on")), draftLamp(behold.LampEffort),
		draftLamp(behold.LampReturns), draftLamp(behold.LampCategory, coffee, dayFact("last_order_on")), draftLamp(behold.LampReplacement, coffee, dayFact("last_order_on")),
		draftLamp(behold.LampIntroEnds, behold.Fact{Name: "intro_until", Day: behold.Date(2025, 12, 1)}), draftLamp(behold.LampContract, behold.Fact{Name: "ends_on", Day: behold.Date(2026, 1, 1)}),
		draftLamp(behold.LampPersonLeft), draftLamp(behold.LampQuote, dayFact("quoted_on")), draftLamp(behold.LampUnwanted), draftLamp(behold.LampDigital), draftLamp(behold.LampPaysMore),
	} {
		add(func(f *DraftFacts) { f.Action, f.Channel, f.Lamps = behold.ActCall, "call", []behold.Lamp{l} })
	}
	add(func(f *DraftFacts) {
		f.Action, f.Promise, f.Promised = behold.ActKeepPromise, "nye skeer", behold.Date(2025, 11, 3)
	})
	add(func(f *DraftFacts) {
		f.Action, f.Also = behold.ActUpsell, &behold.Companion{Have: "Kaffe", Also: "Te", Both: 38, All: 51}
	})
	add(func(f *DraftFacts) { f.Action, f.Name, f.All = behold.ActWinBack, "Café Lykke", true })
	add(func(f *DraftFacts) { f.Action, f.Name, f.From, f.Person = behold.ActAmbassador, "Ida Krogh", "", true })
	add(func(f *DraftFacts) {
		f.Action, f.Channel, f.Name, f.From, f.Person = behold.ActCall, "visit", "", "", true
	})
	return list
}

// What is said to customers, to be read by a native speaker: testdata/draft.LANG.txt.
// None of it tells a chance, an amount or an odds that are ours alone.
func TestDrafts(t *testing.T) {
	ours := regexp.MustCompile(`48|377|0[.,]0037|DKK|kr\.|%`)
	for _, lang := range Languages() {
		var b strings.Builder
		for _, f := range draftCases() {
			d := For(lang).Draft(f)
			lamp := ""
			if len(f.Lamps) > 0 {
				lamp = " " + string(f.Lamps[0].Kind)
			}
			fmt.Fprintf(&b, "== %s by %s%s\n", f.Action, f.Channel, lamp)
			if d.Subject != "" {
				fmt.Fprintf(&b, "-- %s\n", d.Subject)
			}
			b.WriteString(d.Text + "\n\n")
			if m := ours.FindString(d.Subject + d.Text); m != "" {
				t.Errorf("%s: %s tells %q", lang, f.Action, m)
			}
			if strings.ContainsAny(d.Text, "[]{}") {
				t.Errorf("%s: %s has a place that was not filled: %s", lang, f.Action, d.Text)
			}
		}
		golden := filepath.Join("testdata", "draft."+lang+".txt")
		if *updateDrafts {
			if err := os.MkdirAll("testdata", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), b.String()); diff != "" {
			t.Errorf("%s (run with -drafts when the change is meant):\n%s", lang, diff)
		}
	}
}

func TestOwnWording(t *testing.T) {
	f := draftCases()[0]
	f.Own = &behold.Wording{Subject: "Hej {name}", Text: "{what happened}\n{me}, {company} {nonsense} [a/b]"}
	want := Draft{Subject: "Hej Lærke Engskov", Own: true,
		Text: "Det er et stykke tid siden, vi fik en ordre fra jer: den seneste er fra den 3. november 2025.\nMette Holm, Nordkaffe {nonsense} [a/b]"}
	if got := For("da").Draft(f); got != want {
		t.Errorf("%+v", got)
	}
}
