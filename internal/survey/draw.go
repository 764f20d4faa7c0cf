package survey

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"behold"
)

// A Drawn is whom to ask on a day, and why not the others.
type Drawn struct {
	Day     behold.SurveyDay
	Askings []behold.Asking // one row per customer and stream they could belong to, in the order of the frame
}

// Draw casts the lots of a day (METHODS 6.1). The same frame always gives the same
// draw; nothing in it is changed.
//
// Question: whom do we ask today, so that what they say stands for all?
//
// Those whom nothing bars from the level (address, objection, country, complaint,
// rest) are put into at most twelve strata: value × tenure × state. Of the day's
// number n = E/90, at least 3 and at most 50, or what the company says,
//
//	n_h ~ N_h·sd_h     (Neyman; N_h customers, sd_h of "very satisfied", at least 0.3)
//
// made whole so that what a stratum was owed in the last week is given first, and
// that each stratum is asked at least once a week. Within a stratum it is simple
// random: everybody has a number between 0 and 1, made of seed, day and customer,
// and the n_h least are taken. The chance is π = n_h/E_h.
//
// Of customers who belong to one company one stands for all that day, by lot among
// the k of them, with π = n_h/(E_h·k).
//
// Beside the level and never mixed with it: those whose case was dealt with, those
// who have left, and those with whom something happened, per touchpoint.
//
// Source: METHODS 6.1; TestTotalsAreRight repeats it many times.
func Draw(f *Frame) Drawn {
	d := &drawing{Frame: f, past: f.pasts(), busy: map[string]bool{}, done: map[int32]bool{}}
	d.strata = f.strata()
	d.out.Day = behold.SurveyDay{Day: f.Day, Seed: f.Seed, AsOf: f.AsOf}
	d.call(behold.StreamAgain, f.Again, f.Rules.Again)
	d.call(behold.StreamLost, f.Lost, f.Rules.Lost)
	d.level()
	for _, touchpoint := range f.Rules.EventsAsked() {
		d.events(touchpoint)
	}
	return d.out
}

type drawing struct {
	*Frame
	past   pasts
	strata []string        // of each customer
	busy   map[string]bool // companies of which somebody was taken today
	done   map[int32]bool  // customers who were taken today
	out    Drawn
}

// lot is a customer's number of a day and stream, from 0 to below 1.
func (f *Frame) lot(purpose, customer string) float64 {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s %s %s", f.Seed, f.Day, purpose, behold.CustomerKey(customer)))
	return float64(binary.BigEndian.Uint64(sum[:])>>11) / (1 << 53)
}

// asking begins what is said about a customer.
func (d *drawing) asking(c *behold.Askable, stream behold.Stream) behold.Asking {
	return behold.Asking{Number: c.Number, Customer: c.ID, Name: c.Name, Stream: stream, Until: behold.NoDay, Firm: c.Firm, Country: d.country(c)}
}

// take makes the asking one of a customer who is asked.
func (d *drawing) take(a *behold.Asking, c *behold.Askable, reach []behold.AskContact, marketing bool) {
	a.Drawn, a.Why, a.Until, a.Marketing = true, "", behold.NoDay, marketing
	to := reach[int(d.lot("person", c.ID)*float64(len(reach)))]
	a.Person, a.Address, a.Language, a.Items = to.Name, to.Address, c.Language, d.items(c.ID)
	d.done[c.Number] = true
	if c.Firm != "" {
		d.busy[c.Firm] = true
	}
}

// items are the questions that differ from one invitation to the next: three of
// the nine wishes and one of those that take turns, by lot.
func (f *Frame) items(customer string) []string {
	pick := func(all []string, n int) []string {
		slices.SortStableFunc(all, func(a, b string) int {
			return cmp.Compare(f.lot("item "+a, customer), f.lot("item "+b, customer))
		})
		return all[:n]
	}
	return append(pick(behold.SurveyWishes(), 3), pick(behold.SurveyTurns(), 1)...)
}

