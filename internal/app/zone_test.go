package app

import (
	"testing"
	"time"

	"behold"
)

func TestLettersLeaveInTheRecipientsMorning(t *testing.T) {
	rules := behold.DefaultSurveys()
	for _, c := range []struct{ country, from, want string }{
		{"DK", "2025-03-14T04:00:00Z", "2025-03-14T08:00:00Z"}, // Friday, nine in Copenhagen
		{"FI", "2025-03-14T04:00:00Z", "2025-03-14T07:00:00Z"},
		{"gb", "2025-03-14T04:00:00Z", "2025-03-14T09:00:00Z"},
		{"US", "2025-03-14T04:00:00Z", "2025-03-14T13:00:00Z"},
		{"DK", "2025-03-14T09:30:00Z", "2025-03-14T09:30:00Z"}, // in the middle of it
		{"DK", "2025-03-14T11:00:00Z", "2025-03-17T08:00:00Z"}, // noon on Friday: on Monday
		{"DK", "2025-03-15T08:30:00Z", "2025-03-17T08:00:00Z"},
		{"DK", "2025-03-28T12:00:00Z", "2025-03-31T07:00:00Z"}, // summer time has begun
		{"JP", "2025-03-16T20:00:00Z", "2025-03-17T00:00:00Z"}, // already Monday there
		{"XX", "2025-03-14T04:00:00Z", "2025-03-14T09:00:00Z"}, // home's
		{"", "2025-03-14T04:00:00Z", "2025-03-14T09:00:00Z"},
	} {
		from, err := time.Parse(time.RFC3339, c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := opens(&rules, c.country, from, time.UTC).UTC().Format(time.RFC3339); got != c.want {
			t.Errorf("%s from %s: %s, want %s", c.country, c.from, got, c.want)
		}
	}
}
