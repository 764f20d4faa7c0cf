package lamp

import (
	"math"
	"slices"

	"behold"
	"behold/stat"
	"behold/stat/repurchase"
)

// A Past is the company as it was known on an earlier day, with what is known by
// now of what became of its customers.
type Past struct {
	H      *behold.Histories
	Deals  *behold.Dealings // nil: nothing but orders
	F      []behold.Forecast
	Stayed []bool // bought again within the horizon, one for each customer
}

// Pasts are the months of the past that are replayed. They are made when they are
// asked for: all of them would not fit into memory.
type Pasts interface {
	// Months is how many there are, a month apart.
	Months() int
	// Past is one of them, 0 the latest. It is good until the next is asked for.
	Past(month int) Past
	// Some are the chosen customers of a month, by their places in ascending order:
	// H and Deals alone.
	Some(month int, chosen []int) Past
}

// A Calibration is how the lamps did on the company's own past (METHODS 3.2).
// The zero Calibration is none: p is taken as it is.
type Calibration struct {
	Pasts  int     // months that were replayed
	Months float64 // that healthy customers lived through in them
	Seen   float64 // that all customers lived through in them
	Scale  float64 // by which every share of the dial is multiplied so that all lamps together meet it; 0: 1
	Lamps  []Replayed
	Cuts   Cuts
}

// Replayed is how one lamp did on the company's own past.
type Replayed struct {
	Kind    behold.LampKind
	Healthy int      // cases of customers who stayed
	Cases   [][]Case // of them, by class (the last: everybody), the smallest p first; only those with p at most one half are kept
	Count   []int    // of all healthy cases, by class
	False   float64  // lamps per 100 healthy customers and month that it lit in the replay; NaN: nothing to count from
	Daily   float64  // of rhythm: what somebody who looks every day sees; False counts those that burn for days only in part
	Lit     int      // times it was lit, whoever it was lit for
	Usual   float64  // share of the customers who stayed for whom it was lit at the end of a replayed month; 0: not known
	Left    int      // of these, how many did not buy again within the horizon
	wrong   int      // of these, lit by a test for customers who stayed
}

// A Case is a p value of a customer who stayed, and how often a month they gave
// the lamp a chance to be wrong.
type Case struct{ P, Often float64 }

// Cuts divide customers into classes of tenure and frequency.
type Cuts struct{ Often, Seldom float64 } // usual gaps in days, at the terciles

// classes of customers; the last is everybody.
const (
	tenures    = 2 // under a year, or longer
	terciles   = 3
	classes    = tenures*terciles + 1
	everybody  = classes - 1
	leastCases = 200 // METHODS 3.2 and 9.2
	newcomer   = 365 // days
	longestGap = 365 // days; who comes back after more was lost in between
	keepBelow  = 0.5 // p above it never light anything
	mostScale  = 3.0
	leastScale = 1 / mostScale
	rescalings = 12
)

// class of a customer with this usual gap and tenure, in days.
func (c *Cuts) class(gap, tenure float64) int {
	class := 0
	if tenure >= newcomer {
		class = terciles
	}
	switch {
	case gap > c.Seldom:
		class += 2
	case gap > c.Often:
		class++
	}
	return class
}

// Records is what is kept and told of each lamp.
func (c *Calibration) Records() []behold.LampRecord {
	var list []behold.LampRecord
	for i := range c.Lamps {
		r := &c.Lamps[i]
		record := behold.LampRecord{Kind: r.Kind, Months: c.Pasts, Healthy: r.Healthy, Lit: r.Lit, Left: r.Left}
		if !math.IsNaN(r.False) {
			record.False = &r.False
		}
		list = append(list, record)
	}
	return list
}

// replayed finds a lamp; nil when it was not replayed.
func (c *Calibration) replayed(kind behold.LampKind) *Replayed {
	for i := range c.Lamps {
		if c.Lamps[i].Kind == kind {
			return &c.Lamps[i]
		}
	}
	return nil
}

