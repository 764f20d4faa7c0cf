package round

import (
	"cmp"
	"slices"

	"behold"
	"behold/internal/task"
)

// workOn lets the candidates with an open case go by its plan, and adds those for
// whom no lamp burns.
func (s *Seen) workOn(of crew, candidates []task.Candidate, with *Lists, held heldOut) []task.Candidate {
	at := make(map[string]int, len(candidates))
	for i := range candidates {
		at[behold.CustomerKey(candidates[i].ID)] = i
	}
	for i := range with.Cases {
		c := &with.Cases[i]
		key := behold.CustomerKey(c.Customer)
		file, filed := with.Files[key]
		place, lit := at[key]
		if !lit {
			if !filed || len(c.Steps) == 0 {
				continue
			}
			candidates = append(candidates, s.unlit(&file, of))
			place = len(candidates) - 1
		}
		one := &candidates[place]
		workedOn(one, c, of)
		if filed {
			one.Barred, one.Unsold = task.Barred(&file, s.Round.Settings.Country)
		}
		if held[key] && one.Lamp.Waits() { // what is hidden must not be read from the task
			one.Lamp, one.Reason = "", c.Reason
		}
	}
	slices.SortStableFunc(candidates, func(a, b task.Candidate) int { return cmp.Compare(a.Customer, b.Customer) })
	return candidates
}

// unlit is a candidate for whom no lamp burns.
func (s *Seen) unlit(file *behold.Customer, of crew) task.Candidate {
	one := task.Candidate{Customer: file.Number, ID: file.ID, Owner: -1, Spoken: behold.NoDay, Taken: behold.NoDay, Listed: behold.NoDay, Waits: behold.NoDay, Due: behold.NoDay}
	if place, known := of.places[behold.ColleagueKey(file.Colleague)]; known {
		one.Owner = place
	}
	if f, known := s.found.of(file.Number); known {
		one.State, one.Active, one.Residual = f.State, f.ChanceActive, f.Residual.Major()
		one.Leave, one.LeaveLow, one.LeaveHigh = f.ChanceLeave, f.ChanceLeaveLow, f.ChanceLeaveHigh
	}
	return one
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
	one.Reason, one.Waits, one.Due = c.Reason, never, behold.NoDay
	for i := range c.Steps {
		one.Steps = append(one.Steps, c.Steps[i].Step)
	}
	if next := c.Next(); next >= 0 {
		one.Next, one.Waits, one.Due = int8(next), c.Steps[next].From, c.Steps[next].Due
	}
}

// wishesOf is what a customer's file says about being reached, as task.Barred asks
// for it.
func wishesOf(p *behold.Profile) behold.Customer {
	c := behold.Customer{MarketingOptOut: p.NoMarketing, ClosedOn: behold.NoDay}
	if p.Person {
		c.Kind = "person"
	}
	switch {
	case p.Danish:
		c.Country = "DK"
	case p.Abroad:
		c.Country = "elsewhere"
	}
	return c
}
