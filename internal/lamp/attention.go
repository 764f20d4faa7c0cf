package lamp

import (
	"math"
	"slices"

	"behold"
)

// The lamp attention (L02): does this customer hear less from us than before, or
// far less than customers of their value?
//
// In: personal contacts from us (visit, call 1; mail, chat 0.7; event 0.5; what
// goes to everybody 0; several on one day count as the weightiest), over two years
// up to the last at most; what the customer buys for in a year, in thirds.
//
// Stat: contacts ~ Poisson(ν), ν ~ Gamma(r, a) of the customer's third. With n
// contacts in the time T up to the last and a silence s since,
//
//	p_change  = ((a + T)/(a + T + s))^(r + n)
//	P_chronic = P(ν < c | n, T + s),  c half the third's mean rate
//
// The silence counts up to the day on which the rhythm lamp lit: afterwards we may
// have stopped calling because they left.
//
// Lights, on the customer's monthly test day: p_change ≤ A; or P_chronic ≥ 0.9
// for a customer of more than median value whom nobody contacted in 90 days. Where
// more such customers have P_chronic ≥ 0.9 than the lamp's share of the dial over
// half a year, that is how the company works, and only the worst are named.
// Since is the day on which it came true.
//
// No data: fewer than a quarter of the customers were contacted in the last 90
// days, or half as much is logged as in the year before, or nothing for 30 days.
//
// Out: a personal contact, from either side.
//
// Facts: contacts_now (in the days_now days up to the last), last_contact_on, silent_days,
// usual_gap_days (between contacts with customers of this value), change_p,
// chronic, attention_share (of attention over the share of turnover; 1 is even).
// Rows: the last contacts; of one who has none, the last order.
//
// Fails: calls that nobody logs. Source: METHODS L02; its reference number is
// TestAttentionReference, its false alarms are counted in TestAttentionUnderChance.
const (
	attentionDays  = 730
	attentionLast  = 90
	chronicLeast   = .9
	leastContacted = .25
	logStops       = 30
)

// Attentive is how the company looks after its customers.
type attentive struct {
	Known   bool
	From    behold.Day // first and
	Until   behold.Day // last personal contact that was logged
	Cuts    [2]float64 // thirds of what customers buy for in a year
	Thirds  [3]rates   // contacts a day
	Median  float64    // of what they buy for
	Mean    float64
	Rate    float64 // contacts a day and customer
	Chronic float64 // P_chronic from which a customer is named
}

// attentionHabits learns them from customers who are there and not silent.
func attentionHabits(h *behold.Histories, deals *behold.Dealings, f []behold.Forecast, phi, share float64) attentive {
	var t attentive
	if deals == nil || len(deals.Contacts.All) == 0 || len(f) != h.Len() {
		return t
	}
	t.From, t.Until = logged(deals)
	if !t.Until.Known() || !t.wellLogged(h, deals, f) {
		return t
	}
	here := present(f)
	values := make([]float64, 0, len(here))
	for _, k := range here {
		values = append(values, yearly(h, k))
	}
	sorted := slices.Sorted(slices.Values(values))
	if len(sorted) == 0 {
		return t
	}
	t.Cuts = [2]float64{sorted[len(sorted)/3], sorted[len(sorted)*2/3]}
	t.Median = medianOf(values)
	var counts [3][]counted
	var all []counted
	for i, k := range here {
		n, _, _ := personal(deals.Contacts.Of(k), t.begin(&f[k], h.AsOf), t.Until)
		c := counted{n, float64(t.Until - t.begin(&f[k], h.AsOf))}
		if c.time < attentionLast {
			continue
		}
		third := t.third(values[i])
		counts[third], all = append(counts[third], c), append(all, c)
		t.Mean += values[i] / float64(len(here))
	}
	whole := fitRates(all)
	for i := range counts {
		if t.Thirds[i] = fitRates(counts[i]); !t.Thirds[i].known() {
			t.Thirds[i] = whole
		}
	}
	t.Known, t.Rate = whole.known(), whole.Rate
	t.Chronic = t.chronicCut(h, deals, f, here, phi*share)
	return t
}

