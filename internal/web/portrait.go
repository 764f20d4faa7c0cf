package web

import (
	"math"

	"behold"
)

// fewContacts begun by the customer say nothing about what they prefer.
const fewContacts = 3

// channelWord is what a channel is called; the file's own word when it is not
// one of ours.
func (p page) channelWord(word string) string {
	if key := "page.channel." + word; p.Has(key) {
		return p.T(key)
	}
	return word
}

// prefers says by which channel the customer comes to the company most.
func (p page) prefers(uses []behold.ChannelUse) string {
	all := 0
	for _, u := range uses {
		all += u.In
	}
	if all < fewContacts {
		return p.T("portrait.channel_few")
	}
	return p.N("portrait.channel_says", uses[0].In, "Channel", capital(p.channelWord(uses[0].Channel)), "All", all)
}

// answered is an answer on its scale.
func (p page) answered(a behold.ItemAnswer) string {
	if math.IsNaN(a.Scale) {
		return p.score(a.Value)
	}
	return p.T("portrait.of", "Value", p.score(a.Value), "Scale", p.score(a.Scale))
}

// score writes a value of a scale without figures that say nothing.
func (p page) score(x float64) string {
	if x == math.Trunc(x) {
		return p.Decimal(x, 0)
	}
	return p.Decimal(x, 1)
}

// trend says where an answer came from; "" where there was none before it.
func (p page) trend(a behold.ItemAnswer) string {
	switch {
	case math.IsNaN(a.Before):
		return ""
	case a.Value > a.Before:
		return p.T("portrait.up", "Before", p.score(a.Before))
	case a.Value < a.Before:
		return p.T("portrait.down", "Before", p.score(a.Before))
	}
	return p.T("portrait.same")
}

// sameWithin is the share within which a price is called the same.
const sameWithin = 0.005

// paysSays says what a customer pays against new ones.
func (p page) paysSays(c behold.PriceCheck) string {
	if !c.Told() {
		return p.T("portrait.prices_few", "Compared", c.Compared, "Lines", c.Lines)
	}
	share := c.Share()
	over := behold.Money{Minor: c.Paid.Minor - c.Usual.Minor, Currency: c.Paid.Currency}
	switch {
	case share > sameWithin:
		return p.T("portrait.prices_more", "Share", p.Percent(share), "Over", p.rough(over))
	case share < -sameWithin:
		over.Minor = -over.Minor
		return p.T("portrait.prices_less", "Share", p.Percent(-share), "Over", p.rough(over))
	}
	return p.T("portrait.prices_same")
}
