package web

import (
	"context"
	"slices"

	"behold"
	walk "behold/internal/round"
	plans "behold/internal/task"
)

// filesOf is what the files say of the customers of a list for whom nothing was
// done yet.
func (s *server) filesOf(ctx context.Context, found []walk.Worth) (map[string]behold.Customer, error) {
	var ids []string
	for i := range found {
		if found[i].Done == nil {
			ids = append(ids, found[i].ID)
		}
	}
	return s.Facts.CustomersOf(ctx, ids)
}

// reached fills in by which ways a card's customer may be reached for its step.
func (p page) reached(files map[string]behold.Customer, c *card) {
	if customer, known := files[behold.CustomerKey(c.ID)]; known {
		c.ways = plans.Permits(&customer, p.settings.Country, c.Step().Action)
	}
}

// reachSays is by which ways somebody may be reached, in a sentence.
func (p page) reachSays(all []behold.Permit) string {
	var ways, barred []string
	for _, w := range all {
		if by := p.T("today.by." + w.Channel); w.Allowed {
			ways = append(ways, by)
		} else {
			barred = append(barred, by)
		}
	}
	switch {
	case len(ways) == 0:
		return p.T("reach.none")
	case len(barred) == 0:
		return p.T("reach.all")
	}
	return p.T("reach.some", "Ways", p.List(ways), "Barred", p.List(barred))
}

// limited says that some way is barred, or none of those that are left is known.
func limited(all []behold.Permit) bool {
	return slices.ContainsFunc(all, func(w behold.Permit) bool { return !w.Allowed })
}

// A planStep is a step of a playbook as it fits a customer.
type planStep struct {
	behold.Step
	says    string // where it differs from the playbook: why
	leftOut bool
}

// planSteps are the steps of a playbook by ways that a customer allows.
func (p page) planSteps(customer *behold.Customer, book behold.Playbook) (list []planStep) {
	for _, step := range book.Steps {
		fit, permit, ok := plans.Fit(customer, p.settings.Country, step)
		one := planStep{Step: fit, leftOut: !ok}
		switch why := p.T("draft.way." + string(permit.Why)); {
		case !ok:
			one.says = p.T("reach.left_out", "Why", why)
		case fit.Channel != step.Channel:
			one.says = p.T("reach.instead", "By", p.T("today.by."+fit.Channel), "Why", why)
		}
		list = append(list, one)
	}
	return list
}

// waysFor are the channels by which a customer may be reached for service, and
// those for selling.
func (p page) waysFor(c *behold.Customer) (service, selling []behold.Permit) {
	return plans.Permits(c, p.settings.Country, behold.ActCall), plans.Permits(c, p.settings.Country, behold.ActUpsell)
}
