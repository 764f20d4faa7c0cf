package behold

import "strings"

// A Promise is made, due, and kept or broken.
type Promise struct {
	ID       Mark
	Recorded Day
	Table    Table // promises, or orders for a delivery promised with an order
	Made     Moment
	Due      Moment // midnight when only a day was promised: then the whole day counts
	Kept     Moment // NoMoment: not (yet)
	Kind     string // delivery, call-back, quote, repair, or what the file says
}

// AsOf is the promise as known at the end of a day.
func (p Promise) AsOf(day Day) (Promise, bool) {
	p.Kept = ifPast(p.Kept, day)
	return p, p.Recorded <= day && p.Made.Day() <= day
}

// LateBy is how many days a promise was late when it was kept or, not kept yet,
// at the end of a day; below 0 when it was early. A promise for a day may be kept
// until its evening.
func (p *Promise) LateBy(day Day) float64 {
	if p.Due == p.Due.Day().Moment() {
		if p.Kept.Known() {
			day = min(day, p.Kept.Day())
		}
		return float64(day - p.Due.Day())
	}
	end := day.Moment() + minutesOfDay - 1
	if p.Kept.Known() {
		end = min(end, p.Kept)
	}
	return float64(end-p.Due) / minutesOfDay
}

// Leeway is how many days late a promise may be kept without being broken: a day,
// for calls two hours (METHODS L05).
func (p *Promise) Leeway() float64 {
	if strings.Contains(strings.ToLower(p.Kind), "call") {
		return 2. / 24
	}
	return 1
}

// KeepingTold says whether a company records that promises are kept: of those
// that fell due more than 30 days before, half or more were. Where it does not,
// one that is not recorded as kept tells nothing.
func KeepingTold(kept, old int) bool { return 2*kept >= old }

// A PromiseState is what has become of a promise by the end of a day.
type PromiseState string

// The states of a promise.
const (
	PromiseOpen    PromiseState = "open"         // its day has not come
	PromiseOverdue PromiseState = "overdue"      // past its day, and within the leeway
	PromiseInTime  PromiseState = "kept_in_time" // by its day
	PromiseLate    PromiseState = "kept_late"
	PromiseBroken  PromiseState = "broken" // not kept, and past the leeway or given up
	PromiseUntold  PromiseState = "untold" // past its day where nobody records that promises are kept
)

// Kept says whether it was done, however late.
func (s PromiseState) Kept() bool { return s == PromiseInTime || s == PromiseLate }

// A PromiseCard is a promise as lists show it: to whom and by whom it was made.
type PromiseCard struct {
	Promise
	Number    string // its id in the company's own files, or in the book
	Customer  string // the id
	Name      string // of the customer
	Text      string
	Colleague string // whose promise it is, in lower case; "": nobody says
	Book      bool   // written down here, not from a file
	GivenUp   Day    // since when it is known that it will not be kept; NoDay: it is not
	Why       string // it was given up
}

// State is what has become of it by the end of a day; told says whether the
// company records that promises are kept.
func (c *PromiseCard) State(day Day, told bool) PromiseState {
	late := c.LateBy(day)
	switch {
	case c.Kept.Known() && c.Kept.Day() <= day:
		if late <= 0 {
			return PromiseInTime
		}
		return PromiseLate
	case c.GivenUp.Known() && c.GivenUp <= day:
		return PromiseBroken
	case c.Due.Day() > day || late <= 0:
		return PromiseOpen
	case !told && !c.Book:
		return PromiseUntold
	case late > c.Leeway():
		return PromiseBroken
	}
	return PromiseOverdue
}

// A PromiseQuery asks for promises as known on a day.
type PromiseQuery struct {
	Day      Day // as known on it
	Since    Day // due on it or later, or not kept; NoDay: all
	Customer string
	Whose    // customers' of one colleague alone; the zero one: everybody's
}

// PromiseOf is a promise that was written down here.
func PromiseOf(e *Entry) PromiseCard {
	c := PromiseCard{
		Promise: Promise{Recorded: DayOf(e.Written.Local()), Table: TablePromises, Made: MomentOf(e.At.Local()), Due: e.Due.Moment(), Kept: NoMoment},
		Number:  e.BookID(), Customer: e.Customer, Text: e.Text, Colleague: ColleagueKey(e.Who), Book: true, GivenUp: e.Broken, Why: e.Why,
	}
	if e.Done.Known() {
		c.Kept = max(e.Done.Moment(), c.Made)
		if e.Done > c.Made.Day() {
			c.Kept = e.Done.Moment()
		}
	}
	return c
}
