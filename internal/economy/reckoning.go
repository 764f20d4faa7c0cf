package economy

import (
	"behold"
)

// A Reckoning is all there is to say of the company as a whole, as of a day.
type Reckoning struct {
	Day        behold.Day      `json:"day"`
	From       behold.Day      `json:"from"`
	Currency   string          `json:"currency"`
	Definition behold.LostRule `json:"definition"`
	Customers  int             `json:"customers"`
	States     []StateSum      `json:"states"`
	Loss       Loss            `json:"loss"`
	Staying    Staying         `json:"staying"`
	Funnel     *Funnel         `json:"funnel"`
	Worth      Worth           `json:"worth"`
	Effort     Effort          `json:"effort"`
	Fair       Fairness        `json:"fairness"`
	Ladder     []Rung          `json:"ladder"`
	Classes    []Class         `json:"classes"`
	Contracts  Contracts       `json:"contracts"`
	Given      []behold.Table  `json:"tables"`
}

// A StateSum counts the customers in one state.
type StateSum struct {
	State     behold.CustomerState `json:"state"`
	Customers int                  `json:"customers"`
}

// Contracts are what ends on a day that is known.
type Contracts struct {
	Running int `json:"running"`   // customers with one that runs
	Ended   int `json:"ended"`     // customers whose last one ended in the twelve months up to the day
	Left    int `json:"left"`      // of them, those who bought nothing since
	Ending  int `json:"ending_90"` // customers whose last one ends in the next 90 days
}

// A ContractCourse is how a customer's contracts stand.
type ContractCourse struct {
	Running, Ended, Left, Ending bool // as in Contracts
}

func (c *Contracts) add(one *ContractCourse) {
	for _, x := range []struct {
		is bool
		n  *int
	}{{one.Running, &c.Running}, {one.Ended, &c.Ended}, {one.Left, &c.Left}, {one.Ending, &c.Ending}} {
		if x.is {
			*x.n++
		}
	}
}

// Fairness is what customers of long standing pay against newcomers, and what
// became of those who came by an offer.
type Fairness struct {
	behold.LoyalPrices
	Lit      int     `json:"lamps_pays_more"` // customers with that lamp
	LitMoney float64 `json:"money_at_risk"`
	Share    float64 `json:"dearer_by"` // what they paid more, as a share
	Offers   []Group `json:"offers"`
	Test     *Split  `json:"offers_differ"`
}

// Told is what a round knows beside the counts.
type Told struct {
	Settings behold.Settings
	Rule     behold.LostRule
	Books    Books
	Gap      behold.LoyalPrices
	Reasons  []ReasonPart // of those lost in the twelve months
	Lit      int
	LitMoney float64
	Warned   float64
	Given    []behold.Table
}

// Judge makes the reckoning of what was counted.
func (t *Tally) Judge(told *Told) *Reckoning {
	s := &told.Settings
	r := &Reckoning{Day: t.AsOf, From: t.From, Currency: t.Currency, Definition: told.Rule, Given: told.Given, Contracts: t.contracts}
	for _, state := range []behold.CustomerState{behold.NewCustomer, behold.Active, behold.Returned, behold.Quiet, behold.Lost, behold.Closed} {
		if n := t.states[state]; n > 0 {
			r.States = append(r.States, StateSum{state, n})
			r.Customers += n
		}
	}
	r.Loss = t.loss(s.FalseSignals, s.Seed)
	r.Staying = t.staying(t.lastComplete(r.Loss.Months))
	r.Worth = t.worth(s)
	if r.Funnel = t.funnel(r.Loss.Months, s); r.Funnel != nil {
		r.Funnel.Warned, r.Funnel.Reasons = told.Warned, told.Reasons
	}
	r.Effort = t.effort(&told.Books, &r.Worth, float64(r.Worth.Holders), s.Seed)
	r.Classes = t.classes()
	r.Ladder = t.ladder(r.Loss.Months)
	r.Fair = Fairness{LoyalPrices: told.Gap, Lit: told.Lit, LitMoney: told.LitMoney}
	if told.Gap.Newcomers > 0 {
		r.Fair.Share = told.Gap.Paid/told.Gap.Newcomers - 1
	}
	for _, g := range r.Staying.Groups {
		if g.By == "offer" {
			r.Fair.Offers = append(r.Fair.Offers, g)
		}
	}
	for i := range r.Staying.Tests {
		if r.Staying.Tests[i].By == "offer" {
			r.Fair.Test = &r.Staying.Tests[i]
		}
	}
	return r
}

// A stand counts what all customers did in twelve months.
type stand struct {
	sold, margin, orders, customers, kinds float64
}

func (s *stand) add(y *Twelve) {
	s.sold, s.margin, s.orders = s.sold+y.Sold, s.margin+y.Margin, s.orders+float64(y.Orders)
	if y.Orders > 0 {
		s.customers, s.kinds = s.customers+1, s.kinds+float64(y.Kinds)
	}
}

// ladder puts customers beside the figures that companies are usually led by: the
// twelve months up to the day against the twelve before (MISSION M70).
func (t *Tally) ladder(months []Month) (rungs []Rung) {
	put := func(figure string, now, before float64) {
		if now > 0 || before > 0 {
			rungs = append(rungs, Rung{figure, now, &before})
		}
	}
	per := func(a, b float64) float64 {
		if b == 0 {
			return 0
		}
		return a / b
	}
	n, b := &t.now, &t.before
	put("revenue", n.sold, b.sold)
	if t.Costs {
		put("margin", n.margin, b.margin)
		put("margin_share", per(n.margin, n.sold), per(b.margin, b.sold))
	}
	put("customers", n.customers, b.customers)
	sum := func(from, to int) (came, lost float64) {
		for i := max(0, from); i < to; i++ {
			came, lost = came+t.flows[i].came, lost+months[i].Nowcast
		}
		return came, lost
	}
	end := len(months) - 1
	came, lost := sum(end-12, end)
	cameThen, lostThen := sum(end-24, end-12)
	put("came", came, cameThen)
	put("lost", lost, lostThen)
	if end-24 < 12 && t.unknown > t.old/2 { // in the first year of the records everybody looks new
		for i := range rungs {
			if rungs[i].Figure == "came" || rungs[i].Figure == "lost" {
				rungs[i].Before = nil
			}
		}
	}
	put("each", per(n.sold, n.customers), per(b.sold, b.customers))
	put("orders", per(n.orders, n.customers), per(b.orders, b.customers))
	put("basket", per(n.sold, n.orders), per(b.sold, b.orders))
	put("categories", per(n.kinds, n.customers), per(b.kinds, b.customers))
	return rungs
}
