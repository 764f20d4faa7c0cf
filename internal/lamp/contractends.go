package lamp

import (
	"math"

	"behold"
	"behold/stat/survival"
)

// The lamp contract_ends (L14): is this the time in which the customer decides
// whether to go on with a contract?
//
// In: contracts with an end, their notice, and whether they go on by themselves.
//
// Lights, as an event: from 60 days before the last day of notice. For a contract
// that goes on by itself the window closes on that day, since nobody can leave by
// then; for one that does not it closes 30 days after the end. A period shorter
// than a year is given its own measure, a sixth of it ahead; one that goes on by
// itself and is shorter than half a year never lights. An end in the past of a
// contract that goes on by itself means the next one, a period later.
//
// In a company that hardly anybody leaves it is no warning, and nothing lights.
//
// Out: renewed (a later period of the same product is on file), ended, or the
// window closed.
//
// Facts: ends_on, notice_by (the last day of notice), auto_renew (1 or 0),
// left_days (until notice_by), renewals (times it has gone on), price (major units
// a period, period in words in Text of period), leave_share (of the company's
// customers at this renewal do not go on: shifted beta-geometric; only where at
// least 30 have left). Rows: the contract.
//
// Fails: renewals by word of mouth that nobody wrote down.
// Source: METHODS L14; Fader and Hardie (2007) for leave_share.
const (
	contractAhead = 60
	contractAfter = 30
	shortContract = 180
	yearContract  = 330
	leastLeavers  = 30
	mostRenewals  = 60
)

// renewalHabits are the company's a and b of the shifted beta-geometric; 0: not known.
type renewalHabits struct{ a, b float64 }

func renewalHabitsOf(h *behold.Histories, deals *behold.Dealings) renewalHabits {
	if deals == nil || len(deals.Contracts.All) == 0 {
		return renewalHabits{}
	}
	var stayed, left [mostRenewals + 1]float64 // by renewals decided
	leavers := 0.0
	for k := range h.Customer {
		n, gone := decided(deals.Contracts.Of(k), h.AsOf)
		n = min(n, mostRenewals)
		if gone {
			left[n]++
			leavers++
		} else {
			stayed[n]++
		}
	}
	if leavers < leastLeavers {
		return renewalHabits{}
	}
	fit, err := survival.FitSBG(renewalCohorts(stayed[:], left[:]))
	if err != nil {
		return renewalHabits{}
	}
	return renewalHabits{fit.A, fit.B}
}

// decided counts the renewals that a customer has had to decide on, and says
// whether the last of them was a no.
func decided(contracts []behold.Contract, day behold.Day) (n int, gone bool) {
	for i := range contracts {
		c := &contracts[i]
		switch {
		case goesOn(contracts, c):
			n++
		case c.Ended.Known() && c.Ended <= day:
			return n + 1, true
		case c.Ends.Known() && c.Ends+contractAfter < day && !c.AutoRenew:
			return n + 1, true
		}
	}
	return n, false
}

// renewalCohorts sorts customers by how many renewals they were asked about.
func renewalCohorts(stayed, left []float64) []survival.Cohort {
	var cohorts []survival.Cohort
	for n := 1; n < len(stayed); n++ {
		if stayed[n] > 0 { // n renewals, all of them taken
			active := make([]float64, n+1)
			for i := range active {
				active[i] = stayed[n]
			}
			cohorts = append(cohorts, survival.Cohort{Active: active})
		}
		if left[n] > 0 { // the n-th was not
			active := make([]float64, n+1)
			for i := range n {
				active[i] = left[n]
			}
			cohorts = append(cohorts, survival.Cohort{Active: active})
		}
	}
	return cohorts
}

// goesOn says whether a later period of the same product follows.
func goesOn(contracts []behold.Contract, c *behold.Contract) bool {
	for i := range contracts {
		next := &contracts[i]
		if next.Starts > c.Starts && next.Product == c.Product && (!c.Ends.Known() || next.Starts <= c.Ends+contractAfter) {
			return true
		}
	}
	return false
}

// A deadline is a contract's next end.
type deadline struct {
	contract   *behold.Contract
	ends, by   behold.Day // by: the last day of notice
	opens, end behold.Day // the lamp's window
	renewals   int
}

// nextEnd of a contract; none where it has no end, is over, or is too short to say.
func nextEnd(contracts []behold.Contract, c *behold.Contract, day behold.Day) (deadline, bool) {
	x := deadline{contract: c, ends: c.Ends}
	if !c.Ends.Known() || c.Ended.Known() || c.Ends <= c.Starts || goesOn(contracts, c) {
		return x, false
	}
	length := c.Ends - c.Starts + 1
	if c.AutoRenew && length < shortContract {
		return x, false
	}
	for c.AutoRenew && x.ends < day {
		x.ends = later(x.ends, length)
		x.renewals++
	}
	notice := behold.Day(max(c.Notice, 0))
	ahead := behold.Day(contractAhead)
	if length < yearContract {
		ahead = min(ahead, length/6)
	}
	x.by = x.ends - min(notice, length/2)
	x.opens, x.end = x.by-ahead, x.by
	if !c.AutoRenew {
		x.end = x.ends + contractAfter
	}
	for i := range contracts {
		if contracts[i].Starts < c.Starts && contracts[i].Product == c.Product {
			x.renewals++
		}
	}
	return x, true
}

// later is the end of the next period: of a year's, the same day next year.
func later(end, length behold.Day) behold.Day {
	if length < 364 || length > 367 {
		return end + length
	}
	t := end.Time()
	return behold.Date(t.Year()+1, t.Month(), t.Day())
}

func (d *desk) contractEnds() (behold.Lamp, bool) {
	if d.in.Stays {
		return behold.Lamp{}, false
	}
	contracts := d.deals.Contracts.Of(d.k)
	var first deadline
	found := false
	for i := range contracts {
		x, ok := nextEnd(contracts, &contracts[i], d.day)
		if ok && x.opens <= d.day && d.day <= x.end && (!found || x.by < first.by) {
			first, found = x, true
		}
	}
	if !found {
		return behold.Lamp{}, false
	}
	since := min(d.day, max(first.opens, first.contract.Recorded, first.contract.Starts))
	return d.happened(behold.LampContract, since, d.contractEvidence(&first)), true
}

func (d *desk) watchContract(l behold.Lamp) (behold.Lamp, bool) {
	now, burns := d.contractEnds()
	if burns {
		l.Evidence = now.Evidence
	}
	return l, burns
}

func (d *desk) contractEvidence(x *deadline) behold.Evidence {
	c, auto := x.contract, 0.0
	if c.AutoRenew {
		auto = 1
	}
	e := behold.Evidence{
		Facts: []behold.Fact{
			on("ends_on", x.ends), on("notice_by", x.by), number("auto_renew", auto),
			number("left_days", float64(x.by-d.day)), number("renewals", float64(x.renewals)),
		},
		Rows: []behold.Row{row(behold.TableContracts, c.ID, c.Starts)},
	}
	if c.Price > 0 && !math.IsInf(c.Price, 1) {
		e.Facts = append(e.Facts, amount("price", c.Price, d.h.Currency), named("period", c.Period))
	}
	if r := d.in.Renewals; r.a > 0 {
		e.Facts = append(e.Facts, number("leave_share", r.a/(r.a+r.b+float64(x.renewals))))
	}
	return e
}
