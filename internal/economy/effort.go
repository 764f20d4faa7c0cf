package economy

import (
	"math"
	"math/rand/v2"

	"behold/stat"
	"behold/stat/effect"
)

// Books are what is known of money and hours in the twelve months up to the day.
type Books struct {
	Currency  string
	HourCost  float64 // major units; 0: nobody said
	HourWorth float64 // what the last hour on today's lists is expected to bring
	New, Kept Side
	Acquired  float64 // cost of winning, as customer files give it, of so many
	Priced    int
	Discounts float64 // given to newcomers by offers
	Effect    *Proof  // of attention; nil: not measured
}

// A Side is what went into new or into existing customers.
type Side struct {
	Given    bool    `json:"given"` // the company gave it
	Money    float64 `json:"money"`
	Hours    float64 `json:"hours"`
	FromLogs bool    `json:"hours_from_contacts"` // hours are those of the contacts on record, at usual lengths
	Contacts int     `json:"contacts"`
}

// A Proof is what attention was shown to do, by lot.
type Proof struct {
	Treated int      `json:"treated"`
	Kept    float64  `json:"kept"` // share more of them who stayed
	Low     float64  `json:"kept_low"`
	High    float64  `json:"kept_high"`
	Spent   *float64 `json:"spent"` // on attention to them, major units; null: nobody has said what an hour costs
}

// effect is the same as package effect has it.
func (p *Proof) effect() effect.Effect {
	return effect.Effect{Value: p.Kept, Interval: stat.Interval{Low: p.Low, High: p.High, Level: 0.95}, Treated: p.Treated}
}

// Effort is what goes into new and into existing customers, and what it brings.
type Effort struct {
	New       Side     `json:"new"`
	Existing  Side     `json:"existing"`
	Won       int      `json:"won"` // bought for the second time
	CAC       *float64 `json:"cost_per_new"`
	CACLow    *float64 `json:"cost_per_new_low"`
	CACHigh   *float64 `json:"cost_per_new_high"`
	From      string   `json:"cost_from"` // efforts, customers or "" when no cost is known
	Discounts float64  `json:"intro_discounts"`
	Brings    float64  `json:"newcomer_worth"`
	Costs     float64  `json:"one_lost_costs"`
	Shown     *Proof   `json:"attention"`     // null: not measured yet
	PerKept   *float64 `json:"cost_per_kept"` // null: not shown yet to keep anyone, or without a price
	KeptLow   *float64 `json:"cost_per_kept_low"`
	KeptHigh  *float64 `json:"cost_per_kept_high"`
	Ratio     *float64 `json:"keep_to_acquire"` // beside the often quoted one fifth
	PerHead   *float64 `json:"existing_per_customer"`
	KeepHour  *float64 `json:"hour_on_existing"`
	NewHour   *float64 `json:"hour_on_new"`
	Sure      *float64 `json:"chance_existing_pays_more"`
	Move      float64  `json:"move_hours_a_week"` // towards existing, below 0 towards new; 0: nothing to suggest
	HourCost  float64  `json:"hour_cost"`
}

const (
	diminishing = 0.7 // η: value of h hours goes with h^η, METHODS 7.5
	sureEnough  = 0.8
	mostMoved   = 0.1 // of the hours
	redraws     = 4000
)

// effort answers: what do we spend on new and on existing customers, and would
// moving some of it pay?
//
// Formula (METHODS 7.4, 7.5): CAC is spend, hours at their cost and discounts, over
// those who bought a second time; its range is that of a count. Cost per kept is
// what the attention of the trial cost over those it kept, with the range of
// Fieller (effect.CostPerKept), and none while the effect's range holds 0. An hour on
// new customers brings η · wins per hour · what a newcomer is worth; one on
// existing what the last task on today's lists is expected to. Moving a tenth of
// the hours is suggested when the other side is the better with a chance of 0.8.
//
// Caveats: while no effect is measured, an hour on existing customers rests on the
// prior that attention takes 10 ± 10 % off the chance of leaving, and nothing is
// suggested.
//
// Source: METHODS 7.4, 7.5. See TestEffort.
func (t *Tally) effort(b *Books, w *Worth, customers float64, seed uint64) Effort {
	e := Effort{New: b.New, Existing: b.Kept, Discounts: b.Discounts, HourCost: b.HourCost, Costs: w.One.Mean}
	months := len(t.flows)
	for i := max(0, months-12); i < months; i++ {
		e.Won += int(t.flows[i].second)
	}
	if w.Newcomer.Customers >= leastAtRisk {
		e.Brings = w.Newcomer.Mean
	} else {
		e.Brings = w.One.Mean
	}
	spent := 0.0
	switch {
	case b.New.Given && (b.New.Money > 0 || b.New.Hours*b.HourCost > 0):
		spent, e.From = b.New.Money+b.New.Hours*b.HourCost+b.Discounts, "efforts"
	case b.Priced > 0:
		spent, e.From = b.Acquired+b.Discounts, "customers"
	}
	if spent > 0 && e.Won > 0 {
		each, off := spent/float64(e.Won), 1.96/math.Sqrt(float64(e.Won))
		low, high := each*math.Exp(-off), each*math.Exp(off)
		e.CAC, e.CACLow, e.CACHigh = &each, &low, &high
	}
	keeping := b.Kept.Money + b.Kept.Hours*b.HourCost
	if keeping > 0 && customers > 0 {
		each := keeping / customers
		e.PerHead = &each
		if e.CAC != nil {
			ratio := each / *e.CAC
			e.Ratio = &ratio
		}
	}
	e.perKept(b.Effect)
	e.hours(b, seed)
	return e
}

// Shows says whether the lot has shown that attention keeps anyone.
func (e *Effort) Shows() bool { return e.Shown != nil && e.Shown.Low > 0 }

// perKept is what one customer cost whom attention was shown to keep.
func (e *Effort) perKept(p *Proof) {
	e.Shown = p
	if !e.Shows() || p.Spent == nil {
		return
	}
	each, err := effect.CostPerKept(*p.Spent, p.Treated, p.effect())
	if err != nil {
		return
	}
	e.PerKept, e.KeptLow, e.KeptHigh = &each.Value, &each.Interval.Low, &each.Interval.High
}

// hours compares an hour here with an hour there.
func (e *Effort) hours(b *Books, seed uint64) {
	if b.New.Hours <= 0 || e.Won == 0 || b.HourWorth <= 0 {
		return
	}
	keep := b.HourWorth
	win := diminishing * float64(e.Won) / b.New.Hours * e.Brings
	e.KeepHour, e.NewHour = &keep, &win
	dice := rand.New(rand.NewPCG(seed, 0xeff0))
	better := 0
	for range redraws {
		fall := 1 + dice.NormFloat64() // of the prior's mean, with a spread as large
		if b.Effect != nil && b.Effect.Kept > 0 {
			fall = 1 + dice.NormFloat64()*(b.Effect.High-b.Effect.Low)/3.92/b.Effect.Kept
		}
		wins := math.Max(0, float64(e.Won)+math.Sqrt(float64(e.Won))*dice.NormFloat64())
		if keep*fall > win*wins/float64(e.Won) {
			better++
		}
	}
	sure := float64(better) / redraws
	e.Sure = &sure
	if b.Effect == nil {
		return // on a prior alone nobody is told to move anything
	}
	switch {
	case sure > sureEnough:
		e.Move = mostMoved * b.New.Hours / 52
	case sure < 1-sureEnough && b.Kept.Hours > 0:
		e.Move = -mostMoved * b.Kept.Hours / 52
	}
}
