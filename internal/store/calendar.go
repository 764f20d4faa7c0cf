package store

import (
	"context"
	"database/sql"
	"errors"

	"behold"
)

// SaveCalendarFeed keeps the mark of a colleague's new calendar link. The one
// before opens nothing from then on.
func (s *Store) SaveCalendarFeed(ctx context.Context, f behold.CalendarFeed, mark string) (err error) {
	defer func() { wrap(&err, "keep a calendar link") }()
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, query("calendar.save"), behold.ColleagueKey(f.Colleague), mark, f.Names, timeText(f.Made))
		if err != nil {
			return err
		}
		return saveChange(ctx, tx, &behold.Change{At: f.Made, Who: behold.ColleagueKey(f.Colleague), What: behold.CalendarMade, About: behold.ColleagueKey(f.Colleague)})
	})
}

// EndCalendarFeed voids a colleague's calendar link, if there is one.
func (s *Store) EndCalendarFeed(ctx context.Context, colleague string, by behold.Change) (err error) {
	defer func() { wrap(&err, "end a calendar link") }()
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		by.What, by.About = behold.CalendarEnded, behold.ColleagueKey(colleague)
		return removed(ctx, tx, "calendar.remove", by.About, by)
	})
}

// CalendarFeed is a colleague's calendar link; false without one.
func (s *Store) CalendarFeed(ctx context.Context, colleague string) (f behold.CalendarFeed, has bool, err error) {
	defer func() { wrap(&err, "look for a calendar link") }()
	return s.readFeed(ctx, "calendar.of", behold.ColleagueKey(colleague))
}

// CalendarFeedOf is the calendar link with a mark; false when none has it.
func (s *Store) CalendarFeedOf(ctx context.Context, mark string) (f behold.CalendarFeed, has bool, err error) {
	defer func() { wrap(&err, "look for a calendar link") }()
	return s.readFeed(ctx, "calendar.find", mark)
}

func (s *Store) readFeed(ctx context.Context, name, key string) (f behold.CalendarFeed, has bool, err error) {
	var made moment
	err = s.db.QueryRowContext(ctx, query(name), key).Scan(&f.Colleague, &f.Names, &made)
	if errors.Is(err, sql.ErrNoRows) {
		return f, false, nil
	}
	f.Made = made.Time
	return f, err == nil, err
}
