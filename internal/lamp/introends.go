package lamp

import (
	"math"
	"slices"

	"behold"
)

// The lamp intro_ends (L13): does a price for newcomers end, or has it just ended,
// so that this customer pays markedly more from now on?
//
// In: the day until which a contract's introductory price holds; else, of customers
// who came by an offer, the prices a piece they paid in their first year and a half.
//
// Lights, as an event: from 30 days before the introductory price ends until 60
// days after. The step must be at least 15 % where it can be told: from the price
// of the period that follows, or else from prices paid for the same products before
// and after. Without a contract, for 60 days from the first purchase at a price that
// is at least 15 % above the first ones, in the median of at least two products (or
// of three lines of one) bought before and after. Since is the first of these days.
//
// In a company that hardly anybody leaves it is no warning, and nothing lights.
//
// Out: 60 days past, the contract ended, or the next period has begun after it at
// the full price.
//
// Facts: intro_until (of a contract; else stepped_on, the first dearer purchase),
// step (share; only where it can be told), starts_on, left_days (until it ends;
// below 0 since), product (as in pays_more), intro_paid, full_paid of the product
// that rose most (without a contract). Rows: the contract, or the two orders.
//
// Fails: a general rise of prices that falls into the first months; offers given to
// other people than those who come without (a difference is not the offer's effect).
// Source: METHODS L13.
const (
	introAhead   = 30
	introPast    = 60
	introStep    = 0.15
	introTenure  = 540
	introLines   = 3
	sameProducts = 64
)

func (d *desk) introEnds() (behold.Lamp, bool) {
	if d.in.Stays {
		return behold.Lamp{}, false
	}
	for _, c := range d.deals.Contracts.Of(d.k) {
		if c.IntroUntil.Known() {
			return d.introOfContract()
		}
	}
	if d.profile().Offer == 0 && !d.boughtByOffer() {
		return behold.Lamp{}, false
	}
	return d.introOfPrices()
}

func (d *desk) introOfContract() (behold.Lamp, bool) {
	contracts := d.deals.Contracts.Of(d.k)
	for i := range contracts {
		c := &contracts[i]
		if !c.IntroUntil.Known() || c.Ended.Known() || d.day < c.IntroUntil-introAhead || d.day > c.IntroUntil+introPast {
			continue
		}
		step, told := introRise(contracts, c)
		if !told {
			step, told = d.riseAfter(c.IntroUntil)
		}
		if told && step < introStep || paidInFull(contracts, c) {
			continue
		}
		since := min(d.day, max(c.IntroUntil-introAhead, c.Recorded, c.Starts))
		e := behold.Evidence{
			Facts: []behold.Fact{on("intro_until", c.IntroUntil), on("starts_on", c.Starts), number("left_days", float64(c.IntroUntil-d.day))},
			Rows:  []behold.Row{row(behold.TableContracts, c.ID, c.Starts)},
		}
		if told {
			e.Facts = append(e.Facts, number("step", step))
		}
		return d.happened(behold.LampIntroEnds, since, e), true
	}
	return behold.Lamp{}, false
}

// introRise is how much dearer the period after is, where it is on file.
func introRise(contracts []behold.Contract, c *behold.Contract) (float64, bool) {
	for i := range contracts {
		next := &contracts[i]
		if next.Starts > c.Starts && next.Product == c.Product && next.Period == c.Period && next.Price > 0 && c.Price > 0 {
			return next.Price/c.Price - 1, next.Price != c.Price
		}
	}
	return 0, false
}

// paidInFull says whether a period after the introduction has begun, and with it
// the full price.
func paidInFull(contracts []behold.Contract, c *behold.Contract) bool {
	return slices.ContainsFunc(contracts, func(next behold.Contract) bool {
		return next.Starts > c.IntroUntil && next.Product == c.Product && next.ID != c.ID
	})
}

