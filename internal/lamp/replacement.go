package lamp

import (
	"math"
	"slices"

	"behold"
)

// The lamp replacement_due (L08): is this customer about to replace something
// that lasts for long, and has nobody talked to them about it?
//
// In: the days on which a kind of goods was bought, of kinds that customers buy
// again after more than 180 days (median of the gaps) and have bought again at
// least fifty times; contacts, where the company keeps them.
//
// Lights, on the customer's monthly test day: the chance to buy within the next 60
// days of those who have not bought until now,
//
//	P60(s) = 1 − KM(s+60)/KM(s)         s: days since they last bought the kind
//	KM(s) = plateau + (1 − plateau)·…   who still waits counts as waiting
//
// is at least twice what it is on average over the time up to the 95th percentile
// of replacements, and no visit, call, mail or chat is on file for 90 days. How
// rare such a day is for a customer who has the goods is
//
//	p = share of those days with at least that P60 × share of customers nobody
//	    has talked to for 90 days                     (× kinds the customer has)
//
// and the lamp lights at p ≤ A.
//
// Out: bought again, talked to, or s past that percentile: then they have
// probably bought elsewhere.
//
// Facts: category (Number is its dense number, as in category_lost),
// last_order_on (of it), age_days, replaced_share (of such customers have bought
// again by now), soon_share (P60), usual_share (on average), window_days, as_of.
// Rows: the order of that day.
//
// Fails: owners of several, goods no longer sold. Source: METHODS L08; that P60 is
// calibrated on lifetimes with a share who never replace is TestReplacementCurve.
const (
	longLived      = 180 // days
	windowDays     = 60
	talkDays       = 90
	timesUsual     = 2
	lastPercentile = 0.95
	longestLife    = 20 * 365
)

// A lifetime is how long customers wait to buy a kind of goods again.
type lifetime struct {
	waiting []float64 // by day: share that has not bought again; empty: not a kind that is replaced
	last    int       // days until 95 % of those who ever replace have
	usual   float64   // mean P60 up to then
	ranked  []float64 // P60 of the days up to then, ascending
	weight  []float64 // share of customers' time at P60 at least so large
}

// replaceHabits are the lifetimes by kind, and how many customers are talked to.
type replaceHabits struct {
	kinds   []lifetime
	untold  float64 // share of customers whom nobody has talked to for 90 days
	anybody bool
}

func replaceHabitsOf(h *behold.Histories, deals *behold.Dealings) replaceHabits {
	var r replaceHabits
	waits := waitsByKind(h)
	for kind, all := range waits {
		if life, long := lifetimeOf(all); long {
			if r.kinds == nil {
				r.kinds = make([]lifetime, len(waits))
			}
			r.kinds[kind], r.anybody = life, true
		}
	}
	if r.anybody {
		r.untold = untold(h, deals)
	}
	return r
}

// waitsByKind are the waits in days from one purchase of a kind to the next, and
// those that last still.
func waitsByKind(h *behold.Histories) [][]wait {
	kinds := &h.Kinds
	var waits [][]wait
	for j, kind := range kinds.Category {
		for int(kind) >= len(waits) {
			waits = append(waits, nil)
		}
		for i := kinds.Start[j]; i < kinds.Start[j+1]; i++ {
			if i+1 < kinds.Start[j+1] {
				waits[kind] = append(waits[kind], wait{float64(kinds.Day[i+1] - kinds.Day[i]), true})
			} else {
				waits[kind] = append(waits[kind], wait{float64(h.AsOf - kinds.Day[i]), false})
			}
		}
	}
	return waits
}

// lifetimeOf learns one kind; not long when it is not bought again, or sooner.
func lifetimeOf(waits []wait) (lifetime, bool) {
	var over []float64
	for _, w := range waits {
		if w.over {
			over = append(over, w.long)
		}
	}
	if len(over) < leastRepeats || medianOf(over) <= longLived {
		return lifetime{}, false
	}
	long, share := waitCurve(waits)
	end := int(min(long[len(long)-1], longestLife))
	l := lifetime{waiting: make([]float64, end+windowDays+2)}
	for day := range l.waiting {
		l.waiting[day] = afterShare(long, share, waits, float64(day))
	}
	plateau := l.waiting[len(l.waiting)-1]
	for l.last < end && 1-l.waiting[l.last] < lastPercentile*(1-plateau) {
		l.last++
	}
	l.rank()
	return l, l.usual > 0
}

// afterShare is the share still waiting after x, which for the waits of a curve is
// the share of those at least as long as the next one.
func afterShare(long, share []float64, waits []wait, x float64) float64 {
	i, found := slices.BinarySearch(long, x)
	if found {
		i++
	}
	if i < len(long) {
		return share[i]
	}
	last := long[len(long)-1]
	over, there := 0, 0
	for _, w := range waits {
		if w.long >= last {
			there++
			if w.over {
				over++
			}
		}
	}
	return share[len(share)-1] * (1 - float64(over)/float64(there))
}

// soon is P60.
func (l *lifetime) soon(age int) float64 {
	at := func(day int) float64 { return l.waiting[min(day, len(l.waiting)-1)] }
	if at(age) <= 0 {
		return 0
	}
	return 1 - at(age+windowDays)/at(age)
}

