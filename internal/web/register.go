package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"behold"
)

// A registered is an entry with the name of its customer.
type registered struct {
	behold.Entry
	name string
}

// A registersView is what colleagues wrote down that is for the whole company: what
// rules cost us, what surprises cost, and what customers need.
type registersView struct {
	rules     []ruleCost
	surprises surpriseSum
	list      []registered // surprises of the year, the latest first
	needs     []registered // the latest first
	since     behold.Day
}

// A ruleCost is one rule by which we had to say no.
type ruleCost struct {
	rule  string // "": nobody said which
	times int
	cost  behold.Money
	last  behold.Day
	cases []registered
}

// A surpriseSum is how the year's budget for surprises stands.
type surpriseSum struct {
	given, planned int
	spent, coming  behold.Money
	budget         behold.Money // zero: none is set
}

// left is what may still be spent, plans counted; below 0 when it is too much.
func (u surpriseSum) left() behold.Money {
	return behold.Money{Minor: u.budget.Minor - u.spent.Minor - u.coming.Minor, Currency: u.budget.Currency}
}

func (s *server) registersPage(w http.ResponseWriter, r *request) error {
	p := s.page(r, "/team")
	var err error
	if p.names, err = s.colleagueNames(r.Context()); err != nil {
		return err
	}
	v, err := s.registersOf(r, p)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, registersContent(p.titled(p.T("register.title")), v))
}

func (s *server) registersOf(r *request, p page) (v registersView, err error) {
	ctx := r.Context()
	v.since = s.today() - 365
	named := func(kind behold.EntryKind) (list []registered, err error) {
		all, err := s.Book.Entries(ctx, behold.EntryQuery{Kind: kind, Since: behold.NoDay})
		for _, e := range slices.Backward(all) {
			list = append(list, registered{e, s.nameOf(r, e.Customer)})
		}
		return list, err
	}
	refusals, err := named(behold.EntryRefusal)
	if err != nil {
		return v, err
	}
	v.rules = rulesOf(refusals, v.since)
	if v.list, err = named(behold.EntrySurprise); err != nil {
		return v, err
	}
	if v.needs, err = named(behold.EntryNeed); err != nil {
		return v, err
	}
	v.surprises, err = s.surprisesOf(ctx)
	return v, err
}

// rulesOf adds up refusals by their rule, that which costs most first.
func rulesOf(refusals []registered, since behold.Day) []ruleCost {
	at := map[string]int{}
	var list []ruleCost
	for _, one := range refusals {
		on := behold.DayOf(one.At.Local())
		if on < since {
			continue
		}
		key := strings.ToLower(strings.TrimSpace(one.Rule))
		i, known := at[key]
		if !known {
			i = len(list)
			at[key], list = i, append(list, ruleCost{rule: strings.TrimSpace(one.Rule), last: on})
		}
		c := &list[i]
		c.times, c.last, c.cases = c.times+1, max(c.last, on), append(c.cases, one)
		c.cost = plus(c.cost, one.Amount)
	}
	slices.SortStableFunc(list, func(a, b ruleCost) int {
		return cmp.Or(cmp.Compare(b.cost.Minor, a.cost.Minor), cmp.Compare(b.times, a.times), cmp.Compare(a.rule, b.rule))
	})
	return list
}

// surprisesOf adds up the surprises of this year.
func (s *server) surprisesOf(ctx context.Context) (u surpriseSum, err error) {
	settings, err := s.State.Settings(ctx)
	if err != nil {
		return u, err
	}
	all, err := s.Book.Entries(ctx, behold.EntryQuery{Kind: behold.EntrySurprise, Since: behold.NoDay})
	year := s.today().Time().Year()
	for i := range all {
		switch e := &all[i]; {
		case e.Done.Known() && e.Done.Time().Year() == year:
			u.given, u.spent = u.given+1, plus(u.spent, e.Amount)
		case e.Open() && e.Due.Time().Year() == year:
			u.planned, u.coming = u.planned+1, plus(u.coming, e.Amount)
		}
	}
	u.budget = behold.MoneyOf(settings.SurpriseBudget, settings.Currency)
	return u, err
}

// surpriseSays is how the budget stands, in a few words.
func (p page) surpriseSays(u surpriseSum) string {
	switch {
	case u.budget.Minor <= 0:
		return p.N("register.given", u.given, "Spent", p.Money(u.spent))
	case u.left().Minor < 0:
		return p.N("register.over", u.given, "Budget", p.Money(u.budget), "Over", p.Money(behold.Money{Minor: -u.left().Minor, Currency: u.budget.Currency}))
	}
	return p.N("register.left", u.given, "Budget", p.Money(u.budget), "Left", p.Money(u.left()))
}

// refusalsCSV is every time we had to say no.
func (s *server) refusalsCSV(w http.ResponseWriter, r *request) error {
	v, err := s.registersOf(r, s.page(r, "/team"))
	if err != nil {
		return err
	}
	out := download(w, "refusals.csv")
	out.Write([]string{"rule", "on", "customer", "name", "asked", "cost", "currency", "colleague"})
	for _, c := range v.rules {
		for _, one := range c.cases {
			out.Write([]string{harmless(c.rule), behold.DayOf(one.At.Local()).String(), harmless(one.Customer), harmless(one.name), harmless(one.Text), one.Amount.Decimal(), one.Amount.Currency, harmless(one.Who)})
		}
	}
	out.Flush()
	return out.Error()
}
