package phrase

import (
	"strings"
	"testing"

	"behold"
)

// Figures that are nothing, one or missing are said as people say them.
func TestSaysSmallFigures(t *testing.T) {
	on := behold.Date(2025, 3, 14)
	returns := lampOf(behold.LampReturns, fact("returned_now", 1), fact("lines_now", 9), fact("usual_share", 0.001))
	effort := lampOf(behold.LampEffort, fact("contacts_now", 8), fact("contacts_usual", .03))
	messages := lampOf(behold.LampUnwanted, fact("messages_now", 1), fact("expected_now", .2))
	opened := lampOf(behold.LampUnwanted, fact("messages_now", 12), fact("expected_now", 12), fact("opened_now", 1))
	quote := lampOf(behold.LampQuote, fact("unanswered", 1), dated("quoted_on", on), fact("late_days", 30))
	one := lampOf(behold.LampQuote, fact("unanswered", 2), dated("quoted_on", on), fact("late_days", 1), fact("won_before", 1), fact("quotes_before", 1))
	again := lampOf(behold.LampPayment, dated("due_on", on), fact("disputed", 2), fact("disputed_before", 1))
	pays := lampOf(behold.LampPaysMore, fact("over_share", .19), behold.Fact{Name: "over", Number: 612, Text: "DKK"}, fact("products", 1), fact("lines", 1))
	person := lampOf(behold.LampPersonLeft, dated("left_on", on))
	stranger := lampOf(behold.LampPersonLeft, dated("left_on", on), fact("new_contacts", 1))
	promise := lampOf(behold.LampPromise, dated("due_on", on), fact("late_days", 1), fact("broken_now", 2), fact("promises_now", 3))
	complaint := lampOf(behold.LampComplaint, dated("opened_on", on))
	intro := lampOf(behold.LampIntroEnds, dated("intro_until", on), fact("left_days", 1), fact("step", 0))
	contract := lampOf(behold.LampContract, dated("ends_on", on), dated("notice_by", on-30), fact("leave_share", 0))
	for _, c := range []struct {
		lang string
		lamp behold.Lamp
		want string
	}{
		{"en", returns, "1 order line came back in the last 60 days, of 9 bought; normally they return hardly anything."},
		{"nl", returns, "1 orderregel kwam in de laatste 60 dagen terug, van de 9 gekochte; gewoonlijk sturen ze bijna niets terug."},
		{"en", effort, "Got in touch 8 times in 30 days; normally they hardly ever do."},
		{"nb", effort, "Har tatt kontakt 8 ganger på 30 dager; vanligvis gjør de det nesten aldri."},
		{"en", messages, "1 message to everybody in 90 days; normally they get hardly any."},
		{"da", opened, "Åbnede 1 af 12 beskeder på 90 dage."},
		{"en", quote, "The quote of 14 March 2025 has not become an order; those that do, nearly all do so within 30 days."},
		{"sv", one, "2 offerter i rad har inte blivit order, den senaste från den 14 mars 2025; nästan alla som blir det blir det inom 1 dag. Den enda offerten dessförinnan blev en order."},
		{"nl", again, "Betwist 2 facturen van de laatste 90 dagen, de laatste met vervaldatum 14 maart 2025. Eerder betwistten ze 1 factuur."},
		{"en", pays, "Paid 19% more in the last year than new customers pay for the same goods, 612 kr in all (1 product, 1 order line)."},
		{"nb", person, "Kontaktpersonen deres sluttet 14. mars 2025."},
		{"da", stranger, "1 kontakt med en ny person på 60 dage, og intet fra den, vi kendte, siden den 14. marts 2025."},
		{"en", promise, "Promised for 14 March 2025 and still not kept: 1 day late. 2 of 3 promises to them were broken in 180 days; normally hardly any are."},
		{"sv", complaint, "Klagade den 14 mars 2025; ärendet är fortfarande öppet."},
		{"nl", intro, "De introductieprijs loopt af op 14 maart 2025, over 1 dag."},
		{"en", contract, "The contract ends on 14 March 2025 and does not renew by itself."},
	} {
		if got := plain(For(c.lang).Says(c.lamp)); got != c.want {
			t.Errorf("%s\nwant %s", got, c.want)
		}
	}
	for _, lang := range Languages() {
		for _, l := range []behold.Lamp{returns, effort, messages, opened, quote, one, again, pays, person, stranger, promise, complaint, intro, contract} {
			said := plain(For(lang).Says(l))
			for word := range strings.FieldsSeq(said) {
				if word == "0" || strings.HasPrefix(word, "0%") || strings.HasPrefix(word, "0.0") || strings.HasPrefix(word, "0,0") {
					t.Errorf("%s: %s says %q", lang, l.Kind, said)
				}
			}
			t.Logf("%s: %s", lang, said)
		}
	}
}
