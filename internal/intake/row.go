package intake

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"behold"

	"github.com/cespare/xxhash/v2"
	"golang.org/x/text/encoding/charmap"
)

// A batch is a chunk and what was made of it.
type batch struct {
	chunk
	lines     behold.Lines
	keys      []twinKey // of each line: its order with its line, or with its product
	content   []uint32  // hash of each row, where lines have numbers of their own
	named     []bool    // the line has a number of its own
	customers []behold.Customer
	buyers    []uint64 // hash of each of customers
	rows      []int64  // of customers, in a customers file
	rejects   []behold.Reject
	read      int64
	latin     int64 // rows with Windows-1252 in them
	unicode   bool  // somewhere there is UTF-8 beyond ASCII
	noAmount  int64
	badDebt   int64
	ignored   map[int]ignored
	texts     arena
	done      chan struct{}
	err       error
	at        int64 // bytes of the file read so far
}

// ignored counts the values of a column that could not be used.
type ignored struct {
	rows    int64
	example string
}

// A parser turns chunks into batches. Each core has its own.
type parser struct {
	p      *plan
	split  cells
	clocks [fields]clock
	goods  *goodsBook
	kinds  map[string]documentKind

	b       *batch
	data    []byte
	row     int64
	rowFrom int
	rowTo   int
	clean   bool // the chunk is valid UTF-8
	nul     bool
	latin   bool // the row has Windows-1252 in it
	seen    map[uint64]struct{}
	last    string // customer of the row before
	scratch []byte
	known   struct {
		currency string
		digits   int
	}
}

type documentKind struct{ credit, badDebt, noSale bool }

func newParser(p *plan) *parser {
	w := &parser{p: p, split: cells{sep: p.sep}, goods: newGoodsBook(), kinds: map[string]documentKind{}, seen: map[uint64]struct{}{}}
	for f, i := range p.at {
		if i >= 0 && field(f).isDate() {
			w.clocks[f].form = p.dates[i]
		}
	}
	w.known.currency, w.known.digits = p.currency, p.digits
	return w
}

// parse reads all rows of b's chunk. from is where the first one begins.
func (w *parser) parse(b *batch, from int) {
	w.b, w.data, w.row = b, b.data, b.line
	b.clear()
	clear(w.seen)
	w.last = ""
	isASCII := ascii(b.data)
	w.clean = isASCII || utf8.Valid(b.data)
	b.unicode = w.clean && !isASCII
	w.nul = bytes.IndexByte(b.data, 0) >= 0
	bad := 0
	if from > 0 {
		w.row += int64(bytes.Count(b.data[:from], []byte{'\n'}))
	}
	for at := from; at < len(b.data); {
		for bad < len(b.bad) && b.bad[bad].from < at {
			bad++
		}
		if bad < len(b.bad) && b.bad[bad].from == at {
			b.read++
			w.rejectText("", string(trim(b.data[at:min(b.bad[bad].to, at+300)])), b.bad[bad].why)
			at = b.bad[bad].to
			w.row++
			continue
		}
		end := w.split.split(b.data, at)
		w.rowFrom, w.rowTo = at, end
		w.take()
		w.row += w.lineEnds(at, end)
		at = end
	}
}

// lineEnds counts the lines of a row: one, but for line ends in quoted cells.
func (w *parser) lineEnds(from, to int) int64 {
	first := bytes.IndexByte(w.data[from:to], '\n')
	if first < 0 || from+first+1 == to {
		return 1
	}
	return int64(bytes.Count(w.data[from:to], []byte{'\n'}))
}

// take makes one row into a line or a customer, or rejects it.
func (w *parser) take() {
	if w.blank() {
		return
	}
	w.b.read++
	w.latin = false
	if !w.wellFormed() {
		return
	}
	if w.p.table == behold.TableCustomers {
		w.customerRow()
	} else {
		w.orderRow()
	}
	if w.latin {
		w.b.latin++
	}
}

// blank says whether the row has nothing in it, as spreadsheets leave them.
func (w *parser) blank() bool {
	for _, c := range w.split.list {
		if c.to > c.from && len(trim(w.data[c.from:c.to])) > 0 {
			return false
		}
	}
	return true
}

