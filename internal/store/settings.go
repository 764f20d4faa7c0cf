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
	set = behold.DefaultSettings()
	var body string
	err = s.db.QueryRowContext(ctx, query("setting.get")).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return set, nil
	}
	if err != nil {
		return set, err
	}
	return set, json.Unmarshal([]byte(body), &set)
}

// SaveSettings keeps what the company decided.
func (s *Store) SaveSettings(ctx context.Context, set behold.Settings) (err error) {
	defer func() { wrap(&err, "save the settings") }()
	body, err := json.Marshal(set)
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, query("setting.save"), string(body), timeText(time.Now()))
	return err
}
