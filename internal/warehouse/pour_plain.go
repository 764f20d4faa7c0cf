//go:build !duckdb_arrow

package warehouse

import (
	"context"
	"database/sql"
)

// pour appends the batches that come, within the connection's transaction, and
// hands each back when the engine is done with it.
func pour(ctx context.Context, conn *sql.Conn, come <-chan *lineBatch, free chan<- *lineBatch) error {
	for b := range come {
		if err := put(ctx, conn, &b.batch); err != nil {
			return err
		}
		select {
		case free <- b:
		default: // enough are waiting
		}
	}
	return nil
}
