package web

import (
	"context"
	"slices"

	"behold"
)

// filed is a promise that a file of the shop tells of.
func (s *shop) filed(c behold.PromiseCard) { s.files = append(s.files, c) }

// Promised are those of files, and those of the book in their place.
func (s *shop) Promised(ctx context.Context, q behold.PromiseQuery) (list []behold.PromiseCard, err error) {
	written, err := s.Entries(ctx, behold.EntryQuery{Kind: behold.EntryPromise, Customer: q.Customer, Since: behold.NoDay})
	for i := range written {
		c := behold.PromiseOf(&written[i])
		if of, err := s.Customer(ctx, c.Customer, endOfTime); err == nil && q.Asks(of.Colleague) {
			c.Name = of.Name
			list = append(list, c)
		}
	}
	for _, c := range s.files {
		settled := slices.ContainsFunc(list, func(one behold.PromiseCard) bool { return one.Of == c.Number })
		if !settled && (q.Customer == "" || c.Customer == q.Customer) && c.Made.Day() <= q.Day {
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b behold.PromiseCard) int { return int(a.Due) - int(b.Due) })
	return list, err
}