// riseAfter is the median rise of the prices of products bought before and after
// a day; not told where there are too few.
func (d *desk) riseAfter(day behold.Day) (float64, bool) {
	s, enough := d.stepAt(day + 1)
	return s.rise, enough
}

// boughtByOffer says whether the first purchases were made by an offer.
func (d *desk) boughtByOffer() bool {
	prices := d.deals.Prices.Of(d.k)
	return len(prices) > 0 && prices[0].Offer
}

// A rise is a step in what was paid a piece.
type rise struct {
	rise          float64 // share
	before, after *behold.Price
}

func (d *desk) introOfPrices() (behold.Lamp, bool) {
	prices := d.deals.Prices.Of(d.k)
	if len(prices) < 2 || !d.f.First.Known() || d.day-d.f.First > introTenure {
		return behold.Lamp{}, false
	}
	begin := max(lastOffer(prices, d.day), prices[0].On, d.day-introPast-1)
	seen := begin
	for i := range prices {
		on := prices[i].On
		if on <= seen || on > d.day {
			continue
		}
		seen = on
		if s, enough := d.stepAt(on); enough && s.rise >= introStep {
			return d.happened(behold.LampIntroEnds, on, d.riseEvidence(s, on)), true
		}
	}
	return behold.Lamp{}, false
}

// lastOffer is the last day on which something was bought by an offer; NoDay when
// nothing was.
func lastOffer(prices []behold.Price, day behold.Day) behold.Day {
	for i := len(prices) - 1; i >= 0; i-- {
		if prices[i].Offer && prices[i].On <= day {
			return prices[i].On
		}
	}
	return behold.NoDay
}

// stepAt compares what was paid a piece before a day and from it on.
func (d *desk) stepAt(day behold.Day) (rise, bool) {
	prices := d.deals.Prices.Of(d.k)
	var ratios []float64
	var most rise
	top, several := 0.0, false
	for i := len(prices) - 1; i >= 0 && prices[i].On >= day && len(ratios) < sameProducts; i-- {
		after := &prices[i]
		if !(after.Unit > 0) || !(after.Quantity > 0) || after.On > d.day {
			continue
		}
		before := lastBefore(prices[:i], after.Product, day)
		if before == nil {
			continue
		}
		several = several || most.after != nil && most.after.Product != after.Product
		ratio := after.Unit / before.Unit
		ratios = append(ratios, ratio)
		if ratio > top {
			top, most.before, most.after = ratio, before, after
		}
	}
	if len(ratios) == 0 || len(ratios) < introLines && !several {
		return most, false
	}
	most.rise = math.Round(1000*(medianOf(ratios)-1)) / 1000
	return most, true
}

// lastBefore is the last price of a product before a day.
func lastBefore(prices []behold.Price, product int32, day behold.Day) *behold.Price {
	for i := len(prices) - 1; i >= 0; i-- {
		if p := &prices[i]; p.On < day && p.Product == product && p.Unit > 0 && p.Quantity > 0 {
			return p
		}
	}
	return nil
}

func (d *desk) riseEvidence(s rise, day behold.Day) behold.Evidence {
	return behold.Evidence{
		Facts: []behold.Fact{
			on("stepped_on", day),
			number("step", s.rise),
			{Name: "product", Number: float64(s.after.Product), Day: s.after.On},
			amount("intro_paid", s.before.Unit, d.h.Currency),
			amount("full_paid", s.after.Unit, d.h.Currency),
		},
		Rows: []behold.Row{row(behold.TableOrders, s.before.Order, s.before.On), row(behold.TableOrders, s.after.Order, s.after.On)},
	}
}

func (d *desk) watchIntro(l behold.Lamp) (behold.Lamp, bool) {
	if f, told := l.Evidence.Fact("stepped_on"); told {
		return l, d.day-f.Day <= introPast
	}
	now, burns := d.introOfContract()
	if burns {
		l.Evidence = now.Evidence
	}
	return l, burns
}
