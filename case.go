package behold

import "time"

// A Case is the work to keep one customer: from the day a colleague takes them on
// until they are kept or lost. A customer has at most one that is open. What was
// done is never overwritten: every move is a new version, and so is undoing one.
type Case struct {
	ID       string      `json:"id"`      // the key of its opening
	Version  int64       `json:"version"` // of all moves that were ever made, the later the higher
	Customer string      `json:"customer"`
	Name     string      `json:"name,omitempty"` // the customer's, when it was opened
	State    LampState   `json:"state"`          // Acknowledged, Planned or Saving while it is open; Recovered or LampLost
	Opening  CaseOpening `json:"opening"`
	Owner    string      `json:"owner,omitempty"` // e-mail of the colleague who has it; "": nobody yet
	Reason   Reason      `json:"reason"`          // that it is worked on for
	Steps    []CaseStep  `json:"steps,omitempty"` // the plan; none before there is one
	Due      Day         `json:"due,omitzero"`    // by when the next thing is to be done; NoDay when closed
	Clocks   []CaseClock `json:"clocks"`          // each state that it was in, the first first
	Heard    []CaseWord  `json:"heard,omitempty"` // what the customer answered while it was worked on, or after
	Closing  CaseClosing `json:"closing,omitzero"`
	AskAgain Day         `json:"ask_again,omitzero"` // when the customer is asked whether all is well; NoDay: not, or asked already
	Asked    Day         `json:"asked,omitzero"`     // when they were
	Reopened int         `json:"reopened,omitempty"` // so many times
	Move     CaseMove    `json:"move"`               // that made this version
	Undone   bool        `json:"undone,omitempty"`   // its opening was taken back: as if it had never been
}

// A CaseOrigin is what opened a case.
type CaseOrigin string

// What opens cases.
const (
	ByLamp   CaseOrigin = "lamp"    // a colleague took a lamp on
	ByAnswer CaseOrigin = "answer"  // an unhappy answer
	ByCallMe CaseOrigin = "call_me" // the customer asked to be called
	ByHand   CaseOrigin = "hand"
)

// A CaseOpening is how a case begins.
type CaseOpening struct {
	Key      string     `json:"key"` // of the form or the event: sent twice it is one
	Customer string     `json:"customer"`
	Name     string     `json:"name,omitempty"`
	Origin   CaseOrigin `json:"origin"`
	Lamp     LampKind   `json:"lamp,omitempty"`
	Reason   Reason     `json:"reason,omitempty"` // as far as is known; "": unknown
	Answer   string     `json:"answer,omitempty"` // what the answer is called where it is kept
	Why      string     `json:"why,omitempty"`    // in words: what the customer wrote, what a colleague saw
	Owner    string     `json:"owner,omitempty"`  // who has it from now on; "": nobody yet
	Who      string     `json:"who,omitempty"`    // e-mail of the colleague; "": nobody, it came by itself
	At       time.Time  `json:"at"`
	Closed   []Day      `json:"-"` // on which nobody works, for the deadlines
}

// A CaseStep is a step of the plan with what became of it.
type CaseStep struct {
	Step
	From  Day      `json:"from,omitzero"` // not before
	Due   Day      `json:"due,omitzero"`  // the last day to do it
	State CaseDone `json:"state,omitempty"`
	On    Day      `json:"on,omitzero"` // done or skipped
	Who   string   `json:"who,omitempty"`
	Why   string   `json:"why,omitempty"`   // skipped, or what came of it
	Entry string   `json:"entry,omitempty"` // the contact in the book
}

// CaseDone is what became of a step.
type CaseDone string

// What becomes of steps.
const (
	StepDue     CaseDone = ""
	StepDone    CaseDone = "done"
	StepSkipped CaseDone = "skipped"
)

// A CaseClock is one state that a case was in.
type CaseClock struct {
	State LampState `json:"state"`
	From  time.Time `json:"from"`
	To    time.Time `json:"to,omitzero"` // zero: it is in it still
}

// A CaseWord is an answer that came to a case.
type CaseWord struct {
	At     time.Time  `json:"at"`
	Origin CaseOrigin `json:"origin"`
	Answer string     `json:"answer,omitempty"`
	Why    string     `json:"why,omitempty"`
}

// A CaseClosing is how a case ended.
type CaseClosing struct {
	At         time.Time `json:"at"`
	Who        string    `json:"who,omitempty"`
	Cause      Reason    `json:"cause"`                // of the trouble, as it turned out
	Action     Action    `json:"action,omitempty"`     // that kept them, ActNothing when nothing we did; of a lost one the last that was tried
	Discount   Money     `json:"discount,omitzero"`    // given to keep them
	Note       string    `json:"note,omitempty"`       // in words
	Left       Day       `json:"left,omitzero"`        // of a lost one: since when they are gone
	Said       Source    `json:"said_by,omitempty"`    // of a lost one: who named the cause
	Competitor string    `json:"competitor,omitempty"` // to whom they went
	Entry      string    `json:"entry,omitempty"`      // the loss in the book
}

// IsZero says that the case is not closed, so that JSON's omitzero leaves it out.
func (c CaseClosing) IsZero() bool { return c.At.IsZero() }

// A CaseQuery asks for cases as they are now, those taken back left out.
type CaseQuery struct {
	State    LampState // "": every one
	Open     bool      // none that are closed
	Done     bool      // none that are open
	Owner    string    // "": whoever has them
	Nobodys  bool      // those that nobody has; Owner does not count then
	Overdue  Day       // whose next step was due before the day; NoDay: all
	Since    Day       // closed on the day or later; NoDay: all
	Customer string    // the id; "": of all
	Search   string    // words that the customer's name or id must contain
}

// Open says whether the case is worked on.
func (c *Case) Open() bool { return c.State.Worked() && !c.Undone }

// Worked says whether a colleague is at work on what is in this state.
func (s LampState) Worked() bool { return s == Acknowledged || s == Planned || s == Saving }

// Overdue says whether the next thing should have been done before the day.
func (c *Case) Overdue(today Day) bool { return c.Open() && c.Due.Known() && c.Due < today }

// Next is the place of the step that comes next; −1 when there is no plan, or
// nothing of it is left.
func (c *Case) Next() int {
	for i := range c.Steps {
		if c.Steps[i].State == StepDue {
			return i
		}
	}
	return -1
}

// DueStep is the place of the step that is to be done on a day or was to be done
// before it; −1 when there is none, or it waits for a later day.
func (c *Case) DueStep(on Day) int {
	if next := c.Next(); next >= 0 && c.Open() && c.Steps[next].From <= on {
		return next
	}
	return -1
}

// Since is when the case came into the state that it is in.
func (c *Case) Since() time.Time {
	if len(c.Clocks) == 0 {
		return c.Opening.At
	}
	return c.Clocks[len(c.Clocks)-1].From
}

// ClosedOn is the day on which the case was closed; NoDay while it is open.
func (c *Case) ClosedOn() Day {
	if c.Closing.IsZero() {
		return NoDay
	}
	return DayOf(c.Closing.At.Local())
}

// Entries are what the case has written into the book: contacts, and the loss.
func (c *Case) Entries() (ids []string) {
	for i := range c.Steps {
		if c.Steps[i].Entry != "" {
			ids = append(ids, c.Steps[i].Entry)
		}
	}
	if c.Closing.Entry != "" {
		ids = append(ids, c.Closing.Entry)
	}
	return ids
}
