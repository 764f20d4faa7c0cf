package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"behold"
)

// SaveAct keeps what a colleague decided about a lit lamp, and carries it out on
// the lamps of that customer and kind that are lit after the last round, so that
// lists show it and the next round starts from it. It fills in ID and Round.
// Without such a lamp it is NotFound; an act that lacks something, as of the day
// of that round, is Invalid. A lamp that is taken on opens a case of its customer,
// with the act or not at all.
func (s *Store) SaveAct(ctx context.Context, a *behold.Act) (err error) {
	defer func() { wrap(&err, "keep what was decided about the lamp") }()
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	sum, err := readSums(ctx, tx, behold.NoDay)
	if err != nil {
		return err
	}
	if !sum.Day.Known() {
		return noSuchLamp(a)
	}
	kept := *a
	kept.Round, kept.Why = sum.Day, strings.TrimSpace(a.Why)
	if kept.State != behold.Snoozed {
		kept.Until = behold.NoDay
	}
	if err := checkAct(&kept); err != nil {
		return err
	}
	met, err := sum.decide(ctx, tx, &kept)
	if err != nil {
		return err
	}
	if met == 0 {
		return noSuchLamp(a)
	}
	if last, again, err := heldAlready(ctx, tx, &kept); err != nil || again {
		if err == nil {
			*a = last
		}
		return err
	}
	if err := saveAct(ctx, tx, &kept); err != nil {
		return err
	}
	if err := caseOfAct(ctx, tx, &kept); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	*a = kept
	return nil
}

func saveAct(ctx context.Context, tx *sql.Tx, a *behold.Act) error {
	return tx.QueryRowContext(ctx, query("act.save"), a.Customer, behold.CustomerKey(a.Customer), string(a.Kind), string(a.State),
		dayText(a.Until), a.Why, a.Who, timeText(a.At), a.Round.String()).Scan(&a.ID)
}

// heldAlready says whether the same was decided last: a button that is pressed
// twice is one decision.
func heldAlready(ctx context.Context, tx *sql.Tx, a *behold.Act) (behold.Act, bool, error) {
	acts, err := readActs(ctx, tx, "act.of", behold.CustomerKey(a.Customer))
	for _, last := range acts {
		if last.Kind == a.Kind {
			again := last.State == a.State && last.Until == a.Until && last.Why == a.Why && last.Who == a.Who && last.Round == a.Round
			if again && a.State == behold.Acknowledged { // its case may have been closed since
				again, err = hasCase(ctx, tx, a.Customer)
			}
			return last, again, err
		}
	}
	return behold.Act{}, false, err
}

func noSuchLamp(a *behold.Act) error {
	return &behold.Error{Kind: behold.NotFound, Say: "no such lamp is lit for customer " + a.Customer, Hint: "it may have gone out since; look at the customer again", Code: "act_gone"}
}

// longest is how many letters a colleague may write in one place.
const longest = 2000

func checkAct(a *behold.Act) error {
	if err := a.Check(a.Round); err != nil {
		return err
	}
	return checkLength(a.Why)
}

func checkLength(text string) error {
	if utf8.RuneCountInString(text) > longest {
		return &behold.Error{Kind: behold.Invalid, Say: "this is more than 2,000 letters", Hint: "say it shorter", Code: "too_long"}
	}
	return nil
}

// carryOut gives the lamps the state that was decided, and tells how many there were.
func carryOut(ctx context.Context, tx *sql.Tx, a *behold.Act) (int64, error) {
	done, err := tx.ExecContext(ctx, query("lamp.act"), a.Round.String(), behold.CustomerKey(a.Customer), string(a.Kind), string(a.State), dayText(a.Until))
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// decideAgain carries out what was decided after the round of a day that has
// just been saved once more, and gives the lamps of cases the state of these.
func decideAgain(ctx context.Context, tx *sql.Tx, on behold.Day) error {
	acts, err := readActs(ctx, tx, "act.round", on.String())
	if err != nil {
		return err
	}
	for i := range acts {
		if _, err := carryOut(ctx, tx, &acts[i]); err != nil {
			return err
		}
	}
	held, err := holdAgain(ctx, tx, on)
	if err != nil || len(acts)+held == 0 {
		return err
	}
	return sumAnew(ctx, tx, on)
}

// ActsSince are what was decided about lamps from a time on, in order.
func (s *Store) ActsSince(ctx context.Context, from time.Time) (list []behold.Act, err error) {
	defer func() { wrap(&err, "read what was decided since %v", from) }()
	return readActs(ctx, s.db, "act.since", timeText(from))
}

// Acts are what was decided about the lamps of a customer, the latest first.
func (s *Store) Acts(ctx context.Context, customer string) (list []behold.Act, err error) {
	defer func() { wrap(&err, "read what was decided about the lamps") }()
	return readActs(ctx, s.db, "act.of", behold.CustomerKey(customer))
}

func readActs(ctx context.Context, from asker, name string, args ...any) ([]behold.Act, error) {
	rows, err := from.QueryContext(ctx, query(name), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []behold.Act
	for rows.Next() {
		var a behold.Act
		var until, round day
		var at moment
		if err := rows.Scan(&a.ID, &a.Customer, &a.Kind, &a.State, &until, &a.Why, &a.Who, &at, &round); err != nil {
			return nil, err
		}
		a.Until, a.Round, a.At = until.Day, round.Day, at.Time
		list = append(list, a)
	}
	return list, rows.Err()
}

// SaveMood keeps how a colleague thinks a customer feels, beside what was
// thought before. A mood that does not exist is Invalid.
func (s *Store) SaveMood(ctx context.Context, m behold.Mood) (err error) {
	defer func() { wrap(&err, "keep how the customer feels") }()
	switch m.Feels {
	case behold.MoodGood, behold.MoodMixed, behold.MoodBad, "":
	default:
		return &behold.Error{Kind: behold.Invalid, Say: "there is no mood " + m.Feels, Hint: "good, mixed or bad", Code: "mood"}
	}
	m.Note = strings.TrimSpace(m.Note)
	if err := checkLength(m.Note); err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, query("mood.save"), m.Customer, behold.CustomerKey(m.Customer), m.Feels, m.Note, m.Who, timeText(m.At))
	return err
}

// MoodOf is how a customer feels, as was thought last; one that feels "" when
// nobody said, or it was taken back.
func (s *Store) MoodOf(ctx context.Context, customer string) (m behold.Mood, err error) {
	defer func() { wrap(&err, "read how the customer feels") }()
	var at moment
	err = s.db.QueryRowContext(ctx, query("mood.of"), behold.CustomerKey(customer)).Scan(&m.Customer, &m.Feels, &m.Note, &m.Who, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return behold.Mood{Customer: customer}, nil
	}
	m.At = at.Time
	return m, err
}
