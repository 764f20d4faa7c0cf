package survey

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"behold"
)

// A QuestionKind is how a question is answered.
type QuestionKind int

// The kinds of questions.
const (
	OnScale QuestionKind = iota // one of the labelled options
	InWords
	YesNo
)

// An Item is one question of a form.
type Item struct {
	Name    string
	Kind    QuestionKind
	Asks    string   // key of its words
	Options []Option // the lowest first: what comes first is chosen more often, and praise is not to come of that
}

// An Option is one labelled answer.
type Option struct {
	Value int
	Label string // key of its words
}

// Form are the pages of questions of an invitation (METHODS 6.2): of the level two,
// with four questions that everybody is asked, and then three wishes, one that takes
// turns, why, and whether we may come back to it; of the other streams one.
func Form(stream behold.Stream, touchpoint string, items []string) [][]Item {
	asks := func(names ...string) (page []Item) {
		for _, name := range names {
			page = append(page, item(name, stream, touchpoint))
		}
		return page
	}
	switch stream {
	case behold.StreamLevel:
		return [][]Item{asks("satisfaction", "repurchase", "recommend", "effort"), asks(append(slices.Clone(items), whyItem, contactItem)...)}
	case behold.StreamEvent:
		return [][]Item{asks("satisfaction", "effort", whyItem, contactItem)}
	case behold.StreamLost:
		return [][]Item{asks(whyItem, "satisfaction", "repurchase", contactItem)}
	case behold.StreamOpen:
		return [][]Item{asks("satisfaction", "effort", whyItem)}
	}
	return [][]Item{asks("satisfaction", whyItem, contactItem)}
}

// Items that are no scales.
const (
	whyItem     = "why"
	contactItem = "contact" // may we contact you about this answer?
)

// CallMe is the item of a telephone number that somebody left; it is kept, and goes
// nowhere else.
const CallMe = "call_me"

func item(name string, stream behold.Stream, touchpoint string) Item {
	q := Item{Name: name, Asks: "q." + name}
	special := string(stream)
	if stream == behold.StreamEvent || stream == behold.StreamOpen {
		special = touchpoint
	}
	if _, own := ours()["en"][q.Asks+"."+special]; own {
		q.Asks += "." + special
	}
	least, most := behold.SurveyScale(name)
	switch {
	case name == contactItem:
		q.Kind, q.Options = YesNo, []Option{{1, "page.yes"}, {0, "page.no"}}
	case most == 0:
		q.Kind = InWords
	default:
		for v := least; v <= most; v++ {
			q.Options = append(q.Options, Option{v, "scale." + labels(name) + "." + strconv.Itoa(v)})
		}
	}
	return q
}

// labels are the name of an item's labels.
func labels(name string) string {
	switch name {
	case "recommend_people", "recommend_products":
		return "recommend"
	case "repurchase", "other_groups":
		return "likely"
	case "satisfaction", "recommend", "effort", "expectations":
		return name
	}
	return "agree"
}

// mostSaid is how many letters an answer in words may have.
const mostSaid = 2000

// Accept reads what was answered on pages of a form. What is no answer to them is
// left out, so that nonsense stores nothing; what is missing is not answered.
func Accept(pages [][]Item, said func(item string) string) (replies []behold.Reply) {
	for _, page := range pages {
		for i := range page {
			if r, ok := page[i].accept(strings.TrimSpace(said(page[i].Name))); ok {
				replies = append(replies, r)
			}
		}
	}
	return replies
}

func (q *Item) accept(said string) (behold.Reply, bool) {
	r := behold.Reply{Item: q.Name, Value: math.NaN(), Scale: math.NaN()}
	if said == "" {
		return r, false
	}
	if q.Kind == InWords {
		r.Text = cut(said)
		return r, r.Text != ""
	}
	value, err := strconv.Atoi(said)
	if err != nil || !slices.ContainsFunc(q.Options, func(o Option) bool { return o.Value == value }) {
		return r, false
	}
	r.Value, r.Scale = float64(value), 1
	for _, o := range q.Options {
		r.Scale = max(r.Scale, float64(o.Value))
	}
	return r, true
}

// cut keeps as much of an answer in words as is kept, without what no text has.
func cut(said string) string {
	clean := strings.Map(func(c rune) rune {
		if c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			return -1
		}
		return c
	}, strings.ReplaceAll(strings.ToValidUTF8(said, ""), "\r\n", "\n"))
	if runes := []rune(clean); len(runes) > mostSaid {
		clean = string(runes[:mostSaid])
	}
	return strings.TrimSpace(clean)
}

// Unhappy says whether somebody has to act on the answers at once: satisfaction or
// effort of 2 or less. Which item says so is given, "" for none.
func Unhappy(replies []behold.Reply) string {
	for _, name := range []string{"satisfaction", "effort"} {
		for i := range replies {
			if r := &replies[i]; r.Item == name && r.Value <= 2 {
				return name
			}
		}
	}
	return ""
}

// Phone reads a telephone number; no when it is none.
func Phone(said string) (string, bool) {
	said = strings.Join(strings.Fields(said), " ")
	digits := 0
	for _, c := range said {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case !strings.ContainsRune("+ ()-./", c):
			return "", false
		}
	}
	return said, digits >= 5 && digits <= 15 && len(said) <= 30
}
