package paper

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"behold"
	"behold/internal/lamp"
	"behold/internal/phrase"
	"behold/internal/round"
)

var today = behold.Date(2025, 6, 30)

func pointer(x float64) *float64 { return &x }

// someLosses are n customers who left, one in three of whom said why.
func someLosses(n int) *round.LossReport {
	var all []lamp.Loss
	reasons := behold.Reasons()
	for i := range n {
		l := lamp.Loss{Customer: int32(i), Inferred: reasons[i%len(reasons)], Silent: i%2 == 0, Yearly: 1250}
		if i%3 == 0 {
			l.Said, l.By = reasons[(i+i%2)%(len(reasons)-1)], behold.SaidByCustomer
		}
		all = append(all, l)
	}
	return &round.LossReport{Day: today, Since: today - 720, Currency: "DKK", Known: true, LossReasons: lamp.TellLosses(all)}
}

func someEvidence() *round.Evidence {
	scores := []round.ScoreTest{{Score: "chance_leave", AUC: .81, Low: .77, High: .84}}
	for _, rule := range []string{"recency", "recency_per_gap", "frequency", "random"} {
		scores = append(scores, round.ScoreTest{Score: rule, AUC: .7, Low: .66, High: .74})
	}
	return &round.Evidence{
		Day: today, Horizon: 90,
		Backtest: &round.Backtest{Horizon: 90, Origins: []round.OriginTest{{Origin: today - 90, Groups: []round.GroupTest{{
			Group: round.GroupActive, Customers: 400, Leavers: 60, Scores: scores, Slope: 1.02, SlopeLow: .9, SlopeHigh: 1.2, ECE: .02, Mean: .16, Share: .15,
			Bins: []round.BinTest{{Customers: 40, Forecast: .05, Left: .04, Low: .01, High: .15}, {Customers: 40, Forecast: .6, Left: .55, Low: .4, High: .7}},
		}}, Reached: .6}}, Gate: round.Gate{Open: true, Rule: "chance_leave", AUC: .81, BestRule: "recency", BestAUC: .7}},
		False:   &round.FalseLamps{Customers: 2040, Rate: 4.8, Low: 4, High: 5.7, Dial: 5},
		Lamps:   []round.LampFalse{{Lamp: behold.LampRhythm, Lit: 80, Left: 30, False: 2.4, Low: 1.8, High: 3.1, Counted: true}, {Lamp: behold.LampClosed, Lit: 3, Left: 3}},
		Records: []behold.LampRecord{{Kind: behold.LampRhythm, Months: 12, Lit: 84, Left: 37}},
		Drift: round.DriftTest{
			Gaps:   []lamp.GapMonth{{Month: today - 30, Gaps: 300, KS: .05, Most: .08, Long: .05}, {Month: today, Gaps: 300, KS: .2, Most: .08, Long: .14, Drifted: true}},
			Inputs: []lamp.Shift{{Input: "gap_days", Now: 900, Before: 3600, Median: pointer(17), MedianBefore: pointer(16), PSI: pointer(.01)}, {Input: "spend", PSI: pointer(.4), Shifted: true}, {Input: "orders_a_month"}},
			Feed:   []lamp.FeedGap{{From: today - 9, To: today - 9, Days: 1}, {From: today - 5, To: today - 3, Days: 3}},
		},
	}
}

// reports are all that can be said, in one language.
func reports(lang string) map[string]Document {
	words, made := phrase.For(lang), Made{Company: "<b>Strand & Søn</b>", Version: "test"}
	shut := someEvidence()
	shut.Backtest.Gate = round.Gate{BestRule: "recency", Because: []string{round.BecauseRanks, round.BecauseChances, round.BecauseMoney}}
	shut.False.Drifted, shut.Drift = true, round.DriftTest{}
	nothing := someEvidence()
	nothing.Backtest.Gate.Open, nothing.Backtest.Gate.Because = false, []string{round.BecauseNothing}
	unknown := someLosses(30)
	unknown.Said, unknown.SaidBy = lamp.ReasonTable{}, nil
	return map[string]Document{
		"reasons": Reasons(words, made, someLosses(90)), "few": Reasons(words, made, someLosses(12)), "unsaid": Reasons(words, made, unknown),
		"nobody":   Reasons(words, made, &round.LossReport{Day: today, Since: today - 720}),
		"evidence": Evidence(words, made, someEvidence()), "shut": Evidence(words, made, shut), "nothing": Evidence(words, made, nothing),
		"young": Evidence(words, made, &round.Evidence{Day: today, Horizon: 90}),
	}
}

