//go:build duckdb_arrow

package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"unsafe"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	duckdb "github.com/duckdb/duckdb-go/v2"
)

// put appends the batch to its table, within the connection's transaction. The
// batch may be used again when put has returned.
func put(ctx context.Context, conn *sql.Conn, b *batch) error {
	if b.rows == 0 {
		return nil
	}
	columns := b.filled()
	fields := make([]arrow.Field, len(columns))
	arrays := make([]arrow.Array, len(columns))
	for i, c := range columns {
		fields[i] = arrow.Field{Name: c.name, Type: c.arrowType(), Nullable: true}
		arrays[i] = c.arrowArray()
	}
	schema := arrow.NewSchema(fields, nil)
	record := array.NewRecordBatch(schema, arrays, int64(b.rows))
	defer record.Release()
	reader, err := array.NewRecordReader(schema, []arrow.RecordBatch{record})
	if err != nil {
		return err
	}
	defer reader.Release()
	return conn.Raw(func(raw any) error {
		a, err := duckdb.NewArrowFromConn(raw.(driver.Conn))
		if err != nil {
			return err
		}
		release, err := a.RegisterView(reader, "arriving")
		if err != nil {
			return err
		}
		defer release()
		_, err = raw.(driver.ExecerContext).ExecContext(ctx, insertFrom(b.table, columns, "arriving"), nil)
		return err
	})
}

func (c *column) arrowType() arrow.DataType {
	switch c.form {
	case asInt:
		return arrow.PrimitiveTypes.Int32
	case asBig:
		return arrow.PrimitiveTypes.Int64
	case asReal:
		return arrow.PrimitiveTypes.Float64
	case asText:
		return arrow.BinaryTypes.String
	case asFlag:
		return arrow.FixedWidthTypes.Boolean
	case asDay:
		return arrow.FixedWidthTypes.Date32
	}
	return &arrow.TimestampType{Unit: arrow.Microsecond}
}

// arrowArray shows the column's memory to Arrow without copying it.
func (c *column) arrowArray() arrow.Array {
	var valid *memory.Buffer
	if c.valid != nil {
		valid = memory.NewBufferBytes(c.valid)
	}
	buffers := []*memory.Buffer{valid}
	switch c.form {
	case asInt, asDay:
		buffers = append(buffers, memory.NewBufferBytes(bytesOf(c.ints)))
	case asBig, asMoment:
		buffers = append(buffers, memory.NewBufferBytes(bytesOf(c.bigs)))
	case asReal:
		buffers = append(buffers, memory.NewBufferBytes(bytesOf(c.reals)))
	case asFlag:
		buffers = append(buffers, memory.NewBufferBytes(c.set))
	case asText:
		buffers = append(buffers, memory.NewBufferBytes(bytesOf(c.ends)), memory.NewBufferBytes(append(c.text, 0)[:len(c.text)]))
	}
	data := array.NewData(c.arrowType(), c.len, buffers, nil, c.nulls(), 0)
	defer data.Release()
	return array.MakeFromData(data)
}

func bytesOf[T int32 | int64 | float64](v []T) []byte {
	if len(v) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&v[0])), len(v)*int(unsafe.Sizeof(v[0])))
}

// scan runs a query whose columns are INTEGER, DATE, BIGINT, DOUBLE or VARCHAR
// without nulls and hands its rows over block by block. A block is only good until the next.
func scan(ctx context.Context, db *sql.DB, text string, each func(*block) error, args ...any) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	return scanOn(ctx, conn, text, each, args...)
}

// scanOn is scan within what the connection has begun.
func scanOn(ctx context.Context, conn *sql.Conn, text string, each func(*block) error, args ...any) error {
	return conn.Raw(func(raw any) error {
		a, err := duckdb.NewArrowFromConn(raw.(driver.Conn))
		if err != nil {
			return err
		}
		reader, err := a.QueryContext(ctx, text, args...)
		if err != nil {
			return err
		}
		defer reader.Release()
		var b block
		for reader.Next() {
			if err := b.take(reader.RecordBatch()); err != nil {
				return err
			}
			if err := each(&b); err != nil {
				return err
			}
		}
		return reader.Err()
	})
}

func (b *block) take(record arrow.RecordBatch) error {
	b.rows = int(record.NumRows())
	b.ints, b.bigs, b.reals = b.ints[:0], b.bigs[:0], b.reals[:0]
	if b.texts == nil {
		b.texts = make([][]string, record.NumCols())
	}
	for i, a := range record.Columns() {
		var ints []int32
		var bigs []int64
		var reals []float64
		switch a := a.(type) {
		case *array.Int32:
			ints = a.Int32Values()
		case *array.Date32:
			v := a.Date32Values()
			if len(v) > 0 {
				ints = unsafe.Slice((*int32)(unsafe.Pointer(&v[0])), len(v))
			}
		case *array.Int64:
			bigs = a.Int64Values()
		case *array.Float64:
			reals = a.Float64Values()
		case *array.String:
			b.texts[i] = resized(b.texts[i], a.Len())
			for k := range b.texts[i] {
				b.texts[i][k] = a.Value(k)
			}
		default:
			return fmt.Errorf("column %d of the scan is %T", i, a)
		}
		b.ints, b.bigs, b.reals = append(b.ints, ints), append(b.bigs, bigs), append(b.reals, reals)
	}
	return nil
}
