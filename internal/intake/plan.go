package intake

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"behold"

	"golang.org/x/text/encoding/charmap"
)

// A plan says how each row of a file is read.
type plan struct {
	heading
	headers  []string
	sep      byte
	line     int64 // of the header
	start    int   // bytes of the text up to and with the header
	numbers  []numberForm
	dates    []dateForm
	at       []int          // column of each field, or -1
	fewest   int            // cells a row must have
	rest     []int          // columns without a field
	places   map[string]int // of JSON lines: column of each name
	items    []itemColumn   // of answers: a column for each question
	values   itemColumn     // of answers: the one column of values
	currency string         // of rows that do not say
	digits   int            // minor digits of it
	pointOff bool           // customer numbers end in .0
	noAmount bool
	examples [][]string
	notes    []behold.Note
}

// headSize is how much of a file is looked at before the first row is read.
const headSize = 1 << 20

// separators in the order in which they win a tie.
var separators = []byte{',', ';', '\t', '|'}

// firstRows splits the first rows of a head; the last one may be cut off.
func firstRows(head []byte, sep byte, most int) (rows [][]string, ends []int) {
	cut := cutter{text: bytes.NewReader(head), sep: sep, size: headSize}
	var c chunk
	if cut.next(&c) != nil {
		return nil, nil
	}
	split := cells{sep: sep}
	for at, bad := 0, 0; at < len(c.data) && len(rows) < most; {
		if bad < len(c.bad) && c.bad[bad].from == at {
			at = c.bad[bad].to
			bad++
			rows, ends = append(rows, nil), append(ends, at)
			continue
		}
		at = split.split(c.data, at)
		row := make([]string, len(split.list))
		for i, cell := range split.list {
			row[i] = strings.TrimSpace(plainText(c.data, cell))
		}
		rows, ends = append(rows, row), append(ends, at)
	}
	return rows, ends
}

// plainText is a cell's text with its doubled quotes undone, in UTF-8.
func plainText(data []byte, c cell) string {
	b := data[c.from:c.to]
	if c.doubled {
		b = bytes.ReplaceAll(b, []byte(`""`), []byte(`"`))
	}
	if !utf8.Valid(b) {
		if t, err := charmap.Windows1252.NewDecoder().Bytes(b); err == nil {
			b = t
		}
	}
	return string(b)
}

// makePlan finds separator, header and table in the head of a file. The best
// reading is the one in which most headers are known; it must have the
// required columns.
func makePlan(s *source, head []byte, opt Options) (*plan, error) {
	given, err := opt.given()
	if err != nil {
		return nil, err
	}
	g := guess{book: newWordbook(), given: given, as: opt.As, lenient: opt.Lenient}
	if s.names != nil {
		g.try(plan{headers: s.names})
	} else {
		g.tryRows(s, head)
	}
	return g.settle(s, opt)
}

// tryRows looks for the header among the first rows, with every separator.
func (g *guess) tryRows(s *source, head []byte) {
	for _, sep := range s.separators() {
		rows, ends := firstRows(head, sep, 20)
		for i, row := range rows {
			g.try(plan{headers: row, sep: sep, line: int64(bytes.Count(head[:startOf(ends, i)], []byte{'\n'})) + 1, start: ends[i]})
		}
	}
}

func startOf(ends []int, i int) int {
	if i == 0 {
		return 0
	}
	return ends[i-1]
}

func (s *source) separators() []byte {
	if s.kind == "xlsx" {
		return separators[:1]
	}
	return separators
}

// leavesOut says whether the user wants nothing of the column kept.
func (opt Options) leavesOut(header string) bool {
	for h, name := range opt.Map {
		if name == behold.LeftOut && fold(h) == fold(header) {
			return true
		}
	}
	return false
}

// given is the user's own map, folded header to field, for each table that the
// file may be; "", AsAttribute and LeftOut keep a column out of every field.
func (opt Options) given() (map[behold.Table]map[string]field, error) {
	given := map[behold.Table]map[string]field{}
	for header, name := range opt.Map {
		known := name == "" || name == behold.AsAttribute || name == behold.LeftOut
		for _, table := range opt.tables() {
			f, ok := fieldNamed(name, table)
			known = known || ok
			if given[table] == nil {
				given[table] = map[string]field{}
			}
			if given[table][fold(header)] == attribute { // of two headers that fold alike the one with a field counts
				given[table][fold(header)] = f
			}
		}
		if !known {
			return nil, &behold.Error{Kind: behold.Invalid, Say: "the map gives " + strconv.Quote(header) + " the unknown column " + strconv.Quote(name), Hint: "columns are: " + strings.Join(columnNames(opt.tables()), ", ")}
		}
	}
	return given, nil
}

