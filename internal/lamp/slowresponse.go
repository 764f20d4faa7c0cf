package lamp

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"behold"
	"behold/stat/survival"
)

// The lamp slow_response (L03): does this customer wait for an answer longer
// than the company's customers do?
//
// In: tickets; the wait from opening to the first reply, in the hours in which
// the company works (learnt from when replies are written; round the clock where
// that cannot be seen). A company that records no replies is judged by closings.
//
// Stat: the Kaplan-Meier curve of waits of the same channel and priority, or of
// all tickets where those are fewer than 100; tickets without a reply are
// censored. p = S(wait). Of a customer with earlier tickets, the last five are
// joined by Fisher, and p is twice the smaller of the two.
//
// Lights: at p ≤ A, once a ticket, with A for as many chances a month as the
// customer opens tickets; or while a ticket waits beyond the promise, where so
// long a wait is rare (see desk.rare). Tickets older than a year are let be.
// Since is the day on which the wait became that long.
//
// Out: closed, and 14 days quiet; of a ticket answered but never closed, 30 days
// after the reply.
//
// Facts: opened_on, replied_on (when it was), waited_hours, usual_hours (95 %
// are answered within), promise_hours (when there is one), opening_hours (1: hours
// are working hours), tickets_joined, one_in. Rows: the tickets.
//
// Fails: automatic replies that count as answers; tickets closed to stop the
// clock. Source: METHODS L03; TestSlowUnderChance, TestWaitsOfOpenTickets.
const (
	slowQuiet    = 14
	slowAnswered = 30
	oldTicket    = 365
	slowJoined   = 5
)

// Replies are how long the company's customers wait for a first reply.
type replies struct {
	Open      openings
	ByClosing bool // no replies are recorded: what counts is the closing
	By        map[desktop]Waits
	PerMonth  float64 // tickets a month and customer
}

// A desktop is where a ticket lands; the zero one is all of them.
type desktop struct{ channel, priority string }

// of are the waits for tickets like this one.
func (r *replies) of(t *behold.Ticket) Waits {
	if w, known := r.By[desktop{t.Channel, t.Priority}]; known {
		return w
	}
	return r.By[desktop{}]
}

// replied is when the ticket was answered; NoMoment: not yet.
func (r *replies) replied(t *behold.Ticket) behold.Moment {
	if r.ByClosing {
		return t.Closed
	}
	return t.Replied
}

// end of the wait: the reply, or the closing of a ticket that never got one.
func (r *replies) end(t *behold.Ticket) behold.Moment {
	if at := r.replied(t); at.Known() {
		return at
	}
	return t.Closed
}

// replyHabits learns them from all tickets of the last two years.
func replyHabits(h *behold.Histories, deals *behold.Dealings) replies {
	r := replies{By: map[desktop]Waits{}}
	if deals == nil || len(deals.Tickets.All) == 0 {
		return r
	}
	const years, least, seldom = 730, 100, 10
	from := h.AsOf - years
	var answered []behold.Moment
	known := 0
	for _, t := range deals.Tickets.All {
		if t.Replied.Known() {
			answered = append(answered, t.Replied)
		}
		if t.Closed.Known() {
			known++
		}
	}
	if r.ByClosing = seldom*len(answered) < known; !r.ByClosing {
		r.Open = openingsOf(answered)
	}
	stays := map[desktop][]survival.Stay{}
	var all []survival.Stay
	begin := h.AsOf
	for i := range deals.Tickets.All {
		t := &deals.Tickets.All[i]
		if t.Opened.Day() < from {
			continue
		}
		begin = min(begin, t.Opened.Day())
		s := r.stay(t, evening(h.AsOf))
		stays[desktop{t.Channel, t.Priority}] = append(stays[desktop{t.Channel, t.Priority}], s)
		all = append(all, s)
	}
	for at, s := range stays {
		if len(s) >= least {
			r.By[at] = waitsOf(s)
		}
	}
	r.By[desktop{}] = waitsOf(all)
	r.PerMonth = float64(len(all)) / customerMonths(h, begin)
	return r
}

// stay is a ticket's wait as the curve takes it.
func (r *replies) stay(t *behold.Ticket, now behold.Moment) survival.Stay {
	end := r.end(t)
	if !end.Known() {
		end = now
	}
	return survival.Stay{Duration: r.Open.hours(t.Opened, end), Left: r.replied(t).Known()}
}

// A patience is what one ticket has to say.
type patience struct {
	hours  float64
	alone  float64 // p of this ticket
	p      float64 // with those before it
	joined int     // tickets in p
}

func (d *desk) slowResponse() (behold.Lamp, bool) {
	r := &d.in.Replies
	if all := r.By[desktop{}]; !all.known() {
		return behold.Lamp{}, false
	}
	tickets := d.deals.Tickets.Of(d.k)
	o := d.ticketsAMonth(tickets)
	var found behold.Lamp
	lit := false
	for i := range tickets {
		if !d.freshTicket(&tickets[i]) {
			continue
		}
		w := d.waited(tickets, i, d.day)
		a, unusual := d.test(behold.LampSlow, w.p, o, true)
		overdue := d.overdue(&tickets[i], w)
		if lit || !unusual && !overdue {
			continue
		}
		lit = true
		e, since := d.slowEvidence(tickets, i, w), d.slowSince(tickets, i, a)
		if found = d.happened(behold.LampSlow, since, e); unusual {
			found = d.lit(behold.LampSlow, since, w.p, a, e)
		}
	}
	return found, lit
}

