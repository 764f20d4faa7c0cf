package lamp

import (
	"math"
	"sort"

	"behold"
	"behold/stat/survival"
)

// Waits are how long the company lets people wait for something: a Kaplan-Meier
// curve, so that those who still wait count for as long as they have waited.
// Leaving them out would make the company look prompt just when it is not. The
// zero Waits knows nothing.
type Waits struct {
	N    float64   // waits, ended or not
	At   []float64 // ascending: where the curve falls,
	Left []float64 // and the share that waits longer
}

// fewestWaits are too few to say what is usual.
const fewestWaits = 30

func waitsOf(stays []survival.Stay) Waits {
	if len(stays) < fewestWaits {
		return Waits{}
	}
	c, err := survival.KaplanMeier(stays, survival.CurveOptions{})
	if err != nil {
		return Waits{}
	}
	w := Waits{N: float64(len(stays))}
	for _, p := range c.Points {
		if p.Left > 0 {
			w.At, w.Left = append(w.At, p.Time), append(w.Left, p.Survival)
		}
	}
	return w
}

// known says whether anything is.
func (w *Waits) known() bool { return w.N > 0 && len(w.At) > 0 }

// atLeast is the p value of a wait: the share of waits that are at least as long,
// (1 + n·S(x−))/(n + 1), never less than one in all that were seen; 1 where
// nothing is known.
func (w *Waits) atLeast(x float64) float64 {
	if !w.known() {
		return 1
	}
	left := 1.0
	if i := sort.SearchFloat64s(w.At, x); i > 0 {
		left = w.Left[i-1]
	}
	return min(1, (1+w.N*left)/(w.N+1))
}

// within is the time within which a share of the waits is over; +Inf where they
// are never seen to be.
func (w *Waits) within(share float64) float64 {
	for i, left := range w.Left {
		if left <= 1-share {
			return w.At[i]
		}
	}
	return math.Inf(1)
}

// Openings are the hours of the week in which the company works. The zero value
// works round the clock.
type openings struct {
	before [hoursOfWeek + 1]int // working hours of the week before each hour
}

const (
	hoursOfWeek   = 7 * 24
	minutesOfDay  = 24 * 60
	minutesOfWeek = hoursOfWeek * 60
)

// openingsOf finds the hours in which replies are written: those of the day, and
// those days of the week, that have at least a twentieth of what the busiest has.
// Fewer than 200 replies, or replies without a time of day, say nothing.
func openingsOf(replies []behold.Moment) openings {
	const enough, share = 200, 20
	var hours [24]int
	var days [7]int
	midnight := 0
	for _, m := range replies {
		at := minuteOfWeek(m)
		days[at/minutesOfDay]++
		hours[at%minutesOfDay/60]++
		if at%minutesOfDay == 0 {
			midnight++
		}
	}
	if len(replies) < enough || 2*midnight > len(replies) {
		return openings{}
	}
	busiestDay, busiestHour := 0, 0
	for _, n := range days {
		busiestDay = max(busiestDay, n)
	}
	for _, n := range hours {
		busiestHour = max(busiestHour, n)
	}
	var o openings
	for at := range hoursOfWeek {
		o.before[at+1] = o.before[at]
		if share*days[at/24] >= busiestDay && share*hours[at%24] >= busiestHour {
			o.before[at+1]++
		}
	}
	return o
}

// always says that the company works round the clock, as far as anybody knows.
func (o *openings) always() bool {
	return o.before[hoursOfWeek] == 0 || o.before[hoursOfWeek] == hoursOfWeek
}

// hours are the working hours from one moment to a later one; 0 where the second
// is the earlier.
func (o *openings) hours(from, to behold.Moment) float64 {
	return max(0, o.worked(to)-o.worked(from))
}

// worked counts working hours since a moment long ago.
func (o *openings) worked(m behold.Moment) float64 {
	if o.always() {
		return float64(m) / 60
	}
	at := minuteOfWeek(m)
	week := (int(m) - at) / minutesOfWeek
	hour := at / 60
	worked := float64(week*o.before[hoursOfWeek] + o.before[hour])
	if o.before[hour+1] > o.before[hour] {
		worked += float64(at%60) / 60
	}
	return worked
}

// minuteOfWeek counts from Thursday midnight, as moments do.
func minuteOfWeek(m behold.Moment) int {
	at := int(m) % minutesOfWeek
	if at < 0 {
		at += minutesOfWeek
	}
	return at
}

// evening is the end of a day.
func evening(day behold.Day) behold.Moment { return (day + 1).Moment() - 1 }

// workdays counts Mondays to Fridays after one day, up to and with another.
func workdays(after, until behold.Day) int {
	n := 0
	for day := after + 1; day <= until; day++ {
		if w := day.Weekday(); w != 0 && w != 6 {
			n++
		}
	}
	return n
}

// customerMonths are the months in which customers of h have been customers, in
// the days from a day on; at least one.
func customerMonths(h *behold.Histories, from behold.Day) float64 {
	days := 0.0
	for k := range h.Customer {
		if begin := h.Start[k]; begin < h.Start[k+1] {
			days += float64(max(0, h.AsOf-max(from, h.Day[begin])))
		}
	}
	return max(1, days/daysOfMonth)
}
