package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"behold"
)

// rows prints rows of named columns as a table, JSON or CSV (DESIGN 5).
//
// Cells are string, bool, int, int32, int64, float64, behold.Day,
// behold.Money, nil for what is not known, or, in JSON only, anything that
// encodes itself.
type rows struct {
	columns []string
	short   []string // columns of the table form; nil: all
	put     func(cells []any) error
	end     func() error
}

func newRows(w io.Writer, format string, columns, short []string) (*rows, error) {
	r := &rows{columns: columns, short: short}
	switch format {
	case "json":
		r.json(bufio.NewWriterSize(w, 1<<16))
	case "csv":
		r.csv(w)
	case "table", "":
		r.table(w)
	default:
		return nil, usage(fmt.Sprintf("there is no format %q", format), "choose table, json or csv")
	}
	return r, nil
}

func (r *rows) Put(cells ...any) error { return r.put(cells) }

// End writes what is still to be written, unless the rows failed with err: a
// list that broke off is not finished as if it were whole.
func (r *rows) End(err error) error {
	if err != nil {
		return err
	}
	return r.end()
}

func (r *rows) json(w *bufio.Writer) {
	names := make([][]byte, len(r.columns))
	for i, c := range r.columns {
		names[i], _ = json.Marshal(c)
	}
	before := "[\n"
	r.put = func(cells []any) error {
		w.WriteString(before)
		before = ",\n"
		for i, cell := range cells {
			w.WriteString([]string{"{", ", "}[min(i, 1)])
			w.Write(names[i])
			w.WriteString(": ")
			b, err := encode(jsonCell(cell))
			if err != nil {
				return err
			}
			w.Write(b)
		}
		_, err := w.WriteString("}")
		return err
	}
	r.end = func() error {
		if before == "[\n" {
			w.WriteString("[")
		}
		w.WriteString("\n]\n")
		return w.Flush()
	}
}

// encode is json.Marshal for readers: < stays <, nothing of it goes into a page.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

// jsonCell turns unknown days into null and money into a number in major units.
func jsonCell(cell any) any {
	switch v := cell.(type) {
	case behold.Day:
		if !v.Known() {
			return nil
		}
	case behold.Money:
		return json.RawMessage(v.Decimal())
	case float64:
		return json.RawMessage(decimal(v))
	}
	return cell
}

// decimal writes a figure with as many digits as mean something.
func decimal(v float64) string {
	if v != v || v > 1e300 || v < -1e300 {
		return "null"
	}
	s := strconv.FormatFloat(v, 'g', 6, 64)
	if strings.ContainsRune(s, '+') {
		s = strconv.FormatFloat(v, 'f', 0, 64)
	}
	return s
}

func (r *rows) csv(w io.Writer) {
	out := csv.NewWriter(w)
	line := make([]string, len(r.columns))
	started := false
	start := func() {
		if !started {
			started = true
			_ = out.Write(r.columns) // errors stick to the writer
		}
	}
	r.put = func(cells []any) error {
		start()
		for i, cell := range cells {
			line[i] = csvCell(cell)
		}
		return out.Write(line)
	}
	r.end = func() error {
		start()
		out.Flush()
		return out.Error()
	}
}

// csvCell writes a cell so that no spreadsheet takes a text for a formula.
func csvCell(cell any) string {
	s := plain(cell)
	if _, text := cell.(string); text && s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func (r *rows) table(w io.Writer) {
	out := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	pick := r.short
	if pick == nil {
		pick = r.columns
	}
	place := make([]int, len(pick))
	for i, name := range pick {
		for j, c := range r.columns {
			if c == name {
				place[i] = j
			}
		}
	}
	fmt.Fprintln(out, strings.Join(pick, "\t")) // held back until the end
	r.put = func(cells []any) error {
		for i, j := range place {
			if i > 0 {
				fmt.Fprint(out, "\t")
			}
			fmt.Fprint(out, strings.Map(printable, plain(cells[j])))
		}
		_, err := fmt.Fprintln(out)
		return err
	}
	r.end = out.Flush
}

// counted is a number and what it counts: 1 line, 3 lines.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// line is a text that came in a file, on one line.
func line(s string) string { return strings.Map(printable, s) }

// printable keeps a cell on its line and the terminal unharmed.
func printable(c rune) rune {
	if c < ' ' || c == 0x7f {
		return ' '
	}
	return c
}

// plain writes a cell for CSV and tables; what is not known is empty.
func plain(cell any) string {
	switch v := cell.(type) {
	case nil:
		return ""
	case string:
		return v
	case behold.Day:
		return v.String()
	case behold.Money:
		return v.Decimal()
	case float64:
		if s := decimal(v); s != "null" {
			return s
		}
		return ""
	case json.RawMessage:
		return string(v)
	case fmt.Stringer:
		return v.String()
	}
	return fmt.Sprint(cell)
}
