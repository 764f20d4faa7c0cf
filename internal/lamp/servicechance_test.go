package lamp

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"behold"
	"behold/stat/survival"
)

// METHODS 14.1: r 1.2, a 90 days, 8 contacts in 720 days and none for 210. The
// chance to be chronic holds half of one contact every five weeks against it.
func TestAttentionReference(t *testing.T) {
	r := rates{R: 1.2, A: 90, Rate: 1. / 35}
	if p := r.none(8, 720, 210); math.Abs(p-.11993) > 5e-6 {
		t.Errorf("p_change = %.6f", p)
	}
	if p := r.below(8, 720+210); math.Abs(p-.947) > 5e-4 {
		t.Errorf("P_chronic = %.4f", p)
	}
	if s := r.silence(8, 720, .11993); math.Abs(s-210) > .05 {
		t.Errorf("silence = %.2f", s)
	}
}

// What gamma-Poisson customers were drawn with is found again; nothing is learnt
// from nothing.
func TestFitRates(t *testing.T) {
	rnd := dice(51)
	var all []counted
	for range 5000 {
		nu, time := gamma(rnd, 2, 80), 400+300*rnd.Float64()
		all = append(all, counted{poisson(rnd, nu*time), time})
	}
	r := fitRates(all)
	if math.Abs(r.R-2) > .2 || math.Abs(r.A-80) > 8 || math.Abs(r.Rate-2./80) > .001 {
		t.Errorf("%+v", r)
	}
	if none := fitRates(all[:10]); none.known() {
		t.Errorf("from ten customers: %+v", none)
	}
	if p := r.atLeast(0, 1, 3, 100); p != 1 {
		t.Errorf("at least none: %g", p)
	}
}

func poisson(rnd *rand.Rand, mean float64) float64 {
	return distuv.Poisson{Lambda: mean, Src: rnd}.Rand()
}

// Leaving out the tickets that are still open would make slow answers look rarer
// than they are just when answers stop coming.
func TestWaitsOfOpenTickets(t *testing.T) {
	rnd := dice(52)
	var all, answered []survival.Stay
	for range 4000 {
		wait, seen := gamma(rnd, 1, 1./20), 60*rnd.Float64()
		s := survival.Stay{Duration: min(wait, seen), Left: wait <= seen}
		all = append(all, s)
		if s.Left {
			answered = append(answered, s)
		}
	}
	whole, biased := waitsOf(all), waitsOf(answered)
	truth := math.Exp(-40. / 20)
	if p := whole.atLeast(40); math.Abs(p-truth) > .02 {
		t.Errorf("P(wait ≥ 40) = %.4f, drawn with %.4f", p, truth)
	}
	if p := biased.atLeast(40); p > truth/2 {
		t.Errorf("without the open ones P(wait ≥ 40) = %.4f of %.4f: no bias to speak of", p, truth)
	}
	if few := waitsOf(all[:5]); few.known() || few.atLeast(1e9) != 1 {
		t.Error("five tickets are no curve")
	}
}

// The company's hours are read off when it replies: nine to five, Monday to Friday.
func TestOpenings(t *testing.T) {
	var replies []behold.Moment
	monday := behold.Date(2025, 1, 6)
	for week := range behold.Day(20) {
		for day := range behold.Day(5) {
			for hour := range 8 {
				replies = append(replies, (monday+7*week+day).Moment()+behold.Moment(60*(9+hour)+20))
			}
		}
	}
	o := openingsOf(replies)
	at := func(day behold.Day, hour int) behold.Moment { return day.Moment() + behold.Moment(60*hour) }
	for _, c := range []struct {
		from, to behold.Moment
		hours    float64
	}{
		{at(monday, 10), at(monday, 12), 2}, {at(monday, 16), at(monday+1, 10), 2}, {at(monday+4, 16), at(monday+7, 10), 2},
		{at(monday, 20), at(monday, 23), 0}, {at(monday, 0), at(monday+7, 0), 40}, {at(monday+5, 3), at(monday+6, 23), 0}, {at(monday, 12), at(monday, 9), 0},
	} {
		if got := o.hours(c.from, c.to); math.Abs(got-c.hours) > 1e-9 {
			t.Errorf("%v hours from %d to %d, want %v", got, c.from, c.to, c.hours)
		}
	}
	if few := openingsOf(replies[:100]); !few.always() {
		t.Error("a hundred replies tell no hours")
	}
}

// served is a shop whose customers buy, hear from the company, ask it and are
// promised things, all at random with rates of their own; worse changes what
// happens to a customer from a day on.
type served struct {
	customers     int
	until, from   behold.Day
	contact       float64 // share of contacts that still happen after from
	reply, broken float64 // replies take so many times longer; promises broken besides
	messages      float64 // so many times as many
}

