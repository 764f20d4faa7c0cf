package phrase

import (
	"cmp"
	"math"
	"strings"

	"behold"
)

// LampName is what a lamp is called: Silent longer than usual.
func (p *Phrases) LampName(kind behold.LampKind) string { return p.T("lamp." + string(kind) + ".name") }

// Reason says why a customer leaves: Overlooked, seldom hears from us.
func (p *Phrases) Reason(r behold.Reason) string { return p.T("reason." + string(r)) }

// Family says which family reasons belong to.
func (p *Phrases) Family(f behold.Family) string { return p.T("family." + string(f)) }

// CustomerState says how things stand with a customer.
func (p *Phrases) CustomerState(s behold.CustomerState) string { return p.T("state." + string(s)) }

// LampState says what has become of a lamp.
func (p *Phrases) LampState(s behold.LampState) string { return p.T("lamp_state." + string(s)) }

// Table is what a table is called.
func (p *Phrases) Table(t behold.Table) string { return p.T("table." + string(t)) }

// Column is what a column of a table is called, such as ordered_at.
func (p *Phrases) Column(field string) string { return p.T("column." + field) }

// Says tells the facts of a lamp in a sentence or two, so that a colleague can
// look each of them up. Facts that are missing are said as nothing or none; a
// lamp that this release does not judge is said by its name.
func (p *Phrases) Says(l behold.Lamp) string {
	f := facts{p, &l.Evidence}
	switch l.Kind {
	case behold.LampRhythm:
		return f.rhythm()
	case behold.LampShrinking:
		return f.shrinking()
	case behold.LampCategory:
		return f.category()
	case behold.LampReturns:
		return p.N("lamp.returns.says", f.count("returned_now"), "Lines", f.count("lines_now"),
			"Usual", f.usual("lamp.returns", p.Percent(f.number("usual_share")), f.hardlyAny("usual_share")))
	}
	if says := f.voiced(l); says != "" {
		return says
	}
	if says := f.serviceSays(l); says != "" {
		return says
	}
	return p.LampName(l.Kind) + "."
}

// GoesOut says what puts the lamp out; "" for one that this release does not judge.
func (p *Phrases) GoesOut(l behold.Lamp) string {
	switch l.Kind {
	case behold.LampRhythm:
		return p.T("lamp.rhythm.out")
	case behold.LampShrinking:
		return p.T("lamp.shrinking.out")
	case behold.LampCategory:
		return p.T("lamp.category_lost.out")
	case behold.LampReturns:
		return p.T("lamp.returns.out")
	}
	return cmp.Or(p.voicedOut(l.Kind), facts{p, &l.Evidence}.serviceOut(l.Kind))
}

// NextStep suggests one thing to do now; "" for a lamp that this release does
// not judge.
func (p *Phrases) NextStep(l behold.Lamp) string {
	f := facts{p, &l.Evidence}
	switch l.Kind {
	case behold.LampRhythm:
		return p.T("lamp.rhythm.next", "Last", f.date("last_order_on"))
	case behold.LampShrinking:
		return p.T("lamp.shrinking.next")
	case behold.LampCategory:
		return p.T("lamp.category_lost.next", "Category", f.text("category"))
	case behold.LampReturns:
		return p.T("lamp.returns.next", "Last", f.date("last_return_on"))
	}
	return cmp.Or(f.voicedNext(l.Kind), f.serviceNext(l.Kind))
}

// facts are a lamp's evidence, on its way into words.
type facts struct {
	p *Phrases
	e *behold.Evidence
}

func (f facts) number(name string) float64 {
	fact, _ := f.e.Fact(name)
	return fact.Number
}

func (f facts) count(name string) int { return int(math.Round(f.number(name))) }

func (f facts) day(name string) behold.Day {
	fact, told := f.e.Fact(name)
	if !told {
		return behold.NoDay
	}
	return fact.Day
}

func (f facts) date(name string) string { return f.p.Date(f.day(name)) }

// text is what a fact names; where nobody looked the name up, its number.
func (f facts) text(name string) string {
	fact, _ := f.e.Fact(name)
	return f.named(fact)
}

func (f facts) named(fact behold.Fact) string {
	if fact.Text != "" {
		return fact.Text
	}
	return f.p.Number(int(fact.Number))
}

// money is a fact whose Text is the currency.
func (f facts) money(name string) string {
	fact, _ := f.e.Fact(name)
	return f.p.Money(behold.MoneyOf(fact.Number, fact.Text))
}

