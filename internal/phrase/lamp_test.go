package phrase

import (
	"strings"
	"testing"

	"behold"
)

func lampOf(kind behold.LampKind, facts ...behold.Fact) behold.Lamp {
	return behold.Lamp{Kind: kind, Evidence: behold.Evidence{Facts: facts}}
}

func silentLamp() behold.Lamp {
	return lampOf(behold.LampRhythm,
		behold.Fact{Name: "occasions", Number: 12}, behold.Fact{Name: "usual_gap_days", Number: 31},
		behold.Fact{Name: "usual_low_days", Number: 14}, behold.Fact{Name: "usual_high_days", Number: 52},
		behold.Fact{Name: "silent_days", Number: 74}, behold.Fact{Name: "one_in", Number: 60},
		behold.Fact{Name: "last_order_on", Day: behold.Date(2025, 3, 14)})
}

// The sentence of METHODS L01, in five languages.
func TestSaysRhythm(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "12 purchases, normally every 31 days (14–52). Nothing for 74 days now; of customers with this rhythm who stay, 1 gap in 60 is that long.",
		"da": "12 køb, normalt hver 31. dag (14–52). Nu er der gået 74 dage uden køb; blandt kunder med samme rytme, som bliver, er 1 ud af 60 pauser så lang.",
		"sv": "12 köp, normalt med 31 dagars mellanrum (14–52). Nu har det gått 74 dagar utan köp; bland kunder med samma rytm som stannar är 1 uppehåll av 60 så långt.",
		"nb": "12 kjøp, vanligvis hver 31. dag (14–52). Nå har det gått 74 dager uten kjøp; blant kunder med samme rytme som blir, er 1 av 60 pauser så lang.",
		"nl": "12 aankopen, normaal elke 31 dagen (14–52). Nu al 74 dagen niets gekocht; bij klanten met dit ritme die blijven, duurt 1 op de 60 pauzes zo lang.",
	} {
		if got := plain(For(lang).Says(silentLamp())); got != want {
			t.Errorf("%s: %s\nwant %s", lang, got, want)
		}
	}
	rare := silentLamp()
	rare.Evidence.Facts[5].Number = 1000
	if got := For("nl").Says(rare); !strings.HasSuffix(got, "duurt nog geen 1 op de 1.000 pauzes zo lang.") {
		t.Error(got)
	}
	if got := For("da").NextStep(silentLamp()); got != "Ring og hør, hvordan det går. Deres seneste køb var den 14. marts 2025." {
		t.Error(got)
	}
}

// One gap is told as the one it is, and what is usual as that of customers like this.
func TestSaysRhythmOfTwoPurchases(t *testing.T) {
	l := silentLamp()
	l.Evidence.Facts[0].Number, l.Evidence.Facts[5].Number = 2, 93
	l.Evidence.Facts[4].Number = 242
	if got := plain(For("en").Says(l)); !strings.HasPrefix(got, "2 purchases, normally every 31 days") {
		t.Error(got)
	}
	l.Evidence.Facts = append(l.Evidence.Facts,
		behold.Fact{Name: "first_order_on", Day: behold.Date(2025, 1, 28)}, behold.Fact{Name: "back_within_days", Number: 120})
	for lang, want := range map[string]string{
		"en": "Bought twice, 45 days apart; customers like this are usually back within 120 days. Nothing for 242 days now; of those who stay, 1 gap in 93 is that long.",
		"da": "Har købt to gange med 45 dage imellem; den slags kunder er som regel tilbage inden for 120 dage. Nu er der gået 242 dage uden køb; blandt dem, der bliver, er 1 ud af 93 pauser så lang.",
		"sv": "Har köpt två gånger med 45 dagar emellan; sådana kunder är oftast tillbaka inom 120 dagar. Nu har det gått 242 dagar utan köp; bland dem som stannar är 1 uppehåll av 93 så långt.",
		"nb": "Har kjøpt to ganger med 45 dager imellom; slike kunder er som regel tilbake innen 120 dager. Nå har det gått 242 dager uten kjøp; blant dem som blir, er 1 av 93 pauser så lang.",
		"nl": "Kocht twee keer, met 45 dagen ertussen; zulke klanten zijn meestal binnen 120 dagen terug. Nu al 242 dagen niets gekocht; bij klanten die blijven, duurt 1 op de 93 pauzes zo lang.",
	} {
		if got := plain(For(lang).Says(l)); got != want {
			t.Errorf("%s: %s\nwant %s", lang, got, want)
		}
	}
}

