package behold

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Hours are when a colleague has time for customers on the list.
type Hours struct {
	Colleague string     `json:"colleague"` // e-mail, in lower case
	Minutes   [7]float64 `json:"minutes"`   // by time.Weekday: Sunday first
}

// FullWeek is how many hours a colleague works who has the minutes of the settings.
const FullWeek = 37.5

// UsualHours are the minutes of one who has said nothing: those of the settings on
// Monday to Friday, in proportion to the hours a week that a file names; 0: none does.
func UsualHours(colleague string, weekly float64, lists Lists) Hours {
	h := Hours{Colleague: ColleagueKey(colleague)}
	for day := time.Monday; day <= time.Friday; day++ {
		h.Minutes[day] = lists.MinutesToday
		if weekly > 0 {
			h.Minutes[day] = min(longestDay, lists.MinutesToday*weekly/FullWeek)
		}
	}
	return h
}

const longestDay = 600 // minutes

// Check says what makes no sense, if anything.
func (h *Hours) Check() error {
	for _, m := range h.Minutes {
		if !(m >= 0 && m <= longestDay) {
			return &Error{Kind: Invalid, Code: "hours_minutes", Say: "a day has 0 to 600 minutes for customers on the list", Hint: "90 is usual, 0 on a day off"}
		}
	}
	return nil
}

// Week is how many minutes a week that makes.
func (h *Hours) Week() (sum float64) {
	for _, m := range h.Minutes {
		sum += m
	}
	return sum
}

// Check says what makes no sense about an absence, as of a day.
func (a *Absence) Check(today Day) error {
	bad := func(code, say, hint string) error {
		return &Error{Kind: Invalid, Code: "absence_" + code, Say: say, Hint: hint}
	}
	switch {
	case !a.From.Known() || !a.To.Known():
		return bad("days", "an absence has a first and a last day", "name both; they may be the same")
	case a.To < a.From:
		return bad("order", "the last day of the absence lies before its first", "change the two")
	case a.To-a.From > 400:
		return bad("long", "the absence is longer than 400 days", "say that the colleague works here no more, or name an earlier last day")
	case a.From < today-400 || a.To > today+3*366:
		return bad("far", "the absence lies too far from today", "name days within a year back and three years ahead")
	}
	return nil
}

// Away says whether a colleague is away on a day, and until when.
func Away(all []Absence, colleague string, on Day) (Absence, bool) {
	for _, a := range all {
		if a.Colleague == colleague && a.From <= on && on <= a.To {
			return a, true
		}
	}
	return Absence{}, false
}

// JoinAbsences are the absences of colleagues by colleague and day, those that
// overlap or follow one another without a day between them joined.
func JoinAbsences(list []Absence) (joined []Absence) {
	sorted := slices.SortedFunc(slices.Values(list), func(a, b Absence) int {
		return cmp.Or(cmp.Compare(a.Colleague, b.Colleague), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	for _, a := range sorted {
		if n := len(joined); n > 0 && joined[n-1].Colleague == a.Colleague && a.From <= joined[n-1].To+1 {
			joined[n-1].To = max(joined[n-1].To, a.To)
			continue
		}
		joined = append(joined, a)
	}
	return joined
}

// A ClosedDay is a day on which the whole company does not work, or a holiday of
// its country on which it works all the same.
type ClosedDay struct {
	Day   Day    `json:"day"`
	Name  string `json:"name,omitempty"`
	Works bool   `json:"works,omitempty"` // the holiday is a day like any other here
}

// Check says what makes no sense, as of a day.
func (c *ClosedDay) Check(today Day) error {
	bad := func(code, say, hint string) error {
		return &Error{Kind: Invalid, Code: "closed_" + code, Say: say, Hint: hint}
	}
	switch {
	case !c.Day.Known() || c.Day < today-400 || c.Day > today+3*366:
		return bad("day", "this is not a day to close on", "name one within three years")
	case utf8.RuneCountInString(c.Name) > 100 || strings.ContainsAny(c.Name, "\n\r"):
		return bad("name", "the name of the day is too long", "a few words are enough")
	}
	return nil
}

// A Workforce is when everybody has time for customers.
type Workforce struct {
	Hours    []Hours     // of those who said so
	Weekly   []Colleague // Hours a week, as the file of colleagues names them
	Absences []Absence   // by colleague and day, joined
	Closed   []ClosedDay // by day
}

// Of are the hours of a colleague, and whether they were said: else they are the
// usual ones.
func (w *Workforce) Of(colleague string, lists Lists) (Hours, bool) {
	key := ColleagueKey(colleague)
	for _, h := range w.Hours {
		if h.Colleague == key {
			return h, true
		}
	}
	for _, c := range w.Weekly {
		if ColleagueKey(c.Email) == key {
			return UsualHours(key, c.Hours, lists), false
		}
	}
	return UsualHours(key, 0, lists), false
}

// AwayOf are the absences of a colleague, by day.
func (w *Workforce) AwayOf(colleague string) (list []Absence) {
	key := ColleagueKey(colleague)
	for _, a := range w.Absences {
		if a.Colleague == key {
			list = append(list, a)
		}
	}
	return list
}

// A CalendarFeed is a link under which a colleague's calendar finds promises and
// steps. The link itself is known to the colleague alone.
type CalendarFeed struct {
	Colleague string    `json:"colleague"` // e-mail, in lower case
	Names     bool      `json:"names"`     // with the names of customers
	Made      time.Time `json:"made"`
}
