package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"behold"
)

// writer is a database or a transaction that is written to.
type writer interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}

// SaveChange keeps who changed what, where the change itself is kept elsewhere:
// an import, an undo, a round.
func (s *Store) SaveChange(ctx context.Context, c behold.Change) (err error) {
	defer func() { wrap(&err, "keep who changed what") }()
	return saveChange(ctx, s.db, &c)
}

func saveChange(ctx context.Context, to writer, c *behold.Change) error {
	_, err := to.ExecContext(ctx, query("change.save"), timeText(c.At), c.Who, string(c.What), c.About, c.Before, c.After)
	return err
}

// Changes are a part of who changed what, the latest first, and how many there
// are in all.
func (s *Store) Changes(ctx context.Context, part behold.Slice) (list []behold.Change, total int, err error) {
	defer func() { wrap(&err, "read who changed what") }()
	if err := s.db.QueryRowContext(ctx, query("change.count")).Scan(&total); err != nil {
		return nil, 0, err
	}
	limit := part.Limit
	if limit == 0 {
		limit = total
	}
	rows, err := s.db.QueryContext(ctx, query("change.all"), limit, part.Offset)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var c behold.Change
		var at moment
		if err := rows.Scan(&c.ID, &at, &c.Who, &c.What, &c.About, &c.Before, &c.After); err != nil {
			return nil, 0, err
		}
		c.At = at.Time
		list = append(list, c)
	}
	return list, total, rows.Err()
}

// differing gives what differs between two nouns, as JSON of either side; "" and
// "" when nothing does.
func differing(before, after any) (was, is string, err error) {
	var old, new map[string]json.RawMessage
	for _, side := range []struct {
		noun any
		into *map[string]json.RawMessage
	}{{before, &old}, {after, &new}} {
		b, err := json.Marshal(side.noun)
		if err != nil {
			return "", "", err
		}
		if err := json.Unmarshal(b, side.into); err != nil {
			return "", "", err
		}
	}
	for k, v := range old {
		if string(v) == string(new[k]) {
			delete(old, k)
			delete(new, k)
		}
	}
	if len(old)+len(new) == 0 {
		return "", "", nil
	}
	b, err := json.Marshal(old)
	if err != nil {
		return "", "", err
	}
	a, err := json.Marshal(new)
	return string(b), string(a), err
}
