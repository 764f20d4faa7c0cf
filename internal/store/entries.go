package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"behold"
)

// Write keeps an entry that a colleague wrote down, and fills in its Version. One
// whose ID is there already with the same content is that one: whoever presses
// twice, or sends again because no answer came, has written once. With other
// content, or when it was changed or taken back since, it is a Conflict. A contact
// from us by the channel of a case's step that is due is that step, done.
func (s *Store) Write(ctx context.Context, e *behold.Entry) error {
	return s.WriteWith(ctx, e, nil)
}

// WriteWith is Write where the deadlines of the steps to come skip the days off.
func (s *Store) WriteWith(ctx context.Context, e *behold.Entry, off []behold.Day) (err error) {
	defer func() { wrap(&err, "write it down") }()
	e.Text, e.Rule, e.Competitor = strings.TrimSpace(e.Text), strings.TrimSpace(e.Rule), strings.TrimSpace(e.Competitor)
	if err := e.Check(behold.DayOf(e.Changed.At)); err != nil {
		return err
	}
	return s.append(ctx, e.ID, func(past []version) (*version, error) {
		if len(past) == 0 {
			return &version{Entry: *e}, nil
		}
		if first := past[len(past)-1].Entry; len(past) > 1 || !sameWords(first, *e) {
			return nil, &behold.Error{Kind: behold.Conflict, Say: "this form was sent before, with something else in it", Hint: "what was written then is there; if this comes on top of it, send it once more", Code: "entry_sent"}
		}
		return nil, nil
	}, e, func(ctx context.Context, tx *sql.Tx, e *behold.Entry) error { return stepOfContact(ctx, tx, e, off) })
}

// Change appends a version to an entry, which must be as e.Version knew it. The
// same change twice is one.
func (s *Store) Change(ctx context.Context, e *behold.Entry) (err error) {
	defer func() { wrap(&err, "change what was written down") }()
	e.Text = strings.TrimSpace(e.Text)
	if err := e.Check(behold.DayOf(e.Changed.At)); err != nil {
		return err
	}
	return s.append(ctx, e.ID, func(past []version) (*version, error) {
		switch {
		case len(past) == 0:
			return nil, noSuchEntry()
		case sameWords(past[0].Entry, *e) && !past[0].Undone:
			return nil, nil
		case past[0].Version != e.Version || past[0].Undone:
			return nil, changedSince()
		}
		return &version{Entry: *e}, nil
	}, e)
}

// TakeBack undoes the last step of an entry that still counts, until the entry
// itself is taken back; taking that back brings it again. The version must be the
// latest; taken back twice it is taken back once. It gives the entry as it is then.
// What it settled of a case is taken back with it; it is a Conflict when the case
// has gone on since.
func (s *Store) TakeBack(ctx context.Context, id string, which int64, by behold.EntrySignature) (behold.Entry, error) {
	return s.TakeBackWith(ctx, id, which, by, nil)
}

// TakeBackWith is TakeBack where the deadlines of steps skip the days off: a contact
// that is brought again may be one.
func (s *Store) TakeBackWith(ctx context.Context, id string, which int64, by behold.EntrySignature, off []behold.Day) (e behold.Entry, err error) {
	defer func() { wrap(&err, "take back what was written down") }()
	err = s.append(ctx, id, func(past []version) (*version, error) {
		switch {
		case len(past) == 0:
			return nil, noSuchEntry()
		case past[0].undoes == which:
			return nil, nil
		case past[0].Version != which:
			return nil, changedSince()
		}
		back := version{Entry: before(past), undoes: which}
		back.Changed = by
		return &back, nil
	}, &e, func(ctx context.Context, tx *sql.Tx, e *behold.Entry) error { return moveOfEntry(ctx, tx, e, off) })
	return e, err
}

// before is the entry without the last step that still counts, of all its
// versions, the latest first. A step that was undone counts no more, so that
// undoing goes on to the one before it.
func before(past []version) behold.Entry {
	if past[0].Undone {
		return past[1].Entry // what was there before it was taken back
	}
	var steps []behold.Entry
	for _, v := range slices.Backward(past) {
		if v.undoes == 0 || len(steps) == 0 {
			steps = append(steps, v.Entry)
		} else {
			steps = steps[:len(steps)-1]
		}
	}
	if len(steps) > 1 {
		return steps[len(steps)-2]
	}
	gone := past[0].Entry
	gone.Undone = true
	return gone
}

