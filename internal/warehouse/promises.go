package warehouse

import (
	"context"
	"database/sql"

	"behold"
)

// Promises are those that files tell of, by the day on which they are due. What
// colleagues wrote down here is in the store, as it is now.
func (w *Warehouse) Promises(ctx context.Context, q behold.PromiseQuery) (list []behold.PromiseCard, err error) {
	defer func() { err = wrap(err, "list the promises as of %v", q.Day) }()
	since := q.Since
	if !since.Known() {
		since = behold.Date(1, 1, 1)
	}
	err = w.rows(ctx, made("promise.list", nil), func(rows *sql.Rows) error {
		c := behold.PromiseCard{Promise: behold.Promise{Table: behold.TablePromises, GivenUp: behold.NoDay}}
		err := rows.Scan(&c.Customer, &c.Name, &c.Number, &c.Made, &c.Due, &c.Kept, &c.Kind, &c.Text, &c.Colleague, &c.GivenUp)
		list = append(list, c)
		return err
	}, until(q.Day), since.Time(), behold.CustomerKey(q.Customer), behold.ColleagueKey(q.Colleague), q.Nobodys)
	return list, err
}

// Teams are the teams of colleagues that files name, by e-mail in lower case.
func (w *Warehouse) Teams(ctx context.Context) (of map[string]behold.Colleague, err error) {
	defer func() { err = wrap(err, "list who works in which team") }()
	of = map[string]behold.Colleague{}
	err = w.rows(ctx, query("colleague.teams"), func(rows *sql.Rows) error {
		var c behold.Colleague
		err := rows.Scan(&c.Email, &c.Name, &c.Team, &c.Hours)
		of[c.Email] = c
		return err
	})
	return of, err
}
