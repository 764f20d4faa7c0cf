package web

import (
	"net/url"
	"slices"

	"behold"
)

// todayCases is how the cases stand that ask for something today.
type todayCases struct {
	late, unplanned, ended int  // of whoever looks
	lateAll                int  // of everybody's, for those who lead
	own                    bool // whoever looks has any
}

func (s *server) todayCases(r *request) (v todayCases, err error) {
	all, err := s.Cases.Cases(r.Context(), behold.CaseQuery{Open: true, Overdue: behold.NoDay, Since: behold.NoDay})
	today, own := s.today(), behold.ColleagueKey(r.who.Email)
	for i := range all {
		c := &all[i]
		if c.Overdue(today) {
			v.lateAll++
		}
		if c.Owner != own || own == "" {
			continue
		}
		v.own = true
		switch {
		case c.Overdue(today):
			v.late++
		case len(c.Steps) == 0:
			v.unplanned++
		case c.Next() < 0:
			v.ended++
		}
	}
	if !r.who.Role.May(behold.Manager) || r.whose.Colleague != "" {
		v.lateAll = 0
	}
	return v, err
}

// casesDue are the cases that ask for something, in sentences, and where they are.
func (p page) casesDue(v todayCases) (says []string, to string) {
	for _, one := range []struct {
		key string
		n   int
	}{{"casetoday.late", v.late}, {"casetoday.unplanned", v.unplanned}, {"casetoday.ended", v.ended}} {
		if one.n > 0 {
			says = append(says, p.N(one.key, one.n))
		}
	}
	if len(says) > 0 {
		return says, "/cases?owner=mine"
	}
	if v.lateAll > 0 {
		return []string{p.N("casetoday.late_all", v.lateAll)}, "/cases?due=overdue"
	}
	return nil, ""
}

// stepAt is the place of the step of the customer's case that the card is about;
// −1: it is about a lamp.
func (c card) stepAt() int {
	if !c.CaseDue() {
		return -1
	}
	return c.Case.DueStep(c.Task.Day)
}

// caseDid is what was done to a case just now, from the address that a form on
// Today led to.
func (s *server) caseDid(r *request, id string) *did {
	log, err := s.Cases.CaseLog(r.Context(), id)
	if err != nil || r.whose.Colleague != "" && s.mustSee(r, log[0].Customer) != nil {
		return nil
	}
	_, names, err := s.crew(r.Context(), r)
	if err != nil {
		return nil
	}
	c := &log[0]
	return &did{entry: behold.Entry{Customer: c.Customer}, name: nameOf(c.Name, c.Customer), work: &caseBoard{now: c, names: names}}
}

// movedAt is the page on which a form of a case stood, with what was done.
func movedAt(r *request, c *behold.Case) string {
	if _, chosen := listChosen(r.PostFormValue("from")); chosen || r.PostFormValue("from") == "/" {
		return shownFrom(r, c.Customer, url.Values{"cased": {c.ID}})
	}
	return string(customerURL(c.Customer)) + "?" + url.Values{"moved": {"1"}}.Encode() + "#case"
}

// heardLast is what the customer said last, else why the case was opened.
func heardLast(c *behold.Case) string {
	for _, word := range slices.Backward(c.Heard) {
		if word.Why != "" {
			return word.Why
		}
	}
	return c.Opening.Why
}
