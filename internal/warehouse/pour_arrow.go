//go:build duckdb_arrow

package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"slices"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	duckdb "github.com/duckdb/duckdb-go/v2"
)

// pour appends the batches that come, within the connection's transaction, and
// hands each back when the engine is done with it. All batches that have the
// same columns go into one statement, so that the engine packs them on all its
// threads while the next ones are made.
func pour(ctx context.Context, conn *sql.Conn, come <-chan *lineBatch, free chan<- *lineBatch) error {
	a := arrivals{come: come, free: free}
	for a.more() {
		if err := a.statement(ctx, conn); err != nil {
			return err
		}
	}
	return nil
}

// arrivals show batches to the engine as one stream of records, for as long as
// they have the same columns. They are a RecordReader.
type arrivals struct {
	come    <-chan *lineBatch
	free    chan<- *lineBatch
	waiting *lineBatch // came, and was not shown yet
	columns []*column  // those that waiting has
	names   []string   // of the columns of the statement
	schema  *arrow.Schema
	shown   arrow.RecordBatch
}

// more waits for a batch, unless one waits already. There is none after the last.
func (a *arrivals) more() bool {
	for a.waiting == nil {
		b, ok := <-a.come
		if !ok {
			return false
		}
		if b.rows > 0 {
			a.waiting, a.columns = b, b.filled()
		}
	}
	return true
}

// statement inserts batches until one comes that has other columns.
func (a *arrivals) statement(ctx context.Context, conn *sql.Conn) error {
	fields := make([]arrow.Field, len(a.columns))
	for i, c := range a.columns {
		fields[i] = arrow.Field{Name: c.name, Type: c.arrowType(), Nullable: true}
	}
	a.names, a.schema = namesOf(a.columns), arrow.NewSchema(fields, nil)
	insert := insertFrom(a.waiting.table, a.columns, "arriving")
	defer a.drop()
	return conn.Raw(func(raw any) error {
		view, err := duckdb.NewArrowFromConn(raw.(driver.Conn))
		if err != nil {
			return err
		}
		release, err := view.RegisterView(a, "arriving")
		if err != nil {
			return err
		}
		defer release()
		_, err = raw.(driver.ExecerContext).ExecContext(ctx, insert, nil)
		return err
	})
}

func namesOf(columns []*column) []string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	return names
}

// Next makes a record of the next batch.
func (a *arrivals) Next() bool {
	a.drop()
	if !a.more() || !slices.Equal(a.names, namesOf(a.columns)) {
		return false
	}
	b, arrays := a.waiting, make([]arrow.Array, len(a.columns))
	for i, c := range a.columns {
		arrays[i] = c.arrowArray()
	}
	arrays[0] = watched(arrays[0], returning{b, a.free})
	a.shown = array.NewRecordBatch(a.schema, arrays, int64(b.rows))
	for _, each := range arrays {
		each.Release() // the record has it
	}
	a.waiting = nil
	return true
}

// drop lets go of the record that was shown last; the engine may have it still.
func (a *arrivals) drop() {
	if a.shown != nil {
		a.shown.Release()
		a.shown = nil
	}
}

func (a *arrivals) Schema() *arrow.Schema          { return a.schema }
func (a *arrivals) RecordBatch() arrow.RecordBatch { return a.shown }
func (a *arrivals) Record() arrow.RecordBatch      { return a.shown }
func (a *arrivals) Err() error                     { return nil }
func (a *arrivals) Retain()                        {}
func (a *arrivals) Release()                       {}

// watched is the array with a buffer that says when nobody needs it any more.
func watched(of arrow.Array, tell memory.Allocator) arrow.Array {
	defer of.Release()
	buffers := slices.Clone(of.Data().Buffers())
	buffers[1] = memory.NewBufferWithAllocator(buffers[1].Bytes(), tell)
	defer buffers[1].Release()
	data := array.NewData(of.DataType(), of.Len(), buffers, nil, of.NullN(), 0)
	defer data.Release()
	return array.MakeFromData(data)
}

// returning hands a batch back when its memory is let go of.
type returning struct {
	batch *lineBatch
	free  chan<- *lineBatch
}

func (r returning) Allocate(int) []byte               { return nil }
func (r returning) Reallocate(_ int, b []byte) []byte { return b }
func (r returning) Free([]byte) {
	select {
	case r.free <- r.batch:
	default: // enough are waiting
	}
}
