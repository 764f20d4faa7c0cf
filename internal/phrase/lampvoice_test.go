package phrase

import (
	"strings"
	"testing"

	"behold"
)

func fact(name string, x float64) behold.Fact { return behold.Fact{Name: name, Number: x} }

func dated(name string, day behold.Day) behold.Fact { return behold.Fact{Name: name, Day: day} }

func worded(name, text string) behold.Fact { return behold.Fact{Name: name, Text: text} }

// voicedLamps are lamps as internal/lamp tells them, each with its English sentence.
func voicedLamps() map[string]behold.Lamp {
	day := behold.Date(2025, 3, 14)
	kroner := func(name string, x float64) behold.Fact { return behold.Fact{Name: name, Number: x, Text: "DKK"} }
	return map[string]behold.Lamp{
		"Gave 2 of 5 on 14 March 2025; the time before, on 4 December 2024, it was 5. Rated lowest: speed, 1 of 5.": lampOf(behold.LampSatisfied,
			fact("answer_now", 2), fact("best", 5), dated("answered_on", day), fact("answer_before", 5), dated("answered_before_on", day-100), worded("item", "fast"), fact("item_value", 1)),
		"Answered 4 of 5 surveys before, but none of the last 3. Buys 40% less than before.": lampOf(behold.LampSilent,
			fact("answered_before", 4), fact("asked_before", 5), fact("unanswered", 3), fact("fall", .4), dated("answered_on", day)),
		"Used to answer a survey every 120 days; nothing since 14 March 2025.": lampOf(behold.LampSilent,
			fact("usual_days", 120), fact("unanswered", 0), dated("answered_on", day)),
		"Bought “ovens” on 14 March 2025. After so long 61% of such customers have bought again; of the rest 18% do so within 60 days. Nobody has talked to this customer for 90 days.": lampOf(behold.LampReplacement,
			worded("category", "ovens"), dated("last_order_on", day), fact("replaced_share", .61), fact("soon_share", .18), fact("window_days", 60)),
		"Paid 19% more in the last year than new customers pay for the same goods, 612 kr in all (3 products, 24 order lines). Most for “nails”: 6.00 kr each, new customers 5.00 kr.": lampOf(behold.LampPaysMore,
			fact("over_share", .19), kroner("over", 612), fact("products", 3), fact("lines", 24), worded("product", "nails"), kroner("paid", 6), kroner("new_pay", 5)),
		"The introductory price ends on 14 March 2025, in 21 days. After that they pay 33% more.": lampOf(behold.LampIntroEnds,
			dated("intro_until", day), fact("left_days", 21), fact("step", .33)),
		"Came in on an offer; since 14 March 2025 they pay 33% more for the same goods.": lampOf(behold.LampIntroEnds, dated("stepped_on", day), fact("step", .33)),
		"The contract runs until 14 March 2025 and renews by itself unless they give notice by 13 January 2025. At this renewal 12% of your customers do not continue.": lampOf(behold.LampContract,
			dated("ends_on", day), dated("notice_by", day-60), fact("auto_renew", 1), fact("leave_share", .12)),
		"The invoice due on 14 March 2025 is 40 days late and still not paid; they usually pay 2 days late.": lampOf(behold.LampPayment,
			dated("due_on", day), fact("late_days", 40), fact("usual_late_days", 2), fact("open", 1)),
		"Disputes the invoice due on 14 March 2025. They have never done so before.": lampOf(behold.LampPayment, dated("due_on", day), fact("disputed", 1), fact("disputed_before", 0)),
		"What they wrote on 14 March 2025 sounds as if they are leaving (96% likely). About one in 250 of the texts your customers write is that clear.": lampOf(behold.LampTone,
			dated("written_on", day), fact("leaving", .96), fact("complaint", .3), worded("said", "leaving"), fact("one_in", 250)),
		"Got in touch 8 times in 30 days; about 0.4 is usual for them.":  lampOf(behold.LampEffort, fact("contacts_now", 8), fact("contacts_usual", .41)),
		"Rated how easy we are to deal with at 2 of 7 on 14 March 2025.": lampOf(behold.LampEffort, fact("answer_now", 2), dated("answered_on", day)),
		"Got in touch 4 times through digital channels in 30 days, last by “web” on 14 March 2025; normally they hardly ever do.": lampOf(behold.LampDigital,
			fact("digital_now", 4), worded("channel", "web"), dated("last_on", day), fact("digital_usual", .12)),
		"5 quotes in a row have not become orders, the latest of 14 March 2025; those that do, nearly all do so within 30 days. Of the 4 quotes before, 4 became orders.": lampOf(behold.LampQuote,
			fact("unanswered", 5), dated("quoted_on", day), fact("late_days", 30), fact("won_before", 4), fact("quotes_before", 4)),
	}
}

func TestSaysVoiced(t *testing.T) {
	for want, l := range voicedLamps() {
		if got := plain(For("en").Says(l)); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}

// In every language each lamp says its figures, what puts it out and what to do.
func TestVoicedInEveryLanguage(t *testing.T) {
	for _, lang := range Languages() {
		p := For(lang)
		for english, l := range voicedLamps() {
			for _, said := range []string{p.Says(l), p.GoesOut(l), p.NextStep(l)} {
				if said == "" || strings.ContainsAny(said, "[]<>{}") {
					t.Errorf("%s: %s says %q", lang, l.Kind, said)
				}
			}
			if lang != "en" && p.Says(l) == english {
				t.Errorf("%s: %s speaks English", lang, l.Kind)
			}
			t.Logf("%s: %s", lang, plain(p.Says(l)))
		}
	}
}
