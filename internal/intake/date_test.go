package intake

import (
	"strings"
	"testing"
	"time"

	"behold"

	"pgregory.net/rapid"
)

func TestDate(t *testing.T) {
	for _, c := range []struct {
		form dateForm
		text string
		want string
		why  string
	}{
		{dateForm{}, "2010-12-01 08:26:00", "2010-12-01 08:26:00", ""}, {dateForm{}, "2010-12-01T08:26:00Z", "2010-12-01 08:26:00", ""},
		{dateForm{}, "2025-10-07 09:50:26 +0200", "2025-10-07 09:50:26", ""}, {dateForm{}, "2025-10-07T09:50:26.125+02:00", "2025-10-07 09:50:26.125", ""},
		{dateForm{}, "2010-12-01", "2010-12-01 00:00:00", ""}, {dateForm{}, "20101201", "2010-12-01 00:00:00", ""}, {dateForm{}, "2010/12/1", "2010-12-01 00:00:00", ""},
		{dateForm{}, "31/12/2010", "2010-12-31 00:00:00", ""}, {dateForm{}, "31.12.2010 8.26", "2010-12-31 08:26:00", ""}, {dateForm{}, "31-12-10", "2010-12-31 00:00:00", ""},
		{dateForm{monthFirst: true}, "12/31/2010 8:26", "2010-12-31 08:26:00", ""}, {dateForm{monthFirst: true}, "1/2/2013 1:05:00 PM", "2013-01-02 13:05:00", ""},
		{dateForm{monthFirst: true}, "1/2/2013 12:05 am", "2013-01-02 00:05:00", ""}, {dateForm{}, "1/2/99", "1999-02-01 00:00:00", ""},
		{dateForm{}, "1. maj 2024", "2024-05-01 00:00:00", ""}, {dateForm{}, "01-Dec-2010", "2010-12-01 00:00:00", ""}, {dateForm{}, "Dec 1, 2010", "2010-12-01 00:00:00", ""},
		{dateForm{}, "3 mrt 2024", "2024-03-03 00:00:00", ""}, {dateForm{}, "3. März 2024", "2024-03-03 00:00:00", ""},
		{dateForm{serial: true}, "40513.351388888892", "2010-12-01 08:26:00", ""}, {dateForm{serial: true}, "40513", "2010-12-01 00:00:00", ""},
		{dateForm{}, "12/31/2010", "", WhyDateOrder}, {dateForm{monthFirst: true}, "31/12/2010", "", WhyDateOrder},
		{dateForm{}, "30/02/2010", "", WhyDateRange}, {dateForm{}, "2010-13-01", "", WhyDateRange}, {dateForm{}, "0001-01-01", "", WhyDateRange}, {dateForm{}, "2101-01-01", "", WhyDateRange},
		{dateForm{}, "yesterday", "", WhyNotADate}, {dateForm{}, "40513", "", WhyNotADate}, {dateForm{}, "2010-12-01 25:00", "", WhyNotADate}, {dateForm{}, "2010-12-01x", "", WhyNotADate},
		{dateForm{}, "10:30", "", WhyNotADate}, {dateForm{}, "2010-12", "", WhyNotADate}, {dateForm{}, "2010-12-01 08", "", WhyNotADate},
	} {
		clock := clock{form: c.form}
		for range 2 { // the second time the day is remembered
			at, why := clock.parse([]byte(c.text))
			got := ""
			if why == "" {
				got = strings.TrimSuffix(timeOf(at).Format("2006-01-02 15:04:05.000"), ".000")
			}
			if got != c.want || why != c.why {
				t.Errorf("%q: %q %q, want %q %q", c.text, got, why, c.want, c.why)
			}
		}
	}
}

func TestCivil(t *testing.T) {
	for d := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() <= 2100; d = d.AddDate(0, 0, 1) {
		if got := civil(d.Year(), int(d.Month()), d.Day()); got != behold.DayOf(d) {
			t.Fatalf("%v: %d, want %d", d, got, behold.DayOf(d))
		}
	}
}

func TestDatePrintedThenParsed(t *testing.T) {
	forms := map[string]dateForm{
		"2006-01-02 15:04:05": {}, "2006-01-02T15:04:05Z": {}, "02/01/2006 15:04:05": {}, "2.1.2006 15:04:05": {}, "02-01-2006 15.04.05": {},
		"1/2/2006 3:04:05 PM": {monthFirst: true}, "01/02/06 15:04:05": {monthFirst: true}, "2 January 2006 15:04:05": {}, "Jan 2, 2006 15:04:05": {}, "20060102 15:04:05": {},
	}
	clocks := map[string]*clock{}
	for layout, form := range forms {
		clocks[layout] = &clock{form: form}
	}
	layouts := rapid.SampledFrom([]string{"2006-01-02 15:04:05", "2006-01-02T15:04:05Z", "02/01/2006 15:04:05", "2.1.2006 15:04:05", "02-01-2006 15.04.05", "1/2/2006 3:04:05 PM", "01/02/06 15:04:05", "2 January 2006 15:04:05", "Jan 2, 2006 15:04:05", "20060102 15:04:05"})
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(0, 3_000_000_000).Draw(t, "at"), 0).UTC()
		layout := layouts.Draw(t, "layout")
		if layout == "01/02/06 15:04:05" && at.Year() >= 2070 {
			t.Skip()
		}
		got, why := clocks[layout].parse([]byte(at.Format(layout)))
		if why != "" || got != at.UnixMicro() {
			t.Fatalf("%q: %v %q, want %v", at.Format(layout), timeOf(got), why, at)
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"2010-12-01 08:26:00", "31/12/2010", "1. maj 2024", "40513.35", "Dec 1, 2010", "20101201T10:00", "", "1/1/1", "99999999"} {
		f.Add(s, false, false)
	}
	f.Fuzz(func(t *testing.T, s string, monthFirst, serial bool) {
		c := clock{form: dateForm{monthFirst, serial}}
		at, why := c.parse([]byte(s))
		again, whyAgain := c.parse([]byte(s))
		if at != again || why != whyAgain {
			t.Fatalf("%q: %v %q, then %v %q", s, at, why, again, whyAgain)
		}
		if why == "" && (at < int64(civil(1900, 1, 1))*microsOfDay || at > int64(civil(2101, 1, 1))*microsOfDay) {
			t.Fatalf("%q became %v", s, timeOf(at))
		}
	})
}
