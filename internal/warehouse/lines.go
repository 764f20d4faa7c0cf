package warehouse

import (
	"cmp"

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
type numbers struct {
	customer, product, category []int32
	words                       []string
}

// part are the numbers of some of the lines.
func (n *numbers) part(from, to int) numbers {
	return numbers{customer: n.customer[from:to], product: n.product[from:to], category: n.category[from:to]}
}

// lookUp turns words into numbers.
func (i *Import) lookUp(l *behold.Lines) *numbers {
	n := &i.numbers
	n.customer = i.customers.many(n.customer[:0], l.Customer)
	for _, number := range n.customer {
		i.seen.see(number)
	}
	n.product = numbered(n.product[:0], n.productWords(l), l.Len(), &i.products)
	if l.ProductName != nil {
		for k, number := range n.product {
			i.named.see(number, l.ProductName[k])
		}
	}
	n.category = numbered(n.category[:0], l.Category, l.Len(), &i.categories)
	return n
}

// productWords are what the products are called: by code, or by name when they
// have no code.
func (n *numbers) productWords(l *behold.Lines) []string {
	switch {
	case l.ProductName == nil:
		return l.Product
	case l.Product == nil:
		return l.ProductName
	}
	n.words = append(n.words[:0], l.Product...)
	for k, w := range n.words {
		n.words[k] = cmp.Or(w, l.ProductName[k])
	}
	return n.words
}

// numbered appends the numbers of n words; without words they are all -1.
func numbered(to []int32, words []string, n int, d *dictionary) []int32 {
	if words != nil {
		return d.many(to, words)
	}
	for range n {
		to = append(to, -1)
	}
	return to
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

// some are the entries of a column that not every run of lines has.
func some[T any](v []T, from, to int) []T {
	if v == nil {
		return nil
	}
	return v[from:to]
}

// part are some of the lines.
func part(l *behold.Lines, from, to int) *behold.Lines {
	return &behold.Lines{
		Row: l.Row[from:to], Order: l.Order[from:to], Line: l.Line[from:to], Customer: l.Customer[from:to], At: l.At[from:to],
		RecordedAt: some(l.RecordedAt, from, to), Product: some(l.Product, from, to), ProductName: some(l.ProductName, from, to),
		Category: some(l.Category, from, to), Quantity: some(l.Quantity, from, to), UnitPrice: some(l.UnitPrice, from, to),
		Amount: l.Amount[from:to], Cost: some(l.Cost, from, to), ListPrice: some(l.ListPrice, from, to),
		Discount: some(l.Discount, from, to), Offer: some(l.Offer, from, to), Currency: some(l.Currency, from, to),
		PromisedOn: some(l.PromisedOn, from, to), DeliveredOn: some(l.DeliveredOn, from, to), CreditOf: some(l.CreditOf, from, to),
		Return: l.Return[from:to], Goods: l.Goods[from:to], Attributes: some(l.Attributes, from, to),
	}
}
