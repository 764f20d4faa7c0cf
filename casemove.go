package behold

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// A CaseMove is one thing that is done to a case.
type CaseMove struct {
	Key      string      `json:"key"`               // of the form or the event: sent twice it is one
	Case     string      `json:"case,omitempty"`    // the id
	Version  int64       `json:"version,omitempty"` // as who decides saw it; Any: whatever it is now
	Do       CaseDo      `json:"do"`
	Who      string      `json:"who,omitempty"`
	At       time.Time   `json:"at"`
	Reason   Reason      `json:"reason,omitempty"`   // of a plan
	Steps    []Step      `json:"steps,omitempty"`    // of a plan
	Step     int         `json:"step,omitempty"`     // done or skipped, from 0
	Contact  bool        `json:"contact,omitempty"`  // the step is a contact, to be written into the book
	Entry    string      `json:"entry,omitempty"`    // the contact that is in the book already
	Channel  string      `json:"channel,omitempty"`  // of the contact; "": that of the step
	Why      string      `json:"why,omitempty"`      // skipped, reopened; or what came of a step
	Owner    string      `json:"owner,omitempty"`    // handed over to
	Closing  CaseClosing `json:"closing,omitzero"`   // Who and At are the move's
	AskAgain Day         `json:"ask_again,omitzero"` // of one that is kept
	Word     CaseWord    `json:"word,omitzero"`
	Undoes   int64       `json:"undoes,omitempty"` // the version that was taken back
	Closed   []Day       `json:"-"`                // on which nobody works, for the deadlines
}

// AnyVersion is the Version of a move that holds however the case stands.
const AnyVersion int64 = -1

// IsZero says that nothing was answered, so that JSON's omitzero leaves it out.
func (w CaseWord) IsZero() bool { return w.Origin == "" }

// A CaseDo is what is done to a case.
type CaseDo string

// What is done to cases.
const (
	CaseOpened    CaseDo = "open"
	CasePlanned   CaseDo = "plan"
	CaseStepDone  CaseDo = "step_done"
	CaseSkipped   CaseDo = "step_skipped"
	CaseHanded    CaseDo = "hand_over"
	CaseHeard     CaseDo = "hear"
	CaseRecovered CaseDo = "recover"
	CaseLost      CaseDo = "lose"
	CaseAsked     CaseDo = "ask_again" // the question of AskAgain went out
	CaseReopened  CaseDo = "reopen"
	CaseUndone    CaseDo = "undo"
)

// Working days within which a case that was taken on has a plan, and within which
// one whose plan has come to its end is closed or planned anew.
const (
	PlanWithin  = 2
	CloseWithin = 10
)

// ReopensWithin is how long after a case was closed an unhappy answer opens that
// one again; later it opens another.
const ReopensWithin = 180

func badCase(code, say, hint string) error {
	return &Error{Kind: Invalid, Say: say, Hint: hint, Code: "case_" + code}
}

// Check says what is missing from an opening.
func (o *CaseOpening) Check() error {
	switch {
	case o.Key == "" || len(o.Key) > 128:
		return badCase("form", "the form was sent without its number", "open the page again")
	case strings.TrimSpace(o.Customer) == "":
		return badCase("customer", "a case is about a customer", "say which one")
	case !slices.Contains([]CaseOrigin{ByLamp, ByAnswer, ByCallMe, ByHand}, o.Origin):
		return badCase("origin", "it does not say what opened the case", "a lamp, an answer, a wish to be called, or a colleague")
	case o.Reason != "" && !slices.Contains(Reasons(), o.Reason):
		return badCase("reason", "there is no such reason", "choose one of the list, or “unknown”")
	case utf8.RuneCountInString(o.Why) > EntryText:
		return badCase("long", "this is more than 2,000 letters", "say it shorter")
	}
	return nil
}

// Open begins the case.
func (o *CaseOpening) Open() Case {
	opening := *o
	opening.Closed = nil
	if opening.Reason == "" {
		opening.Reason = UnknownReason
	}
	c := Case{
		ID: o.Key, Customer: o.Customer, Name: o.Name, Opening: opening, Owner: ColleagueKey(o.Owner), Reason: opening.Reason, AskAgain: NoDay, Asked: NoDay,
		Closing: CaseClosing{Left: NoDay}, Move: CaseMove{Key: o.Key, Case: o.Key, Do: CaseOpened, Who: o.Who, At: o.At, Why: o.Why, Owner: o.Owner, AskAgain: NoDay, Closing: CaseClosing{Left: NoDay}},
	}
	c.enter(Acknowledged, o.At)
	c.Due = Workday(DayOf(o.At.Local()), PlanWithin, o.Closed)
	return c
}

