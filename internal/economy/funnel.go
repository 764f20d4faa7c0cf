package economy

import (
	"math"

	"behold"
)

// A Funnel is what flows in at the top, stands in the middle and leaks at the
// bottom, over twelve whole months.
type Funnel struct {
	From     behold.Day `json:"from"`
	To       behold.Day `json:"to"` // its last month
	Start    float64    `json:"customers_before"`
	Came     float64    `json:"new"`
	Returned float64    `json:"returned"`
	Lost     float64    `json:"lost"`     // called lost by now
	Probably float64    `json:"probably"` // more, who are silent and not yet called lost
	Error    float64    `json:"probably_error"`
	End      float64    `json:"customers_after"`

	MoneyStock    float64 `json:"sold_in_them"` // bought in the twelve months up to the day, major units
	MoneyCame     float64 `json:"sold_to_new"`  // of it, by those who came in them
	MoneyReturned float64 `json:"money_returned"`
	MoneyLost     float64 `json:"money_lost"` // what the lost had bought in their last year

	StandStill float64      `json:"new_needed"` // to be as many after as before
	Rate       float64      `json:"loss_rate"`  // lost and probably lost, of a hundred customers a year, as a share
	RateLow    float64      `json:"loss_rate_low"`
	RateHigh   float64      `json:"loss_rate_high"`
	Steady     *float64     `json:"steady_state"` // customers, if all goes on like this for ever
	SteadyLow  *float64     `json:"steady_state_low"`
	SteadyHigh *float64     `json:"steady_state_high"`
	Reasons    []ReasonPart `json:"reasons"`
	Each       float64      `json:"money_each"` // that a customer brings in a year
	Warned     float64      `json:"warned_a_year"`
	HourCost   float64      `json:"hour_cost"`
	Discount   float64      `json:"discount_rate"`
	Years      int          `json:"years"`
}

// A ReasonPart is how many of the lost the records, or what was said, put down to a
// family of reasons.
type ReasonPart struct {
	Family    behold.Family `json:"family"`
	Customers float64       `json:"customers"`
	Share     float64       `json:"share"`
	Money     float64       `json:"money"`
}

// funnel answers: how many come, how many go, and how many are needed to stand
// still?
//
// Input: the months of a tally, with what of them is not yet certain.
//
// Formula (METHODS 5.5): after = before + new + returned − lost; lost counts those
// called lost and, of those who are silent, the sum of their chances to be gone.
// Rate is lost over the mean stock; steady state is inflow over rate, the stock at
// which as many go as come. Their ranges are those of counts of rare events.
//
// Output: Funnel, of the last twelve months that are over.
//
// Not where prices, shops or files changed in between.
//
// Source: METHODS 5.5. See TestFunnelBalances.
func (t *Tally) funnel(months []Month, s *behold.Settings) *Funnel {
	last := len(months) - 2
	if firstOf(monthOf(t.AsOf)+1) == t.AsOf+1 {
		last++ // the month is over today
	}
	if last < 12 {
		return nil
	}
	f := &Funnel{From: months[last-11].Month, To: months[last].Month, HourCost: s.HourRate, Discount: s.DiscountRate, Years: s.Years}
	older := 0.0
	for i := range last - 11 {
		older += months[i].Nowcast - float64(months[i].Lost)
	}
	f.Start = math.Max(0, months[last-12].Stock-older)
	variance, mean := 0.0, 0.0
	stock := f.Start
	for i := last - 11; i <= last; i++ {
		m, flow := &months[i], &t.flows[i]
		f.Came, f.Returned, f.Lost = f.Came+flow.came, f.Returned+flow.returned, f.Lost+flow.lost
		f.Probably += m.Nowcast - float64(m.Lost)
		variance += m.Spread * m.Spread
		f.MoneyReturned, f.MoneyLost = f.MoneyReturned+t.major(flow.moneyReturned), f.MoneyLost+t.major(flow.moneyLost)
		f.MoneyCame += t.major(flow.moneyCame)
		before := stock
		stock += flow.came + flow.returned - flow.lost - (m.Nowcast - float64(m.Lost))
		mean += (before + stock) / 2 / 12
	}
	f.End, f.Error = stock, math.Sqrt(variance)
	gone := f.Lost + f.Probably
	f.StandStill = math.Max(0, gone-f.Returned)
	f.Rate = gone / math.Max(1, mean)
	off := 1.96 * math.Sqrt(math.Max(gone, 1)+variance) / math.Max(1, mean)
	f.RateLow, f.RateHigh = math.Max(0, f.Rate-off), f.Rate+off
	if inflow := f.Came + f.Returned; f.Rate > 0 {
		at := func(x float64) *float64 { return &x }
		f.Steady = at(inflow / f.Rate)
		spread := 1.96 * math.Sqrt(1/math.Max(1, inflow)+1/math.Max(1, gone))
		f.SteadyLow, f.SteadyHigh = at(*f.Steady*math.Exp(-spread)), at(*f.Steady*math.Exp(spread))
	}
	here := 0.0
	for i := range t.people.all {
		p := &t.people.all[i]
		f.MoneyStock += p.sold
		if p.sold > 0 {
			here++
		}
		if t.Costs {
			f.Each += p.margin
		} else {
			f.Each += p.sold
		}
	}
	f.Each /= math.Max(1, here)
	return f
}

