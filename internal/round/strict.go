package round

import (
	"behold"
	"behold/internal/task"
)

// LeastStrict is how many customers who were not contacted must be known before a
// list is strict: with fewer it would mostly be empty, whatever they did.
const LeastStrict = 50

// StrictCases are the customers by whom a strict list is measured: kept off the
// lists, not spoken to, and their time is over. What was foreseen of each, and
// whether they stayed.
func StrictCases(outcomes []behold.Outcome) (leave []float64, stayed []bool) {
	for i := range outcomes {
		if o := &outcomes[i]; o.Held && o.Read.Known() && !o.Spoken {
			leave, stayed = append(leave, o.Leave), append(stayed, o.Kept)
		}
	}
	return leave, stayed
}

// strict is the strict list that the company asked for; nil when it did not, or
// too little is known.
func strict(q float64, outcomes []behold.Outcome) *task.Strict {
	leave, stayed := StrictCases(outcomes)
	if q <= 0 || len(leave) < LeastStrict {
		return nil
	}
	list, err := task.NewStrict(q, leave, stayed)
	if err != nil { // a chance that is no number: of no use to measure by
		return nil
	}
	return list
}
