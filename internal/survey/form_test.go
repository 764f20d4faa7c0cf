package survey

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"behold"
)

// Every language says everything, with the same things to put in.
func TestEveryLanguageSaysEverything(t *testing.T) {
	holes := regexp.MustCompile(`\{[a-z]+\}`)
	for _, lang := range behold.SurveyLanguages() {
		words := ours()[lang]
		for key, english := range ours()["en"] {
			says, ok := words[key]
			if !ok || strings.TrimSpace(says) == "" {
				t.Errorf("%s does not say %s", lang, key)
				continue
			}
			want, got := holes.FindAllString(english, -1), holes.FindAllString(says, -1)
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(want, got) {
				t.Errorf("%s %s puts in %v, want %v", lang, key, got, want)
			}
			if lang != "en" && says == english && strings.Contains(says, " ") {
				t.Errorf("%s says %s in English", lang, key)
			}
		}
		for key := range words {
			if _, ok := ours()["en"][key]; !ok {
				t.Errorf("%s says %s, which nobody asks for", lang, key)
			}
		}
	}
}

// Every point of every scale has a label of its own, in every language.
func TestEveryPointHasALabel(t *testing.T) {
	for _, lang := range behold.SurveyLanguages() {
		words := Given(lang, behold.SurveyText{})
		for _, name := range slices.Concat([]string{"satisfaction", "repurchase", "recommend", "effort"}, behold.SurveyWishes(), behold.SurveyTurns()) {
			q := item(name, behold.StreamLevel, "")
			least, most := behold.SurveyScale(name)
			met := map[string]bool{}
			for _, o := range q.Options {
				says := words.T(o.Label)
				if strings.HasPrefix(says, "[") || met[says] {
					t.Errorf("%s %s %d: %q", lang, name, o.Value, says)
				}
				met[says] = true
			}
			if len(q.Options) != most-least+1 || strings.HasPrefix(words.T(q.Asks), "[") {
				t.Errorf("%s %s: %d options, %q", lang, name, len(q.Options), words.T(q.Asks))
			}
		}
	}
}

func TestWhatIsAsked(t *testing.T) {
	items := []string{"fast", "easy", "safe", "expectations"}
	for _, c := range []struct {
		stream     behold.Stream
		touchpoint string
		pages      string
		asks       string
	}{
		{behold.StreamLevel, "", "satisfaction repurchase recommend effort / fast easy safe expectations why contact", "q.satisfaction"},
		{behold.StreamEvent, "delivery", "satisfaction effort why contact", "q.satisfaction.delivery"},
		{behold.StreamLost, "", "why satisfaction repurchase contact", "q.why.lost"},
		{behold.StreamAgain, "", "satisfaction why contact", "q.satisfaction.again"},
		{behold.StreamOpen, "billing", "satisfaction effort why", "q.satisfaction.billing"},
	} {
		pages := Form(c.stream, c.touchpoint, items)
		var said []string
		for _, p := range pages {
			var names []string
			for _, q := range p {
				names = append(names, q.Name)
			}
			said = append(said, strings.Join(names, " "))
		}
		if got := strings.Join(said, " / "); got != c.pages || pages[0][0].Asks != c.asks {
			t.Errorf("%s asks %s, first %s", c.stream, got, pages[0][0].Asks)
		}
	}
}

func TestNonsenseIsNoAnswer(t *testing.T) {
	pages := Form(behold.StreamLevel, "", []string{"fast", "easy", "safe", "recommend_people"})
	said := map[string]string{
		"satisfaction": "6", "repurchase": "5", "recommend": "0", "effort": "four", "fast": "-1", "easy": "3.5", "recommend_people": "10",
		"why": "  Det går\r\nlangsomt\x00\x1b[31m \xff ", "contact": "1", "customer": "K-1", "results": "5",
	}
	got := map[string]behold.Reply{}
	for _, r := range Accept(pages, func(item string) string { return said[item] }) {
		got[r.Item] = r
	}
	if names := slices.Sorted(maps.Keys(got)); strings.Join(names, " ") != "contact recommend recommend_people repurchase why" {
		t.Errorf("accepted %v", names)
	}
	if r := got["recommend"]; r.Value != 0 || r.Scale != 10 {
		t.Errorf("%+v", r)
	}
	if r := got["why"]; r.Text != "Det går\nlangsomt[31m" || !math.IsNaN(r.Value) {
		t.Errorf("%q", r.Text)
	}
	long := Accept(pages, func(item string) string {
		if item == "why" {
			return strings.Repeat("å", 5000)
		}
		return ""
	})
	if len([]rune(long[0].Text)) != mostSaid {
		t.Errorf("%d letters are kept", len([]rune(long[0].Text)))
	}
}

func TestWhoIsUnhappy(t *testing.T) {
	for _, c := range []struct {
		satisfaction, effort float64
		want                 string
	}{{2, 7, "satisfaction"}, {3, 2, "effort"}, {3, 3, ""}, {1, 1, "satisfaction"}, {math.NaN(), math.NaN(), ""}} {
		got := Unhappy([]behold.Reply{{Item: "recommend", Value: 0}, {Item: "effort", Value: c.effort}, {Item: "satisfaction", Value: c.satisfaction}})
		if got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
	for said, want := range map[string]bool{"+45 12 34 56 78": true, "(08) 123 456": true, "1234": false, "ring mig": false, "12345678<script>": false, "": false, "11111111111111111111": false} {
		if _, ok := Phone(said); ok != want {
			t.Errorf("%q is a number: %v", said, ok)
		}
	}
}

func TestTheCompanysOwnWords(t *testing.T) {
	words, err := Rewrite(behold.SurveyText{}, "da", map[string]string{"q.satisfaction": "  Er du\nglad? ", "q.why": ours()["da"]["q.why"], "letter.stop": "x", "q.fast": ""})
	if err != nil || len(words["da"]) != 1 || words["da"]["q.satisfaction"] != "Er du glad?" {
		t.Fatalf("%v, %v", words, err)
	}
	text := behold.SurveyText{Version: 1, Words: words}
	da, sv := Given("da", text), Given("sv", text)
	if da.T("q.satisfaction") != "Er du glad?" || !da.Changed("q.satisfaction") || da.Ours("q.satisfaction") == "Er du glad?" || sv.Changed("q.satisfaction") {
		t.Error("the company's words are not said")
	}
	if back, err := Rewrite(text, "da", map[string]string{"q.satisfaction": ""}); err != nil || len(back) != 0 {
		t.Errorf("%v, %v: want ours again", back, err)
	}
	for lang, says := range map[string]string{"xx": "a", "da": strings.Repeat("a", 601)} {
		if _, err := Rewrite(text, lang, map[string]string{"q.why": says}); behold.KindOf(err) != behold.Invalid {
			t.Errorf("%s: %v", lang, err)
		}
	}
	if got := Given("tlh", text).T("letter.subject", "company", "{name} & Søn"); got != "{name} & Søn would like to hear from you" {
		t.Error(got)
	}
}
