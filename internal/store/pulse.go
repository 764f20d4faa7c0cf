package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"behold"
)

// AnswerPulse counts a colleague's answer of the week, or notes that they do not
// want to be asked, in one transaction. What they answered is not kept with them,
// in no order and with no time: a week is one row of counts, and its comments
// stand in the order of their letters. Who answers twice is a Conflict: nobody
// knows which answer was theirs.
func (s *Store) AnswerPulse(ctx context.Context, a behold.PulseAnswer) (err error) {
	defer func() { wrap(&err, "count an answer") }()
	if err := a.Check(); err != nil {
		return err
	}
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		marked, err := tx.ExecContext(ctx, query("pulsemark.save"), a.Week.String(), behold.ColleagueKey(a.Colleague))
		if err != nil {
			return err
		}
		if n, err := marked.RowsAffected(); err != nil || n == 0 {
			if err == nil {
				err = &behold.Error{Kind: behold.Conflict, Say: "this week was answered already", Hint: "answers cannot be changed: nobody knows which one was yours", Code: "pulse_twice"}
			}
			return err
		}
		if _, err := tx.ExecContext(ctx, query("pulsemark.clear"), a.Week.String()); err != nil || a.Step == 0 {
			return err
		}
		return countPulse(ctx, tx, a)
	})
}

func countPulse(ctx context.Context, tx *sql.Tx, a behold.PulseAnswer) error {
	w := behold.PulseWeek{Week: a.Week}
	var body string
	err := tx.QueryRowContext(ctx, query("pulse.get"), a.Week.String()).Scan(&body)
	if err == nil {
		err = json.Unmarshal([]byte(body), &w)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	w.Counts[a.Step-1]++
	if said := strings.TrimSpace(a.Comment); said != "" {
		w.Comments = append(w.Comments, said)
		slices.Sort(w.Comments)
	}
	out, err := json.Marshal(w)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, query("pulse.save"), a.Week.String(), string(out))
	return err
}

// PulseMarked says whether a colleague is not to be asked again in a week.
func (s *Store) PulseMarked(ctx context.Context, week behold.Day, colleague string) (yes bool, err error) {
	defer func() { wrap(&err, "see who is asked") }()
	var n int
	err = s.db.QueryRowContext(ctx, query("pulsemark.has"), week.String(), behold.ColleagueKey(colleague)).Scan(&n)
	return n > 0, err
}

// Pulses are the answers of all weeks, the earliest first.
func (s *Store) Pulses(ctx context.Context) (list []behold.PulseWeek, err error) {
	defer func() { wrap(&err, "read how it is to work here") }()
	rows, err := s.db.QueryContext(ctx, query("pulse.all"))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var body string
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		var w behold.PulseWeek
		if err := json.Unmarshal([]byte(body), &w); err != nil {
			return nil, err
		}
		list = append(list, w)
	}
	return list, rows.Err()
}
