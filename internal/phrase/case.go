package phrase

import "behold"

// CaseDue names the day by which the next thing of a case is to be done, seen from
// a day, and how late it is.
func (p *Phrases) CaseDue(due, today behold.Day) string {
	switch late := int(today - due); {
	case !due.Known():
		return p.T("case.due.none")
	case late > 0:
		return p.N("case.due.late", late, "Day", p.ShortDate(due))
	case late == 0:
		return p.T("case.due.today")
	case late == -1:
		return p.T("case.due.tomorrow")
	}
	return p.T("case.due.by", "Day", p.ShortDate(due))
}

// CaseStands is how far an open case is: which step of how many, and by when.
func (p *Phrases) CaseStands(c *behold.Case, today behold.Day) string {
	at, due := c.Next(), p.CaseDue(c.Due, today)
	switch {
	case len(c.Steps) == 0:
		return p.T("casetoday.plan", "Due", due)
	case at < 0:
		return p.T("casetoday.close", "Due", due)
	}
	return p.T("casetoday.step", "Step", at+1, "Steps", len(c.Steps), "Due", due)
}
