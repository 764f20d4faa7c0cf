package task

import (
	"slices"

	"behold"
)

// A Shift is when a colleague has time for customers, and for what.
type Shift struct {
	Colleague string // e-mail
	Team      string
	Week      [7]float64 // minutes for customers, by time.Weekday
	Away      []behold.Absence
	Cannot    []behold.Action // what somebody else has to do
	Most      int             // of tasks a day; 0: as many as Rules say
}

// WeekOf spreads hours a week over Monday to Friday; share of them, 0 … 1, is for
// customers on the list.
func WeekOf(hours, share float64) (week [7]float64) {
	for day := 1; day <= 5; day++ {
		week[day] = hours * 60 * share / 5
	}
	return week
}

// Minutes the colleague has for customers on a day: none when away, and none on a
// day on which the company is closed.
func (s *Shift) Minutes(day behold.Day, closed []behold.Day) float64 {
	if slices.Contains(closed, day) {
		return 0
	}
	for _, a := range s.Away {
		if a.From <= day && day <= a.To {
			return 0
		}
	}
	return s.Week[day.Weekday()]
}

// farthest is how many days ahead a working day is looked for.
const farthest = 400

// After is the n-th working day after a day; the day itself for n = 0. Of one who
// does not work for a year to come it is NoDay.
func (s *Shift) After(day behold.Day, n int, closed []behold.Day) behold.Day {
	if n == 0 {
		return day
	}
	for d := day + 1; d <= day+farthest; d++ {
		if s.Minutes(d, closed) > 0 {
			if n--; n == 0 {
				return d
			}
		}
	}
	return behold.NoDay
}

// Worked is how many working days lie from a day, itself counted, to before
// another one.
func (s *Shift) Worked(from, to behold.Day, closed []behold.Day) (days int) {
	for d := max(from, to-farthest); d < to; d++ {
		if s.Minutes(d, closed) > 0 {
			days++
		}
	}
	return days
}

func (s *Shift) able(action behold.Action) bool { return !slices.Contains(s.Cannot, action) }
