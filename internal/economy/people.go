package economy

import (
	"math"
	"slices"

	"behold"
)

// The classes of customers, by what they do and not by what they say. Forced
// customers are kept apart: they stay because they must.
const (
	ClassLoyal   = "loyal"   // at least two of often, much, broad above the middle, and none far below
	ClassSteady  = "steady"  // one or two of them
	ClassFickle  = "fickle"  // none of them, or bought less than half of the year before
	ClassNew     = "new"     // for less than a year
	ClassCaptive = "captive" // nobody else to go to
)

// people gathers what every customer is worth and does now.
type people struct {
	all []person
}

// A person is a customer who is still here, in the few numbers that are compared.
type person struct {
	residual, value, sold, before, margin float64
	orders, nth                           int32
	kinds                                 int16
	class                                 int8 // newcomer, captive, or to be told
	segment                               int8
	years                                 float32
}

const (
	toTell = iota
	newcomer
	captive
)

func (p *people) add(c *Course, segment int, asOf behold.Day) {
	if c.State == behold.Lost || c.State == behold.Closed {
		return
	}
	last := &c.Turns[len(c.Turns)-1]
	one := person{
		residual: c.Residual, value: c.Value, sold: c.Now.Sold, before: c.Before.Sold, margin: c.Now.Margin,
		orders: c.Now.Orders, nth: last.Nth, kinds: int16(min(c.Now.Kinds, math.MaxInt16)), segment: int8(segment),
		years: float32(asOf-c.Start) / 365,
	}
	switch {
	case c.Captive:
		one.class = captive
	case asOf-c.Start < 365:
		one.class = newcomer
	}
	p.all = append(p.all, one)
}

// A Class is customers of one kind of loyalty, with what they bring.
type Class struct {
	Class     string   `json:"class"`
	Customers int      `json:"customers"`
	Sold      float64  `json:"sold"`   // in the last twelve months, major units
	Margin    *float64 `json:"margin"` // of it; null where no costs are given
	Each      float64  `json:"sold_each"`
	Orders    float64  `json:"orders_each"`
	Basket    float64  `json:"basket"`
	Kinds     float64  `json:"categories_each"`
	Years     float64  `json:"years_each"`
	Value     float64  `json:"value"`
}

// classes answers: who is loyal, what marks them, and what do they bring?
//
// Input: the customers who are still here, with what they did in the year up to
// the day.
//
// Method: of those who are customers for a year and free to go, the middle of
// orders, of the basket and of the number of categories; each customer has a point
// for each of them that is above the middle (METHODS 6.8, in its plainest form).
//
// Output: a Class for each kind that has customers; sums in major units.
//
// Not a forecast, and nothing to treat anybody worse by.
//
// Source: MISSION M51 to M59.
func (t *Tally) classes() (all []Class) {
	p := &t.people
	var orders, baskets, kinds []float64
	for i := range p.all {
		if one := &p.all[i]; one.class == toTell {
			orders, baskets, kinds = append(orders, float64(one.orders)), append(baskets, one.basket()), append(kinds, float64(one.kinds))
		}
	}
	middle := [3]float64{median(orders), median(baskets), median(kinds)}
	sums := map[string]*Class{}
	for i := range p.all {
		one := &p.all[i]
		name := one.told(middle)
		c := sums[name]
		if c == nil {
			c = &Class{Class: name}
			sums[name] = c
		}
		c.Customers++
		c.Sold, c.Value = c.Sold+one.sold, c.Value+one.value
		c.Orders, c.Kinds, c.Years = c.Orders+float64(one.orders), c.Kinds+float64(one.kinds), c.Years+float64(one.years)
		if t.Costs {
			if c.Margin == nil {
				c.Margin = new(float64)
			}
			*c.Margin += one.margin
		}
	}
	for _, name := range []string{ClassLoyal, ClassSteady, ClassFickle, ClassNew, ClassCaptive} {
		if c := sums[name]; c != nil {
			n := float64(c.Customers)
			c.Basket = c.Sold / math.Max(1, c.Orders)
			c.Each, c.Orders, c.Kinds, c.Years = c.Sold/n, c.Orders/n, c.Kinds/n, c.Years/n
			all = append(all, *c)
		}
	}
	return all
}

