package warehouse

import (
	"context"
	"database/sql"
)

// CustomersByAddress are the ids of customers by e-mail address, their own and those
// of the people who work there, in lower case. An address that several customers
// share tells nobody and is not in it.
func (w *Warehouse) CustomersByAddress(ctx context.Context) (ids map[string]string, err error) {
	defer func() { err = wrap(err, "read whose the e-mail addresses are") }()
	ids = map[string]string{}
	err = w.rows(ctx, query("customer.addresses"), func(rows *sql.Rows) error {
		var address, id string
		err := rows.Scan(&address, &id)
		ids[address] = id
		return err
	})
	return ids, err
}
