package app

import (
	"context"
	"math"
	"strconv"
	"time"

	"behold"
	"behold/internal/access"
	"behold/internal/survey"
)

// Invited is the invitation that the address of an answer page leads to.
func (a *App) Invited(ctx context.Context, token string) (behold.Invite, error) {
	return a.State.InviteOf(ctx, access.Mark(token))
}

// Reply keeps what a customer answered, and opens a case where somebody has to act
// at once; finish ends the form. Sent twice it is one answer and one case.
func (a *App) Reply(ctx context.Context, v *behold.Invite, replies []behold.Reply, finish bool, now time.Time) error {
	end := time.Time{}
	if finish {
		end = now
	}
	for i := range replies {
		replies[i].Form = v.Form
	}
	if err := a.State.SaveReplies(ctx, v.ID, replies, now, end); err != nil {
		return err
	}
	all, err := a.State.Replies(ctx, v.ID, v.ID)
	if err != nil {
		return err
	}
	return a.openCases(ctx, v, all, finish)
}

// openCases opens what the answers to an invitation ask for: a case for an unhappy
// one and for who wants to be called. The words that come with the last page are
// added when the form is over.
func (a *App) openCases(ctx context.Context, v *behold.Invite, all []behold.Reply, over bool) error {
	unhappy := survey.Unhappy(all)
	of := map[string]*behold.Reply{}
	for i := range all {
		of[all[i].Item] = &all[i]
	}
	id := strconv.FormatInt(v.ID, 10)
	open := func(key string, origin behold.CaseOrigin, why string, at time.Time) error {
		o := behold.CaseOpening{Key: "survey-" + id + key, Customer: v.Customer, Origin: origin, Answer: answerID(v.ID), Why: why, At: at}
		switch {
		case origin == behold.ByAnswer && unhappy == "effort":
			o.Lamp = behold.LampEffort
		case origin == behold.ByAnswer:
			o.Lamp = behold.LampSatisfied
		}
		var err error
		if o.Name, o.Owner, err = a.whoseCase(ctx, v.Customer); err != nil {
			return err
		}
		_, err = a.openCase(ctx, o)
		return err
	}
	if unhappy != "" {
		if err := open("", behold.ByAnswer, "", of[unhappy].At); err != nil {
			return err
		}
		if words := of["why"]; words != nil && over {
			if err := open("-why", behold.ByAnswer, words.Text, words.At); err != nil {
				return err
			}
		}
	}
	if call := of[survey.CallMe]; call != nil {
		return open("-call", behold.ByCallMe, call.Text, call.At)
	}
	return nil
}

// whoseCase is a customer's name, and the colleague who looks after them if they
// work here.
func (a *App) whoseCase(ctx context.Context, customer string) (name, owner string, err error) {
	c, err := a.Facts.Customer(ctx, customer, behold.NoDay)
	if err != nil {
		return "", "", unlessNotFound(err)
	}
	colleague, err := a.State.Colleague(ctx, behold.ColleagueKey(c.Colleague))
	if err != nil || colleague.Left {
		return c.Name, "", unlessNotFound(err)
	}
	return c.Name, colleague.Email, nil
}

func unlessNotFound(err error) error {
	if err != nil && behold.KindOf(err) == behold.NotFound {
		return nil
	}
	return err
}

// CallMe keeps the number at which a customer wants to be called.
func (a *App) CallMe(ctx context.Context, v *behold.Invite, number string, now time.Time) error {
	return a.Reply(ctx, v, []behold.Reply{{Item: survey.CallMe, Value: 1, Scale: 1, Text: number}}, true, now)
}

// NoSurveys takes a customer at their word that they want no more of them.
func (a *App) NoSurveys(ctx context.Context, v *behold.Invite, now time.Time) error {
	return a.State.StopSurveys(ctx, v.Customer, v.Address, now)
}

// answerID is what an answer is called in the warehouse.
func answerID(invite int64) string {
	return behold.BookSource + "-survey-" + strconv.FormatInt(invite, 10)
}

