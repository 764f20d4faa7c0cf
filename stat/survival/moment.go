package survival

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
	exits := inOrder(stays, func(s *Stay) float64 { return s.Duration })
	all := countExits(stays, exits)
	remaining := 0.0
	for i := len(all) - 1; i >= 0; i-- {
		remaining += all[i].left + all[i].censored
		all[i].atRisk = remaining
	}
	takeUnseen(all, stays)
	return all
}

func countExits(stays []Stay, exits []spot) []moment {
	distinct := 0
	for i := range exits {
		if i == 0 || exits[i].key != exits[i-1].key {
			distinct++
		}
	}
	all := make([]moment, 0, distinct)
	for i, exit := range exits {
		s := &stays[exit.at]
		if i == 0 || exit.key != exits[i-1].key {
			all = append(all, moment{time: s.Duration})
		}
		m := &all[len(all)-1]
		if s.Left {
			m.left += s.weight()
		} else {
			m.censored += s.weight()
		}
	}
	return all
}

// takeUnseen takes out of each moment who had not been watched by then.
func takeUnseen(all []moment, stays []Stay) {
	var late []Stay
	for i := range stays {
		if stays[i].Entry > 0 {
			late = append(late, stays[i])
		}
	}
	if len(late) == 0 {
		return
	}
	entries := inOrder(late, func(s *Stay) float64 { return s.Entry })
	unseen, next := 0.0, len(entries)-1
	for i := len(all) - 1; i >= 0; i-- {
		for ; next >= 0 && late[entries[next].at].Entry >= all[i].time; next-- {
			unseen += late[entries[next].at].weight()
		}
		// Fractions do not cancel to the last digit, but nobody leaves unseen.
		all[i].atRisk = max(all[i].atRisk-unseen, all[i].left+all[i].censored)
	}
}

// counts sums up what a curve says about its input.
func counts(all []moment) (left, total float64) {
	for _, m := range all {
		left += m.left
		total += m.left + m.censored
	}
	return left, total
}
