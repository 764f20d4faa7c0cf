package lamp

import (
	"cmp"
	"math"

	"behold"
	"behold/stat/survival"
)

// The lamp promise_broken (L05): did we not do what we promised this customer?
//
// In: promises, and deliveries promised with an order. A promise is broken when
// it is kept later than the tolerance: a day, two hours for calls. Where the
// company hardly ever records that a promise was kept, one that is not kept tells
// nothing. Lines of one order with one day are one promise.
//
// Lights:
//
//   - as an event, where it is rare enough to be news (desk.rare): 3 days late or
//     more, or beyond the tolerance towards a customer who buys for more than half
//     of them do, in the last 60 days;
//   - as an event, at once, when a colleague says that it will not be kept: see
//     GivenUp for the time until the next round;
//   - at p ≤ A on a day in the last 30 on which a promise broke, with b ≥ 2 broken
//     of the n that fell due in the 180 days up to it and b0 of n0 before them:
//     p = P(BetaBin(n, a + b0, b + n0 − b0) ≥ b), a and b the company's.
//
// Since is the day on which the first of them was that late, or the pattern that
// clear; told is the last.
//
// Out: the next three promises are kept, or none broken for 180 days.
//
// Facts: due_on, kept_on (when it was), late_days, broken_now, promises_now,
// usual_share, days_now (180), kind, delivery (1: promised with an order), one_in
// (of the pattern, when that lit it), given_up_on (when somebody said so). Rows: the broken promises.
//
// Fails: promises moved after the fact; delays that reach everybody.
// Source: METHODS L05; TestPromiseUnderChance.
const (
	promiseLate   = 3.
	promiseFresh  = 60
	promiseDays   = 180
	promiseRecent = 30
	promiseKept   = 3
)

// Promising is how the company usually keeps its promises.
type promising struct {
	A, B   float64 // Beta of the share broken; 0: not known
	Of     map[behold.Table]promised
	Median float64 // of customers' turnover a year, major units
}

// Promised is what becomes of the promises of one table.
type promised struct {
	Late     Waits   // days late
	Kept     bool    // it is recorded when they are
	PerMonth float64 // a month and customer
}

// promiseHabits learns them from all promises that fell due in the last two years.
func promiseHabits(h *behold.Histories, deals *behold.Dealings) promising {
	p := promising{Of: map[behold.Table]promised{}}
	if deals == nil || len(deals.Promises.All) == 0 {
		return p
	}
	for _, table := range []behold.Table{behold.TablePromises, behold.TableOrders} {
		p.Of[table] = promisedOf(h, deals, table)
	}
	var turnover []float64
	for k := range h.Customer {
		turnover = append(turnover, yearly(h, k))
	}
	p.Median = medianOf(turnover)
	var shares []backShare
	for k := range deals.Customer {
		s := backShare{customers: 1}
		all := deals.Promises.Of(k)
		for i := range all {
			if _, known := p.late(all, i, h.AsOf); known {
				if s.lines++; all[i].BrokenBy(h.AsOf) {
					s.back++
				}
			}
		}
		if s.lines > 0 {
			shares = append(shares, s)
		}
	}
	p.A, p.B = fitBeta(gathered(shares), .8, 12)
	return p
}

func promisedOf(h *behold.Histories, deals *behold.Dealings, table behold.Table) promised {
	const years, settledBy = 730, 30
	var p promised
	old, kept := 0, 0
	var stays []survival.Stay
	begin := h.AsOf
	for i := range deals.Promises.All {
		m := &deals.Promises.All[i]
		if due := m.Due.Day(); m.Table == table && due < h.AsOf-settledBy && due > h.AsOf-years {
			if old++; m.Kept.Known() {
				kept++
			}
		}
	}
	p.Kept = behold.KeepingTold(kept, old)
	for i := range deals.Promises.All {
		m := &deals.Promises.All[i]
		if m.Table != table || m.Due.Day() >= h.AsOf || m.Due.Day() < h.AsOf-years || !p.Kept && !m.Kept.Known() {
			continue
		}
		begin = min(begin, m.Due.Day())
		stays = append(stays, survival.Stay{Duration: max(0, m.LateBy(h.AsOf)), Left: m.Kept.Known()})
	}
	p.Late = waitsOf(stays)
	p.PerMonth = float64(len(stays)) / customerMonths(h, begin)
	return p
}

