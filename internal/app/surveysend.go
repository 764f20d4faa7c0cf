package app

import (
	"cmp"
	"context"
	"strconv"
	"time"

	"behold"
	"behold/internal/access"
	"behold/internal/letter"
	"behold/internal/mail"
	"behold/internal/survey"
)

const (
	inviteStale = 10 // days after the lot was cast on which nobody is written to any more
	answerFor   = 30 // days after a letter on which answers are still taken
)

// surveys draws every day and sends what is due until ctx ends, as letters does.
func (a *App) surveys(ctx context.Context) {
	for tick := time.NewTicker(letterPace); ; {
		p, err := a.PostSurveys(ctx, time.Now(), false)
		if err == nil {
			err = a.mindAnswers(ctx, time.Now())
		}
		switch {
		case ctx.Err() != nil:
		case err != nil:
			a.log.Error("surveys are not sent", "code", codeOf(err), "error", behold.HintOf(err))
		case p.Sent+p.Failed > 0:
			a.log.Info("surveys", "drawn", p.Made, "sent", p.Sent, "failed", p.Failed, "waiting", p.Waiting)
		}
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
	}
}

// SurveyCheck says what is missing for surveys to be sent, if anything: a mail
// server, an address of the pages, the owner's word.
func (a *App) SurveyCheck(ctx context.Context) error {
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return err
	}
	if err := a.MailCheck(); err != nil {
		return err
	}
	base, err := a.config.base()
	switch {
	case err != nil:
		return err
	case base == "":
		return &behold.Error{Kind: behold.Invalid, Code: "survey_url", Say: "nobody knows under which address customers reach the answer page", Hint: "set url in config.toml, such as https://behold.firm.example; customers must be able to open it"}
	case !settings.Surveys.On:
		return &behold.Error{Kind: behold.Invalid, Code: "survey_off", Say: "surveys are switched off", Hint: "an owner switches them on under Surveys, or: behold config set surveys true"}
	}
	shop, err := a.State.Invention(ctx)
	if err == nil && shop.Stage != behold.NotInvented {
		return &behold.Error{Kind: behold.Invalid, Code: "survey_invented", Say: "the customers of the invented shop do not exist", Hint: "they are drawn and shown, and nobody is written to"}
	}
	return err
}

// PostSurveys draws the day's lots if nobody did, and hands over what is due:
// letters, and reminders a week later. Where SurveyCheck finds something missing
// it does nothing. Like PostLetters it marks a letter as sent after the mail server
// has taken it, so that a kill between the two sends one letter twice, with the
// same Message-ID, and loses none.
func (a *App) PostSurveys(ctx context.Context, now time.Time, hurry bool) (p Posted, err error) {
	if a.SurveyCheck(ctx) != nil {
		return p, nil
	}
	a.outbox.mu.Lock()
	defer a.outbox.mu.Unlock()
	if err := a.drawToday(ctx, now, &p); err != nil {
		return p, err
	}
	if now.Before(a.outbox.until) && !hurry {
		return p, nil
	}
	server := a.config.mailServer()
	return p, a.sendInvites(ctx, &server, now, &p)
}

// drawToday draws when the morning's round is over, on working days.
func (a *App) drawToday(ctx context.Context, now time.Time, p *Posted) error {
	day, err := a.surveyDay(ctx, behold.NoDay, now)
	if err != nil {
		if kind := behold.KindOf(err); kind == behold.NotFound || kind == behold.Invalid { // no orders yet
			return nil
		}
		return err
	}
	if day != behold.DayOf(now) || day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		return nil
	}
	if due, err := a.roundDue(ctx, now); err != nil || due {
		return err
	}
	done, err := a.State.SurveyDays(ctx, day, day)
	if err != nil || len(done) > 0 {
		return err
	}
	drawn, made, err := a.Survey(ctx, day, now, true)
	if made {
		for i := range drawn.Askings {
			if drawn.Askings[i].Drawn {
				p.Made++
			}
		}
	}
	return err
}

