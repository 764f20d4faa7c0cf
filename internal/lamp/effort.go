package lamp

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"behold"
)

// The lamp effort (L18): does it cost this customer too much trouble to deal with us?
//
// In: answers to effort and easy (the best value is the least trouble); contacts
// that came from the customer, and tickets.
//
// Lights at p ≤ A on the monthly test day, for at least three contacts in the last
// 30 days: x of them, with n in the T days before and the company's Gamma(r, a) of
// rates a day (countHabits),
//
//	p = P(X ≥ x),  X negative binomial with shape r + n and mean 30·(r + n)/(a + T)
//
// Without p, as an event: an answer of the last 90 days at a third of the scale or
// below (3 of 7), where half of the earlier ones were better and such answers are
// rare (desk.rare). Since is the test day, or the day of the answer.
//
// Reason: digital, where most of the tickets and contacts of the last 90 days (two
// at least) came through a digital channel; else hard to deal with.
//
// Out: 30 days without a contact or ticket beyond the usual number; of an event, a
// better answer or 180 days without one.
//
// Facts: contacts_now (30 days), contacts_usual (in 30 days), tickets_now, one_in,
// as_of; of an event answer_now (1 to 7), item (Text), answered_on. Rows: the
// contacts and tickets, or the form.
//
// Fails: customers who like to talk. Source: METHODS L18; TestEffortUnderChance.
const (
	matterDays   = 30
	leastMatters = 3
	troubled     = 3.0 // of 7
	effortNews   = 180
	digitalDays  = 90
)

// countHabits are the company's Gamma(r, a) of how often a day customers do
// something; r 0: not known.
type countHabits struct {
	r, a float64
	from behold.Day // before it nothing was written down
}

// countHabitsOf fits them by moments over customers: count says how many in
// (after, until]. from is the first day on which anything was noted.
func countHabitsOf(h *behold.Histories, f []behold.Forecast, from behold.Day, count func(k int, after, until behold.Day) int) countHabits {
	if !from.Known() || len(f) == 0 {
		return countHabits{}
	}
	type watched struct{ n, days float64 }
	all := make([]watched, 0, len(h.Customer))
	var n, days float64
	for k := range h.Customer {
		if t := watchedDays(&f[k], from, h.AsOf); t > 0 {
			w := watched{float64(count(k, from-1, h.AsOf)), t}
			all = append(all, w)
			n, days = n+w.n, days+w.days
		}
	}
	if n < fewAnswers {
		return countHabits{}
	}
	rate := n / days
	var above, scale float64 // Var(count) = rate·t + rate²·t²/r
	for _, w := range all {
		e := w.n - rate*w.days
		above += e*e - rate*w.days
		scale += rate * rate * w.days * w.days
	}
	r := 50.0
	if above > 0 {
		r = min(max(scale/above, 0.1), 50)
	}
	return countHabits{r: r, a: r / rate, from: from}
}

// watchedDays is how long a customer could have been seen doing something.
func watchedDays(f *behold.Forecast, from, until behold.Day) float64 {
	if !f.First.Known() {
		return 0
	}
	end := until
	if f.State == behold.Lost || f.State == behold.Closed {
		end = f.Last
	}
	return float64(max(0, end-max(from, f.First)))
}

// tooMany is P(X ≥ x) in a window of days, after n in before days.
func (c *countHabits) tooMany(x, n int, window, before float64) float64 {
	if x <= 0 {
		return 1
	}
	shape, rate := c.r+float64(n), c.a+max(0, before)
	return mathext.RegIncBeta(float64(x), shape, window/(rate+window))
}

// usual is the mean of the same.
func (c *countHabits) usual(n int, window, before float64) float64 {
	return window * (c.r + float64(n)) / (c.a + max(0, before))
}

// matters counts what a customer came with in (after, until].
func matters(deals *behold.Dealings, k int, after, until behold.Day) (contacts, tickets int) {
	for _, c := range deals.Contacts.Of(k) {
		if day := c.At.Day(); c.In && day > after && day <= until {
			contacts++
		}
	}
	for _, t := range deals.Tickets.Of(k) {
		if day := t.Opened.Day(); day > after && day <= until {
			tickets++
		}
	}
	return contacts, tickets
}

// noted is the first day on which a contact or ticket was written down.
func noted(deals *behold.Dealings) behold.Day {
	first := behold.NoDay
	note := func(day behold.Day) {
		if !first.Known() || day < first {
			first = day
		}
	}
	for i := range deals.Contacts.All {
		note(deals.Contacts.All[i].At.Day())
	}
	for i := range deals.Tickets.All {
		note(deals.Tickets.All[i].Opened.Day())
	}
	return first
}

