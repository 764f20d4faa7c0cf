package warehouse

import (
	"context"
	"database/sql"
	"fmt"

	"behold"
)

// Forget empties the warehouse of a source that is the only one in it, receipts
// and all, as if it had never been: all of it or nothing. What colleagues wrote
// down beside it goes too. Forgetting twice is
// forgetting once.
//
// Forget is Conflict while an import of another source is there.
func (w *Warehouse) Forget(ctx context.Context, source string) (err error) {
	defer func() { err = wrap(err, "forget what came from %s", source) }()
	err = w.write(ctx, func(conn *sql.Conn) error {
		var others int
		if err := conn.QueryRowContext(ctx, query("forget.others"), source, behold.BookSource).Scan(&others); err != nil {
			return err
		}
		if others > 0 {
			return &behold.Error{Kind: behold.Conflict, Code: "invention_beside", Say: fmt.Sprintf("%d other imports are beside it", others), Hint: "undo those first"}
		}
		return empty(ctx, conn, source)
	})
	if err == nil {
		w.writes.Add(1)
	}
	return err
}

func empty(ctx context.Context, conn *sql.Conn, source string) error {
	for _, t := range recordTables() {
		if _, err := conn.ExecContext(ctx, recordQuery("forget", t)); err != nil {
			return fmt.Errorf("forget %s: %w", t, err)
		}
	}
	for _, name := range []string{
		"forget.lines", "forget.customers", "forget.rejects", "forget.customer", "forget.category", "forget.product",
		"forget.standings", "forget.standingdays",
	} {
		if _, err := conn.ExecContext(ctx, query(name)); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	_, err := conn.ExecContext(ctx, query("forget.receipts"), source, behold.BookSource)
	return err
}
