package team

import (
	"math"

	"behold"
)

// A Share is how much attention a group of customers was given, against what it is
// worth.
type Share struct {
	By        behold.AttentionBy `json:"by"`
	Group     string             `json:"group"`
	Customers int                `json:"customers"`
	Contacts  int                `json:"contacts"`
	Minutes   float64            `json:"minutes"`
	OfMinutes float64            `json:"share_of_minutes"`
	Value     behold.Money       `json:"value"`
	OfValue   float64            `json:"share_of_value"`
	Ratio     *float64           `json:"ratio"` // OfMinutes / OfValue; nil: the group is worth nothing, or nobody got attention
	Low       *float64           `json:"low"`
	High      *float64           `json:"high"`
	Met       int                `json:"met"` // customers with any contact
	MetShare  float64            `json:"share_met"`
	MetLow    float64            `json:"share_met_low"`
	MetHigh   float64            `json:"share_met_high"`
	Verdict   Verdict            `json:"verdict"`
}

// A Verdict is whether a group is given less or more attention than its share of
// the value.
type Verdict string

// The verdicts.
const (
	Overlooked Verdict = "overlooked"
	Favoured   Verdict = "more"
	Even       Verdict = "even"    // chance alone may make the difference, or it is small
	TooFew     Verdict = "too_few" // customers to say
)

const (
	fewCustomers = 10   // of a group to be compared
	least        = 0.02 // of all attention that must be missing for a verdict
	normal95     = 1.959963984540054
)

// Attention says which customers are overlooked.
//
// Question: whom do we give less attention than they are worth to us?
//
// Input: sums of the groups, all customers once for each By; read only.
//
// Formula: ratio = (minutes of the group / all minutes) / (value of the group / all
// value). Its range treats customers as drawn: ln ratio has the influence
// a(1/A_g − 1/A) − v(1/V_g − 1/V) of a customer of the group with minutes a and
// value v, and −a/A + v/V of every other, whose squares add up to its variance.
// Share met has the range of Jeffreys.
//
// Output: a Share for each group in the order given. Overlooked and more only where
// the range leaves out 1, the group has 10 customers and 2 % of all attention is in
// question.
//
// Not a norm: attention need not follow value; a share is a question to ask, not
// an answer. Minutes are those of behold.ContactMinutes, not measured ones.
//
// Source: MISSION M60; linearisation of a ratio, Särndal, Swensson, Wretman (1992),
// 5.6. See TestAttentionRange, which repeats it by resampling.
func Attention(sums []behold.AttentionSum) []Share {
	all := map[behold.AttentionBy]*behold.AttentionSum{}
	for i := range sums {
		s := &sums[i]
		if all[s.By] == nil {
			all[s.By] = &behold.AttentionSum{}
		}
		a := all[s.By]
		a.Minutes, a.MinutesSquared, a.ValueSquared, a.Product = a.Minutes+s.Minutes, a.MinutesSquared+s.MinutesSquared, a.ValueSquared+s.ValueSquared, a.Product+s.Product
		a.Value.Minor, a.Met = a.Value.Minor+s.Value.Minor, a.Met+s.Met
	}
	list := make([]Share, 0, len(sums))
	for i := range sums {
		list = append(list, shareOf(&sums[i], all[sums[i].By]))
	}
	return list
}

func shareOf(s, all *behold.AttentionSum) Share {
	h := Share{By: s.By, Group: s.Group, Customers: s.Customers, Contacts: s.Contacts, Minutes: s.Minutes, Value: s.Value, Met: s.Met, Verdict: TooFew}
	h.MetShare = float64(s.Met) / math.Max(1, float64(s.Customers))
	h.MetLow, h.MetHigh = Jeffreys(s.Met, s.Customers)
	if all.Minutes > 0 {
		h.OfMinutes = s.Minutes / all.Minutes
	}
	if all.Value.Minor > 0 {
		h.OfValue = float64(s.Value.Minor) / float64(all.Value.Minor)
	}
	if all.Minutes <= 0 || s.Value.Minor <= 0 {
		return h
	}
	ratio := h.OfMinutes / h.OfValue
	var low, high float64
	if s.Minutes > 0 {
		spread := math.Exp(normal95 * math.Sqrt(variance(s, all)))
		low, high = ratio/spread, ratio*spread
	} else {
		high = noneBut(s, all)
	}
	h.Ratio, h.Low = &ratio, &low
	if !math.IsInf(high, 1) {
		h.High = &high
	}
	if s.Customers < fewCustomers {
		return h
	}
	h.Verdict = Even
	switch missing := h.OfValue - h.OfMinutes; {
	case high < 1 && missing >= least:
		h.Verdict = Overlooked
	case low > 1 && missing <= -least:
		h.Verdict = Favoured
	}
	return h
}

// variance of ln ratio.
func variance(s, all *behold.AttentionSum) float64 {
	vAll, v := float64(all.Value.Minor), float64(s.Value.Minor)
	ia, iv := 1/s.Minutes-1/all.Minutes, 1/v-1/vAll
	in := ia*ia*s.MinutesSquared - 2*ia*iv*s.Product + iv*iv*s.ValueSquared
	oa, ov := 1/all.Minutes, 1/vAll
	out := oa*oa*(all.MinutesSquared-s.MinutesSquared) - 2*oa*ov*(all.Product-s.Product) + ov*ov*(all.ValueSquared-s.ValueSquared)
	return math.Max(0, in+out)
}

// noneBut is how high the ratio of a group without any attention may be: of its
// customers no more than three would have been met (the rule of three: none of n
// leaves at most 3/n), each for as long as those were who were met.
func noneBut(s, all *behold.AttentionSum) float64 {
	return 3 / float64(all.Met) / (float64(s.Value.Minor) / float64(all.Value.Minor))
}
