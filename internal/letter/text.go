package letter

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// width is that of a letter in plain text.
const width = 72

// text writes the letter for who reads in plain letters.
func (b *Body) text() string {
	var out strings.Builder
	b.head(&out)
	for i, item := range b.Items {
		out.WriteString("\n")
		item.text(&out, strconv.Itoa(i+1)+". ")
	}
	b.More.text(&out, "\n", "")
	for _, p := range b.Parts {
		p.text(&out)
	}
	out.WriteString("\n-- \n") // what follows is a signature to a mail program
	for _, s := range b.Foot {
		wrap(&out, "", "", s)
	}
	for _, l := range b.Links {
		l.text(&out, "", "")
	}
	return out.String()
}

func (b *Body) head(out *strings.Builder) {
	wrap(out, "", "", b.Title)
	out.WriteString("\n")
	for _, s := range b.Leads {
		wrap(out, "", "", s)
	}
}

func (i *Item) text(out *strings.Builder, number string) {
	rest := strings.Repeat(" ", len(number))
	wrap(out, number, rest, i.Name.Word)
	for _, s := range i.Says {
		wrap(out, rest, rest, s)
	}
	for _, s := range i.Figures {
		wrap(out, rest, rest, s)
	}
	if i.Next != "" {
		wrap(out, rest, rest, i.Next)
	}
	if i.Name.To != "" {
		out.WriteString(rest + i.Name.To + "\n")
	}
}

func (p *Part) text(out *strings.Builder) {
	out.WriteString("\n")
	wrap(out, "", "", p.Title)
	out.WriteString(strings.Repeat("-", min(width, utf8.RuneCountInString(p.Title))) + "\n")
	for _, s := range p.Says {
		wrap(out, "", "", s)
	}
	for _, s := range p.Rows {
		wrap(out, "- ", "  ", s)
	}
}

// text writes an address on a line of its own, whole: one that is cut leads nowhere.
func (l *Link) text(out *strings.Builder, before, indent string) {
	if l.Word == "" {
		return
	}
	out.WriteString(before)
	if l.To == "" {
		wrap(out, indent, indent, l.Word)
		return
	}
	wrap(out, indent, indent, l.Word+":")
	out.WriteString(indent + l.To + "\n")
}

// wrap writes a sentence in lines that are no wider than the letter, unless a
// word is.
func wrap(out *strings.Builder, first, rest, s string) {
	line, blank := first, ""
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }) {
		if blank != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			out.WriteString(line + "\n")
			line, blank = rest, ""
		}
		line, blank = line+blank+word, " "
	}
	out.WriteString(strings.TrimRight(line, " ") + "\n")
}
