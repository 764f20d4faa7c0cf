package round

import (
	"cmp"
	"context"
	"slices"

	"behold"
)

// Standings is how customers stand, as pages and letters ask for it; the
// warehouse satisfies it.
type Standings interface {
	Standings(context.Context, behold.StandingQuery) ([]behold.Standing, int, error)
}

// Lights is what is lit, as pages and letters ask for it; the store satisfies it.
type Lights interface {
	LitLamps(context.Context, behold.LampQuery) ([]behold.LampCard, int, error)
}

// A WorthQuery asks for the customers of whom most can still be saved.
type WorthQuery struct {
	Day  behold.Day // of a round
	Most int        // so many at the most
	behold.Whose
}

// A Worth is a customer who needs somebody today, with the lamps that are lit.
type Worth struct {
	behold.Standing
	Lit []behold.LampCard // at least one
}

// WorthSaving finds the customers with lamps of whom most can still be saved: the
// chance to leave times what they are worth, their chance to be gone already
// counted. The most money at risk would put those first who left long ago.
// Whom a colleague has taken, with all that burns, is left out.
func WorthSaving(ctx context.Context, facts Standings, state Lights, q WorthQuery) (all []Worth, err error) {
	found, err := worthSaving(ctx, facts, q)
	if err != nil {
		return nil, err
	}
	if len(found) < q.Most {
		if found, err = mostAtRisk(ctx, facts, state, q, found); err != nil {
			return nil, err
		}
	}
	for _, st := range found[:min(len(found), 20*q.Most)] {
		lit, _, err := state.LitLamps(ctx, behold.LampQuery{Day: behold.NoDay, ID: st.ID, Awake: true})
		if err != nil {
			return nil, err
		}
		if !allTaken(lit) {
			all = append(all, Worth{st, lit})
		}
		if len(all) == q.Most {
			break
		}
	}
	return all, nil
}

// worthSaving reads the standings, the dearest first, until it has met enough of
// those with lamps: what can be saved of a customer is at most what they are worth.
func worthSaving(ctx context.Context, facts Standings, q WorthQuery) (found []behold.Standing, err error) {
	const run, runs = 500, 4
	for i := range runs {
		rows, total, err := facts.Standings(ctx, behold.StandingQuery{
			Day: q.Day, Whose: q.Whose, Slice: behold.Slice{Sort: "value", Desc: true, Offset: i * run, Limit: run},
		})
		if err != nil {
			return nil, err
		}
		for _, st := range rows {
			if len(st.Lamps) > 0 {
				found = append(found, st)
			}
		}
		slices.SortStableFunc(found, bySaving)
		if len(rows) == 0 || (i+1)*run >= total {
			break
		}
		if len(found) >= q.Most && rows[len(rows)-1].Value.Major() <= saving(&found[q.Most-1]) {
			break
		}
	}
	return found, nil
}

// saving is what attention can at most save of a customer.
func saving(st *behold.Standing) float64 { return st.ChanceLeave * st.Value.Major() }

func bySaving(a, b behold.Standing) int { return cmp.Compare(saving(&b), saving(&a)) }

// mostAtRisk adds the customers with the most money at risk to those found:
// where lamps are rare among the dearest, there are too few of them.
func mostAtRisk(ctx context.Context, facts Standings, state Lights, q WorthQuery, found []behold.Standing) ([]behold.Standing, error) {
	lit, _, err := state.LitLamps(ctx, behold.LampQuery{Day: behold.NoDay, Awake: true, Whose: q.Whose, Slice: behold.Slice{Limit: 4 * q.Most}})
	if err != nil {
		return nil, err
	}
	for _, l := range lit {
		if slices.ContainsFunc(found, func(st behold.Standing) bool { return st.ID == l.ID }) {
			continue
		}
		rows, _, err := facts.Standings(ctx, behold.StandingQuery{Day: q.Day, ID: l.ID, Slice: behold.Slice{Limit: 1}})
		if err != nil && behold.KindOf(err) != behold.NotFound {
			return nil, err
		}
		found = append(found, rows...)
	}
	slices.SortStableFunc(found, bySaving)
	return found, nil
}

// allTaken says whether a colleague has taken all that burns for a customer.
func allTaken(lit []behold.LampCard) bool {
	return !slices.ContainsFunc(lit, func(l behold.LampCard) bool { return l.State == behold.Lit })
}