// A Closing is what it would bring to lose fewer.
type Closing struct {
	Share      float64 // of the losses that no longer happen
	Kept       float64 // customers a year, to begin with
	Stock      float64 // after the years, as things are
	More       Range   // customers after the years
	Money      Range   // more over the years, discounted
	Hours      Range   // that it may cost in all to pay; 0 while an hour has no price
	Points     float64 // by which the chance of leaving must fall for each who is warned; 0: nobody knows how many are
	SteadyMore float64 // customers in the end
}

// A Range is a figure with its limits.
type Range struct{ Value, Low, High float64 }

// Close answers: what would it bring to close the bottom of the funnel by a share?
//
// Formula (METHODS 7.6): the rate of leaving times 1 − share, the same inflow. With
// inflow I and rate h the stock goes to I/h, N(t) = I/h + (N − I/h) e^(−ht); money
// is what a customer brings in a year, for those who are here more, discounted. The
// range is that of the rate.
//
// It takes the rate for the same whatever a customer's age; where newcomers leave
// sooner, what is kept of them stays shorter than this says.
//
// Source: METHODS 7.6. See TestCloseTheBottom.
func (f *Funnel) Close(share float64) Closing {
	c := Closing{Share: share, Kept: share * f.Rate * f.End}
	at := func(rate float64) (stock, more, money, steady float64) {
		inflow := f.Came + f.Returned
		grow := func(h, t float64) float64 {
			if h <= 1e-9 {
				return f.End + inflow*t
			}
			return inflow/h + (f.End-inflow/h)*math.Exp(-h*t)
		}
		const parts = 12
		for i := range parts * f.Years {
			t := (float64(i) + 0.5) / parts
			money += (grow(rate*(1-share), t) - grow(rate, t)) * f.Each / parts * math.Pow(1+f.Discount, -t)
		}
		years := float64(f.Years)
		stock = grow(rate, years)
		more = grow(rate*(1-share), years) - stock
		if rate > 0 && share < 1 {
			steady = inflow/(rate*(1-share)) - inflow/rate
		}
		return stock, more, money, steady
	}
	c.Stock, c.More.Value, c.Money.Value, c.SteadyMore = at(f.Rate)
	_, c.More.Low, c.Money.Low, _ = at(f.RateLow)
	_, c.More.High, c.Money.High, _ = at(f.RateHigh)
	if f.HourCost > 0 {
		c.Hours = Range{c.Money.Value / f.HourCost, c.Money.Low / f.HourCost, c.Money.High / f.HourCost}
	}
	if f.Warned > 0 {
		c.Points = c.Kept / f.Warned
	}
	return c
}
