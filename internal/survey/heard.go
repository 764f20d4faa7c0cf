package survey

import (
	"cmp"
	"math"
	"slices"

	"behold"
)

// A Person is a customer as far as it bears on what they answered.
type Person struct {
	Customer    int32
	Segment     behold.Mark
	First, Last behold.Day // of their purchases; NoDay: none
	State       behold.CustomerState
	Captive     bool
	Loyalty     float64 // index, 0 to 100; below 0: not known
	Silence     float64 // chance that one who is still a customer is silent so long
	Answers     []behold.Answer
	Asked       bool         // somebody asked them, whether they answered or not
	Bought      []behold.Day // days of purchases, ascending; only those who answered need them
}

// Gone says that they are no longer a customer.
func (p *Person) Gone() bool { return p.State == behold.Lost || p.State == behold.Closed }

// A form is what a customer answered on one day. Answers of the same day are one
// form, whatever their files call them.
type form struct {
	person *Person
	at     behold.Day
	next   behold.Day // when they answered again; NoDay: not yet
	gave   []behold.Answer
	invite *behold.Invite // that it answers; nil: none is known
	event  bool           // asked because something happened: not of the level
}

// A mark is an answer on its scale.
type mark struct {
	value, scale float64
	touchpoint   string
}

// best says that it is the best answer there is; near, that or the one below it.
func (m mark) best() bool { return m.value >= m.scale }
func (m mark) near() bool { return m.value >= m.scale-1 }

// five is the answer on a scale of 1 to 5, where it can be told: 5 is "very
// satisfied".
func (m mark) five() int {
	steps := m.scale - m.value
	if m.scale != 5 {
		steps = math.Round(steps / max(m.scale-1, 1) * 4)
	}
	return 5 - int(min(max(steps, 0), 4))
}

// scaleOf is the best answer to an item where the file does not say.
func scaleOf(item string) float64 {
	switch item {
	case Recommend:
		return 10
	case Effort:
		return 7
	}
	return 5
}

// The items of METHODS 6.2 that are more than one of the nine wishes.
const (
	Satisfaction = "satisfaction"
	BuyAgain     = "repurchase"
	Recommend    = "recommend"
	Effort       = "effort"
)

// Wishes are what dealing with us should be like, in the order of the article.
func Wishes() []string {
	return []string{"easy", "simple", "safe", "flexible", "accommodating", "understanding", "professional", "fast", "results"}
}

// Touchpoints are where customers meet the company, in the order of their journey.
func Touchpoints() []string {
	return []string{"attention", "advice", "purchase", "delivery", "billing", "aftercare"}
}

// A Hearing takes customers in. The zero Hearing has heard nobody.
type Hearing struct {
	persons []*Person
	there   []span // of all customers, for the size of the base
}

// A span is from the first purchase of a customer to the last day on which they
// surely still were one.
type span struct{ from, to behold.Day }

// Meet takes one customer in. Those who answered nothing count in the base.
func (h *Hearing) Meet(p Person) {
	if p.First.Known() {
		to := behold.Day(math.MaxInt32)
		if p.Gone() {
			to = p.Last
		}
		h.there = append(h.there, span{p.First, to})
	}
	if len(p.Answers) > 0 || p.Asked {
		h.persons = append(h.persons, &p)
	}
}

// Heard are those who answered or were asked, to be told more about them.
func (h *Hearing) Heard() []*Person { return h.persons }

// base is how many were customers between two days.
func (h *Hearing) base(from, to behold.Day) (n int) {
	for _, s := range h.there {
		if s.from <= to && s.to >= from {
			n++
		}
	}
	return n
}

// forms are what everybody answered between two days, in order of days; customers
// of one day in the order of their numbers, so that parts do not matter.
func (h *Hearing) forms(from, to behold.Day) []*form {
	var all []*form
	for _, p := range h.persons {
		all = append(all, formsOf(p, from, to)...)
	}
	slices.SortStableFunc(all, func(a, b *form) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.person.Customer, b.person.Customer))
	})
	return all
}

func formsOf(p *Person, from, to behold.Day) (list []*form) {
	answers := slices.DeleteFunc(slices.Clone(p.Answers), func(a behold.Answer) bool {
		return a.At < from || a.At > to || math.IsNaN(a.Value)
	})
	slices.SortStableFunc(answers, func(a, b behold.Answer) int { return cmp.Compare(a.At, b.At) })
	for lo := 0; lo < len(answers); {
		hi := lo
		for hi < len(answers) && answers[hi].At == answers[lo].At {
			hi++
		}
		if len(list) > 0 {
			list[len(list)-1].next = answers[lo].At
		}
		list = append(list, &form{person: p, at: answers[lo].At, next: behold.NoDay, gave: answers[lo:hi]})
		lo = hi
	}
	return list
}

// mark is the answer to an item; the first, where it was answered twice that day.
func (f *form) mark(item string) (mark, bool) {
	for i := range f.gave {
		if a := &f.gave[i]; a.Item == item {
			m := mark{a.Value, a.Scale, a.Touchpoint}
			if !(m.scale > 0) {
				m.scale = scaleOf(item)
			}
			return m, true
		}
	}
	return mark{}, false
}

func (f *form) has(item string) bool { _, has := f.mark(item); return has }

// told is the answer to an item that the form is known to have.
func (f *form) told(item string) mark { m, _ := f.mark(item); return m }
