package survey

import (
	"cmp"
	"slices"

	"behold"
)

// answerDays is within how many days of an invitation an answer is to it.
const answerDays = 60

// asked says that the invitation reached the customer, as far as anybody knows.
func asked(i *behold.Invite) bool {
	switch i.State {
	case behold.InviteSent, behold.InviteReminds, behold.InviteReminded:
		return true
	}
	return i.Answered.Known()
}

func answered(i *behold.Invite, day behold.Day) bool { return i.Answered.Known() && i.Answered <= day }

// invitesOf are the invitations that reached a customer, by customer, in order
// of days.
func invitesOf(all []behold.Invite, day behold.Day) map[int32][]*behold.Invite {
	of := map[int32][]*behold.Invite{}
	for k := range all {
		if i := &all[k]; i.Day <= day && asked(i) {
			of[i.Number] = append(of[i.Number], i)
		}
	}
	for _, list := range of {
		slices.SortFunc(list, func(a, b *behold.Invite) int { return cmp.Compare(a.Day, b.Day) })
	}
	return of
}

// inviteFor is the invitation that an answer of a day is to; nil: none is known.
func inviteFor(list []*behold.Invite, at behold.Day) *behold.Invite {
	for k := len(list) - 1; k >= 0; k-- {
		if list[k].Day <= at {
			if list[k].Day < at-answerDays {
				return nil
			}
			return list[k]
		}
	}
	return nil
}

// markInvites puts beside each form what it was asked by. A form that was asked
// for because something happened is not of the level: who meets trouble, or a
// delivery, is not a customer drawn by lot.
func (t *teller) markInvites() {
	t.invited = invitesOf(t.Invites, t.Day)
	for _, f := range t.forms {
		f.invite = inviteFor(t.invited[f.person.Customer], f.at)
		f.event = f.invite != nil && f.invite.Stream != behold.StreamLevel
	}
}

// unanswered are the spells after invitations that nobody answered.
func (t *teller) unanswered() (list []spell) {
	for _, p := range t.heard.persons {
		for _, i := range t.invited[p.Customer] {
			if answered(i, t.Day) || i.Stream != behold.StreamLevel {
				continue
			}
			if s, known := t.spell(p, i.Day, behold.NoDay, NoAnswer); known {
				list = append(list, s)
			}
		}
	}
	return list
}

// ask fills in what is known of those who were asked in a window, and weighs the
// answers by it.
func (t *teller) ask(w *Window, level []*form) error {
	var sent []*behold.Invite
	for k := range t.Invites {
		i := &t.Invites[k]
		if i.Stream == behold.StreamLevel && i.Day >= w.From && i.Day <= w.To && asked(i) {
			sent = append(sent, i)
		}
	}
	if len(sent) == 0 {
		return nil
	}
	n, came := len(sent), 0
	for _, i := range sent {
		came += count(answered(i, t.Day))
	}
	response := float64(came) / float64(n)
	w.Asked, w.Response = &n, &response
	if err := t.weigh(w, level); err != nil {
		return err
	}
	rest := max(0, w.Value-lessOften*(1-response))
	w.Sensitivity = &rest
	return nil
}

// lessOften is how much less often those who do not answer may be very satisfied,
// in the line of sensitivity (METHODS 6.3).
const lessOften = 0.10
