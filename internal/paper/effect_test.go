package paper_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"behold"
	"behold/internal/paper"
	"behold/internal/phrase"
	"behold/internal/task"
)

// trial is what came of so many episodes: of those with attention so many in a
// hundred stay, of the held out half.
func trial(t *testing.T, n int, stay float64) *task.Report {
	t.Helper()
	monday, dice := behold.Date(2025, 3, 3), rand.New(rand.NewPCG(1, 8))
	q := &task.Asked{Day: monday + 300, Horizon: 56, Currency: "DKK", Playbooks: task.Playbooks(), Settings: behold.DefaultSettings(), Lit: 40}
	q.Settings.HourRate = 450
	for i := range n {
		e := behold.Episode{Customer: int32(i), ID: "K", Begins: monday + behold.Day(i*182/n), Share: .2, Leave: .5, Active: .9, Residual: 9000, Reason: behold.Overlooked, Action: behold.ActCall}
		if i%3 == 0 {
			e.Reason, e.Action = behold.BrokenPromise, behold.ActKeepPromise
		}
		e.Ends, e.Held = e.Begins+56, dice.Float64() < .2
		chance := stay
		if e.Held {
			chance = .5
		}
		q.Episodes = append(q.Episodes, behold.Outcome{
			Episode: e, Read: e.Ends, Kept: dice.Float64() < chance, Spoken: !e.Held && i%4 > 0, Complained: i%17 == 0,
			Discount: behold.MoneyOf(float64(i%5), "DKK"), MarginRead: e.Begins + 180, Margin: behold.MoneyOf(float64(i%90), "DKK"),
		})
	}
	r, err := task.NewReport(q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The report says what it knows, and nothing that it does not, in every language.
func TestEffect(t *testing.T) {
	said := map[string]map[string]string{
		"helps": {"en": "In 34 weeks attention kept", "da": "På 34 uger har opmærksomhed beholdt", "sv": "På 34 veckor", "nb": "På 34 uker", "nl": "In 34 weken heeft aandacht"},
		"open":  {"en": "it is not shown yet", "da": "endnu ikke vist", "sv": "ännu inte visat", "nb": "ennå ikke vist", "nl": "nog niet aangetoond"},
		"early": {"en": "It is too early", "da": "Det er for tidligt", "sv": "Det är för tidigt", "nb": "Det er for tidlig", "nl": "Het is te vroeg"},
		"off":   {"en": "No effect is claimed", "da": "loves ingen effekt", "sv": "påstås ingen effekt", "nb": "hevdes ingen effekt", "nl": "geen effect geclaimd"},
	}
	off, err := task.NewReport(&task.Asked{Day: behold.Date(2025, 3, 3)})
	if err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]*task.Report{"helps": trial(t, 900, .8), "open": trial(t, 400, .5), "early": trial(t, 60, .8), "off": off} {
		for _, lang := range phrase.Languages() {
			d := paper.Effect(phrase.For(lang).In("DKK"), paper.Made{Company: "Kro", Version: "1"}, r)
			var text, page bytes.Buffer
			if err := d.Text(&text); err != nil {
				t.Fatal(err)
			}
			if err := d.HTML(&page); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(d.Leads[0], said[name][lang]) {
				t.Errorf("%s, %s: %s", name, lang, d.Leads[0])
			}
			if strings.Contains(text.String(), "[effect") || strings.Contains(page.String(), "<no value>") || strings.Contains(text.String(), "NaN") {
				t.Errorf("%s, %s: %s", name, lang, text.String())
			}
			if shown := strings.Contains(page.String(), "<svg"); shown != (name == "helps" || name == "open") {
				t.Errorf("%s, %s: a picture: %v", name, lang, shown)
			}
			if name == "helps" && lang == "en" && !strings.Contains(d.Leads[0], "Each cost") || name == "open" && strings.Contains(text.String(), "One kept customer cost") {
				t.Errorf("%s", text.String())
			}
			if name == "helps" && testing.Verbose() {
				t.Log(d.Leads[0])
			}
		}
	}
}
