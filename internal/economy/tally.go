package economy

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"behold"
)

// A Course is one customer's time with the company, as a round hands it over.
type Course struct {
	Start    behold.Day // customer since
	AgeKnown bool       // Start is when they came; else only the first purchase in the records
	Segment  string
	Offer    string // they came by
	Channel  string // they came by
	Turns    []behold.Turn
	Active   float64 // chance that they are still customers
	Standing
}

// A Standing is how the customer stands on the day of the tally.
type Standing struct {
	State    behold.CustomerState
	Captive  bool
	Contract ContractCourse
	Residual float64 // still to come if they stay, major units
	Value    float64 // the same times Active
	Leave    float64 // chance of leaving
	Now      Twelve  // the year up to the day
	Before   Twelve  // the year before it
}

// A Twelve is what a customer did in twelve months.
type Twelve struct {
	Sold   float64 // less what came back, major units
	Margin float64 // of it; 0 when no costs are given
	Orders int32
	Kinds  int32 // categories bought
}

// The marks of a turn by which losses are foreseen: all of them known on its day.
const (
	nthBands    = 6 // occasions so far
	gapBands    = 6 // usual gap
	tenureBands = 4 // years a customer
	slowBands   = 3 // the last gap against the usual one
	segments    = 6 // the largest five, and all others
	cellsMonth  = nthBands * gapBands * tenureBands * slowBands * segments
)

// A Cell counts the turns of a month that look the same.
type cell struct {
	due       float64 // turns whose next one was due in the month
	gone      float64 // of them, lost and still away
	back      float64 // lost, and back since
	open      float64 // expected to be gone, of those who are silent and not yet called lost
	spread    float64 // variance of open
	money     float64 // bought in a year by those who were due, major units
	money2    float64 // its squares
	money3    float64 // and cubes, for how far the sum may be off
	moneyGone float64
	moneyOpen float64
}

// A flow is what came and went in a month, in customers and in what they bought
// in a year.
type flow struct {
	came, returned           float64
	lost                     float64 // gone or back since
	moneyCame, moneyReturned float64
	moneyLost                float64
	second                   float64 // second purchases ever
	bought                   float64 // customers with a purchase
}

// A stayKey is customers of one kind who came and left in the same months.
type stayKey struct {
	by                 string // segment, offer, channel; "" for all
	group              string
	start, entry, left int32 // months; left is noMonth while they are here
}

const noMonth = 1 << 20

// A Tally counts the courses of a company's customers. Make it with NewTally; it
// is for one goroutine.
type Tally struct {
	AsOf      behold.Day
	From      behold.Day // first day of the records
	Currency  string
	Costs     bool // Residual and Value are margin; else turnover, as no costs are given
	segment   []string
	offers    map[string]bool
	channels  map[string]bool
	first     int32 // month of From
	cells     []cell
	flows     []flow
	stays     map[stayKey]float64
	likely    map[stayKey]float64 // the same, with who is silent counted as gone by the chance that they are
	open      bool                // likely is what is asked for: too few losses are known for certain
	seen      []Sighting
	unknown   float64 // customers of whom nobody knows when they came
	old       float64 // customers since before the records begin
	months    []int32 // of every day from From to AsOf, so that dates are not worked out millions of times
	people    people
	states    map[behold.CustomerState]int
	now       stand
	before    stand
	contracts Contracts
	sorted    []stayKey
}

// A Sighting is a loss of a month that was called one so many months later.
type Sighting struct {
	Month behold.Day // any day of it
	Delay int        // months
}

// Names are the segments, offers and channels worth telling apart, the largest first.
type Names struct{ Segments, Offers, Channels []string }

// mostGroups are so many groups that are told apart.
const mostGroups = 8

// NewTally begins a count as of a day over records that begin on a day.
func NewTally(asOf, from behold.Day, names Names) *Tally {
	t := &Tally{
		AsOf: asOf, From: from, first: monthOf(from), stays: map[stayKey]float64{}, likely: map[stayKey]float64{}, states: map[behold.CustomerState]int{},
		offers: map[string]bool{}, channels: map[string]bool{}, segment: names.Segments[:min(len(names.Segments), segments-1)],
	}
	for _, name := range names.Offers[:min(len(names.Offers), mostGroups)] {
		t.offers[name] = true
	}
	for _, name := range names.Channels[:min(len(names.Channels), mostGroups)] {
		t.channels[name] = true
	}
	for day := from; day <= asOf; day++ {
		t.months = append(t.months, monthOf(day))
	}
	months := int(monthOf(asOf)-t.first) + 1
	t.cells, t.flows = make([]cell, months*cellsMonth), make([]flow, months)
	return t
}

// Add counts one customer with at least one turn.
func (t *Tally) Add(c *Course) {
	for i := range c.Turns {
		t.turn(c, &c.Turns[i])
	}
	t.states[c.State]++
	t.now.add(&c.Now)
	t.before.add(&c.Before)
	t.contracts.add(&c.Contract)
	t.came(c)
	t.stay(c)
	t.people.add(c, slices.Index(t.segment, c.Segment)+1, t.AsOf)
}

// Call counts when a sample of losses came to be called so.
func (t *Tally) Call(left, called behold.Day) {
	if month := monthOf(left); month >= t.first && month <= monthOf(t.AsOf) {
		t.seen = append(t.seen, Sighting{left, max(0, int(monthOf(min(called, t.AsOf))-month))})
	}
}

