package forecast

import (
	"math"

	"behold"
	"behold/stat/repurchase"
)

// WorthRange is how far what a customer would still bring may lie from Residual:
// its ends as multiples of it.
//
// Question: losing this one costs so much; from what to what?
//
// Input: the history of one customer, as of the model's day; level of the range.
//
// Output: low and high; false when nothing can be said: no purchase, or no model of
// what is spent.
//
// The method is repurchase.Mixture.ResidualRange, with what the customer spends on
// one occasion drawn from what the company's spend says of their occasions.
func (m *Model) WorthRange(h *behold.Histories, level float64) (low, high float64, ok bool) {
	occ := CustomerOccasions(h, &m.Clock, m.Settings.MergeDays)
	if h.Len() != 1 || occ.Count[0] == 0 {
		return 0, 0, false
	}
	doubt := repurchase.Doubt{Level: level, Seed: m.Settings.Seed, Spend: m.Money.P*float64(occ.Count[0]) + m.Money.Q}
	if !(doubt.Spend > 1) || math.IsInf(doubt.Spend, 0) {
		doubt.Spend = 0
	}
	low, high = m.Mixture.ResidualRange(occ.Buyer[0], *m.value(), doubt)
	return low, high, low <= high
}