// tables are those that the file may be one of, the likelier first.
func (opt Options) tables() []behold.Table {
	if opt.As != "" {
		return []behold.Table{opt.As}
	}
	tables := []behold.Table{behold.TableOrders, behold.TableCustomers}
	for _, t := range behold.Tables() {
		if isRecord(t) {
			tables = append(tables, t)
		}
	}
	return tables
}

// columnNames lists the columns of the tables, each name once.
func columnNames(tables []behold.Table) []string {
	var out []string
	for f := fOrder; f < allFields(); f++ {
		of := func(t behold.Table) bool { return f.isOf(t) }
		if slices.ContainsFunc(tables, of) && !slices.Contains(out, f.String()) {
			out = append(out, f.String())
		}
	}
	return out
}

// complete fills in what follows from header and options.
func (p *plan) complete(opt Options) {
	p.numbers, p.dates = make([]numberForm, len(p.headers)), make([]dateForm, len(p.headers))
	p.examples = make([][]string, len(p.headers))
	p.at = make([]int, allFields())
	for f := range allFields() {
		p.at[f] = p.column(f)
	}
	p.at[attribute] = -1
	if p.json() {
		p.places = map[string]int{}
		for i, name := range p.headers {
			p.places[name] = i
		}
	}
	for i, f := range p.fields {
		p.numbers[i].mark = '.'
		if f == attribute && !opt.leavesOut(p.headers[i]) {
			p.rest = append(p.rest, i)
		}
	}
	needed := []field{fOrder, fCustomer, fOrderedAt, fQuantity, fUnitPrice, fAmount, fDiscount, fLine}
	if isRecord(p.table) {
		needed = required(p.table)
	}
	for _, f := range needed {
		p.fewest = max(p.fewest, p.at[f]+1)
	}
	p.noAmount = p.table == behold.TableOrders && p.at[fAmount] < 0 && p.at[fUnitPrice] < 0
	p.currency = strings.ToUpper(opt.Currency)
	if p.heading.currency != "" && p.heading.currency != p.currency {
		p.currency = p.heading.currency
		p.note(NoteCurrencyGuessed, "currency", p.currency, "column", p.currencyFrom)
	}
	p.digits = behold.MinorDigits(p.currency)
	p.noteHeader()
}

func (p *plan) noteHeader() {
	for _, t := range p.twice {
		p.note(NoteColumnTwice, "header", t.header, "kept", t.kept, "field", t.field.String())
	}
	if p.line > 1 {
		p.note(NotePreamble, "line", strconv.FormatInt(p.line, 10))
	}
	if p.table == behold.TableOrders && p.at[fOrder] < 0 {
		p.note(NoteOrderMade)
	}
	if p.noAmount {
		p.note(NoteNoAmount)
	}
	if p.table == behold.TableAnswers && p.at[answerField("answer")] < 0 {
		p.note(NoteAnswerMade)
	}
}

// note adds a note; args are name, value, name, value.
func (p *plan) note(code string, args ...string) {
	n := behold.Note{Code: code}
	for i := 0; i+1 < len(args); i += 2 {
		if n.Args == nil {
			n.Args = map[string]string{}
		}
		n.Args[args[i]] = args[i+1]
	}
	if !slices.ContainsFunc(p.notes, func(m behold.Note) bool { return m.Code == code && sameArgs(m.Args, n.Args) }) {
		p.notes = append(p.notes, n)
	}
}

func sameArgs(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}

// readHead reads the first part of the text.
func readHead(text io.Reader) ([]byte, error) {
	head := make([]byte, headSize)
	for n := 0; ; {
		m, err := text.Read(head[n:])
		n += m
		if err == io.EOF || n == len(head) {
			return head[:n], nil
		}
		if err != nil {
			return nil, err
		}
	}
}
