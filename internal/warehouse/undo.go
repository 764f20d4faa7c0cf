package warehouse

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"behold"
)

// Undo takes an import back: afterwards the facts are what they would be had it
// never come. Later imports may have found its lines already known, or changed
// them, or found a customer already spelled; they are taken out too and given to
// again, one by one in order, which must import the kept file once more with the
// receipt it is given (Begin knows it by its Import). The numbers of customers,
// products and categories stay as they are.
//
// The receipt of the undone import stays, with UndoneAt. Taking out is one
// transaction, in which the imports to be read again are marked; a process that
// is killed after it finds them with Pending and goes on with Resume.
func (w *Warehouse) Undo(ctx context.Context, id int64, again func(context.Context, *behold.Receipt) error) (err error) {
	defer func() { err = wrap(err, "undo import %d", id) }()
	r, err := w.Import(ctx, id)
	if err != nil {
		return err
	}
	if !r.UndoneAt.IsZero() {
		return &behold.Error{Kind: behold.Conflict, Code: "undone", Say: fmt.Sprintf("import %d was undone already", id)}
	}
	if r.Source == behold.BookSource {
		return &behold.Error{Kind: behold.Conflict, Code: "book", Say: "what colleagues wrote down is not a file", Hint: "take entries back one by one, where they stand"}
	}
	if waiting, err := w.Pending(ctx); err != nil {
		return err
	} else if len(waiting) > 0 {
		return &behold.Error{Kind: behold.Conflict, Code: "undo_busy", Say: "another undo was interrupted", Hint: "finish it first"}
	}
	if err := w.write(ctx, func(conn *sql.Conn) error { return takeOut(ctx, conn, id) }); err != nil {
		return err
	}
	w.writes.Add(1)
	return w.Resume(ctx, again)
}

func takeOut(ctx context.Context, conn *sql.Conn, id int64) error {
	var spelled bool
	if err := conn.QueryRowContext(ctx, query("undo.words"), id).Scan(&spelled); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, query("undo.pick"), id, spelled); err != nil {
		return fmt.Errorf("undo.pick: %w", err)
	}
	for _, t := range recordTables() {
		for _, step := range []string{"undo", "undoversions"} {
			if _, err := conn.ExecContext(ctx, recordQuery(step, t)); err != nil {
				return fmt.Errorf("%s of %s: %w", step, t, err)
			}
		}
	}
	for _, step := range []struct {
		name string
		args []any
	}{
		{"undo.lines", nil}, {"undo.lineversions", nil},
		{"undo.customers", nil}, {"undo.customerversions", nil},
		{"undo.rejects", []any{id}},
		{"undo.customer", nil}, {"undo.category", nil}, {"undo.product", nil}, {"undo.productnames", nil},
		{"undo.pending", []any{id}},
		{"undo.receipt", []any{id, time.Now().UTC()}},
	} {
		if _, err := conn.ExecContext(ctx, query(step.name), step.args...); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return nil
}

// Pending are the imports that an undo took out and that were not read again
// yet, in order. There are none unless an undo is at work or was interrupted.
func (w *Warehouse) Pending(ctx context.Context) ([]behold.Receipt, error) {
	list, err := w.receipts(ctx, query("receipt.pending"))
	return list, wrap(err, "look for an undo that was interrupted")
}

// Resume has the pending imports read again. See Undo.
func (w *Warehouse) Resume(ctx context.Context, again func(context.Context, *behold.Receipt) error) error {
	for {
		waiting, err := w.Pending(ctx)
		if err != nil || len(waiting) == 0 {
			return err
		}
		r := waiting[0]
		if err := again(ctx, &r); err != nil {
			return wrap(err, "read import %d again", r.Import)
		}
		left, err := w.Pending(ctx)
		if err != nil {
			return err
		}
		if len(left) == len(waiting) {
			return &behold.Error{Say: fmt.Sprintf("import %d was not read again", r.Import)}
		}
	}
}

// Imports are the receipts of all files, the latest first. The book is none.
func (w *Warehouse) Imports(ctx context.Context) ([]behold.Receipt, error) {
	list, err := w.receipts(ctx, query("receipt.all"), behold.BookSource)
	return list, wrap(err, "list the imports")
}

// Import is the receipt of one import.
func (w *Warehouse) Import(ctx context.Context, id int64) (*behold.Receipt, error) {
	list, err := w.receipts(ctx, query("receipt.one"), id)
	if err != nil {
		return nil, wrap(err, "read the receipt of import %d", id)
	}
	if len(list) == 0 {
		return nil, &behold.Error{Kind: behold.NotFound, Code: "no_import", Say: fmt.Sprintf("there is no import %d", id), Hint: "behold import list shows their numbers"}
	}
	return &list[0], nil
}

func (w *Warehouse) receipts(ctx context.Context, text string, args ...any) (list []behold.Receipt, err error) {
	err = w.rows(ctx, text, func(rows *sql.Rows) error {
		var id int64
		var body string
		var undone sql.NullTime
		if err := rows.Scan(&id, &body, &undone); err != nil {
			return err
		}
		var r behold.Receipt
		if err := json.Unmarshal([]byte(body), &r); err != nil {
			return err
		}
		r.Import, r.UndoneAt = id, undone.Time
		list = append(list, r)
		return nil
	}, args...)
	return list, err
}
