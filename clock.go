package behold

import "sort"

// A Clock measures time at the company's own pace (METHODS 2.1): a day on which
// as much is ordered as on an average day counts 1, a closed day next to
// nothing, a busy one more. Over a whole year it runs as fast as the calendar.
//
// The zero Clock is the calendar itself.
type Clock struct {
	From Day
	Sum  []float64 // Sum[i] is the time from From to From+i; Sum[0] = 0; never falling
}

// At is the time of day d, counted from From. Outside the known days the
// clock runs with the calendar.
func (c *Clock) At(d Day) float64 {
	i := int(d) - int(c.From)
	switch last := len(c.Sum) - 1; {
	case i <= 0 || last < 0:
		return float64(i)
	case i > last:
		return c.Sum[last] + float64(i-last)
	}
	return c.Sum[i]
}

// Between is the time that passes from a to b.
func (c *Clock) Between(a, b Day) float64 { return c.At(b) - c.At(a) }

// After is the first day on which at least t has passed since d.
func (c *Clock) After(d Day, t float64) Day {
	goal := c.At(d) + t
	last := len(c.Sum) - 1
	if last < 0 || goal > c.Sum[last] {
		end := Day(0)
		over := goal
		if last >= 0 {
			end, over = c.From+Day(last), goal-c.Sum[last]
		}
		day := end + Day(over)
		for c.At(day) < goal {
			day++
		}
		return day
	}
	if goal <= 0 {
		day := c.From + Day(goal)
		for c.At(day) < goal {
			day++
		}
		return day
	}
	return c.From + Day(sort.SearchFloat64s(c.Sum, goal))
}

// A DayCount is how much was ordered on one day, over all customers.
type DayCount struct {
	Day    Day
	Orders int64 // distinct orders that are purchases
}
