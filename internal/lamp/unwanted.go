package lamp

import (
	"math"

	"behold"
)

// The lamp unwanted_messages (L19): do our messages annoy this customer?
//
// In: messages to everybody (channels newsletter and automatic, from us; a reply
// counts as opened), and who said no to marketing.
//
// Stat, of the 90 days up to the customer's monthly test day against the time
// before, two years at most:
//
//	openings   x of n opened, x0 of n0 before: P(BetaBin(n, a + x0, b + n0 − x0) ≤ x)
//	number     n sent, n0 before, measured in what an average customer was sent at
//	           the time: upper tail of the gamma-Poisson
//	p = twice the smaller, at most 1
//
// The number of messages is ours to METHODS L19: being sent far more than others
// comes before openings fall. Only for who got at least five in the 90 days.
//
// Lights: p ≤ A; or, as an event, a newsletter in the last 60 days to someone who
// said no to marketing, where fewer than 1 customer in 50 has that. Since is the
// test day, or the day of the newsletter.
//
// Out: none for 60 days; or p above 0.3.
//
// Facts: messages_now, opened_now, messages_before, opened_before, expected_now (at
// what is usual for them), days_now, last_message_on, opted_out (1), one_in. Rows:
// the last messages.
//
// Fails: openings that no file tells of. Source: METHODS L19; TestUnwantedUnderChance.
const (
	messageDays   = 90
	messageFresh  = 60
	leastMessages = 5
	unwantedOut   = .3
)

// Messaging is how the company writes to everybody.
type messaging struct {
	Rates    rates      // of a customer, over what an average one is sent
	A, B     float64    // Beta of the share opened; 0: nobody notes openings
	First    behold.Day // of Sent
	Sent     []float64  // messages to an average customer up to each day
	Mistaken bool       // so many who said no get newsletters that the file must mean something else
}

func (m *messaging) between(after, until behold.Day) float64 {
	if len(m.Sent) == 0 {
		return 0
	}
	at := func(day behold.Day) float64 {
		i := min(max(int(day-m.First), 0), len(m.Sent)-1)
		return m.Sent[i]
	}
	return max(0, at(until)-at(after))
}

// message says whether a contact goes to everybody.
func message(c *behold.Contact) bool {
	return !c.In && (c.Channel == "newsletter" || c.Channel == "automatic")
}

func messageHabits(h *behold.Histories, deals *behold.Dealings, f []behold.Forecast) messaging {
	const few, often = 50, 100
	m := messaging{First: h.AsOf - attentionDays}
	if deals == nil || len(f) != h.Len() {
		return m
	}
	sent, here := make([]float64, attentionDays+1), make([]float64, attentionDays+2)
	var shares []backShare
	mistaken, opened, all := 0, 0, 0
	for k := range deals.Customer {
		here[min(max(0, int(since(&f[k], m.First)-m.First)), attentionDays+1)]++
		s := backShare{customers: 1}
		refused := len(deals.Profile) > 0 && deals.Profile[k].NoMarketing
		written := false
		contacts := deals.Contacts.Of(k)
		for i := range contacts {
			c := &contacts[i]
			day := c.At.Day()
			if !message(c) || day <= m.First || day > h.AsOf {
				continue
			}
			sent[day-m.First]++
			if s.lines++; c.Replied.Known() {
				s.back++
			}
			written = written || refused && c.Channel == "newsletter" && day > h.AsOf-messageFresh
		}
		if written {
			mistaken++
		}
		if s.lines > 0 {
			shares = append(shares, s)
			opened, all = opened+s.back, all+s.lines
		}
	}
	total, customers := 0.0, 0.0
	for i := range sent {
		customers += here[i]
		total += sent[i] / max(1, customers)
		m.Sent = append(m.Sent, total)
	}
	if often*opened > all {
		m.A, m.B = fitBeta(gathered(shares), 1, 4)
	}
	m.Mistaken = few*mistaken > len(deals.Customer)
	var counts []counted
	for k := range deals.Customer {
		begin := since(&f[k], m.First)
		n := 0.0
		contacts := deals.Contacts.Of(k)
		for i := range contacts {
			if c := &contacts[i]; message(c) && c.At.Day() > begin && c.At.Day() <= h.AsOf {
				n++
			}
		}
		if e := m.between(begin, h.AsOf); e > 0 {
			counts = append(counts, counted{n, e})
		}
	}
	m.Rates = fitRates(counts)
	return m
}

