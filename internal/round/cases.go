package round

import (
	"behold"
	"behold/internal/task"
)

// workOn lets the candidates with an open case go by its plan.
func (c crew) workOn(candidates []task.Candidate, open []behold.Case) {
	by := make(map[string]*behold.Case, len(open))
	for i := range open {
		by[behold.CustomerKey(open[i].Customer)] = &open[i]
	}
	for i := range candidates {
		if its, at := by[behold.CustomerKey(candidates[i].ID)]; at {
			workedOn(&candidates[i], its, c)
		}
	}
}

// never is a day on which nothing waits to be done any more.
const never = behold.Day(1 << 30)

// workedOn puts a candidate to whoever has the case, with the step that comes next
// in its plan. One whose plan has come to its end waits for its closing.
func workedOn(one *task.Candidate, c *behold.Case, of crew) {
	one.InHand = true
	if place, known := of.places[behold.ColleagueKey(c.Owner)]; known {
		one.Owner = place
	}
	if len(c.Steps) == 0 {
		return
	}
	one.Reason, one.Waits = c.Reason, never
	for i := range c.Steps {
		one.Steps = append(one.Steps, c.Steps[i].Step)
	}
	if next := c.Next(); next >= 0 {
		one.Next, one.Waits = int8(next), c.Steps[next].From
	}
}

// wishesOf is what a customer's file says about being reached, as task.Barred asks
// for it.
func wishesOf(p *behold.Profile) behold.Customer {
	c := behold.Customer{MarketingOptOut: p.NoMarketing, ClosedOn: behold.NoDay}
	if p.Person {
		c.Kind = "person"
	}
	return c
}
