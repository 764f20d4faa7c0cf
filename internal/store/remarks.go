package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"behold"
)

// saveRemarks keeps what a round read, and asks for the texts of its week unless
// that week has its texts. A round that read nothing leaves all as it was.
func saveRemarks(ctx context.Context, tx *sql.Tx, read []behold.RemarkRead, asks []behold.RemarkAsk) error {
	if read == nil {
		return nil
	}
	if _, err := tx.ExecContext(ctx, query("remarkread.remove")); err != nil {
		return err
	}
	insert, err := tx.PrepareContext(ctx, query("remarkread.save"))
	if err != nil {
		return err
	}
	defer insert.Close()
	for i := range read {
		r := &read[i].Reading
		body, err := json.Marshal(r)
		if err != nil {
			return err
		}
		_, err = insert.ExecContext(ctx, behold.CustomerKey(read[i].Customer), string(read[i].Table), read[i].Row, r.Model, r.Language, string(r.Reason()),
			r.Complaint >= .5, r.Praise >= .5, string(body))
		if err != nil {
			return err
		}
	}
	return saveAsks(ctx, tx, asks)
}

func saveAsks(ctx context.Context, tx *sql.Tx, asks []behold.RemarkAsk) error {
	if len(asks) == 0 {
		return nil
	}
	week, asked := asks[0].Week.String(), 0
	if err := tx.QueryRowContext(ctx, query("remarkask.has"), week).Scan(&asked); err != nil || asked > 0 {
		return err
	}
	for i := range asks {
		a := &asks[i]
		body, err := json.Marshal(a.RemarkRead)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, query("remarkask.save"), week, a.Place, behold.CustomerKey(a.Customer), string(a.Why), a.Hidden, string(body)); err != nil {
			return err
		}
	}
	return nil
}

// RemarkAsks are the texts of the last week that colleagues are asked to read.
func (s *Store) RemarkAsks(ctx context.Context) (list []behold.RemarkAsk, err error) {
	defer func() { wrap(&err, "list the texts of the week") }()
	err = s.each(ctx, "remarkask.last", func(rows *sql.Rows) error {
		var a behold.RemarkAsk
		var week day
		var body string
		if err := rows.Scan(&week, &a.Place, &a.Why, &a.Hidden, &body); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(body), &a.RemarkRead); err != nil {
			return err
		}
		a.Week = week.Day
		list = append(list, a)
		return nil
	})
	return list, err
}

// RemarkSums are how many of the texts that the last round read say what, and
// which model read them.
func (s *Store) RemarkSums(ctx context.Context) (list []behold.RemarkSum, model string, err error) {
	defer func() { wrap(&err, "count what was read") }()
	err = s.each(ctx, "remarkread.sums", func(rows *sql.Rows) error {
		var r behold.RemarkSum
		err := rows.Scan(&model, &r.Reason, &r.Language, &r.Remarks, &r.Complain, &r.Praise)
		list = append(list, r)
		return err
	})
	return list, model, err
}

// SaveCorrection keeps what a colleague says of a text or a word. A form that is
// sent twice is kept once, with what it said first.
func (s *Store) SaveCorrection(ctx context.Context, c *behold.Correction) (err error) {
	defer func() { wrap(&err, "keep a correction") }()
	if err := c.Check(); err != nil {
		return err
	}
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, query("correction.save"), c.ID, behold.CustomerKey(c.Customer), c.Customer, string(c.Table), c.Row, c.Who, timeText(c.Saved), string(body))
	return err
}

// TakeBackCorrection takes a correction back; again, it stays so. NotFound when
// there is none.
func (s *Store) TakeBackCorrection(ctx context.Context, id, who string, at time.Time) (err error) {
	defer func() { wrap(&err, "take back a correction") }()
	done, err := s.db.ExecContext(ctx, query("correction.gone"), id, timeText(at), who)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return &behold.Error{Kind: behold.NotFound, Code: "correction_gone", Say: "there is no such correction", Hint: "open the page again"}
}

// Corrections are all that colleagues ever said, what was taken back too, the
// earliest first.
func (s *Store) Corrections(ctx context.Context) (list []behold.Correction, err error) {
	defer func() { wrap(&err, "list the corrections") }()
	err = s.each(ctx, "correction.all", func(rows *sql.Rows) error {
		var c behold.Correction
		var saved moment
		var gone, body string
		if err := rows.Scan(&c.ID, &c.Customer, &c.Table, &c.Row, &c.Who, &saved, &gone, &c.GoneBy, &body); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(body), &c); err != nil {
			return err
		}
		c.Saved = saved.Time
		if gone != "" {
			if c.Gone, err = time.Parse(timeForm, gone); err != nil {
				return err
			}
		}
		list = append(list, c)
		return nil
	})
	return list, err
}
