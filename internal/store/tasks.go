package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"behold"
)

// saveTasks keeps the lists of a round, if it made any. Those of a round that was
// saved before go with it.
func saveTasks(ctx context.Context, tx *sql.Tx, r *behold.Round) error {
	list := &r.Tasks
	if len(list.Loads) == 0 {
		return nil
	}
	loads, err := json.Marshal(list.Loads)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, query("tasklist.save"), r.Day.String(), list.Day.String(), list.False, list.FalseLow, list.FalseHigh,
		list.HourWorth.Minor, list.HourWorth.Currency, string(loads))
	if err != nil {
		return err
	}
	for i := range list.Tasks {
		if err := saveTask(ctx, tx, r.Day, &list.Tasks[i]); err != nil {
			return err
		}
	}
	return savePassed(ctx, tx, r)
}

func saveTask(ctx context.Context, tx *sql.Tx, round behold.Day, t *behold.Task) error {
	step, err := json.Marshal(t.Step)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, query("task.save"), round.String(), t.Customer, t.ID, behold.CustomerKey(t.ID), t.Name, behold.ColleagueKey(t.Colleague),
		t.Place, string(t.Lamp), string(t.Reason), string(step), dayText(t.Due), t.Gain.Minor, t.Leave, t.LeaveLow, t.LeaveHigh,
		t.Since.String(), t.Lying, t.Escalated, t.Covered, behold.ColleagueKey(t.Owner))
	return err
}

func savePassed(ctx context.Context, tx *sql.Tx, r *behold.Round) error {
	if len(r.Passed) == 0 {
		return nil
	}
	insert, err := tx.PrepareContext(ctx, query("passed.save"))
	if err != nil {
		return err
	}
	defer insert.Close()
	for i := range r.Passed {
		p := &r.Passed[i]
		facts, err := json.Marshal(p.Facts)
		if err != nil {
			return err
		}
		if _, err := insert.ExecContext(ctx, r.Day.String(), p.Customer, string(p.Why), string(facts)); err != nil {
			return err
		}
	}
	return nil
}

// TaskList is the lists made after the last round of a day or before, and the
// day of that round; NoDay asks for the very last. Without any, both days are NoDay.
func (s *Store) TaskList(ctx context.Context, on behold.Day) (list behold.TaskList, round behold.Day, err error) {
	defer func() { wrap(&err, "read the lists up to %v", on) }()
	var of, made day
	var loads string
	err = s.db.QueryRowContext(ctx, query("tasklist.last"), until(on)).Scan(&made, &of, &list.False, &list.FalseLow, &list.FalseHigh,
		&list.HourWorth.Minor, &list.HourWorth.Currency, &loads)
	if errors.Is(err, sql.ErrNoRows) {
		return behold.TaskList{Day: behold.NoDay}, behold.NoDay, nil
	}
	if err != nil {
		return list, behold.NoDay, err
	}
	list.Day = of.Day
	if err := json.Unmarshal([]byte(loads), &list.Loads); err != nil {
		return list, made.Day, err
	}
	rows, err := s.db.QueryContext(ctx, query("task.all"), made.String())
	if err != nil {
		return list, made.Day, err
	}
	defer rows.Close()
	for rows.Next() {
		t, err := scanTask(rows)
		if err != nil {
			return list, made.Day, err
		}
		t.Day, t.Gain.Currency = list.Day, list.HourWorth.Currency
		list.Tasks = append(list.Tasks, t)
	}
	return list, made.Day, rows.Err()
}

func scanTask(rows *sql.Rows) (t behold.Task, err error) {
	var due, since day
	var step string
	err = rows.Scan(&t.Customer, &t.ID, &t.Name, &t.Colleague, &t.Place, &t.Lamp, &t.Reason, &step, &due, &t.Gain.Minor,
		&t.Leave, &t.LeaveLow, &t.LeaveHigh, &since, &t.Lying, &t.Escalated, &t.Covered, &t.Owner)
	if err != nil {
		return t, err
	}
	t.Due, t.Since = due.Day, since.Day
	return t, json.Unmarshal([]byte(step), &t.Step)
}

// PassedOver is why a customer came on no list after the round of a day. Of one
// who had no lamp, or is on a list, there is nothing kept: it is NotLit.
func (s *Store) PassedOver(ctx context.Context, round behold.Day, customer int32) (p behold.Passed, err error) {
	defer func() { wrap(&err, "read why a customer is on no list after the round of %v", round) }()
	p = behold.Passed{Customer: customer, Why: behold.NotLit}
	var facts string
	err = s.db.QueryRowContext(ctx, query("passed.of"), round.String(), customer).Scan(&p.Why, &facts)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	return p, json.Unmarshal([]byte(facts), &p.Facts)
}

// CameLater are the customers who came after the lists made after the round of a
// day, and would be on one, the dearest first and at most so many.
func (s *Store) CameLater(ctx context.Context, round behold.Day, most int) (list []behold.LampCard, err error) {
	defer func() { wrap(&err, "read who came after the lists of %v", round) }()
	rows, err := s.db.QueryContext(ctx, query("passed.later"), round.String(), most)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c behold.LampCard
		if err := rows.Scan(&c.Customer, &c.ID, &c.Name, &c.Colleague, &c.Kind, &c.MoneyAtRisk.Minor, &c.MoneyAtRisk.Currency); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}
