package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"behold"
)

// reckoningDays is for how long a reckoning of every day is kept; after that those
// of the first of a month are.
const reckoningDays = 35

// SaveReckoning keeps what a round that was saved counted of the whole company. A
// round of the same day that is saved anew takes it away.
func (s *Store) SaveReckoning(ctx context.Context, r *behold.Reckoning) (err error) {
	defer func() { wrap(&err, "save the reckoning of %v", r.Day) }()
	lost, err := json.Marshal(r.Lost)
	if err != nil {
		return err
	}
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, query("reckoning.save"), r.Day.String(), string(lost), string(r.Body), timeText(time.Now())); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, query("reckoning.old"), (r.Day - reckoningDays).String())
		return err
	})
}

// LastReckoning is the last reckoning from one day to another, NoDay for the
// beginning and for the end of all; false says that there is none.
func (s *Store) LastReckoning(ctx context.Context, from, to behold.Day) (r behold.Reckoning, ok bool, err error) {
	defer func() { wrap(&err, "read the last reckoning up to %v", to) }()
	var on day
	var lost, body string
	err = s.db.QueryRowContext(ctx, query("reckoning.last"), dayFrom(from), until(to)).Scan(&on, &lost, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return r, false, nil
	}
	if err != nil {
		return r, false, err
	}
	r.Day, r.Body = on.Day, []byte(body)
	return r, true, json.Unmarshal([]byte(lost), &r.Lost)
}

// dayFrom is the text of a day, or text before every day.
func dayFrom(on behold.Day) string {
	if on.Known() {
		return on.String()
	}
	return ""
}
