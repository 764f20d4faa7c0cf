package task

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"behold"
)

// A Lot decides who is kept off the lists, so that it can be seen what happens
// without attention.
//
// Question: would these customers have stayed without us?
//
// Input: a Secret that nobody who works with customers knows; the Share; Cuts of
// all active customers.
//
// Formula: an episode begins on the first day on which a customer would be listed,
// and is held out when
//
//	u = the first 53 bits of HMAC-SHA256(Secret, customer's id, day it begins) / 2⁵³ < h
//
// with h = Share/(1 − 1/6) in the lower two thirds of value and half of that in the
// highest, which makes Share the mean of the three. Every draw is independent of
// every other: no blocks, so that nobody can guess the next one. Customers whom the
// list never reaches begin none: their outcomes would tell nothing of attention,
// and would only thin the effect.
//
// Output: episodes, each with its h, as Measure needs it. The same secret and day
// give the same draw, whatever else is known of the customer, and whoever else is a
// candidate. An episode keeps its draw until it ends, also when its lamp goes out
// and is lit again.
//
// No errors. A Share of 0 or below holds out nobody, and begins no episodes: then
// no effect may be claimed.
//
// Never held out, and no episode: complaints, promises, a contract's notice
// (Urgent), closed and moved, whom a colleague has in hand already, VIPs on the
// company's list and those whose value is above Cuts.VIP. These are no part of what is estimated either.
//
// Source: METHODS 8.1. See TestLotIsFair, TestLotIsIndependent, TestLotSeesNothing, TestLotNever.
type Lot struct {
	Secret []byte
	Share  float64 // held out on average, 0 … 0.5
	Window int     // days that an episode lasts: the horizon of "leaves", > 0
	Cuts   Cuts
}

// Cuts part customers by value and risk; found of all active customers, so that
// they hardly move from day to day.
type Cuts struct {
	Value [2]float64 // of what is still to come: ends of the lower two thirds, major units
	Risk  [2]float64 // of the chance of leaving
	VIP   float64    // more is still to come of the most valuable few, who are exempt; 0: nobody
}

// FindCuts are the cuts of customers: what is still to come of each, and the
// chance of leaving; exempt is the share of the most valuable to leave out, 0.02.
// The lists are read only and as long as one another.
func FindCuts(residuals, leave []float64, exempt float64) Cuts {
	value, risk := slices.Sorted(slices.Values(residuals)), slices.Sorted(slices.Values(leave))
	at := func(sorted []float64, share float64) float64 {
		if len(sorted) == 0 {
			return 0
		}
		return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
	}
	c := Cuts{Value: [2]float64{at(value, 1./3), at(value, 2./3)}, Risk: [2]float64{at(risk, 1./3), at(risk, 2./3)}}
	if exempt > 0 {
		c.VIP = at(value, 1-exempt)
	}
	return c
}

// third is 0, 1 or 2.
func third(x float64, cuts [2]float64) int8 {
	switch {
	case x > cuts[1]:
		return 2
	case x > cuts[0]:
		return 1
	}
	return 0
}

// ShareOn is the share to hold out on a day: the first one for 26 weeks from the
// day the trial began, then the other (METHODS 8.1: 20 %, then 10 %).
func ShareOn(day, begun behold.Day, first, then float64) float64 {
	if day < begun+26*7 {
		return first
	}
	return then
}

// share is h of a tier of value.
func (l *Lot) share(tier int8) float64 {
	h := l.Share * 6 / 5
	if tier == 2 {
		h /= 2
	}
	return min(max(h, 0), 0.5)
}

// Draw is the lot of a customer for an episode that begins on a day, 0 ≤ u < 1. It
// knows the id and the day, and nothing else.
func (l *Lot) Draw(id string, begins behold.Day) float64 {
	mac := hmac.New(sha256.New, l.Secret)
	var day [4]byte
	binary.BigEndian.PutUint32(day[:], uint32(begins))
	mac.Write(day[:]) // first, and always as long: no id and day can be read as others
	mac.Write([]byte(behold.CustomerKey(id)))
	return float64(binary.BigEndian.Uint64(mac.Sum(nil))>>11) / (1 << 53)
}

// begin is the episode of a candidate that would be listed on a day.
func (l *Lot) begin(c *Candidate, day behold.Day) behold.Episode {
	e := behold.Episode{
		Customer: c.Customer, ID: c.ID, Begins: day, Ends: day + behold.Day(l.Window),
		Tier: third(c.Residual, l.Cuts.Value), Risk: third(c.Leave, l.Cuts.Risk),
		Leave: c.Leave, Active: c.Active, Residual: c.Residual, Reason: c.Reason,
	}
	e.Share = l.share(e.Tier)
	e.Held = l.Draw(c.ID, day) < e.Share
	return e
}

// exempt says that a candidate is no part of the trial. Who has left or sleeps is
// on no list, and never comes before the lot.
func (l *Lot) exempt(c *Candidate) bool {
	return !(l.Share > 0) || l.Window <= 0 || c.Urgent || c.VIP || c.InHand || l.Cuts.VIP > 0 && c.Residual > l.Cuts.VIP
}

// running are the episodes that have not ended by a day, by customer.
func running(open []behold.Episode, day behold.Day) map[int32]bool {
	held := map[int32]bool{}
	for _, e := range open {
		if e.Begins <= day && day < e.Ends {
			held[e.Customer] = e.Held
		}
	}
	return held
}