func (c served) shop(rnd *rand.Rand) (*behold.Histories, *behold.Dealings, []behold.Forecast, *shop) {
	s := steady(c.customers, 30, rnd, c.until, always)
	s.in = Company{Settings: s.in.Settings}
	for k := range c.customers {
		d := &s.dealt.rows[s.number(fmt.Sprint(k))]
		begin := float64(c.until) - 600
		each := func(gap float64, do func(day behold.Day)) {
			for at := begin + gap*rnd.ExpFloat64(); at <= float64(c.until); at += gap * rnd.ExpFloat64() {
				do(behold.Day(at))
			}
		}
		late := func(day behold.Day, times float64) float64 {
			if day > c.from {
				return times
			}
			return 1
		}
		each(1/gamma(rnd, 2, 80), func(day behold.Day) {
			if rnd.Float64() < late(day, c.contact) {
				d.contacts = append(d.contacts, behold.Contact{ID: s.dealt.row(behold.TableContacts), Recorded: day, At: day.Moment() + 600, Channel: "call", Replied: behold.NoMoment})
			}
		})
		opens := distuv.Beta{Alpha: 2, Beta: 6, Src: rnd}.Rand()
		each(10/gamma(rnd, 6, 6), func(day behold.Day) {
			for range int(late(day, c.messages)) {
				m := behold.Contact{ID: s.dealt.row(behold.TableContacts), Recorded: day, At: day.Moment() + 700, Channel: "newsletter", Replied: behold.NoMoment}
				if rnd.Float64() < opens {
					m.Replied = m.At + 30
				}
				d.contacts = append(d.contacts, m)
			}
		})
		sortContacts(d.contacts)
		each(60, func(day behold.Day) {
			x := behold.Ticket{ID: s.dealt.row(behold.TableTickets), Recorded: day, Opened: day.Moment() + behold.Moment(rnd.IntN(1440)), Replied: behold.NoMoment, Closed: behold.NoMoment, PromiseHours: 24}
			x.Replied = x.Opened + behold.Moment(60*10*math.Exp(.7*rnd.NormFloat64())*late(day, c.reply))
			x.Closed = x.Replied + 600
			d.tickets = append(d.tickets, x)
		})
		fails := distuv.Beta{Alpha: 1, Beta: 12, Src: rnd}.Rand()
		each(20, func(day behold.Day) {
			due := day + 3
			kept := due
			if rnd.Float64() < fails || day > c.from && rnd.Float64() < c.broken {
				kept += 2 + behold.Day(poisson(rnd, 1))
			}
			d.promises = append(d.promises, behold.Promise{ID: s.dealt.row(behold.TablePromises), Table: behold.TablePromises, Recorded: day, Made: day.Moment(), Due: due.Moment(), Kept: kept.Moment(), Kind: "delivery"})
		})
	}
	h := s.histories(c.until)
	deals := s.dealt.dealings(h)
	f := s.forecasts(h)
	s.in.Has = deals.Has
	s.in = Prepare(h, deals, f, s.in)
	return h, deals, f, s
}

func sortContacts(c []behold.Contact) {
	for i := range c {
		for j := i; j > 0 && c[j].At < c[j-1].At; j-- {
			c[j], c[j-1] = c[j-1], c[j]
		}
	}
}

// newLamps counts the lamps of a kind that began in the last thirty days.
func newLamps(lamps []behold.Lamp, day behold.Day) map[behold.LampKind]int {
	count := map[behold.LampKind]int{}
	for _, l := range lamps {
		if l.Since > day-daysOfMonth {
			count[l.Kind]++
		}
	}
	return count
}

// Customers to whom nothing happens but chance: each lamp lights for no more of
// 100 a month than its share of the dial, and an event for no more than a tenth of
// it besides.
func TestServiceUnderChance(t *testing.T) {
	const customers = 3000
	day := behold.Date(2025, 1, 31)
	h, deals, f, s := served{customers: customers, until: day, from: day, contact: 1, reply: 1, messages: 1}.shop(dice(53))
	count := newLamps(Judge(s.in, h, deals, f), day)
	for _, kind := range []behold.LampKind{behold.LampAttention, behold.LampSlow, behold.LampPromise, behold.LampUnwanted} {
		rate := 100 * float64(count[kind]) / customers
		most := 100 * s.in.share(kind) * s.in.Settings.FalseLamps / 100
		if RuleOf(kind).Evidence == Either {
			most += s.in.Settings.FalseLamps / 10
		}
		t.Logf("%s: %.2f new false lamps per 100 and month, %.2f allowed", kind, rate, most)
		if rate > most+.25 {
			t.Errorf("%s: %.2f new false lamps per 100 and month, want at most %.2f", kind, rate, most)
		}
	}
}

