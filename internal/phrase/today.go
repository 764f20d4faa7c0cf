package phrase

import (
	"math"

	"behold"
)

// Step is what to do and how it reaches the customer.
func (p *Phrases) Step(s behold.Step) string {
	if s.Action == behold.ActVisit || !p.Has("today.by."+s.Channel) {
		return p.T("playbook.action." + string(s.Action))
	}
	return p.T("today.step", "Action", p.T("playbook.action."+string(s.Action)), "By", p.T("today.by."+s.Channel))
}

// Minutes is a length of time that fits into a day.
func (p *Phrases) Minutes(minutes float64) string {
	return p.N("today.minutes", int(math.Round(minutes)))
}

// Holiday is what a holiday is called.
func (p *Phrases) Holiday(name string) string { return p.T("hours.holiday." + name) }

// DueBy says by when something is to be done, seen from a day; "" when nobody
// knows.
func (p *Phrases) DueBy(due, today behold.Day) string {
	switch {
	case !due.Known():
		return ""
	case due == today:
		return p.T("today.due.today")
	case due < today:
		return p.T("today.due.late", "Day", p.ShortDate(due))
	}
	return p.T("today.due.by", "Day", p.ShortDate(due))
}

// WhyNot says why a customer is on no list, or on whose; colleague is what that
// one is called.
func (p *Phrases) WhyNot(passed behold.Passed, colleague, currency string) string {
	f := facts{p, &behold.Evidence{Facts: passed.Facts}}
	money := func(name string) string { return p.Rough(behold.MoneyOf(f.number(name), currency)) }
	key := "today.why." + string(passed.Why)
	switch passed.Why {
	case behold.OnList:
		if colleague == "" {
			return p.T("today.why.on_list_own", "Place", f.count("place"))
		}
		return p.T(key, "Colleague", colleague, "Place", f.count("place"))
	case behold.InHand:
		return p.T(key, "Day", f.date("taken_on"))
	case behold.JustSpoken:
		return p.T(key, "Day", f.date("spoken_on"), "Gap", p.Days(f.count("gap_days")), "Free", f.date("free_on"))
	case behold.NoGain:
		if f.number("cost") <= 0 {
			return p.T("today.why.no_gain_none")
		}
		brings := behold.MoneyOf(max(0, f.number("gain")+f.number("cost")), currency)
		return p.T(key, "Gain", p.Rough(brings), "Cost", money("cost"))
	case behold.NotSure:
		if f.number("kept") == 0 {
			return p.T("today.why.not_sure_none")
		}
		return p.T(key, "Share", p.Percent(f.number("p")), "Cut", p.Percent(f.number("cut")))
	case behold.NobodyWorks:
		if !f.day("back_on").Known() {
			return p.T("today.why.nobody_works_none")
		}
		return p.T(key, "Day", f.date("back_on"))
	case behold.StepWaits:
		if !f.day("from").Known() {
			return p.T("today.why.plan_done")
		}
		return p.T(key, "Day", f.date("from"))
	case behold.ListFull:
		return p.N(key, f.count("most"), "Ahead", p.Number(f.count("ahead")))
	case behold.MinutesSpent:
		return p.N(key, f.count("needs"), "Left", p.Minutes(max(0, f.number("left"))), "Ahead", p.Number(f.count("ahead")))
	case behold.NotLit, behold.NotAwake, behold.HasLeft, behold.NoWay, behold.CameLater:
		return p.T(key)
	}
	return p.T("today.why.not_lit")
}