// present are the places of customers who buy.
func present(f []behold.Forecast) []int {
	const silent = .1
	var here []int
	for k := range f {
		if f[k].Occasions > 0 && f[k].State != behold.Lost && f[k].State != behold.Closed && f[k].SilenceP > silent {
			here = append(here, k)
		}
	}
	return here
}

func logged(deals *behold.Dealings) (from, until behold.Day) {
	from, until = behold.NoDay, behold.NoDay
	for i := range deals.Contacts.All {
		c := &deals.Contacts.All[i]
		if c.In || c.Personal() == 0 {
			continue
		}
		day := c.At.Day()
		if !from.Known() || day < from {
			from = day
		}
		until = max(until, day)
	}
	return from, until
}

// wellLogged says whether silence in the log means silence.
func (t *attentive) wellLogged(h *behold.Histories, deals *behold.Dealings, f []behold.Forecast) bool {
	const year, least = 365, 30
	if t.Until < h.AsOf-logStops {
		return false
	}
	var now, before, contacted, there float64
	for _, k := range present(f) {
		n, last, _ := personal(deals.Contacts.Of(k), t.Until-attentionLast, t.Until)
		then, _, _ := personal(deals.Contacts.Of(k), t.Until-attentionLast-year, t.Until-attentionLast)
		now, before, there = now+n, before+then, there+1
		if last.Known() {
			contacted++
		}
	}
	span := float64(min(year, max(0, t.Until-attentionLast-t.From)))
	thinner := span > attentionLast && now/attentionLast < before/span/2
	return there >= least && contacted >= leastContacted*there && !thinner
}

// begin of the time that counts for a customer.
func (t *attentive) begin(f *behold.Forecast, day behold.Day) behold.Day {
	begin := max(day-attentionDays, t.From)
	if f.First.Known() {
		begin = max(begin, f.First)
	}
	return begin
}

func (t *attentive) third(value float64) int {
	switch {
	case value >= t.Cuts[1]:
		return 2
	case value >= t.Cuts[0]:
		return 1
	}
	return 0
}

// chronicCut is 0.9, or higher where too many would be named.
func (t *attentive) chronicCut(h *behold.Histories, deals *behold.Dealings, f []behold.Forecast, here []int, monthly float64) float64 {
	const halfYear = 6
	var all []float64
	for _, k := range here {
		value := yearly(h, k)
		begin := t.begin(&f[k], h.AsOf)
		if value <= t.Median || t.Until-begin < attentionLast {
			continue
		}
		n, _, _ := personal(deals.Contacts.Of(k), begin, t.Until)
		third := &t.Thirds[t.third(value)]
		if third.known() {
			all = append(all, third.below(n, float64(t.Until-begin)))
		}
	}
	if len(all) == 0 {
		return chronicLeast
	}
	slices.Sort(all)
	most := int(halfYear * monthly / 100 * float64(len(all)))
	return max(chronicLeast, math.Nextafter(all[len(all)-1-min(most, len(all)-1)], 1))
}

// personal weighs the personal contacts from us after one day and up to another:
// their weight, the last of them, and how many days there were any.
func personal(contacts []behold.Contact, after, until behold.Day) (weight float64, last behold.Day, days int) {
	last = behold.NoDay
	heaviest := 0.0
	for i := range contacts {
		c := &contacts[i]
		w, day := c.Personal(), c.At.Day()
		if c.In || w == 0 || day <= after || day > until {
			continue
		}
		if day == last {
			weight += max(0, w-heaviest)
			heaviest = max(heaviest, w)
			continue
		}
		weight, last, heaviest = weight+w, day, w
		days++
	}
	return weight, last, days
}

// A neglect is what the test of one day has to say.
type neglect struct {
	n, time, silence float64
	begin, last      behold.Day // last: NoDay when there is none
	contacts         int
	change, chronic  float64
	value            float64
	third            *rates
}

