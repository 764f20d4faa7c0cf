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
	if len(numbers) == 0 {
		return nil, nil
	}
	by, err := w.KindsBy(ctx, day)
	if err != nil {
		return nil, err
	}
	return w.namesOf(ctx, by, numbers)
}

// ProductNames gives the names of products, their codes where they have none. A
// number that nobody has is left out.
func (w *Warehouse) ProductNames(ctx context.Context, numbers []int32) (names map[int32]string, err error) {
	defer func() { err = wrap(err, "look up the names of %d products", len(numbers)) }()
	if len(numbers) == 0 {
		return nil, nil
	}
	return w.namesOf(ctx, byProduct.String(), numbers)
}

func (w *Warehouse) namesOf(ctx context.Context, by string, numbers []int32) (map[int32]string, error) {
	names := make(map[int32]string, len(numbers))
	return names, w.rows(ctx, query("kind.names"), func(rows *sql.Rows) error {
		var number int32
		var name string
		err := rows.Scan(&number, &name)
		names[number] = name
		return err
	}, by, commas(numbers))
}
