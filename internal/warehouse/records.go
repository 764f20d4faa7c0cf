package warehouse

import (
	"context"
	"math"
	"strconv"

	"behold"
)

// A recordBatch collects rows of one of the tables beside orders and customers.
// Their columns are behold.Table.Columns; every table is kept in the same way,
// so that the SQL is made from the columns too.
type recordBatch struct {
	batch
	of               behold.Table
	said             []*column // one for each of the table's columns
	recorded         *column
	attributes       *column
	by, row          *column
	nth              *column          // of the rows with one key, where keys may repeat; else nil
	met              map[string]int64 // how often a key came, where keys may repeat
	customer, begins int              // columns; -1: the table has none
	numbers          []int32
	first, last      behold.Day // on which the rows happened
}

func newRecordBatch(t behold.Table) *recordBatch {
	b := &recordBatch{batch: batch{table: string(t) + "_incoming"}, of: t, customer: t.Column("customer"), begins: -1, first: behold.NoDay, last: behold.NoDay}
	for k, c := range t.Columns() {
		b.said = append(b.said, b.column(c.Name, formOf(c)))
		if b.begins < 0 && begins(c) {
			b.begins = k
		}
	}
	if t.Repeats() {
		b.nth, b.met = b.column("nth", asBig), map[string]int64{}
	}
	b.recorded, b.attributes = b.column("recorded_at", asMoment), b.column("attributes", asText)
	b.by, b.row = b.column("import_id", asBig), b.column("file_row", asBig)
	return b
}

// begins tells whether the column is one that says when a row happened.
func begins(c behold.Column) bool {
	return c.Required && (c.Form == behold.FormMoment || c.Form == behold.FormDay || c.Form == behold.FormMonth)
}

// formOf is how a column is kept; a customer is a number.
func formOf(c behold.Column) form {
	switch c.Form {
	case behold.FormMoment:
		return asMoment
	case behold.FormDay, behold.FormMonth:
		return asDay
	case behold.FormMoney, behold.FormCount:
		return asBig
	case behold.FormNumber:
		return asReal
	case behold.FormFlag:
		return asFlag
	}
	if c.Name == "customer" {
		return asInt
	}
	return asText
}

// Records takes a run of rows of a table beside orders and customers; nothing
// of it is needed after the call. Of rows of one import with the same key the
// last is kept, and the others count as known; where keys may repeat all are kept.
func (i *Import) Records(ctx context.Context, r *behold.Records) error {
	if r.Len() == 0 {
		return nil
	}
	b, err := i.recordsOf(ctx, r.Table)
	if err != nil {
		return wrap(err, "keep rows of %s", r.Table)
	}
	b.note(r)
	if b.customer >= 0 {
		b.numbers = i.customers.many(b.numbers[:0], r.Columns[b.customer].Text)
		for _, number := range b.numbers {
			i.seen.see(number)
		}
	}
	b.add(r, i.id)
	if b.rows >= flushRows || b.size() > 256<<20 {
		err = i.putNow(ctx, &b.batch)
	}
	return wrap(err, "keep rows of %s", r.Table)
}

// recordsOf is the batch that rows of the table wait in.
func (i *Import) recordsOf(ctx context.Context, t behold.Table) (*recordBatch, error) {
	if b := i.records[t]; b != nil {
		return b, i.broken
	}
	if len(t.Columns()) == 0 {
		return nil, &behold.Error{Kind: behold.Invalid, Say: "there is no table of records called " + string(t)}
	}
	if err := i.wait(); err != nil {
		return nil, err
	}
	if _, err := i.conn.ExecContext(ctx, recordQuery("make", t)); err != nil {
		return nil, err
	}
	if i.records == nil {
		i.records = map[behold.Table]*recordBatch{}
	}
	b := newRecordBatch(t)
	i.records[t] = b
	return b, nil
}

// note remembers from when to when the rows happened.
func (b *recordBatch) note(r *behold.Records) {
	if b.begins < 0 {
		return
	}
	moment := b.said[b.begins].form == asMoment
	for _, at := range r.Columns[b.begins].Whole {
		day := behold.Day(at)
		if moment {
			day = dayOfMicros(at)
		}
		if !b.first.Known() {
			b.first = day
		}
		b.first, b.last = min(b.first, day), max(b.last, day)
	}
}

