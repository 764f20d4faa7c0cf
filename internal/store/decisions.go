package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"behold"
)

// SaveDecision keeps a new decision or a new version of one, which must be as
// d.Version knew it, and fills in its Version. The same words twice are one
// version; others since are a Conflict.
func (s *Store) SaveDecision(ctx context.Context, d *behold.Decision) (err error) {
	defer func() { wrap(&err, "keep what was agreed") }()
	if err := d.Check(behold.DayOf(d.Changed.At)); err != nil {
		return err
	}
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		was, err := readDecision(ctx, tx, d.ID)
		switch {
		case behold.KindOf(err) == behold.NotFound && d.Version == 0:
		case err != nil:
			return err
		case sameDecision(was, *d):
			*d = was
			return nil
		case d.Version != was.Version:
			return &behold.Error{Kind: behold.Conflict, Say: "somebody has changed it since", Hint: "look at it as it is now, then decide again", Code: "decision_changed"}
		}
		body, err := json.Marshal(d)
		if err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, query("decision.save"), d.ID, d.Undone, string(body)).Scan(&d.Version)
	})
}

func sameDecision(a, b behold.Decision) bool {
	a.Version, a.Made, a.Changed = b.Version, time.Time{}, behold.EntrySignature{}
	b.Made, b.Changed = time.Time{}, behold.EntrySignature{}
	return a == b
}

// Decision is one decision as it is now, also when it was taken back.
func (s *Store) Decision(ctx context.Context, id string) (d behold.Decision, err error) {
	defer func() { wrap(&err, "read what was agreed") }()
	return readDecision(ctx, s.db, id)
}

func readDecision(ctx context.Context, from asker, id string) (behold.Decision, error) {
	d, err := scanDecision(from.QueryRowContext(ctx, query("decision.get"), id))
	if errors.Is(err, sql.ErrNoRows) {
		err = &behold.Error{Kind: behold.NotFound, Say: "nobody decided that", Hint: "open the page again", Code: "decision_gone"}
	}
	return d, err
}

func scanDecision(row interface{ Scan(...any) error }) (behold.Decision, error) {
	d := behold.Decision{By: behold.NoDay, Closed: behold.NoDay}
	var version int64
	var body string
	if err := row.Scan(&version, &body); err != nil {
		return d, err
	}
	err := json.Unmarshal([]byte(body), &d)
	d.Version = version
	return d, err
}

// Decisions are all decisions as they are now, in the order of the last change.
func (s *Store) Decisions(ctx context.Context) (list []behold.Decision, err error) {
	defer func() { wrap(&err, "read what was agreed") }()
	rows, err := s.db.QueryContext(ctx, query("decision.all"))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		d, err := scanDecision(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, rows.Err()
}
