package warehouse

import (
	"context"
	"database/sql"

	"behold"
)

// KindNames gives the names of the categories, or products, that the Kinds of
// the histories as of day number. A number that nobody has is left out.
func (w *Warehouse) KindNames(ctx context.Context, day behold.Day, numbers []int32) (names map[int32]string, err error) {
	defer func() { err = wrap(err, "look up the names of %d kinds", len(numbers)) }()
	names = make(map[int32]string, len(numbers))
	if len(numbers) == 0 {
		return names, nil
	}
	by, err := w.KindsBy(ctx, day)
	if err != nil {
		return nil, err
	}
	return names, w.rows(ctx, query("kind.names"), func(rows *sql.Rows) error {
		var number int32
		var name string
		err := rows.Scan(&number, &name)
		names[number] = name
		return err
	}, by, commas(numbers))
}