// call asks those who are to be asked for a reason of their own. One whose case was
// dealt with is not let rest first: it is their own matter.
func (d *drawing) call(stream behold.Stream, calls []Call, on bool) {
	if !on || len(calls) == 0 {
		return
	}
	who := map[string]int{}
	for i := range d.Customers {
		who[behold.CustomerKey(d.Customers[i].ID)] = i
	}
	taken := 0
	for _, call := range calls {
		i, known := who[behold.CustomerKey(call.Customer)]
		if !known || d.done[d.Customers[i].Number] {
			continue
		}
		c := &d.Customers[i]
		a := d.asking(c, stream)
		a.About, a.Pi, a.Stratum = call.About, 1, string(stream)
		reach, marketing, why := d.barred(c, &d.past)
		switch {
		case why != "":
			a.Why = why
		case d.askedAbout(c, stream, "", call.About):
			a.Why = behold.AskOnce
		default:
			if a.Why, a.Until = d.troubled(c); a.Why == "" && stream != behold.StreamAgain {
				a.Why, a.Until = d.rests(c, &d.past, surveyName(stream, ""))
			}
		}
		if a.Why == "" {
			d.take(&a, c, reach, marketing)
			taken++
		}
		d.out.Askings = append(d.out.Askings, a)
	}
	d.out.Day.Strata = append(d.out.Day.Strata, behold.StratumDraw{
		Stream: stream, Stratum: string(stream), Population: len(calls), Eligible: taken, Taken: taken, Target: float64(taken),
	})
}

func (d *drawing) askedAbout(c *behold.Askable, stream behold.Stream, touchpoint, about string) bool {
	h := d.past.customers[behold.CustomerKey(c.ID)]
	return h != nil && about != "" && h.about[surveyName(stream, touchpoint)+" "+about]
}

// A ready one could be taken today.
type ready struct {
	at        int // of the asking
	customer  *behold.Askable
	reach     []behold.AskContact
	marketing bool
	of        int // so many of their company could be
}

// level draws from all who are customers.
func (d *drawing) level() {
	population := map[string]int{}
	eligible := map[string][]ready{}
	first := len(d.out.Askings)
	var all []ready
	d.out.Askings = slices.Grow(d.out.Askings, len(d.Customers))
	for i := range d.Customers {
		c := &d.Customers[i]
		a := d.asking(c, behold.StreamLevel)
		a.Stratum = d.strata[i]
		reach, marketing, why := d.inLevel(c)
		if a.Why = why; why == "" {
			population[a.Stratum]++
			if a.Why, a.Until = d.free(c); a.Why == "" {
				all = append(all, ready{at: len(d.out.Askings), customer: c, reach: reach, marketing: marketing, of: 1})
			}
		}
		d.out.Askings = append(d.out.Askings, a)
	}
	for _, r := range d.onePerFirm(all) {
		stratum := d.out.Askings[r.at].Stratum
		eligible[stratum] = append(eligible[stratum], r)
		d.out.Day.Frame++
	}
	d.out.Day.Size = d.size()
	shares := d.shares(population, eligible)
	d.allot(shares)
	for i := range shares {
		d.within(&shares[i], eligible[shares[i].Stratum])
	}
	d.out.Day.Strata = append(d.out.Day.Strata, shares...)
	for i := range d.out.Askings[first:] { // who lost the lot within their company is free again tomorrow
		if a := &d.out.Askings[first+i]; a.Why == behold.AskFirm && !a.Until.Known() {
			a.Until = d.Day + 1
		}
	}
}

// inLevel says why somebody is none of those whom the level speaks of.
func (d *drawing) inLevel(c *behold.Askable) ([]behold.AskContact, bool, behold.NotAsked) {
	switch c.State {
	case behold.Closed:
		return nil, false, behold.AskClosed
	case behold.Lost:
		return nil, false, behold.AskLost
	}
	return d.barred(c, &d.past)
}

// free says why one who could be asked is not asked today.
func (d *drawing) free(c *behold.Askable) (behold.NotAsked, behold.Day) {
	if d.done[c.Number] {
		return behold.AskResting, d.Day + behold.Day(d.Rules.Gap)
	}
	if why, until := d.troubled(c); why != "" {
		return why, until
	}
	if why, until := d.rests(c, &d.past, surveyName(behold.StreamLevel, "")); why != "" {
		return why, until
	}
	if c.Firm != "" && d.busy[c.Firm] {
		return behold.AskFirm, d.Day + behold.Day(d.Rules.GapFirm)
	}
	return "", behold.NoDay
}

