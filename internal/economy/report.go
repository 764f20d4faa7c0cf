package economy

import "behold"

// A LossReport is the part of a reckoning that behold report loss prints.
type LossReport struct {
	Day        behold.Day      `json:"day"`
	Currency   string          `json:"currency"`
	Definition string          `json:"definition"`      // who is called lost, as a sentence
	Rule       behold.LostRule `json:"definition_rule"` // the same in figures
	Customers  int             `json:"customers"`
	States     []StateSum      `json:"states"`
	Months     []Month         `json:"months"`
	OneYear    Estimate        `json:"survival_1y"`
	FiveYears  Estimate        `json:"survival_5y"`
	HalfLife   Estimate        `json:"half_life_years"`
	Says       string          `json:"says"`        // whether the last year was normal, as a sentence
	Likely     bool            `json:"provisional"` // months are judged by nowcast
	Year       *YearSum        `json:"last_twelve_complete"`
	Delays     []float64       `json:"known_after_months"`
	Reliable   int             `json:"complete_after_months"`
	Baseline   *Span           `json:"baseline"`
	Spread     float64         `json:"baseline_dispersion"`
	Ratio      float64         `json:"cusum_ratio"`
	LimitUp    float64         `json:"cusum_limit_more"`
	LimitLow   float64         `json:"cusum_limit_fewer"`
	False      float64         `json:"months_between_false_signals"`
	Curve      []AgePoint      `json:"curve"`
	Projected  []AgePoint      `json:"projection"`
	Model      *Projector      `json:"model"`
	Groups     []Group         `json:"groups"`
	Tests      []Split         `json:"differences"`
	Cohorts    []Cohort        `json:"cohorts"`
	Contracts  Contracts       `json:"contracts"`
	Cautions   []Caution       `json:"caveats"`
}

// Losses takes out what is about losses, with its sentences in some language.
func (r *Reckoning) Losses(definition, says string) *LossReport {
	l, s := &r.Loss, &r.Staying
	return &LossReport{
		Day: r.Day, Currency: r.Currency, Definition: definition, Rule: r.Definition, Customers: r.Customers, States: r.States, Months: l.Months,
		OneYear: s.OneYear, FiveYears: s.FiveYears, HalfLife: s.HalfLife, Says: says, Likely: l.Likely, Year: l.Year, Delays: l.Delays, Reliable: l.Reliable,
		Baseline: l.Baseline, Spread: l.Spread, Ratio: l.Ratio, LimitUp: l.LimitUp, LimitLow: l.LimitLow, False: l.False,
		Curve: s.Curve, Projected: s.Projected, Model: s.Model, Groups: s.Groups, Tests: s.Tests, Cohorts: s.Cohorts, Contracts: r.Contracts, Cautions: s.Cautions,
	}
}

// A FunnelReport is what behold report funnel prints.
type FunnelReport struct {
	Day      behold.Day `json:"day"`
	Currency string     `json:"currency"`
	*Funnel
	Months []FlowMonth     `json:"months"`
	Closed []ClosingReport `json:"close_the_bottom"`
}

// A FlowMonth is what came and went in a month.
type FlowMonth struct {
	Month    behold.Day `json:"month"`
	Came     int        `json:"new"`
	Returned int        `json:"returned"`
	Lost     int        `json:"lost"` // called lost by now, those who came back since as well
	Probably float64    `json:"probably"`
	Stock    float64    `json:"customers"`
}

// A ClosingReport is a Closing in a file.
type ClosingReport struct {
	Share     float64 `json:"fewer"`
	Kept      float64 `json:"kept_a_year"`
	More      float64 `json:"more_customers"`
	MoreLow   float64 `json:"more_customers_low"`
	MoreHigh  float64 `json:"more_customers_high"`
	Money     float64 `json:"more_money"`
	MoneyLow  float64 `json:"more_money_low"`
	MoneyHigh float64 `json:"more_money_high"`
	Hours     float64 `json:"break_even_hours"`
	Points    float64 `json:"needed_of_each_warned"`
	Steady    float64 `json:"steady_more"`
}