// usual is a clause that says what is usual, or that it hardly ever happens: a
// figure that rounds to nothing says nothing.
func (f facts) usual(lamp, figure string, hardly bool) string {
	if hardly {
		return f.p.T(lamp + ".hardly")
	}
	return f.p.T(lamp+".usual", "Usual", figure)
}

// hardlyAny tells of a share that it rounds to nothing, or was not told.
func (f facts) hardlyAny(share string) bool { return wholePercent(f.number(share)) == 0 }

func (f facts) rhythm() string {
	if f.count("occasions") == 2 {
		if says := f.twice(); says != "" {
			return says
		}
	}
	key, gap := "lamp.rhythm.says", f.count("usual_gap_days")
	own, differs := OwnGap(f.day("first_order_on"), f.day("last_order_on"), f.count("occasions"), f.number("usual_gap_days"))
	switch {
	case gap < 1:
		key = "lamp.rhythm.says_wide"
	case differs:
		key = "lamp.rhythm.says_like"
	}
	return f.p.T(key,
		"Purchases", f.p.Purchases(f.count("occasions")),
		"Own", f.p.Days(own),
		"Every", f.p.Every(gap),
		"Range", f.p.Range(f.count("usual_low_days"), f.count("usual_high_days")),
		"Silent", f.p.Days(f.count("silent_days")),
		"Odds", f.odds())
}

// OwnGap is the mean gap in days that anybody can count in the customer's own
// purchases, and whether it differs by more than a quarter from the usual gap,
// which for few purchases is mostly that of customers like them. Then both are
// to be said: "normally every 45 days" is not true of gaps of 21, 26 and 17.
func OwnGap(first, last behold.Day, occasions int, usual float64) (days int, differs bool) {
	if occasions < 3 || !first.Known() || !last.Known() || last <= first {
		return 0, false
	}
	own := float64(last-first) / float64(occasions-1)
	days = max(1, int(math.Round(own)))
	return days, math.Abs(usual-own) > own/4 && math.Abs(usual-own) > 2
}

// twice tells of a customer who bought twice: a single gap is not yet what is
// normal for them. "" where the first purchase was not noted.
func (f facts) twice() string {
	first, told := f.e.Fact("first_order_on")
	last, _ := f.e.Fact("last_order_on")
	if !told || last.Day <= first.Day {
		return ""
	}
	return f.p.T("lamp.rhythm.says_twice",
		"Apart", f.p.Days(int(last.Day-first.Day)),
		"Back", f.p.Days(f.count("back_within_days")),
		"Silent", f.p.Days(f.count("silent_days")),
		"Odds", f.odds())
}

// rarest is the last "one in so many" that is said as such.
const rarest = 1000

func (f facts) odds() string {
	if n := f.count("one_in"); n < rarest {
		return f.p.T("lamp.rhythm.odds", "OneIn", n)
	}
	return f.p.T("lamp.rhythm.odds_rare", "OneIn", rarest)
}

func (f facts) shrinking() string {
	expected := max(1, f.count("expected_now"))
	if f.count("occasions_now") == 0 {
		return f.p.T("lamp.shrinking.says_none", "Expected", f.p.Purchases(expected))
	}
	if f.count("occasions_now") >= expected { // they come as often: only the size fell
		return f.p.T("lamp.shrinking.says_size",
			"Now", f.p.Purchases(f.count("occasions_now")),
			"AmountNow", f.money("amount_now"),
			"AmountBefore", f.money("amount_before"),
			"Fall", f.p.Percent(max(0, f.number("fall"))))
	}
	return f.p.T("lamp.shrinking.says",
		"Now", f.p.Purchases(f.count("occasions_now")),
		"Expected", expected,
		"AmountNow", f.money("amount_now"),
		"AmountBefore", f.money("amount_before"),
		"Fall", f.p.Percent(max(0, f.number("fall"))))
}

func (f facts) category() string {
	says := f.p.N("lamp.category_lost.says", max(1, f.count("others")),
		"Category", f.text("category"),
		"Silent", f.p.Days(f.count("silent_days")),
		"Every", f.p.Every(f.count("usual_gap_days")))
	var also []string
	for _, fact := range f.e.Facts {
		if fact.Name == "also_lost" {
			also = append(also, f.named(fact))
		}
	}
	if len(also) == 0 {
		return says
	}
	return says + " " + f.p.T("lamp.category_lost.also", "Categories", f.p.List(also))
}

// List joins words as the language does: ink, paper and toner.
func (p *Phrases) List(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " " + p.T("word.and") + " " + words[last]
}
