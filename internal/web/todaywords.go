package web

import (
	"strconv"
	"strings"

	"behold"
	walk "behold/internal/round"
)

// called is what a colleague is called; "" is the list of the whole company.
func (p page) called(colleague string) string {
	if colleague == "" {
		return p.T("today.company")
	}
	if name := p.names[behold.ColleagueKey(colleague)]; name != "" {
		return name
	}
	return colleague
}

// attribute is a number as attributes have it.
func attribute(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// aboutList says which day the list is for, where that is not today.
func (p page) aboutList(v todayView) (says []string) {
	day := v.list.Day
	switch {
	case !day.Known() || day == p.desk.now:
	case day < p.desk.now:
		says = append(says, p.T("today.stale", "Weekday", p.Weekday(day), "Day", p.DayMonth(day)))
	default:
		says = append(says, p.T("today.list_for", "Weekday", p.Weekday(day), "Day", p.DayMonth(day)))
	}
	return says
}

// emptySays says why there is nothing to do, or nothing left.
func (p page) emptySays(v todayView) (says []string) {
	day := v.list.Day
	on := []any{"Weekday", p.Weekday(day), "Day", p.DayMonth(day)}
	if v.hasOwn && v.own.Minutes <= 0 && v.worked() {
		says = append(says, p.T("today.off", on...))
	}
	if v.alone() {
		says = append(says, p.T("today.one_list"))
	}
	switch {
	case !day.Known():
		says = []string{p.T("today.no_list")}
	case !v.worked():
		says = append(says, p.T("today.nobody_works", on...))
	case v.summary.Lamps == 0 && len(v.list.Tasks) == 0 && v.lost+len(v.round.Common) > 0:
		says = append(says, p.T("page.today.none_left"))
	case v.summary.Lamps == 0 && len(v.list.Tasks) == 0:
		says = append(says, p.T("page.today.none"))
	case !v.hasOwn && p.who.Role == behold.Member && p.signsIn && !v.alone():
		says = append(says, p.T("today.not_on"))
	case len(v.list.Tasks) == 0:
		says = append(says, p.T("today.empty"))
	case v.open() == 0:
		says = append(says, p.T("today.all_done"))
	}
	return says
}

// emptyLink leads to what would give the list somebody to work from it.
func (p page) emptyLink(v todayView) (to struct{ to, word string }) {
	switch {
	case v.alone() && p.signsIn && p.who.Role.May(behold.Owner):
		to.to, to.word = "/settings/colleagues", p.T("today.invite")
	case v.list.Day.Known() && p.who.Role.May(behold.Member) && (!v.worked() || v.hasOwn && v.own.Minutes <= 0):
		to.to, to.word = hoursPath, p.T("today.hours_link")
	}
	return to
}

// stepMore is how long the step takes, and by when it is to be done.
func (p page) stepMore(c card) string {
	step := c.Step()
	says := []string{p.Minutes(step.Minutes)}
	if step.Cost > 0 {
		says = append(says, p.rough(behold.MoneyOf(step.Cost, p.settings.Currency)))
	}
	if due := p.DueBy(c.Task.Due, p.desk.now); due != "" && !c.CaseDue() { // the case says it
		says = append(says, due)
	}
	return strings.Join(says, " · ")
}

// since says how long a task has been on the list, and whose customer it is.
func (p page) since(v todayView, c card) string {
	var says []string
	t := c.Task
	if t.Since < v.list.Day {
		says = append(says, p.T("today.since", "Day", p.ShortDate(t.Since)))
	}
	if t.Lying > 0 && !c.CaseDue() {
		says = append(says, p.N("today.lying", t.Lying))
	}
	if t.Escalated {
		says = append(says, p.T("today.escalated"))
	}
	if t.Covered {
		says = append(says, p.T("today.covered", "Colleague", p.called(t.Owner)))
	}
	return capital(strings.Join(says, " · "))
}

// doneSays is what was done about a customer, by whom and when.
func (p page) doneSays(c card) string {
	d := c.Done
	says := []string{p.T("today.done.out")}
	switch {
	case d.Case != nil:
		says[0] = p.workDone(c)
	case d.Entry != nil:
		says[0] = p.entryWord(d.Entry)
	case d.Act != nil && d.Act.State == behold.Snoozed:
		says[0] = p.T("today.done.asleep", "Day", p.ShortDate(d.Act.Until))
	case d.Act != nil && d.Act.State == behold.FalseAlarm:
		says[0] = p.T("today.done.wrong")
	case d.Act != nil:
		says[0] = p.T("today.done.taken")
	}
	if d.Who != "" {
		says = append(says, p.called(d.Who))
	}
	if !d.At.IsZero() {
		says = append(says, clock(d.At))
	}
	return strings.Join(says, " · ")
}

// workDone is what was done about the case of a customer.
func (p page) workDone(c card) string {
	k := c.Done.Case
	switch {
	case c.Done.Step != nil:
		return p.settledSays(c.Done.Step)
	case k.State == behold.Recovered:
		return p.T("case.did.recover")
	case k.State == behold.LampLost:
		return p.T("case.did.lose")
	case k.Move.Do == behold.CaseHanded:
		return p.T("case.did.handed_to", "Who", p.called(k.Owner))
	}
	return p.T("case.did.plan")
}

// strictSays is how the strict list stands, where one is asked for.
func (p page) strictSays(v settingsView) string {
	switch {
	case p.settings.StrictQ <= 0:
		return ""
	case v.cases < walk.LeastStrict:
		return p.T("hours.strict_few", "Cases", p.Number(v.cases), "Least", p.Number(walk.LeastStrict))
	}
	return p.T("hours.strict_on", "Cases", p.Number(v.cases), "Share", p.Percent(p.settings.StrictQ))
}

// settledSays is what became of a step of a case.
func (p page) settledSays(s *behold.CaseStep) string {
	if s.State == behold.StepSkipped {
		return p.T("case.did.step_skipped_which", "Step", p.stepSays(&s.Step))
	}
	return p.T("case.did.step_done_which", "Step", p.stepSays(&s.Step))
}
