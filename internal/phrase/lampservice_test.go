package phrase

import (
	"slices"
	"strings"
	"testing"

	"behold"
)

func num(name string, x float64) behold.Fact {
	return behold.Fact{Name: name, Number: x, Day: behold.NoDay}
}

func day(name string, month, d int) behold.Fact {
	return behold.Fact{Name: name, Day: behold.Date(2025, 1, 1) + behold.Day(31*(month-1)+d-1)}
}

// The lamps about service and contact, each with the facts it comes with.
func TestSaysService(t *testing.T) {
	p := For("en")
	attention := []behold.Fact{num("contacts_now", 8), num("days_now", 720), num("silent_days", 210), num("usual_gap_days", 35)}
	slow := []behold.Fact{day("opened_on", 1, 2), num("waited_hours", 52), num("usual_hours", 20), num("promise_hours", 24)}
	complaint := []behold.Fact{day("opened_on", 1, 6), num("open_workdays", 10), num("complaints_now", 2)}
	promise := []behold.Fact{day("due_on", 1, 8), num("late_days", 6), num("broken_now", 2), num("promises_now", 6), num("usual_share", .06)}
	person := []behold.Fact{day("left_on", 1, 8), num("contact_share", .8)}
	flood := []behold.Fact{num("messages_now", 20), num("expected_now", 3)}
	opened := []behold.Fact{num("messages_now", 12), num("expected_now", 13), num("opened_now", 0), num("messages_before", 50), num("opened_before", 30)}
	gone := []behold.Fact{day("closed_on", 1, 8)}
	with := func(facts []behold.Fact, more ...behold.Fact) []behold.Fact { return slices.Concat(facts, more) }
	for _, c := range []struct {
		kind  behold.LampKind
		facts []behold.Fact
		want  string
	}{
		{behold.LampAttention, attention, "8 contacts in 2 years, then none for 7 months; customers of this value hear from us every 35 days."},
		{behold.LampAttention, with(attention[2:], num("attention_share", .4)), "Nobody has visited, called or written to them in person for 7 months; customers of this value hear from us every 35 days. For what they buy, they get 40% of the attention that others get."},
		{behold.LampSlow, slow, "Asked on 2 January 2025 and has waited 52 hours for an answer. 95% get one within 20 hours. We promised one within 24 hours."},
		{behold.LampSlow, with(slow[:3], day("replied_on", 1, 6), num("opening_hours", 1)), "Asked on 2 January 2025 and got an answer after 52 working hours. 95% get one within 20 working hours."},
		{behold.LampComplaint, complaint, "Complained on 6 January 2025; still open after 10 working days."},
		{behold.LampComplaint, with(complaint, num("reopened", 2)), "Complained on 6 January 2025. The case was closed, but had to be reopened 2 times."},
		{behold.LampComplaint, with(complaint, num("repeated", 1)), "Complained again on 6 January 2025: 2 complaints within 90 days."},
		{behold.LampPromise, promise, "Promised for 8 January 2025 and still not kept: 6 days late. 2 of 6 promises to them were broken in 180 days; 6% is usual."},
		{behold.LampPromise, with(promise[:2], day("kept_on", 1, 14), num("delivery", 1)), "Delivery promised for 8 January 2025, delivered on 14 January 2025: 6 days late."},
		{behold.LampPersonLeft, person, "Their contact person left on 8 January 2025. 80% of our contacts were with that person."},
		{behold.LampPersonLeft, with(person, num("new_contacts", 3)), "3 contacts with somebody new in 60 days, and nothing from the one we knew since 8 January 2025."},
		{behold.LampUnwanted, flood, "20 messages to everybody in 90 days; about 3 would be usual for them."},
		{behold.LampUnwanted, opened, "Opened none of 12 messages in 90 days. Before that it was 30 of 50."},
		{behold.LampClosed, gone, "Closed since 8 January 2025. So says the customer file."},
	} {
		if got := plain(p.Says(lampOf(c.kind, c.facts...))); got != c.want {
			t.Errorf("%s\nwant %s", got, c.want)
		}
	}
	moved := lampOf(behold.LampClosed, with(gone, num("said", 1))...)
	moved.Reason = behold.Moved
	if got := plain(For("da").Says(moved)); got != "Flyttet den 8. januar 2025. Det var den årsag, der blev givet, da de stoppede." {
		t.Error(got)
	}
}

// Each of them is said in every language, with what puts it out and what to do,
// and no sentence of one language is that of another.
func TestServiceIsSaidInEveryLanguage(t *testing.T) {
	for _, kind := range []behold.LampKind{behold.LampAttention, behold.LampSlow, behold.LampComplaint, behold.LampPromise, behold.LampPersonLeft, behold.LampUnwanted, behold.LampClosed} {
		seen := map[string]string{}
		for _, lang := range Languages() {
			p := For(lang)
			l := lampOf(kind, num("contacts_now", 3), num("days_now", 90), num("silent_days", 90), num("usual_gap_days", 35))
			for _, said := range []string{p.Says(l), p.GoesOut(l), p.NextStep(l)} {
				if said == "" || strings.ContainsAny(said, "[]<>") || said == p.LampName(kind)+"." {
					t.Errorf("%s: %s: %q", lang, kind, said)
				}
				if other := seen[said]; other != "" {
					t.Errorf("%s: %s says the same in %s: %q", kind, lang, other, said)
				}
				seen[said] = lang
			}
		}
	}
}
