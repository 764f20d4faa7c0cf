package web

import (
	"strconv"
	"strings"

	"behold"
)

// pageLength is how many rows one page of a list holds.
const pageLength = 50

// A part is the place within a long list that the address asks for.
type part struct {
	behold.Slice
	total int
}

// partOf reads search, sort and place from the address; a sort that the list
// does not know is its own order, and "-desc" behind one turns it round.
func partOf(r *request, sorts []string) part {
	q := r.URL.Query()
	from, err := strconv.Atoi(q.Get("from"))
	if err != nil || from < 0 || from > 1<<30 {
		from = 0
	}
	p := part{Slice: behold.Slice{
		Search: strings.TrimSpace(q.Get("q")), Offset: from, Limit: pageLength,
		Desc: q.Get("desc") == "1",
	}}
	by, desc := strings.CutSuffix(q.Get("sort"), "-desc")
	for _, known := range sorts {
		if by == known {
			p.Sort, p.Desc = known, p.Desc || desc
		}
	}
	return p
}

// of is the same place of a list with shorter pages and no search.
func (p part) of(length int) part {
	p.Search, p.Limit = "", length
	p.Offset -= p.Offset % length
	return p
}

func (p part) first() int { return min(p.Offset+1, p.total) }
func (p part) last() int  { return min(p.Offset+p.Limit, p.total) }

func (p part) before() (int, bool) { return max(0, p.Offset-p.Limit), p.Offset > 0 }
func (p part) after() (int, bool)  { return p.Offset + p.Limit, p.Offset+p.Limit < p.total }

// at is the address of another place of the same list.
func (p page) placed(from int) string {
	q := p.self.Query()
	q.Del("lang")
	q.Del("from")
	if from > 0 {
		q.Set("from", strconv.Itoa(from))
	}
	if len(q) == 0 {
		return p.place()
	}
	return p.place() + "?" + q.Encode()
}

// sorted is how a list is sorted by a column: "ascending", "descending" or "".
func (p part) sorted(column, own string) string {
	by := p.Sort
	if by == "" {
		by = own
	}
	switch {
	case by != column:
		return ""
	case p.Desc:
		return "descending"
	}
	return "ascending"
}