// sendInvites hands over what waits, one letter at a time.
func (a *App) sendInvites(ctx context.Context, server *mail.Server, now time.Time, p *Posted) error {
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return err
	}
	for {
		v, ok, err := a.State.ClaimInvite(ctx, now, letterHeld)
		if err != nil || !ok {
			return err
		}
		sent := a.sendInvite(ctx, server, &settings, &v, now)
		if ctx.Err() != nil && (v.State == behold.InviteLeaves || v.State == behold.InviteReminds) {
			letWait(&v, now) // we are being stopped: it was not taken
		}
		// Whoever stops us now must not make us forget what was sent.
		if err := a.State.MarkInvite(context.WithoutCancel(ctx), &v); err != nil {
			return err
		}
		switch v.State {
		case behold.InviteFailed:
			p.Failed++
			if v.Why == "mail_address" {
				if _, err := a.State.SaveBounce(context.WithoutCancel(ctx), bounceOf(&v, v.Said, now)); err != nil {
					return err
				}
			}
		case behold.InviteWaits:
			p.Waiting++
		case behold.InviteSent, behold.InviteReminded:
			if sent == nil && v.Why == "" {
				p.Sent++
			}
		}
		if sent == nil && !v.Sent.IsZero() {
			if err := a.askedAgain(ctx, &v, now); err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if serverFailed(sent) {
			a.outbox.failed++
			a.outbox.until = behold.NextTry(a.outbox.failed, now)
			return sent
		}
		a.outbox.failed, a.outbox.until = 0, time.Time{}
	}
}

// letWait puts an invitation back where it was taken from.
func letWait(v *behold.Invite, next time.Time) {
	v.Next = next
	if v.State == behold.InviteReminds {
		v.State = behold.InviteSent
		return
	}
	v.State = behold.InviteWaits
}

// askedAgain tells a case that its customer was asked whether all is well.
func (a *App) askedAgain(ctx context.Context, v *behold.Invite, now time.Time) error {
	if v.Stream != behold.StreamAgain || v.About == "" || !v.Reminded.IsZero() {
		return nil
	}
	_, err := a.State.MoveCase(ctx, behold.CaseMove{
		Key: "asked-" + strconv.FormatInt(v.ID, 10), Case: v.About, Version: behold.AnyVersion, Do: behold.CaseAsked, At: now, AskAgain: behold.NoDay,
	})
	if kind := behold.KindOf(err); err != nil && kind != behold.Internal && kind != behold.Unavailable {
		return nil // the case has moved on since, or is gone: the question is out all the same
	}
	return err
}

// sendInvite sends one letter or reminder and says in the invitation what became
// of it. What came too late, or is wanted no more, is given up.
func (a *App) sendInvite(ctx context.Context, server *mail.Server, settings *behold.Settings, v *behold.Invite, now time.Time) error {
	reminder := v.State == behold.InviteReminds
	last := behold.DayOf(now)
	switch opens := opens(&settings.Surveys, v.Country, now, time.Local); {
	case !reminder && last-v.Day > inviteStale:
		v.State, v.Why = behold.InviteFailed, "stale"
		return nil
	case reminder && last > v.Until:
		v.State, v.Why = behold.InviteReminded, "stale"
		return nil
	case opens.After(now): // the hours were changed, or it was late
		letWait(v, opens)
		v.Tries--
		return nil
	}
	if barred, err := a.barredNow(ctx, v); err != nil || barred {
		if v.State = behold.InviteStopped; err != nil {
			letWait(v, behold.NextTry(v.Tries, now))
		}
		return err
	}
	m, err := a.inviteMessage(ctx, settings, v)
	if err == nil {
		err = server.Send(ctx, m)
	}
	switch {
	case err == nil && reminder:
		v.State, v.Reminded, v.Why, v.Said = behold.InviteReminded, now, "", ""
	case err == nil:
		v.State, v.Sent, v.Why, v.Said, v.Tries = behold.InviteSent, now, "", "", 0
		v.Until = last + answerFor
		v.Next = opens(&settings.Surveys, v.Country, now.AddDate(0, 0, settings.Remind), time.Local)
		if settings.Remind == 0 {
			v.State = behold.InviteReminded
		}
	case ctx.Err() != nil:
	case mail.Final(err) && reminder:
		v.State, v.Why, v.Said = behold.InviteReminded, codeOf(err), mail.Answer(err)
	case mail.Final(err):
		v.State, v.Why, v.Said = behold.InviteFailed, codeOf(err), mail.Answer(err)
	default:
		letWait(v, behold.NextTry(v.Tries, now))
		v.Why, v.Said = codeOf(err), mail.Answer(err)
	}
	return err
}

