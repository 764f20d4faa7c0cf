package phrase

import (
	"strings"
	"testing"

	"behold"
)

// plain makes the hard spaces of the languages visible as ordinary ones.
func plain(s string) string { return strings.ReplaceAll(s, hardSpace, " ") }

func TestNumbersAndMoney(t *testing.T) {
	crowns := behold.Money{Minor: 41_200_049, Currency: "DKK"}
	pounds := behold.Money{Minor: -123_456, Currency: "GBP"}
	for _, c := range []struct{ lang, number, crowns, pounds, exact, share, decimal string }{
		{"en", "1,234,567", "412,000 kr", "−£1,235", "−£1,234.56", "31%", "0.5"},
		{"da", "1.234.567", "412.000 kr.", "−1.235 £", "−1.234,56 £", "31 %", "0,5"},
		{"sv", "1 234 567", "412 000 kr", "−1 235 £", "−1 234,56 £", "31 %", "0,5"},
		{"nb", "1 234 567", "412 000 kr", "−1 235 £", "−1 234,56 £", "31 %", "0,5"},
		{"nl", "1.234.567", "412.000 kr", "−£ 1.235", "−£ 1.234,56", "31%", "0,5"},
	} {
		p := For(c.lang)
		for _, pair := range [][2]string{
			{p.Number(1234567), c.number}, {p.Money(crowns), c.crowns}, {p.Money(pounds), c.pounds},
			{p.MoneyExact(pounds), c.exact}, {p.Percent(.312), c.share}, {p.Decimal(.5, 1), c.decimal},
		} {
			if plain(pair[0]) != pair[1] {
				t.Errorf("%s: %q, want %q", c.lang, plain(pair[0]), pair[1])
			}
		}
	}
}

func TestNumberEdges(t *testing.T) {
	p := For("en")
	for _, c := range [][2]string{
		{p.Number(0), "0"}, {p.Number(999), "999"}, {p.Number(-1000), "−1,000"},
		{p.Decimal(-0.04, 1), "0.0"}, {p.Decimal(-1.25, 1), "−1.2"},
		{p.Money(behold.Money{}), "0"}, {p.Money(behold.Money{Minor: -10, Currency: "EUR"}), "€0"},
		{p.Money(behold.Money{Minor: 1500, Currency: "JPY"}), "1,500 JPY"},
		{p.Percent(.001), "< 1%"}, {p.Percent(.999), "> 99%"}, {p.Percent(0), "0%"}, {p.Percent(1), "100%"},
		{p.PercentRange(.41, .663), "41–66%"}, {p.PercentRange(.41, .412), "41%"},
		{p.PercentRange(.9991, .9999), "> 99%"}, {p.PercentRange(.97, .9999), "97–100%"}, {p.PercentRange(1, 1), "100%"},
		{p.In("GBP").Money(behold.MoneyOf(12, "")), "£12"}, {p.In("GBP").Money(behold.MoneyOf(12, "EUR")), "€12"},
		{p.Range(14, 52), "14–52"}, {p.Range(30, 30), "30"},
	} {
		if plain(c[0]) != c[1] {
			t.Errorf("%q, want %q", plain(c[0]), c[1])
		}
	}
}

func TestDatesAndPlurals(t *testing.T) {
	day := behold.Date(2011, 10, 9)
	for lang, want := range map[string]string{
		"en": "9 October 2011|9 Oct 2011|9 October|October 2011|Sunday|1 day|74 days|every 31 days|1 purchase",
		"da": "9. oktober 2011|9. okt. 2011|9. oktober|oktober 2011|søndag|1 dag|74 dage|hver 31. dag|1 køb",
		"sv": "9 oktober 2011|9 okt. 2011|9 oktober|oktober 2011|söndag|1 dag|74 dagar|med 31 dagars mellanrum|1 köp",
		"nb": "9. oktober 2011|9. okt. 2011|9. oktober|oktober 2011|søndag|1 dag|74 dager|hver 31. dag|1 kjøp",
		"nl": "9 oktober 2011|9 okt 2011|9 oktober|oktober 2011|zondag|1 dag|74 dagen|elke 31 dagen|1 aankoop",
	} {
		p := For(lang)
		got := strings.Join([]string{p.Date(day), p.ShortDate(day), p.DayMonth(day), p.Month(day), p.Weekday(day),
			p.Days(1), p.Days(74), p.Every(31), p.Purchases(1)}, "|")
		if got != want {
			t.Errorf("%s: %s\nwant %s", lang, got, want)
		}
	}
	if got := For("en").Date(behold.NoDay); got != "" {
		t.Errorf("an unknown day is said as %q", got)
	}
}

func TestMatch(t *testing.T) {
	for header, want := range map[string]string{
		"da-DK,da;q=0.9,en;q=0.8": "da", "no": "nb", "nn-NO": "nb", "sv-FI": "sv", "nl-BE,fr;q=0.5": "nl",
		"fr-FR,en;q=0.3": "en", "ja": "nl", "": "nl", ";;;": "nl",
	} {
		if got := Match(header, "nl"); got != want {
			t.Errorf("Match(%q) = %s, want %s", header, got, want)
		}
	}
	if got := For("tlh").Lang(); got != "en" {
		t.Errorf("a language we do not speak is answered in %s", got)
	}
}

// A sentence that ends with an amount ends with one stop.
func TestOneStop(t *testing.T) {
	for said, want := range map[string]string{"På spil: 12 kr..": "På spil: 12 kr.", "Vent ...": "Vent ...", "Ja. Nej.": "Ja. Nej.", "12 kr.. Mere.": "12 kr. Mere."} {
		if got := oneStop(said); got != want {
			t.Errorf("%q became %q, want %q", said, got, want)
		}
	}
}
