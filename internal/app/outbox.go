package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"sync"
	"time"

	"behold"
	"behold/internal/mail"
	"behold/internal/phrase"
)

// An outbox is what one process knows about letters on their way; the store
// knows the rest.
type outbox struct {
	mu     sync.Mutex // held by whoever makes or sends letters
	failed int        // times in a row that the mail server could not be talked to
	until  time.Time  // and when it is tried again
}

// letterHeld is how long a letter that was taken belongs to its taker. Sending takes a
// minute at the very most; after a kill it is taken again when this is over.
const letterHeld = 10 * time.Minute

// letterPace is how often the clock is looked at: a laptop that slept through the
// hour is caught up with.
const letterPace = time.Minute

// letters makes and sends what is due until ctx ends.
func (a *App) letters(ctx context.Context) {
	for tick := time.NewTicker(letterPace); ; {
		posted, err := a.PostLetters(ctx, time.Now(), false)
		switch {
		case ctx.Err() != nil:
		case err != nil:
			a.log.Error("letters are not sent", "code", codeOf(err), "error", behold.HintOf(err))
		case posted.Sent+posted.Failed > 0:
			a.log.Info("letters", "sent", posted.Sent, "failed", posted.Failed, "waiting", posted.Waiting)
		}
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
	}
}

// Posted is what became of the letters that were due.
type Posted struct {
	Made    int // new ones
	Nothing int // colleagues to whom there was nothing to say
	Sent    int
	Failed  int // given up
	Waiting int // to be tried again
}

// PostLetters makes the letters that are due and hands over those that wait. When
// the mail server could not be talked to it is left alone for a while, unless the
// one who asks is in a hurry. Without a mail server it does nothing.
//
// A letter is marked as sent after the mail server has taken it: a kill between
// the two sends one letter twice, with the same Message-ID, where a mark before
// would lose one (ADR 21).
func (a *App) PostLetters(ctx context.Context, now time.Time, hurry bool) (p Posted, err error) {
	server := a.config.mailServer()
	if !server.Given() {
		return p, nil
	}
	a.outbox.mu.Lock()
	defer a.outbox.mu.Unlock()
	if err := a.makeLetters(ctx, now, &p); err != nil {
		return p, err
	}
	if now.Before(a.outbox.until) && !hurry {
		return p, nil
	}
	return p, a.sendLetters(ctx, &server, now, &p)
}

// makeLetters writes what is due and not there yet. It waits for the morning's
// round, but not for ever: what was known yesterday is better than nothing.
func (a *App) makeLetters(ctx context.Context, now time.Time, p *Posted) error {
	settings, err := a.State.Settings(ctx)
	if err != nil || !settings.Letters.On {
		return err
	}
	if wait, err := a.roundDue(ctx, now); err != nil || wait && now.Hour() < settings.Letters.Hour+2 {
		return err
	}
	colleagues, err := a.State.Colleagues(ctx)
	if err != nil {
		return err
	}
	choices, err := a.State.LetterChoices(ctx)
	if err != nil {
		return err
	}
	for _, kind := range behold.LetterKinds() {
		on := settings.Letters.Due(kind, now, closedAround(&settings, behold.DayOf(now)))
		if !on.Known() {
			continue
		}
		for i := range colleagues {
			c := &colleagues[i]
			if c.Left || !behold.LetterChoiceOf(c, kind, choices).Wanted {
				continue
			}
			if err := a.makeLetter(ctx, &behold.Letter{Kind: kind, Colleague: c.Email, Day: on, Made: now, Next: now}, c, settings, p); err != nil {
				return err
			}
		}
	}
	return nil
}

// makeLetter writes one letter, unless it is there or says what the last one
// said: while no round has been walked since, there is nothing new.
func (a *App) makeLetter(ctx context.Context, l *behold.Letter, c *behold.Colleague, settings behold.Settings, p *Posted) error {
	there, err := a.State.HasLetter(ctx, l.Colleague, l.Kind, l.Day)
	if err != nil || there {
		return err
	}
	last, ok, err := a.State.LastRound(ctx, behold.NoDay)
	if err != nil || !ok {
		return err
	}
	l.Round = last.Day
	old, err := a.nothingNew(ctx, l, settings)
	if err != nil || old {
		return err
	}
	written, says, err := a.WriteLetter(ctx, l.Kind, *c, l.Made)
	if err != nil {
		return err
	}
	l.Language = phrase.For(cmp.Or(c.Language, settings.Language)).Lang()
	l.State, l.Subject, l.Text, l.HTML = behold.LetterWaits, written.Subject, written.Text, written.HTML
	if !says && !settings.Letters.Nothing {
		l.State, l.Subject, l.Text, l.HTML = behold.LetterNothing, "", "", ""
	}
	isNew, err := a.State.SaveLetter(ctx, l)
	switch {
	case isNew && l.State == behold.LetterNothing:
		p.Nothing++
	case isNew:
		p.Made++
	}
	return err
}

