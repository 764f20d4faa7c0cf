package lamp

import (
	"strings"
	"unicode"

	"behold"
)

// The lamp digital_friction (L22): does this customer run into trouble with the shop
// online, the app or the portal?
//
// In: tickets, and contacts from the customer, whose channel is a digital one
// (isDigital). A company that names none lights nothing.
//
// Lights: at p ≤ A on the monthly test day, for at least two in the last 30 days,
// with p of effort (countHabits) on these alone. Since is the test day.
//
// Out: 30 days with no more than is usual, and one.
//
// Facts: digital_now (30 days), digital_usual (in 30 days), channel (of the last, in
// Text), last_on, one_in, as_of. Rows: the tickets and contacts.
//
// Fails: where every ticket comes by web form, whatever it is about: then it is the
// rate that tells, and effort lights beside it. Source: METHODS L22.
const leastDigital = 2

// isDigital knows digital channels by their words, in the languages we speak.
func isDigital(channel string) bool {
	switch channel { // the words of the files, most often
	case "", "call", "mail", "email", "phone", "chat", "visit", "event", "newsletter", "automatic":
		return false
	case "web":
		return true
	}
	channel = strings.ToLower(channel)
	for _, part := range []string{"web", "online", "portal", "login", "log-in", "log in", "shop", "checkout", "self-service", "selfservice", "selvbetjening",
		"självbetjäning", "zelfservice", "selvbetjent", "hjemmeside", "hemsida", "nettbutikk", "nettside", "nätbutik", "internet", "digital", "e-handel", "ehandel", "e-commerce", "ecommerce"} {
		if strings.Contains(channel, part) {
			return true
		}
	}
	for word := range strings.FieldsFuncSeq(channel, func(r rune) bool { return !unicode.IsLetter(r) }) {
		switch word {
		case "app", "apps", "api", "edi", "site", "mobil", "mobile", "ios", "android", "mypage", "konto":
			return true
		}
	}
	return false
}

// digitalMatters counts what a customer came with through digital channels in
// (after, until].
func digitalMatters(deals *behold.Dealings, k int, after, until behold.Day) int {
	n := 0
	for _, c := range deals.Contacts.Of(k) {
		if day := c.At.Day(); c.In && day > after && day <= until && isDigital(c.Channel) {
			n++
		}
	}
	for _, t := range deals.Tickets.Of(k) {
		if day := t.Opened.Day(); day > after && day <= until && isDigital(t.Channel) {
			n++
		}
	}
	return n
}

func digitalHabitsOf(h *behold.Histories, deals *behold.Dealings, f []behold.Forecast) countHabits {
	if deals == nil {
		return countHabits{}
	}
	return countHabitsOf(h, f, noted(deals), func(k int, after, until behold.Day) int {
		return digitalMatters(deals, k, after, until)
	})
}

func (d *desk) digital() (behold.Lamp, bool) {
	habit := &d.in.Online
	if habit.r == 0 || !d.f.First.Known() {
		return behold.Lamp{}, false
	}
	test := TestDay(d.h.Customer[d.k], d.day)
	begin := max(habit.from, d.f.First)
	now := digitalMatters(d.deals, d.k, test-matterDays, test)
	n := digitalMatters(d.deals, d.k, begin-1, test-matterDays)
	before := float64(test - matterDays - begin)
	p := habit.tooMany(now, n, matterDays, before)
	a, lit := d.test(behold.LampDigital, p, 1, now >= leastDigital)
	if !lit {
		return behold.Lamp{}, false
	}
	channel, last := d.lastDigital(test)
	e := behold.Evidence{
		Facts: []behold.Fact{
			number("digital_now", float64(now)),
			number("digital_usual", habit.usual(n, matterDays, before)),
			named("channel", channel),
			on("last_on", last),
			number("one_in", oneIn(p)),
			on("as_of", test),
		},
		Rows: d.matterRows(test-matterDays, test, true),
	}
	return d.lit(behold.LampDigital, test, p, a, e), true
}

// lastDigital is the latest digital channel up to a day, and when.
func (d *desk) lastDigital(until behold.Day) (channel string, on behold.Day) {
	on = behold.NoDay
	for _, t := range d.deals.Tickets.Of(d.k) {
		if day := t.Opened.Day(); day <= until && isDigital(t.Channel) {
			channel, on = t.Channel, day
		}
	}
	for _, c := range d.deals.Contacts.Of(d.k) {
		if day := c.At.Day(); c.In && day <= until && day > on && isDigital(c.Channel) {
			channel, on = c.Channel, day
		}
	}
	return channel, on
}

func (d *desk) watchDigital(l behold.Lamp) (behold.Lamp, bool) {
	usual, _ := l.Evidence.Fact("digital_usual")
	now := digitalMatters(d.deals, d.k, d.day-matterDays, d.day)
	return l, float64(now) > usual.Number+1 || d.day < l.Since+matterDays
}