// Flows takes out what is about the funnel.
func (r *Reckoning) Flows() *FunnelReport {
	out := &FunnelReport{Day: r.Day, Currency: r.Currency, Funnel: r.Funnel}
	for i := range r.Loss.Months {
		m := &r.Loss.Months[i]
		out.Months = append(out.Months, FlowMonth{m.Month, m.Came, m.Returned, m.Lost + m.CameBack, m.Nowcast - float64(m.Lost), m.Stock})
	}
	if r.Funnel == nil {
		return out
	}
	for _, share := range []float64{0.1, 0.2, 0.3, 0.5} {
		c := r.Funnel.Close(share)
		out.Closed = append(out.Closed, ClosingReport{
			Share: share, Kept: c.Kept, More: c.More.Value, MoreLow: c.More.Low, MoreHigh: c.More.High,
			Money: c.Money.Value, MoneyLow: c.Money.Low, MoneyHigh: c.Money.High, Hours: c.Hours.Value, Points: c.Points, Steady: c.SteadyMore,
		})
	}
	return out
}

// An EconomyReport is what behold report economy prints.
type EconomyReport struct {
	Day      behold.Day `json:"day"`
	Currency string     `json:"currency"`
	Worth    Worth      `json:"worth"`
	Effort   Effort     `json:"effort"`
	Ladder   []Rung     `json:"ladder"`
	Classes  []Class    `json:"classes"`
}

// Money takes out what is about money and effort.
func (r *Reckoning) Money() *EconomyReport {
	return &EconomyReport{Day: r.Day, Currency: r.Currency, Worth: r.Worth, Effort: r.Effort, Ladder: r.Ladder, Classes: r.Classes}
}

// A FairnessReport is what behold report fairness prints.
type FairnessReport struct {
	Day      behold.Day `json:"day"`
	Currency string     `json:"currency"`
	Fairness
}

// Terms takes out what is about fairness.
func (r *Reckoning) Terms() *FairnessReport {
	return &FairnessReport{Day: r.Day, Currency: r.Currency, Fairness: r.Fair}
}

// A Figure is one row of a file of figures.
type Figure struct {
	Part, What       string
	Customers        int
	Value, Low, High *float64 // nil: not known
}

// Figures are what there is to say of money and effort, one a row.
func (r *Reckoning) Figures() (all []Figure) {
	w, e := &r.Worth, &r.Effort
	put := func(part, what string, customers int, value, low, high *float64) {
		all = append(all, Figure{part, what, customers, value, low, high})
	}
	cost := func(part, what string, c *Cost) { put(part, what, c.Customers, &c.Mean, &c.MeanLow, &c.MeanHigh) }
	put("worth", "base", w.Holders, &w.Base, nil, nil)
	cost("worth", "one_lost", &w.One)
	put("worth", "one_lost_median", w.One.Customers, &w.One.Usual, &w.One.Low, &w.One.High)
	cost("worth", "newcomer", &w.Newcomer)
	for i := range w.ByNth {
		cost("by_purchases", w.ByNth[i].Name, &w.ByNth[i].Cost)
	}
	for i := range w.By {
		cost("by_segment", w.By[i].Name, &w.By[i].Cost)
	}
	put("effort", "new_money", 0, &e.New.Money, nil, nil)
	put("effort", "new_hours", 0, &e.New.Hours, nil, nil)
	put("effort", "existing_money", 0, &e.Existing.Money, nil, nil)
	put("effort", "existing_hours", 0, &e.Existing.Hours, nil, nil)
	put("effort", "cost_per_new", e.Won, e.CAC, e.CACLow, e.CACHigh)
	put("effort", "cost_per_kept", 0, e.PerKept, e.KeptLow, e.KeptHigh)
	for i := range r.Ladder {
		put("now", r.Ladder[i].Figure, 0, &r.Ladder[i].Now, nil, nil)
		put("before", r.Ladder[i].Figure, 0, r.Ladder[i].Before, nil, nil)
	}
	for i := range r.Classes {
		put("class", r.Classes[i].Class, r.Classes[i].Customers, &r.Classes[i].Sold, nil, nil)
	}
	return all
}
