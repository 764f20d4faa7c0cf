package forecast

import (
	"math"
	"slices"

	"behold"
)

// After the columns of past the trees see a history as a person would count it, in
// days of the calendar, in the order in which it is told. Nobody asks for one of
// these columns by name.
const told = 43 + 3*len(windows)

const (
	spanDays   = 30 // a month, as it is counted here
	spansKept  = 24
	windowStep = 15  // days from one own window to the next
	widely     = 45  // days by which last year's window is widened
	gapWeight  = 0.3 // of a gap, in the mean that forgets
	neverAgo   = 60  // days before the first purchase, of a purchase that there was not
	roundTo    = 0.5 // purchase days or typical orders that a count is compared from
)

// A tale is the purchase days of one customer, in order of time.
type tale struct {
	days              []float64 // calendar days before the as-of day
	nets, goods       []float64
	gaps              []float64
	daysHere, netHere [48]float64 // most customers need no more
	goodHere, gapHere [48]float64
}

func (p *tale) start() {
	p.days, p.nets, p.goods, p.gaps = p.daysHere[:0], p.netHere[:0], p.goodHere[:0], p.gapHere[:0]
}

func (p *tale) purchase(ago, net, goods float64) {
	if n := len(p.days); n > 0 {
		p.gaps = append(p.gaps, p.days[n-1]-ago)
	}
	p.days, p.nets, p.goods = append(p.days, ago), append(p.nets, net), append(p.goods, goods)
}

// columns writes what the trees look at to row. engine is the chance of no
// purchase in the horizon.
func (p *tale) columns(row []float64, horizon int, engine float64) {
	if len(p.days) == 0 {
		return
	}
	to := teller{row[colTold:colTold:wide]}
	p.tellWindows(&to)
	p.tellGaps(&to)
	p.tellMonths(&to)
	p.tellRecent(&to)
	p.tellHorizon(&to, float64(horizon), engine)
}

// A teller writes figures one after another.
type teller struct{ row []float64 }

func (t *teller) tell(v ...float64) { t.row = append(t.row, v...) }

// tellWindows: purchase days, spend and goods lines in each window, and how they
// rise and fall.
func (p *tale) tellWindows(to *teller) {
	var days, spend, goods [len(windows)]float64
	for i, ago := range p.days {
		for j, reach := range windows {
			if ago < reach {
				days[j]++
				spend[j] += p.nets[i]
				goods[j] += p.goods[i]
			}
		}
	}
	for j := range windows {
		to.tell(days[j], spend[j], goods[j])
	}
	age, all, net := p.days[0]+1, float64(len(p.days)), sum(p.nets)
	const quarter, half, year = 2, 3, 4
	to.tell(
		against(days[quarter], all/age*windows[quarter]), against(max(spend[quarter], 0), max(net, 0)/age*windows[quarter]),
		against(days[half], days[year]-days[half]), against(days[quarter], days[half]-days[quarter]),
		2*spend[quarter]-spend[half],
		age, all/age, net/age, net/all,
	)
}

// against compares two counts, in ln.
func against(a, b float64) float64 { return math.Log((a + roundTo) / (b + roundTo)) }

func sum(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		s += v
	}
	return s
}

// tellGaps: mean and spread of the gaps, their quantiles, the last, one that
// forgets, and the silence against each. The age stands for gaps there are not.
func (p *tale) tellGaps(to *teller) {
	n := float64(len(p.gaps))
	age, silence := p.days[0]+1, p.days[len(p.days)-1]
	mean, spread, last := age, 0.0, age
	if n > 0 {
		mean, last = sum(p.gaps)/n, p.gaps[len(p.gaps)-1]
	}
	forgets, shorter := math.Log1p(mean), 0.5
	for _, gap := range p.gaps {
		spread += (gap - mean) * (gap - mean) / n
		forgets += gapWeight * (math.Log1p(gap) - forgets)
		if gap < silence {
			shorter++
		}
	}
	spread = math.Sqrt(spread)
	slices.Sort(p.gaps)
	to.tell(mean, spread, spread/(mean+1), last, silence/(mean+1), shorter/(n+1), forgets, math.Log1p(silence)-forgets, p.quantile(0.25))
	for _, q := range [...]float64{0.5, 0.75, 0.9, 1} {
		gap := p.quantile(q)
		to.tell(gap, silence/(gap+1))
	}
}

// quantile of the sorted gaps.
func (p *tale) quantile(q float64) float64 {
	if len(p.gaps) == 0 {
		return p.days[0] + 1
	}
	at := q * float64(len(p.gaps)-1)
	i := min(int(at), len(p.gaps)-1)
	next := min(i+1, len(p.gaps)-1)
	return p.gaps[i] + (at-float64(i))*(p.gaps[next]-p.gaps[i])
}

// tellMonths: the months of the last 3, 6 and 12 with a purchase, and their share
// of all up to 24.
func (p *tale) tellMonths(to *teller) {
	var bought [spansKept]bool
	for _, ago := range p.days {
		if m := int(ago / spanDays); m < spansKept {
			bought[m] = true
		}
	}
	var within [spansKept + 1]float64
	for m, yes := range bought {
		within[m+1] = within[m] + where1(yes)
	}
	of := math.Min(spansKept, math.Ceil((p.days[0]+1)/spanDays))
	to.tell(within[3], within[6], within[12], within[spansKept]/of)
}

// tellRecent: how long ago the purchase days before the last were, and how the
// last three compare.
func (p *tale) tellRecent(to *teller) {
	n := len(p.days)
	for _, back := range [...]int{2, 3, 4, 5, 8} {
		ago := p.days[0] + neverAgo
		if n >= back {
			ago = p.days[n-back]
		}
		to.tell(ago)
	}
	few := float64(min(n, lately))
	net, goods := sum(p.nets[n-int(few):])/few, sum(p.goods[n-int(few):])/few
	all := sum(p.goods)
	to.tell(against(max(net, 0), max(sum(p.nets), 0)/float64(n)), all, goods, against(goods, all/float64(n)))
}

// tellHorizon: how many windows as long as the horizon went without a purchase so
// far, and what was bought in the same window a year ago.
func (p *tale) tellHorizon(to *teller, horizon, engine float64) {
	const few, fewer = 4, 2 // windows that the engine's chance is worth
	empty, tried := few*engine, float64(few)
	late, weights := fewer*engine, float64(fewer)
	fades, weight := math.Exp2(-windowStep/180.0), 1.0
	next := len(p.days) - 1 // the first purchase after the window's start
	for start := horizon; start <= p.days[0]; start += windowStep {
		for next > 0 && p.days[next-1] < start {
			next--
		}
		tried++
		weights += weight
		if p.days[next] >= start || p.days[next] < start-horizon {
			empty++
			late += weight
		}
		weight *= fades
	}
	var then, wider float64
	for _, ago := range p.days {
		if ago > yearDays-horizon-widely && ago <= yearDays+widely {
			wider++
			if ago > yearDays-horizon && ago <= yearDays {
				then++
			}
		}
	}
	to.tell(empty/tried, late/weights, then, wider)
}

// ago is how many days before the as-of day a day was.
func ago(asOf, day behold.Day) float64 { return float64(asOf - day) }
