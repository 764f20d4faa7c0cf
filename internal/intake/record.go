package intake

import (
	"math"
	"slices"
	"strings"

	"behold"

	"github.com/cespare/xxhash/v2"
)

// A recordReader knows the columns of a record and holds the row that is read.
type recordReader struct {
	columns []readColumn
}

// A readColumn is a column of a record and what the row says in it.
type readColumn struct {
	behold.Column
	field field
	at    int               // column of the file, or -1
	has   bool              // is kept: the file has it, or all its rows share it
	words map[string]string // of FormWord: spellings met so far
	first map[string]string // of FormWord: folded spellings
	made  bool              // from other columns

	text   string
	whole  int64
	number float64
}

func newRecordReader(p *plan) recordReader {
	var r recordReader
	for i, c := range p.table.Columns() {
		f := recordField(p.table, i)
		column := readColumn{Column: c, field: f, at: p.at[f], has: p.at[f] >= 0 || f == fCurrency && p.currency != ""}
		if p.table == behold.TableAnswers && slices.Contains(madeColumns, c.Name) {
			column.has = true
			column.made = column.at < 0 && c.Required
		}
		if len(p.items) > 0 && c.Name == "text" {
			column.at = -1 // it is the item "why" of the row
		}
		if c.Form == behold.FormWord {
			column.words, column.first = map[string]string{}, wordsOf(c)
		}
		r.columns = append(r.columns, column)
	}
	return r
}

// happens is the column that says when the rows of the table are.
func (p *plan) happens() field {
	if !isRecord(p.table) {
		return fOrderedAt
	}
	for i, c := range p.table.Columns() {
		if f := recordField(p.table, i); f.isDate() && c.Form != behold.FormText {
			return f
		}
	}
	return attribute
}

// recordRow makes the row into a record.
func (w *parser) recordRow() {
	m := moneys{currency: w.p.currency, digits: w.p.digits}
	if code := w.key(fCurrency); code != "" {
		w.setCurrency(&m, code)
	}
	for i := range w.record.columns {
		if c := &w.record.columns[i]; !w.readColumn(c, m) {
			return
		}
	}
	recordedAt := int64(behold.NoWhole)
	if len(w.raw(fRecordedAt)) > 0 {
		var ok bool
		if recordedAt, ok = w.required(fRecordedAt); !ok {
			return
		}
	}
	if w.p.table == behold.TableAnswers {
		w.usual()
	}
	if len(w.p.items) > 0 {
		w.answersRow(recordedAt)
		return
	}
	w.addRecord(recordedAt)
}

// madeColumns are those of answers that a row may leave to us.
var madeColumns = []string{"answer", "item", "value", "scale_max", "text"}

// readColumn reads one cell of the row; not ok when the row is rejected for it.
func (w *parser) readColumn(c *readColumn, m moneys) bool {
	c.text, c.whole, c.number = "", behold.NoWhole, math.NaN()
	why, empty := "", true
	if c.at >= 0 {
		why = w.readValue(c, m.digits)
		empty = c.text == "" && c.whole == behold.NoWhole && math.IsNaN(c.number)
	}
	if c.field == fCurrency {
		c.text = m.currency
	}
	if why == "" && empty && c.Required && !c.made {
		why = c.missing()
	}
	if why == "" {
		return true
	}
	if cell := w.raw(c.field); len(cell) > 0 && fold(string(cell)) == fold(w.p.headers[c.at]) {
		why = WhyHeaderAgain
	}
	w.reject(c.at, why)
	return false
}

// missing is why a row without the column is rejected.
func (c *readColumn) missing() string {
	switch {
	case c.field == fCustomer:
		return WhyNoCustomer
	case c.field.isDate():
		return WhyNoDate
	}
	return WhyNoValue
}

// readValue reads a cell by its form and says why it cannot be read, or "".
func (w *parser) readValue(c *readColumn, digits int) string {
	switch c.Form {
	case behold.FormText:
		c.text = w.key(c.field)
		if c.field == fCustomer && w.p.pointOff {
			c.text = strings.TrimSuffix(c.text, ".0")
		}
		if c.Required && c.text != "" && strings.EqualFold(c.text, w.p.headers[c.at]) {
			return WhyHeaderAgain
		}
		return ""
	case behold.FormWord:
		c.text = c.word(w.key(c.field))
		return ""
	case behold.FormFlag:
		w.readFlag(c)
		return ""
	}
	cell := w.raw(c.field)
	if len(cell) == 0 || isEmptyWord(string(cell)) {
		return ""
	}
	if c.field.isDate() {
		return w.readDate(c, cell)
	}
	return w.readNumber(c, cell, digits)
}

// word gives the word of the list that a text stands for; one that stands for
// none stays, in lower case.
func (c *readColumn) word(text string) string {
	if text == "" {
		return ""
	}
	if word, met := c.words[text]; met {
		return word
	}
	word := c.first[fold(text)]
	if word == "" {
		word = strings.ToLower(strings.Clone(text))
	}
	if len(c.words) < mostJudged {
		c.words[strings.Clone(text)] = word
	}
	return word
}

