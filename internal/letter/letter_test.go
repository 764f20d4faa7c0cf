package letter

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"behold"
	"behold/internal/lamp"
	"behold/internal/phrase"
	"behold/internal/round"
	"behold/internal/survey"
	"behold/internal/team"
)

var update = flag.Bool("update", false, "write the golden files anew")

var today = behold.Date(2025, 11, 20)

func kr(major float64) behold.Money { return behold.MoneyOf(major, "DKK") }

// worth is a customer who has been silent for long.
func worth(id, name string, risk float64, calibrated bool) round.Worth {
	st := behold.Standing{ID: id, Name: name, Forecast: behold.Forecast{
		ChanceLeave: 0.62, ChanceLeaveLow: 0.49, ChanceLeaveHigh: 0.71, Calibrated: calibrated, MoneyAtRisk: kr(risk),
	}}
	step := behold.Step{Action: behold.ActCall, Channel: "call", Minutes: 15, Within: 1}
	return round.Worth{Standing: st, Task: behold.Task{ID: id, Step: step, Due: today + 1}, Lit: []behold.LampCard{{ID: id, Name: name, Lamp: behold.Lamp{
		Kind: behold.LampRhythm, Reason: behold.UnknownReason, State: behold.Lit,
		Evidence: behold.Evidence{Facts: []behold.Fact{
			{Name: "occasions", Number: 44}, {Name: "usual_gap_days", Number: 31}, {Name: "usual_low_days", Number: 14}, {Name: "usual_high_days", Number: 52},
			{Name: "silent_days", Number: 84}, {Name: "one_in", Number: 410}, {Name: "last_order_on", Day: today - 84},
		}},
	}}}}
}

// morningOf is a morning with something of everything.
func morningOf() *Morning {
	long := worth("K-1047", "Restaurant Rødgrød med fløde på den anden side af Øresund og det lange navn som aldrig ender", 24000, false)
	two := worth("K-1042", "Hotel Strandgården 😀", 412345, true)
	two.Lit = append(two.Lit, behold.LampCard{Lamp: behold.Lamp{Kind: behold.LampCategory, Evidence: behold.Evidence{Facts: []behold.Fact{
		{Name: "category", Text: "Te"}, {Name: "others", Number: 3}, {Name: "silent_days", Number: 120}, {Name: "usual_gap_days", Number: 30},
	}}}})
	return &Morning{
		Round: today - 1, Newest: today - 1, Currency: "DKK", All: 9,
		Worth: []round.Worth{two, worth("A/B 7", "<b>Brød & Søn</b>", 51000, true), long},
		Promises: []Promise{
			{Customer: "Hotel Strandgården 😀", What: "Send tilbud på ny kværn", Due: today - 3},
			{Customer: "Klinik Sundby", What: "Ring om\nleveringen", Due: today - 1},
			{Customer: "Café Lykke", What: "Prøver af mørk ristning", Due: today},
		},
		Kept: []string{"Kantine Vest", "Slagter Jensen", "Café Lykke", "Rådhuskælderen", "Østerport Kontorhotel"},
	}
}

func weekOf() *round.Week {
	return &round.Week{
		Day:    today - 4,
		Now:    behold.LampSummary{Day: today - 4, Lamps: 48, Customers: 40, MoneyAtRisk: kr(1234567), Reasons: map[behold.Reason]int{behold.Competitor: 12, behold.UnknownReason: 20, behold.Overlooked: 1, "price": 0}},
		Before: behold.LampSummary{Day: today - 11, Lamps: 41, Customers: 36, MoneyAtRisk: kr(1100000)},
		Lit:    9, Out: 1, Lost: 12, LostThen: 11, Left: 2, Due: 8, Kept: 6, Newest: today - 9,
		Gaps:     []lamp.FeedGap{{From: today - 8, To: today - 8, Days: 1}, {From: today - 6, To: today - 5, Days: 2}},
		Lying:    []behold.Task{{ID: "K-1042", Name: "Hotel Strandgården 😀", Colleague: "mette@nordkaffe.example", Lying: 6, Escalated: true}, {ID: "K-9", Lying: 1, Escalated: true}},
		Unjudged: 5, Lacks: []behold.Table{behold.TableTickets, behold.TableAnswers},
		Heard: &round.VoiceReport{Now: &survey.Window{From: today - 40, To: today - 4, Open: true, Share: survey.Share{N: 10, Top: 3, Value: 0.3, Low: 0.05, High: 0.74}}},
		Deeds: []behold.Deed{{Theme: behold.SlowResponse, Said: "Nobody <b>answers", Did: "One number for all"}},
		Saved: []string{"Café Lykke (Mette Ødegård)", "Slagter\nJensen"}, Effect: []string{"In 30 weeks attention kept 11 customers (4 to 18) who would have left."},
		Promised: &team.PromiseReport{All: keeping("", 14, 10, .71, .45, .89), Teams: []team.Keeping{keeping("Øst", 8, 4, .5, .2, .8), {Whose: "", Due: 6, KeptInTime: 6}}},
	}
}

func keeping(whose string, due, kept int, share, low, high float64) team.Keeping {
	return team.Keeping{Whose: whose, Due: due, Kept: kept, KeptInTime: kept, Share: &share, Low: &low, High: &high}
}

func madeIn(lang string) Made {
	return Made{
		Words: phrase.For(lang), For: behold.Colleague{Email: "mette@nordkaffe.example", Name: "Mette Ødegård", Role: behold.Owner}, Today: today,
		Company: "Nordkaffe A/S", Years: 5, Base: "https://behold.nordkaffe.example", Stop: "https://behold.nordkaffe.example/letters/stop/bW9ybmluZyBt.c2lnbmVk",
	}
}