func (d *desk) neglect(day behold.Day) (neglect, bool) {
	t := &d.in.Attention
	end := min(day, t.Until)
	if d.silent && d.f.LampOn.Known() {
		end = min(end, d.f.LampOn)
	}
	contacts := d.deals.Contacts.Of(d.k)
	x := neglect{begin: t.begin(d.f, day), value: yearly(d.h, d.k)}
	if _, x.last, _ = personal(contacts, behold.NoDay, end); x.last.Known() {
		x.begin = t.begin(d.f, x.last)
	}
	if end-x.begin < attentionLast {
		return x, false
	}
	x.n, x.last, x.contacts = personal(contacts, x.begin, end)
	from := x.begin
	if x.last.Known() {
		from = x.last
	}
	x.third = &t.Thirds[t.third(x.value)]
	x.time, x.silence = float64(from-x.begin), float64(end-from)
	x.change = x.third.none(x.n, x.time, x.silence)
	x.chronic = x.third.below(x.n, x.time+x.silence)
	return x, x.third.known()
}

func (d *desk) attention() (behold.Lamp, bool) {
	t := &d.in.Attention
	if !t.Known || d.f.Occasions == 0 || !d.deals.Knows(behold.TableContacts) {
		return behold.Lamp{}, false
	}
	test := TestDay(d.h.Customer[d.k], d.day)
	x, enough := d.neglect(test)
	if !enough {
		return behold.Lamp{}, false
	}
	still := !d.heardAfter(max(test, x.begin))
	a, lit := d.test(behold.LampAttention, x.change, 1, still)
	switch chronic := x.chronic >= t.Chronic && x.value > t.Median && x.silence >= attentionLast; {
	case lit:
		critical := d.in.Calibration.Critical(behold.LampAttention, d.class, a)
		since := x.begin + behold.Day(math.Ceil(x.time+x.third.silence(x.n, x.time, max(critical, 1e-12))))
		return d.lit(behold.LampAttention, min(since, test), x.change, a, d.attentionEvidence(x)), true
	case chronic && still && !d.in.Stays:
		return d.lit(behold.LampAttention, d.chronicSince(&x, test), 1-x.chronic, 1-t.Chronic, d.attentionEvidence(x)), true
	}
	return behold.Lamp{}, false
}

func (d *desk) watchAttention(l behold.Lamp) (behold.Lamp, bool) {
	if d.heardAfter(l.Since) {
		return l, false
	}
	if x, enough := d.neglect(d.day); enough && d.in.Attention.Known {
		l.Evidence = d.attentionEvidence(x)
	}
	return l, true
}

// heardAfter says whether there was a personal contact after a day, from either side.
func (d *desk) heardAfter(day behold.Day) bool {
	for _, c := range slices.Backward(d.deals.Contacts.Of(d.k)) {
		if c.At.Day() <= day {
			return false
		}
		if c.Personal() > 0 {
			return true
		}
	}
	return false
}

// chronicSince is the day on which P_chronic came to be as large.
func (d *desk) chronicSince(x *neglect, test behold.Day) behold.Day {
	from := x.begin + behold.Day(x.time) + attentionLast
	for day := from; day < test; day++ {
		if x.third.below(x.n, float64(day-x.begin)) >= d.in.Attention.Chronic {
			return day
		}
	}
	return min(test, d.day)
}

func (d *desk) attentionEvidence(x neglect) behold.Evidence {
	t := &d.in.Attention
	facts := []behold.Fact{
		number("contacts_now", float64(x.contacts)),
		number("days_now", x.time),
		number("usual_gap_days", math.Round(1/x.third.Rate)),
		number("change_p", x.change),
		number("chronic", x.chronic),
	}
	if t.Rate > 0 && t.Mean > 0 && x.value > 0 {
		facts = append(facts, number("attention_share", x.n/(x.time+x.silence)/t.Rate/(x.value/t.Mean)))
	}
	from := x.begin
	if x.last.Known() {
		from = x.last
		facts = append(facts, on("last_contact_on", x.last))
	}
	facts = append(facts, number("silent_days", float64(d.day-from)))
	var rows []behold.Row
	for _, c := range slices.Backward(d.deals.Contacts.Of(d.k)) {
		if !c.In && c.Personal() > 0 && len(rows) < 3 {
			rows = append(rows, row(behold.TableContacts, c.ID, c.At.Day()))
		}
	}
	if len(rows) == 0 {
		rows = orders(d.lastPurchases(1)...)
	}
	return behold.Evidence{Facts: facts, Rows: rows}
}
