package phrase

import "behold"

// Rejected says why a row was rejected.
func (p *Phrases) Rejected(why string) string { return p.T("reject." + why) }

// RejectedHint says what to do about it.
func (p *Phrases) RejectedHint(why string) string { return p.T("reject." + why + ".hint") }

// Note says what its owner should know about a file, and what to do if there
// is anything to do.
func (p *Phrases) Note(n behold.Note) string {
	var args []any
	for name, value := range n.Args {
		if name == "field" && p.Has("column."+value) {
			value = "“" + p.Column(value) + "”"
		}
		args = append(args, name, value)
	}
	says := p.T("note."+n.Code, args...)
	if hint := "note." + n.Code + ".hint"; p.Has(hint) {
		says += " " + p.T(hint, args...)
	}
	return says
}
