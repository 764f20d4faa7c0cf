package letter

import (
	"bytes"
	_ "embed"
	"html/template"
	"strings"
)

// An Ask is a letter that asks a customer to answer: in their language, without a
// picture, without praise and with nothing to sell.
type Ask struct {
	Lang     string
	Subject  string
	Hello    string
	Says     []string // why they are asked
	Question string
	Choices  []Link // the answers of the first question: they choose, and send nothing
	Choose   string // says so
	Open     Link
	Own      string // the company's own words, where those are allowed; "": none
	Privacy  string
	Company  string
	Stop     Link
}

//go:embed ask.html
var askPage string

// Write gives the letter in both its forms.
func (a *Ask) Write() (Written, error) {
	t, err := template.New("ask").Parse(askPage)
	if err != nil {
		return Written{}, err
	}
	var html bytes.Buffer
	if err := t.Execute(&html, a); err != nil {
		return Written{}, err
	}
	return Written{Subject: a.Subject, Text: a.text(), HTML: html.String()}, nil
}

func (a *Ask) text() string {
	var out strings.Builder
	wrap(&out, "", "", a.Hello)
	for _, s := range a.Says {
		out.WriteString("\n")
		wrap(&out, "", "", s)
	}
	a.Open.text(&out, "\n", "")
	if a.Own != "" {
		out.WriteString("\n")
		wrap(&out, "", "", a.Own)
	}
	out.WriteString("\n")
	wrap(&out, "", "", a.Company)
	out.WriteString("\n-- \n")
	wrap(&out, "", "", a.Privacy)
	a.Stop.text(&out, "", "")
	return out.String()
}
