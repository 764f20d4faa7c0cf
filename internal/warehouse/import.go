package warehouse

import (
	"context"
	"database/sql"
	"time"

	"behold"
)

// An Import is one file on its way into the warehouse: one transaction that
// ends in Commit or Rollback. It is for one goroutine.
type Import struct {
	w       *Warehouse
	conn    *sql.Conn
	id      int64
	receipt behold.Receipt
	again   bool // the import of this number is being read again after an undo
	staged  bool // the source has lines already, so these wait beside them

	customers, products, categories dictionary
	named                           productNames
	numbers                         numbers
	seen                            numberSet
	first, last                     int64 // ordered_at
	count                           int64
	leans                           bool // met rows of earlier imports

	lines   *lineBatch
	flow    *flow // of lines, while it runs
	broken  error // what stopped the import, so that a later call says it too
	people  *customerBatch
	rejects *rejectBatch
	records map[behold.Table]*recordBatch
}

// Begin starts an import. Of the receipt it needs Source and Table, and Import
// only when a kept file is read again on behalf of Undo. It waits until no other
// writer is at work.
//
// Begin is Conflict while imports that an undo took out wait to be read again.
func (w *Warehouse) Begin(ctx context.Context, r behold.Receipt) (*Import, error) {
	conn, err := w.begin(ctx)
	if err != nil {
		return nil, wrap(err, "start an import")
	}
	i := &Import{w: w, conn: conn, receipt: r}
	if err := i.open(ctx); err != nil {
		w.end(conn, "rollback")
		return nil, wrap(err, "start the import of %s", r.File)
	}
	return i, nil
}

func (i *Import) open(ctx context.Context) error {
	if err := i.take(ctx); err != nil {
		return err
	}
	i.customers.table, i.products.table, i.categories.table = "customer", "product", "category"
	for _, d := range []*dictionary{&i.customers, &i.products, &i.categories} {
		if err := d.load(ctx, i.conn); err != nil {
			return err
		}
	}
	if err := i.named.load(ctx, i.conn); err != nil {
		return err
	}
	if err := i.conn.QueryRowContext(ctx, query("line.any"), i.receipt.Source).Scan(&i.staged); err != nil {
		return err
	}
	table := "line"
	if i.staged {
		table = "incoming"
		if _, err := i.conn.ExecContext(ctx, query("incoming.make")); err != nil {
			return err
		}
	}
	i.lines, i.people, i.rejects = newLineBatch(table), newCustomerBatch(), newRejectBatch()
	_, err := i.conn.ExecContext(ctx, query("customer_incoming.make"))
	return err
}

// take finds the import's number: the next one, or the one that is to be read again.
func (i *Import) take(ctx context.Context) error {
	var next int64
	var waiting int
	var mine bool
	err := i.conn.QueryRowContext(ctx, query("receipt.next"), i.receipt.Import).Scan(&next, &waiting, &mine)
	switch {
	case err != nil:
		return err
	case i.receipt.Import != 0 && !mine:
		return &behold.Error{Kind: behold.Conflict, Code: "undone", Say: "this import is not waiting to be read again"}
	case i.receipt.Import == 0 && waiting > 0:
		return &behold.Error{Kind: behold.Conflict, Code: "undo_busy", Say: "an undo was interrupted; some imports must be read again first",
			Hint: "finish the undo, then import this file"}
	}
	i.id, i.again = next, mine
	if mine {
		i.id = i.receipt.Import
	}
	return nil
}

// Lines takes a run of lines; nothing of it is needed after the call. No order
// and line may come twice in one import: whoever reads the file has seen to it.
func (i *Import) Lines(ctx context.Context, l *behold.Lines) error {
	if l.Len() == 0 {
		return nil
	}
	if i.broken != nil {
		return wrap(i.broken, "keep lines")
	}
	i.note(l)
	numbers := i.lookUp(l)
	for from := 0; from < l.Len(); {
		to := min(l.Len(), from+max(flushRows-i.lines.rows, 1))
		i.lines.add(part(l, from, to), numbers.part(from, to), i.id)
		from = to
		if i.lines.full() {
			i.sendLines(ctx)
		}
	}
	return wrap(i.broken, "keep lines")
}

// sendLines puts what was collected while the next lines are read.
func (i *Import) sendLines(ctx context.Context) {
	if i.broken != nil {
		return
	}
	if i.flow == nil {
		i.flow = startFlow(context.WithoutCancel(ctx), i.conn) // it goes on after the call whose context this is
	}
	next, err := i.flow.send(i.lines)
	if err != nil {
		i.broken = err
		return
	}
	i.lines = next
}

// wait until the lines that were sent are put, so that the connection is free.
func (i *Import) wait() error {
	if i.flow == nil {
		return i.broken
	}
	if err := i.flow.end(); err != nil && i.broken == nil {
		i.broken = err
	}
	i.flow = nil
	return i.broken
}

// note remembers count and span of the lines.
func (i *Import) note(l *behold.Lines) {
	if i.count == 0 {
		i.first, i.last = l.At[0], l.At[0]
	}
	for _, at := range l.At {
		i.first, i.last = min(i.first, at), max(i.last, at)
	}
	i.count += int64(l.Len())
}

// Customers takes what a file says about customers.
func (i *Import) Customers(ctx context.Context, list []behold.Customer) error {
	for k := range list {
		number := i.customers.of(list[k].ID)
		i.seen.see(number)
		i.people.add(&list[k], number, i.id)
		if i.people.rows >= flushRows {
			if err := i.putNow(ctx, &i.people.batch); err != nil {
				return wrap(err, "keep customers")
			}
		}
	}
	return nil
}

// Rejects takes rows that could not be used.
func (i *Import) Rejects(ctx context.Context, list []behold.Reject) error {
	for k := range list {
		i.rejects.add(&list[k], i.id)
		if i.rejects.rows >= flushRows {
			if err := i.putNow(ctx, &i.rejects.batch); err != nil {
				return wrap(err, "keep rejected rows")
			}
		}
	}
	return nil
}

// putNow puts a batch when the connection is free, and empties it.
func (i *Import) putNow(ctx context.Context, b *batch) error {
	if err := i.wait(); err != nil {
		return err
	}
	i.broken = put(ctx, i.conn, b)
	b.reset()
	return i.broken
}

// Commit keeps the import and fills in the receipt: Import, Kept, Changed,
// Customers, FirstDay, LastDay; to Known, which has the lines that were not sent
// because the file repeats them, it adds those that were there before. What it
// is given of the rest is kept with the rows. After an error nothing of the
// import is there.
func (i *Import) Commit(ctx context.Context, r *behold.Receipt) error {
	err := i.settle(ctx, r)
	if err == nil {
		r.Import = i.id
		err = i.saveReceipt(ctx, r)
	}
	if err != nil {
		i.wait()
		i.w.end(i.conn, "rollback")
		return wrap(err, "keep the import of %s", r.File)
	}
	err = i.w.end(i.conn, "commit")
	i.w.writes.Add(1)
	return wrap(err, "keep the import of %s", r.File)
}

// Rollback fills in the same counts as Commit would and leaves nothing. With a
// nil receipt it only leaves nothing.
func (i *Import) Rollback(r *behold.Receipt) error {
	var err error
	if r != nil && i.broken == nil {
		err = i.settle(context.Background(), r)
		r.Import = 0
	}
	i.wait()
	return wrap(joined(err, i.w.end(i.conn, "rollback")), "take back the import")
}

func joined(first, second error) error {
	if first != nil {
		return first
	}
	return second
}

func dayOfMicros(at int64) behold.Day { return behold.DayOf(time.UnixMicro(at).UTC()) }
