package behold

import (
	"fmt"
	"time"
)

// A Day is a business day: days since 1970-01-01, without a clock or a zone.
// time.Time is for when a machine did something; Day is for when a company did.
type Day int32

// NoDay means that the day is not known or has not come.
const NoDay Day = -1 << 31

// DayOf gives the calendar day of t in t's own zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Date(y, m, d)
}

// Date gives the day of a calendar date.
func Date(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDay reads a day written as 2006-01-02.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return NoDay, &Error{Kind: Invalid, Code: "act_day", Say: fmt.Sprintf("%q is not a day", s), Hint: "write it as 2025-03-14"}
	}
	return DayOf(t), nil
}

// Known says whether the day is known at all.
func (d Day) Known() bool { return d != NoDay }

// IsZero says that the day is not known, so that JSON's omitzero leaves it out.
func (d Day) IsZero() bool { return !d.Known() }

// Time is midnight UTC of the day.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Weekday of the day.
func (d Day) Weekday() time.Weekday {
	w := (int64(d) + 4) % 7 // 1970-01-01 was a Thursday
	if w < 0 {
		w += 7
	}
	return time.Weekday(w)
}

// String writes the day as 2006-01-02, and an unknown day as "".
func (d Day) String() string {
	if !d.Known() {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// MarshalText makes a Day readable in JSON and CSV; an unknown day is "".
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Day) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = NoDay
		return nil
	}
	day, err := ParseDay(string(b))
	if err != nil {
		return err
	}
	*d = day
	return nil
}
