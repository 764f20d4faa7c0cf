package lamp

import "behold"

// A FeedGap is a run of days without a single order on which there nearly always
// are some: the silence may be ours.
type FeedGap struct {
	From behold.Day `json:"from"`
	To   behold.Day `json:"to"`
	Days int        `json:"days_without_orders"` // of those on which some were to be expected
}

const (
	feedReach = 91   // days back that are looked at
	feedPast  = 365  // days before these that say what is usual
	feedLeast = 20   // of a weekday, for it to be judged
	feedUsual = 0.98 // share of a weekday's dates with orders
	feedOpen  = 0.3  // of an average day's pace: below, the company is closed
)

// FeedGaps answers: did everything that was ordered reach us?
//
// Input: days with orders by until, in order of days; the company's clock, which
// knows its closed days; from, the first day of its records.
//
// Method (METHODS 12.4): a weekday is one with orders when at least 98 in 100 of
// its dates in the year before the last quarter had some, closed days left out and
// at least 20 left. Dates of such weekdays in the last quarter on which the
// company is open and nothing was ordered are gaps; neighbours are one.
//
// Caveats: a company with few orders has no such weekday and no gaps. A holiday
// that the clock does not know looks like a gap. See TestFeedGaps.
func FeedGaps(days []behold.DayCount, clock *behold.Clock, from, until behold.Day) []FeedGap {
	had := map[behold.Day]bool{}
	for _, d := range days {
		had[d.Day] = had[d.Day] || d.Orders > 0
	}
	open := func(d behold.Day) bool { return clock.Between(d-1, d) >= feedOpen }
	var dates, busy [7]int
	for d := max(from, until-feedReach-feedPast+1); d <= until-feedReach; d++ {
		if open(d) {
			dates[d.Weekday()]++
			if had[d] {
				busy[d.Weekday()]++
			}
		}
	}
	gaps := []FeedGap{}
	joined := false // nothing was ordered since the last gap
	for d := max(from, until-feedReach+1); d <= until; d++ {
		w := d.Weekday()
		switch {
		case had[d]:
			joined = false
		case dates[w] < feedLeast || float64(busy[w]) < feedUsual*float64(dates[w]) || !open(d):
		case joined:
			last := &gaps[len(gaps)-1]
			last.To = d
			last.Days++
		default:
			gaps = append(gaps, FeedGap{From: d, To: d, Days: 1})
			joined = true
		}
	}
	return gaps
}
