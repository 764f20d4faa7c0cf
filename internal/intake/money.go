package intake

import (
	"bytes"
	"math"
	"slices"
	"strings"

	"behold"
)

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
	var read [4]decimal
	var has [4]bool
	for i, f := range [4]field{fQuantity, fUnitPrice, fAmount, fDiscount} {
		var ok bool
		if read[i], has[i], ok = w.number(f); !ok {
			return m, false
		}
	}
	quantity, price, amount, discount := read[0], read[1], read[2], read[3]
	hasQuantity, hasPrice, hasAmount := has[0], has[1], has[2]
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
