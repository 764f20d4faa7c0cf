package app

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"behold"
	"behold/internal/round"
	"behold/internal/store"
)

// bookForm is the form in which the book is kept in the warehouse; a release that
// changes it gives it another name, so that the book is taken over anew.
const bookForm = "book 3"

// takeOverBook brings what colleagues wrote down into the warehouse, where lamps
// read it, when anything was written or taken back since the last time. Who calls
// it holds the work.
func (a *App) takeOverBook(ctx context.Context) error {
	size, err := a.bookSize(ctx)
	if err != nil {
		return err
	}
	before, err := a.Facts.Book(ctx)
	if err != nil || size == before.Read && (size == 0 || before.File == bookForm) {
		return err
	}
	return a.copyBook(ctx)
}

// copyBook puts the whole book as it is now in the place of what the warehouse
// has of it. A version that is written meanwhile waits for the next time: the
// receipt says how much had been written before the entries were read.
func (a *App) copyBook(ctx context.Context) error {
	receipt := behold.Receipt{File: bookForm, Source: behold.BookSource, Table: behold.TableContacts, Started: time.Now().UTC()}
	var err error
	if receipt.Read, err = a.bookSize(ctx); err != nil {
		return err
	}
	entries, err := a.State.Entries(ctx, behold.EntryQuery{Since: behold.NoDay})
	if err != nil {
		return err
	}
	answers, err := a.answerRows(ctx, time.Now())
	if err != nil {
		return err
	}
	bounces, err := a.bounceRows(ctx)
	if err != nil {
		return err
	}
	into, err := a.Facts.BeginBook(ctx, receipt)
	if err != nil {
		return err
	}
	for _, rows := range append(recordsOf(entries), answers, bounces) {
		if err := into.Records(ctx, rows); err != nil {
			return errors.Join(err, into.Rollback(nil))
		}
	}
	receipt.Finished = time.Now().UTC()
	return into.Commit(ctx, &receipt)
}

// bookSize is how much was ever written down, answered and sent back; it only grows.
func (a *App) bookSize(ctx context.Context) (int64, error) {
	entries, _, err := a.State.Book(ctx)
	if err != nil {
		return 0, err
	}
	replies, unanswered, err := a.State.SurveyBook(ctx, behold.DayOf(time.Now()))
	if err != nil {
		return 0, err
	}
	bounces, err := a.State.Bounces(ctx)
	return entries + replies + unanswered + int64(len(bounces)), err
}

// written is the last day on which anybody wrote anything down: a colleague in the
// book, or a customer in an answer.
func (a *App) written(ctx context.Context) (behold.Day, error) {
	_, last, err := a.State.Book(ctx)
	if err != nil {
		return last, err
	}
	answered, err := a.State.LastReply(ctx)
	return max(last, answered), err
}

// recordsOf are the entries that lamps and reports know as rows of a table:
// contacts, promises and losses. The others are for people.
func recordsOf(entries []behold.Entry) []*behold.Records {
	var contacts, promises, losses bookRows
	contacts.begin(behold.TableContacts)
	promises.begin(behold.TablePromises)
	losses.begin(behold.TableLosses)
	for i := range entries {
		switch e := &entries[i]; e.Kind {
		case behold.EntryContact:
			contacts.addContact(e)
		case behold.EntryPromise:
			promises.addPromise(e)
		case behold.EntryLoss:
			losses.addLoss(e)
		}
	}
	return []*behold.Records{&contacts.Records, &promises.Records, &losses.Records}
}

// bookRows are entries on their way into one table.
type bookRows struct{ behold.Records }

func (b *bookRows) begin(t behold.Table) {
	b.Table, b.Columns = t, make([]behold.Cells, len(t.Columns()))
}

// add begins the next row.
func (b *bookRows) add(e *behold.Entry) {
	b.Row = append(b.Row, e.Version)
	b.RecordedAt = append(b.RecordedAt, wallClock(e.Written))
	b.Attributes = append(b.Attributes, "")
}

func (b *bookRows) text(column, value string) {
	c := &b.Columns[b.Table.Column(column)]
	c.Text = append(c.Text, value)
}

func (b *bookRows) whole(column string, value int64) {
	c := &b.Columns[b.Table.Column(column)]
	c.Whole = append(c.Whole, value)
}

