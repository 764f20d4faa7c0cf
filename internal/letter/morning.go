package letter

import (
	"strings"

	"behold"
	"behold/internal/phrase"
	"behold/internal/round"
)

// A Morning is what there is to say to one colleague on one day.
type Morning struct {
	Round    behold.Day // as of which
	Newest   behold.Day // order in the records
	Currency string
	Whole    bool // the customers are of the whole company
	Worth    []round.Worth
	All      int       // customers with lamps, with those that are named
	Promises []Promise // due today or late, the latest first
	Kept     []string  // customers whose lamps went out in the last seven days, who buy again
}

// A Promise is one that a colleague has made and has to keep.
type Promise struct {
	Customer string
	What     string
	Due      behold.Day
}

// Empty says whether there is nothing to say.
func (m *Morning) Empty() bool { return len(m.Worth) == 0 && len(m.Promises) == 0 }

// MorningList writes a morning list.
func MorningList(made Made, m *Morning) (Written, error) {
	made.Words = made.Words.In(m.Currency)
	w := morning{made.Words, &made, m}
	b := made.begin()
	b.Subject = w.subject()
	b.Leads = append(b.Leads, w.leads()...)
	for i := range m.Worth {
		b.Items = append(b.Items, w.item(&m.Worth[i]))
	}
	if more := m.All - len(m.Worth); more > 0 && len(m.Worth) > 0 {
		b.More = Link{w.N("page.today.more", more), made.to("/lamps")}
	}
	b.Parts = append(b.Parts, w.promises()...)
	b.Parts = append(b.Parts, w.kept()...)
	made.end(&b, behold.MorningList)
	return b.Write()
}

type morning struct {
	*phrase.Phrases
	made *Made
	m    *Morning
}

// subject counts and names nobody: it stands on locked screens.
func (w *morning) subject() string {
	switch {
	case len(w.m.Worth) > 0:
		return w.N("letter.morning.subject", len(w.m.Worth))
	case len(w.m.Promises) > 0:
		return w.T("letter.morning.subject_promises")
	}
	return w.T("letter.morning.subject_none")
}

func (w *morning) leads() (says []string) {
	if len(w.m.Worth) == 0 {
		says = append(says, w.T("page.today.none"))
	} else {
		says = append(says, w.N("letter.morning.lead", len(w.m.Worth)))
		if sum := w.sum(); sum.Minor > 0 {
			says = append(says, w.N("letter.morning.money", w.made.Years, "Money", w.Rough(sum)))
		}
		whose := w.T("letter.own")
		if w.m.Whole {
			whose = w.T("letter.whole")
		}
		says = append(says, whose+" "+w.T("page.today.as_of", "Day", w.Date(w.m.Round)))
	}
	if old := int(w.made.Today - w.m.Newest); w.m.Newest.Known() && old > 3 {
		says = append(says, w.N("letter.morning.old", old))
	}
	return says
}

// sum is what is at risk with the customers who are named, those who count in
// another currency left out.
func (w *morning) sum() behold.Money {
	sum := behold.Money{Currency: w.m.Worth[0].MoneyAtRisk.Currency}
	for i := range w.m.Worth {
		if m := w.m.Worth[i].MoneyAtRisk; m.Currency == sum.Currency {
			sum.Minor += m.Minor
		}
	}
	return sum
}

func (w *morning) item(c *round.Worth) Item {
	i := Item{Name: Link{Named(c.Name, c.ID), w.made.customer(c.ID)}}
	for _, l := range c.Lit {
		i.Says = append(i.Says, oneLine(w.Says(l.Lamp)))
	}
	if c.MoneyAtRisk.Minor > 0 {
		i.Figures = append(i.Figures, w.T("letter.at_risk", "Money", w.Rough(c.MoneyAtRisk)))
	}
	if r := w.ChanceRange(c.Forecast); r != "" {
		i.Figures = append(i.Figures, w.T("page.card.leaves", "Chance", w.Chance(c.Forecast), "Range", r))
	}
	step := []string{w.Step(c.Step()), w.Minutes(c.Step().Minutes)}
	if due := w.DueBy(c.Task.Due, w.made.Today); due != "" && !c.CaseDue() {
		step = append(step, due)
	}
	says := strings.Join(step, " · ") + "."
	switch {
	case c.CaseDue():
		says += " " + w.CaseStands(c.Case, w.made.Today) + "."
	case len(c.Lit) > 0:
		says += " " + w.NextStep(c.Lit[0].Lamp)
	}
	i.Next = oneLine(w.T("letter.next", "Step", strings.TrimSpace(says)))
	return i
}

// promises lists what is due, and no more of it than anybody reads.
func (w *morning) promises() []Part {
	const most = 10
	if len(w.m.Promises) == 0 {
		return nil
	}
	p := Part{Title: w.T("letter.promise.title")}
	for i, one := range w.m.Promises {
		if i == most {
			p.Rows = append(p.Rows, w.N("letter.promise.more", len(w.m.Promises)-most))
			break
		}
		what := short(oneLine(one.What), 120)
		if late := int(w.made.Today - one.Due); late > 0 {
			p.Rows = append(p.Rows, w.N("letter.promise.late", late, "What", what, "Customer", one.Customer))
		} else {
			p.Rows = append(p.Rows, w.T("letter.promise.today", "What", what, "Customer", one.Customer))
		}
	}
	return []Part{p}
}

func (w *morning) kept() []Part {
	const most = 3
	n := len(w.m.Kept)
	if n == 0 {
		return nil
	}
	names := append([]string(nil), w.m.Kept[:min(n, most)]...)
	if n > most {
		names = append(names, w.N("letter.out.others", n-most))
	}
	return []Part{{Title: w.T("letter.out.title"), Says: []string{w.N("letter.out.says", n, "Names", w.List(names))}}}
}

func short(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most])) + "…"
	}
	return s
}
