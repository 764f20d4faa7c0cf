package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

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

// takeLamps takes on the lamps that burn for the customer of a case that a
// colleague works on: unless one of them is in hand already, then the others
// were left as they are.
func takeLamps(ctx context.Context, tx *sql.Tx, c *behold.Case) error {
	sum, err := readSums(ctx, tx, behold.NoDay)
	if err != nil || !sum.Day.Known() {
		return err
	}
	key := behold.CustomerKey(c.Customer)
	if held, err := kindsOf(ctx, tx, "lamp.worked", sum.Day, key); err != nil || len(held) > 0 {
		return err
	}
	lit, err := kindsOf(ctx, tx, "lamp.awake", sum.Day, key)
	for _, kind := range lit {
		act := behold.Act{Customer: c.Customer, Kind: kind, State: behold.Acknowledged, Until: behold.NoDay, Who: c.Move.Who, At: c.Move.At, Round: sum.Day}
		if _, err := sum.decide(ctx, tx, &act); err != nil {
			return err
		}
		if err := saveAct(ctx, tx, &act); err != nil {
			return err
		}
	}
	if err != nil || len(lit) == 0 || c.State == behold.Acknowledged {
		return err
	}
	return followCase(ctx, tx, c)
}

// worked are the kinds of a customer's lamps that somebody has taken.
func worked(ctx context.Context, tx *sql.Tx, on behold.Day, customer string) (kinds []behold.LampKind, err error) {
	return kindsOf(ctx, tx, "lamp.worked", on, behold.CustomerKey(customer))
}

// kindsOf are the kinds of a customer's lamps that a query asks for.
func kindsOf(ctx context.Context, tx *sql.Tx, name string, on behold.Day, key string) (kinds []behold.LampKind, err error) {
	rows, err := tx.QueryContext(ctx, query(name), on.String(), key)
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
// opens a case, and gives one that nobody had to whoever did. When the last lamp
// that was taken is let go of again, that is taken back, if nothing else was done.
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
		if err == nil && c.Owner == "" && a.Who != "" {
			c, err = moveOn(ctx, tx, c, takenByAct(a))
		}
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
	if err != nil || len(known) == 0 || !untouched(&known[0]) && !strings.HasPrefix(known[0].Move.Key, handedByAct) {
		return err
	}
	_, err = undoCase(ctx, tx, known[0].ID, known[0].Version, behold.EntrySignature{Who: a.Who, At: a.At})
	return err
}

// handedByAct begins the key of a move that an act made.
const handedByAct = "act-take-"

// takenByAct gives a case that nobody had to whoever takes a lamp of it on.
func takenByAct(a *behold.Act) behold.CaseMove {
	return behold.CaseMove{
		Key: fmt.Sprint(handedByAct, a.ID), Do: behold.CaseHanded, Who: a.Who, At: a.At, Owner: a.Who, AskAgain: behold.NoDay, Closing: behold.CaseClosing{Left: behold.NoDay},
	}
}

// untouched says that a lamp or a colleague opened the case, and that nothing else
// was done.
func untouched(v *caseVersion) bool {
	taken := v.Opening.Origin == behold.ByLamp || v.Opening.Origin == behold.ByHand
	return v.Open() && taken && (v.Move.Do == behold.CaseOpened || v.undoes != 0 && v.State == behold.Acknowledged && len(v.Steps) == 0 && len(v.Heard) == 0 && v.Reopened == 0)
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
