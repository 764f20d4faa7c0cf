package forecast

import (
	"time"

	"gonum.org/v1/gonum/mathext"

	"behold"
)

const (
	yearDays     = 365
	ahead        = 2 * yearDays // days past the as-of day that the clock knows
	blockDays    = 364          // 52 weeks: every block holds each weekday equally often
	weeks        = 53
	weekPrior    = 50.0 // orders, METHODS 2.1
	weekLow      = 0.1
	weekHigh     = 4.0
	dayPrior     = 20.0 // orders by which a weekday's weight is drawn to 1
	shut         = 0.1  // of a normal day: a holiday about which the data say nothing
	shutPrior    = 5.0  // orders that this is worth
	dayLow       = 0.01
	closureP     = 1e-4 // how surprising a day's few orders must be to call it closed
	growthPrior  = 90.0 // days of the year before that are worth as much as knowing of no growth
	growthMost   = 1.8  // of a year's mean level: from a tenth to nearly double
	bridgeDays   = 4
	bridgeOrders = 3.0 // expected orders below which a date has not shown whether it is shut
	neighbours   = 5   // weeks before and after a day that say what is normal
)

// FitClock finds the company's own pace.
//
// Question: how much of a normal day's trade does each day of the year carry,
// so that a summer stop or Christmas does not look like customers falling silent?
//
// Input: orders per day over all customers, in order of days; days without
// orders may be left out, days after asOf are not read. country is ISO 3166
// ("" for none) and gives the holidays.
//
// Formula (METHODS 2.1): w(day) = weekday · week of year · closure, with
//
//	weekday  (orders + 20) / (expected + 20)
//	week     (orders + 50) / (expected + 50), smoothed over 3 weeks, within [0.1, 4]
//	closure  of a date or holiday: orders over what the same weekday had in the
//	         five weeks before and after, where that is surprisingly little;
//	         of the country's holidays, drawn to 0.1
//
// divided by its mean over each calendar year. Week and closure are learned from
// 12 months on, from at most the last three years, each year against its own
// level so that growth is not taken for season; before that holidays stand at 0.1.
//
// Output: days of operational time, from the first day with orders (at least one
// year before asOf) to two years after asOf.
//
// Not for single campaigns, which look like season, nor for customers whose
// season runs against the company's.
//
// Source: METHODS 2.1; TestJulyStop repeats its simulation of a four-week stop.
func FitClock(days []behold.DayCount, asOf behold.Day, country string) behold.Clock {
	s := readSeason(days, asOf, country)
	s.fitWeekday()
	if len(s.count) >= yearDays {
		s.fitClosures()
		s.fitWeekday()
		s.fitWeeks()
	}
	return s.clock(asOf)
}

// A season is what the days of a year carry, while it is being learned.
type season struct {
	from    behold.Day
	count   []float64 // orders of the days from..asOf
	country string
	closed  map[int]bool // keys of the country's holidays
	weekday [7]float64
	week    [weeks]float64
	closure map[int]float64 // by dateKey
}

func readSeason(days []behold.DayCount, asOf behold.Day, country string) *season {
	s := &season{from: asOf + 1, country: country, closed: holidays(country), closure: map[int]float64{}}
	for _, d := range days {
		if d.Day <= asOf && d.Orders > 0 {
			s.from = min(s.from, d.Day)
		}
	}
	s.from = max(s.from, asOf+1-3*blockDays)
	s.count = make([]float64, asOf+1-s.from)
	for _, d := range days {
		if d.Day >= s.from && d.Day <= asOf {
			s.count[d.Day-s.from] += float64(d.Orders)
		}
	}
	for i := range s.week {
		s.week[i] = 1
	}
	for i := range s.weekday {
		s.weekday[i] = 1
	}
	return s
}

// fitWeekday compares each weekday with the average day, holidays and closures
// weighing as little as they carry.
func (s *season) fitWeekday() {
	var orders, exposure [7]float64
	var all, total float64
	for i, c := range s.count {
		d := s.from + behold.Day(i)
		e := s.closureOf(d)
		orders[d.Weekday()] += c
		exposure[d.Weekday()] += e
		all, total = all+c, total+e
	}
	if total == 0 {
		return
	}
	for w := range s.weekday {
		expected := exposure[w] * all / total
		s.weekday[w] = max((orders[w]+dayPrior)/(expected+dayPrior), dayLow)
	}
}

// fitClosures finds the dates on which the company trades much less than on the
// same weekday of the weeks around.
func (s *season) fitClosures() {
	orders, expected := map[int]float64{}, map[int]float64{}
	for i, c := range s.count {
		key := dateKey(s.from + behold.Day(i))
		orders[key] += c
		expected[key] += s.around(i)
	}
	for key, e := range expected {
		o := orders[key]
		switch {
		case s.closed[key]:
			s.closure[key] = min(1, (o+shut*shutPrior)/(e+shutPrior))
		case o < e/2 && mathext.GammaIncRegComp(o+1, e) < closureP:
			s.closure[key] = (o + 0.5) / (e + 0.5)
		}
	}
	s.bridgeClosures(expected)
}

// bridgeClosures shuts the dates that have only been weekends so far and lie
// between shut ones, such as the last days of a December.
func (s *season) bridgeClosures(expected map[int]float64) {
	for i := range s.count {
		d := s.from + behold.Day(i)
		key := dateKey(d)
		if expected[key] >= bridgeOrders {
			continue
		}
		before, after := s.nextTo(d, -1, expected), s.nextTo(d, 1, expected)
		if part := max(before, after); part < 0.5 {
			s.closure[key] = part
		}
	}
}

