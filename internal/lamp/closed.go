package lamp

import "behold"

// The lamp closed_or_moved (L21): has this customer died, closed down or moved
// out of reach?
//
// In: closed_on and closed_reason of the customer file; a known loss whose reason
// is one of the two, unless they were won back or bought later.
//
// Lights: as an event, from the day on. It stands alone: every other lamp of the
// customer goes out, and nothing is to be sold to them.
//
// Out: when neither says so any longer. Reason: closed or moved.
//
// Facts: closed_on, said (1: said to a colleague or by the customer, else in the
// customer file). Rows: the customer, or the loss.
//
// Source: METHODS L21; testdata/closed_or_moved.txt.
func (d *desk) closedOrMoved() (behold.Lamp, bool) {
	day, reason, table := d.gone()
	if !day.Known() {
		return behold.Lamp{}, false
	}
	facts := []behold.Fact{on("closed_on", day)}
	if table == behold.TableLosses {
		facts = append(facts, number("said", 1))
	}
	e := behold.Evidence{Facts: facts, Rows: []behold.Row{{Table: string(table), Day: day}}}
	return because(reason, d.happened(behold.LampClosed, day, e)), true
}

func (d *desk) watchClosed(l behold.Lamp) (behold.Lamp, bool) {
	_, gone := d.closedOrMoved()
	return l, gone
}

// gone is since when the customer is closed or moved, and which table says so.
func (d *desk) gone() (behold.Day, behold.Reason, behold.Table) {
	if p := d.profile(); p.Closed.Known() && p.Closed <= d.day {
		if p.ClosedReason == behold.Moved {
			return p.Closed, behold.Moved, behold.TableCustomers
		}
		return p.Closed, behold.ClosedDown, behold.TableCustomers
	}
	for _, l := range d.deals.Losses.Of(d.k) {
		back := l.WonBack.Known() || d.f.Last.Known() && d.f.Last > l.On
		if (l.Reason == behold.Moved || l.Reason == behold.ClosedDown) && l.On <= d.day && !back {
			return l.On, l.Reason, behold.TableLosses
		}
	}
	return behold.NoDay, "", ""
}