func (w *parser) wellFormed() bool {
	list := w.split.list
	if w.rowTo-w.rowFrom > maxCell {
		for i, c := range list {
			if c.to-c.from > maxCell {
				w.reject(i, WhyCellTooLong)
				return false
			}
		}
	}
	if w.nul {
		if n := bytes.IndexByte(w.data[w.rowFrom:w.rowTo], 0); n >= 0 {
			w.reject(slices.IndexFunc(list, func(c cell) bool { return bytes.IndexByte(w.data[c.from:c.to], 0) >= 0 }), WhyNULByte)
			return false
		}
	}
	if len(list) < w.p.fewest {
		w.rejectText("", string(trim(w.data[w.rowFrom:w.rowTo])), WhyTooFewCells)
		return false
	}
	for i := len(w.p.headers); i < len(list); i++ {
		if len(trim(w.data[list[i].from:list[i].to])) > 0 {
			w.rejectText("", string(trim(w.data[w.rowFrom:w.rowTo])), WhyTooManyCells)
			return false
		}
	}
	return true
}

// raw is the trimmed cell of a field, nil when the row has none or it is empty.
func (w *parser) raw(f field) []byte {
	i := w.p.at[f]
	if i < 0 || i >= len(w.split.list) {
		return nil
	}
	c := w.split.list[i]
	return trim(w.data[c.from:c.to])
}

// text is the cell of a field as text.
func (w *parser) text(f field) string { return w.textAt(w.p.at[f]) }

func (w *parser) textAt(i int) string {
	if i < 0 || i >= len(w.split.list) {
		return ""
	}
	c := w.split.list[i]
	b := trim(w.data[c.from:c.to])
	if len(b) == 0 {
		return ""
	}
	if c.doubled {
		b = bytes.ReplaceAll(b, []byte(`""`), []byte(`"`))
	}
	if !w.clean && !utf8.Valid(b) {
		w.latin = true
		if t, err := charmap.Windows1252.NewDecoder().Bytes(b); err == nil {
			return w.b.texts.add(t)
		}
	}
	if c.doubled {
		return w.b.texts.add(b)
	}
	if !w.clean && !ascii(b) {
		w.b.unicode = true
	}
	return view(b)
}

// key is the text of a field that names something; what people write for
// "nothing" counts as nothing.
func (w *parser) key(f field) string {
	s := w.text(f)
	if isEmptyWord(s) {
		return ""
	}
	return s
}

func isEmptyWord(s string) bool {
	if len(s) == 0 || len(s) > 4 && s[0] != '0' || s[0] > '0' && s[0] < '9' {
		return false
	}
	return slices.ContainsFunc(emptyWords, func(w string) bool { return strings.EqualFold(w, s) })
}

// trim takes blanks off both ends, no-break ones too.
func trim(b []byte) []byte {
	for len(b) > 0 && b[0] <= ' ' && b[0] != 0 {
		b = b[1:]
	}
	for len(b) > 0 && b[len(b)-1] <= ' ' && b[len(b)-1] != 0 {
		b = b[:len(b)-1]
	}
	for len(b) > 1 && b[0] == 0xc2 && b[1] == 0xa0 {
		b = trim(b[2:])
	}
	for n := len(b); n > 1 && b[n-2] == 0xc2 && b[n-1] == 0xa0; n = len(b) {
		b = trim(b[:n-2])
	}
	return b
}

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

// moneys are the numbers of a row.
type moneys struct {
	quantity, price, listPrice float64
	amount, cost, discount     int64
	currency                   string
	digits                     int
	isReturn, badDebt          bool
	recordedAt                 int64
}

// money reads the numbers of a row and works out amount and sign. Not ok when
// one of those that make the amount cannot be read: the row is then rejected.
func (w *parser) money() (moneys, bool) {
	m := moneys{currency: w.p.currency, digits: w.p.digits}
	if w.p.at[fCurrency] >= 0 {
		if c := w.key(fCurrency); c != "" {
			w.setCurrency(&m, c)
		}
	}
	quantity, hasQuantity, ok := w.number(fQuantity)
	if !ok {
		return m, false
	}
	price, hasPrice, ok := w.number(fUnitPrice)
	if !ok {
		return m, false
	}
	amount, hasAmount, ok := w.number(fAmount)
	if !ok {
		return m, false
	}
	discount, _, ok := w.number(fDiscount)
	if !ok {
		return m, false
	}
	if !hasQuantity {
		quantity = decimal{1, 0}
	}
	if w.p.noAmount {
		price, hasPrice = decimal{1, 0}, true
	}
	var fits, fitsToo bool
	m.discount, fits = discount.minor(m.digits)
	if m.amount, fitsToo = w.amountOf(hasAmount, amount, hasPrice, quantity, price, m); !fits || !fitsToo {
		w.reject(max(w.p.at[fAmount], w.p.at[fQuantity]), WhyNumberTooLarge)
		return m, false
	}
	m.quantity, m.price = quantity.float(), price.float()
	if !hasAmount && !hasPrice {
		w.b.noAmount++
	}
	kind := w.documentKind()
	if kind.noSale {
		w.reject(w.p.at[fStatus], WhyNotASale)
		return m, false
	}
	m.badDebt = kind.badDebt || w.writesOffDebt()
	m.isReturn = !m.badDebt && (kind.credit || quantity.mantissa < 0 || m.amount < 0)
	if m.isReturn && m.amount > 0 {
		m.amount = -m.amount
	}
	m.cost, m.listPrice = w.optionalMinor(fCost, m.digits), w.optional(fListPrice).float()
	return m, true
}

