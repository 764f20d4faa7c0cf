package round

import (
	"cmp"
	"math"
	"slices"
	"time"

	"behold"
	"behold/internal/forecast"
	"behold/internal/task"
)

// A crew is who works here, and where each of them sits.
type crew struct {
	shifts []task.Shift
	places map[string]int16
	closed []behold.Day
}

// newCrew are the colleagues that may do more than look, and those whom the
// customer file names though nobody has invited them. Where it names nobody, and
// nobody is invited, there is one list for the company.
func newCrew(with Lists, cards []behold.LampCard, day behold.Day, set behold.Settings) crew {
	c := crew{places: map[string]int16{}, closed: closedDays(set.Country, with.Workforce.Closed, day)}
	left := map[string]bool{}
	for _, one := range with.Colleagues {
		if key := behold.ColleagueKey(one.Email); one.Left || !one.Role.May(behold.Member) {
			left[key] = true
		} else {
			c.add(key, one.Team, with, set.Lists)
		}
	}
	var named []string
	for i := range cards {
		if key := behold.ColleagueKey(cards[i].Colleague); key != "" && !left[key] {
			named = append(named, key)
		}
	}
	slices.Sort(named)
	for _, key := range slices.Compact(named) {
		if _, known := c.places[key]; !known && len(c.shifts) < math.MaxInt16 {
			c.add(key, "", with, set.Lists)
		}
	}
	if len(c.shifts) == 0 {
		c.add("", "", with, set.Lists)
	}
	return c
}

func (c *crew) add(key, team string, with Lists, lists behold.Lists) {
	c.places[key] = int16(len(c.shifts))
	hours, _ := with.Workforce.Of(key, lists)
	c.shifts = append(c.shifts, task.Shift{Colleague: key, Team: team, Week: hours.Minutes, Away: with.Workforce.AwayOf(key)})
}

// around is how far from a day working days are looked for.
const around = 400

// A NamedDay is a day on which nobody works, or a holiday on which the company does.
type NamedDay struct {
	behold.ClosedDay
	Holiday string // as forecast.Holiday names it; "": it is the company's own
}

// NamedDays are the holidays of a country from one day to another and the days that
// the company itself closes on, by day. Without a country there are only the
// company's own.
func NamedDays(country string, own []behold.ClosedDay, from, to behold.Day) (list []NamedDay) {
	said := map[behold.Day]behold.ClosedDay{}
	for _, c := range own {
		said[c.Day] = c
	}
	if country != "" {
		for _, h := range forecast.Holidays(country, from, to) {
			day := NamedDay{behold.ClosedDay{Day: h.Day}, h.Name}
			if c, known := said[h.Day]; known {
				day.ClosedDay = c
				delete(said, h.Day)
			}
			list = append(list, day)
		}
	}
	for _, c := range said {
		if !c.Works && c.Day >= from && c.Day <= to {
			list = append(list, NamedDay{ClosedDay: c})
		}
	}
	slices.SortFunc(list, func(a, b NamedDay) int { return cmp.Compare(a.Day, b.Day) })
	return list
}

// closedDays are the days within a year of a day on which nobody works.
func closedDays(country string, own []behold.ClosedDay, day behold.Day) (closed []behold.Day) {
	for _, d := range NamedDays(country, own, day-around, day+around) {
		if !d.Works {
			closed = append(closed, d.Day)
		}
	}
	return closed
}

// workday is the day itself, or the next one on which anybody works: there are
// no lists for a Sunday. Where nobody works for a fortnight it is the next
// weekday, for its list to say so.
func (c *crew) workday(day behold.Day) behold.Day {
	for d := day; d < day+14; d++ {
		if slices.ContainsFunc(c.shifts, func(s task.Shift) bool { return s.Minutes(d, c.closed) > 0 }) {
			return d
		}
	}
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day++
	}
	return day
}
