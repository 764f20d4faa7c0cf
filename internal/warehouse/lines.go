package warehouse

import (
	"context"
	"database/sql"

	"behold"
)

// flushRows is DuckDB's row group: batches of this size are stored as they come.
const flushRows = 122_880

// A lineBatch collects lines until there are enough to be put.
type lineBatch struct {
	batch
	customer, product, category                                *column
	order, line, at, recorded                                  *column
	quantity, unit, amount, cost, discount, list               *column
	offer, currency, promised, delivered, credit, back, things *column
	attributes, by, row                                        *column
}

func newLineBatch(table string) *lineBatch {
	b := &lineBatch{batch: batch{table: table}}
	b.customer, b.product, b.category = b.column("customer", asInt), b.column("product", asInt), b.column("category", asInt)
	b.order, b.line = b.column("order_no", asText), b.column("line_no", asText)
	b.at, b.recorded = b.column("ordered_at", asMoment), b.column("recorded_at", asMoment)
	b.quantity, b.unit = b.column("quantity", asReal), b.column("unit_price", asReal)
	b.amount, b.cost, b.discount = b.column("amount", asBig), b.column("cost", asBig), b.column("discount", asBig)
	b.list, b.offer, b.currency = b.column("list_price", asReal), b.column("offer", asText), b.column("currency", asText)
	b.promised, b.delivered = b.column("promised_on", asDay), b.column("delivered_on", asDay)
	b.credit, b.back, b.things = b.column("credit_of", asText), b.column("is_return", asFlag), b.column("goods", asFlag)
	b.attributes, b.by, b.row = b.column("attributes", asText), b.column("import_id", asBig), b.column("file_row", asBig)
	return b
}

// add copies the lines; their customers, products and categories come as numbers.
func (b *lineBatch) add(l *behold.Lines, n numbers, id int64) {
	before := b.rows
	b.customer.addInt(n.customer...)
	b.product.addInt(n.product...)
	b.category.addInt(n.category...)
	b.order.addWords(l.Order)
	b.line.addWords(l.Line)
	b.at.addBig(l.At...)
	optional(before, b.recorded, l.RecordedAt, (*column).addBig)
	optional(before, b.quantity, l.Quantity, (*column).addReal)
	optional(before, b.unit, l.UnitPrice, (*column).addReal)
	b.amount.addBig(l.Amount...)
	optional(before, b.cost, l.Cost, (*column).addBig)
	optional(before, b.discount, l.Discount, (*column).addBig)
	optional(before, b.list, l.ListPrice, (*column).addReal)
	optional(before, b.offer, l.Offer, (*column).addText)
	optional(before, b.currency, l.Currency, (*column).addText)
	optional(before, b.promised, l.PromisedOn, (*column).addDay)
	optional(before, b.delivered, l.DeliveredOn, (*column).addDay)
	optional(before, b.credit, l.CreditOf, (*column).addText)
	b.back.addFlag(l.Return...)
	b.things.addFlag(l.Goods...)
	optional(before, b.attributes, l.Attributes, (*column).addText)
	b.by.sameBig(id, l.Len())
	b.row.addBig(l.Row...)
	b.rows += l.Len()
}

// optional adds a column that not every run of lines has.
func optional[T any](before int, c *column, v []T, add func(*column, ...T)) {
	if v == nil {
		return
	}
	c.pad(before)
	add(c, v...)
}

func (b *lineBatch) full() bool { return b.rows >= flushRows || b.size() > 256<<20 }

// numbers are the words of some lines as numbers.
type numbers struct{ customer, product, category []int32 }

// lookUp turns words into numbers.
func (i *Import) lookUp(l *behold.Lines) numbers {
	n := &i.numbers
	n.customer, n.product, n.category = n.customer[:0], n.product[:0], n.category[:0]
	for _, id := range l.Customer {
		number := i.customers.of(id)
		n.customer = append(n.customer, number)
		i.seen.see(number)
	}
	for k := range l.Len() {
		n.product = append(n.product, i.productOf(l, k))
		n.category = append(n.category, wordOr(l.Category, k, &i.categories))
	}
	return *n
}

// productOf numbers the product of line k by its code, or by its name when it
// has no code.
func (i *Import) productOf(l *behold.Lines, k int) int32 {
	if number := wordOr(l.Product, k, &i.products); number >= 0 {
		if l.ProductName != nil {
			i.named.see(number, l.ProductName[k])
		}
		return number
	}
	number := wordOr(l.ProductName, k, &i.products)
	if number >= 0 {
		i.named.see(number, l.ProductName[k])
	}
	return number
}

func wordOr(words []string, k int, d *dictionary) int32 {
	if words == nil || words[k] == "" {
		return -1
	}
	return d.of(words[k])
}

// numberSet counts distinct dense numbers.
type numberSet struct {
	bits bitmap
	n    int64
}

func (s *numberSet) see(number int32) {
	if int(number) >= 8*len(s.bits) {
		s.bits = append(s.bits, make(bitmap, max(1<<10, int(number)/8+1-len(s.bits), len(s.bits)))...)
	}
	if !s.bits.is(int(number)) {
		s.bits.on(int(number))
		s.n++
	}
}

// flushLines puts the collected lines on a goroutine, so that the next batch is
// made meanwhile. One put is on its way at most.
func (i *Import) flushLines(ctx context.Context) error {
	if err := i.wait(); err != nil {
		return err
	}
	full := i.lines
	if i.spare == nil {
		i.spare = newLineBatch(full.table)
	}
	i.lines, i.spare = i.spare, full
	i.lines.reset()
	i.putting = make(chan error, 1)
	ctx = context.WithoutCancel(ctx) // the put goes on after the call whose context this is
	go func(done chan<- error, conn *sql.Conn) { done <- put(ctx, conn, &full.batch) }(i.putting, i.conn)
	return nil
}

// wait for the put that is on its way.
func (i *Import) wait() error {
	if i.putting == nil {
		return i.broken
	}
	err := <-i.putting
	i.putting = nil
	if err != nil {
		i.broken = err
	}
	return i.broken
}
