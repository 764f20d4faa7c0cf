package lamp

import (
	"math"
	"slices"

	"behold"
	"behold/stat/repurchase"
)

// The lamp category_lost (L10): does this customer still buy, but no longer one
// of the kinds of goods they used to buy?
//
// In: days on which more of a category was bought than returned, with at least
// three repeats; categories that are common (Company.Common), and the mixture
// fitted on (customer, category) histories.
//
// Lights: S of the category ≤ A while the customer is with us with a chance of
// at least one half, and has bought something else since. A is for 30/usual gap
// in the category chances a month, and over the m categories of the customer it
// is stepped down by Holm's method: the i-th smallest p/A must be at most
// 1/(m−i+1). One lamp names them all, the most unusual first. A category silent
// for no longer than 1.5 times its own mean gap is never called lost.
//
// A customer who buys nothing at all has trivially lost every category. So while
// the rhythm lamp is lit a category's silence is counted to the customer's last
// purchase only: what it says was already so when they still came.
//
// Out: one of the categories of the lamp is bought again, or "no longer needed"
// (which the one who knows records). A refit of the model does not put it out.
//
// Facts: for the first category: category (Number is its dense number; whoever
// can look it up puts its name into Text), usual_gap_days, silent_days, bought
// (days on which it was), last_order_on; also_lost for each of the others (as
// category); others, how many other categories the customer still buys; one_in.
// Rows: the orders of the last day of each lost category.
//
// Fails: relabelled goods, substitutes. Source: METHODS L10; Buckinx and Van den
// Poel (2005); TestCategoryUnderChance counts its false alarms.
const (
	categoryRepeats = 3
	leastAlive      = 0.5
	leastSilence    = 1.5 // times the own mean gap
)

// A pair is a (customer, category) history that has a rhythm.
type pair struct {
	category int32
	buyer    repurchase.Buyer
	last     behold.Day
	p, a     float64
}

func (d *desk) categoryLost() (behold.Lamp, bool) {
	if d.in.Stays || d.in.Kinds.Borrowed || len(d.in.Kinds.Shapes) == 0 || d.f.ChanceActive < leastAlive {
		return behold.Lamp{}, false
	}
	until := d.day
	if d.silent {
		until = d.f.Last
	}
	d.weighCategories(until)
	lost := holm(d.pairs)
	if lost == 0 || d.in.Stays {
		return behold.Lamp{}, false
	}
	first := &d.pairs[0]
	a := first.a / float64(len(d.pairs))
	return d.lit(behold.LampCategory, d.crossed(first, a), first.p, a, d.categoryEvidence(lost)), true
}

func (d *desk) watchCategory(l behold.Lamp) (behold.Lamp, bool) {
	for i, f := range l.Evidence.Facts {
		if f.Name != "category" && f.Name != "also_lost" {
			continue
		}
		last := d.lastOfCategory(int32(f.Number))
		if last > f.Day {
			return l, false
		}
		if i == 0 {
			l.Evidence = told(l.Evidence, number("silent_days", float64(d.day-last)))
		}
	}
	return l, true
}

// weighCategories puts the customer's categories that have a rhythm on the
// desk, each with p and A as of a day.
func (d *desk) weighCategories(until behold.Day) {
	kinds := &d.h.Kinds
	d.pairs = d.pairs[:0]
	if len(kinds.First) == 0 {
		return
	}
	for j := kinds.First[d.k]; j < kinds.First[d.k+1]; j++ {
		category := kinds.Category[j]
		if int(category) >= len(d.in.Common) || !d.in.Common[category] || kinds.Start[j+1]-kinds.Start[j] <= categoryRepeats {
			continue
		}
		pair := pair{category: category, p: 1, a: mostThreshold}
		pair.buyer, pair.last = d.categoryBuyer(j, until)
		if pair.buyer.Repeats < categoryRepeats {
			continue
		}
		if pair.buyer.Silence() > leastSilence*pair.buyer.Last/pair.buyer.Repeats && d.f.Last > pair.last {
			pair.p = d.in.Kinds.Silence(pair.buyer)
		}
		if pair.p <= mostThreshold { // else no gap is long enough to light it
			often := daysOfMonth / d.in.Kinds.MeanGap(pair.buyer)
			pair.a = d.threshold(behold.LampCategory, often)
			if d.near != nil {
				d.near(behold.LampCategory, pair.p, often)
			}
		}
		d.pairs = append(d.pairs, pair)
	}
}

