package paper

import (
	"bufio"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"
	"text/tabwriter"

	"behold"
	"behold/internal/phrase"
)

// A Document is a report, said in one language.
type Document struct {
	Lang     string
	Title    string
	Under    string   // below the title: the company, the day
	Leads    []string // what matters most, in sentences
	Sections []Section
	Foot     string
	Short    bool // fits two sheets of paper
}

// A Section is one question with its answer.
type Section struct {
	Figure  string // what Help calls the figure that it tells; "": none
	Title   string
	Says    []string
	Picture Picture
	Tables  []Table

	HowTitle, How string // how the figures are worked out, folded away; "" for none
}

// A Picture is SVG in two widths; the zero Picture is none.
type Picture struct{ Wide, Narrow string }

// A Table has the figures of a picture, or those that no picture shows.
type Table struct {
	Head []string
	Rows []Row
}

// A Row is one line of a table.
type Row struct {
	Cells  []string
	Strong bool
	Part   bool // of the strong row above it
}

// Made says of whom a report is and who made it.
type Made struct {
	Company string // "": not said
	Version string
}

func newDocument(words *phrase.Phrases, made Made, title string, day behold.Day) Document {
	under := words.T("report.as_of", "Day", words.Date(day))
	if made.Company != "" {
		under = made.Company + " · " + under
	}
	return Document{Lang: words.Lang(), Title: title, Under: under, Foot: words.T("report.foot", "Version", made.Version)}
}

var (
	//go:embed page.html
	pageText string
	//go:embed page.css
	pageStyle string
)

// HTML writes the document as one page that needs nothing else.
func (d *Document) HTML(w io.Writer) error {
	page, err := template.New("page").Funcs(template.FuncMap{
		"svg":   func(s string) template.HTML { return template.HTML(s) }, // chart escapes every word in it
		"whole": whole,
		"style": func() template.CSS { return template.CSS(pageStyle) },
	}).Parse(pageText)
	if err != nil {
		return err
	}
	return page.Execute(w, d)
}

// Text writes the document for a terminal: sentences and tables, without pictures.
func (d *Document) Text(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s\n%s\n", d.Title, d.Under)
	say(out, d.Leads)
	for _, s := range d.Sections {
		fmt.Fprintf(out, "\n%s\n", s.Title)
		say(out, s.Says)
		for _, t := range s.Tables {
			t.text(out)
		}
	}
	return out.Flush()
}

// whole keeps a range on one line.
func whole(cell string) string { return strings.ReplaceAll(cell, "–", "\u2060–\u2060") }

func say(out io.Writer, sentences []string) {
	for _, s := range sentences {
		fmt.Fprintln(out, "  "+oneLine(s))
	}
}

func (t *Table) text(out io.Writer) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "    "+strings.Join(t.Head, "\t"))
	for _, r := range t.Rows {
		cells := make([]string, len(r.Cells))
		for i, c := range r.Cells {
			cells[i] = oneLine(c)
		}
		fmt.Fprintln(w, "    "+strings.Join(cells, "\t"))
	}
	w.Flush()
}

// oneLine keeps what came from files from breaking a terminal.
func oneLine(s string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return ' '
		}
		return c
	}, s)
}
