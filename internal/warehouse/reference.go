package warehouse

import (
	"context"

	"behold"
)

// HistoriesSQL is the same as Histories of everybody, made by the engine's own
// grouping and sorting: slower, and plain to read. It is the reference that the
// fold is tested against, and the form that another engine would run.
func (w *Warehouse) HistoriesSQL(ctx context.Context, day behold.Day) (h *behold.Histories, err error) {
	defer func() { err = wrap(err, "read the histories as of %v by SQL", day) }()
	f, err := w.facts(ctx, day)
	if err != nil {
		return nil, err
	}
	h = &behold.Histories{AsOf: day, Currency: f.currency}
	err = scan(ctx, w.db, query("history.visits"), func(b *block) error {
		for i := range b.rows {
			addVisit(h, b, i, f)
		}
		return nil
	}, until(day), f.currency)
	if err != nil {
		return nil, err
	}
	h.Start = append(h.Start, len(h.Day))
	by, err := w.level(ctx, day, f)
	if err != nil || by == byNothing {
		h.Kinds = behold.Kinds{First: make([]int, h.Len()+1), Start: []int{0}}
		return h, err
	}
	return h, w.addKinds(ctx, h, by)
}

// addVisit adds row i, which belongs to the last customer or to the next.
func addVisit(h *behold.Histories, b *block, i int, f facts) {
	customer := b.ints[0][i]
	if n := h.Len(); n == 0 || h.Customer[n-1] != customer {
		h.Customer = append(h.Customer, customer)
		h.Start = append(h.Start, len(h.Day))
	}
	h.Day = append(h.Day, behold.Day(b.ints[1][i]))
	h.Orders = append(h.Orders, b.ints[3][i])
	h.Goods = append(h.Goods, b.ints[4][i])
	h.Returns = append(h.Returns, b.ints[5][i])
	bought, credited := b.bigs[6][i], b.bigs[7][i]
	h.Bought, h.Credited = append(h.Bought, bought), append(h.Credited, credited)
	if f.cost {
		h.Margin = append(h.Margin, bought+credited-b.bigs[8][i])
	}
	if f.recorded {
		h.Recorded = append(h.Recorded, behold.Day(b.ints[2][i]))
	}
}

// addKinds adds the pairs, which come by customer, kind and day.
func (w *Warehouse) addKinds(ctx context.Context, h *behold.Histories, by level) error {
	k := &h.Kinds
	at := 0 // the customer that the pairs have come to
	k.First = append(k.First, 0)
	err := scan(ctx, w.db, query("history.kinds"), func(b *block) error {
		for i := range b.rows {
			customer, kind := b.ints[0][i], b.ints[1][i]
			for h.Customer[at] != customer {
				at++
				k.First = append(k.First, len(k.Category))
			}
			if n := len(k.Category); n == k.First[at] || k.Category[n-1] != kind {
				k.Category = append(k.Category, kind)
				k.Start = append(k.Start, len(k.Day))
			}
			k.Day = append(k.Day, behold.Day(b.ints[2][i]))
			k.Bought = append(k.Bought, b.bigs[3][i])
		}
		return nil
	}, until(h.AsOf), h.Currency, by.String())
	k.Start = append(k.Start, len(k.Day))
	for len(k.First) <= h.Len() {
		k.First = append(k.First, len(k.Category))
	}
	return err
}