// What is planted is seen within five months: nobody calls any more, replies take
// seven times as long, half the promises are broken, four times as many newsletters.
func TestServiceSeesWhatHappens(t *testing.T) {
	const customers = 300
	day := behold.Date(2025, 1, 31)
	_, _, _, usual := served{customers: 2000, until: day, from: day, contact: 1, reply: 1, messages: 1}.shop(dice(55))
	for _, c := range []struct {
		kind  behold.LampKind
		world served
		least float64
	}{
		{behold.LampAttention, served{contact: 0, reply: 1, messages: 1}, .15},
		{behold.LampSlow, served{contact: 1, reply: 7, messages: 1}, .6},
		{behold.LampPromise, served{contact: 1, reply: 1, broken: .5, messages: 1}, .3},
		{behold.LampUnwanted, served{contact: 1, reply: 1, messages: 4}, .7},
	} {
		c.world.customers, c.world.until, c.world.from = customers, day, day-150
		h, deals, _, s := c.world.shop(dice(54))
		seen := map[int32]bool{}
		for on := day - 140; on <= day; on += 14 {
			then := h.Until(on)
			for _, l := range Judge(usual.in, then, deals.Until(on), s.forecasts(then)) {
				if l.Kind == c.kind {
					seen[l.Customer] = true
				}
			}
		}
		share := float64(len(seen)) / customers
		t.Logf("%s: %.2f of those it happened to", c.kind, share)
		if share < c.least {
			t.Errorf("%s: %.2f of those it happened to, want at least %.2f", c.kind, share, c.least)
		}
	}
}

// Other companies' files: all is late, columns are missing, nobody logs calls. What
// is everybody's lot is no customer's warning.
func TestServiceOfOddCompanies(t *testing.T) {
	const customers = 800
	day := behold.Date(2025, 1, 31)
	h, whole, f, s := served{customers: customers, until: day, from: day, contact: 1, reply: 1, messages: 1}.shop(dice(56))
	ticket := func(change func(*behold.Ticket)) func(*behold.Dealings) {
		return func(d *behold.Dealings) {
			for i := range d.Tickets.All {
				change(&d.Tickets.All[i])
			}
		}
	}
	promise := func(change func(*behold.Promise)) func(*behold.Dealings) {
		return func(d *behold.Dealings) {
			for i := range d.Promises.All {
				change(&d.Promises.All[i])
			}
		}
	}
	contacts := func(keep func(k int, c *behold.Contact) bool) func(*behold.Dealings) {
		return func(d *behold.Dealings) {
			var kept behold.Rows[behold.Contact]
			for k := range d.Customer {
				var mine []behold.Contact
				for _, c := range d.Contacts.Of(k) {
					if keep(k, &c) {
						mine = append(mine, c)
					}
				}
				kept.Put(mine...)
			}
			d.Contacts = kept
		}
	}
	for name, change := range map[string]func(*behold.Dealings){
		"everything five days late": promise(func(p *behold.Promise) { p.Kept = p.Due + 5*minutesOfDay }),
		"nobody notes what is kept": promise(func(p *behold.Promise) { p.Kept = behold.NoMoment }),
		"answers after a week":      ticket(func(x *behold.Ticket) { x.Replied += 7 * minutesOfDay; x.Closed = x.Replied }),
		"no replies noted":          ticket(func(x *behold.Ticket) { x.Replied = behold.NoMoment }),
		"neither reply nor closing": ticket(func(x *behold.Ticket) { x.Replied, x.Closed = behold.NoMoment, behold.NoMoment }),
		"no priority, no promise":   ticket(func(x *behold.Ticket) { x.PromiseHours, x.Priority, x.Channel = math.NaN(), "", "" }),
		"complaints, never closed":  ticket(func(x *behold.Ticket) { x.Complaint, x.Closed = true, behold.NoMoment }),
		"everything is a complaint": ticket(func(x *behold.Ticket) { x.Complaint = true }),
		"one in ten is logged":      contacts(func(k int, _ *behold.Contact) bool { return k%10 == 0 }),
		"the log has ended":         contacts(func(_ int, c *behold.Contact) bool { return c.At.Day() < day-60 }),
		"the log thins out": contacts(func(k int, c *behold.Contact) bool {
			return c.At.Day() < day-90 || k%4 == 0 || c.Channel == "newsletter"
		}),
	} {
		deals := whole.Until(day)
		change(deals)
		in := Prepare(h, deals, f, Company{Settings: s.in.Settings, Has: deals.Has})
		count := map[behold.LampKind]int{}
		for _, l := range Judge(in, h, deals, f) {
			count[l.Kind]++
		}
		for _, kind := range []behold.LampKind{behold.LampAttention, behold.LampSlow, behold.LampComplaint, behold.LampPromise, behold.LampUnwanted} {
			if most := customers * 3 / 100; count[kind] > most {
				t.Errorf("%s: %d %s lamps among %d customers", name, count[kind], kind, customers)
			}
		}
		t.Log(name, count)
	}
}