func (b *recordBatch) add(r *behold.Records, id int64) {
	before := b.rows
	for k, c := range b.said {
		if k == b.customer {
			c.addInt(b.numbers...)
			continue
		}
		c.addCells(before, &r.Columns[k])
	}
	if b.nth != nil {
		b.countKeys(r)
	}
	if r.RecordedAt != nil {
		b.recorded.addCells(before, &behold.Cells{Whole: r.RecordedAt})
	}
	optional(before, b.attributes, r.Attributes, (*column).addText)
	b.by.sameBig(id, r.Len())
	b.row.addBig(r.Row...)
	b.rows += r.Len()
}

// countKeys adds which of the rows with its key each row is.
func (b *recordBatch) countKeys(r *behold.Records) {
	var key []byte
	for i := range r.Len() {
		key = key[:0]
		for k, c := range r.Table.Columns() {
			if !c.Key {
				continue
			}
			cells := &r.Columns[k]
			if cells.Text != nil {
				key = append(key, cells.Text[i]...)
			}
			if cells.Whole != nil {
				key = strconv.AppendInt(key, cells.Whole[i], 10)
			}
			key = append(key, 0)
		}
		b.met[string(key)]++
		b.nth.addBig(b.met[string(key)])
	}
}

// addCells adds the column of a run of rows, of which so many were there before.
// Where nothing is said it is null.
func (c *column) addCells(before int, cells *behold.Cells) {
	switch {
	case cells.Text != nil:
		optional(before, c, cells.Text, (*column).addText)
	case cells.Whole != nil:
		optional(before, c, cells.Whole, (*column).addWhole)
	case cells.Number != nil:
		optional(before, c, cells.Number, (*column).addNumber)
	}
}

func (c *column) addWhole(v ...int64) {
	for _, n := range v {
		switch {
		case n == behold.NoWhole:
			c.null()
		case c.form == asDay:
			c.addInt(int32(n))
		case c.form == asFlag:
			c.addFlag(n != 0)
		default:
			c.addBig(n)
		}
	}
}

func (c *column) addNumber(v ...float64) {
	for _, x := range v {
		if math.IsNaN(x) {
			c.null()
			continue
		}
		c.addReal(x)
	}
}

// settleRecords compares the rows of the table with those that are there and
// keeps what is new or changed. It also tells whether it met rows of earlier
// imports.
func (i *Import) settleRecords(ctx context.Context, b *recordBatch) (c counts, met bool, err error) {
	if err := i.putNow(ctx, &b.batch); err != nil {
		return c, false, err
	}
	do := func(name string, args ...any) error {
		_, err := i.conn.ExecContext(ctx, recordQuery(name, b.of), args...)
		return err
	}
	if err := do("compare", i.receipt.Source); err != nil {
		return c, false, err
	}
	var old int64
	if err := i.conn.QueryRowContext(ctx, recordQuery("count", b.of)).Scan(&c.fresh, &c.known, &c.changed, &old); err != nil {
		return c, false, err
	}
	if c.changed > 0 {
		if err := do("supersede", i.id); err != nil {
			return c, false, err
		}
	}
	return c, old > 0, do("keep")
}

// recordTables are the tables that are kept as records, in the order of DESIGN 3.
func recordTables() []behold.Table {
	var list []behold.Table
	for _, t := range behold.Tables() {
		if len(t.Columns()) > 0 {
			list = append(list, t)
		}
	}
	return list
}

// recordQuery is sql/record.name.tmpl for one of the tables: all are kept alike.
func recordQuery(name string, t behold.Table) string {
	about := struct {
		Table      behold.Table
		Keys, Rest []string
		ID, Marked string // the column of the id, and what its mark is made of; "" where the table has none
		Begins     string
		Of         bool // rows are about a customer
	}{Table: t, Begins: beginsAt(t), Of: t.Column("customer") >= 0}
	for _, c := range t.Columns() {
		quoted := `"` + c.Name + `"` // "at" is a word of the engine's own
		if !c.Key {
			about.Rest = append(about.Rest, quoted)
			continue
		}
		about.Keys = append(about.Keys, quoted)
		if about.ID == "" && c.Form == behold.FormText && c.Name != "customer" {
			about.ID, about.Marked = quoted, quoted
		}
	}
	if t.Repeats() {
		about.Keys = append(about.Keys, "nth")
	}
	if t == behold.TablePeople {
		about.Marked = "lower(" + about.ID + ")" // contacts name them, in any letter case
	}
	return made("record."+name, about)
}

// beginsAt is when a row of the table began: from then on it may be known.
func beginsAt(t behold.Table) string {
	switch t {
	case behold.TablePeople:
		return "valid_from"
	case behold.TableInvoices:
		return "least(due_on, paid_on)"
	}
	for _, c := range t.Columns() {
		if begins(c) {
			return `"` + c.Name + `"`
		}
	}
	return ""
}
