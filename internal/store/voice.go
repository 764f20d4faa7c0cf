package store

import (
	"context"
	"database/sql"
	"errors"

	"behold"
)

// Voice is what customers said as of the round of a day, as JSON; nil when there
// is no such round, or none that listened.
func (s *Store) Voice(ctx context.Context, day behold.Day) (body []byte, err error) {
	defer func() { wrap(&err, "read what customers said as of %v", day) }()
	var text string
	err = s.db.QueryRowContext(ctx, query("voice.get"), day.String()).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return []byte(text), err
}

// SaveVoice keeps what customers said as of the round of a day, once more is
// known about it. It is NotFound when there is no such round.
func (s *Store) SaveVoice(ctx context.Context, day behold.Day, body []byte) (err error) {
	defer func() { wrap(&err, "keep what customers said as of %v", day) }()
	return s.transact(ctx, func(tx *sql.Tx) error {
		var there int
		if err := tx.QueryRowContext(ctx, query("round.has"), day.String()).Scan(&there); err != nil {
			return err
		}
		if there == 0 {
			return &behold.Error{Kind: behold.NotFound, Code: "no_round", Say: "there is no round of " + day.String(), Hint: "walk one: behold round"}
		}
		return saveVoice(ctx, tx, day, body)
	})
}

func saveVoice(ctx context.Context, tx *sql.Tx, day behold.Day, body []byte) error {
	if len(body) == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, query("voice.save"), day.String(), string(body))
	return err
}
