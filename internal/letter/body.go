package letter

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/url"
	"strings"

	"behold"
	"behold/internal/phrase"
)

// Made says for whom a letter is, and where its links lead.
type Made struct {
	Words    *phrase.Phrases
	For      behold.Colleague
	Today    behold.Day
	Company  string // "": not said
	Years    int    // that money at risk looks ahead
	Invented bool   // the shop is not a real one; the letter says so
	Base     string // address of the pages, such as https://behold.firm.example; "": no links
	Stop     string // address that stops such letters; "": none
}

// A Written letter is ready to be sent.
type Written struct{ Subject, Text, HTML string }

// A Body is a letter, said in one language.
type Body struct {
	Lang    string
	Subject string
	Title   string
	Leads   []string
	Items   []Item
	More    Link // below the items
	Parts   []Part
	Foot    []string
	Links   []Link // below everything
}

// An Item is one customer.
type Item struct {
	Name    Link
	Says    []string
	Figures []string
	Next    string
}

// A Part is one question with its answers; each of Rows is a line of a list.
type Part struct {
	Title string
	Says  []string
	Rows  []string
}

// A Link is a word that leads somewhere; without To it is the word alone.
type Link struct{ Word, To string }

//go:embed letter.html
var page string

// Write gives the letter in both its forms.
func (b *Body) Write() (Written, error) {
	t, err := template.New("letter").Parse(page)
	if err != nil {
		return Written{}, err
	}
	var html bytes.Buffer
	if err := t.Execute(&html, b); err != nil {
		return Written{}, err
	}
	return Written{Subject: b.Subject, Text: b.text(), HTML: html.String()}, nil
}

// begin begins a letter: to whom it is, and of which shop.
func (m *Made) begin() Body {
	b := Body{Lang: m.Words.Lang(), Title: m.Words.T("letter.hello_plain")}
	if first := m.first(); first != "" {
		b.Title = m.Words.T("letter.hello", "Name", first)
	}
	if m.Invented {
		b.Leads = append(b.Leads, m.Words.T("page.invented.label")+" "+m.Words.T("page.invented.says"))
	}
	return b
}

// first is the first name, "" of whoever has none here.
func (m *Made) first() string {
	name, _, _ := strings.Cut(oneLine(m.For.Name), " ")
	return name
}

// end says what letter this was and how to be rid of it.
func (m *Made) end(b *Body, kind behold.LetterKind) {
	why := "letter.foot." + string(kind)
	if m.Company == "" {
		b.Foot = append(b.Foot, m.Words.T(why))
	} else {
		b.Foot = append(b.Foot, m.Words.T(why+"_company", "Company", oneLine(m.Company)))
	}
	if m.Base == "" {
		b.Foot = append(b.Foot, m.Words.T("letter.foot.no_links"))
		return
	}
	b.Links = append(b.Links, Link{m.Words.T("letter.foot.open"), m.to("/")}, Link{m.Words.T("letter.foot.choose"), m.to("/account/letters")})
	if m.Stop != "" {
		b.Links = append(b.Links, Link{m.Words.T("letter.foot.stop"), m.Stop})
	}
}

// to is the address of a page, "" without a base.
func (m *Made) to(path string) string {
	if m.Base == "" {
		return ""
	}
	return strings.TrimRight(m.Base, "/") + path
}

func (m *Made) customer(id string) string { return m.to("/customers/" + url.PathEscape(id)) }

// Named is what a customer is called: by name, else by number; one that nobody
// could call out is cut short.
func Named(name, id string) string {
	const most = 80
	s := oneLine(name)
	if s == "" {
		s = oneLine(id)
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// oneLine keeps what came from files to one line.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return ' '
		}
		return r
	}, s)), " ")
}
