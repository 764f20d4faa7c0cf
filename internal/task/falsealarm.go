package task

import (
	"math"

	"behold/stat/sequential"
)

// FalseAlarms is how many of those who would come on a list stay without any
// attention: what lists really cost in vain, told by those who were held out alone.
type FalseAlarms struct {
	Span               // share of would-be listed customers who stay unspoken to
	Level     float64  `json:"level"`
	N         int      `json:"n"` // episodes read
	Held      int      `json:"n_held"`
	Stayed    int      `json:"stayed"`        // of the held out
	Foreseen  float64  `json:"foreseen"`      // the same share, as the chances of leaving said when the lot was drawn
	PerMonth  *float64 `json:"per_100_month"` // false alarms among 100 customers in a month; null: too young to say
	MonthLow  *float64 `json:"per_100_low"`   // its range
	MonthHigh *float64 `json:"per_100_high"`  //
	Dial      float64  `json:"dial"`          // what the settings allow for all lamps
	Honest    string   `json:"verdict"`       // as foreseen, more, fewer
}

// Verdicts about false alarms.
const (
	AsForeseen = "as foreseen"
	MoreFalse  = "more"
	FewerFalse = "fewer"
)

// falseAlarms counts them.
//
// Question: how many of the customers on our lists would have stayed anyway?
//
// Input: ended episodes in the order of assignment, the chance of each of being
// held out known; read only.
//
// Formula: the mean of φ = m0 + (1−Z)(Y − m0)/(1−π), m0 = 1 − the chance of leaving
// when the lot was drawn, Z = 1 of those who were to have attention, with the
// interval of sequential.Mean, which holds at every look. Those with attention
// count through what was foreseen of them alone, so that attention that works
// makes no alarm look false.
//
// Output: FalseAlarms; nil with fewer than 20 held out.
//
// Source: METHODS 3.2, 8.5. See TestFalseAlarms.
func falseAlarms(q *Asked, a *arms) (*FalseAlarms, error) {
	mean, err := sequential.NewMean(levelOf)
	if err != nil {
		return nil, err
	}
	f := &FalseAlarms{Level: levelOf, N: len(a.ended), Dial: q.Settings.FalseLamps, Honest: AsForeseen}
	for i := range a.ended {
		e := &a.ended[i]
		stays := 1 - e.Leave
		phi := stays
		if e.Held {
			phi += (one(e.Kept) - stays) / e.Share
			f.Held, f.Stayed = f.Held+1, f.Stayed+int(one(e.Kept))
		}
		f.Foreseen += stays
		if err := mean.Add(phi); err != nil {
			return nil, err
		}
	}
	if f.Held < shownHeld {
		return nil, nil
	}
	f.Foreseen /= float64(f.N)
	in := mean.Interval()
	within := func(x float64) float64 { return math.Min(1, math.Max(0, x)) }
	share, low, high := within(mean.Estimate()), within(in.Low), within(in.High)
	f.Span = *spanOf(share, low, high)
	switch {
	case low > f.Foreseen:
		f.Honest = MoreFalse
	case high < f.Foreseen:
		f.Honest = FewerFalse
	}
	if n, young := perMonth(q); !young && q.Customers > 0 {
		each := 100 * n / float64(q.Customers)
		f.PerMonth, f.MonthLow, f.MonthHigh = finite(each*share), finite(each*low), finite(each*high)
	}
	return f, nil
}