// addContact: who wrote a contact down had it, so that one from the customer is
// answered.
func (b *bookRows) addContact(e *behold.Entry) {
	b.add(e)
	b.text("contact", e.BookID())
	b.text("customer", e.Customer)
	b.whole("at", wallClock(e.At))
	b.text("direction", e.Direction)
	b.text("channel", e.Channel)
	b.text("colleague", e.Who)
	b.text("person", "")
	replied := int64(behold.NoWhole)
	if e.Direction == "in" {
		replied = wallClock(e.At)
	}
	b.whole("replied_at", replied)
	b.text("text", e.Text)
}

func (b *bookRows) addPromise(e *behold.Entry) {
	b.add(e)
	b.text("promise", e.BookID())
	b.text("customer", e.Customer)
	b.whole("made_at", wallClock(e.At))
	b.whole("due_at", dayMicros(e.Due))
	kept := dayMicros(e.Done)
	if e.Done == behold.DayOf(e.At.Local()) { // not before it was made
		kept = wallClock(e.At)
	}
	b.whole("kept_at", kept)
	b.text("text", e.Text)
	b.text("kind", "")
	b.text("colleague", e.Who)
	b.Attributes[len(b.Attributes)-1] = promiseAttributes(e)
}

// promiseAttributes is what the table of promises has no column for.
func promiseAttributes(e *behold.Entry) string {
	more := map[string]string{}
	if e.Broken.Known() {
		more["given_up"] = e.Broken.String()
	}
	if e.Of != "" {
		more["of"] = e.Of
	}
	if len(more) == 0 {
		return ""
	}
	var body strings.Builder
	out := json.NewEncoder(&body)
	out.SetEscapeHTML(false) // ids are looked for as they are
	_ = out.Encode(more)     // texts always encode
	return strings.TrimSpace(body.String())
}

func (b *bookRows) addLoss(e *behold.Entry) {
	b.add(e)
	b.text("customer", e.Customer)
	b.whole("left_on", int64(e.Left))
	b.text("reason", string(e.Reason))
	b.text("detail", e.Text)
	b.text("competitor", e.Competitor)
	b.text("said_by", string(e.Said))
	b.whole("won_back_on", behold.NoWhole)
}

// wallClock is a time as the warehouse has it: microseconds of the clock on the
// wall where the company is.
func wallClock(t time.Time) int64 {
	l := t.Local()
	return time.Date(l.Year(), l.Month(), l.Day(), l.Hour(), l.Minute(), l.Second(), 0, time.UTC).UnixMicro()
}

func dayMicros(d behold.Day) int64 {
	if !d.Known() {
		return behold.NoWhole
	}
	return d.Time().UnixMicro()
}

// book is what pages write down. A promise that is given up lights its lamp at
// once, and puts it out again when that is taken back; a contact may be the step of
// a case.
type book struct {
	*store.Store
	a *App
}

func (b book) Write(ctx context.Context, e *behold.Entry) error {
	err := b.a.writeEntry(ctx, e)
	if err == nil {
		b.relight(ctx, e)
	}
	return err
}

func (b book) Change(ctx context.Context, e *behold.Entry) error {
	err := b.Store.Change(ctx, e)
	if err == nil {
		b.relight(ctx, e)
	}
	return err
}

func (b book) TakeBack(ctx context.Context, id string, version int64, by behold.EntrySignature) (behold.Entry, error) {
	e, err := b.a.takeBackEntry(ctx, id, version, by)
	if err == nil {
		b.relight(ctx, &e)
	}
	return e, err
}

// relight follows a promise. What was written is kept whatever comes of it: the next
// round judges anew.
func (b book) relight(ctx context.Context, e *behold.Entry) {
	if e.Kind != behold.EntryPromise {
		return
	}
	ctx = context.WithoutCancel(ctx) // the entry is kept, whoever goes away
	if err := round.GivenUp(ctx, e.Customer, behold.DayOf(time.Now()), b.a.Facts, b.a.State); err != nil {
		b.a.log.ErrorContext(ctx, "the lamp of a promise was left to the next round", "error", err)
	}
}

// promises gives the pages what was promised, in files and here.
type promises struct{ a *App }

func (p promises) Promised(ctx context.Context, q behold.PromiseQuery) ([]behold.PromiseCard, error) {
	return round.Promised(ctx, p.a.Facts, p.a.State, q)
}