// barredNow says whether the customer has objected since the lot was cast: by a
// letter, or in a file that was read meanwhile.
func (a *App) barredNow(ctx context.Context, v *behold.Invite) (bool, error) {
	c, err := a.Facts.Customer(ctx, v.Customer, v.Day)
	switch {
	case err != nil && behold.KindOf(err) == behold.NotFound:
		return true, nil // forgotten
	case err != nil:
		return false, err
	case c.SurveyOptOut || v.Marketing && c.MarketingOptOut:
		return true, nil
	}
	stops, err := a.State.SurveyStops(ctx)
	for _, s := range stops {
		if s == (behold.SurveyStop{Customer: behold.CustomerKey(v.Customer), Address: v.Address}) {
			return true, nil
		}
	}
	return false, err
}

// inviteMessage writes the letter with an address of its own, of which only the
// mark is kept: who reads our files cannot answer for others.
func (a *App) inviteMessage(ctx context.Context, settings *behold.Settings, v *behold.Invite) (m mail.Message, err error) {
	base, err := a.config.base()
	if err != nil {
		return m, err
	}
	token := access.NewToken()
	if err := a.State.LinkInvite(ctx, access.Mark(token), v.ID); err != nil {
		return m, err
	}
	own, err := a.State.SurveyText(ctx, cmp.Or(v.Form, noVersion))
	if err != nil {
		return m, err
	}
	written, err := writeAsk(v, settings, own, base+"/a/"+token)
	key := "survey." + strconv.FormatInt(v.ID, 10)
	if v.State == behold.InviteReminds {
		key += ".again"
	}
	return mail.Message{
		To: v.Address, Name: v.Person, Subject: written.Subject, Text: written.Text, HTML: written.HTML, Language: v.Language,
		Key: key + "." + letterMark(key, v.Address), Stop: base + "/a/" + token + "/stop", Date: v.Made,
	}, err
}

// noVersion asks for a version of the questionnaire that there is not: ours holds.
const noVersion = 1 << 40

// writeAsk writes the letter or the reminder of an invitation, with links to the
// answer page at an address.
func writeAsk(v *behold.Invite, settings *behold.Settings, own behold.SurveyText, page string) (letter.Written, error) {
	w := survey.Given(v.Language, own)
	t := func(key string) string { return w.T(key, "company", settings.Company, "name", v.Person) }
	nameless := ""
	if settings.Company == "" {
		nameless = "_nameless"
	}
	ask := letter.Ask{
		Lang: w.Lang(), Subject: t("letter.subject" + nameless), Hello: t("letter.hello_nameless"), Company: settings.Company,
		Open: letter.Link{Word: t("letter.open"), To: page}, Choose: t("letter.choose"), Privacy: t("letter.privacy"),
		Stop: letter.Link{Word: t("letter.stop"), To: page + "/stop"},
	}
	if v.Person != "" {
		ask.Hello = t("letter.hello")
	}
	key := "letter." + string(v.Stream)
	if v.Stream == behold.StreamEvent {
		key += "." + v.Touchpoint
	}
	ask.Says = []string{t(key)}
	if v.State == behold.InviteReminds || v.State == behold.InviteReminded {
		ask.Subject = t("letter.subject_again" + nameless)
		ask.Says = []string{t("letter.remind"), t(key)}
	}
	if v.Marketing {
		ask.Own = w.Own()
	}
	if first := survey.Form(v.Stream, v.Touchpoint, v.Items)[0][0]; first.Kind == survey.OnScale {
		ask.Question = t(first.Asks)
		for _, o := range first.Options {
			ask.Choices = append(ask.Choices, letter.Link{Word: t(o.Label), To: page + "?" + first.Name + "=" + strconv.Itoa(o.Value)})
		}
	}
	return ask.Write()
}
