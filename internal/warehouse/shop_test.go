package warehouse

import (
	"encoding/csv"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"behold"
	"behold/internal/sample"
)

// lastDay of the invented shop.
var lastDay = behold.Date(2025, 6, 30)

// shop fills a warehouse with the invented shop, every table of it.
func shop(t testing.TB, w *Warehouse, customers int64) {
	t.Helper()
	opt := sample.Options{Customers: customers, Months: 30, Seed: 5, Until: lastDay}
	i, err := w.Begin(t.Context(), receiptOf("orders.csv"))
	if err != nil {
		t.Fatal(err)
	}
	err = sample.Each(t.Context(), opt, func(b *sample.Block) error {
		return errors.Join(i.Customers(t.Context(), b.Customers()), i.Lines(t.Context(), b.Lines()))
	})
	r := receiptOf("orders.csv")
	if err := errors.Join(err, i.Commit(t.Context(), &r)); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := sample.Write(t.Context(), dir, opt); err != nil {
		t.Fatal(err)
	}
	for _, table := range recordTables() {
		importFile(t, w, table, filepath.Join(dir, string(table)+".csv"))
	}
}

// importFile keeps a file whose columns are those of the table.
func importFile(t testing.TB, w *Warehouse, table behold.Table, path string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	i, err := w.Begin(t.Context(), recordsReceipt(table, filepath.Base(path)))
	if err != nil {
		t.Fatal(err)
	}
	rows := csv.NewReader(f)
	rows.ReuseRecord = true
	head, err := rows.Read()
	if err != nil {
		t.Fatal(err)
	}
	head = slices.Clone(head)
	for line := int64(2); ; {
		run := &behold.Records{Table: table, Columns: make([]behold.Cells, len(table.Columns()))}
		for ; err == nil && run.Len() < 4096; line++ {
			var row []string
			if row, err = rows.Read(); err == nil {
				run.Row = append(run.Row, line)
				addRow(run, head, row)
			}
		}
		if failed := i.Records(t.Context(), run); failed != nil {
			t.Fatal(failed)
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	r := recordsReceipt(table, filepath.Base(path))
	if err := i.Commit(t.Context(), &r); err != nil {
		t.Fatal(err)
	}
}

func addRow(r *behold.Records, head, row []string) {
	for k, c := range r.Table.Columns() {
		value := ""
		if at := slices.Index(head, c.Name); at >= 0 {
			value = row[at]
		}
		addFileCell(&r.Columns[k], c.Form, value)
	}
}

// addFileCell reads a value as the invented shop writes it.
func addFileCell(c *behold.Cells, f behold.Form, value string) {
	switch {
	case f == behold.FormText || f == behold.FormWord:
		c.Text = append(c.Text, strings.Clone(value))
	case f == behold.FormNumber && value == "":
		c.Number = append(c.Number, math.NaN())
	case f == behold.FormNumber:
		x, err := strconv.ParseFloat(value, 64)
		must(err)
		c.Number = append(c.Number, x)
	case value == "":
		c.Whole = append(c.Whole, behold.NoWhole)
	case f == behold.FormMoney:
		x, err := strconv.ParseFloat(value, 64)
		must(err)
		c.Whole = append(c.Whole, int64(math.Round(100*x)))
	case f == behold.FormMonth && len(value) == len("2025-01"):
		c.Whole = append(c.Whole, micros(value+"-01")/86400e6)
	case f == behold.FormDay || f == behold.FormMonth:
		c.Whole = append(c.Whole, micros(value)/86400e6)
	case f == behold.FormMoment && len(value) == len(time.DateOnly):
		c.Whole = append(c.Whole, micros(value))
	case f == behold.FormMoment:
		at, err := time.Parse(time.DateTime, value)
		must(err)
		c.Whole = append(c.Whole, at.UnixMicro())
	case f == behold.FormFlag && (value == "yes" || value == "true"):
		c.Whole = append(c.Whole, 1)
	case f == behold.FormFlag && (value == "no" || value == "false"):
		c.Whole = append(c.Whole, 0)
	default:
		n, err := strconv.ParseInt(value, 10, 64)
		must(err)
		c.Whole = append(c.Whole, n)
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
