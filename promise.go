package behold

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// A Promise is made, due, and kept or broken.
type Promise struct {
	ID       Mark
	Recorded Day
	Table    Table // promises, or orders for a delivery promised with an order
	Made     Moment
	Due      Moment // midnight when only a day was promised: then the whole day counts
	Kept     Moment // NoMoment: not (yet)
	Kind     string // delivery, call-back, quote, repair, or what the file says
	GivenUp  Day    // since when it is known that it will not be kept; 0 or NoDay: it is not
}

// AsOf is the promise as known at the end of a day.
func (p Promise) AsOf(day Day) (Promise, bool) {
	p.Kept = ifPast(p.Kept, day)
	if !p.GaveUp(day) {
		p.GivenUp = NoDay
	}
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

// GaveUp says whether it was known on a day that it will not be kept.
func (p *Promise) GaveUp(day Day) bool { return p.GivenUp > 0 && p.GivenUp <= day }

// BrokenBy says whether it was broken by the end of a day: later than the leeway
// allows, or given up.
func (p *Promise) BrokenBy(day Day) bool { return p.GaveUp(day) || p.LateBy(day) > p.Leeway() }

// Fell is the day on which it is settled whether it was kept: the one it was due,
// or on which it was given up, whichever has come by a day.
func (p *Promise) Fell(day Day) Day {
	if p.GaveUp(day) {
		return p.GivenUp
	}
	return p.Due.Day()
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
	Why       string // it was given up
	Of        string // of one that was settled here: its id in the file that told of it
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
	case c.GaveUp(day):
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
		Promise: Promise{Recorded: DayOf(e.Written.Local()), Table: TablePromises, Made: MomentOf(e.At.Local()), Due: e.Due.Moment(), Kept: NoMoment, GivenUp: e.Broken},
		Number:  e.BookID(), Customer: e.Customer, Text: e.Text, Colleague: ColleagueKey(e.Who), Book: true, Why: e.Why, Of: e.Of,
	}
	if e.Done.Known() {
		c.Kept = max(e.Done.Moment(), c.Made)
		if e.Done > c.Made.Day() {
			c.Kept = e.Done.Moment()
		}
	}
	return c
}

// TakeOver is an entry for a promise that a file tells of, to be settled here. It
// has the same id however often it is made, until it is taken back: so many were.
func (c *PromiseCard) TakeOver(back int, by EntrySignature) Entry {
	day, minute := c.Made.Day(), int(c.Made-c.Made.Day().Moment())
	y, m, d := day.Time().Date()
	sum := sha256.Sum256([]byte(CustomerKey(c.Customer) + "\x00" + c.Number + "\x00" + strconv.Itoa(back)))
	return Entry{
		ID: "of-" + hex.EncodeToString(sum[:12]), Customer: c.Customer, Kind: EntryPromise, At: time.Date(y, m, d, 0, minute, 0, 0, by.At.Location()), Due: c.Due.Day(),
		Done: NoDay, Broken: NoDay, Left: NoDay, Text: cmp.Or(c.Text, c.Kind, c.Number), Of: c.Number, Who: cmp.Or(c.Colleague, by.Who), Written: by.At, Changed: by,
	}
}