// categoryBuyer tells pair j's days on the company's clock, as forecast does:
// a gap runs from the last day of an occasion to the first of the next.
func (d *desk) categoryBuyer(j int, until behold.Day) (repurchase.Buyer, behold.Day) {
	const leastGap = 0.5 // METHODS 2.2
	kinds, clock := &d.h.Kinds, &d.in.Clock
	b := repurchase.Buyer{Weight: 1}
	open, last := behold.NoDay, behold.NoDay
	for i := kinds.Start[j]; i < kinds.Start[j+1]; i++ {
		day := kinds.Day[i]
		switch {
		case !last.Known():
			open = day
		case int(day-open) > d.in.Settings.MergeDays:
			gap := max(clock.Between(last, day), leastGap)
			b.Repeats++
			b.Last += gap
			b.LogGaps += math.Log(gap)
			open = day
		}
		last = day
	}
	b.Age = b.Last + max(0, clock.Between(last, until))
	return b, last
}

// holm orders the pairs by p/A and counts how many are lost.
func holm(pairs []pair) int {
	slices.SortStableFunc(pairs, func(x, y pair) int {
		switch rx, ry := x.p/x.a, y.p/y.a; {
		case rx < ry:
			return -1
		case rx > ry:
			return 1
		}
		return int(x.category) - int(y.category)
	})
	for i, pair := range pairs {
		if pair.p > pair.a/float64(len(pairs)-i) {
			return i
		}
	}
	return len(pairs)
}

// crossed is the day on which the category's silence reached a.
func (d *desk) crossed(one *pair, a float64) behold.Day {
	on := d.in.Clock.After(one.last, d.in.Kinds.SilenceQuantile(one.buyer, a))
	return min(on, d.day)
}

func (d *desk) categoryEvidence(lost int) behold.Evidence {
	first := &d.pairs[0]
	gap := first.buyer.Last / first.buyer.Repeats
	e := behold.Evidence{Facts: []behold.Fact{
		{Name: "category", Number: float64(first.category), Day: first.last},
		number("usual_gap_days", math.Round(gap)),
		number("silent_days", float64(d.day-first.last)),
		number("bought", first.buyer.Repeats+1),
		on("last_order_on", first.last),
		number("others", float64(d.categoriesSince(first.last))),
		number("one_in", oneIn(first.p)),
	}}
	e.Rows = orders(first.last)
	for _, pair := range d.pairs[1:lost] {
		e.Facts = append(e.Facts, behold.Fact{Name: "also_lost", Number: float64(pair.category), Day: pair.last})
		e.Rows = append(e.Rows, orders(pair.last)...)
	}
	e.Rows = append(e.Rows, orders(d.f.Last)...)
	return e
}

// categoriesSince counts the categories bought after a day.
func (d *desk) categoriesSince(day behold.Day) int {
	kinds, n := &d.h.Kinds, 0
	for j := kinds.First[d.k]; j < kinds.First[d.k+1]; j++ {
		if kinds.Day[kinds.Start[j+1]-1] > day {
			n++
		}
	}
	return n
}

func (d *desk) lastOfCategory(category int32) behold.Day {
	kinds := &d.h.Kinds
	if len(kinds.First) == 0 {
		return behold.NoDay
	}
	for j := kinds.First[d.k]; j < kinds.First[d.k+1]; j++ {
		if kinds.Category[j] == category && kinds.Start[j+1] > kinds.Start[j] {
			return kinds.Day[kinds.Start[j+1]-1]
		}
	}
	return behold.NoDay
}
