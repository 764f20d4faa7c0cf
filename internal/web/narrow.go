package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"behold"
)

// A choice is one thing a list can be narrowed to.
type choice struct {
	value, word string
	count       int // -1: not counted
	chosen      bool
}

// A facet is a question of a list's form with its answers.
type facet struct {
	name, word, all string // all: the answer that does not narrow
	choices         []choice
	rare            bool // stands behind "More filters"
}

// rarely puts the question among those that stand behind "More filters".
func (f facet) rarely() facet {
	f.rare = true
	return f
}

// apart splits the questions that have answers into those that are always seen
// and those behind "More filters", and says whether one of the latter is answered.
func apart(all []facet) (seen, rare []facet, asked bool) {
	for _, f := range all {
		_, chosen := f.chosen()
		switch {
		case len(f.choices) == 0:
		case f.rare:
			rare, asked = append(rare, f), asked || chosen
		default:
			seen = append(seen, f)
		}
	}
	return seen, rare, asked
}

// chosen is the answer that was given.
func (f facet) chosen() (choice, bool) {
	i := slices.IndexFunc(f.choices, func(c choice) bool { return c.chosen })
	if i < 0 {
		return choice{}, false
	}
	return f.choices[i], true
}

// facetOf asks a question whose answers are words of the data.
func facetOf[W ~string](name, word, all string, values []W, asked W, says func(W) string, count func(W) int) facet {
	f := facet{name: name, word: word, all: all}
	if asked != "" && !slices.Contains(values, asked) {
		values = append(slices.Clone(values), asked)
	}
	for _, v := range values {
		c := choice{value: string(v), word: says(v), count: -1, chosen: v == asked}
		if count != nil {
			c.count = count(v)
		}
		if c.count != 0 || c.chosen {
			f.choices = append(f.choices, c)
		}
	}
	return f
}

// choiceWord is an answer with how many rows it finds.
func (p page) choiceWord(c choice) string {
	if c.count < 0 {
		return short(c.word)
	}
	return p.T("page.filter.counted", "What", short(c.word), "Count", c.count)
}

// mine asks for the customers of whoever asks.
const mine = "mine"

// whoseAsked is whose customers the address asks for, of those that whoever asks
// may see.
func whoseAsked(r *request) behold.Whose {
	asked := r.URL.Query().Get("whose")
	if asked == mine {
		asked = r.who.Email
	}
	return r.within(behold.Whose{Colleague: asked})
}

// whoseFacet asks whose customers a list is of; without choices where nobody
// looks after anybody and the one who asks has no name here, or may see one list only.
func (p page) whoseFacet(r *request, colleagues []string) facet {
	asked := r.URL.Query().Get("whose")
	if r.whose.Colleague != "" { // sees but one list, whatever is asked
		return facet{}
	}
	own := behold.ColleagueKey(r.who.Email)
	var values []string
	if own != "" {
		values = append(values, mine)
	}
	for _, c := range colleagues {
		if c != own {
			values = append(values, c)
		}
	}
	says := func(w string) string {
		if w == mine {
			return p.T("list.mine")
		}
		return w
	}
	return facetOf("whose", p.T("list.whose"), p.T("list.everybodys"), values, asked, says, nil)
}

// A chip is one answer that narrows a list, and the address of the list without it.
type chip struct {
	word, value string
	without     templ.SafeURL
}

func (p page) chips(search string, facets []facet) (list []chip) {
	if search != "" {
		list = append(list, chip{p.T("list.searched"), short(search), p.with("q", "")})
	}
	for _, f := range facets {
		if c, ok := f.chosen(); ok {
			list = append(list, chip{f.word, short(c.word), p.with(f.name, "")})
		}
	}
	return list
}

// tidy is an address without the questions that were left empty: a form without
// script sends them all.
func tidy(u url.URL) url.URL {
	q := u.Query()
	for name, values := range q {
		q[name] = slices.DeleteFunc(values, func(v string) bool { return strings.TrimSpace(v) == "" })
		if len(q[name]) == 0 {
			q.Del(name)
		}
	}
	u.RawQuery = q.Encode()
	return u
}

// pushTidy has the browser show the tidy address of a list that it narrowed by
// script.
func pushTidy(w http.ResponseWriter, p page) {
	w.Header().Set("HX-Push-Url", string(p.with("from", p.self.Query().Get("from"))))
}

// A sorting is an order that a list can be asked for, as the form says it: a
// column, with "-desc" behind it from its end.
type sorting struct{ value, word string }

// isSorted says whether a list is in the order.
func (p part) isSorted(s sorting, own string) bool {
	column, desc := strings.CutSuffix(s.value, "-desc")
	by, down := p.Sort, p.Desc
	if by == "" {
		by, down = own, true
	}
	return by == column && down == desc
}