// rank weighs the days up to the last by how many customers get there.
func (l *lifetime) rank() {
	type day struct{ soon, weight float64 }
	days := make([]day, l.last+1)
	sum, all := 0.0, 0.0
	for age := range days {
		days[age] = day{l.soon(age), l.waiting[age]}
		sum += days[age].soon * days[age].weight
		all += days[age].weight
	}
	l.usual = sum / all
	slices.SortFunc(days, func(a, b day) int {
		switch {
		case a.soon < b.soon:
			return -1
		case a.soon > b.soon:
			return 1
		}
		return 0
	})
	above := all
	for i, d := range days {
		if i == 0 || d.soon > l.ranked[len(l.ranked)-1] {
			l.ranked, l.weight = append(l.ranked, d.soon), append(l.weight, above/all)
		}
		above -= d.weight
	}
}

// rare is the share of customers' time at P60 of at least this.
func (l *lifetime) rare(soon float64) float64 {
	i, _ := slices.BinarySearch(l.ranked, soon)
	if i == len(l.ranked) {
		return l.weight[i-1]
	}
	return l.weight[i]
}

// untold is the share of customers whom nobody has talked to for 90 days; 1 where
// contacts are not kept.
func untold(h *behold.Histories, deals *behold.Dealings) float64 {
	if deals == nil || len(deals.Contacts.All) == 0 {
		return 1
	}
	without := 0
	for k := range h.Customer {
		if !talked(deals.Contacts.Of(k), h.AsOf-talkDays, h.AsOf) {
			without++
		}
	}
	return float64(without) / float64(max(1, len(h.Customer)))
}

// talked says whether somebody talked or wrote to the customer in (after, until].
func talked(contacts []behold.Contact, after, until behold.Day) bool {
	for i := len(contacts) - 1; i >= 0; i-- {
		day := contacts[i].At.Day()
		if day <= after {
			return false
		}
		if day <= until && contacts[i].Personal() >= 0.7 {
			return true
		}
	}
	return false
}

// A replacement is the kind of goods that a customer is about to replace.
type replacement struct {
	kind    int32
	last    behold.Day
	age     int
	soon, p float64
	life    *lifetime
}

func (d *desk) replacementDue() (behold.Lamp, bool) {
	if !d.in.Replacing.anybody || len(d.h.Kinds.First) == 0 {
		return behold.Lamp{}, false
	}
	test := TestDay(d.h.Customer[d.k], d.day)
	r, owned := d.due(test)
	if owned == 0 {
		return behold.Lamp{}, false
	}
	p := min(1, r.p*d.in.Replacing.untold*float64(owned))
	quiet := !talked(d.deals.Contacts.Of(d.k), test-talkDays, d.day)
	a, lit := d.test(behold.LampReplacement, p, 1, quiet && r.soon >= timesUsual*r.life.usual)
	if !lit || d.day-r.last > behold.Day(r.life.last) {
		return behold.Lamp{}, false
	}
	return d.lit(behold.LampReplacement, test, p, a, r.evidence(test)), true
}

// due is the kind whose replacement is nearest, as of a day, and how many kinds
// the customer has that are ever replaced.
func (d *desk) due(test behold.Day) (nearest replacement, owned int) {
	kinds := &d.h.Kinds
	nearest.p = 2
	for j := kinds.First[d.k]; j < kinds.First[d.k+1]; j++ {
		kind := kinds.Category[j]
		if int(kind) >= len(d.in.Replacing.kinds) || len(d.in.Replacing.kinds[kind].waiting) == 0 || kinds.Start[j] == kinds.Start[j+1] {
			continue
		}
		last := kinds.Day[kinds.Start[j+1]-1]
		r := replacement{kind: kind, last: last, age: int(test - last), life: &d.in.Replacing.kinds[kind]}
		if r.age < 0 || r.age > r.life.last {
			continue
		}
		owned++
		r.soon = r.life.soon(r.age)
		if r.p = r.life.rare(r.soon); r.p < nearest.p {
			nearest = r
		}
	}
	return nearest, owned
}

func (d *desk) watchReplacement(l behold.Lamp) (behold.Lamp, bool) {
	f, _ := l.Evidence.Fact("category")
	kind, last := int32(f.Number), f.Day
	if d.lastOfCategory(kind) > last || talked(d.deals.Contacts.Of(d.k), l.Since, d.day) {
		return l, false
	}
	if int(kind) < len(d.in.Replacing.kinds) {
		if life := &d.in.Replacing.kinds[kind]; len(life.waiting) > 0 && d.day-last > behold.Day(life.last) {
			return l, false
		}
	}
	l.Evidence = told(l.Evidence, number("age_days", float64(d.day-last)))
	return l, true
}

func (r *replacement) evidence(day behold.Day) behold.Evidence {
	return behold.Evidence{
		Facts: []behold.Fact{
			{Name: "category", Number: float64(r.kind), Day: r.last},
			on("last_order_on", r.last),
			number("age_days", float64(r.age)),
			number("replaced_share", math.Round(100*(1-r.life.waiting[min(r.age, len(r.life.waiting)-1)]))/100),
			number("soon_share", r.soon),
			number("usual_share", r.life.usual),
			number("window_days", windowDays),
			on("as_of", day),
		},
		Rows: orders(r.last),
	}
}
