package forecast

import (
	"testing"

	"behold"
)

// The holidays of 2025 and 2026 as the countries' own calendars have them.
func TestHolidaysByName(t *testing.T) {
	for _, c := range []struct {
		country string
		year    int
		want    []string
	}{
		{"DK", 2026, []string{"2026-01-01 new_year", "2026-04-02 maundy_thursday", "2026-04-03 good_friday", "2026-04-05 easter_sunday", "2026-04-06 easter_monday",
			"2026-05-14 ascension", "2026-05-25 whit_monday", "2026-06-05 constitution_day", "2026-12-24 christmas_eve", "2026-12-25 christmas_day", "2026-12-26 boxing_day", "2026-12-31 new_years_eve"}},
		{"GB", 2027, []string{"2027-01-01 new_year", "2027-03-26 good_friday", "2027-03-28 easter_sunday", "2027-03-29 easter_monday", "2027-05-03 bank_holiday",
			"2027-05-31 bank_holiday", "2027-08-30 bank_holiday", "2027-12-25 christmas_day", "2027-12-26 boxing_day", "2027-12-27 bank_holiday", "2027-12-28 bank_holiday"}},
		{"SE", 2025, []string{"2025-01-01 new_year", "2025-01-06 epiphany", "2025-04-18 good_friday", "2025-04-20 easter_sunday", "2025-04-21 easter_monday", "2025-05-01 labour_day",
			"2025-05-29 ascension", "2025-06-06 national_day", "2025-06-20 midsummer_eve", "2025-12-24 christmas_eve", "2025-12-25 christmas_day", "2025-12-26 boxing_day", "2025-12-31 new_years_eve"}},
	} {
		var got []string
		for _, h := range Holidays(c.country, behold.Date(c.year, 1, 1), behold.Date(c.year, 12, 31)) {
			got = append(got, h.Day.String()+" "+h.Name)
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %v", c.country, got)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: %s, want %s", c.country, got[i], c.want[i])
			}
		}
	}
	if got := Holidays("DK", behold.Date(2023, 5, 5), behold.Date(2023, 5, 5)); len(got) != 1 || got[0].Name != "prayer_day" {
		t.Errorf("the last Great Prayer Day: %v", got)
	}
}
