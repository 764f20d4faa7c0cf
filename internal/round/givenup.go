package round

import (
	"context"

	"behold"
	"behold/internal/lamp"
	"behold/internal/team"
)

// GivenUpFacts is what there is to know of a customer to whom a promise was given
// up; the warehouse satisfies it.
type GivenUpFacts interface {
	PromiseFacts
	Standings
}

// GivenUpState is where lamps between two rounds are lit; the store satisfies it.
type GivenUpState interface {
	PromiseBook
	LastRound(context.Context, behold.Day) (behold.Round, bool, error)
	LightNow(context.Context, *behold.LampCard, func(*behold.Lamp) bool) error
	PutOutNow(ctx context.Context, customer string, kind behold.LampKind, which func(*behold.Lamp) bool) error
}

// GivenUp lights the lamp promise_broken of a customer at once when a promise to
// them was given up, and puts it out again when that was taken back or put right.
// It goes by all that is written about the customer now, so it may be called as
// often as anybody likes. Customers who are lost or closed have no lamps.
func GivenUp(ctx context.Context, customer string, today behold.Day, facts GivenUpFacts, state GivenUpState) error {
	last, walked, err := state.LastRound(ctx, behold.NoDay)
	if err != nil || !walked {
		return err
	}
	today = max(today, last.Day)
	rows, _, err := facts.Standings(ctx, behold.StandingQuery{Day: last.Day, ID: customer, Slice: behold.Slice{Limit: 1}})
	if behold.KindOf(err) == behold.NotFound && err != nil || err == nil && len(rows) == 0 {
		return nil // came after the round
	}
	if err != nil {
		return err
	}
	s := &rows[0]
	cards, err := Promised(ctx, facts, state, behold.PromiseQuery{Day: today, Customer: customer, Since: today - team.Years})
	if err != nil {
		return err
	}
	lit, burns := lamp.GivenUp(cards, s.MoneyAtRisk, team.Told(cards, today), today)
	if !burns || s.State == behold.Lost || s.State == behold.Closed {
		return state.PutOutNow(ctx, customer, behold.LampPromise, lamp.ByGivingUp)
	}
	lit.Customer = s.Customer
	return state.LightNow(ctx, &behold.LampCard{
		Lamp: lit, ID: s.ID, Name: s.Name, Colleague: s.Colleague, ChanceLeave: s.ChanceLeave, ChanceLeaveLow: s.ChanceLeaveLow, ChanceLeaveHigh: s.ChanceLeaveHigh,
		Calibrated: s.Calibrated, MoneyAtRisk: s.MoneyAtRisk,
	}, lamp.ByGivingUp)
}
