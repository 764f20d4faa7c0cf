package phrase

import (
	"strconv"

	"behold"
)

// Rejected says why a row was rejected.
func (p *Phrases) Rejected(why string) string { return p.T("reject." + why) }

// RejectedHint says what to do about it.
func (p *Phrases) RejectedHint(why string) string { return p.T("reject." + why + ".hint") }

// Note says what its owner should know about a file, and what to do if there
// is anything to do.
func (p *Phrases) Note(n behold.Note) string {
	var args []any
	for name, value := range n.Args {
		args = append(args, name, p.inWords(name, value))
	}
	says := ""
	if rows, err := strconv.Atoi(n.Args["rows"]); err == nil {
		says = p.N("note."+n.Code, rows, args...)
	} else {
		says = p.T("note."+n.Code, args...)
	}
	if hint := "note." + n.Code + ".hint"; p.Has(hint) {
		says += " " + p.T(hint, args...)
	}
	return says
}

// inWords says a word of intake's in the reader's language; what stands in the
// file, such as a header, stays as it is.
func (p *Phrases) inWords(name, value string) string {
	switch {
	case name == "field" && p.Has("column."+value):
		return p.T("word.quoted", "Word", p.Column(value))
	case name == "taken" && value == "day/month/year":
		return p.T("page.form.dmy")
	case name == "taken" && value == "month/day/year":
		return p.T("page.form.mdy")
	}
	return value
}
