package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"

	"behold"
)

// SaveDeed keeps what was done because of what customers said. A form that is
// sent twice is kept once, with what it said first.
func (s *Store) SaveDeed(ctx context.Context, d *behold.Deed) (err error) {
	defer func() { wrap(&err, "keep what was done") }()
	d.Said, d.Did = strings.TrimSpace(d.Said), strings.TrimSpace(d.Did)
	if err := d.Check(behold.DayOf(d.Saved)); err != nil {
		return err
	}
	body, err := json.Marshal(d)
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, query("deed.save"), d.ID, d.On.String(), string(d.Theme), d.Who, timeText(d.Saved), string(body))
	return err
}

// TakeBackDeed takes a deed back; again, it stays so. NotFound when there is none.
func (s *Store) TakeBackDeed(ctx context.Context, id string) (err error) {
	defer func() { wrap(&err, "take back what was done") }()
	done, err := s.db.ExecContext(ctx, query("deed.gone"), id, true)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return &behold.Error{Kind: behold.NotFound, Code: "deed_gone", Say: "there is no such deed", Hint: "open the page again"}
}

// Deeds are what was done because of what customers said, the latest first, at
// most so many.
func (s *Store) Deeds(ctx context.Context, most int) (list []behold.Deed, err error) {
	defer func() { wrap(&err, "list what was done") }()
	err = s.each(ctx, "deed.all", func(rows *sql.Rows) error {
		var d behold.Deed
		var on day
		var saved moment
		var body string
		if err := rows.Scan(&d.ID, &on, &d.Theme, &d.Who, &saved, &body); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(body), &d); err != nil {
			return err
		}
		d.On, d.Saved = on.Day, saved.Time
		list = append(list, d)
		return nil
	}, most)
	return list, err
}