// of are the healthy cases to hold a customer of the class against: of their own
// class when it has enough, else of everybody; none when there are too few.
func (r *Replayed) of(class int) (cases []Case, n int) {
	if r == nil {
		return nil, 0
	}
	for _, c := range []int{class, everybody} {
		if r.Count[c] >= leastCases {
			return r.Cases[c], r.Count[c]
		}
	}
	return nil, 0
}

// Star answers: of healthy customers of this class, how many looked like this or
// worse? METHODS 3.2: p* = (1 + #{healthy cases with p' ≤ p}) / (n + 1), and p
// itself where there are fewer than 200 cases. It never falls as p rises.
func (c *Calibration) Star(kind behold.LampKind, class int, p float64) float64 {
	cases, n := c.replayed(kind).of(class)
	if n == 0 {
		return p
	}
	if p > keepBelow {
		return max(p, float64(1+len(cases))/float64(n+1))
	}
	return float64(1+below(cases, p)) / float64(n+1)
}

// below counts the cases with a p of at most p.
func below(cases []Case, p float64) int {
	i, _ := slices.BinarySearchFunc(cases, p, func(c Case, p float64) int {
		if c.P <= p {
			return -1
		}
		return 1
	})
	return i
}

// Critical is the largest p whose p* is at most a; 0 when none is.
func (c *Calibration) Critical(kind behold.LampKind, class int, a float64) float64 {
	cases, n := c.replayed(kind).of(class)
	if n == 0 {
		return a
	}
	may := int(a*float64(n+1)) - 1 // cases that may lie at or below it
	switch {
	case may < 0:
		return 0
	case may >= len(cases):
		return keepBelow
	}
	return math.Nextafter(cases[may].P, 0)
}

// Replay walks the company's past months and learns from them what a p value is
// worth here.
//
// Question: how often would these lamps have been lit for customers who stayed,
// and how many of those they were lit for left?
//
// Input: in as Prepare made it; now are the histories of today with forecasts,
// for the gaps that were completed; pasts, a month apart, the latest first, each
// with the outcomes a horizon later. One of them at a time is asked for.
//
// Method (METHODS 3.2): for every statistical lamp the p values of customers who
// stayed, by class of tenure and tercile of frequency. A case of rhythm is a gap
// that was completed, with the silence p on its last day, of gaps that began at
// least the horizon before today; of the other lamps, whatever they tested in the
// month. The shares are then scaled by one factor, between a third and three, so
// that the lamps with data together meet the dial (rescale says what counts).
//
// Output: the calibration, with each lamp's record: how often it was lit anew in
// the replayed months, and how many of those customers left.
//
// Caveats: with fewer than 200 healthy cases a lamp keeps its own p. The past must
// resemble the present. The model's parameters are today's.
//
// Source: METHODS 3.1 and 3.2; Bates et al. (2023). TestReplayMeetsTheDial counts
// false lamps of customers whose rhythm is not the model's.
func Replay(in Company, now *Past, pasts Pasts) Calibration {
	c := Calibration{Pasts: pasts.Months(), Scale: 1, Cuts: cutsOf(now.F)}
	in.Calibration = Calibration{Cuts: c.Cuts}
	cases := map[behold.LampKind][][]Case{}
	gapMonths := replayGaps(&in, now, func(kind behold.LampKind, class int, x Case) { put(cases, kind, class, x) })
	months := make([]month, c.Pasts)
	for j := range months {
		past := pasts.Past(j)
		months[j] = replayMonth(&in, &past, cases)
		c.Months += months[j].healthy()
		c.Seen += float64(bought(&past))
	}
	c.fill(cases)
	in.Calibration = c
	c.lookBack(&in, pasts, months)
	c.rescale(&in, gapMonths)
	in.Calibration = c
	c.lookBack(&in, pasts, months)
	return c
}

