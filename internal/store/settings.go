package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"behold"
)

// Settings are what the company decided, or behold.DefaultSettings when it has
// decided nothing yet. What a later release added has its default.
func (s *Store) Settings(ctx context.Context) (set behold.Settings, err error) {
	defer func() { wrap(&err, "read the settings") }()
	return readSettings(ctx, s.db)
}

func readSettings(ctx context.Context, from asker) (behold.Settings, error) {
	set := behold.DefaultSettings()
	var body string
	err := from.QueryRowContext(ctx, query("setting.get")).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return set, nil
	}
	if err != nil {
		return set, err
	}
	return set, json.Unmarshal([]byte(body), &set)
}

// SaveSettings keeps what the company decided, and who decided it: a colleague's
// e-mail, or "" at the command line.
func (s *Store) SaveSettings(ctx context.Context, set behold.Settings, who string) (err error) {
	defer func() { wrap(&err, "save the settings") }()
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		return saveSettings(ctx, tx, set, behold.Change{Who: who, At: time.Now()})
	})
}

func saveSettings(ctx context.Context, tx *sql.Tx, set behold.Settings, by behold.Change) error {
	was, err := readSettings(ctx, tx)
	if err != nil {
		return err
	}
	by.What, by.About = behold.ChangedSettings, ""
	if by.Before, by.After, err = differing(was, set); err != nil || by.After == "" {
		return err
	}
	body, err := json.Marshal(set)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, query("setting.save"), string(body), timeText(by.At)); err != nil {
		return err
	}
	return saveChange(ctx, tx, &by)
}