// since is when the customer's messages begin to count.
func since(f *behold.Forecast, from behold.Day) behold.Day {
	if f.First.Known() {
		return max(from, f.First)
	}
	return from
}

// A flood is what the messages of one day's test have to say.
type flood struct {
	now, opened, before, openedBefore int
	expected                          float64
	p                                 float64
	last                              behold.Day
}

func (d *desk) flood(day behold.Day) flood {
	m := &d.in.Messages
	x := flood{p: 1, last: behold.NoDay}
	begin := since(d.f, m.First)
	contacts := d.deals.Contacts.Of(d.k)
	for i := range contacts {
		c := &contacts[i]
		if at := c.At.Day(); !message(c) || at <= begin || at > day {
			continue
		}
		opened := 0
		if c.Replied.Known() {
			opened = 1
		}
		if x.last = c.At.Day(); x.last > day-messageDays {
			x.now, x.opened = x.now+1, x.opened+opened
		} else {
			x.before, x.openedBefore = x.before+1, x.openedBefore+opened
		}
	}
	recent, past := m.between(max(begin, day-messageDays), day), m.between(begin, day-messageDays)
	if m.Rates.known() {
		x.expected = recent * (m.Rates.R + float64(x.before)) / (m.Rates.A + past)
		x.p = m.Rates.atLeast(float64(x.now), recent, float64(x.before), past)
	}
	if m.A > 0 {
		a, b := m.A+float64(x.openedBefore), m.B+float64(x.before-x.openedBefore)
		x.p = min(x.p, betaBinomialUpper(x.now-x.opened, x.now, b, a))
	}
	x.p = min(1, 2*x.p)
	return x
}

func (d *desk) unwanted() (behold.Lamp, bool) {
	if on := d.refused(); on.Known() {
		return d.happened(behold.LampUnwanted, on, d.unwantedEvidence(d.flood(d.day))), true
	}
	if !d.in.Messages.Rates.known() {
		return behold.Lamp{}, false
	}
	test := TestDay(d.h.Customer[d.k], d.day)
	x := d.flood(test)
	a, lit := d.test(behold.LampUnwanted, x.p, 1, x.now >= leastMessages)
	if !lit {
		return behold.Lamp{}, false
	}
	e := d.unwantedEvidence(x)
	e.Facts = append(e.Facts, number("one_in", oneIn(x.p)))
	return d.lit(behold.LampUnwanted, test, x.p, a, e), true
}

func (d *desk) watchUnwanted(l behold.Lamp) (behold.Lamp, bool) {
	x := d.flood(d.day)
	if !x.last.Known() || x.last <= d.day-messageFresh {
		return l, false
	}
	if _, event := l.Evidence.Fact("opted_out"); event {
		return l, d.refused().Known()
	}
	return l, x.p <= unwantedOut
}

// refused is when the last 60 days' first newsletter went to a customer who said
// no; NoDay when none did.
func (d *desk) refused() behold.Day {
	if !d.profile().NoMarketing || d.in.Messages.Mistaken || !d.rare(1, 0) {
		return behold.NoDay
	}
	contacts := d.deals.Contacts.Of(d.k)
	for i := range contacts {
		if c := &contacts[i]; !c.In && c.Channel == "newsletter" && c.At.Day() > d.day-messageFresh {
			return c.At.Day()
		}
	}
	return behold.NoDay
}

func (d *desk) unwantedEvidence(x flood) behold.Evidence {
	facts := []behold.Fact{
		number("messages_now", float64(x.now)),
		number("opened_now", float64(x.opened)),
		number("messages_before", float64(x.before)),
		number("opened_before", float64(x.openedBefore)),
		number("expected_now", math.Round(x.expected)),
		number("days_now", messageDays),
		on("last_message_on", x.last),
	}
	if d.profile().NoMarketing {
		facts = append(facts, number("opted_out", 1))
	}
	var rows []behold.Row
	contacts := d.deals.Contacts.Of(d.k)
	for i := len(contacts) - 1; i >= 0 && len(rows) < 5; i-- {
		if message(&contacts[i]) {
			rows = append(rows, row(behold.TableContacts, contacts[i].ID, contacts[i].At.Day()))
		}
	}
	return behold.Evidence{Facts: facts, Rows: rows}
}
