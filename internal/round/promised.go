package round

import (
	"cmp"
	"context"
	"slices"

	"behold"
)

// PromiseFacts is what files tell of promises; the warehouse satisfies it.
type PromiseFacts interface {
	Promises(context.Context, behold.PromiseQuery) ([]behold.PromiseCard, error)
	Customer(ctx context.Context, id string, day behold.Day) (*behold.Customer, error)
}

// PromiseBook is what colleagues wrote down; the store satisfies it.
type PromiseBook interface {
	Entries(context.Context, behold.EntryQuery) ([]behold.Entry, error)
}

// filed is what a promise of a file is known by that was settled here.
type filed struct{ customer, number string }

// Promised are all promises as known on a day, those of files and those that
// were written down here, by the day on which they are due. One of a file that was
// settled here stands there once, as it is here.
func Promised(ctx context.Context, facts PromiseFacts, book PromiseBook, q behold.PromiseQuery) ([]behold.PromiseCard, error) {
	list, err := facts.Promises(ctx, q)
	if err != nil {
		return nil, err
	}
	written, err := book.Entries(ctx, behold.EntryQuery{Kind: behold.EntryPromise, Customer: q.Customer, Since: behold.NoDay})
	if err != nil {
		return nil, err
	}
	settled := map[filed]bool{}
	for i := range written {
		if e := &written[i]; e.Of != "" {
			settled[filed{behold.CustomerKey(e.Customer), e.Of}] = true
		}
	}
	list = slices.DeleteFunc(list, func(c behold.PromiseCard) bool { return settled[filed{behold.CustomerKey(c.Customer), c.Number}] })
	whose := map[string]*behold.Customer{}
	for i := range written {
		c := behold.PromiseOf(&written[i])
		if c.Made.Day() > q.Day || q.Since.Known() && !written[i].Open() && max(c.Due.Day(), written[i].Done, written[i].Broken) < q.Since {
			continue
		}
		if whose[c.Customer] == nil {
			if whose[c.Customer], err = facts.Customer(ctx, c.Customer, q.Day); behold.KindOf(err) == behold.NotFound {
				whose[c.Customer] = &behold.Customer{} // taken out since
			} else if err != nil {
				return nil, err
			}
		}
		if of := whose[c.Customer]; q.Asks(of.Colleague) {
			c.Name, c.Colleague = of.Name, cmp.Or(c.Colleague, behold.ColleagueKey(of.Colleague))
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b behold.PromiseCard) int { return cmp.Compare(a.Due, b.Due) })
	return list, nil
}

// TeamFacts are the teams that files name; the warehouse satisfies it.
type TeamFacts interface {
	Teams(context.Context) (map[string]behold.Colleague, error)
}

// TeamState is who works here; the store satisfies it.
type TeamState interface {
	Colleagues(context.Context) ([]behold.Colleague, error)
}

// Staff is who is known to work here, by e-mail in lower case: those who may come
// in, whose word goes, and those whom files name.
func Staff(ctx context.Context, facts TeamFacts, state TeamState) (map[string]behold.Colleague, error) {
	all, err := facts.Teams(ctx)
	if err != nil {
		return nil, err
	}
	own, err := state.Colleagues(ctx)
	for _, c := range own {
		key := behold.ColleagueKey(c.Email)
		c.Team, c.Name = cmp.Or(c.Team, all[key].Team), cmp.Or(c.Name, all[key].Name)
		all[key] = c
	}
	return all, err
}
