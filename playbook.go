package behold

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// ActNothing says that nothing we did kept the customer: they came by themselves.
const ActNothing Action = "nothing"

// Actions are all that a colleague can do for a customer.
func Actions() []Action {
	return []Action{
		ActCall, ActVisit, ActApology, ActKeepPromise, ActPriceReview, ActReplacement, ActThanks, ActSurprise, ActAmbassador, ActWinBack, ActUpsell,
	}
}

// MostSteps is how many steps a playbook may have.
const MostSteps = 12

// Check says which step makes no sense, if one does not.
func (b *Playbook) Check() error {
	if !slices.Contains(Reasons(), b.Reason) {
		return badBook("reason", "there is no such reason", "open the page again")
	}
	if len(b.Steps) > MostSteps {
		return badBook("many", "a playbook has at most 12 steps", "leave one out")
	}
	for i := range b.Steps {
		if err := b.Steps[i].Check(); err != nil {
			return err
		}
	}
	return nil
}

// Check says what makes no sense about a step.
func (s *Step) Check() error {
	switch {
	case !slices.Contains(Actions(), s.Action):
		return badBook("action", "it does not say what is to be done", "choose one of the list")
	case !slices.Contains(EntryChannels(), s.Channel):
		return badBook("channel", "it does not say how it reaches the customer", "a call, a visit, a mail or a chat")
	case !(s.Minutes >= 1 && s.Minutes <= 480):
		return badBook("minutes", "a step takes 1 to 480 minutes", "15 is usual for a call")
	case !(s.Cost >= 0 && s.Cost <= 1e6):
		return badBook("cost", "a step costs nothing or something, up to a million", "leave it empty when it costs nothing")
	case s.After < 0 || s.After > 60:
		return badBook("wait", "between two steps lie 0 to 60 working days", "3 is usual")
	case s.Within < 0 || s.Within > 60:
		return badBook("within", "a step has 0 to 60 working days", "2 is usual; 0 is the same day")
	case len(s.Owner) > 254 || s.Owner != ColleagueKey(s.Owner):
		return badBook("owner", "there is no such colleague", "choose one of the list, or whoever looks after the customer")
	}
	return nil
}

func badBook(code, say, hint string) error {
	return &Error{Kind: Invalid, Say: say, Hint: hint, Code: "playbook_" + code}
}

// A Wording is the company's own text for an action in a language, in the place
// of ours.
type Wording struct {
	Action   Action `json:"action"`
	Language string `json:"language"`
	Subject  string `json:"subject,omitempty"`
	Text     string `json:"text"`
}

// Check says what is missing from a text.
func (w *Wording) Check() error {
	switch {
	case !slices.Contains(Actions(), w.Action):
		return badBook("action", "it does not say what is to be done", "choose one of the list")
	case strings.TrimSpace(w.Text) == "":
		return badBook("text", "the text is empty", "write one, or go back to ours")
	case utf8.RuneCountInString(w.Text) > EntryText || utf8.RuneCountInString(w.Subject) > 200:
		return badBook("text_long", "the text is more than 2,000 letters, or its subject more than 200", "say it shorter")
	}
	return nil
}
