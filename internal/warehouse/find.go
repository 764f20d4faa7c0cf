package warehouse

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	"behold"
)

// FindRows fills in the ids of the rows of evidence behind lamps, all lamps
// together. A row that has a Mark gets the id that the mark stands for. A row of
// orders that names only a day gets the dearest order of the customer on that
// day, or for a lamp about returns the cheapest, which is the largest credit; a
// day without an order stays without.
func (w *Warehouse) FindRows(ctx context.Context, lamps []behold.Lamp) (err error) {
	defer func() { err = wrap(err, "find the rows behind %d lamps", len(lamps)) }()
	if err := w.findMarked(ctx, lamps); err != nil {
		return err
	}
	return w.findOrders(ctx, lamps)
}

// eachMissing hands over the rows that have no id yet.
func eachMissing(lamps []behold.Lamp, each func(*behold.Lamp, *behold.Row)) {
	for i := range lamps {
		for k := range lamps[i].Evidence.Rows {
			if row := &lamps[i].Evidence.Rows[k]; row.ID == "" {
				each(&lamps[i], row)
			}
		}
	}
}

// findMarked looks up the rows that have a mark, in one query a table.
func (w *Warehouse) findMarked(ctx context.Context, lamps []behold.Lamp) error {
	marks, customers := map[behold.Table][]behold.Mark{}, map[behold.Table][]int32{}
	eachMissing(lamps, func(l *behold.Lamp, row *behold.Row) {
		if t := behold.Table(row.Table); row.Mark != 0 {
			marks[t], customers[t] = append(marks[t], row.Mark), append(customers[t], l.Customer)
		}
	})
	found := map[behold.Table]map[behold.Mark]string{}
	for _, t := range behold.Tables() {
		if len(marks[t]) == 0 || !findable(t) {
			continue
		}
		text := made("order.marked", nil)
		if t != behold.TableOrders {
			text = recordQuery("find", t)
		}
		var err error
		if found[t], err = w.marked(ctx, text, marks[t], customers[t]); err != nil {
			return err
		}
	}
	eachMissing(lamps, func(_ *behold.Lamp, row *behold.Row) {
		if row.Mark != 0 {
			row.ID = found[behold.Table(row.Table)][row.Mark]
		}
	})
	return nil
}

// findable tells whether rows of the table have an id of their own and a customer.
func findable(t behold.Table) bool {
	switch t {
	case behold.TableOrders:
		return true
	case behold.TableLosses:
		return false
	}
	return t.Column("customer") >= 0
}

func (w *Warehouse) marked(ctx context.Context, text string, marks []behold.Mark, customers []int32) (map[behold.Mark]string, error) {
	asked := make([]string, len(marks))
	for i, m := range marks {
		asked[i] = strconv.FormatInt(int64(m), 10)
	}
	ids := make(map[behold.Mark]string, len(marks))
	return ids, w.rows(ctx, text, func(rows *sql.Rows) error {
		var m behold.Mark
		var id string
		err := rows.Scan(&m, &id)
		ids[m] = id
		return err
	}, strings.Join(asked, ","), commas(customers))
}

// findOrders looks up the rows of orders that name only a day.
func (w *Warehouse) findOrders(ctx context.Context, lamps []behold.Lamp) error {
	dated := func(row *behold.Row) bool {
		return row.Mark == 0 && row.Day.Known() && row.Table == string(behold.TableOrders)
	}
	var customers, days []int32
	eachMissing(lamps, func(l *behold.Lamp, row *behold.Row) {
		if dated(row) {
			customers, days = append(customers, l.Customer), append(days, int32(row.Day))
		}
	})
	if len(days) == 0 {
		return nil
	}
	found, err := w.ordersOn(ctx, customers, days)
	eachMissing(lamps, func(l *behold.Lamp, row *behold.Row) {
		if !dated(row) {
			return
		}
		orders := found[customerDay{l.Customer, row.Day}]
		row.ID = orders.dearest
		if l.Kind == behold.LampReturns {
			row.ID = orders.cheapest
		}
	})
	return err
}

type customerDay struct {
	customer int32
	day      behold.Day
}

type extremes struct{ dearest, cheapest string }

func (w *Warehouse) ordersOn(ctx context.Context, customers, days []int32) (map[customerDay]extremes, error) {
	found := make(map[customerDay]extremes, len(days))
	return found, w.rows(ctx, query("order.find"), func(rows *sql.Rows) error {
		var customer int32
		var day time.Time
		var e extremes
		err := rows.Scan(&customer, &day, &e.dearest, &e.cheapest)
		found[customerDay{customer, behold.DayOf(day)}] = e
		return err
	}, commas(customers), commas(days))
}
