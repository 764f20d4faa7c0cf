package behold

import (
	"slices"
	"sync"
)

// Dealings are what a run of customers had to do with the company beside
// buying, as of a day. Customer k is Customer[k], the same as in the Histories
// beside it; each table has the customer's rows in order of time.
//
// Nothing in it was recorded after AsOf: a promise kept later is not kept yet.
type Dealings struct {
	AsOf     Day
	Customer []int32
	Has      []Table // tables that have any row at all by AsOf, promises also by a delivery promised on an order; what is not here has no data

	Profile   []Profile // one for each customer
	People    Rows[Person]
	Contacts  Rows[Contact]
	Tickets   Rows[Ticket]
	Promises  Rows[Promise] // those of table promises, and deliveries promised on orders
	Answers   Rows[Answer]
	Quotes    Rows[Quote]
	Invoices  Rows[Invoice]
	Contracts Rows[Contract]
	Losses    Rows[Loss]
	Prices    Rows[Price]
	Remarks   Rows[Remark]
}

// Rows are a table's rows customer by customer: those of customer k are
// All[Start[k]:Start[k+1]]. The zero Rows has none for anybody.
type Rows[T any] struct {
	Start []int
	All   []T
}

// Of are the rows of customer k.
func (r *Rows[T]) Of(k int) []T {
	if len(r.Start) == 0 {
		return nil
	}
	return r.All[r.Start[k]:r.Start[k+1]]
}

// Pick copies the rows of the chosen customers, in that order.
func (r *Rows[T]) Pick(chosen []int) Rows[T] {
	if len(r.Start) == 0 {
		return Rows[T]{}
	}
	n := 0
	for _, k := range chosen {
		n += len(r.Of(k))
	}
	p := Rows[T]{Start: make([]int, 1, len(chosen)+1), All: make([]T, 0, n)}
	for _, k := range chosen {
		p.All = append(p.All, r.Of(k)...)
		p.Start = append(p.Start, len(p.All))
	}
	return p
}

// Put appends the rows of the next customer.
func (r *Rows[T]) Put(rows ...T) {
	if len(r.Start) == 0 {
		r.Start = append(r.Start, 0)
	}
	r.All = append(r.All, rows...)
	r.Start = append(r.Start, len(r.All))
}

// A dealing can say how it looked on an earlier day.
type dealing[T any] interface {
	// AsOf is the row as it was known at the end of the day; false when it was not.
	AsOf(Day) (T, bool)
}

// until puts the rows as they were known on the day into the room of past.
func until[T dealing[T]](past *Rows[T], r *Rows[T], day Day) {
	if len(r.Start) == 0 {
		*past = Rows[T]{}
		return
	}
	if cap(past.All) == 0 {
		past.All = make([]T, 0, len(r.All))
	}
	past.Start = append(slices.Grow(past.Start[:0], len(r.Start)), 0)
	past.All = past.All[:0]
	for k := range len(r.Start) - 1 {
		for _, row := range r.Of(k) {
			if then, known := row.AsOf(day); known {
				past.All = append(past.All, then)
			}
		}
		past.Start = append(past.Start, len(past.All))
	}
}

// Until is what was known of the same customers on an earlier day.
func (d *Dealings) Until(day Day) *Dealings {
	past := &Dealings{}
	d.UntilInto(past, day)
	return past
}

// UntilInto is Until into the room of past, an earlier answer of the same that is no longer
// wanted, or nothing: whoever walks through many days needs room for one.
func (d *Dealings) UntilInto(past *Dealings, day Day) {
	past.AsOf, past.Customer, past.Has = day, d.Customer, d.Has
	past.Profile = past.Profile[:0]
	for _, p := range d.Profile {
		past.Profile = append(past.Profile, p.AsOf(day))
	}
	var tables sync.WaitGroup
	tables.Go(func() { until(&past.Prices, &d.Prices, day) })
	tables.Go(func() {
		until(&past.Contacts, &d.Contacts, day)
		until(&past.Tickets, &d.Tickets, day)
		until(&past.Remarks, &d.Remarks, day)
	})
	until(&past.Promises, &d.Promises, day)
	until(&past.Invoices, &d.Invoices, day)
	until(&past.Answers, &d.Answers, day)
	until(&past.People, &d.People, day)
	until(&past.Quotes, &d.Quotes, day)
	until(&past.Contracts, &d.Contracts, day)
	until(&past.Losses, &d.Losses, day)
	tables.Wait()
}

// Pick copies the dealings of the chosen customers, given by their places in d
// and in that order.
func (d *Dealings) Pick(chosen []int) *Dealings {
	p := &Dealings{
		AsOf: d.AsOf, Has: d.Has,
		People: d.People.Pick(chosen), Contacts: d.Contacts.Pick(chosen), Tickets: d.Tickets.Pick(chosen), Promises: d.Promises.Pick(chosen),
		Answers: d.Answers.Pick(chosen), Quotes: d.Quotes.Pick(chosen), Invoices: d.Invoices.Pick(chosen), Contracts: d.Contracts.Pick(chosen),
		Losses: d.Losses.Pick(chosen), Prices: d.Prices.Pick(chosen), Remarks: d.Remarks.Pick(chosen),
	}
	for _, k := range chosen {
		p.Customer = append(p.Customer, d.Customer[k])
		if len(d.Profile) > 0 {
			p.Profile = append(p.Profile, d.Profile[k])
		}
	}
	return p
}

// Knows says whether the company gave any row of the table.
func (d *Dealings) Knows(t Table) bool {
	for _, has := range d.Has {
		if has == t {
			return true
		}
	}
	return false
}

// A Mark stands for a text whose wording does not matter for judging, such as
// the id of a row or of a person: equal texts have equal marks. 0 is no text.
type Mark int64

// A Profile is what the company's customer file says about one customer that
// matters for judging. The zero Profile, with NoDay for days, is nothing.
type Profile struct {
	Closed       Day    // the account is closed since
	ClosedReason Reason // closed or moved; UnknownReason when the file does not say
	Since        Day    // customer since; NoDay: since the first order
	Person       bool   // a consumer, not a company
	Segment      Mark
	Offer        Mark // the offer they came by
	Colleague    Mark // who looks after them
	VIP          bool
	Captive      bool
	NoMarketing  bool // said no to marketing
	Danish       bool // the file says that they are in Denmark, whose rules for calls are stricter
	Abroad       bool // the file names another country; neither: nobody said
}

// AsOf is the profile on an earlier day.
func (p Profile) AsOf(day Day) Profile {
	if p.Closed > day {
		p.Closed, p.ClosedReason = NoDay, ""
	}
	return p
}

func ifKnown(d, asOf Day) Day {
	if d > asOf {
		return NoDay
	}
	return d
}

func ifPast(m Moment, asOf Day) Moment {
	if m.Known() && m.Day() > asOf {
		return NoMoment
	}
	return m
}
