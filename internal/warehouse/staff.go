package warehouse

import (
	"context"
	"database/sql"

	"behold"
)

// Staff is who works here by the file of colleagues: e-mail, name, team, and hours
// a week (0: the file does not say).
func (w *Warehouse) Staff(ctx context.Context) (list []behold.Colleague, err error) {
	defer func() { err = wrap(err, "read the file of colleagues") }()
	err = w.rows(ctx, query("colleague.hours"), func(rows *sql.Rows) error {
		var c behold.Colleague
		err := rows.Scan(&c.Email, &c.Name, &c.Team, &c.Hours)
		list = append(list, c)
		return err
	})
	return list, err
}