// nothingNew says whether a morning list would repeat the one before.
func (a *App) nothingNew(ctx context.Context, l *behold.Letter, settings behold.Settings) (bool, error) {
	if l.Kind != behold.MorningList || settings.Letters.Nothing {
		return false, nil
	}
	told, err := a.State.LastTold(ctx, l.Colleague, l.Kind)
	if err != nil || told != l.Round {
		return false, err
	}
	due, err := a.promisesOf(ctx, l.Colleague, l.Round, l.Day)
	return len(due) == 0, err
}

// sendLetters hands over what waits, one letter at a time.
func (a *App) sendLetters(ctx context.Context, server *mail.Server, now time.Time, p *Posted) error {
	for {
		l, ok, err := a.State.ClaimLetter(ctx, now, letterHeld)
		if err != nil || !ok {
			return err
		}
		sent := a.sendLetter(ctx, server, &l, now)
		if ctx.Err() != nil && l.State == behold.LetterLeaves {
			l.State, l.Next = behold.LetterWaits, now // we are being stopped: it was not taken
		}
		// Whoever stops us now must not make us forget what was sent.
		if err := a.State.MarkLetter(context.WithoutCancel(ctx), &l); err != nil {
			return err
		}
		p.count(l.State)
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

func (p *Posted) count(state behold.LetterState) {
	switch state {
	case behold.LetterSent:
		p.Sent++
	case behold.LetterFailed:
		p.Failed++
	case behold.LetterWaits:
		p.Waiting++
	}
}

// sendLetter sends one letter and says in it what became of it. One that nobody
// wants any more, or that is too old to be of use, is given up.
func (a *App) sendLetter(ctx context.Context, server *mail.Server, l *behold.Letter, now time.Time) error {
	c, wanted, err := a.wantedBy(ctx, l)
	switch {
	case err != nil:
		l.State, l.Next = behold.LetterWaits, behold.NextTry(l.Tries, now)
		return err
	case !wanted:
		l.State, l.Why, l.Answer = behold.LetterFailed, "stopped", ""
		return nil
	case l.Stale(now):
		l.State, l.Why = behold.LetterFailed, cmp.Or(l.Why, "stale")
		return nil
	}
	m, err := a.message(ctx, l, &c)
	if err == nil {
		err = server.Send(ctx, m)
	}
	switch {
	case err == nil:
		l.State, l.Sent, l.Why, l.Answer = behold.LetterSent, now, "", ""
	case ctx.Err() != nil:
	case mail.Final(err):
		l.State, l.Why, l.Answer = behold.LetterFailed, codeOf(err), mail.Answer(err)
	default:
		l.State, l.Next, l.Why, l.Answer = behold.LetterWaits, behold.NextTry(l.Tries, now), codeOf(err), mail.Answer(err)
	}
	return err
}

// wantedBy is the colleague of a letter, and whether they still want it.
func (a *App) wantedBy(ctx context.Context, l *behold.Letter) (behold.Colleague, bool, error) {
	c, err := a.State.Colleague(ctx, l.Colleague)
	if err != nil {
		if behold.KindOf(err) == behold.NotFound {
			return c, false, nil
		}
		return c, false, err
	}
	choices, err := a.State.LetterChoices(ctx)
	return c, !c.Left && behold.LetterChoiceOf(&c, l.Kind, choices).Wanted, err
}

func (a *App) message(ctx context.Context, l *behold.Letter, c *behold.Colleague) (mail.Message, error) {
	m := mail.Message{
		To: l.Colleague, Name: c.Name, Subject: l.Subject, Text: l.Text, HTML: l.HTML, Language: l.Language,
		Key: letterKey(l), Date: l.Made,
	}
	base, err := a.config.base()
	if err != nil || base == "" {
		return m, err
	}
	stops, err := a.stops(ctx)
	m.Stop = base + "/letters/stop/" + stops.Token(l.Kind, l.Colleague)
	return m, err
}

// letterKey is the same for the same letter, and says nothing of whom it is for.
func letterKey(l *behold.Letter) string {
	sum := sha256.Sum256([]byte(l.Colleague))
	return string(l.Kind) + "." + l.Day.String() + "." + hex.EncodeToString(sum[:8])
}

// serverFailed says whether it was the server and not this letter: then the other
// letters wait too, rather than knock one after the other.
func serverFailed(err error) bool {
	switch codeOf(err) {
	case "mail_name", "mail_silent", "mail_tls", "mail_auth", "mail_broke", "mail_sender", "mail_config":
		return true
	}
	return false
}

func codeOf(err error) string {
	var e *behold.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
