package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"behold"
)

// Reading is how files of a shape are to be read, as somebody said last; false
// when nobody did.
func (s *Store) Reading(ctx context.Context, shape string) (r behold.Reading, ok bool, err error) {
	defer func() { wrap(&err, "read how such files are read") }()
	err = s.readJSON(ctx, &r, &ok, "reading.get", shape)
	return r, ok, err
}

// SaveReading remembers how files of a shape are to be read.
func (s *Store) SaveReading(ctx context.Context, shape string, r behold.Reading) (err error) {
	defer func() { wrap(&err, "remember how such files are read") }()
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, query("reading.save"), shape, string(body), timeText(time.Now()))
	return err
}

// readJSON reads one text into a value; found says whether there is one.
func (s *Store) readJSON(ctx context.Context, into any, found *bool, name string, args ...any) error {
	var body string
	err := s.db.QueryRowContext(ctx, query(name), args...).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	*found = true
	return json.Unmarshal([]byte(body), into)
}
