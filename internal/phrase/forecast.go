package phrase

import (
	"math"

	"behold"
)

// Chance says how likely the customer is to leave: in per cent when that was
// checked against the company's own outcomes, else in a word (METHODS 9.2).
func (p *Phrases) Chance(f behold.Forecast) string {
	switch {
	case f.Calibrated:
		return p.Percent(f.ChanceLeave)
	case f.ChanceLeave >= 0.6:
		return p.T("page.chance.high")
	case f.ChanceLeave >= 0.3:
		return p.T("page.chance.middle")
	}
	return p.T("page.chance.low")
}

// ChanceRange is the range of that chance; "" when it was not computed.
func (p *Phrases) ChanceRange(f behold.Forecast) string {
	if f.ChanceLeaveHigh <= 0 {
		return ""
	}
	return p.PercentRange(f.ChanceLeaveLow, f.ChanceLeaveHigh)
}

// Rough writes an estimated amount with three figures: the others would claim
// what nobody knows. Files and receipts have the amounts in full.
func (p *Phrases) Rough(m behold.Money) string {
	major := m.Major()
	if step := math.Pow10(int(math.Floor(math.Log10(math.Max(1, math.Abs(major))))) - 2); step > 1 {
		major = math.Round(major/step) * step
	}
	return p.Money(behold.MoneyOf(major, m.Currency))
}
