package task

import (
	"behold"
)

// A Cell is what was done, and why.
type Cell struct {
	Reason behold.Reason
	Action behold.Action
}

// A Belief is which share of a danger an action takes away: f of METHODS 7.5.
type Belief struct {
	Share  float64 // of the danger, 0.1 is a tenth; below 0: it harms
	Spread float64 // standard deviation of what is believed
	Prior  float64 // how much of Share was believed before there was evidence, 0 … 1
}

// Beliefs are what is known of each cell; of one that is not there, Prior.
type Beliefs map[Cell]Belief

// Prior is what is believed before there is own evidence: N(10 %, 10 %), METHODS
// 7.5. It is judgement, is shown as such, and is replaced by the company's own.
func Prior() Belief { return Belief{Share: 0.10, Spread: 0.10, Prior: 1} }

// Of a cell.
func (b Beliefs) Of(c Cell) Belief {
	if known, ok := b[c]; ok {
		return known
	}
	return Prior()
}

// Danger is how much there is to be saved by attention: there is nothing to gain
// where the customer is safe, and nothing where they are gone already.
//
// Question: of a hundred customers like this, how many are about to leave and are
// still here?
//
// Input: leave, the chance of leaving within the horizon, and active, the chance
// of still being a customer; both 0 … 1.
//
// Formula: leave · active. Output: 0 … 1. No errors.
//
// Not a chance: who is gone has left too, but nothing can be saved there.
//
// Source: METHODS 7.5. See TestGain_Methods7_5.
func Danger(leave, active float64) float64 { return leave * active }

// Gain is what a step is expected to bring for a customer.
//
// Question: is a call worth the time, and more than the next one?
//
// Input: the Candidate; the Step; what is believed of it.
//
// Formula: τ · CRLV − cost, with the fall in the chance of leaving τ = f · leave ·
// active, f the share believed and CRLV what is still to come if they stay.
//
// Output: major units of money; below 0 where it is not worth its cost. The
// minutes are not in it: divide by them to rank. No errors.
//
// Not for what happened: see Measure.
//
// Source: METHODS 7.5. See TestGain_Methods7_5.
func Gain(c *Candidate, step behold.Step, b Belief) float64 {
	return b.Share*Danger(c.Leave, c.Active)*c.Residual - step.Cost
}