func put(cases map[behold.LampKind][][]Case, kind behold.LampKind, class int, x Case) {
	if cases[kind] == nil {
		cases[kind] = make([][]Case, classes)
	}
	cases[kind][class] = append(cases[kind][class], x)
}

// cutsOf are the terciles of the usual gap of those who bought twice.
func cutsOf(f []behold.Forecast) Cuts {
	var gaps []float64
	for i := range f {
		if f[i].Occasions > 1 && f[i].UsualGap > 0 {
			gaps = append(gaps, f[i].UsualGap)
		}
	}
	if len(gaps) == 0 {
		return Cuts{Often: 30, Seldom: 90}
	}
	slices.Sort(gaps)
	return Cuts{Often: gaps[len(gaps)/3], Seldom: gaps[2*len(gaps)/3]}
}

// bought counts the customers who had bought by then.
func bought(past *Past) (n int) {
	for i := range past.F {
		if past.F[i].Occasions > 0 {
			n++
		}
	}
	return n
}

// replayGaps collects the completed gaps of the last two years, and counts the
// months they took.
func replayGaps(in *Company, now *Past, put func(behold.LampKind, int, Case)) float64 {
	rhythm := &in.Rhythm
	if rhythm.Borrowed || len(rhythm.Shapes) == 0 {
		return 0
	}
	const reach = 730
	from, until := now.H.AsOf-reach, now.H.AsOf-behold.Day(in.Horizon)
	const block = 512
	found := make([]gaps, (now.H.Len()+block-1)/block)
	stat.Blocks(now.H.Len(), block, func(lo, hi int) {
		g := &found[lo/block]
		for k := lo; k < hi; k++ {
			eachGap(in, now.H, k, func(b repurchase.Buyer, begin, end behold.Day) {
				if begin >= from && begin <= until && b.Repeats >= rhythmLeastOccasions-1 && end-begin <= longestGap {
					g.buyers = append(g.buyers, b)
					g.months += float64(end-begin) / daysOfMonth
				}
			})
		}
		g.weigh(in)
	})
	months := 0.0
	for _, g := range found {
		for i, x := range g.list {
			put(behold.LampRhythm, g.class[i], x)
		}
		months += g.months
	}
	return months
}

// gaps are completed ones of a block of customers.
type gaps struct {
	buyers []repurchase.Buyer // on the last day of each
	list   []Case
	class  []int
	months float64
}

// weigh asks the engine about all of them at once, and takes no curves: the cases
// are held against p values to the last bit.
func (g *gaps) weigh(in *Company) {
	found, err := in.Rhythm.Score(g.buyers, repurchase.Wanted{Silence: true, MeanGap: true, Common: []float64{}})
	if err != nil { // a rhythm that says nothing
		*g = gaps{}
		return
	}
	for i, b := range g.buyers {
		usual := found.MeanGap[i]
		if !(usual > 0) || math.IsInf(usual, 1) {
			usual = b.Last / b.Repeats
		}
		g.list = append(g.list, Case{found.Silence[i], daysOfMonth / max(usual, 0.5)})
		g.class = append(g.class, in.Calibration.Cuts.class(usual, b.Last))
	}
	g.buyers = nil
}

// eachGap tells of every completed gap of customer k: the buyer as known on the
// last day of it, when it began and on which day it ended.
func eachGap(in *Company, h *behold.Histories, k int, do func(b repurchase.Buyer, begin, end behold.Day)) {
	const leastGap = 0.5 // METHODS 2.2
	b := repurchase.Buyer{Weight: 1}
	open, last := behold.NoDay, behold.NoDay
	for i := h.Start[k]; i < h.Start[k+1]; i++ {
		if !h.Purchase(i) {
			continue
		}
		day := h.Day[i]
		switch {
		case !last.Known():
			open = day
		case int(day-open) > in.Settings.MergeDays:
			silent := b
			silent.Age = b.Last + max(0, in.Clock.Between(last, day-1))
			do(silent, last, day)
			gap := max(in.Clock.Between(last, day), leastGap)
			b.Repeats++
			b.Last += gap
			b.LogGaps += math.Log(gap)
			open = day
		}
		last = day
	}
}