// watchSlow lets the lamp burn while the ticket that lit it is not settled.
func (d *desk) watchSlow(l behold.Lamp) (behold.Lamp, bool) {
	opened, _ := l.Evidence.Fact("opened_on")
	tickets := d.deals.Tickets.Of(d.k)
	for i := range tickets {
		if tickets[i].Opened.Day() == opened.Day && d.freshTicket(&tickets[i]) {
			l.Evidence = d.slowEvidence(tickets, i, d.waited(tickets, i, d.day))
			return l, true
		}
	}
	return l, false
}

// freshTicket says whether the ticket can still light a lamp.
func (d *desk) freshTicket(t *behold.Ticket) bool {
	switch reply := d.in.Replies.replied(t); {
	case t.Opened.Day() < d.day-oldTicket:
		return false
	case t.Closed.Known():
		return t.Closed.Day() > d.day-slowQuiet
	case reply.Known():
		return reply.Day() > d.day-slowAnswered
	}
	return true
}

// waited is how long the i-th ticket had waited by the end of a day.
func (d *desk) waited(tickets []behold.Ticket, i int, day behold.Day) patience {
	r := &d.in.Replies
	w := patience{joined: 1}
	w.hours, w.alone = r.wait(&tickets[i], evening(day))
	w.p = w.alone
	sum := -2 * math.Log(w.alone)
	for j := i - 1; j >= 0 && w.joined < slowJoined; j-- {
		_, p := r.wait(&tickets[j], evening(day))
		sum -= 2 * math.Log(p)
		w.joined++
	}
	if w.joined > 1 {
		all := distuv.ChiSquared{K: float64(2 * w.joined)}.Survival(sum)
		w.p = min(1, 2*min(w.alone, all))
	}
	return w
}

func (r *replies) wait(t *behold.Ticket, now behold.Moment) (hours, p float64) {
	end := r.end(t)
	if !end.Known() || end > now {
		end = now
	}
	hours = r.Open.hours(t.Opened, end)
	waits := r.of(t)
	return hours, waits.atLeast(hours)
}

// overdue says whether the ticket waits, beyond what was promised, for longer
// than is usual.
func (d *desk) overdue(t *behold.Ticket, w patience) bool {
	return !d.in.Replies.end(t).Known() && t.PromiseHours > 0 && w.hours > t.PromiseHours && d.rare(w.alone, d.in.Replies.PerMonth)
}

// slowSince is the first evening on which the wait was long enough.
func (d *desk) slowSince(tickets []behold.Ticket, i int, a float64) behold.Day {
	for day := tickets[i].Opened.Day(); day < d.day; day++ {
		if w := d.waited(tickets, i, day); d.star(behold.LampSlow, w.p) <= a || d.overdue(&tickets[i], w) {
			return day
		}
	}
	return d.day
}

// ticketsAMonth is the customer's own rate in the last year, with one ticket at
// the company's rate before it.
func (d *desk) ticketsAMonth(tickets []behold.Ticket) float64 {
	n := 1.0
	for i := range tickets {
		if tickets[i].Opened.Day() > d.day-oldTicket {
			n++
		}
	}
	since := d.day - oldTicket
	if d.f.First.Known() {
		since = max(since, d.f.First)
	}
	return n / (float64(d.day-since)/daysOfMonth + 1/max(d.in.Replies.PerMonth, 1e-3))
}

func (d *desk) slowEvidence(tickets []behold.Ticket, i int, w patience) behold.Evidence {
	r, t := &d.in.Replies, &tickets[i]
	facts := []behold.Fact{
		on("opened_on", t.Opened.Day()),
		number("waited_hours", math.Round(w.hours)),
		number("tickets_joined", float64(w.joined)),
		number("one_in", oneIn(w.p)),
	}
	if at := r.replied(t); at.Known() {
		facts = append(facts, on("replied_on", at.Day()))
	}
	waits := r.of(t)
	if usual := waits.within(.95); !math.IsInf(usual, 1) {
		facts = append(facts, number("usual_hours", math.Ceil(usual)))
	}
	if t.PromiseHours > 0 {
		facts = append(facts, number("promise_hours", t.PromiseHours))
	}
	if !r.Open.always() {
		facts = append(facts, number("opening_hours", 1))
	}
	rows := []behold.Row{row(behold.TableTickets, t.ID, t.Opened.Day())}
	for j := i - 1; j > i-w.joined; j-- {
		rows = append(rows, row(behold.TableTickets, tickets[j].ID, tickets[j].Opened.Day()))
	}
	return behold.Evidence{Facts: facts, Rows: rows}
}
