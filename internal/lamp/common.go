package lamp

import (
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"behold"
)

// leastCommon is how many customers a common cause has at least: fewer fit on
// any list one by one.
const leastCommon = 8

// CommonCauses answers: did something happen to us, rather than to each of these
// customers?
//
// Input: the lamps that burn, of which those lit since the day after before count
// as new; the number of customers walked past; before, the day of the round
// before, NoDay when there was none: then the last day alone is looked at.
//
// Method (METHODS 3.1): of every kind, the new lamps against the 99.9 % limit of a
// Poisson count whose mean is what the replay of the company's own past lit in as
// many days, left or stayed. Fewer than eight are never a common cause, nor are
// lamps of a kind that the replay knows nothing of.
//
// Output: one CommonCause a kind, in the order of METHODS 3.4. See
// TestFortyThreeLateParcels.
func CommonCauses(c *Calibration, day, before behold.Day, customers int64, lamps ...[]behold.Lamp) []behold.CommonCause {
	const limit = 0.999
	if !before.Known() || before >= day {
		before = day - 1
	}
	fresh := map[behold.LampKind][]int32{}
	for _, list := range lamps {
		for _, l := range list {
			if l.Since > before {
				fresh[l.Kind] = append(fresh[l.Kind], l.Customer)
			}
		}
	}
	var causes []behold.CommonCause
	for _, rule := range Rules() {
		who := fresh[rule.Kind]
		r := c.replayed(rule.Kind)
		if len(who) < leastCommon || r == nil || c.Seen == 0 {
			continue
		}
		usual := (float64(r.Lit) + 0.5) / c.Seen * float64(customers) * float64(day-before) / daysOfMonth
		if float64(len(who)) <= poissonLimit(usual, limit) {
			continue
		}
		slices.Sort(who)
		causes = append(causes, behold.CommonCause{Kind: rule.Kind, Reason: rule.Reason, Since: before + 1, Customers: len(who), Usual: usual})
	}
	return causes
}

// MarkCommon marks the lamps that a common cause stands for, in place.
func MarkCommon(lamps []behold.Lamp, causes []behold.CommonCause) []behold.Lamp {
	for i := range lamps {
		l := &lamps[i]
		for _, c := range causes {
			l.Common = l.Common || c.Kind == l.Kind && l.Since >= c.Since
		}
	}
	return lamps
}

// poissonLimit is the smallest count that at least share of all counts with the mean
// do not exceed.
func poissonLimit(mean, share float64) float64 {
	p := distuv.Poisson{Lambda: mean}
	n := 0.0
	for p.CDF(n) < share {
		n++
	}
	return n
}