// What is usual for customers like this is not told as what this one did.
func TestSaysRhythmOfFewPurchases(t *testing.T) {
	l := silentLamp()
	l.Evidence.Facts[0].Number, l.Evidence.Facts[1].Number = 4, 45
	l.Evidence.Facts = append(l.Evidence.Facts, behold.Fact{Name: "first_order_on", Day: behold.Date(2025, 3, 14) - 64})
	for lang, want := range map[string]string{
		"en": "4 purchases, 21 days apart on average; customers like this normally buy every 45 days (14–52). Nothing for 74 days now; of those who stay, 1 gap in 60 is that long.",
		"da": "4 køb med gennemsnitligt 21 dage imellem; den slags kunder køber normalt hver 45. dag (14–52). Nu er der gået 74 dage uden køb; blandt dem, der bliver, er 1 ud af 60 pauser så lang.",
		"sv": "4 köp med i snitt 21 dagar emellan; sådana kunder köper normalt med 45 dagars mellanrum (14–52). Nu har det gått 74 dagar utan köp; bland dem som stannar är 1 uppehåll av 60 så långt.",
		"nb": "4 kjøp med 21 dager imellom i snitt; slike kunder kjøper vanligvis hver 45. dag (14–52). Nå har det gått 74 dager uten kjøp; blant dem som blir, er 1 av 60 pauser så lang.",
		"nl": "4 aankopen, gemiddeld 21 dagen uit elkaar; zulke klanten kopen normaal elke 45 dagen (14–52). Nu al 74 dagen niets gekocht; bij klanten die blijven, duurt 1 op de 60 pauzes zo lang.",
	} {
		if got := plain(For(lang).Says(l)); got != want {
			t.Errorf("%s: %s\nwant %s", lang, got, want)
		}
	}
	l.Evidence.Facts[1].Number = 25
	if got := plain(For("en").Says(l)); !strings.HasPrefix(got, "4 purchases, normally every 25 days") {
		t.Error(got)
	}
}

func TestSaysOthers(t *testing.T) {
	p := For("en")
	shrinking := []behold.Fact{
		{Name: "occasions_now", Number: 3}, {Name: "expected_now", Number: 5.8}, {Name: "fall", Number: .73},
		{Name: "amount_now", Number: 1200.4, Text: "DKK"}, {Name: "amount_before", Number: 2300, Text: "DKK"},
	}
	category := []behold.Fact{
		{Name: "category", Number: 3, Text: "ink"}, {Name: "silent_days", Number: 150}, {Name: "usual_gap_days", Number: 42}, {Name: "others", Number: 2},
	}
	also := append(category[:len(category):len(category)], behold.Fact{Name: "also_lost", Number: 9}, behold.Fact{Name: "also_lost", Text: "tape"})
	for _, c := range []struct {
		lamp behold.Lamp
		want string
	}{
		{lampOf(behold.LampShrinking, shrinking...), "3 purchases in the last 90 days, against about 6 at the old pace, and 1,200 kr a time against 2,300 kr before: 73% less in all."},
		{lampOf(behold.LampShrinking, shrinking[1:]...), "Nothing bought in the last 90 days; at the old pace it would have been about 6 purchases."},
		{lampOf(behold.LampCategory, category...), "Still buys 2 other kinds of goods, but no “ink” for 150 days; normally every 42 days."},
		{lampOf(behold.LampCategory, category[:3]...), "Still buys 1 other kind of goods, but no “ink” for 150 days; normally every 42 days."},
		{lampOf(behold.LampCategory, also...), "Still buys 2 other kinds of goods, but no “ink” for 150 days; normally every 42 days. Also gone: 9 and tape."},
		{lampOf(behold.LampReturns, behold.Fact{Name: "returned_now", Number: 4}, behold.Fact{Name: "lines_now", Number: 10}, behold.Fact{Name: "usual_share", Number: .038}),
			"4 order lines came back in the last 60 days, of 10 bought; 4% is usual for them."},
	} {
		if got := plain(p.Says(c.lamp)); got != c.want {
			t.Errorf("%s\nwant %s", got, c.want)
		}
	}
}

// Every word that stands in data is said in every language: no brackets, and
// no gap where an argument was not given.
func TestEveryWordIsSaid(t *testing.T) {
	kinds := []behold.LampKind{behold.LampRhythm, behold.LampShrinking, behold.LampCategory, behold.LampReturns}
	for _, lang := range Languages() {
		p := For(lang)
		var said []string
		for _, r := range behold.Reasons() {
			said = append(said, p.Reason(r), p.Family(r.Family()))
		}
		for _, s := range []behold.CustomerState{behold.NewCustomer, behold.Active, behold.Quiet, behold.Lost, behold.Returned, behold.Closed} {
			said = append(said, p.CustomerState(s))
		}
		for _, s := range []behold.LampState{behold.Lit, behold.Acknowledged, behold.Planned, behold.Saving, behold.Recovered, behold.LampLost, behold.Snoozed, behold.FalseAlarm} {
			said = append(said, p.LampState(s))
		}
		for _, kind := range kinds {
			l := lampOf(kind)
			said = append(said, p.LampName(kind), p.Says(l), p.GoesOut(l), p.NextStep(l))
		}
		for _, kind := range []behold.LampKind{behold.LampAttention, behold.LampSlow, behold.LampComplaint, behold.LampPromise,
			behold.LampSatisfied, behold.LampSilent, behold.LampReplacement, behold.LampPaysMore, behold.LampIntroEnds, behold.LampContract,
			behold.LampPersonLeft, behold.LampPayment, behold.LampTone, behold.LampEffort, behold.LampUnwanted, behold.LampQuote,
			behold.LampClosed, behold.LampDigital} {
			said = append(said, p.LampName(kind), p.Says(lampOf(kind)))
		}
		said = append(said, p.Table(behold.TableOrders), p.Column("ordered_at"))
		for _, s := range said {
			if s == "" || strings.ContainsAny(s, "[]<>") {
				t.Errorf("%s: %q", lang, s)
			}
		}
	}
}
