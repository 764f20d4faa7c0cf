package behold

// An Event is something that happened between a customer and the company beside
// orders, as a timeline tells it: a row of one of the tables, or what one
// customer answered at one time.
type Event struct {
	Table     Table
	ID        string // of the row; "" where it has none of its own
	At        Moment
	Due       Moment // by when it was promised, or agreed for; NoMoment: nobody said
	Done      Moment // replied, closed, kept, paid, won, ended, won back; NoMoment: not (yet)
	Direction string // in, out, or "" where nobody said
	Channel   string // of a contact or ticket; kind of a promise, touchpoint of answers, period of a contract, reason of a loss, role of a person
	State     EventState
	Subject   string // of a ticket; product of a contract, competitor of a loss, name of a person
	Text      string
	Colleague string
	Person    string  // at the customer's
	Amount    Money   // the zero Money: nobody said
	Value     float64 // what was answered about satisfaction, else the lowest answer; NaN: none
	Scale     float64 // the best answer there is; NaN: nobody said
}

// An EventState is how things stand with an event on the day that is asked for.
type EventState string

// The states of events; "" for one that is over as it happens.
const (
	EventOpen     EventState = "open"     // ticket, promise, invoice, quote or contract that is not done, and not late
	EventDone     EventState = "done"     // replied, closed, kept, paid, won, ended or won back
	EventLate     EventState = "late"     // done, or still not done, after it was due
	EventReopened EventState = "reopened" // ticket that was closed and opened again
	EventDisputed EventState = "disputed" // invoice
	EventCame     EventState = "came"     // person
	EventLeft     EventState = "left"     // person, or the customer
)
