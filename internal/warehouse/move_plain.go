//go:build !duckdb_arrow

package warehouse

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"time"

	duckdb "github.com/duckdb/duckdb-go/v2"

	"behold"
)

// put appends the batch to its table, within the connection's transaction. The
// batch may be used again when put has returned.
func put(ctx context.Context, conn *sql.Conn, b *batch) error {
	if b.rows == 0 {
		return nil
	}
	columns := b.filled()
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	return conn.Raw(func(raw any) error {
		appender, err := duckdb.NewAppenderWithColumns(raw.(driver.Conn), "", "", b.table, names)
		if err != nil {
			return err
		}
		row := make([]driver.Value, len(columns))
		for i := range b.rows {
			for k, c := range columns {
				row[k] = c.value(i)
			}
			if err := appender.AppendRow(row...); err != nil {
				appender.Close()
				return err
			}
		}
		return appender.CloseWithCancel(ctx)
	})
}

func (c *column) value(i int) driver.Value {
	if c.isNull(i) {
		return nil
	}
	switch c.form {
	case asInt:
		return c.ints[i]
	case asBig:
		return c.bigs[i]
	case asReal:
		return c.reals[i]
	case asText:
		return c.word(i)
	case asFlag:
		return c.set.is(i)
	case asDay:
		return behold.Day(c.ints[i]).Time()
	}
	return time.UnixMicro(c.bigs[i]).UTC()
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
	rows, err := conn.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return err
	}
	values := make([]any, len(names))
	into := make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	b := block{ints: make([][]int32, len(names)), bigs: make([][]int64, len(names)), reals: make([][]float64, len(names)), texts: make([][]string, len(names))}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if err := b.add(values); err != nil {
			return err
		}
		if b.rows == 1<<14 {
			if err := each(&b); err != nil {
				return err
			}
			b.clear()
		}
	}
	if err := rows.Err(); err != nil || b.rows == 0 {
		return err
	}
	return each(&b)
}

func (b *block) add(values []any) error {
	for i, v := range values {
		switch v := v.(type) {
		case int32:
			b.ints[i] = append(b.ints[i], v)
		case int64:
			b.bigs[i] = append(b.bigs[i], v)
		case float64:
			b.reals[i] = append(b.reals[i], v)
		case string:
			b.texts[i] = append(b.texts[i], v)
		case time.Time:
			b.ints[i] = append(b.ints[i], int32(behold.DayOf(v)))
		default:
			return fmt.Errorf("column %d of the scan is %T", i, v)
		}
	}
	b.rows++
	return nil
}

func (b *block) clear() {
	b.rows = 0
	for i := range b.ints {
		b.ints[i], b.bigs[i], b.reals[i], b.texts[i] = b.ints[i][:0], b.bigs[i][:0], b.reals[i][:0], b.texts[i][:0]
	}
}

func (c *column) word(i int) string { return string(c.text[c.ends[i]:c.ends[i+1]]) }

// isNull tells whether value i is null.
func (c *column) isNull(i int) bool { return c.valid != nil && !c.valid.is(i) }
