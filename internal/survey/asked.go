package survey

import (
	"cmp"
	"slices"

	"behold"
)

// An Invite is one invitation to answer.
type Invite struct {
	Customer int32
	At       behold.Day
	Chance   float64 // to be invited in that window (pi); 0: not known
	Stratum  string
	Event    bool // because something happened: a stream of its own
	Answered bool
}

// answerDays is within how many days of an invitation an answer is to it.
const answerDays = 60

// markEvents tells which forms were asked for because something happened: those
// whose last invitation before was of that kind.
func (t *teller) markEvents() {
	of := t.invites()
	for _, f := range t.forms {
		if i := lastInvite(of[f.person.Customer], f.at); i != nil {
			f.event = i.Event
		}
	}
}

// invites are all invitations by customer, in order of days.
func (t *teller) invites() map[int32][]Invite {
	of := map[int32][]Invite{}
	for _, i := range t.Invites {
		of[i.Customer] = append(of[i.Customer], i)
	}
	for _, list := range of {
		slices.SortFunc(list, func(a, b Invite) int { return cmp.Compare(a.At, b.At) })
	}
	return of
}

func lastInvite(list []Invite, at behold.Day) *Invite {
	for k := len(list) - 1; k >= 0; k-- {
		if list[k].At <= at {
			if list[k].At < at-answerDays {
				return nil
			}
			return &list[k]
		}
	}
	return nil
}

// unanswered are the spells after invitations that nobody answered.
func (t *teller) unanswered() (list []spell) {
	if len(t.Invites) == 0 {
		return nil
	}
	person := map[int32]*Person{}
	for _, p := range t.heard.persons {
		person[p.Customer] = p
	}
	for _, i := range t.Invites {
		if p := person[i.Customer]; p != nil && !i.Answered && !i.Event {
			if s, known := t.spell(p, i.At, behold.NoDay, NoAnswer); known {
				list = append(list, s)
			}
		}
	}
	return list
}

// ask fills in what is known of those who were asked in a window, and weighs the
// answers by it.
func (t *teller) ask(w *Window, level []*form) error {
	var asked []Invite
	for _, i := range t.Invites {
		if i.At >= w.From && i.At <= w.To && !i.Event {
			asked = append(asked, i)
		}
	}
	if len(asked) == 0 {
		return nil
	}
	n, answered := len(asked), 0
	for _, i := range asked {
		answered += count(i.Answered)
	}
	response := float64(answered) / float64(n)
	w.Asked, w.Response = &n, &response
	if err := t.weigh(w, level, asked); err != nil {
		return err
	}
	rest := max(0, w.Value-0.10*(1-response))
	w.Sensitivity = &rest
	return nil
}
