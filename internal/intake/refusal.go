package intake

import (
	"strconv"
	"strings"

	"behold"
)

// wrongTable says what was found, what is missing, and what comes nearest.
func wrongTable(s *source, p *plan, opt Options, book wordbook) error {
	if p == nil || len(p.headers) == 0 {
		return s.unusable("no_header", "no row of the file can be a header", "the first row must hold the names of the columns; nothing was imported")
	}
	table := string(opt.As)
	if opt.As == "" {
		p.heading, table = book.understand(p.headers, behold.TableOrders, nil), "orders or customers, nor like another one that can be read"
	}
	var missing []string
	for _, f := range p.missing() {
		word := f.String()
		if near := book.nearest(p.headers, f); near != "" {
			word += " (" + strconv.Quote(near) + " comes nearest)"
		}
		missing = append(missing, word)
	}
	if len(missing) == 0 {
		missing = []string{"a header"}
	}
	say := "this does not look like a table of " + table + ": there is no column for " + strings.Join(missing, " and ") +
		"; the columns are " + quoteAll(p.headers, 30)
	return s.unusable("columns", say, "if a column has it under another name, say so with --map, for example "+strconv.Quote(firstOf(p.headers))+" = "+p.missingName()+"; nothing was imported")
}

func (p *plan) missingName() string {
	if m := p.missing(); len(m) > 0 {
		return m[0].String()
	}
	return fCustomer.String()
}

func firstOf(headers []string) string {
	for _, h := range headers {
		if h != "" {
			return shorten(h, 40)
		}
	}
	return "column"
}

func quoteAll(list []string, most int) string {
	var b strings.Builder
	for i, s := range list {
		if i == most {
			b.WriteString(" …")
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(strconv.Quote(shorten(s, 40)))
	}
	return b.String()
}

// shorten cuts a text to a number of characters, at a whole one.
func shorten(s string, most int) string {
	n := 0
	for i := range s {
		if n == most {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// wordsFor are the headers by which a field is known.
func wordsFor(f field) []string {
	if f < fields {
		return strings.Fields(synonyms[f])
	}
	telling, general := recordSynonyms(string(f.column().table), f.column().Name)
	return append(telling, general...)
}

// nearest is the header that is most like a synonym of the field, or "".
func (book wordbook) nearest(headers []string, f field) string {
	best, least := "", 3
	for _, header := range headers {
		folded := fold(header)
		if len(folded) < 3 || len(folded) > 60 {
			continue
		}
		for _, word := range wordsFor(f) {
			if d := distance(folded, word); d < least && d < len(word)/2 {
				best, least = header, d
			}
		}
	}
	return best
}

// distance counts the letters that must change to make one word the other.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j]+1, before+1)
		}
	}
	return row[len(b)]
}
