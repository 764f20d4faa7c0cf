package intake

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"behold"

	"golang.org/x/text/encoding/charmap"
)

// A parser turns chunks into batches. Each core has its own.
type parser struct {
	p      *plan
	split  cells
	clocks []clock
	record recordReader
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
	of      float64 // the scale that an answer names itself
	known   struct {
		currency string
		digits   int
	}
}

type documentKind struct{ credit, badDebt, noSale bool }

func newParser(p *plan) *parser {
	w := &parser{p: p, split: p.cells(), clocks: make([]clock, allFields()), goods: newGoodsBook(), kinds: map[string]documentKind{}, seen: map[uint64]struct{}{}}
	for f, i := range p.at {
		if i >= 0 && field(f).isDate() {
			w.clocks[f].form = p.dates[i]
		}
	}
	w.known.currency, w.known.digits = p.currency, p.digits
	if isRecord(p.table) {
		w.record = newRecordReader(p)
	}
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
	if w.p.json() {
		return 1
	}
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
	if w.split.broken {
		w.rejectText("", string(trim(w.data[w.rowFrom:min(w.rowTo, w.rowFrom+300)])), WhyNotJSON)
		return
	}
	if !w.wellFormed() {
		return
	}
	switch w.p.table {
	case behold.TableCustomers:
		w.customerRow()
	case behold.TableOrders:
		w.orderRow()
	default:
		w.recordRow()
	}
	if w.latin {
		w.b.latin++
	}
}

// blank says whether the row has nothing in it, as spreadsheets leave them.
func (w *parser) blank() bool {
	if w.split.broken {
		return false
	}
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
	if isEmptyWord(s) || w.p.json() && w.nested(w.p.at[f]) {
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
