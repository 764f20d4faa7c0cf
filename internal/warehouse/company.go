package warehouse

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"behold"
)

// The sums below are of the company as a whole, for those who manage it: what is
// added up is as known on the day that is asked for.

// LossMonths counts the customers lost in each month, by the standings of a day
// and by the table of losses.
func (w *Warehouse) LossMonths(ctx context.Context, day behold.Day) (list []behold.LossMonth, err error) {
	defer func() { err = wrap(err, "count the losses by month as of %v", day) }()
	horizon, err := w.horizonOf(ctx, day)
	if err != nil {
		return nil, err
	}
	err = w.rows(ctx, made("loss.months", nil), func(rows *sql.Rows) error {
		var month time.Time
		var m behold.LossMonth
		if err := rows.Scan(&month, &m.Missed, &m.Told); err != nil {
			return err
		}
		m.Month = behold.DayOf(month)
		list = append(list, m)
		return nil
	}, day.Time(), horizon)
	return list, err
}

// Comments are the last answers in words as known on a day, at most so many.
func (w *Warehouse) Comments(ctx context.Context, day behold.Day, most int) (list []behold.Comment, err error) {
	defer func() { err = wrap(err, "list what customers wrote as of %v", day) }()
	err = w.rows(ctx, made("answer.words", nil), func(rows *sql.Rows) error {
		var at time.Time
		var c behold.Comment
		if err := rows.Scan(&c.ID, &c.Name, &at, &c.Touchpoint, &c.Text, &c.Row); err != nil {
			return err
		}
		c.At = behold.DayOf(at)
		list = append(list, c)
		return nil
	}, day.Time(), most)
	return list, err
}

// StandingSums adds up the standings of a day by state.
func (w *Warehouse) StandingSums(ctx context.Context, day behold.Day) (list []behold.StandingSum, err error) {
	defer func() { err = wrap(err, "add up the standings of %v", day) }()
	horizon, err := w.horizonOf(ctx, day)
	if err != nil {
		return nil, err
	}
	err = w.rows(ctx, query("standing.sums"), func(rows *sql.Rows) error {
		var s behold.StandingSum
		var currency string
		if err := rows.Scan(&s.State, &s.Customers, &s.Value.Minor, &s.MoneyAtRisk.Minor, &currency); err != nil {
			return err
		}
		s.Value.Currency, s.MoneyAtRisk.Currency = currency, currency
		list = append(list, s)
		return nil
	}, day.Time(), horizon)
	return list, err
}

// EffortSums adds up what went into each aim in the twelve months up to a day.
func (w *Warehouse) EffortSums(ctx context.Context, day behold.Day) (list []behold.EffortSum, err error) {
	defer func() { err = wrap(err, "add up the efforts as of %v", day) }()
	err = w.rows(ctx, made("effort.sums", nil), func(rows *sql.Rows) error {
		var e behold.EffortSum
		err := rows.Scan(&e.Aim, &e.Months, &e.Amount.Minor, &e.Amount.Currency, &e.Hours)
		list = append(list, e)
		return err
	}, day.Time())
	return list, err
}

// Acquisitions are the ways in which the customers came who came in the year up
// to a day, most of them first.
func (w *Warehouse) Acquisitions(ctx context.Context, day behold.Day) (list []behold.Acquisition, err error) {
	defer func() { err = wrap(err, "add up how customers came as of %v", day) }()
	err = w.rows(ctx, query("customer.acquired"), func(rows *sql.Rows) error {
		var a behold.Acquisition
		err := rows.Scan(&a.By, &a.Customers, &a.Priced, &a.Cost.Minor, &a.Cost.Currency)
		list = append(list, a)
		return err
	}, day.Time())
	return list, err
}

// TeamSums adds up the customers who are still there by the team that looks
// after them, the most valuable first and nobody's last.
func (w *Warehouse) TeamSums(ctx context.Context, day behold.Day) ([]behold.TeamSum, error) {
	return again(w, func() ([]behold.TeamSum, error) { return w.teamSums(ctx, day) }, "teams", day)
}

func (w *Warehouse) teamSums(ctx context.Context, day behold.Day) (list []behold.TeamSum, err error) {
	defer func() { err = wrap(err, "add up the teams as of %v", day) }()
	horizon, err := w.horizonOf(ctx, day)
	if err != nil {
		return nil, err
	}
	err = w.rows(ctx, made("team.sums", nil), func(rows *sql.Rows) error {
		var t behold.TeamSum
		err := rows.Scan(&t.Team, &t.Nobody, &t.Colleagues, &t.Customers, &t.Value.Minor, &t.Value.Currency, &t.Lit, &t.Contacts, &t.Met, &t.MetQuarter)
		list = append(list, t)
		return err
	}, day.Time(), horizon)
	return list, err
}

// horizonOf is the horizon of the standings saved last for a day; -1, which none
// has, when the day has no standings.
func (w *Warehouse) horizonOf(ctx context.Context, day behold.Day) (horizon int, err error) {
	var of time.Time
	err = w.db.QueryRowContext(ctx, query("standing.last"), until(day), 0).Scan(&of, &horizon)
	if errors.Is(err, sql.ErrNoRows) || err == nil && behold.DayOf(of) != day {
		return -1, nil
	}
	return horizon, err
}
