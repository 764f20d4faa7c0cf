package warehouse

import (
	"context"
	"database/sql"

	"behold"
)

// Holdings say how much of every table is recorded, in the order of
// behold.Tables; days after day do not count as the last one: what was agreed
// ahead has not come. A table without a row has a Holding of nothing.
func (w *Warehouse) Holdings(ctx context.Context, day behold.Day) (list []behold.Holding, err error) {
	defer func() { err = wrap(err, "count what is recorded") }()
	for _, t := range behold.Tables() {
		h := behold.Holding{Table: t, First: behold.NoDay, Last: behold.NoDay}
		switch t {
		case behold.TableOrders:
			err = w.ordersHeld(ctx, day, &h)
		case behold.TableCustomers:
			err = w.db.QueryRowContext(ctx, query("customer.held")).Scan(&h.Rows, &h.Reachable)
			h.Customers = h.Rows
		default:
			err = w.recordsHeld(ctx, day, &h)
		}
		if err != nil {
			return nil, err
		}
		list = append(list, h)
	}
	return list, nil
}

func (w *Warehouse) ordersHeld(ctx context.Context, day behold.Day, h *behold.Holding) error {
	e, err := w.Extent(ctx, day)
	h.Rows, h.Customers = e.Lines, e.Customers
	if e.Lines > 0 {
		h.First, h.Last = e.First, e.Last
	}
	return err
}

func (w *Warehouse) recordsHeld(ctx context.Context, day behold.Day, h *behold.Holding) error {
	var first, last sql.NullTime
	err := w.db.QueryRowContext(ctx, recordQuery("held", h.Table), day.Time()).Scan(&h.Rows, &h.Customers, &first, &last)
	if first.Valid && last.Valid {
		h.First, h.Last = behold.DayOf(first.Time), behold.DayOf(last.Time)
	}
	return err
}