func noSuchEntry() error {
	return &behold.Error{Kind: behold.NotFound, Say: "nobody wrote that down", Hint: "open the customer again", Code: "entry_gone"}
}

func changedSince() error {
	return &behold.Error{Kind: behold.Conflict, Say: "somebody has changed it since", Hint: "look at it as it is now, then decide again", Code: "entry_changed"}
}

// A version is an entry as it was written at one time.
type version struct {
	behold.Entry
	undoes int64 // the version that this one takes back; 0: none
}

// append adds the version that next makes of those there are, the latest first,
// and gives in e what then holds. Next makes nil when nothing is to be added. What
// follows from the version is kept with it, or neither is.
func (s *Store) append(ctx context.Context, id string, next func(past []version) (*version, error), e *behold.Entry, follow ...func(context.Context, *sql.Tx, *behold.Entry) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	past, err := readVersions(ctx, tx, "entry.versions", id)
	if err != nil {
		return err
	}
	add, err := next(past)
	if err != nil {
		return err
	}
	if add == nil {
		*e = past[0].Entry
		return nil
	}
	if err := add.save(ctx, tx); err != nil {
		return err
	}
	for _, then := range follow {
		if err := then(ctx, tx, &add.Entry); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	*e = add.Entry
	return nil
}

func (v *version) save(ctx context.Context, tx *sql.Tx) error {
	body, err := json.Marshal(v.Entry)
	if err != nil {
		return err
	}
	settled := v.Done
	if v.Broken.Known() {
		settled = v.Broken
	}
	undoes := any(nil)
	if v.undoes != 0 {
		undoes = v.undoes
	}
	return tx.QueryRowContext(ctx, query("entry.save"), v.ID, v.Customer, behold.CustomerKey(v.Customer), string(v.Kind),
		dayText(v.Due), dayText(settled), v.Who, v.Undone, undoes, string(body)).Scan(&v.Version)
}

// sameWords says whether two entries say the same, whenever they were written.
func sameWords(a, b behold.Entry) bool {
	for _, e := range []*behold.Entry{&a, &b} {
		e.Customer = behold.CustomerKey(e.Customer)
		e.Version, e.Written, e.Changed = 0, time.Time{}, behold.EntrySignature{}
		e.At = behold.DayOf(e.At).Time() // a form that names no time says now
	}
	return a == b
}

// Entry is one entry as it is now, also when it was taken back.
func (s *Store) Entry(ctx context.Context, id string) (e behold.Entry, err error) {
	defer func() { wrap(&err, "read what was written down") }()
	past, err := readVersions(ctx, s.db, "entry.versions", id)
	if err != nil {
		return e, err
	}
	if len(past) == 0 {
		return e, noSuchEntry()
	}
	return past[0].Entry, nil
}

// Entries are the entries that a query asks for, in the order of writing.
func (s *Store) Entries(ctx context.Context, q behold.EntryQuery) (list []behold.Entry, err error) {
	defer func() { wrap(&err, "read what was written down") }()
	name, args := "entry.all", []any{string(q.Kind), q.Who, dayText(q.Since)}
	if q.Customer != "" {
		name, args = "entry.customer", append(args, behold.CustomerKey(q.Customer))
	}
	found, err := readVersions(ctx, s.db, name, args...)
	for _, v := range found {
		list = append(list, v.Entry)
	}
	return list, err
}

// Book is how much was ever written, which grows with every version, and on which
// day the last of it was; NoDay when nothing was.
func (s *Store) Book(ctx context.Context) (versions int64, last behold.Day, err error) {
	defer func() { wrap(&err, "read what was written down") }()
	found, err := readVersions(ctx, s.db, "entry.last")
	if err != nil || len(found) == 0 {
		return 0, behold.NoDay, err
	}
	return found[0].Version, behold.DayOf(found[0].Changed.At.Local()), nil
}

func readVersions(ctx context.Context, from asker, name string, args ...any) (list []version, err error) {
	rows, err := from.QueryContext(ctx, query(name), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		v := version{Entry: behold.Entry{Due: behold.NoDay, Done: behold.NoDay, Broken: behold.NoDay, Left: behold.NoDay}}
		var number int64
		var body string
		var undoes sql.NullInt64
		if err := rows.Scan(&number, &body, &undoes); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(body), &v.Entry); err != nil {
			return nil, err
		}
		v.Version, v.undoes = number, undoes.Int64
		list = append(list, v)
	}
	return list, rows.Err()
}