func matterHabitsOf(h *behold.Histories, deals *behold.Dealings, f []behold.Forecast) countHabits {
	if deals == nil {
		return countHabits{}
	}
	return countHabitsOf(h, f, noted(deals), func(k int, after, until behold.Day) int {
		contacts, tickets := matters(deals, k, after, until)
		return contacts + tickets
	})
}

func (d *desk) effort() (behold.Lamp, bool) {
	if l, lit := d.manyMatters(); lit {
		return because(d.troubleWith(), l), true
	}
	if l, lit := d.saysHard(); lit {
		return because(d.troubleWith(), l), true
	}
	return behold.Lamp{}, false
}

func (d *desk) manyMatters() (behold.Lamp, bool) {
	habit := &d.in.Matters
	if habit.r == 0 || !d.f.First.Known() {
		return behold.Lamp{}, false
	}
	test := TestDay(d.h.Customer[d.k], d.day)
	begin := max(habit.from, d.f.First)
	contacts, tickets := matters(d.deals, d.k, test-matterDays, test)
	c, t := matters(d.deals, d.k, begin-1, test-matterDays)
	before := float64(test - matterDays - begin)
	p := habit.tooMany(contacts+tickets, c+t, matterDays, before)
	a, lit := d.test(behold.LampEffort, p, 1, contacts+tickets >= leastMatters)
	if !lit {
		return behold.Lamp{}, false
	}
	e := behold.Evidence{
		Facts: []behold.Fact{
			number("contacts_now", float64(contacts+tickets)),
			number("contacts_usual", habit.usual(c+t, matterDays, before)),
			number("tickets_now", float64(tickets)),
			number("one_in", oneIn(p)),
			on("as_of", test),
		},
		Rows: d.matterRows(test-matterDays, test, false),
	}
	return d.lit(behold.LampEffort, test, p, a, e), true
}

// matterRows are the contacts and tickets of (after, until], the latest six.
func (d *desk) matterRows(after, until behold.Day, digital bool) []behold.Row {
	const most = 6
	var rows []behold.Row
	tickets, contacts := d.deals.Tickets.Of(d.k), d.deals.Contacts.Of(d.k)
	for i := len(tickets) - 1; i >= 0 && len(rows) < most; i-- {
		t := &tickets[i]
		if day := t.Opened.Day(); day > after && day <= until && (!digital || isDigital(t.Channel)) {
			rows = append(rows, row(behold.TableTickets, t.ID, day))
		}
	}
	for i := len(contacts) - 1; i >= 0 && len(rows) < most; i-- {
		c := &contacts[i]
		if day := c.At.Day(); c.In && day > after && day <= until && (!digital || isDigital(c.Channel)) {
			rows = append(rows, row(behold.TableContacts, c.ID, day))
		}
	}
	return rows
}

// saysHard lights on an answer.
func (d *desk) saysHard() (behold.Lamp, bool) {
	d.foldForms()
	told, low := 0, 0
	var now *form
	for i := range d.forms {
		if d.forms[i].easy == 0 {
			continue
		}
		if now != nil && now.easy <= troubled {
			low++
		}
		now = &d.forms[i]
		told++
	}
	if now == nil || now.easy > troubled || d.day-now.at >= eventNews || 2*low > told-1 {
		return behold.Lamp{}, false
	}
	if !d.rare(d.in.Answers.hardShare, d.formsAMonth(d.forms)) {
		return behold.Lamp{}, false
	}
	e := behold.Evidence{
		Facts: []behold.Fact{
			number("answer_now", math.Round(10*now.easy)/10), named("item", now.easyItem), on("answered_on", now.at),
		},
		Rows: []behold.Row{row(behold.TableAnswers, now.id, now.at)},
	}
	return d.happened(behold.LampEffort, now.at, e), true
}

// troubleWith says whether it is the digital ways that make the trouble.
func (d *desk) troubleWith() behold.Reason {
	contacts, tickets := matters(d.deals, d.k, d.day-digitalDays, d.day)
	if online := digitalMatters(d.deals, d.k, d.day-digitalDays, d.day); online >= 2 && 2*online > contacts+tickets {
		return behold.DigitalFell
	}
	return behold.HardToDealWith
}

func (d *desk) watchEffort(l behold.Lamp) (behold.Lamp, bool) {
	if f, event := l.Evidence.Fact("answered_on"); event {
		d.foldForms()
		for i := range d.forms {
			if x := &d.forms[i]; x.at > f.Day && x.easy > troubled {
				return l, false
			}
		}
		return l, d.day-f.Day < effortNews
	}
	usual, _ := l.Evidence.Fact("contacts_usual")
	contacts, tickets := matters(d.deals, d.k, d.day-matterDays, d.day)
	return l, float64(contacts+tickets) > usual.Number+1 || d.day < l.Since+matterDays
}