func (t *Tally) turn(c *Course, turn *behold.Turn) {
	money := float64(turn.Year)
	if at := t.flow(turn.On); at != nil {
		at.bought++
		if turn.Nth == 2 {
			at.second++
		}
	}
	if turn.Lost {
		if at := t.flow(turn.Due); at != nil {
			at.lost, at.moneyLost = at.lost+1, at.moneyLost+money
		}
	}
	if turn.Back() {
		if at := t.flow(turn.Next); at != nil {
			at.returned, at.moneyReturned = at.returned+1, at.moneyReturned+money
		}
	}
	if turn.Due > t.AsOf || turn.Due < t.From {
		return
	}
	at := &t.cells[int(t.months[turn.Due-t.From]-t.first)*cellsMonth+t.band(c, turn)]
	at.due++
	at.money, at.money2, at.money3 = at.money+money, at.money2+money*money, at.money3+money*money*money
	switch {
	case turn.Back():
		at.back++
	case turn.Lost:
		at.gone, at.moneyGone = at.gone+1, at.moneyGone+money
	case !turn.Next.Known():
		gone := 1 - c.Active
		at.open, at.moneyOpen, at.spread = at.open+gone, at.moneyOpen+money*gone, at.spread+gone*(1-gone)
	}
}

// flow is the month of a day; nil outside the records.
func (t *Tally) flow(day behold.Day) *flow {
	if day < t.From || day > t.AsOf {
		return nil
	}
	return &t.flows[t.months[day-t.From]-t.first]
}

// band is the place of a turn within its month.
func (t *Tally) band(c *Course, turn *behold.Turn) int {
	segment := slices.Index(t.segment, c.Segment) + 1
	place, tenure := below(float64(turn.Nth), 1, 2, 4, 8, 16), below(float64(turn.On-c.Start), 365, 730, 1825)
	if c.Start < t.From || !c.AgeKnown {
		place = nthBands - 1 // the records begin too late for counting their purchases
	}
	if !c.AgeKnown {
		tenure = tenureBands - 1
	}
	place = place*gapBands + below(turn.Gap, 10, 21, 45, 90, 180)
	place = place*tenureBands + tenure
	place = place*slowBands + below(turn.Slow, 1, 2)
	return place*segments + segment
}

// below counts the limits that x is above.
func below(x float64, limits ...float64) (n int) {
	for _, limit := range limits {
		if x > limit {
			n++
		}
	}
	return n
}

// came counts a customer who came while the records were kept; everybody else was
// here from their first month on.
func (t *Tally) came(c *Course) {
	if c.Start < t.From || !c.AgeKnown {
		t.old++
		return
	}
	if at := t.flow(c.Start); at != nil {
		at.came, at.moneyCame = at.came+1, at.moneyCame+float64(c.Turns[len(c.Turns)-1].Year)
	}
}

// stay counts from which month to which a customer was here.
func (t *Tally) stay(c *Course) {
	if !c.AgeKnown {
		t.unknown++
		return
	}
	start := monthOf(c.Start)
	key := stayKey{start: start, left: noMonth}
	if c.Start < t.From {
		key.entry = max(0, monthOf(c.Turns[0].On)-start)
	}
	last := &c.Turns[len(c.Turns)-1]
	if last.Gone() {
		key.left = max(monthOf(last.Due), start)
	}
	put := func() {
		t.stays[key]++
		gone := 0.0
		if key.left == noMonth && last.Due <= t.AsOf && !last.Next.Known() {
			gone = 1 - c.Active
		}
		if gone < 1 {
			t.likely[key] += 1 - gone
		}
		if gone > 0 {
			then := key
			then.left = max(monthOf(last.Due), start)
			t.likely[then] += gone
		}
	}
	put()
	for _, g := range []struct{ by, group string }{
		{"segment", t.known(t.segment, c.Segment)}, {"offer", chosen(t.offers, c.Offer)}, {"channel", chosen(t.channels, c.Channel)},
	} {
		if g.group != "" {
			key.by, key.group = g.by, g.group
			put()
		}
	}
}

// other stands for all groups that are too small to be told apart.
const other = "*"

// none stands for customers who came without an offer.
const none = "-"

func (t *Tally) known(names []string, name string) string {
	switch {
	case name == "" || slices.Contains(names, name):
		return name
	}
	return other
}

func chosen(names map[string]bool, name string) string {
	switch {
	case len(names) == 0:
		return ""
	case name == "":
		return none
	case names[name]:
		return name
	}
	return other
}

// keys are the stays in an order that is always the same; Add is over by then.
func (t *Tally) keys() []stayKey {
	if t.sorted == nil {
		t.sorted = t.inOrder()
	}
	return t.sorted
}

// counts are the stays that are to be judged.
func (t *Tally) counts() map[stayKey]float64 {
	if t.open {
		return t.likely
	}
	return t.stays
}

func (t *Tally) inOrder() []stayKey {
	return slices.SortedFunc(maps.Keys(t.counts()), func(a, b stayKey) int {
		return cmp.Or(cmp.Compare(a.by, b.by), cmp.Compare(a.group, b.group),
			cmp.Compare(a.start, b.start), cmp.Compare(a.entry, b.entry), cmp.Compare(a.left, b.left))
	})
}

// monthOf numbers months: January of the year 0 is 0.
func monthOf(day behold.Day) int32 {
	at := day.Time()
	return int32(at.Year()*12 + int(at.Month()) - 1)
}

// firstOf is the first day of a month.
func firstOf(month int32) behold.Day {
	return behold.Date(int(month/12), time.Month(month%12+1), 1)
}
