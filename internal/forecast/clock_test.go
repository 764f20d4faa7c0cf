package forecast

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"behold"
)

// poissonDays draws orders a day around what open says.
func poissonDays(from, to behold.Day, level float64, open func(behold.Day) float64) []behold.DayCount {
	rng := rand.New(rand.NewPCG(3, 4))
	var days []behold.DayCount
	for d := from; d <= to; d++ {
		if mean := level * open(d); mean > 0 {
			days = append(days, behold.DayCount{Day: d, Orders: int64(distuv.Poisson{Lambda: mean, Src: rng}.Rand())})
		}
	}
	return days
}

// workdays are open Monday to Friday, shut from 24 December to 3 January.
func workdays(d behold.Day) float64 {
	if w := d.Weekday(); w == time.Saturday || w == time.Sunday {
		return 0
	}
	if t := d.Time(); t.Month() == time.December && t.Day() >= 24 || t.Month() == time.January && t.Day() <= 3 {
		return 0
	}
	return 1
}

func TestClockRunsAsFastAsTheCalendar(t *testing.T) {
	asOf := behold.Date(2024, time.May, 10)
	for _, from := range []behold.Day{asOf - 100, asOf - 400, asOf - 800, asOf - 1500} {
		c := FitClock(poissonDays(from, asOf, 40, workdays), asOf, "DK")
		for _, y := range []int{2024, 2025} {
			if got, want := c.Between(year(y)-1, year(y+1)-1), float64(year(y+1)-year(y)); math.Abs(got-want) > 1e-6 {
				t.Errorf("from %v: year %d passes in %v days, want %v", from, y, got, want)
			}
		}
		if end := c.From + behold.Day(len(c.Sum)-1); end != asOf+2*365 {
			t.Errorf("from %v: the clock ends on %v", from, end)
		}
		for i := 1; i < len(c.Sum); i++ {
			if c.Sum[i] <= c.Sum[i-1] {
				t.Fatalf("time stands still on %v", c.From+behold.Day(i))
			}
		}
	}
}

// A closing that came every year is no time in the years to come, nor are weekends.
func TestClockKnowsChristmas(t *testing.T) {
	asOf := behold.Date(2024, time.May, 10)
	c := FitClock(poissonDays(asOf-500, asOf, 40, workdays), asOf, "")
	if got := c.Between(behold.Date(2024, time.December, 23), behold.Date(2025, time.January, 3)); got > 2 { // the 24th was a Sunday in the only year known
		t.Errorf("Christmas to come takes %.2f days", got)
	}
	if got := c.Between(behold.Date(2024, time.June, 7), behold.Date(2024, time.June, 9)); got > 0.1 {
		t.Errorf("a weekend takes %.2f days", got)
	}
	if got := c.Between(behold.Date(2024, time.September, 1), behold.Date(2024, time.September, 29)); math.Abs(got-28) > 3 {
		t.Errorf("four weeks of September take %.2f days", got)
	}
}

// Growth is not season: a company that doubles in two years still has even years.
func TestClockIsNotFooledByGrowth(t *testing.T) {
	asOf := behold.Date(2024, time.December, 30)
	from := asOf - 3*364
	growing := func(d behold.Day) float64 { return math.Exp2(float64(d-from) / 728) }
	c := FitClock(poissonDays(from+1, asOf, 60, growing), asOf, "")
	first := c.Between(year(2025)-1, year(2025)+180)
	second := c.Between(year(2025)+180, year(2026)-1)
	if ratio := second / first; ratio > 1.35 {
		t.Errorf("the second half of a year runs %.2f times as fast", ratio)
	}
}

// The clock of a day reads nothing that came later.
func TestClockIgnoresLaterDays(t *testing.T) {
	asOf := behold.Date(2024, time.May, 10)
	days := poissonDays(asOf-700, asOf+60, 40, workdays)
	known := poissonDays(asOf-700, asOf, 40, workdays)
	a, b := FitClock(days, asOf, "DK"), FitClock(known, asOf, "DK")
	for d := asOf - 700; d < asOf+700; d++ {
		if a.At(d) != b.At(d) {
			t.Fatalf("later days change the clock on %v", d)
		}
	}
}

func TestHolidays(t *testing.T) {
	for _, c := range []struct {
		country string
		day     behold.Day
		want    bool
	}{
		{"", behold.Date(2024, time.March, 31), true}, // Easter Sunday
		{"", behold.Date(2025, time.April, 18), true}, // Good Friday
		{"DK", behold.Date(2025, time.May, 29), true}, // Ascension
		{"DK", behold.Date(2023, time.May, 5), true},  // Great Prayer Day, the last
		{"DK", behold.Date(2024, time.April, 26), false},
		{"GB", behold.Date(2025, time.May, 29), false},
		{"SE", behold.Date(2024, time.June, 21), true}, // Midsummer Eve
		{"NO", behold.Date(2024, time.May, 17), true},
		{"NL", behold.Date(2024, time.April, 27), true},
		{"GB", behold.Date(2011, time.August, 29), true},
		{"GB", behold.Date(2010, time.December, 28), true}, // for Boxing Day, a Sunday
		{"GB", behold.Date(2011, time.January, 3), true},   // for New Year's Day, a Saturday
		{"DK", behold.Date(2024, time.August, 26), false},
	} {
		if got := isHoliday(holidays(c.country), c.country, c.day); got != c.want {
			t.Errorf("%s %v: holiday %v, want %v", c.country, c.day, got, c.want)
		}
	}
}

// The UK wholesaler sells nothing from 24 December to 3 January, past or to come.
func TestClockOfTheWholesaler(t *testing.T) {
	h := readRetail(t).Until(behold.Date(2011, time.September, 9))
	c := FitClock(dayCounts(h), h.AsOf, "GB")
	for _, y := range []int{2009, 2010, 2011} {
		if got := c.Between(behold.Date(y, time.December, 23), behold.Date(y+1, time.January, 3)); got > 1 {
			t.Errorf("Christmas %d takes %.2f days", y, got)
		}
	}
	if autumn, summer := c.Between(year(2011)+273, year(2011)+333), c.Between(year(2011)+181, year(2011)+241); autumn < 1.2*summer {
		t.Errorf("autumn passes in %.1f days, summer in %.1f: where is the peak?", autumn, summer)
	}
}
