package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"behold"
)

// Workforce is when everybody has time for customers, as the company and its
// colleagues said. Weekly is empty: it comes from a file.
func (s *Store) Workforce(ctx context.Context) (w behold.Workforce, err error) {
	defer func() { wrap(&err, "read the working hours") }()
	if w.Hours, err = readHours(ctx, s.db); err != nil {
		return w, err
	}
	if w.Absences, err = readAbsences(ctx, s.db, "absence.all"); err != nil {
		return w, err
	}
	w.Closed, err = s.closedDays(ctx)
	return w, err
}

// lister asks for rows: a database or a transaction.
type lister interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}

func readHours(ctx context.Context, from lister) (list []behold.Hours, err error) {
	rows, err := from.QueryContext(ctx, query("hours.all"))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var h behold.Hours
		var minutes string
		if err := rows.Scan(&h.Colleague, &minutes); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(minutes), &h.Minutes); err != nil {
			return nil, err
		}
		list = append(list, h)
	}
	return list, rows.Err()
}

// SaveHours keeps when a colleague has time for customers; whoever that is need
// not sign in. By says who decided it, and when.
func (s *Store) SaveHours(ctx context.Context, h behold.Hours, by behold.Change) (err error) {
	defer func() { wrap(&err, "keep working hours") }()
	if err := h.Check(); err != nil {
		return err
	}
	h.Colleague = behold.ColleagueKey(h.Colleague)
	minutes, err := json.Marshal(h.Minutes)
	if err != nil {
		return err
	}
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		var was string
		if err := tx.QueryRowContext(ctx, query("hours.get"), h.Colleague).Scan(&was); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if was == string(minutes) {
			return nil
		}
		if _, err := tx.ExecContext(ctx, query("hours.save"), h.Colleague, string(minutes)); err != nil {
			return err
		}
		by.What, by.About, by.After = behold.ChangedHours, h.Colleague, `{"minutes":`+string(minutes)+`}`
		if was != "" {
			by.Before = `{"minutes":` + was + `}`
		}
		return saveChange(ctx, tx, &by)
	})
}

// UsualHours gives a colleague the hours of the settings again.
func (s *Store) UsualHours(ctx context.Context, colleague string, by behold.Change) (err error) {
	defer func() { wrap(&err, "keep working hours") }()
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		by.What, by.About = behold.ChangedHours, behold.ColleagueKey(colleague)
		return removed(ctx, tx, "hours.remove", by.About, by)
	})
}

// removed takes a row away and keeps who did; without such a row nothing happens.
func removed(ctx context.Context, tx *sql.Tx, name string, key any, by behold.Change) error {
	done, err := tx.ExecContext(ctx, query(name), key)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return saveChange(ctx, tx, &by)
}

func readAbsences(ctx context.Context, from lister, name string, args ...any) (list []behold.Absence, err error) {
	rows, err := from.QueryContext(ctx, query(name), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var a behold.Absence
		var first, last day
		if err := rows.Scan(&a.Colleague, &first, &last); err != nil {
			return nil, err
		}
		a.From, a.To = first.Day, last.Day
		list = append(list, a)
	}
	return list, rows.Err()
}

// SaveAbsence keeps that a colleague is away. What overlaps or touches one that
// is kept already is joined with it; the same twice is once.
func (s *Store) SaveAbsence(ctx context.Context, a behold.Absence, by behold.Change) (err error) {
	defer func() { wrap(&err, "keep an absence") }()
	if err := a.Check(behold.DayOf(by.At)); err != nil {
		return err
	}
	a.Colleague = behold.ColleagueKey(a.Colleague)
	return s.changeAbsences(ctx, a.Colleague, by, func(was []behold.Absence) ([]behold.Absence, error) {
		return behold.JoinAbsences(append(was, a)), nil
	})
}

// EndAbsence takes back what is to come of a colleague's absence that begins on a
// day: one that has begun ended yesterday, and what is past stays. It is NotFound
// without such an absence, and Conflict when it is over.
func (s *Store) EndAbsence(ctx context.Context, colleague string, from behold.Day, by behold.Change) (err error) {
	defer func() { wrap(&err, "end an absence") }()
	today := behold.DayOf(by.At)
	return s.changeAbsences(ctx, behold.ColleagueKey(colleague), by, func(was []behold.Absence) (left []behold.Absence, err error) {
		err = &behold.Error{Kind: behold.NotFound, Code: "absence_gone", Say: "there is no absence from " + from.String(), Hint: "look at the list again"}
		for _, a := range was {
			switch {
			case a.From != from:
				left = append(left, a)
			case a.To < today:
				return was, &behold.Error{Kind: behold.Conflict, Code: "absence_past", Say: "this absence is over", Hint: "what has been stays"}
			default:
				if err = nil; a.From < today {
					a.To = today - 1
					left = append(left, a)
				}
			}
		}
		return left, err
	})
}

func (s *Store) changeAbsences(ctx context.Context, colleague string, by behold.Change, edit func([]behold.Absence) ([]behold.Absence, error)) error {
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		was, err := readAbsences(ctx, tx, "absence.of", colleague)
		if err != nil {
			return err
		}
		is, err := edit(was)
		if err != nil {
			return err
		}
		by.What, by.About = behold.ChangedAbsence, colleague
		if by.Before, by.After, err = differing(absences{daysAway(was)}, absences{daysAway(is)}); err != nil || by.Before == by.After {
			return err
		}
		if _, err := tx.ExecContext(ctx, query("absence.remove"), colleague); err != nil {
			return err
		}
		for _, a := range is {
			if _, err := tx.ExecContext(ctx, query("absence.save"), colleague, a.From.String(), a.To.String()); err != nil {
				return err
			}
		}
		return saveChange(ctx, tx, &by)
	})
}

// absences are kept with a change as the days they last.
type absences struct {
	Absences []string `json:"absences"`
}

func daysAway(list []behold.Absence) (days []string) {
	for _, a := range list {
		days = append(days, a.From.String()+"/"+a.To.String())
	}
	return days
}

func (s *Store) closedDays(ctx context.Context) (list []behold.ClosedDay, err error) {
	rows, err := s.db.QueryContext(ctx, query("closed.all"))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c behold.ClosedDay
		var on day
		if err := rows.Scan(&on, &c.Name, &c.Works); err != nil {
			return nil, err
		}
		c.Day = on.Day
		list = append(list, c)
	}
	return list, rows.Err()
}

// SaveClosedDay keeps that the company is closed on a day, or that it works on a
// holiday.
func (s *Store) SaveClosedDay(ctx context.Context, c behold.ClosedDay, by behold.Change) (err error) {
	defer func() { wrap(&err, "keep a closed day") }()
	if err := c.Check(behold.DayOf(by.At)); err != nil {
		return err
	}
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, query("closed.save"), c.Day.String(), c.Name, c.Works); err != nil {
			return err
		}
		by.What, by.About = behold.ChangedClosed, c.Day.String()
		return saveChange(ctx, tx, &by)
	})
}

// RemoveClosedDay makes a day one like the calendar has it.
func (s *Store) RemoveClosedDay(ctx context.Context, on behold.Day, by behold.Change) (err error) {
	defer func() { wrap(&err, "open a closed day") }()
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		by.What, by.About = behold.ChangedClosed, on.String()
		return removed(ctx, tx, "closed.remove", on.String(), by)
	})
}