func (p *person) basket() float64 { return p.sold / math.Max(1, float64(p.orders)) }

func (p *person) told(middle [3]float64) string {
	switch p.class {
	case newcomer:
		return ClassNew
	case captive:
		return ClassCaptive
	}
	points := 0
	for i, x := range [3]float64{float64(p.orders), p.basket(), float64(p.kinds)} {
		if x > middle[i] {
			points++
		}
	}
	switch {
	case points == 0 || p.sold < p.before/2:
		return ClassFickle
	case points >= 2:
		return ClassLoyal
	}
	return ClassSteady
}

// median sorts what it is given.
func median(xs []float64) float64 { return quantile(xs, 0.5) }

// quantile sorts what it is given; 0 of nothing.
func quantile(xs []float64, share float64) float64 {
	if len(xs) == 0 {
		return 0
	}
	slices.Sort(xs)
	at := share * float64(len(xs)-1)
	low := int(at)
	if low+1 >= len(xs) {
		return xs[len(xs)-1]
	}
	return xs[low] + (at-float64(low))*(xs[low+1]-xs[low])
}

// Worth is what customers are worth, and what losing one costs.
type Worth struct {
	Years    int       `json:"years"`
	Discount float64   `json:"discount_rate"`
	Margin   bool      `json:"margin"` // else turnover: no costs are given
	Base     float64   `json:"base"`   // all customers together, their chance to be gone already counted
	Holders  int       `json:"customers"`
	One      Cost      `json:"one"`      // losing one of those who are here
	Newcomer Cost      `json:"newcomer"` // a customer who has bought twice
	ByNth    []CostOf  `json:"by_purchases"`
	By       []CostOf  `json:"by_segment"`
	Referral *float64  `json:"referrals_each"` // added to One; null while it is switched off
	Deciles  []float64 `json:"concentration"`  // share of the base that the dearest 10, 20 … 100 in 100 hold
}

// A Cost is what losing a customer costs, over the years.
type Cost struct {
	Customers int     `json:"customers"`
	Mean      float64 `json:"mean"`
	MeanLow   float64 `json:"mean_low"` // 95 % of the mean
	MeanHigh  float64 `json:"mean_high"`
	Usual     float64 `json:"median"` // half cost less
	Low       float64 `json:"low"`    // and of a hundred customers, ten cost less than low
	High      float64 `json:"high"`   // and ten more than high
}

// A CostOf is the cost of losing a customer of one kind.
type CostOf struct {
	Name string `json:"name"`
	Cost
}