// Every page is whole, needs nothing from elsewhere, has every phrase in every
// language, and takes no word for markup.
func TestPagesStandAlone(t *testing.T) {
	outside := regexp.MustCompile(`(?i)https?:|//|url\(|@import|<script|<link|<iframe|<img|\bsrc=|\bhref=`)
	for _, lang := range phrase.Languages() {
		for name, d := range reports(lang) {
			var page bytes.Buffer
			if err := d.HTML(&page); err != nil {
				t.Fatalf("%s %s: %v", lang, name, err)
			}
			text := page.String()
			if found := outside.FindString(text); found != "" {
				t.Errorf("%s %s asks for something from elsewhere: %s", lang, name, found)
			}
			for _, bad := range []string{"[report.", "[lamp.", "[reason.", "[family.", "<no value>", "NaN", "<b>Strand"} {
				if strings.Contains(text, bad) {
					t.Errorf("%s %s has %s", lang, name, bad)
				}
			}
			if !strings.Contains(text, `<html lang="`+lang+`"`) || !strings.Contains(text, "&lt;b&gt;Strand") {
				t.Errorf("%s %s lacks its language or its company", lang, name)
			}
			parse(t, lang+" "+name, text)
		}
	}
}

// parse reads a page as a browser reads its tags, and wants every id once.
func parse(t *testing.T, name, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict, d.AutoClose, d.Entity = false, []string{"meta"}, xml.HTMLEntity
	ids := map[string]bool{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range start.Attr {
			if a.Name.Local == "id" && ids[a.Value] {
				t.Errorf("%s: two elements have the id %s", name, a.Value)
			} else if a.Name.Local == "id" {
				ids[a.Value] = true
			}
		}
	}
}

func TestWhatIsSaid(t *testing.T) {
	all := reports("en")
	for name, want := range map[string][]string{
		"reasons":  {"90 customers left", "112,500", "widely repeated figure without a known study", "68%", "Kappa"},
		"few":      {"only the counts are told", "20 are needed"},
		"unsaid":   {"A file of losses would change that"},
		"nobody":   {"Nobody is known to have left", "A file of losses"},
		"evidence": {"The chance of leaving ranks the list", "keeps to what you accepted", "84", "37 (44%)", "No orders on", "In 1 of 2 months", "amount of a purchase. Where the season"},
		"shut":     {"A simple rule, longest silent, would do", "fewer than you accepted", "too few completed gaps", "No day of the last quarter"},
		"nothing":  {"Nobody left, or everybody did"},
		"young":    {"too little past to test", "90 days"},
	} {
		d := all[name]
		var text bytes.Buffer
		if err := d.Text(&text); err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(text.String(), w) {
				t.Errorf("%s does not say %q:\n%s", name, w, text.String())
			}
		}
	}
	if few := all["few"]; strings.Contains(few.Sections[0].Tables[0].Rows[0].Cells[2], "%") {
		t.Error("a share of 12 customers is told")
	}
}

func TestAxis(t *testing.T) {
	for _, c := range []struct{ most, highest, to float64 }{
		{.34, 1, .4}, {.99, 1, 1}, {0, 1, 1}, {1.4, 1, 1}, {.08, 1, .08}, {5.2, 100, 6}, {12, 100, 15},
	} {
		to, ticks := axis(c.most, c.highest)
		if math.Abs(to-c.to) > 1e-9 || len(ticks) < 2 || len(ticks) > 7 {
			t.Errorf("axis for %g ends at %g, want %g, with ticks %v", c.most, to, c.to, ticks)
		}
	}
}
