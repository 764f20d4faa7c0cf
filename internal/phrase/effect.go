package phrase

import (
	"math"

	"behold"
)

// Kept is how many customers attention kept, and what each of them cost.
type Kept struct {
	Weeks     int
	Customers float64
	Low       float64 // its range
	High      float64
	Each      *KeptCost // nil: nobody has said what an hour costs
}

// A KeptCost is what one kept customer cost; a High that is not there has no end.
type KeptCost struct {
	Value, Low behold.Money
	High       *behold.Money
}

// Kept is the sentence for it. Where the range holds nobody it says so, and claims
// neither customers nor a cost.
func (p *Phrases) Kept(k Kept) string {
	low, high := int(math.Round(k.Low)), int(math.Round(k.High))
	switch {
	case k.High < 0:
		return p.T("effect.said.harms", "Weeks", p.N("effect.weeks", k.Weeks), "Low", -high, "High", -low)
	case k.Low <= 0:
		return p.T("effect.said.not_shown", "Weeks", p.N("effect.weeks", k.Weeks), "Fewer", max(0, -low), "More", high)
	}
	n := max(1, int(math.Round(k.Customers)))
	kept := p.N("effect.said.kept", n, "Weeks", p.N("effect.weeks", k.Weeks), "Low", max(low, 1), "High", max(high, n))
	if k.Each == nil {
		return kept
	}
	return kept + " " + p.keptCost(n, k.Each)
}

func (p *Phrases) keptCost(n int, c *KeptCost) string {
	if c.High == nil {
		return p.N("effect.said.each_open", n, "Cost", p.Rough(c.Value), "Low", p.Rough(c.Low))
	}
	return p.N("effect.said.each", n, "Cost", p.Rough(c.Value), "Low", p.Rough(c.Low), "High", p.Rough(*c.High))
}

// Points is a difference of shares, in points of a hundred.
func (p *Phrases) Points(share float64) string { return p.T("effect.points", "N", p.points(share)) }

// PointsRange is a difference of shares with its range.
func (p *Phrases) PointsRange(share, low, high float64) string {
	return p.T("effect.range", "N", p.points(share), "Low", p.points(low), "High", p.points(high))
}

func (p *Phrases) points(share float64) string {
	decimals := 0
	if math.Abs(share) < 0.0995 {
		decimals = 1
	}
	return p.Decimal(100*share, decimals)
}

// Action is the word for what a colleague does.
func (p *Phrases) Action(a behold.Action) string { return p.T("effect.action." + string(a)) }