// readFlag understands yes and no; anything else is left out and counted.
func (w *parser) readFlag(c *readColumn) {
	text := w.key(c.field)
	if text == "" {
		return
	}
	if at := yesOrNo(text); at != behold.NoWhole {
		c.whole = at
		return
	}
	w.ignore(c.field, w.raw(c.field))
}

// yesOrNo is 1 for yes, 0 for no, NoWhole for neither.
func yesOrNo(text string) int64 {
	same := func(word string) bool { return strings.EqualFold(word, text) }
	switch {
	case slices.ContainsFunc(yesWords, same):
		return 1
	case slices.ContainsFunc(noWords, same):
		return 0
	}
	return behold.NoWhole
}

func (w *parser) readDate(c *readColumn, cell []byte) string {
	if c.Form == behold.FormMonth {
		if day, ok := month(cell); ok {
			c.whole = int64(day)
			return ""
		}
	}
	at, why := w.clocks[c.field].parse(cell)
	if why != "" {
		return why
	}
	switch c.whole = at; c.Form {
	case behold.FormDay:
		c.whole = floorDiv(at, microsOfDay)
	case behold.FormMonth:
		y, m, _ := behold.Day(floorDiv(at, microsOfDay)).Time().Date()
		c.whole = int64(civil(y, int(m), 1))
	}
	return ""
}

func (w *parser) readNumber(c *readColumn, cell []byte, digits int) string {
	if yes := yesOrNo(string(cell)); c.Form == behold.FormCount && yes != behold.NoWhole {
		c.whole = yes
		return ""
	}
	if w.p.table == behold.TableAnswers && c.Name == "value" && w.rateValue(c, cell) == "" {
		return ""
	}
	d, why := w.p.numbers[c.at].parse(cell)
	switch {
	case why != "":
		return why
	case d.mantissa < 0 && c.Form != behold.FormMoney && c.Name != "value":
		return WhyNegative
	case c.Form == behold.FormNumber:
		c.number = d.float()
		return ""
	}
	if c.Form == behold.FormCount {
		digits = 0
	}
	whole, fits := d.minor(digits)
	if !fits {
		return WhyNumberTooLarge
	}
	if c.Form == behold.FormCount && float64(whole) != d.float() {
		return WhyNotWhole
	}
	c.whole = whole
	return ""
}

// addRecord appends the row to the batch.
func (w *parser) addRecord(recordedAt int64) {
	b, r := w.b, &w.b.records
	r.Table = w.p.table
	r.Row = append(r.Row, w.row)
	if w.p.at[fRecordedAt] >= 0 {
		r.RecordedAt = append(r.RecordedAt, recordedAt)
	}
	if r.Columns == nil {
		r.Columns = make([]behold.Cells, len(w.record.columns))
	}
	for i := range w.record.columns {
		if c := &w.record.columns[i]; c.has {
			c.appendTo(&r.Columns[i])
		}
	}
	w.identifyRecord()
	b.content = append(b.content, w.contentHash())
	out := w.appendRest(append(w.scratch[:0], '{'))
	w.scratch = out
	text := ""
	if len(out) > 1 {
		text = b.texts.add(append(out, '}'))
	}
	r.Attributes = append(r.Attributes, text)
}

func (c *readColumn) appendTo(to *behold.Cells) {
	switch c.Form {
	case behold.FormText, behold.FormWord:
		to.Text = append(to.Text, c.text)
	case behold.FormNumber:
		to.Number = append(to.Number, c.number)
	default:
		to.Whole = append(to.Whole, c.whole)
	}
}

// identifyRecord keeps what tells this row from others: its key columns.
func (w *parser) identifyRecord() {
	w.scratch = w.scratch[:0]
	for i := range w.record.columns {
		c := &w.record.columns[i]
		if !c.Key {
			continue
		}
		text := c.text
		if c.field == fCustomer {
			text = behold.CustomerKey(text)
		}
		w.scratch = append(append(w.scratch, text...), 0)
		if c.whole != behold.NoWhole {
			for n := uint64(c.whole); n != 0; n >>= 8 {
				w.scratch = append(w.scratch, byte(n))
			}
		}
	}
	w.b.keys = append(w.b.keys, twinKeyOf(view(w.scratch), "\x00"))
}

// contentHash stands for all that the row says, in whatever order JSON says it.
func (w *parser) contentHash() uint32 {
	if !w.p.json() {
		return uint32(xxhash.Sum64(w.rowBytes()))
	}
	w.scratch = w.scratch[:0]
	for _, c := range w.split.list {
		w.scratch = append(append(w.scratch, w.data[c.from:c.to]...), 0)
	}
	return uint32(xxhash.Sum64(w.scratch))
}

// clearRecords empties all columns and keeps their room.
func clearRecords(r *behold.Records) {
	r.Row, r.RecordedAt, r.Attributes = r.Row[:0], r.RecordedAt[:0], r.Attributes[:0]
	for i := range r.Columns {
		c := &r.Columns[i]
		c.Text, c.Whole, c.Number = c.Text[:0], c.Whole[:0], c.Number[:0]
	}
}