// fill sorts the cases and keeps those that could light a lamp.
func (c *Calibration) fill(cases map[behold.LampKind][][]Case) {
	for _, rule := range Rules() {
		by := cases[rule.Kind]
		if by == nil {
			continue
		}
		r := Replayed{Kind: rule.Kind, Cases: make([][]Case, classes), Count: make([]int, classes), False: math.NaN()}
		for class := range everybody {
			r.Count[class] = len(by[class])
			r.Healthy += len(by[class])
			for _, x := range by[class] {
				if x.P <= keepBelow {
					r.Cases[class] = append(r.Cases[class], x)
				}
			}
			slices.SortFunc(r.Cases[class], bySize)
			r.Cases[everybody] = append(r.Cases[everybody], r.Cases[class]...)
		}
		slices.SortFunc(r.Cases[everybody], bySize)
		r.Count[everybody] = r.Healthy
		c.Lamps = append(c.Lamps, r)
	}
}

func bySize(x, y Case) int {
	switch {
	case x.P < y.P:
		return -1
	case x.P > y.P:
		return 1
	case x.Often < y.Often:
		return -1
	case x.Often > y.Often:
		return 1
	}
	return 0
}

// rescale finds the factor with which all lamps together meet the dial.
//
// What a test would light and what somebody sees differ: a customer who is tested
// every month and looks the same has one lamp, not one a month; and a rhythm lamp
// may burn for days only, until the customer buys after all. So the tests' own
// count, which says how the rate moves with the scale, is held to what was lit anew
// at the ends of the past months; that of rhythm to the middle between this and
// what a daily look sees.
func (c *Calibration) rescale(in *Company, gapMonths float64) {
	if c.Months < leastCases {
		return
	}
	monthly, tested := make([]float64, len(c.Lamps)), make([]float64, len(c.Lamps))
	for i := range c.Lamps {
		r := &c.Lamps[i]
		monthly[i], tested[i] = 100*float64(r.wrong)/c.Months, c.testedLamps(in, r, 1, gapMonths)
	}
	total := func(scale float64) float64 {
		sum := 0.0
		for i := range c.Lamps {
			r := &c.Lamps[i]
			r.False = math.NaN()
			switch now := c.testedLamps(in, r, scale, gapMonths); {
			case in.share(r.Kind) == 0 || r.Kind != behold.LampCategory && r.Healthy < leastCases:
				continue
			case !(tested[i] > 0):
				r.False = scale * monthly[i]
			case r.Kind == behold.LampRhythm:
				r.Daily = now
				r.False = now * (1 + min(1, monthly[i]/tested[i])) / 2
			default:
				r.False = now * min(1, monthly[i]/tested[i])
			}
			sum += r.False
		}
		return sum
	}
	low, high := math.Log(leastScale), math.Log(mostScale)
	for range rescalings {
		middle := (low + high) / 2
		if total(math.Exp(middle)) > in.Settings.FalseLamps {
			high = middle
		} else {
			low = middle
		}
	}
	c.Scale = math.Exp((low + high) / 2)
	total(c.Scale)
}

// testedLamps counts the healthy cases that the scaled threshold would have lit,
// per 100 customers and month.
func (c *Calibration) testedLamps(in *Company, r *Replayed, scale, gapMonths float64) float64 {
	months := c.Months
	if r.Kind == behold.LampRhythm {
		months = gapMonths
	}
	if months <= 0 {
		return 0
	}
	share, lit := in.share(r.Kind)*scale, 0
	for class := range everybody {
		for _, x := range r.Cases[class] {
			if a := threshold(share, in.Settings.FalseLamps, x.Often); c.Star(r.Kind, class, x.P) <= a {
				lit++
			}
		}
	}
	return 100 * float64(lit) / months
}
