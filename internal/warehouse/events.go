package warehouse

import (
	"context"
	"database/sql"

	"behold"
)

// Events is one page of everything that happened with a customer beside orders,
// as known on day, the latest first, and how many there are on all pages. Answers
// given at one time are one event. A customer whom nobody knows has none. The
// only sort is at; another is Invalid.
func (w *Warehouse) Events(ctx context.Context, id string, day behold.Day, part behold.Slice) (list []behold.Event, total int, err error) {
	defer func() { err = wrap(err, "list what happened with the customer") }()
	if part.Sort != "" && part.Sort != "at" {
		return nil, 0, &behold.Error{Kind: behold.Invalid, Code: "sort", Say: "events cannot be sorted by " + part.Sort, Hint: "sort by at"}
	}
	direction := " desc"
	if part.Sort == "at" && !part.Desc {
		direction = ""
	}
	all := made("event.all", nil)
	asked := []any{until(day), behold.CustomerKey(id), like(part.Search)}
	if err := w.db.QueryRowContext(ctx, "select count(*) from (\n"+all+"\n) events", asked...).Scan(&total); err != nil {
		return nil, 0, err
	}
	err = w.rows(ctx, all+"\norder by at_minute"+direction+", kind_of, id\nlimit $4 offset $5", func(rows *sql.Rows) error {
		var e behold.Event
		err := rows.Scan(&e.Table, &e.ID, &e.At, &e.Due, &e.Done, &e.Direction, &e.Channel, &e.State, &e.Subject, &e.Text, &e.Colleague, &e.Person,
			&e.Amount.Minor, &e.Amount.Currency, &e.Value, &e.Scale)
		e.State = stateOf(&e, day)
		list = append(list, e)
		return err
	}, append(asked, limit(part, total), max(part.Offset, 0))...)
	return list, total, err
}

// stateOf is how the event stands on the day, given what its row says.
func stateOf(e *behold.Event, day behold.Day) behold.EventState {
	switch {
	case e.State == behold.EventOpen && !e.Done.Known() && e.Due.Known() && e.Due.Day() < day && e.Table != behold.TableContracts,
		e.State == behold.EventOpen && e.Done.Known() && tooLate(e):
		return behold.EventLate
	case e.Done.Known() && e.State != behold.EventReopened && e.State != behold.EventDisputed:
		return behold.EventDone
	}
	return e.State
}

// tooLate tells whether it was done after it was due; what is due on a day may
// be done all that day. A contract that ends is not late.
func tooLate(e *behold.Event) bool {
	switch {
	case !e.Due.Known() || e.Table == behold.TableContracts:
		return false
	case e.Due == e.Due.Day().Moment():
		return e.Done.Day() > e.Due.Day()
	}
	return e.Done > e.Due
}
