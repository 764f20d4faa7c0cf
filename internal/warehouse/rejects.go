package warehouse

import (
	"context"
	"database/sql"

	"behold"
)

type rejectBatch struct {
	batch
	by, row, field, content, why *column
}

func newRejectBatch() *rejectBatch {
	b := &rejectBatch{batch: batch{table: "reject"}}
	b.by, b.row = b.column("import_id", asBig), b.column("file_row", asBig)
	b.field, b.content, b.why = b.column("column_name", asText), b.column("content", asText), b.column("why", asText)
	return b
}

func (b *rejectBatch) add(r *behold.Reject, id int64) {
	b.by.addBig(id)
	b.row.addBig(r.Row)
	b.field.addText(r.Column)
	b.content.addText(r.Value)
	b.why.addWords([]string{r.Why})
	b.rows++
}

// EachReject hands over the rejected rows of an import in the order of the file.
func (w *Warehouse) EachReject(ctx context.Context, id int64, each func(behold.Reject) error) (err error) {
	defer func() { err = wrap(err, "read the rejected rows of import %d", id) }()
	return w.rows(ctx, query("reject.of"), func(rows *sql.Rows) error {
		var r behold.Reject
		if err := rows.Scan(&r.Row, &r.Column, &r.Value, &r.Why); err != nil {
			return err
		}
		return each(r)
	}, id)
}

// rows runs a query and hands its rows to each.
func (w *Warehouse) rows(ctx context.Context, text string, each func(*sql.Rows) error, args ...any) error {
	rows, err := w.db.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
