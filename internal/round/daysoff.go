package round

import (
	"slices"

	"behold"
	"behold/internal/task"
)

// DaysOff are the days within a year of a day on which nobody does what a colleague
// has in hand: those on which the company is closed, the weekdays on which the
// colleague never works, and absences so short that nobody stands in. During a
// longer one a deadline stays, for somebody covers it.
func DaysOff(force *behold.Workforce, set *behold.Settings, colleague string, from behold.Day) []behold.Day {
	off := closedDays(set.Country, force.Closed, from)
	if colleague == "" {
		return off
	}
	hours, _ := force.Of(colleague, set.Lists)
	if hours.Week() > 0 {
		for d := from; d < from+around; d++ {
			if hours.Minutes[d.Weekday()] == 0 {
				off = append(off, d)
			}
		}
	}
	shift := task.Shift{Week: hours.Minutes}
	for _, a := range force.AwayOf(colleague) {
		if a.To < from || shift.Worked(a.From, a.To+1, off) >= task.UsualRules().CoverDays {
			continue
		}
		for d := a.From; d <= a.To; d++ {
			off = append(off, d)
		}
	}
	slices.Sort(off)
	return slices.Compact(off)
}