// enter changes the state and starts its clock.
func (c *Case) enter(state LampState, at time.Time) {
	if n := len(c.Clocks); n > 0 {
		if c.Clocks[n-1].State == state {
			return
		}
		c.Clocks[n-1].To = at
	}
	c.State = state
	c.Clocks = append(c.Clocks, CaseClock{State: state, From: at})
}

// After is the case after a move; the case itself is not changed. A move that
// lacks something is Invalid; one that the case is not in a state for, Conflict.
func (c Case) After(m CaseMove) (Case, error) {
	c.Steps, c.Clocks, c.Heard = slices.Clone(c.Steps), slices.Clone(c.Clocks), slices.Clone(c.Heard)
	m.Why = strings.TrimSpace(m.Why)
	closed := m.Closed
	m.Closed = nil
	if utf8.RuneCountInString(m.Why+m.Closing.Note) > EntryText || utf8.RuneCountInString(m.Closing.Competitor) > 200 {
		return c, badCase("long", "this is more than 2,000 letters", "say it shorter")
	}
	if m.Key == "" || len(m.Key) > 128 {
		return c, badCase("form", "the form was sent without its number", "open the page again")
	}
	if c.Undone {
		return c, &Error{Kind: Conflict, Say: "this case was taken back", Hint: "open another one", Code: "case_undone"}
	}
	err := c.move(&m, closed)
	c.Move = m
	return c, err
}

func (c *Case) move(m *CaseMove, closed []Day) error {
	switch m.Do {
	case CaseHeard:
		c.Heard = append(c.Heard, m.Word)
		return nil
	case CaseAsked:
		c.Asked, c.AskAgain = DayOf(m.At.Local()), NoDay
		return nil
	case CaseReopened:
		return c.reopen(m, closed)
	}
	if !c.Open() {
		return &Error{Kind: Conflict, Say: "this case is closed", Hint: "open it again first", Code: "case_closed"}
	}
	switch m.Do {
	case CasePlanned:
		return c.plan(m, closed)
	case CaseStepDone, CaseSkipped:
		return c.settle(m, closed)
	case CaseHanded:
		if m.Owner = ColleagueKey(m.Owner); m.Owner == "" {
			return badCase("owner", "it does not say who has the case from now on", "choose a colleague")
		}
		c.Owner = m.Owner
		return nil
	case CaseRecovered:
		return c.recover(m)
	case CaseLost:
		return c.lose(m)
	}
	return badCase("do", "nothing is said about what to do with the case", "open the page again")
}

func (c *Case) reopen(m *CaseMove, closed []Day) error {
	if c.Open() {
		return &Error{Kind: Conflict, Say: "this case is open already", Hint: "look at it as it is now", Code: "case_open"}
	}
	if !m.Word.IsZero() {
		c.Heard = append(c.Heard, m.Word)
	}
	c.Closing, c.AskAgain, c.Steps = CaseClosing{Left: NoDay}, NoDay, nil
	c.Reopened++
	if m.Owner = ColleagueKey(m.Owner); m.Owner != "" {
		c.Owner = m.Owner
	}
	c.enter(Acknowledged, m.At)
	c.Due = Workday(DayOf(m.At.Local()), PlanWithin, closed)
	return nil
}

// plan gives the case its steps. What was done of an earlier plan stays.
func (c *Case) plan(m *CaseMove, closed []Day) error {
	if !slices.Contains(Reasons(), m.Reason) {
		return badCase("reason", "it does not say what the plan is for", "choose the reason, or “unknown”")
	}
	book := Playbook{Reason: m.Reason, Steps: m.Steps}
	if len(m.Steps) == 0 {
		return badCase("steps", "a plan has at least one step", "choose one")
	}
	if err := book.Check(); err != nil {
		return err
	}
	c.Reason = m.Reason
	c.Steps = slices.DeleteFunc(c.Steps, func(s CaseStep) bool { return s.State == StepDue })
	for _, s := range m.Steps {
		c.Steps = append(c.Steps, CaseStep{Step: s, From: NoDay, Due: NoDay, On: NoDay})
	}
	state := Planned
	if c.State == Saving {
		state = Saving
	}
	c.enter(state, m.At)
	c.schedule(DayOf(m.At.Local()), closed)
	return nil
}

// settle marks a step done or skipped.
func (c *Case) settle(m *CaseMove, closed []Day) error {
	if m.Step < 0 || m.Step >= len(c.Steps) {
		return badCase("step", "there is no such step", "open the page again")
	}
	s := &c.Steps[m.Step]
	if s.State != StepDue {
		return &Error{Kind: Conflict, Say: "this step was settled already", Hint: "look at it as it is now", Code: "case_settled"}
	}
	s.State = StepDone
	if m.Do == CaseSkipped {
		if m.Why == "" {
			return badCase("skip", "a step is not skipped without a reason", "say why")
		}
		s.State = StepSkipped
	}
	s.On, s.Who, s.Why = DayOf(m.At.Local()), m.Who, m.Why
	if m.Do == CaseStepDone {
		c.enter(Saving, m.At)
		if s.Entry = m.Entry; m.Contact {
			s.Entry = "contact" + strings.ToLower(m.Key)
		}
	}
	c.schedule(s.On, closed)
	return nil
}

