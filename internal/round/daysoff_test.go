package round_test

import (
	"testing"

	"behold"
	"behold/internal/round"
)

// A deadline skips holidays, the company's own closed days, a colleague's free
// weekdays and short absences; a long absence is covered and moves none.
func TestDaysOff(t *testing.T) {
	const ann, bo = "ann@example.com", "bo@example.com"
	set := behold.DefaultSettings()
	set.Country = "DK"
	force := behold.Workforce{
		Hours:  []behold.Hours{{Colleague: bo, Minutes: [7]float64{1: 60, 2: 60, 4: 60, 5: 60}}}, // not on Wednesdays
		Closed: []behold.ClosedDay{{Day: behold.Date(2025, 4, 22), Name: "stocktaking"}, {Day: behold.Date(2025, 4, 21), Works: true}},
		Absences: []behold.Absence{
			{Colleague: ann, From: behold.Date(2025, 4, 24), To: behold.Date(2025, 4, 25)},
			{Colleague: bo, From: behold.Date(2025, 4, 24), To: behold.Date(2025, 5, 2)},
		},
	}
	wednesday := behold.Date(2025, 4, 16) // Maundy Thursday and Good Friday follow
	for _, c := range []struct {
		colleague string
		days      int
		want      string
	}{
		{"", 0, "2025-04-16"}, {"", 1, "2025-04-21"}, {"", 2, "2025-04-23"}, // Easter Monday is worked, the 22nd is not
		{ann, 2, "2025-04-23"}, {ann, 3, "2025-04-28"}, // away on Thursday and Friday
		{bo, 0, "2025-04-21"}, {bo, 1, "2025-04-24"}, {bo, 2, "2025-04-25"}, // away for a week: covered
	} {
		if got := behold.Workday(wednesday, c.days, round.DaysOff(&force, &set, c.colleague, wednesday)); got.String() != c.want {
			t.Errorf("%q, %d days after %v: %v, want %s", c.colleague, c.days, wednesday, got, c.want)
		}
	}
}