// mindAnswers makes up for a process that died between an answer and its case, and
// walks the day's round once more when somebody was unhappy after it: their lamp
// burns the same day.
func (a *App) mindAnswers(ctx context.Context, now time.Time) error {
	invites, err := a.State.Invites(ctx, behold.DayOf(now)-inviteStale-2*answerFor, behold.NoDay)
	if err != nil || len(invites) == 0 {
		return err
	}
	replies, err := a.State.Replies(ctx, invites[0].ID, invites[len(invites)-1].ID)
	if err != nil {
		return err
	}
	of := map[int64][]behold.Reply{}
	for _, r := range replies {
		if now.Sub(r.At) < 48*time.Hour {
			of[r.Invite] = append(of[r.Invite], r)
		}
	}
	last := time.Time{}
	for i := range invites {
		v := &invites[i]
		if all := of[v.ID]; len(all) > 0 {
			if err := a.openCases(ctx, v, all, !v.Finished.IsZero()); err != nil {
				return err
			}
			if survey.Unhappy(all) != "" && all[len(all)-1].At.After(last) {
				last = all[len(all)-1].At
			}
		}
	}
	return a.walkAgain(ctx, last, now)
}

// walkAgainAfter is the least time between two rounds of a day for the sake of an
// answer.
const walkAgainAfter = 10 * time.Minute

// walkAgain walks today's round again when it does not know of an answer yet.
func (a *App) walkAgain(ctx context.Context, answered, now time.Time) error {
	round, ok, err := a.State.LastRound(ctx, behold.NoDay)
	if err != nil || !ok || answered.IsZero() || !answered.After(round.Started) || now.Sub(round.Finished) < walkAgainAfter {
		return err
	}
	reach, err := a.today(ctx, now)
	if err != nil || reach != round.Day {
		return err // a new day's round is due anyway
	}
	_, err = a.Round(ctx, behold.NoDay, nil)
	return err
}

// answerRows are all answers to our own invitations as rows of the warehouse's
// table, where lamps and reports read them; an invitation that ran out unanswered
// is an empty form. A telephone number, and whether we may come back, are not
// answers about us.
func (a *App) answerRows(ctx context.Context, now time.Time) (*behold.Records, error) {
	var rows bookRows
	rows.begin(behold.TableAnswers)
	invites, err := a.State.Invites(ctx, behold.NoDay, behold.NoDay)
	if err != nil {
		return nil, err
	}
	replies, err := a.State.Replies(ctx, 0, math.MaxInt64)
	if err != nil {
		return nil, err
	}
	of := map[int64]*behold.Invite{}
	for i := range invites {
		v := &invites[i]
		of[v.ID] = v
		if ran := v.Until + 1; !v.Answered.Known() && v.Until.Known() && ran <= behold.DayOf(now) {
			rows.addReply(v, &behold.Reply{Item: "satisfaction", Value: math.NaN(), Scale: math.NaN(), At: dayStart(ran)})
		}
	}
	for i := range replies {
		r := &replies[i]
		if r.Item != survey.CallMe && r.Item != "contact" {
			rows.addReply(of[r.Invite], r)
		}
	}
	return &rows.Records, nil
}

func dayStart(d behold.Day) time.Time {
	y, m, day := d.Time().Date()
	return time.Date(y, m, day, 0, 0, 0, 0, time.Local)
}

func (b *bookRows) addReply(v *behold.Invite, r *behold.Reply) {
	b.Row = append(b.Row, int64(len(b.Row)+1))
	b.RecordedAt = append(b.RecordedAt, wallClock(r.At))
	b.Attributes = append(b.Attributes, "")
	b.text("answer", answerID(v.ID))
	b.text("customer", v.Customer)
	b.whole("answered_at", wallClock(r.At))
	asked := int64(behold.NoWhole)
	if !v.Sent.IsZero() {
		asked = wallClock(v.Sent)
	}
	b.whole("asked_at", asked)
	b.text("item", r.Item)
	b.number("value", r.Value)
	b.number("scale_max", r.Scale)
	b.text("touchpoint", v.Touchpoint)
	b.text("text", r.Text)
}

func (b *bookRows) number(column string, value float64) {
	c := &b.Columns[b.Table.Column(column)]
	c.Number = append(c.Number, value)
}
