package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"behold"
)

// maxBytes is how much of a file is read, unpacked: more is no table that
// somebody tries by hand, or a gzip bomb.
const maxBytes = 1 << 30

// A Table is a file of named columns.
type Table struct {
	Name    string   // of the file, as errors say it
	Columns []string // as the header has them
	rows    [][]string
	lines   []int // of the file, where each row begins
	comma   rune  // what parts the cells
}

// Read reads CSV: comma, semicolon, tab or bar, UTF-8 or Windows-1252, the first
// line naming the columns. Where rows are ragged they may end before the header
// does, as those of a workbook do, and what is not there is empty.
//
// Errors: *behold.Error, Invalid, with the line where one is to blame.
func Read(name string, text io.Reader, ragged bool) (*Table, error) {
	all, err := io.ReadAll(io.LimitReader(text, maxBytes+1))
	switch {
	case err != nil:
		return nil, torn(name, err)
	case len(all) > maxBytes:
		return nil, invalid(name+" is larger than 1 GB", "import it with behold import, which reads any size")
	}
	return parse(name, all, ragged)
}

func parse(name string, text []byte, ragged bool) (*Table, error) {
	if bytes.IndexByte(text, 0) >= 0 {
		return nil, invalid(name+" is not a text file", "save the table as CSV and try again")
	}
	if !utf8.Valid(text) {
		text, _ = charmap.Windows1252.NewDecoder().Bytes(text) // every byte has a letter there
	}
	t := &Table{Name: name, comma: separator(text)}
	in := csv.NewReader(bytes.NewReader(text))
	in.Comma, in.LazyQuotes = t.comma, true
	if ragged {
		in.FieldsPerRecord = -1
	}
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, invalid(name+" is empty", "the first line names the columns, each line below is one row")
	}
	if err != nil {
		return nil, crooked(name, err)
	}
	for _, cell := range header {
		t.Columns = append(t.Columns, strings.TrimSpace(cell))
	}
	if err := t.named(); err != nil {
		return nil, err
	}
	if err := t.fill(in); err != nil {
		return nil, err
	}
	return t, nil
}

// named refuses a heading that stands twice: nobody could say which is meant.
func (t *Table) named() error {
	for i, c := range t.Columns {
		if c != "" && slices.Contains(t.Columns[:i], c) {
			return invalid(t.Name+" has two columns called "+c, "name them apart, or leave one out")
		}
	}
	return nil
}

func (t *Table) fill(in *csv.Reader) error {
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return crooked(t.Name, err)
		}
		line, _ := in.FieldPos(0)
		if len(row) > len(t.Columns) { // only where rows are ragged
			return invalid(fmt.Sprintf("%s, line %d: the row is longer than the header", t.Name, line), "give every column a name in the first row")
		}
		for len(row) < len(t.Columns) {
			row = append(row, "")
		}
		t.rows, t.lines = append(t.rows, row), append(t.lines, line)
	}
	if len(t.rows) == 0 {
		return invalid(t.Name+" has a header and no rows", "each line below the header is one row")
	}
	return nil
}

// Len is the number of rows.
func (t *Table) Len() int { return len(t.rows) }

// Line is the line of the file where a row begins.
func (t *Table) Line(row int) int { return t.lines[row] }

// Find is the place of the first of the names that is a column, or −1. Letter
// case, blanks and signs do not count.
func (t *Table) Find(names ...string) int {
	for _, name := range names {
		place := slices.IndexFunc(t.Columns, func(c string) bool { return Fold(c) == Fold(name) })
		if place >= 0 {
			return place
		}
	}
	return -1
}

// Pick is the table with only the rows that keep says yes to.
func (t *Table) Pick(keep func(row int) bool) *Table {
	picked := &Table{Name: t.Name, Columns: t.Columns, comma: t.comma}
	for i, row := range t.rows {
		if keep(i) {
			picked.rows, picked.lines = append(picked.rows, row), append(picked.lines, t.lines[i])
		}
	}
	return picked
}

// Fold is a heading as it is compared: small letters and digits alone.
func Fold(heading string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, heading)
}

// separator is the sign that the header has most of.
func separator(text []byte) rune {
	header, _, _ := bytes.Cut(text, []byte("\n"))
	best, most := ',', 0
	for _, c := range ",;\t|" {
		if n := bytes.Count(header, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

func invalid(say, hint string) error {
	return &behold.Error{Kind: behold.Invalid, Say: say, Hint: hint}
}

func torn(name string, err error) error {
	return &behold.Error{Kind: behold.Invalid, Say: name + " cannot be read to its end", Hint: "is the file whole? bring it again", Err: err}
}

// crooked says in which line the cells do not fit the header.
func crooked(name string, err error) error {
	var at *csv.ParseError
	if !errors.As(err, &at) {
		return torn(name, err)
	}
	return invalid(fmt.Sprintf("%s, line %d: %v", name, at.Line, at.Err), "every line needs as many cells as the header; a cell with a separator in it stands in quotes")
}