// late is how late the i-th of a customer's promises is at the end of a day;
// not known before it falls due, where keeping is not recorded, and of another
// line of the same order.
func (p *promising) late(all []behold.Promise, i int, day behold.Day) (days float64, known bool) {
	m := &all[i]
	if m.GaveUp(day) {
		return m.LateBy(day), true
	}
	if m.Due.Day() > day || !m.Kept.Known() && (!p.Of[m.Table].Kept || m.Due.Day() == day) {
		return 0, false
	}
	if i > 0 && all[i-1].Table == m.Table && all[i-1].ID == m.ID && all[i-1].Due == m.Due && all[i-1].Kept.Known() == m.Kept.Known() {
		return 0, false
	}
	return m.LateBy(day), true
}

// gathered counts equal shares once, in a fixed order.
func gathered(shares []backShare) []backShare {
	count := map[[2]int]int{}
	for _, s := range shares {
		count[[2]int{s.back, s.lines}] += s.customers
	}
	return inOrderOfShares(count)
}

// yearly is what a customer buys for in a year: over the last two, or since they
// came if that is later, half a year at least; major units.
func yearly(h *behold.Histories, k int) float64 {
	const years, least = 730, 182
	begin := h.Start[k]
	if begin == h.Start[k+1] {
		return 0
	}
	sum := int64(0)
	for i := begin; i < h.Start[k+1]; i++ {
		if h.Day[i] > h.AsOf-years {
			sum += h.Bought[i] + h.Credited[i]
		}
	}
	days := min(max(h.AsOf-h.Day[begin], least), years)
	return (behold.Money{Minor: sum, Currency: h.Currency}).Major() * 365 / float64(days)
}

// missed says whether a promise to the customer that fell due after one day and
// up to another was broken.
func (d *desk) missed(after, until behold.Day) bool {
	all := d.deals.Promises.Of(d.k)
	for i := range all {
		if fell := all[i].Fell(d.day); fell <= after || fell > until {
			continue
		}
		if _, known := d.in.Promises.late(all, i, d.day); known && all[i].BrokenBy(d.day) {
			return true
		}
	}
	return false
}

// A breach is a broken promise and the promises around it.
type breach struct {
	i                      int     // which promise
	broken, due            int     // of the 180 days
	brokenThen, promisesTo int     // before them
	late                   float64 // days
	p                      float64
}

func (d *desk) promiseBroken() (behold.Lamp, bool) {
	all := d.deals.Promises.Of(d.k)
	if len(all) == 0 {
		return behold.Lamp{}, false
	}
	var found behold.Lamp
	lit := false
	for i := range all {
		if all[i].Fell(d.day) <= d.day-promiseFresh {
			continue
		}
		_, known := d.in.Promises.late(all, i, d.day)
		if !known || !all[i].BrokenBy(d.day) {
			continue
		}
		since, event := d.brokeBadly(&all[i])
		b := d.breach(all, i)
		a, pattern := d.threshold(behold.LampPromise, 0), false
		if broke := d.brokeOn(&all[i]); broke > d.day-promiseRecent {
			a, pattern = d.test(behold.LampPromise, b.p, d.promisesAMonth(all), b.broken >= 2 && d.in.Promises.A > 0)
			if pattern && !event {
				since = min(broke, d.day)
			}
		}
		if !event && !pattern || d.keptSince(all, all[i].Fell(d.day)) {
			continue
		}
		if lit { // since the first, told by the last
			since = found.Since
		}
		lit = true
		e := d.promiseEvidence(all, b)
		if found = d.happened(behold.LampPromise, since, e); pattern {
			e.Facts = append(e.Facts, number("one_in", oneIn(b.p)))
			found = d.lit(behold.LampPromise, since, b.p, a, e)
		}
	}
	return found, lit
}

func (d *desk) watchPromise(l behold.Lamp) (behold.Lamp, bool) {
	all := d.deals.Promises.Of(d.k)
	due, _ := l.Evidence.Fact("due_on")
	fell := due.Day
	if gone, told := l.Evidence.Fact(givenUpFact); told {
		fell = gone.Day
	}
	if d.keptSince(all, fell) || !d.missed(d.day-promiseDays, d.day) {
		return l, false
	}
	for i := range all {
		if _, known := d.in.Promises.late(all, i, d.day); known && all[i].Due.Day() == due.Day && all[i].BrokenBy(d.day) {
			odds, told := l.Evidence.Fact("one_in")
			l.Evidence = d.promiseEvidence(all, d.breach(all, i))
			if told {
				l.Evidence.Facts = append(l.Evidence.Facts, odds)
			}
			return l, true
		}
	}
	return l, false // kept after all
}