// amountOf is the amount as given, or quantity × unit price − discount.
func (w *parser) amountOf(given bool, amount decimal, priced bool, quantity, price decimal, m moneys) (int64, bool) {
	switch {
	case given:
		return amount.minor(m.digits)
	case !priced:
		return 0, true
	}
	product, ok := quantity.times(price)
	if !ok {
		v := math.Round((quantity.float() * price.float()) * math.Pow10(m.digits))
		return int64(v) - m.discount, math.Abs(v) < 1<<62
	}
	v, ok := product.minor(m.digits)
	return v - m.discount, ok
}

func (w *parser) setCurrency(m *moneys, c string) {
	if c != w.known.currency {
		w.known.currency = strings.ToUpper(c)
		w.known.digits = behold.MinorDigits(w.known.currency)
	}
	m.currency, m.digits = w.known.currency, w.known.digits
}

// number reads a number that makes the amount.
func (w *parser) number(f field) (d decimal, has, ok bool) {
	cell := w.raw(f)
	if len(cell) == 0 {
		return d, false, true
	}
	d, why := w.p.numbers[w.p.at[f]].parse(cell)
	if why == "" {
		return d, true, true
	}
	if isEmptyWord(string(cell)) {
		return decimal{}, false, true
	}
	if fold(string(cell)) == fold(w.p.headers[w.p.at[f]]) {
		why = WhyHeaderAgain
	}
	w.reject(w.p.at[f], why)
	return d, false, false
}

// optional reads a number the row can do without: one that cannot be read is
// left out and counted.
func (w *parser) optional(f field) decimal {
	cell := w.raw(f)
	if len(cell) == 0 {
		return decimal{}
	}
	d, why := w.p.numbers[w.p.at[f]].parse(cell)
	if why != "" {
		w.ignore(f, cell)
		return decimal{}
	}
	return d
}

func (w *parser) optionalMinor(f field, digits int) int64 {
	v, ok := w.optional(f).minor(digits)
	if !ok {
		w.ignore(f, w.raw(f))
		return 0
	}
	return v
}

// optionalDay reads a day the row can do without.
func (w *parser) optionalDay(f field) behold.Day {
	cell := w.raw(f)
	if len(cell) == 0 {
		return behold.NoDay
	}
	at, why := w.clocks[f].parse(cell)
	if why != "" {
		w.ignore(f, cell)
		return behold.NoDay
	}
	return behold.Day(floorDiv(at, microsOfDay))
}

func (w *parser) ignore(f field, cell []byte) {
	if isEmptyWord(string(cell)) {
		return
	}
	i := w.p.at[f]
	n := w.b.ignored[i]
	n.rows++
	if n.example == "" {
		n.example = shorten(strings.ToValidUTF8(string(cell), "?"), 40)
	}
	if w.b.ignored == nil {
		w.b.ignored = map[int]ignored{}
	}
	w.b.ignored[i] = n
}

// documentKind reads the kind and the state of the document, if columns say.
func (w *parser) documentKind() documentKind {
	var kind documentKind
	if text := w.text(fDocument); text != "" {
		kind = w.kindOf(text)
		kind.noSale = false
	}
	if text := w.text(fStatus); text != "" {
		kind.noSale = w.kindOf(text).noSale
	}
	return kind
}