// nextTo is what the nearest day that is usually worked carries, in the
// direction of step; 1 when there is none within four days.
func (s *season) nextTo(d behold.Day, step behold.Day, expected map[int]float64) float64 {
	for range bridgeDays {
		d += step
		if expected[dateKey(d)] >= bridgeOrders {
			return s.closureOf(d)
		}
	}
	return 1
}

// around is the mean of the same weekday in the weeks before and after day i.
func (s *season) around(i int) float64 {
	sum, n := 0.0, 0.0
	for w := -neighbours; w <= neighbours; w++ {
		if j := i + 7*w; w != 0 && j >= 0 && j < len(s.count) {
			sum, n = sum+s.count[j], n+1
		}
	}
	if n == 0 {
		return 0
	}
	return sum / n
}

// closureOf is the part of a normal day's trade that the day carries because of
// its date; 1 for most.
func (s *season) closureOf(d behold.Day) float64 {
	if f, ok := s.closure[dateKey(d)]; ok {
		return f
	}
	if isHoliday(s.closed, s.country, d) {
		return shut
	}
	return 1
}

func (s *season) base(d behold.Day) float64 { return s.weekday[d.Weekday()] * s.closureOf(d) }

// fitWeeks compares the weeks of the year. Whole years back from the last day
// are levelled each by itself; what is left of an earlier year is levelled by
// what the whole years say of its weeks.
func (s *season) fitWeeks() {
	var orders, expected [weeks]float64
	rest := len(s.count) % blockDays
	for lo := rest; lo < len(s.count); lo += blockDays {
		s.addBlock(lo, lo+blockDays, s.growth(lo), &orders, &expected)
	}
	s.setWeeks(&orders, &expected)
	if rest > 0 {
		s.addBlock(0, rest, 0, &orders, &expected)
		s.setWeeks(&orders, &expected)
	}
}

// growth is by how much of its own mean the level rises over the year from lo
// on: half the difference of the years before and after, or the whole difference
// to the one of them there is. Of part of a year before, the same days are
// compared, and count as much as they are long.
func (s *season) growth(lo int) float64 {
	own := s.total(lo, lo+blockDays)
	if own == 0 {
		return 0
	}
	sum, sides := 0.0, 0.0
	if lo+2*blockDays <= len(s.count) {
		sum, sides = sum+s.total(lo+blockDays, lo+2*blockDays)/own-1, sides+1
	}
	if days := min(lo, blockDays); days > 0 {
		sure := float64(days) / (float64(days) + growthPrior)
		if days == blockDays {
			sure = 1
		}
		if later := s.total(lo-days+blockDays, lo+blockDays); later > 0 {
			sum, sides = sum+sure*(1-s.total(lo-days, lo)/later), sides+sure
		}
	}
	if sides == 0 {
		return 0
	}
	return min(max(sum/max(sides, 1), -growthMost), growthMost)
}

func (s *season) total(lo, hi int) float64 {
	sum := 0.0
	for _, c := range s.count[lo:hi] {
		sum += c
	}
	return sum
}

// addBlock adds the orders of the days from lo to hi (without it), and what was
// to be expected at the block's own level, rising by growth from end to end.
func (s *season) addBlock(lo, hi int, growth float64, orders, expected *[weeks]float64) {
	level := func(i int) float64 {
		return 1 + growth*((float64(i-lo)+0.5)/float64(hi-lo)-0.5)
	}
	var all, total float64
	for i := lo; i < hi; i++ {
		d := s.from + behold.Day(i)
		all += s.count[i]
		total += s.base(d) * s.week[weekOf(d)] * level(i)
	}
	for i := lo; i < hi; i++ {
		d := s.from + behold.Day(i)
		orders[weekOf(d)] += s.count[i]
		expected[weekOf(d)] += s.base(d) * level(i) * all / total
	}
}

// setWeeks smooths with weights ¼ ½ ¼ times the expected orders, so that a week
// in which the company is closed says little about its neighbours.
func (s *season) setWeeks(orders, expected *[weeks]float64) {
	for w := range s.week {
		var up, down float64
		for step, part := range [3]float64{1, 2, 1} {
			v := (w + step - 1 + weeks) % weeks
			up += part * (orders[v] + weekPrior)
			down += part * (expected[v] + weekPrior)
		}
		s.week[w] = min(max(up/down, weekLow), weekHigh)
	}
}

// weekOf is the ISO week less one; the rare week 53 counts as its own, drawn to
// its neighbours by the smoothing.
func weekOf(d behold.Day) int {
	_, w := d.Time().ISOWeek()
	return w - 1
}

// clock adds up the weights, each calendar year divided by its mean.
func (s *season) clock(asOf behold.Day) behold.Clock {
	from := min(s.from, asOf-yearDays)
	c := behold.Clock{From: from, Sum: make([]float64, 1, asOf+ahead-from+1)}
	year, scale := 0, 1.0
	for d := from + 1; d <= asOf+ahead; d++ {
		if y := d.Time().Year(); y != year {
			year, scale = y, 1/s.mean(y)
		}
		c.Sum = append(c.Sum, c.Sum[len(c.Sum)-1]+s.weight(d)*scale)
	}
	return c
}

func (s *season) weight(d behold.Day) float64 {
	return max(s.base(d)*s.week[weekOf(d)], dayLow)
}

func (s *season) mean(year int) float64 {
	sum, n := 0.0, 0.0
	for d := behold.Date(year, time.January, 1); d < behold.Date(year+1, time.January, 1); d++ {
		sum, n = sum+s.weight(d), n+1
	}
	return sum / n
}