// brokeOn is the day after the tolerance of a promise, or on which it was given up.
func (d *desk) brokeOn(m *behold.Promise) behold.Day {
	if m.GaveUp(d.day) {
		return m.GivenUp
	}
	return m.Due.Day() + behold.Day(math.Floor(m.Leeway())) + 1
}

// brokeBadly is since when a promise has been late enough to be an event. One that
// was given up is one at once, however usual: somebody here says so.
func (d *desk) brokeBadly(m *behold.Promise) (behold.Day, bool) {
	if m.GaveUp(d.day) {
		return m.GivenUp, true
	}
	least := promiseLate
	if yearly(d.h, d.k) > d.in.Promises.Median {
		least = m.Leeway()
	}
	habit := d.in.Promises.Of[m.Table]
	for day := m.Due.Day(); day <= d.day; day++ {
		late := m.LateBy(day)
		if late >= least && late > m.Leeway() && d.rare(habit.Late.atLeast(late), habit.PerMonth) {
			return day, true
		}
		if m.Kept.Known() && day >= m.Kept.Day() {
			break
		}
	}
	return behold.NoDay, false
}

// breach counts the promises up to the i-th, which was broken.
func (d *desk) breach(all []behold.Promise, i int) breach {
	p := &d.in.Promises
	b := breach{i: i}
	b.late, _ = p.late(all, i, d.day)
	end := d.brokeOn(&all[i])
	for j := range all {
		_, known := p.late(all, j, d.day)
		due := all[j].Fell(d.day)
		if !known || due > end {
			continue
		}
		broken := 0
		if all[j].BrokenBy(d.day) {
			broken = 1
		}
		if due > end-promiseDays {
			b.due, b.broken = b.due+1, b.broken+broken
		} else {
			b.promisesTo, b.brokenThen = b.promisesTo+1, b.brokenThen+broken
		}
	}
	b.p = 1
	if p.A > 0 {
		b.p = betaBinomialUpper(b.broken, b.due, p.A+float64(b.brokenThen), p.B+float64(b.promisesTo-b.brokenThen))
	}
	return b
}

// promisesAMonth counts over the customer's last year.
func (d *desk) promisesAMonth(all []behold.Promise) float64 {
	const year = 365
	since := d.day - year
	if d.f.First.Known() {
		since = max(since, d.f.First)
	}
	n := 0.0
	for i := range all {
		if all[i].Due.Day() > since {
			n++
		}
	}
	return max(n, 1) / max(1, float64(d.day-since)/daysOfMonth)
}

// keptSince says whether three promises in a row were kept after a day.
func (d *desk) keptSince(all []behold.Promise, after behold.Day) bool {
	row := 0
	for i := range all {
		if all[i].Fell(d.day) <= after {
			continue
		}
		_, known := d.in.Promises.late(all, i, d.day)
		switch {
		case !known:
		case all[i].BrokenBy(d.day):
			row = 0
		case all[i].Kept.Known():
			if row++; row >= promiseKept {
				return true
			}
		}
	}
	return false
}

func (d *desk) promiseEvidence(all []behold.Promise, b breach) behold.Evidence {
	m, p := &all[b.i], &d.in.Promises
	usual := (p.A + float64(b.brokenThen)) / max(1e-9, p.A+p.B+float64(b.promisesTo))
	facts := []behold.Fact{
		on("due_on", m.Due.Day()),
		number("late_days", max(0, math.Ceil(b.late))),
		number("broken_now", float64(b.broken)),
		number("promises_now", float64(b.due)),
		number("usual_share", usual),
		number("days_now", promiseDays),
		{Name: "kind", Text: cmp.Or(m.Kind, string(m.Table)), Day: behold.NoDay},
	}
	switch {
	case m.Kept.Known():
		facts = append(facts, on("kept_on", m.Kept.Day()))
	case m.GaveUp(d.day):
		facts = append(facts, on(givenUpFact, m.GivenUp))
	}
	if m.Table == behold.TableOrders {
		facts = append(facts, number("delivery", 1))
	}
	rows := []behold.Row{row(m.Table, m.ID, m.Made.Day())}
	for i := range all {
		_, known := p.late(all, i, d.day)
		if i != b.i && known && all[i].BrokenBy(d.day) && all[i].Due.Day() > m.Due.Day()-promiseDays {
			rows = append(rows, row(all[i].Table, all[i].ID, all[i].Made.Day()))
		}
	}
	return behold.Evidence{Facts: facts, Rows: rows}
}