// onePerFirm leaves one customer of each company, by lot.
func (d *drawing) onePerFirm(all []ready) []ready {
	count, stands := map[string]int{}, map[string]int{}
	for i, r := range all {
		firm := r.customer.Firm
		if firm == "" {
			continue
		}
		count[firm]++
		was, met := stands[firm]
		if !met || d.lot("firm", r.customer.ID) < d.lot("firm", all[was].customer.ID) {
			stands[firm] = i
		}
	}
	kept := all[:0:0]
	for i, r := range all {
		firm := r.customer.Firm
		if firm != "" && stands[firm] != i {
			d.out.Askings[r.at].Why = behold.AskFirm
			continue
		}
		r.of = max(1, count[firm])
		kept = append(kept, r)
	}
	return kept
}

// within takes the customers of a stratum whose numbers are the least.
func (d *drawing) within(h *behold.StratumDraw, from []ready) {
	for i := range from {
		a := &d.out.Askings[from[i].at]
		a.Lot, a.Pi, a.Why = d.lot(string(h.Stream)+h.Touchpoint, a.Customer), h.Chance()/float64(from[i].of), behold.AskLot
	}
	order := make([]int, len(from))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, k int) int {
		return cmp.Or(cmp.Compare(d.out.Askings[from[i].at].Lot, d.out.Askings[from[k].at].Lot), cmp.Compare(from[i].customer.ID, from[k].customer.ID))
	})
	for _, i := range order[:h.Taken] {
		r := &from[i]
		d.take(&d.out.Askings[r.at], r.customer, r.reach, r.marketing)
	}
}

// events draws from those with whom something happened at a touchpoint, if there
// are more than a day may have.
func (d *drawing) events(touchpoint string) {
	who := map[int32]int{}
	for i := range d.Customers {
		who[d.Customers[i].Number] = i
	}
	h := behold.StratumDraw{Stream: behold.StreamEvent, Touchpoint: touchpoint, Stratum: touchpoint}
	var from []ready
	met := map[int32]bool{}
	for i := range d.Events {
		e := &d.Events[i]
		at, known := who[e.Customer]
		if e.Touchpoint != touchpoint || !known || met[e.Customer] || d.Customers[at].State == behold.Closed {
			continue
		}
		met[e.Customer] = true
		c := &d.Customers[at]
		a := d.asking(c, behold.StreamEvent)
		a.Touchpoint, a.About, a.Stratum = touchpoint, e.About, touchpoint
		h.Population++
		reach, marketing, why := d.barred(c, &d.past)
		if why == "" && d.askedAbout(c, behold.StreamEvent, touchpoint, e.About) {
			why = behold.AskOnce
		}
		if a.Why = why; why == "" {
			if a.Why, a.Until = d.freeFor(c, touchpoint); a.Why == "" {
				from = append(from, ready{at: len(d.out.Askings), customer: c, reach: reach, marketing: marketing, of: 1})
			}
		}
		d.out.Askings = append(d.out.Askings, a)
	}
	if h.Population == 0 {
		return
	}
	from = d.onePerFirm(from)
	h.Eligible = len(from)
	h.Taken = min(h.Eligible, d.mostEvents())
	h.Target = float64(h.Taken)
	d.within(&h, from)
	d.out.Day.Strata = append(d.out.Day.Strata, h)
}

func (d *drawing) freeFor(c *behold.Askable, touchpoint string) (behold.NotAsked, behold.Day) {
	why, until := d.free(c)
	if why != "" {
		return why, until
	}
	return d.rests(c, &d.past, surveyName(behold.StreamEvent, touchpoint))
}

// mostEvents is how many are asked about a touchpoint: who is asked about an event
// rests from the level too, and the level comes first.
func (d *drawing) mostEvents() int {
	if d.Rules.EventsDaily > 0 {
		return d.Rules.EventsDaily
	}
	return max(1, d.out.Day.Size/2)
}
