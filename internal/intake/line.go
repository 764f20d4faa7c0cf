package intake

import (
	"bytes"
	"cmp"
	"strings"

	"behold"

	"github.com/cespare/xxhash/v2"
)

// orderRow makes the row into a line of an order.
func (w *parser) orderRow() {
	customer := w.key(fCustomer)
	if w.p.pointOff {
		customer = strings.TrimSuffix(customer, ".0")
	}
	if customer == "" {
		w.reject(w.p.at[fCustomer], WhyNoCustomer)
		return
	}
	at, ok := w.required(fOrderedAt)
	if !ok {
		return
	}
	order := w.text(fOrder)
	if w.p.at[fOrder] < 0 {
		order = w.madeOrder(customer, at)
	} else if order == "" {
		w.reject(w.p.at[fOrder], WhyNoOrder)
		return
	}
	m, ok := w.money()
	if !ok {
		return
	}
	m.recordedAt = at
	if w.p.at[fRecordedAt] >= 0 && len(w.raw(fRecordedAt)) > 0 {
		if m.recordedAt, ok = w.required(fRecordedAt); !ok {
			return
		}
	}
	w.add(customer, order, at, m)
}

// required reads a date that the row cannot do without.
func (w *parser) required(f field) (int64, bool) {
	cell := w.raw(f)
	if len(cell) == 0 {
		w.reject(w.p.at[f], WhyNoDate)
		return 0, false
	}
	at, why := w.clocks[f].parse(cell)
	if why == "" {
		return at, true
	}
	if fold(string(cell)) == fold(w.p.headers[w.p.at[f]]) {
		why = WhyHeaderAgain
	} else if isEmptyWord(string(cell)) {
		why = WhyNoDate
	}
	w.reject(w.p.at[f], why)
	return 0, false
}

// madeOrder names the order of a customer's day.
func (w *parser) madeOrder(customer string, at int64) string {
	day := behold.Day(floorDiv(at, microsOfDay))
	w.scratch = append(w.scratch[:0], customer...)
	w.scratch = append(w.scratch, ' ')
	w.scratch = day.Time().AppendFormat(w.scratch, "2006-01-02")
	return w.b.texts.add(w.scratch)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// add appends the line to the batch.
func (w *parser) add(customer, order string, at int64, m moneys) {
	p, l := w.p, &w.b.lines
	product, name := w.text(fProduct), w.text(fProductName)
	l.Row = append(l.Row, w.row)
	l.Order = append(l.Order, order)
	l.Customer = append(l.Customer, customer)
	l.At = append(l.At, at)
	l.Amount = append(l.Amount, m.kept())
	l.Return = append(l.Return, m.isReturn)
	l.Goods = append(l.Goods, !m.badDebt && w.goods.goods(product, name))
	w.identify(order, product, name)
	if p.at[fRecordedAt] >= 0 {
		l.RecordedAt = append(l.RecordedAt, m.recordedAt)
	}
	if p.at[fProduct] >= 0 {
		l.Product = append(l.Product, product)
	}
	if p.at[fProductName] >= 0 {
		l.ProductName = append(l.ProductName, name)
	}
	if p.at[fQuantity] >= 0 {
		l.Quantity = append(l.Quantity, m.quantity)
	}
	if p.at[fUnitPrice] >= 0 {
		l.UnitPrice = append(l.UnitPrice, m.price)
	}
	if p.currency != "" || p.at[fCurrency] >= 0 {
		l.Currency = append(l.Currency, m.currency)
	}
	if m.badDebt {
		w.b.badDebt++
	}
	w.addRare(m)
	w.addAttributes(m)
	if p.carriesCustomers() {
		w.buyer(customer)
	}
}

// kept is the amount that counts: a bad debt is no money that came or went
// with goods.
func (m moneys) kept() int64 {
	if m.badDebt {
		return 0
	}
	return m.amount
}

// addRare fills the columns that few files have.
func (w *parser) addRare(m moneys) {
	at, l := w.p.at, &w.b.lines
	if at[fCategory] >= 0 {
		l.Category = append(l.Category, w.text(fCategory))
	}
	if at[fCost] >= 0 {
		l.Cost = append(l.Cost, m.cost)
	}
	if at[fListPrice] >= 0 {
		l.ListPrice = append(l.ListPrice, m.listPrice)
	}
	if at[fDiscount] >= 0 {
		l.Discount = append(l.Discount, m.discount)
	}
	if at[fOffer] >= 0 {
		l.Offer = append(l.Offer, w.text(fOffer))
	}
	if at[fPromisedOn] >= 0 {
		l.PromisedOn = append(l.PromisedOn, w.optionalDay(fPromisedOn))
	}
	if at[fDeliveredOn] >= 0 {
		l.DeliveredOn = append(l.DeliveredOn, w.optionalDay(fDeliveredOn))
	}
	if at[fCreditOf] >= 0 {
		l.CreditOf = append(l.CreditOf, w.text(fCreditOf))
	}
}

// identify keeps what tells this line from others, see the package comment.
func (w *parser) identify(order, product, name string) {
	b := w.b
	line, numbered := w.text(fLine), w.p.at[fLine] >= 0
	named := line != ""
	if !named {
		line = cmp.Or(product, name)
	}
	b.lines.Line = append(b.lines.Line, line)
	if numbered {
		b.named = append(b.named, named)
		b.content = append(b.content, uint32(xxhash.Sum64(w.rowBytes())))
	}
	if numbered && !named {
		line = w.tagged(line)
	}
	b.keys = append(b.keys, twinKeyOf(order, line))
}

// tagged keeps the count of a name apart from a line that is called so.
func (w *parser) tagged(line string) string {
	w.scratch = append(append(w.scratch[:0], 0), line...)
	return view(w.scratch)
}

// rowBytes is the row as it stands, without its line end.
func (w *parser) rowBytes() []byte {
	return bytes.TrimRight(w.data[w.rowFrom:w.rowTo], "\r\n")
}

// addAttributes keeps the columns without a field as a JSON object.
func (w *parser) addAttributes(m moneys) {
	if len(w.p.rest) == 0 && !m.badDebt {
		if w.b.lines.Attributes != nil {
			w.b.lines.Attributes = append(w.b.lines.Attributes, "")
		}
		return
	}
	out := w.appendRest(append(w.scratch[:0], '{'))
	if m.badDebt {
		out = appendPair(out, "amount", behold.Money{Minor: m.amount, Currency: m.currency}.Decimal())
	}
	w.scratch = out
	text := ""
	if len(out) > 1 {
		text = w.b.texts.add(append(out, '}'))
	}
	l := &w.b.lines
	for len(l.Attributes) < len(l.Row)-1 { // the first one of a file without such columns
		l.Attributes = append(l.Attributes, "")
	}
	l.Attributes = append(l.Attributes, text)
}

// appendRest writes the columns without a field; objects and lists stay what
// they are.
func (w *parser) appendRest(out []byte) []byte {
	for _, i := range w.p.rest {
		v := w.textAt(i)
		switch {
		case v == "" || w.p.headers[i] == "":
		case w.nested(i):
			out = append(append(appendName(out, w.p.headers[i]), ':'), v...)
		default:
			out = appendPair(out, w.p.headers[i], v)
		}
	}
	return out
}

func appendName(out []byte, name string) []byte {
	if len(out) > 1 {
		out = append(out, ',')
	}
	return appendJSON(out, name)
}

func appendPair(out []byte, name, value string) []byte {
	return appendJSON(append(appendName(out, name), ':'), value)
}
