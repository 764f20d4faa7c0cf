package sample

import (
	"sort"
	"time"

	"behold"
)

// A season is how a kind of customer spreads its buying over the year.
type season uint8

const (
	ordinary season = iota // stops in July, stocks up before Christmas
	summer                 // hotels and ice cream by the sea: the other way round
	seasons
)

// A calendar turns season-adjusted days into days. Weight 1 is a mean day; a
// closed day has weight 0, so nobody ever orders on it.
type calendar struct {
	first, last behold.Day
	passed      [seasons][]float64 // weight of the days from first up to and including day first+i
	text        []string           // first … last + a year, written out once
	next        []behold.Day       // the workday on or after each of these days
}

func newCalendar(first, last behold.Day, steady bool) *calendar {
	c := &calendar{first: first, last: last}
	for s := range seasons {
		weigh := weight
		if steady {
			weigh = weekWeight
		}
		mean := meanWeight(weigh, s, last)
		sum := 0.0
		for d := first; d <= last; d++ {
			sum += weigh(s, d) / mean
			c.passed[s] = append(c.passed[s], sum)
		}
	}
	for d := first; d <= last+400; d++ {
		c.text = append(c.text, d.String())
		c.next = append(c.next, workday(d))
	}
	return c
}

// when gives the day on which u season-adjusted days have passed since first,
// and a day after last when that is still to come.
func (c *calendar) when(s season, u float64) behold.Day {
	passed := c.passed[s]
	i := sort.Search(len(passed), func(i int) bool { return passed[i] > u })
	return c.first + behold.Day(i)
}

// passedBefore is how many season-adjusted days have passed when d begins.
func (c *calendar) passedBefore(s season, d behold.Day) float64 {
	if d <= c.first {
		return 0
	}
	return c.passed[s][min(int(d-c.first), len(c.passed[s]))-1]
}

// workday is the function of that name, looked up.
func (c *calendar) workday(d behold.Day) behold.Day {
	if i := int(d - c.first); i >= 0 && i < len(c.next) {
		return c.next[i]
	}
	return workday(d)
}

// workday gives d, or the first day after it on which the shop is open.
func workday(d behold.Day) behold.Day {
	for closed(d) || d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
		d++
	}
	return d
}

// meanWeight over the two years that end on last.
func meanWeight(weigh func(season, behold.Day) float64, s season, last behold.Day) float64 {
	sum := 0.0
	for d := last - 729; d <= last; d++ {
		sum += weigh(s, d)
	}
	return sum / 730
}

func weight(s season, d behold.Day) float64 {
	_, week := d.Time().ISOWeek()
	w := weekWeight(s, d)
	if s == summer {
		return w * summerWeek(week)
	}
	return w * ordinaryWeek(week)
}

// weekWeight is the weight of the day in its week, the same all year.
func weekWeight(_ season, d behold.Day) float64 {
	if closed(d) {
		return 0
	}
	weekday := [7]float64{0.02, 1.35, 1.15, 1.10, 1.25, 1.00, 0.13} // from Sunday
	return weekday[d.Weekday()]
}

func ordinaryWeek(week int) float64 {
	switch {
	case week >= 28 && week <= 30: // the July stop
		return 0.08
	case week == 27 || week == 31:
		return 0.45
	case week == 7 || week == 42: // school holidays
		return 0.80
	case week >= 46 && week <= 50: // before Christmas
		return 1.30
	}
	return 1
}

func summerWeek(week int) float64 {
	switch {
	case week >= 24 && week <= 33:
		return 2.2
	case week <= 12 || week >= 48:
		return 0.5
	}
	return 1
}

// closed days are the Danish public holidays and the days around Christmas.
func closed(d behold.Day) bool {
	year, month, day := d.Time().Date()
	switch {
	case month == time.December && day >= 24, month == time.January && day == 1, month == time.June && day == 5:
		return true
	}
	switch d - easter(year) {
	case -3, -2, 0, 1, 39, 49, 50: // Thursday, Friday, Sunday, Monday; Ascension; Whitsun
		return true
	}
	return false
}

// easter Sunday by the anonymous Gregorian computus (Meeus, Astronomical
// Algorithms, chapter 8).
func easter(year int) behold.Day {
	a, b, c := year%19, year/100, year%100
	d, e, f := b/4, b%4, (b+8)/25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return behold.Date(year, time.Month(n/31), n%31+1)
}
