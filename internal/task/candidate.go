package task

import (
	"slices"

	"behold"
)

// A Candidate is a customer for whom a lamp is lit, with all that decides whether
// they are listed today.
type Candidate struct {
	Customer int32
	ID       string
	Lamp     behold.LampKind // the one that counts most
	Reason   behold.Reason
	State    behold.CustomerState
	Asleep   bool          // every lamp is snoozed, called a false alarm, or one of many with a common cause
	Urgent   bool          // a complaint, a broken promise or a contract's notice: never held out (Urgent)
	VIP      bool          // on the company's list: never held out
	Owner    int16         // place in Desk.Crew of who looks after them; −1: nobody
	Barred   Ways          // that the customer does not allow
	Unsold   Ways          // by which nothing may be sold to them
	Next     int8          // step of the playbook that comes next, from 0
	Steps    []behold.Step // of the plan of an open case; nil: those of the playbook of the reason
	Waits    behold.Day    // the next step of the plan is not before this day; NoDay: it waits for nothing
	Due      behold.Day    // the last day to do that step; 0 or NoDay: the playbook says within how many
	Spoken   behold.Day    // last personal contact; NoDay: none known
	InHand   bool          // a colleague is at work on some lamp, or has been: never held out
	AllTaken bool          // a colleague has said “I take it” of every lamp that is awake
	Taken    behold.Day    // when they said so last; 0 or NoDay: nobody did lately
	Listed   behold.Day    // on the lists since, with nothing done; NoDay: not listed yesterday

	Leave     float64 // chance of leaving, 0 … 1
	LeaveLow  float64 // its range
	LeaveHigh float64
	Active    float64 // chance of still being a customer, 0 … 1
	Residual  float64 // what is still to come if they stay, major units, ≥ 0
}

// Ways are channels by which a customer can be reached, as a set.
type Ways uint8

// The ways.
const (
	ByVisit Ways = 1 << iota
	ByCall
	ByMail
	ByChat
)

// WayOf a channel; one that is not known is a way of its own that nobody bars.
func WayOf(channel string) Ways {
	switch channel {
	case "visit", "meeting":
		return ByVisit
	case "call":
		return ByCall
	case "mail":
		return ByMail
	case "chat":
		return ByChat
	}
	return 0
}

// Urgent says whether lamps such as these must never wait for a trial: complaints,
// promises, a contract's notice (METHODS 8.1).
func Urgent(lit []behold.LampKind) bool {
	return slices.ContainsFunc(lit, func(kind behold.LampKind) bool { return !kind.Waits() && kind != behold.LampClosed })
}

// gone says that nothing is to be saved: the customer has left, died or moved.
func (c *Candidate) gone() bool {
	return c.State == behold.Lost || c.State == behold.Closed || c.Lamp == behold.LampClosed ||
		c.Reason == behold.ClosedDown || c.Reason == behold.Moved
}