// letters are all letters in a language, by the name of their golden file.
func letters(t *testing.T, lang string) map[string]Written {
	t.Helper()
	all := map[string]Written{}
	put := func(name string, w Written, err error) {
		if err != nil {
			t.Fatal(err)
		}
		all[name] = w
	}
	made := madeIn(lang)
	w, err := MorningList(made, morningOf())
	put("morning", w, err)
	bare := made
	bare.Base, bare.Stop, bare.Company, bare.Invented, bare.For.Name = "", "", "", true, ""
	w, err = MorningList(bare, &Morning{Round: today - 30, Newest: today - 30, Whole: true, Promises: []Promise{{Customer: "K-1", What: "Kaffe", Due: today}}})
	put("morning.promises", w, err)
	w, err = MorningList(made, &Morning{Round: today, Newest: today, Currency: "DKK"})
	put("morning.nothing", w, err)
	w, err = Weekly(made, "DKK", weekOf())
	put("weekly", w, err)
	w, err = Weekly(made, "DKK", &round.Week{Day: today - 4, Before: behold.LampSummary{Day: behold.NoDay}, LostThen: -1, Newest: behold.NoDay})
	put("weekly.quiet", w, err)
	w, err = Monthly(made, &Month{Of: today - 31, Round: today - 1, Verdict: "worse", Answers: []Part{{Title: "Q1?", Says: []string{"A1.", "A2."}}, {Title: "Q2?", Says: []string{"A3."}}}})
	put("monthly", w, err)
	w, err = Monthly(bare, &Month{Of: today - 31, Round: behold.NoDay})
	put("monthly.nothing", w, err)
	w, err = Test(made)
	put("test", w, err)
	return all
}

// TestGolden holds every letter's text against a file that a person can read.
func TestGolden(t *testing.T) {
	for _, lang := range phrase.Languages() {
		for name, w := range letters(t, lang) {
			got := w.Subject + "\n\n" + w.Text
			golden := filepath.Join("testdata", name+"."+lang+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("%s (run with -update when the change is meant):\n%s", golden, diff)
			}
		}
	}
}

var (
	unsaid = regexp.MustCompile(`\[[a-z_]+\.[a-z0-9_.]+\]`)
	remote = regexp.MustCompile(`(?i)<img|<script|<link|@import|url\(|src=|background=|javascript:|\son[a-z]+=`)
	tagged = regexp.MustCompile(`<(?:p|h1|h2|a|li)\b[^>]*>`)
)

// Every letter: no phrase missing, nothing fetched, styles inline, light, and in
// plain letters no line too wide.
func TestEveryLetter(t *testing.T) {
	for _, lang := range phrase.Languages() {
		for name, w := range letters(t, lang) {
			where := name + " in " + lang
			for _, form := range []string{w.Subject, w.Text, w.HTML} {
				if m := unsaid.FindString(form); m != "" {
					t.Errorf("%s: unsaid: %s", where, m)
				}
				if strings.Contains(form, "<no value>") {
					t.Errorf("%s: a phrase lacks a value", where)
				}
			}
			if m := remote.FindString(w.HTML); m != "" {
				t.Errorf("%s: fetches or runs something: %q", where, m)
			}
			for _, tag := range tagged.FindAllString(w.HTML, -1) {
				if !strings.Contains(tag, "style=") {
					t.Errorf("%s: %s has no style of its own", where, tag)
				}
			}
			if len(w.HTML) > 100_000 || !strings.Contains(w.HTML, `<html lang="`+lang+`">`) || !utf8.ValidString(w.HTML) {
				t.Errorf("%s: %d bytes", where, len(w.HTML))
			}
			if strings.Contains(w.Subject, "\n") || utf8.RuneCountInString(w.Subject) > 78 {
				t.Errorf("%s: the subject is %q", where, w.Subject)
			}
			for _, line := range strings.Split(w.Text, "\n") {
				if utf8.RuneCountInString(line) > width && !strings.Contains(line, "https://") {
					t.Errorf("%s: a line of %d: %s", where, utf8.RuneCountInString(line), line)
				}
				if line != strings.TrimRight(line, " ") && line != "-- " {
					t.Errorf("%s: a line ends in a blank: %q", where, line)
				}
			}
		}
	}
}

// What comes from files is text, and leads where it should.
func TestNamesAreText(t *testing.T) {
	w, err := MorningList(madeIn("en"), morningOf())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"&lt;b&gt;Brød &amp; Søn&lt;/b&gt;", `href="https://behold.nordkaffe.example/customers/A%2FB%207"`, `href="https://behold.nordkaffe.example/letters/stop/bW9ybmluZyBt.c2lnbmVk"`} {
		if !strings.Contains(w.HTML, want) {
			t.Errorf("the letter has no %s", want)
		}
	}
	if strings.Contains(w.HTML, "<b>Brød") || strings.Contains(w.Subject, "Strandgården") {
		t.Error("a name is markup, or stands in the subject")
	}
	hostile := morningOf()
	hostile.Worth[0].Name, hostile.Worth[0].ID = "A\r\nBcc: x\u202eevil", "../../x?y#z"
	made := madeIn("en")
	made.For.Name = "Eve\r\nSubject: x"
	if w, err = MorningList(made, hostile); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(w.Text, "\r") || strings.Contains(w.Text, "\nBcc:") || strings.Contains(w.Text, "\u202e") || !strings.Contains(w.Text, "/customers/..%2F..%2Fx%3Fy%23z\n") {
		t.Errorf("the letter says:\n%s", w.Text)
	}
}
