package task

import "behold/stat/effect"

// A Proof is what a trial has shown of attention, with what the attention cost.
type Proof struct {
	Effect effect.Effect // on the share that stayed, by assignment
	Cost   *Cost         // nil: nobody has said what an hour costs
}

// Prove is the part of a Report that says what attention did and what it cost; nil
// while it is too early to claim anything. It is Measure and effect.CostPerKept over
// what is Asked, and none of what takes a moment to foresee.
//
// Errors: as Measure.
func Prove(q *Asked) (*Proof, error) {
	r := &Report{}
	a := newArms(q, r)
	if !(q.Settings.HoldoutShare > 0) || a.stage() != TrialShown {
		return nil, nil
	}
	e, err := Measure(a.ended, levelOf)
	if err != nil {
		return nil, err
	}
	r.Spoken = a.spoken()
	if err := r.cost(q, a, e); err != nil {
		return nil, err
	}
	return &Proof{e, r.Cost}, nil
}
