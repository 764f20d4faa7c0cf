package intake

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"

	"behold"
)

// Evidence is what the values of a column show about how they are written.
type evidence struct {
	dayFirst, monthFirst, eitherDay, serial, iso int // dates
	point, comma, eitherMark                     int // numbers
	halfDays                                     int // dates with AM or PM
	filled, pointZero, pounds, euros             int
	rated, labels                                int     // answers on a scale: in numbers, in words
	least, most                                  float64 // of those in numbers
	extreme                                      bool    // a label of a scale that goes on to "extremely"
	example                                      string  // of a value that can be read both ways
	firstText                                    string
}

// learner gathers the evidence of all columns.
type learner struct {
	p    *plan
	seen []evidence
}

// rows walks over rows of a chunk; only limits the columns, nil means all.
func (l *learner) rows(c *chunk, from int, only []int) {
	split := l.p.cells()
	bad := 0
	for at := from; at < len(c.data); {
		for bad < len(c.bad) && c.bad[bad].from < at {
			bad++
		}
		if bad < len(c.bad) && c.bad[bad].from == at {
			at = c.bad[bad].to
			continue
		}
		at = split.split(c.data, at)
		for i, cell := range split.list {
			if i >= len(l.seen) || only != nil && !slices.Contains(only, i) {
				continue
			}
			if v := trim(c.data[cell.from:cell.to]); len(v) > 0 && len(v) < maxCell {
				l.value(i, v)
				l.keepExample(i, c.data, cell)
			}
		}
	}
}

// keepExample remembers the first three different values of a column.
func (l *learner) keepExample(i int, data []byte, c cell) {
	if kept := l.p.examples[i]; len(kept) < 3 {
		if v := shorten(strings.TrimSpace(plainText(data, c)), 60); !slices.Contains(kept, v) {
			l.p.examples[i] = append(kept, v)
		}
	}
}

func (l *learner) value(i int, v []byte) {
	e := &l.seen[i]
	e.filled++
	switch f := l.p.fields[i]; {
	case f.isItem():
		e.rate(v)
	case f.isDate():
		e.date(v)
	case f.isNumber():
		e.number(v)
	case f == fCustomer:
		if n := len(v); n > 2 && v[n-1] == '0' && v[n-2] == '.' && allDigits(v[:n-2]) {
			e.pointZero++
		}
	case f == fCurrency && e.firstText == "":
		e.firstText = strings.ToUpper(string(v))
	}
}

func (e *evidence) date(v []byte) {
	w, rest, ok := splitDate(v)
	switch {
	case !ok:
		if n, bare := plain(v, '.'); bare && n.float() >= 20_000 && n.float() < 60_000 {
			e.serial++
		}
		return
	case w.lenA == 4:
		e.iso++
		return
	case w.named || w.monthLeading:
		return
	case w.a > 12 && w.a <= 31 && w.b <= 12:
		e.dayFirst++
	case w.b > 12 && w.b <= 31 && w.a <= 12:
		e.monthFirst++
	case w.a != w.b:
		e.eitherDay++
	}
	if n := len(rest); n > 1 && rest[n-1]|0x20 == 'm' {
		e.halfDays++
	}
}

// number looks for proof of the decimal mark: two different marks (the last is
// it), one mark twice (the other is it), or not three digits behind it.
func (e *evidence) number(v []byte) {
	if bytes.Contains(v, []byte("£")) || bytes.IndexByte(v, 0xa3) >= 0 {
		e.pounds++
	}
	if bytes.Contains(v, []byte("€")) {
		e.euros++
	}
	core, _, ok := undress(v)
	if !ok {
		return
	}
	points, commas := bytes.Count(core, []byte{'.'}), bytes.Count(core, []byte{','})
	last := bytes.LastIndexAny(core, ".,")
	switch {
	case last < 0:
	case points > 0 && commas > 0:
		e.proof(core[last])
	case points > 1:
		e.proof(',')
	case commas > 1:
		e.proof('.')
	case len(core)-last-1 != 3 || last == 0 || last > 3 || core[0] == '0':
		e.proof(core[last])
	default:
		e.eitherMark++
		if e.example == "" {
			e.example = string(v)
		}
	}
}

func (e *evidence) proof(mark byte) {
	if mark == ',' {
		e.comma++
	} else {
		e.point++
	}
}

// learn settles date order and decimal marks from the head, and from the rest
// of the file for columns that the head leaves open.
func (p *plan) learn(ctx context.Context, s *source, head []byte, path string, opt Options) (*learner, error) {
	l := &learner{p: p, seen: make([]evidence, len(p.headers))}
	var c chunk
	cut := cutter{text: bytes.NewReader(head), sep: p.sep, json: p.json(), size: headSize}
	if err := cut.next(&c); err != nil && err != io.EOF {
		return nil, err
	}
	if len(head) == headSize { // the last row may be cut
		c.data = c.data[:bytes.LastIndexByte(c.data, '\n')+1]
	}
	l.rows(&c, min(p.start, len(c.data)), nil)
	if open := l.open(s, opt); len(open) > 0 && len(head) == headSize {
		if err := l.readOn(ctx, path, s, open, opt); err != nil {
			return nil, err
		}
	}
	l.settle(s, opt)
	l.itemColumns()
	return l, nil
}

