package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"behold"
)

// followCase gives the burning lamps that a case holds the state of the case. Of a
// kept customer they rest until the day on which the customer is asked again.
func followCase(ctx context.Context, tx *sql.Tx, c *behold.Case) error {
	sum, err := readSums(ctx, tx, behold.NoDay)
	if err != nil || !sum.Day.Known() {
		return err
	}
	key := behold.CustomerKey(c.Customer)
	_, err = sum.recount(ctx, tx, key, func() (int64, error) {
		done, err := tx.ExecContext(ctx, query("lamp.case"), sum.Day.String(), key, string(c.State), dayText(c.AskAgain))
		if err != nil {
			return 0, err
		}
		return done.RowsAffected()
	})
	return err
}

// letGo makes the lamps of a case that was taken back burn as before it.
func letGo(ctx context.Context, tx *sql.Tx, c *behold.Case) error {
	sum, err := readSums(ctx, tx, behold.NoDay)
	if err != nil || !sum.Day.Known() {
		return err
	}
	kinds, err := worked(ctx, tx, sum.Day, c.Customer)
	if err != nil {
		return err
	}
	for _, kind := range kinds {
		act := behold.Act{Customer: c.Customer, Kind: kind, State: behold.Lit, Until: behold.NoDay, Who: c.Move.Who, At: c.Move.At, Round: sum.Day}
		if _, err := sum.decide(ctx, tx, &act); err != nil {
			return err
		}
		if err := saveAct(ctx, tx, &act); err != nil {
			return err
		}
	}
	return nil
}

// worked are the kinds of a customer's lamps that somebody has taken.
func worked(ctx context.Context, tx *sql.Tx, on behold.Day, customer string) (kinds []behold.LampKind, err error) {
	rows, err := tx.QueryContext(ctx, query("lamp.worked"), on.String(), behold.CustomerKey(customer))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var kind behold.LampKind
		if err := rows.Scan(&kind); err != nil {
			return nil, err
		}
		kinds = append(kinds, kind)
	}
	return kinds, rows.Err()
}

// caseOfAct lets the case follow what was decided about a lamp: taking one on
// opens a case. When the last lamp that was taken is let go of again, a case on
// which nothing else was done goes with it.
func caseOfAct(ctx context.Context, tx *sql.Tx, a *behold.Act) error {
	if a.State == behold.Acknowledged {
		o := behold.CaseOpening{
			Key: fmt.Sprintf("act-%d", a.ID), Customer: a.Customer, Origin: behold.ByLamp, Lamp: a.Kind, Owner: a.Who, Who: a.Who, At: a.At,
		}
		err := tx.QueryRowContext(ctx, query("lamp.named"), a.Round.String(), behold.CustomerKey(a.Customer), string(a.Kind)).Scan(&o.Customer, &o.Name, &o.Reason)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		c, err := openCase(ctx, tx, o)
		if err == nil && c.State != behold.Acknowledged {
			err = followCase(ctx, tx, &c) // one more lamp of a case that is on its way
		}
		return err
	}
	left, err := worked(ctx, tx, a.Round, a.Customer)
	if err != nil || len(left) > 0 {
		return err
	}
	known, err := readCases(ctx, tx, "case.customer", behold.CustomerKey(a.Customer))
	if err != nil || len(known) == 0 || !untouched(&known[0]) {
		return err
	}
	_, err = undoCase(ctx, tx, known[0].ID, known[0].Version, behold.EntrySignature{Who: a.Who, At: a.At})
	return err
}

// untouched says that a lamp opened the case, and that nothing else was done.
func untouched(v *caseVersion) bool {
	return v.Open() && v.Opening.Origin == behold.ByLamp && (v.Move.Do == behold.CaseOpened || v.undoes != 0 && v.State == behold.Acknowledged && len(v.Steps) == 0 && len(v.Heard) == 0 && v.Reopened == 0)
}

// hasCase says whether somebody is at work on a customer.
func hasCase(ctx context.Context, tx *sql.Tx, customer string) (bool, error) {
	known, err := readCases(ctx, tx, "case.customer", behold.CustomerKey(customer))
	for i := range known {
		if known[i].Open() {
			return true, nil
		}
	}
	return false, err
}

// holdAgain gives the lamps of a round that was saved once more the state of the
// cases that hold them, and tells how many there were. Of an earlier round they
// stay as they were then.
func holdAgain(ctx context.Context, tx *sql.Tx, on behold.Day) (held int, err error) {
	sum, err := readSums(ctx, tx, behold.NoDay)
	if err != nil || sum.Day != on {
		return 0, err
	}
	known, err := readCases(ctx, tx, "case.all", "", false, false, "", false, nil, nil, "")
	if err != nil {
		return 0, err
	}
	for i := range known {
		c := &known[i].Case
		if !c.Open() && !(c.AskAgain.Known() && c.AskAgain > on) {
			continue
		}
		done, err := tx.ExecContext(ctx, query("lamp.case"), on.String(), behold.CustomerKey(c.Customer), string(c.State), dayText(c.AskAgain))
		if err != nil {
			return held, err
		}
		n, err := done.RowsAffected()
		if held += int(n); err != nil {
			return held, err
		}
	}
	return held, nil
}