func (w *parser) kindOf(text string) documentKind {
	if kind, ok := w.kinds[text]; ok {
		return kind
	}
	kind := documentKind{credit: isCredit(text), badDebt: isBadDebt(text), noSale: slices.Contains(noSaleWords, fold(text))}
	if len(w.kinds) < mostJudged {
		w.kinds[strings.Clone(text)] = kind
	}
	return kind
}

// writesOffDebt says whether the product text books a bad debt. Such texts are
// rare and begin with few letters, so most rows are let go at the first one.
func (w *parser) writesOffDebt() bool {
	name := w.raw(fProductName)
	if len(name) < 6 {
		return false
	}
	switch name[0] | 0x20 {
	case 'a', 'b', 'd', 'f', 'k', 'o', 't', 'u':
	default:
		return false
	}
	code := w.raw(fProduct)
	if bytes.ContainsAny(code, "0123456789") {
		return false
	}
	return w.kindOf(w.text(fProductName)).badDebt
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
	at, l := &w.p.at, &w.b.lines
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
	line := w.text(fLine)
	named := line != ""
	if w.p.at[fLine] >= 0 {
		b.named = append(b.named, named)
		b.content = append(b.content, uint32(xxhash.Sum64(w.rowBytes())))
	}
	if !named {
		line = product
	}
	b.lines.Line = append(b.lines.Line, line)
	switch {
	case named:
		line = w.tagged(line)
	case line == "":
		line = name
	}
	b.keys = append(b.keys, twinKeyOf(order, line))
}

// tagged keeps line numbers and product codes apart in a file that has both.
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
	out := append(w.scratch[:0], '{')
	for _, i := range w.p.rest {
		if v := w.textAt(i); v != "" && w.p.headers[i] != "" {
			out = appendPair(out, w.p.headers[i], v)
		}
	}
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

func appendPair(out []byte, name, value string) []byte {
	if len(out) > 1 {
		out = append(out, ',')
	}
	out = append(appendJSON(out, name), ':')
	return appendJSON(out, value)
}

// reject says why the row cannot be used; column is its place in the file.
func (w *parser) reject(column int, why string) {
	name, value := "", ""
	if column >= 0 && column < len(w.p.headers) {
		name = w.p.headers[column]
	}
	if column >= 0 && column < len(w.split.list) {
		c := w.split.list[column]
		c.to = min(c.to, c.from+1000)
		value = strings.TrimSpace(plainText(w.data, c))
	}
	w.rejectText(name, value, why)
}

func (w *parser) rejectText(column, value, why string) {
	w.b.rejects = append(w.b.rejects, behold.Reject{Row: w.row, Column: column, Value: presentable(value), Why: why})
}

// presentable shortens a value to 200 characters and shows what cannot be
// printed as a sign that can.
func presentable(value string) string {
	value = strings.Map(func(r rune) rune {
		switch {
		case r == 0:
			return '␀'
		case r < ' ':
			return ' '
		}
		return r
	}, strings.ToValidUTF8(value, "�"))
	n := 0
	for i := range value {
		if n == 199 && len(value) > i+utf8.UTFMax {
			return value[:i] + "…"
		}
		n++
	}
	return value
}

func (b *batch) clear() {
	l := &b.lines
	*l = behold.Lines{
		Row: l.Row[:0], Order: l.Order[:0], Line: l.Line[:0], Customer: l.Customer[:0], At: l.At[:0], RecordedAt: l.RecordedAt[:0],
		Product: l.Product[:0], ProductName: l.ProductName[:0], Category: l.Category[:0], Quantity: l.Quantity[:0],
		UnitPrice: l.UnitPrice[:0], Amount: l.Amount[:0], Cost: l.Cost[:0], ListPrice: l.ListPrice[:0], Discount: l.Discount[:0],
		Offer: l.Offer[:0], Currency: l.Currency[:0], PromisedOn: l.PromisedOn[:0], DeliveredOn: l.DeliveredOn[:0],
		CreditOf: l.CreditOf[:0], Return: l.Return[:0], Goods: l.Goods[:0], Attributes: l.Attributes[:0],
	}
	b.keys, b.content, b.named = b.keys[:0], b.content[:0], b.named[:0]
	b.customers, b.buyers, b.rows, b.rejects = b.customers[:0], b.buyers[:0], b.rows[:0], b.rejects[:0]
	b.read, b.latin, b.noAmount, b.badDebt, b.unicode, b.err = 0, 0, 0, 0, false, nil
	b.ignored = nil
	b.texts.reset()
}
