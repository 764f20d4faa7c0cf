package lamp

import (
	"math"

	"behold"
)

// givenUpFact is since when it is known that a promise will not be kept.
const givenUpFact = "given_up_on"

// ByGivingUp says whether a lamp was lit because a colleague said that a promise will
// not be kept.
func ByGivingUp(l *behold.Lamp) bool {
	_, told := l.Evidence.Fact(givenUpFact)
	return l.Kind == behold.LampPromise && told
}

// GivenUp is the lamp promise_broken of a customer to whom a promise was given up,
// for the time until the next round: whoever opens the customer's page or phones
// them must know at once. The last one given up tells; false when none was in the
// last 60 days. The next round judges anew, with what is usual for the company.
//
// Promises are all of the customer's, as known on the day; told says whether files
// record that promises are kept.
func GivenUp(promises []behold.PromiseCard, atRisk behold.Money, told bool, day behold.Day) (behold.Lamp, bool) {
	last := -1
	fell, broken := 0, 0
	for i := range promises {
		c := &promises[i]
		if c.GaveUp(day) && c.GivenUp > day-promiseFresh && (last < 0 || c.GivenUp >= promises[last].GivenUp) {
			last = i
		}
		if on := c.Fell(day); on > day || on <= day-promiseDays {
			continue
		}
		switch state := c.State(day, told); {
		case state == behold.PromiseBroken, state == behold.PromiseLate && c.BrokenBy(day):
			fell, broken = fell+1, broken+1
		case state.Kept():
			fell++
		}
	}
	if last < 0 {
		return behold.Lamp{}, false
	}
	m := &promises[last]
	e := behold.Evidence{
		Facts: []behold.Fact{
			on("due_on", m.Due.Day()), on(givenUpFact, m.GivenUp), number("late_days", max(0, math.Ceil(m.LateBy(day)))),
			number("broken_now", float64(broken)), number("promises_now", float64(fell)), number("days_now", promiseDays),
			amount(moneyFact, atRisk.Major(), atRisk.Currency),
		},
		Rows: []behold.Row{{Table: string(behold.TablePromises), ID: m.Number, Day: m.Made.Day()}},
	}
	return behold.Lamp{
		Kind: behold.LampPromise, Reason: RuleOf(behold.LampPromise).Reason, State: behold.Lit, Since: m.GivenUp, Out: behold.NoDay, Until: behold.NoDay,
		Strength: 1, Evidence: e,
	}, true
}