// open are the columns that can still be read in two ways.
func (l *learner) open(s *source, opt Options) []int {
	var open []int
	_, sure := l.fileMark(s)
	for i, f := range l.p.fields {
		e := &l.seen[i]
		switch {
		case f.isDate() && opt.DateOrder == "" && e.eitherDay > 0 && e.dayFirst+e.monthFirst == 0:
			open = append(open, i)
		case f.isNumber() && !sure && opt.Decimal == "" && e.eitherMark > 0 && e.point+e.comma == 0:
			open = append(open, i)
		}
	}
	return open
}

// readOn reads the file once more, until every open column is settled.
func (l *learner) readOn(ctx context.Context, path string, s *source, open []int, opt Options) error {
	again, err := openSource(path, s.shown, s.limit, opt)
	if err != nil {
		return err
	}
	defer again.Close()
	cut := cutter{text: again.text, sep: l.p.sep, json: l.p.json(), size: chunkSize}
	var c chunk
	for skip := l.p.start; len(open) > 0; skip = 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := cut.next(&c); err == io.EOF {
			return nil
		} else if err != nil {
			return again.torn(err)
		}
		l.rows(&c, min(skip, len(c.data)), open)
		open = l.open(s, opt)
	}
	return nil
}

// fileMark is the decimal mark that the columns together show; not sure when
// none of them shows any.
func (l *learner) fileMark(s *source) (mark byte, sure bool) {
	point, comma := 0, 0
	for _, e := range l.seen {
		point, comma = point+e.point, comma+e.comma
	}
	switch {
	case s.kind != "csv" && comma == 0, point > comma:
		return '.', true
	case comma > 0:
		return ',', true
	case l.p.sep == ';':
		return ',', false
	}
	return '.', false
}

func (l *learner) settle(s *source, opt Options) {
	mark, sure := l.fileMark(s)
	for i, f := range l.p.fields {
		e := &l.seen[i]
		switch {
		case f.isNumber():
			l.settleNumber(i, mark, sure, opt)
		case f.isDate():
			l.settleDate(i, s, opt)
		case f == fCustomer && e.filled > 0 && e.pointZero == e.filled:
			l.p.pointOff = true
			l.p.note(NotePointZero, "column", l.p.headers[i])
		case f == fCurrency && l.p.currency == "" && e.firstText != "":
			l.p.currency = e.firstText
		}
		l.guessCurrency(i)
	}
	l.p.digits = behold.MinorDigits(l.p.currency)
}

func (l *learner) settleNumber(i int, mark byte, sure bool, opt Options) {
	e := &l.seen[i]
	switch {
	case e.point > e.comma:
		mark = '.'
	case e.comma > e.point:
		mark = ','
	case opt.Decimal != "":
		mark = opt.Decimal[0]
	case e.eitherMark > 0 && !sure:
		l.p.note(NoteDecimalsAmbiguous, "column", l.p.headers[i], "example", shorten(e.example, 40), "taken", string(mark))
	}
	l.p.numbers[i].mark = mark
}

func (l *learner) settleDate(i int, s *source, opt Options) {
	e, form := &l.seen[i], &l.p.dates[i]
	form.serial = s.kind == "xlsx" || e.serial > 0 && e.serial*10 >= e.filled*9
	switch {
	case opt.DateOrder != "":
		form.monthFirst = opt.DateOrder == MonthFirst
	case e.dayFirst+e.monthFirst > 0:
		form.monthFirst = e.monthFirst > e.dayFirst
		if e.dayFirst > 0 && e.monthFirst > 0 {
			l.p.note(NoteDatesContradict, "column", l.p.headers[i], "taken", form.String())
		}
	case e.eitherDay > 0:
		// Only Americans put the month first, and they write AM and PM.
		form.monthFirst = l.p.currency == "USD" || e.halfDays > 0
		l.p.note(NoteDatesAmbiguous, "column", l.p.headers[i], "taken", form.String())
	}
}

// guessCurrency takes a sign that stands beside the amounts, where it is one
// that only one currency has.
func (l *learner) guessCurrency(i int) {
	e := &l.seen[i]
	if l.p.currency != "" || l.p.at[fCurrency] >= 0 || !l.p.fields[i].isMoney() {
		return
	}
	switch {
	case e.pounds > e.euros:
		l.p.currency = "GBP"
	case e.euros > e.pounds:
		l.p.currency = "EUR"
	default:
		return
	}
	l.p.note(NoteCurrencyGuessed, "currency", l.p.currency, "column", l.p.headers[i])
}

// String names the form as receipts show it.
func (f dateForm) String() string {
	if f.monthFirst {
		return "month/day/year"
	}
	return "day/month/year"
}

// shown is how the column's values turned out to be written, for the receipt.
func (l *learner) shown(i int) string {
	e := &l.seen[i]
	switch f := l.p.fields[i]; {
	case f.isDate() && e.dayFirst+e.monthFirst+e.eitherDay > 0:
		return l.p.dates[i].String()
	case f.isDate() && e.iso > 0:
		return "2006-01-02"
	case f.isDate() && l.p.dates[i].serial:
		return "spreadsheet"
	case f.isNumber() && e.point+e.comma+e.eitherMark > 0:
		return "1" + string(l.p.numbers[i].mark) + "5"
	}
	return ""
}
