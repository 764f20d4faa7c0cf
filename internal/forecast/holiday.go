package forecast

import (
	"time"

	"behold"
)

// Days that move with Easter or with a weekday get keys of their own, so that
// what is learned about them in one year meets them in the next. All other
// days are keyed by their date.
const (
	easterKey    = 2000 // + days after Easter Sunday
	earlyMayKey  = 3001 // first Monday of May
	springKey    = 3002 // last Monday of May
	summerKey    = 3003 // last Monday of August
	midsummerKey = 3004 // Friday between 19 and 25 June
)

// dateKey names the day of the year: Easter and its train by their distance to
// it, movable Mondays and midsummer by name, others as 100·month + day.
func dateKey(d behold.Day) int {
	t := d.Time()
	month, day, weekday := t.Month(), t.Day(), t.Weekday()
	switch after := int(d - easter(t.Year())); after {
	case -3, -2, 0, 1, 26, 39, 49, 50:
		return easterKey + after
	}
	switch {
	case month == time.May && weekday == time.Monday && day <= 7:
		return earlyMayKey
	case month == time.May && weekday == time.Monday && day >= 25:
		return springKey
	case month == time.August && weekday == time.Monday && day >= 25:
		return summerKey
	case month == time.June && weekday == time.Friday && day >= 19 && day <= 25:
		return midsummerKey
	}
	return 100*int(month) + day
}

// holidays are the keys of the days on which a country's firms are closed by
// law or custom. Of a country that we do not know only the days that all five
// neighbours share.
func holidays(country string) map[int]bool {
	keys := []int{101, easterKey - 2, easterKey, easterKey + 1, 1225, 1226}
	switch country {
	case "DK":
		keys = append(keys, easterKey-3, easterKey+39, easterKey+50, 605, 1224, 1231)
	case "SE":
		keys = append(keys, 106, 501, easterKey+39, 606, midsummerKey, 1224, 1231)
	case "NO":
		keys = append(keys, easterKey-3, 501, 517, easterKey+39, easterKey+50, 1224)
	case "NL":
		keys = append(keys, easterKey+39, easterKey+50, 427)
	case "GB":
		keys = append(keys, earlyMayKey, springKey, summerKey)
	}
	closed := make(map[int]bool, len(keys))
	for _, k := range keys {
		closed[k] = true
	}
	return closed
}

// isHoliday says whether the country is closed on the day. Beside its keys there
// are the British weekdays given for holidays on a weekend, and the Danish Great
// Prayer Day up to 2023.
func isHoliday(closed map[int]bool, country string, d behold.Day) bool {
	if closed[dateKey(d)] {
		return true
	}
	t := d.Time()
	switch country {
	case "GB":
		return substitute(t)
	case "DK":
		return t.Year() <= 2023 && dateKey(d) == easterKey+26
	}
	return false
}

// substitute tells the British weekdays given for 25, 26 December and 1 January
// when these fall on a weekend.
func substitute(t time.Time) bool {
	day, weekday := t.Day(), t.Weekday()
	switch t.Month() {
	case time.January:
		return weekday == time.Monday && (day == 2 || day == 3)
	case time.December:
		return day == 27 && (weekday == time.Monday || weekday == time.Tuesday) ||
			day == 28 && (weekday == time.Monday || weekday == time.Tuesday)
	}
	return false
}

// A Holiday is a day on which a country's firms are closed by law or custom.
type Holiday struct {
	Day  behold.Day
	Name string // such as easter_monday; phrase says it in every language
}

// Holidays are those of a country from one day to another, both counted, by day.
// Of a country that we do not know they are the days that all five neighbours share.
func Holidays(country string, from, to behold.Day) (list []Holiday) {
	closed := holidays(country)
	for d := from; d <= to; d++ {
		if isHoliday(closed, country, d) {
			list = append(list, Holiday{d, holidayName(country, d)})
		}
	}
	return list
}

// holidayName is what a day is called on which a country is closed.
func holidayName(country string, d behold.Day) string {
	names := map[int]string{
		101: "new_year", 106: "epiphany", easterKey - 3: "maundy_thursday", easterKey - 2: "good_friday", easterKey: "easter_sunday",
		easterKey + 1: "easter_monday", easterKey + 26: "prayer_day", easterKey + 39: "ascension", easterKey + 50: "whit_monday",
		501: "labour_day", 517: "constitution_day", 605: "constitution_day", 606: "national_day", 427: "kings_day",
		earlyMayKey: "bank_holiday", springKey: "bank_holiday", summerKey: "bank_holiday", midsummerKey: "midsummer_eve",
		1224: "christmas_eve", 1225: "christmas_day", 1226: "boxing_day", 1231: "new_years_eve",
	}
	key := dateKey(d)
	if name, known := names[key]; known && holidays(country)[key] || key == easterKey+26 {
		return name
	}
	return "bank_holiday" // given for one that fell on a weekend
}

// easter is Easter Sunday of a Gregorian year, by the anonymous algorithm of
// Meeus, Astronomical Algorithms (1991), chapter 8.
func easter(year int) behold.Day {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return behold.Date(year, time.Month(month), day)
}
