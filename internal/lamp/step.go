package lamp

import (
	"cmp"
	"slices"

	"behold"
)

// RestDays is how long a lamp that went out stays out (METHODS 3.3).
const RestDays = 30

// Step carries the lamps over to a day. There is at most one lit lamp for a
// customer, kind and reason.
//
// open are the lamps of the days before: those that burn, whatever their
// state, and those that went out in the last 30 days or so. judged are the ones
// that Judge names today; burns are those of open that Watch let burn.
//
//   - lit: named today, dark before. Not within 30 days of going out, unless the
//     money at risk has at least doubled since; one lit anew after so short a
//     rest is lit since today.
//   - still: burning before, and named today or not put out by its own way out.
//     It keeps its state and the day since when, but one that was snoozed until
//     today, or rested until today since its customer was kept, is lit again; P,
//     threshold and evidence are today's.
//   - out: burning before, and neither, or marked LampLost by Watch. Out is today;
//     the state is LampLost then, and else what it was.
//
// Each list is in order of customer, kind and reason. Given the same lamps it is
// always the same.
func Step(day behold.Day, open, judged, burns []behold.Lamp) (lit, still, out []behold.Lamp) {
	dark := func(l behold.Lamp) bool { return l.Out.Known() }
	bright := func(l behold.Lamp) bool { return !l.Out.Known() }
	named, burning := index(judged), index(burns)
	rests := resting(day, slices.DeleteFunc(slices.Clone(open), bright))
	before := index(slices.DeleteFunc(slices.Clone(open), dark))
	for key, l := range before {
		now, isNamed := named[key]
		if !isNamed {
			now, isNamed = burning[key]
		}
		switch {
		case isNamed && now.State == behold.LampLost:
			l.State = behold.LampLost
		case isNamed:
			still = append(still, awake(renewed(l, now), day))
			continue
		}
		l.Out = day
		out = append(out, l)
	}
	for key, l := range named {
		if _, was := before[key]; was {
			continue
		}
		if gone, rests := rests[key]; rests {
			if !doubled(gone, l) {
				continue
			}
			l.Since = day
		}
		lit = append(lit, l)
	}
	for _, lamps := range [][]behold.Lamp{lit, still, out} {
		slices.SortFunc(lamps, inOrder)
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

// awake is a lamp that slept for long enough: one that was snoozed, or one of a
// customer who was kept and is to be asked again.
func awake(l behold.Lamp, day behold.Day) behold.Lamp {
	if (l.State == behold.Snoozed || l.State == behold.Recovered) && l.Until.Known() && l.Until <= day {
		l.State, l.Until = behold.Lit, behold.NoDay
	}
	return l
}

func renewed(l, now behold.Lamp) behold.Lamp {
	l.P, l.PStar, l.Threshold, l.Strength, l.Evidence = now.P, now.PStar, now.Threshold, now.Strength, now.Evidence
	return l
}

// resting are the lamps that went out less than 30 days ago, the latest of a key.
func resting(day behold.Day, gone []behold.Lamp) map[key]behold.Lamp {
	by := make(map[key]behold.Lamp)
	for _, l := range gone {
		if l.Out <= day-RestDays || l.Out > day {
			continue
		}
		if other, twice := by[keyOf(l)]; !twice || l.Out > other.Out {
			by[keyOf(l)] = l
		}
	}
	return by
}

// doubled compares the money at risk of a lamp that went out, as it was last
// told, with today's. Where it was never known nothing has doubled.
func doubled(gone, now behold.Lamp) bool {
	then, _ := gone.Evidence.Fact(moneyFact)
	today, _ := now.Evidence.Fact(moneyFact)
	return then.Number > 0 && today.Number >= 2*then.Number
}

func inOrder(a, b behold.Lamp) int {
	return cmp.Or(cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Reason, b.Reason))
}
