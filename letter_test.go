package behold_test

import (
	"testing"
	"time"

	"behold"
)

func TestLettersDue(t *testing.T) {
	monday := behold.Date(2025, 3, 10)
	at := func(day behold.Day, hour int) time.Time { return day.Time().Add(time.Duration(hour) * time.Hour) }
	on := behold.DefaultLetters()
	on.On = true
	off := behold.DefaultLetters()
	noWeekly := on
	noWeekly.Weekly = false
	saturdays := on
	saturdays.Days = "6"
	night := on
	night.Hour = 23
	for _, c := range []struct {
		name    string
		letters behold.Letters
		kind    behold.LetterKind
		now     time.Time
		want    behold.Day
	}{
		{"before the hour", on, behold.MorningList, at(monday, 6), behold.NoDay},
		{"at the hour", on, behold.MorningList, at(monday, 7), monday},
		{"a laptop opened at noon", on, behold.MorningList, at(monday+1, 12), monday + 1},
		{"the evening", on, behold.MorningList, at(monday, 21), behold.NoDay},
		{"Saturday", on, behold.MorningList, at(monday+5, 9), behold.NoDay},
		{"a shop open on Saturdays", saturdays, behold.MorningList, at(monday+5, 9), monday + 5},
		{"late at night", night, behold.MorningList, at(monday, 23), monday},
		{"switched off", off, behold.MorningList, at(monday, 9), behold.NoDay},
		{"Monday's letter", on, behold.WeeklyLetter, at(monday, 8), monday},
		{"Monday's letter before the hour", on, behold.WeeklyLetter, at(monday, 5), behold.NoDay},
		{"Monday's letter on Wednesday", on, behold.WeeklyLetter, at(monday+2, 5), monday},
		{"Monday's letter on Thursday", on, behold.WeeklyLetter, at(monday+3, 8), behold.NoDay},
		{"Monday's letter on Sunday", on, behold.WeeklyLetter, at(monday+6, 8), behold.NoDay},
		{"the first working day is a Monday", on, behold.MonthlyLetter, at(behold.Date(2025, 3, 3), 8), behold.Date(2025, 3, 3)},
		{"a month that begins on a Saturday", on, behold.MonthlyLetter, at(behold.Date(2025, 3, 1), 8), behold.NoDay},
		{"the first working day before the hour", on, behold.MonthlyLetter, at(behold.Date(2025, 3, 3), 6), behold.NoDay},
		{"a machine that slept", on, behold.MonthlyLetter, at(behold.Date(2025, 3, 6), 6), behold.Date(2025, 3, 3)},
		{"too late in the month", on, behold.MonthlyLetter, at(behold.Date(2025, 3, 8), 9), behold.NoDay},
		{"a closed first of May", on, behold.MonthlyLetter, at(behold.Date(2025, 5, 1), 9), behold.NoDay},
		{"the day after it", on, behold.MonthlyLetter, at(behold.Date(2025, 5, 2), 9), behold.Date(2025, 5, 2)},
		{"no weekly letter", noWeekly, behold.WeeklyLetter, at(monday, 8), behold.NoDay},
	} {
		if got := c.letters.Due(c.kind, c.now, []behold.Day{behold.Date(2025, 5, 1)}); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestLetterChoiceOf(t *testing.T) {
	made := []behold.LetterChoice{{Colleague: "a@b", Kind: behold.WeeklyLetter, Wanted: false}, {Colleague: "was@b", Kind: behold.WeeklyLetter, Wanted: true}}
	for _, c := range []struct {
		email string
		role  behold.Role
		kind  behold.LetterKind
		want  bool
	}{
		{"a@b", behold.Owner, behold.WeeklyLetter, false}, // chosen
		{"a@b", behold.Owner, behold.MorningList, true},
		{"was@b", behold.Member, behold.WeeklyLetter, false}, // leads no more
		{"was@b", behold.Manager, behold.WeeklyLetter, true},
		{"c@b", behold.Manager, behold.WeeklyLetter, true},
		{"c@b", behold.Member, behold.WeeklyLetter, false},
		{"c@b", behold.Member, behold.MorningList, true},
		{"c@b", behold.Reader, behold.MorningList, false},
		{"c@b", "", behold.MorningList, false},
	} {
		got := behold.LetterChoiceOf(&behold.Colleague{Email: c.email, Role: c.role}, c.kind, made)
		if got.Wanted != c.want || got.Kind != c.kind || got.Colleague != c.email {
			t.Errorf("%s %s %s: %+v", c.email, c.role, c.kind, got)
		}
	}
}

func TestNextTryBacksOff(t *testing.T) {
	now := time.Date(2025, 3, 10, 7, 0, 0, 0, time.UTC)
	before := time.Duration(0)
	for tries := range 20 {
		wait := behold.NextTry(tries, now).Sub(now)
		if wait < before || wait < time.Minute || wait > time.Hour {
			t.Errorf("after %d tries: %v", tries, wait)
		}
		before = wait
	}
	if before != time.Hour {
		t.Errorf("waits %v in the end", before)
	}
}

func TestLettersAreChecked(t *testing.T) {
	for _, l := range []behold.Letters{{Hour: 24, Days: "1"}, {Hour: -1}, {Hour: 7, Days: "0"}, {Hour: 7, Days: "1,2"}} {
		if behold.KindOf(l.Check()) != behold.Invalid {
			t.Errorf("%+v: %v", l, l.Check())
		}
	}
	l := behold.DefaultLetters()
	if err := l.Check(); err != nil {
		t.Error(err)
	}
}
