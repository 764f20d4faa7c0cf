package behold

import (
	"strings"
	"time"
	"unicode/utf8"
)

// A Decision is what those who lead agreed to do by a day, because of a figure,
// and what came of it. What is written is never overwritten: a change is a new
// version.
type Decision struct {
	ID      string          `json:"id"`      // made by the form that wrote it
	Version int64           `json:"version"` // of all that was ever decided, the later the higher
	Agreed  string          `json:"agreed"`  // what we will do
	Because string          `json:"because"` // which figure says so
	By      Day             `json:"by"`
	Owner   string          `json:"owner,omitempty"` // who sees to it: a colleague's e-mail or a name
	Far     string          `json:"far,omitempty"`   // how far it is
	Outcome DecisionOutcome `json:"outcome,omitempty"`
	Result  string          `json:"result,omitempty"` // what the figure says now
	Next    string          `json:"next,omitempty"`   // the step after it
	Closed  Day             `json:"closed,omitzero"`  // NoDay: it is being followed up
	Made    time.Time       `json:"made"`
	Changed EntrySignature  `json:"changed"`
	Undone  bool            `json:"undone,omitempty"`
}

// A DecisionOutcome is whether a decision did what it was meant to.
type DecisionOutcome string

// The outcomes.
const (
	NotYet     DecisionOutcome = ""
	Worked     DecisionOutcome = "worked"
	PartWorked DecisionOutcome = "part"
	NotWorked  DecisionOutcome = "not"
	Unclear    DecisionOutcome = "unclear"
)

// DecisionOutcomes are those that close a decision.
func DecisionOutcomes() []DecisionOutcome {
	return []DecisionOutcome{Worked, PartWorked, NotWorked, Unclear}
}

// Late says whether its day has gone and nobody has said what came of it.
func (d *Decision) Late(today Day) bool { return !d.Closed.Known() && d.By < today }

// Check says what is missing from a decision, as of a day.
func (d *Decision) Check(today Day) error {
	bad := func(code, say, hint string) error {
		return &Error{Kind: Invalid, Say: say, Hint: hint, Code: "decision_" + code}
	}
	switch {
	case d.ID == "" || len(d.ID) > 64:
		return bad("form", "the form was sent without its number", "open the page again")
	case strings.TrimSpace(d.Agreed) == "":
		return bad("agreed", "it does not say what was agreed", "write what you will do")
	case strings.TrimSpace(d.Because) == "":
		return bad("because", "it does not say because of which figure", "name the figure that is to change")
	case utf8.RuneCountInString(d.Agreed+d.Because+d.Far+d.Result+d.Next+d.Owner) > EntryText:
		return bad("long", "this is more than 2,000 letters", "say it shorter")
	case !d.By.Known():
		return bad("by", "it does not say by when", "name a day")
	case d.By < DayOf(d.Made)-1 || d.By > today+3*366:
		return bad("day", "the day lies before today, or more than three years ahead", "name another day")
	case d.Closed.Known() && d.Outcome == NotYet:
		return bad("outcome", "it does not say whether it worked", "choose an answer")
	}
	return nil
}
