package task

import (
	"cmp"
	"math"
	"slices"

	"behold/stat"
	"behold/stat/effect"
)

// Assigned is one customer whom the system gave to a team or colleague, when the
// waiting time is over.
type Assigned struct {
	Whose      string  // team; a colleague only where the company has switched that on
	Leave      float64 // chance of leaving, frozen at the assignment
	Fall       float64 // what attention takes from it at this company on average (Belief.Share · Danger); 0: not known
	Kept       bool
	Value      float64 // what was still to come, frozen at the assignment; major units
	Discount   float64 // given away to keep them; major units
	Complained bool    // a complaint came back afterwards
}

// A Credit is what a team kept beyond what was to be expected of its customers.
type Credit struct {
	Whose     string        `json:"whose"`
	Cases     int           `json:"cases"`    // customers that were at risk at all
	Kept      int           `json:"kept"`     // of whom were kept, without a complaint coming back
	Expected  float64       `json:"expected"` // of whom were to be expected to stay anyway
	Customers float64       `json:"credit"`   // Kept − Expected
	Money     float64       `json:"money"`    // the same in what they are worth, discounts taken off; major units
	PerCase   float64       `json:"per_case"` // Customers for each case, drawn to what all teams say
	PerCaseIn stat.Interval `json:"per_case_range"`
	Spread    float64       `json:"spread"`     // standard deviation of one case, by chance alone
	Own       float64       `json:"own_part"`   // how much of PerCase is the team's own record: n/(n + k)
	Enough    bool          `json:"enough"`     // 30 cases or more: fewer are shown, and not compared
	Outside95 bool          `json:"outside95"`  // further from expected than one in twenty is by chance
	Outside99 bool          `json:"outside998"` // and than two in a thousand
}

const (
	enoughCases = 30
	AtRisk      = 0.05 // below this chance of leaving a customer was never at risk
)

// CreditOf says who kept more customers than theirs let expect.
//
// Question: who is good at keeping customers, beyond luck and easy customers?
//
// Input: Assigned, by assignment by the system, not by who was called; read only,
// any order. Chances are those from before the assignment, 0 … 1.
//
// Formula: of customers with a chance of leaving of 0.05 or more, credit = Σ (kept −
// (1 − chance)), in customers and times their value, the chance less Fall: what
// anybody's attention would have done is no merit, and whose customers are at more
// risk would have more of it. Whoever was kept and
// complained again counts as not kept; discounts are taken off the money.
// effect.NewFunnel of the sums gives limits and what is drawn together.
//
// Output: a Credit for each team, by name; Outside95 and Outside99 by the funnel's
// limits.
//
// Errors: nobody at risk; chances outside 0 … 1. Caveats of the funnel: few-groups,
// few-cases, certain.
//
// Not for pay by rank: inside the limits there is nothing to choose between teams.
// Not where teams choose their customers. By default for teams; a person sees
// their own only.
//
// Source: METHODS 8.6; Spiegelhalter (2005), Statistics in Medicine 24. See
// TestCreditIsBlindToRisk, TestCreditRules.
func CreditOf(cases []Assigned, seed uint64) ([]Credit, []stat.Caveat, error) {
	parts := map[string]*part{}
	for i, one := range cases {
		if !(one.Leave >= 0 && one.Leave <= 1 && one.Fall <= one.Leave) {
			return nil, nil, &stat.InputError{Row: i, Field: "Leave", Value: one.Leave, Why: "not a chance between 0 and 1, or less than attention takes from it"}
		}
		if parts[one.Whose] == nil {
			parts[one.Whose] = &part{}
		}
		one.Leave = max(0, one.Leave-one.Fall)
		parts[one.Whose].add(one)
	}
	var list []Credit
	var duties []effect.Duty
	for whose, p := range parts {
		if len(p.chances) > 0 {
			p.credit.Whose = whose
			list = append(list, p.credit)
		}
	}
	slices.SortFunc(list, func(a, b Credit) int { return cmp.Compare(a.Whose, b.Whose) })
	for i := range list {
		duty, err := effect.NewDuty(parts[list[i].Whose].chances, parts[list[i].Whose].kept)
		if err != nil {
			return nil, nil, err
		}
		duties = append(duties, duty)
	}
	funnel, err := effect.NewFunnel(duties, effect.Shrinking{Level: 0.95, Seed: seed})
	if err != nil {
		return nil, nil, err
	}
	for i := range list {
		list[i].take(duties[i], funnel.Standings[i])
	}
	return list, funnel.Caveats, nil
}

// part is a team while its cases are added up.
type part struct {
	chances []float64
	kept    []bool
	credit  Credit
}

func (p *part) add(one Assigned) {
	p.credit.Money -= one.Discount
	if one.Leave < AtRisk {
		return
	}
	kept := one.Kept && !one.Complained
	share := 0.0
	if kept {
		p.credit.Kept++
		share = 1
	}
	p.credit.Money += (share - (1 - one.Leave)) * one.Value
	p.chances, p.kept = append(p.chances, one.Leave), append(p.kept, kept)
}

// take fills in what the funnel says.
func (c *Credit) take(d effect.Duty, s effect.Standing) {
	c.Cases, c.Expected, c.Customers, c.Spread = d.Cases, d.Expected, s.Credit, math.Sqrt(d.Variance/float64(d.Cases))
	c.PerCase, c.PerCaseIn, c.Own = s.PerCase.Estimate, s.PerCase.Interval, s.PerCase.Own
	c.Enough, c.Outside95, c.Outside99 = d.Cases >= enoughCases, s.Outside >= 1, s.Outside == 2
}
