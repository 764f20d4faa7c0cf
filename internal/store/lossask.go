package store

import (
	"cmp"
	"context"
	"slices"

	"behold"
)

// LossesToAsk are the customers of whom it became known in the behold.AskWithin
// days up to a day that they are lost, by the book or by a round, and whether the
// letter that asks why goes to each: a share, 0 … 1, drawn by the company's seed,
// so that the same question has the same answer. The last known first.
func (s *Store) LossesToAsk(ctx context.Context, day behold.Day, share float64) (list []behold.LossToAsk, err error) {
	defer func() { wrap(&err, "read which lost customers are asked why") }()
	set, err := s.Settings(ctx)
	if err != nil {
		return nil, err
	}
	written, err := s.Entries(ctx, behold.EntryQuery{Kind: behold.EntryLoss, Since: behold.NoDay})
	if err != nil {
		return nil, err
	}
	met := map[string]bool{}
	for _, e := range slices.Backward(written) { // of two about one customer the later counts
		known := localDay(e.Written)
		if key := behold.CustomerKey(e.Customer); !met[key] {
			met[key] = true
			if day-behold.AskWithin < known && known <= day {
				list = append(list, behold.LossToAsk{Customer: e.Customer, Left: e.Left, Known: known, Entry: e.ID, Cause: e.Reason, Said: e.Said})
			}
		}
	}
	found, err := s.foundLost(ctx, day)
	for _, l := range found {
		if key := behold.CustomerKey(l.Customer); !met[key] {
			met[key] = true
			list = append(list, l)
		}
	}
	for i := range list {
		list[i].Draw(share, set.Seed)
	}
	slices.SortStableFunc(list, func(a, b behold.LossToAsk) int {
		return cmp.Or(cmp.Compare(b.Known, a.Known), cmp.Compare(a.Customer, b.Customer))
	})
	return list, err
}

// foundLost are the customers whom rounds found lost.
func (s *Store) foundLost(ctx context.Context, on behold.Day) (list []behold.LossToAsk, err error) {
	rows, err := s.db.QueryContext(ctx, query("lamp.lost"), (on - behold.AskWithin + 1).String(), on.String())
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		l := behold.LossToAsk{Cause: behold.UnknownReason, Said: behold.NoSource}
		var out day
		if err := rows.Scan(&l.Customer, &l.Name, &out); err != nil {
			return nil, err
		}
		l.Left, l.Known = out.Day, out.Day
		list = append(list, l)
	}
	return list, rows.Err()
}
