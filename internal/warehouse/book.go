package warehouse

import (
	"context"
	"database/sql"

	"behold"
)

// Book is the receipt of what was last taken over from the book that colleagues
// write; one whose Import is 0 when nothing was yet.
func (w *Warehouse) Book(ctx context.Context) (behold.Receipt, error) {
	list, err := w.receipts(ctx, query("receipt.book"), behold.BookSource)
	if err != nil || len(list) == 0 {
		return behold.Receipt{}, wrap(err, "read the receipt of the book")
	}
	return list[0], nil
}

// BeginBook starts the import of the whole book, in the place of what was taken
// over before. Taking out and bringing in are one transaction under one number,
// so that a process that is killed leaves the old rows or the new ones, and
// however often the book is taken over it has one receipt. Rows of files are not
// touched. For the rest it is Begin.
func (w *Warehouse) BeginBook(ctx context.Context, r behold.Receipt) (*Import, error) {
	before, err := w.Book(ctx)
	if err != nil {
		return nil, err
	}
	conn, err := w.begin(ctx)
	if err != nil {
		return nil, wrap(err, "take over the book")
	}
	r.Source, r.Import = behold.BookSource, before.Import
	i := &Import{w: w, conn: conn, receipt: r}
	if before.Import != 0 {
		err = takeBookOut(ctx, conn, before.Import)
	}
	if err == nil {
		err = i.open(ctx)
	}
	if err != nil {
		w.end(conn, "rollback")
		return nil, wrap(err, "take over the book")
	}
	return i, nil
}

func takeBookOut(ctx context.Context, conn *sql.Conn, id int64) error {
	if _, err := conn.ExecContext(ctx, query("book.pick"), id); err != nil {
		return err
	}
	for _, t := range recordTables() {
		if _, err := conn.ExecContext(ctx, recordQuery("undo", t)); err != nil {
			return err
		}
	}
	_, err := conn.ExecContext(ctx, query("book.pending"), id)
	return err
}
