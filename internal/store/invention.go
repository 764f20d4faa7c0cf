package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"behold"
)

// Invention is how the invented shop stands; NotInvented when there is none.
func (s *Store) Invention(ctx context.Context) (i behold.Invention, err error) {
	defer func() { wrap(&err, "read how the invented shop stands") }()
	found := false
	err = s.readJSON(ctx, &i, &found, "invention.get")
	return i, err
}

// SaveInvention keeps how the invented shop stands, and the settings with it:
// there is no moment at which one is changed and the other is not.
func (s *Store) SaveInvention(ctx context.Context, i behold.Invention, set behold.Settings) (err error) {
	defer func() { wrap(&err, "keep how the invented shop stands") }()
	return s.transact(ctx, func(tx *sql.Tx) error {
		if err := saveJSON(ctx, tx, "invention.save", i); err != nil {
			return err
		}
		return saveJSON(ctx, tx, "setting.save", set)
	})
}

// ForgetInvented empties what the store holds about customers, whatever table
// has a customer_key, takes back every round, restores the settings and forgets
// that there was an invented shop: all of it or nothing. It is for a store that
// holds nobody else's.
func (s *Store) ForgetInvented(ctx context.Context, set behold.Settings) (err error) {
	defer func() { wrap(&err, "forget the invented shop") }()
	return s.transact(ctx, func(tx *sql.Tx) error {
		tables, err := tablesOfCustomers(ctx, tx)
		if err != nil {
			return err
		}
		for _, t := range tables {
			if _, err := tx.ExecContext(ctx, `DELETE FROM "`+t+`"`); err != nil {
				return fmt.Errorf("empty %s: %w", t, err)
			}
		}
		for _, name := range []string{"round.forget", "surveyday.forget", "pulse.forget", "pulsemark.forget", "decision.forget", "invention.end"} {
			if _, err := tx.ExecContext(ctx, query(name)); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return saveJSON(ctx, tx, "setting.save", set)
	})
}

func tablesOfCustomers(ctx context.Context, tx *sql.Tx) (all []string, err error) {
	rows, err := tx.QueryContext(ctx, query("customer.tables"))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		all = append(all, name)
	}
	return all, rows.Err()
}

func (s *Store) transact(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func saveJSON(ctx context.Context, tx *sql.Tx, name string, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, query(name), string(body), timeText(time.Now()))
	return err
}