// schedule gives the steps that are still to be done their days, counted from one
// on which the last was settled or the plan was made.
func (c *Case) schedule(from Day, closed []Day) {
	for i := range c.Steps {
		s := &c.Steps[i]
		if s.State != StepDue {
			continue
		}
		wait := s.After
		if i == 0 { // nothing came before it
			wait = 0
		}
		s.From = Workday(from, wait, closed)
		s.Due = Workday(s.From, s.Within, closed)
		from = s.Due
	}
	if next := c.Next(); next >= 0 {
		c.Due = c.Steps[next].Due
	} else {
		c.Due = Workday(from, CloseWithin, closed)
	}
}

// close checks what every closing needs.
func (c *Case) close(m *CaseMove) error {
	m.Closing.At, m.Closing.Who = m.At, m.Who
	m.Closing.Note, m.Closing.Competitor = strings.TrimSpace(m.Closing.Note), strings.TrimSpace(m.Closing.Competitor)
	switch {
	case !slices.Contains(Reasons(), m.Closing.Cause):
		return badCase("cause", "it does not say what the trouble was", "choose the reason, or “unknown”")
	case m.Closing.Action != ActNothing && !slices.Contains(Actions(), m.Closing.Action):
		return badCase("action", "it does not say what was done", "choose what did it, or “nothing we did”")
	case m.Closing.Discount.Minor < 0:
		return badCase("discount", "a discount is not below zero", "name what was given, or leave it empty")
	}
	return nil
}

func (c *Case) recover(m *CaseMove) error {
	m.Closing.Left, m.Closing.Said, m.Closing.Competitor, m.Closing.Entry = NoDay, "", "", ""
	if err := c.close(m); err != nil {
		return err
	}
	today := DayOf(m.At.Local())
	switch {
	case !m.AskAgain.Known() || m.AskAgain <= today:
		return badCase("ask", "the customer is asked again on a day to come", "a month from now is usual")
	case m.AskAgain > today+366:
		return badCase("ask_year", "that is more than a year away", "a month from now is usual")
	}
	c.Closing, c.AskAgain, c.Asked, c.Due = m.Closing, m.AskAgain, NoDay, NoDay
	c.enter(Recovered, m.At)
	return nil
}

func (c *Case) lose(m *CaseMove) error {
	if err := c.close(m); err != nil {
		return err
	}
	loss := c.Loss(m)
	if err := loss.Check(DayOf(m.At.Local())); err != nil {
		return err
	}
	m.Closing.Entry = loss.ID
	c.Closing, c.AskAgain, c.Due = m.Closing, NoDay, NoDay
	c.enter(LampLost, m.At)
	return nil
}

// Loss is what a move that closes the case as lost writes into the book.
func (c *Case) Loss(m *CaseMove) Entry {
	e := c.entry(m, "loss"+strings.ToLower(m.Key), EntryLoss, strings.TrimSpace(m.Closing.Note))
	e.Left, e.Reason, e.Competitor, e.Said = m.Closing.Left, m.Closing.Cause, strings.TrimSpace(m.Closing.Competitor), m.Closing.Said
	return e
}

// Contact is what a move that settles a step writes into the book.
func (c *Case) Contact(m *CaseMove) Entry {
	step := &c.Steps[m.Step]
	e := c.entry(m, step.Entry, EntryContact, m.Why)
	e.Channel, e.Direction = cmp.Or(m.Channel, step.Channel), "out"
	return e
}

func (c *Case) entry(m *CaseMove, id string, kind EntryKind, text string) Entry {
	return Entry{
		ID: id, Customer: c.Customer, Kind: kind, At: m.At, Due: NoDay, Done: NoDay, Broken: NoDay, Left: NoDay, Text: text,
		Who: m.Who, Written: m.At, Changed: EntrySignature{Who: m.Who, At: m.At},
	}
}

// Workday is the n-th day after a day on which somebody works: not a Saturday or
// Sunday, and none of those closed. For n = 0 it is the day itself, or the next
// one on which somebody works.
func Workday(day Day, n int, closed []Day) Day {
	free := func(d Day) bool {
		return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday || slices.Contains(closed, d)
	}
	for tries := 0; free(day) && tries < 400; tries++ {
		day++
	}
	for ; n > 0; n-- {
		day++
		for tries := 0; free(day) && tries < 400; tries++ {
			day++
		}
	}
	return day
}
