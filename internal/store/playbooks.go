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

// Playbooks are those that the company made its own; of every other reason ours
// holds.
func (s *Store) Playbooks(ctx context.Context) (list []behold.Playbook, err error) {
	defer func() { wrap(&err, "read the playbooks") }()
	return readPlaybooks(ctx, s.db)
}

func readPlaybooks(ctx context.Context, from asker) (list []behold.Playbook, err error) {
	rows, err := from.QueryContext(ctx, query("playbook.all"))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var b behold.Playbook
		var steps string
		if err := rows.Scan(&b.Reason, &steps); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(steps), &b.Steps); err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	return list, rows.Err()
}

// SavePlaybook makes is the company's own playbook of its reason, in the place of
// was, and keeps who decided it. When somebody has made it another one than was
// meanwhile, it is a Conflict.
func (s *Store) SavePlaybook(ctx context.Context, was, is behold.Playbook, who string) (err error) {
	defer func() { wrap(&err, "save the playbook") }()
	if err := is.Check(); err != nil {
		return err
	}
	return s.transact(ctx, func(tx *sql.Tx) error {
		if again, err := unchanged(ctx, tx, was, is); err != nil || again {
			return err
		}
		body, err := json.Marshal(is.Steps)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, query("playbook.save"), string(is.Reason), string(body), timeText(time.Now())); err != nil {
			return err
		}
		return noteBook(ctx, tx, was, is, who)
	})
}

// ResetPlaybook goes back to ours.
func (s *Store) ResetPlaybook(ctx context.Context, was, ours behold.Playbook, who string) (err error) {
	defer func() { wrap(&err, "go back to our playbook") }()
	return s.transact(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, query("playbook.end"), string(ours.Reason))
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return noteBook(ctx, tx, was, ours, who)
	})
}

// unchanged says whether the playbook is already as it is to be, and refuses when
// it is no longer as it was.
func unchanged(ctx context.Context, tx *sql.Tx, was, is behold.Playbook) (bool, error) {
	own, err := readPlaybooks(ctx, tx)
	if err != nil {
		return false, err
	}
	for _, b := range own {
		if b.Reason != is.Reason {
			continue
		}
		if slices.Equal(b.Steps, is.Steps) {
			return true, nil
		}
		if !slices.Equal(b.Steps, was.Steps) {
			return false, &behold.Error{Kind: behold.Conflict, Say: "somebody has changed this playbook since", Hint: "look at it as it is now, then change it again", Code: "playbook_changed"}
		}
	}
	return false, nil
}

func noteBook(ctx context.Context, tx *sql.Tx, was, is behold.Playbook, who string) error {
	before, after, err := differing(was, is)
	if err != nil || before+after == "" {
		return err
	}
	return saveChange(ctx, tx, &behold.Change{At: time.Now(), Who: who, What: behold.ChangedPlaybook, About: string(is.Reason), Before: before, After: after})
}

// Wordings are the texts that the company made its own.
func (s *Store) Wordings(ctx context.Context) (list []behold.Wording, err error) {
	defer func() { wrap(&err, "read the texts") }()
	rows, err := s.db.QueryContext(ctx, query("wording.all"))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var w behold.Wording
		if err := rows.Scan(&w.Action, &w.Language, &w.Subject, &w.Text); err != nil {
			return nil, err
		}
		list = append(list, w)
	}
	return list, rows.Err()
}

// SaveWording makes a text the company's own, and keeps who decided it.
func (s *Store) SaveWording(ctx context.Context, w behold.Wording, who string) (err error) {
	defer func() { wrap(&err, "save the text") }()
	w.Subject, w.Text = strings.TrimSpace(w.Subject), strings.TrimSpace(strings.ReplaceAll(w.Text, "\r\n", "\n"))
	if err := w.Check(); err != nil {
		return err
	}
	return s.transact(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, query("wording.save"), string(w.Action), w.Language, w.Subject, w.Text, timeText(time.Now())); err != nil {
			return err
		}
		body, err := json.Marshal(w)
		if err != nil {
			return err
		}
		return saveChange(ctx, tx, &behold.Change{At: time.Now(), Who: who, What: behold.ChangedWording, About: string(w.Action), After: string(body)})
	})
}

// ResetWording goes back to our text.
func (s *Store) ResetWording(ctx context.Context, w behold.Wording, who string) (err error) {
	defer func() { wrap(&err, "go back to our text") }()
	return s.transact(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, query("wording.end"), string(w.Action), w.Language)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return saveChange(ctx, tx, &behold.Change{At: time.Now(), Who: who, What: behold.ChangedWording, About: string(w.Action)})
	})
}