// worth answers: what does it cost to lose a customer, over the years?
//
// Input: of every customer who is still here what they would bring over the years
// if they stay (forecast's residual value, METHODS 2.5), discounted.
//
// Output: the mean, with the 95 % range of a mean, and how far customers lie
// apart. Referrals, when the company says how many a customer brings in a year, add
// their number times what a newcomer is worth, with the same discount.
//
// What replacing one costs is told beside it and never added: it buys another
// customer.
//
// Not what was sold: next year's purchases are uncertain, and so are these sums.
//
// Source: METHODS 7.1, 7.3. See TestWorthFollowsTruth.
func (t *Tally) worth(s *behold.Settings) Worth {
	w := Worth{Years: s.Years, Discount: s.DiscountRate, Margin: t.Costs}
	var all, twice, values []float64
	bands := make([][]float64, 5)
	groups := make([][]float64, segments)
	for i := range t.people.all {
		p := &t.people.all[i]
		w.Base += p.value
		all, values = append(all, p.residual), append(values, p.value)
		if p.nth >= 2 && p.years < 1 {
			twice = append(twice, p.residual)
		}
		band := below(float64(p.nth), 1, 2, 5, 12)
		bands[band] = append(bands[band], p.residual)
		groups[p.segment] = append(groups[p.segment], p.residual)
	}
	w.Holders = len(all)
	w.One, w.Newcomer = costOf(all), costOf(twice)
	for i, name := range []string{"1", "2", "3–5", "6–12", "13+"} {
		if len(bands[i]) > 0 {
			w.ByNth = append(w.ByNth, CostOf{name, costOf(bands[i])})
		}
	}
	for i, name := range t.segment {
		if len(groups[i+1]) >= leastAtRisk {
			w.By = append(w.By, CostOf{name, costOf(groups[i+1])})
		}
	}
	if s.Referrals > 0 {
		d := math.Log1p(s.DiscountRate)
		years := float64(s.Years)
		if d > 0 {
			years = (1 - math.Exp(-d*years)) / d
		}
		each := s.Referrals * years * w.Newcomer.Mean
		w.Referral = &each
	}
	slices.Sort(values)
	slices.Reverse(values)
	sum, next := 0.0, 1
	for i, v := range values {
		sum += v
		for next <= 10 && (i+1)*10 >= next*len(values) {
			w.Deciles = append(w.Deciles, sum/math.Max(w.Base, 1e-9))
			next++
		}
	}
	return w
}

// costOf sorts what it is given.
func costOf(xs []float64) Cost {
	c := Cost{Customers: len(xs)}
	if len(xs) == 0 {
		return c
	}
	sum, squares := 0.0, 0.0
	for _, x := range xs {
		sum += x
	}
	n := float64(len(xs))
	c.Mean = sum / n
	for _, x := range xs {
		squares += (x - c.Mean) * (x - c.Mean)
	}
	off := 1.96 * math.Sqrt(squares/math.Max(1, n-1)/n)
	c.MeanLow, c.MeanHigh = math.Max(0, c.Mean-off), c.Mean+off
	c.Usual, c.Low, c.High = median(xs), quantile(xs, 0.1), quantile(xs, 0.9)
	return c
}

// A Rung is one line of the ladder of figures that a company is led by.
type Rung struct {
	Figure string   `json:"figure"` // revenue, margin, orders, customers, came, lost, each, basket, categories
	Now    float64  `json:"now"`
	Before *float64 `json:"before"` // the twelve months before; null where that cannot be known
}

// Concession is what giving a customer better terms must save to pay.
type Concession struct {
	Give   float64 // share of what they buy
	Costs  float64 // over the years, if they stay
	Leave  float64 // chance of leaving now
	Needed float64 // by which it must fall, as a share of 1
	Can    bool    // Needed is not more than Leave: it can pay at all
}

// Concede answers: would giving this customer a share off pay?
//
// Input: what they would still bring if they stay (residual) and what they would
// still buy (turnover), over the same years and discounted; the chance that they
// leave; the share that is given.
//
// Formula: with it the customer brings residual − cost, cost = give · turnover,
// and stays with 1 − leave + fall. It pays when (1 − leave + fall)(residual − cost)
// ≥ (1 − leave) residual, so fall = (1 − leave) cost/(residual − cost).
//
// Output: Concession. Who would have stayed anyway is given money: that is why a
// faithful customer's concession needs more than the cost suggests.
//
// Not counted: what others think who are not given it.
//
// Source: MISSION M71, M72.
func Concede(residual, turnover, leave, give float64) Concession {
	c := Concession{Give: give, Costs: give * turnover, Leave: leave, Needed: math.Inf(1)}
	if rest := residual - c.Costs; rest > 0 {
		c.Needed = (1 - leave) * c.Costs / rest
	}
	c.Can = c.Needed <= leave
	return c
}

// MarginShare is what of a sale stays with the company, over all customers in the
// twelve months; 1 where sums are turnover.
func (r *Reckoning) MarginShare() float64 {
	for _, rung := range r.Ladder {
		if rung.Figure == "margin_share" && rung.Now > 0 {
			return rung.Now
		}
	}
	return 1
}
