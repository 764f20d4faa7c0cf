package lamp

import (
	"cmp"
	"slices"

	"behold"
)

// RestDays is how long a lamp that went out stays out (METHODS 3.3).
const RestDays = 30

// An Out is a lamp that went out, with what was at risk then.
type Out struct {
	behold.Lamp
	MoneyAtRisk behold.Money
}

// Evening is what a day's step starts from.
type Evening struct {
	Day    behold.Day
	Open   []behold.Lamp // not out, whatever their state
	Judged []behold.Lamp // what Judge named today
	Burns  []behold.Lamp // what Watch says of Open
	Recent []Out         // gone out in the last 30 days or so

	// Money is what is at risk with a customer today; nil when nobody knows,
	// and then nothing has doubled.
	Money func(customer int32) behold.Money
}

// Step carries the lamps over to today. There is at most one open lamp for a
// customer, kind and reason.
//
//   - lit: named today, not open before. Not within 30 days of going out,
//     unless the money at risk has at least doubled; one lit anew after such a
//     rest is lit since today.
//   - still: open before, and named today or still burning by its own way out.
//     It keeps the day since when and its state; P, threshold and evidence are
//     today's.
//   - out: open before, and neither. Out is today.
//
// Each list is in order of customer, kind and reason. Given the same evening it
// is always the same; stepping again from its own result changes nothing.
func Step(e Evening) (lit, still, out []behold.Lamp) {
	named := index(e.Judged)
	burns := index(e.Burns)
	open := index(e.Open)
	done := make(map[key]bool, len(e.Open))
	for _, l := range e.Open {
		key := keyOf(l)
		if done[key] || open[key].Since != l.Since { // a second one for the same: the older stays
			continue
		}
		done[key] = true
		now, isNamed := named[key]
		watched, isBurning := burns[key]
		switch {
		case isNamed:
			still = append(still, renewed(l, now))
		case isBurning:
			still = append(still, renewed(l, watched))
		default:
			l.Out = e.Day
			out = append(out, l)
		}
	}
	rests := resting(e)
	for _, l := range e.Judged {
		key := keyOf(l)
		if done[key] || named[key].Since != l.Since {
			continue
		}
		done[key] = true
		gone, resting := rests[key]
		if resting && !doubled(e, gone) {
			continue
		}
		if resting {
			l.Since = e.Day
		}
		lit = append(lit, l)
	}
	for _, lamps := range [][]behold.Lamp{lit, still, out} {
		slices.SortStableFunc(lamps, inOrder)
	}
	return lit, still, out
}

type key struct {
	customer int32
	kind     behold.LampKind
	reason   behold.Reason
}

func keyOf(l behold.Lamp) key { return key{l.Customer, l.Kind, l.Reason} }

// index finds lamps by key; of two with one key, the one lit first.
func index(lamps []behold.Lamp) map[key]behold.Lamp {
	by := make(map[key]behold.Lamp, len(lamps))
	for _, l := range lamps {
		if other, twice := by[keyOf(l)]; !twice || l.Since < other.Since {
			by[keyOf(l)] = l
		}
	}
	return by
}

func renewed(l, now behold.Lamp) behold.Lamp {
	l.P, l.Threshold, l.Strength, l.Evidence = now.P, now.Threshold, now.Strength, now.Evidence
	return l
}

// resting are the lamps that went out less than 30 days ago, the latest of a key.
func resting(e Evening) map[key]Out {
	by := make(map[key]Out)
	for _, o := range e.Recent {
		if !o.Out.Known() || o.Out <= e.Day-RestDays || o.Out > e.Day {
			continue
		}
		if other, twice := by[keyOf(o.Lamp)]; !twice || o.Out > other.Out {
			by[keyOf(o.Lamp)] = o
		}
	}
	return by
}

func doubled(e Evening, gone Out) bool {
	if e.Money == nil || gone.MoneyAtRisk.Minor <= 0 {
		return false
	}
	return e.Money(gone.Customer).Minor >= 2*gone.MoneyAtRisk.Minor
}

func inOrder(a, b behold.Lamp) int {
	return cmp.Or(cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Reason, b.Reason))
}
