package survey

import (
	"slices"

	"behold"
)

// A Cell counts customers with one attitude and one way of buying.
type Cell struct {
	Attitude  string   `json:"attitude"`  // very_satisfied, satisfied, less, no_answer
	Behaviour string   `json:"behaviour"` // loyal, not_loyal, captive, gone
	Called    string   `json:"called"`    // a word for the pair, "" where there is none
	Customers int      `json:"customers"`
	Examples  []string `json:"examples,omitempty"` // ids, where the pair asks for attention

	of []int32
}

// The attitudes and the ways of buying of a Cell.
const (
	VerySatisfied = "very_satisfied"
	Satisfied     = "satisfied"
	Less          = "less"

	Loyal    = "loyal"
	NotLoyal = "not_loyal"
	Captive  = "captive"
	Gone     = "gone"
)

// Attitudes and Behaviours are the rows and columns of the table, in order.
func Attitudes() []string { return []string{VerySatisfied, Satisfied, Less} }

// Behaviours are the columns.
func Behaviours() []string { return []string{Loyal, NotLoyal, Captive, Gone} }

// Half of those like them buy more often, more and more widely than a customer
// with this loyalty index.
const half = 50

// mostExamples is how many customers a cell names.
const mostExamples = 5

// called are the pairs that have a name of their own (after Jones and Sasser
// 1995).
func called(attitude, behaviour string) string {
	switch {
	case behaviour == Captive:
		return "captive"
	case attitude == VerySatisfied && behaviour == Loyal:
		return "devoted"
	case attitude == Less && behaviour == Loyal:
		return "loyal_but_unhappy"
	case attitude != Less && behaviour == NotLoyal:
		return "satisfied_but_inactive"
	case attitude != Less && behaviour == Gone:
		return "satisfied_but_gone"
	}
	return ""
}

// table sets what customers last answered against how they buy. Those who are
// there because they must be are apart: they are not loyal. A customer whose
// loyalty index is not known is left out, unless gone or captive.
func (t *teller) table(forms []*form) []Cell {
	var cells []Cell
	for _, a := range Attitudes() {
		for _, b := range Behaviours() {
			cells = append(cells, Cell{Attitude: a, Behaviour: b, Called: called(a, b)})
		}
	}
	for _, f := range lasts(forms, Satisfaction) {
		b := behaviourOf(f.person)
		if b == "" {
			continue
		}
		a := attitudeOf(f.told(Satisfaction))
		at := slices.IndexFunc(cells, func(c Cell) bool { return c.Attitude == a && c.Behaviour == b })
		cells[at].Customers++
		if len(cells[at].of) < mostExamples {
			cells[at].of = append(cells[at].of, f.person.Customer)
		}
	}
	return cells
}

func attitudeOf(m mark) string {
	switch m.five() {
	case 5:
		return VerySatisfied
	case 4:
		return Satisfied
	}
	return Less
}

func behaviourOf(p *Person) string {
	switch {
	case p.Gone():
		return Gone
	case p.Captive:
		return Captive
	case p.Loyalty >= half:
		return Loyal
	case p.Loyalty >= 0:
		return NotLoyal
	}
	return ""
}

// days between a day and the one on which a customer bought next; false: never.
func nextPurchase(bought []behold.Day, after behold.Day) (behold.Day, bool) {
	i, _ := slices.BinarySearch(bought, after+1)
	if i == len(bought) {
		return behold.NoDay, false
	}
	return bought[i], true
}
