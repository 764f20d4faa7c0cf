package survival

import (
	"math"
	"slices"
)

// A moment is one age at which somebody left or was last seen.
type moment struct {
	time     float64
	atRisk   float64 // customers here just before, weighted
	left     float64
	censored float64
}

// moments counts the stays by age, in rising order. Whoever entered at an age
// is watched only after it.
func moments(stays []Stay) []moment {
	all := countExits(stays)
	remaining := 0.0
	for i := len(all) - 1; i >= 0; i-- {
		remaining += all[i].left + all[i].censored
		all[i].atRisk = remaining
	}
	takeUnseen(all, stays)
	return all
}

func countExits(stays []Stay) []moment {
	if all, whole := countWhole(stays); whole {
		return all
	}
	exits := weighed(stays, func(s *Stay) (float64, float64, bool) {
		if s.Left {
			return s.Duration, s.weight(), true
		}
		return s.Duration, -s.weight(), true // told apart by the sign
	})
	distinct := 0
	for i := range exits {
		if i == 0 || exits[i].key != exits[i-1].key {
			distinct++
		}
	}
	all := make([]moment, 0, distinct)
	for i, exit := range exits {
		if i == 0 || exit.key != exits[i-1].key {
			all = append(all, moment{time: math.Float64frombits(exit.key)})
		}
		m := &all[len(all)-1]
		if w := math.Float64frombits(exit.at); w > 0 {
			m.left += w
		} else {
			m.censored -= w
		}
	}
	return all
}

// mostWhole is the largest age that countWhole has a place for: 179 years of days.
const mostWhole = 1 << 16

// countWhole counts by place instead of sorting, which is several times faster,
// where ages are whole (days, months) and so are weights: sums of whole numbers
// have the same bits in any order. It is false where that is not so.
func countWhole(stays []Stay) (all []moment, whole bool) {
	var left, censored []float64
	total, distinct := 0.0, 0
	for i := range stays {
		s := &stays[i]
		at, w := int(s.Duration), s.weight()
		if s.Duration > mostWhole || float64(at) != s.Duration || w != math.Trunc(w) {
			return nil, false
		}
		for at >= len(left) {
			left, censored = append(left, 0), append(censored, 0)
		}
		if left[at] == 0 && censored[at] == 0 {
			distinct++
		}
		if s.Left {
			left[at] += w
		} else {
			censored[at] += w
		}
		total += w
	}
	if total > 1<<53 {
		return nil, false
	}
	all = make([]moment, 0, distinct)
	for at := range left {
		if left[at] > 0 || censored[at] > 0 {
			all = append(all, moment{time: float64(at), left: left[at], censored: censored[at]})
		}
	}
	return all, true
}

// takeUnseen takes out of each moment who had not been watched by then.
func takeUnseen(all []moment, stays []Stay) {
	if !slices.ContainsFunc(stays, func(s Stay) bool { return s.Entry > 0 }) {
		return
	}
	entries := weighed(stays, func(s *Stay) (float64, float64, bool) {
		return s.Entry, s.weight(), s.Entry > 0
	})
	unseen, next := 0.0, len(entries)-1
	for i := len(all) - 1; i >= 0 && len(entries) > 0; i-- {
		for ; next >= 0 && math.Float64frombits(entries[next].key) >= all[i].time; next-- {
			unseen += math.Float64frombits(entries[next].at)
		}
		// Fractions do not cancel to the last digit, but nobody leaves unseen.
		all[i].atRisk = max(all[i].atRisk-unseen, all[i].left+all[i].censored)
	}
}

// weighed gives the times taken, in order, with the bits of the weights going
// along, so that the stays need not be visited in the order of time. Equal
// times are in the order of weight, so that sums over them do not depend on
// the order of the input.
func weighed(stays []Stay, take func(*Stay) (time, weight float64, taken bool)) []spot {
	spots, differ := make([]spot, 0, len(stays)), false
	for i := range stays {
		time, weight, taken := take(&stays[i])
		if !taken {
			continue
		}
		spots = append(spots, spot{timeKey(time), math.Float64bits(weight)})
		differ = differ || math.Abs(weight) != 1
	}
	if len(spots) == 0 {
		return nil
	}
	scratch := make([]spot, len(spots))
	if differ {
		swap := func() {
			for i, s := range spots {
				spots[i] = spot{s.at, s.key}
			}
		}
		swap()
		spots, scratch = sortInto(spots, scratch)
		swap()
	}
	spots, _ = sortInto(spots, scratch)
	return spots
}

// counts sums up what a curve says about its input.
func counts(all []moment) (left, total float64) {
	for _, m := range all {
		left += m.left
		total += m.left + m.censored
	}
	return left, total
}
