package warehouse

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"behold"
)

// shown is how many product names an order summary has.
const shown = 3

// Orders is one page of a customer's orders and credit notes as known on day,
// and how many there are on all pages. Sorts: at (the default, latest first),
// amount. An unknown sort is Invalid.
func (w *Warehouse) Orders(ctx context.Context, customer int32, day behold.Day, part behold.Slice) (list []behold.OrderSummary, total int, err error) {
	defer func() { err = wrap(err, "list the orders of customer %d", customer) }()
	by, direction, err := orderSort(part)
	if err != nil {
		return nil, 0, err
	}
	on, find := until(day), like(part.Search)
	if err := w.db.QueryRowContext(ctx, query("order.count"), on, customer, find).Scan(&total); err != nil {
		return nil, 0, err
	}
	at := map[string]int{}
	err = w.rows(ctx, query("order.list"), func(rows *sql.Rows) error {
		var o behold.OrderSummary
		if err := rows.Scan(&o.Order, &o.At, &o.Amount.Minor, &o.Amount.Currency, &o.Lines, &o.Return); err != nil {
			return err
		}
		at[o.Order] = len(list)
		list = append(list, o)
		return nil
	}, on, customer, find, by, direction, limit(part, total), max(part.Offset, 0))
	if err != nil || len(list) == 0 {
		return list, total, err
	}
	return list, total, w.nameProducts(ctx, on, customer, list, at)
}

// OrdersOf are the orders and credit notes of some customers since a day as known
// on day, the latest first, without the names of products: for pictures of many.
func (w *Warehouse) OrdersOf(ctx context.Context, customers []int32, since, day behold.Day) (map[int32][]behold.OrderSummary, error) {
	if len(customers) == 0 {
		return nil, nil
	}
	all, err := again(w, func() (map[int32][]behold.OrderSummary, error) { return w.ordersOf(ctx, customers, since, day) }, "orders", customers, since, day)
	return all, wrap(err, "list the orders of %d customers", len(customers))
}

func (w *Warehouse) ordersOf(ctx context.Context, customers []int32, since, day behold.Day) (map[int32][]behold.OrderSummary, error) {
	all := map[int32][]behold.OrderSummary{}
	err := w.rows(ctx, made("order.of", commas(customers)), func(rows *sql.Rows) error {
		var c int32
		var o behold.OrderSummary
		if err := rows.Scan(&c, &o.Order, &o.At, &o.Amount.Minor, &o.Amount.Currency, &o.Lines, &o.Return); err != nil {
			return err
		}
		all[c] = append(all[c], o)
		return nil
	}, until(day), since.Time())
	return all, err
}

func orderSort(part behold.Slice) (by string, direction int, err error) {
	switch {
	case part.Sort == "":
		return "at", -1, nil
	case part.Sort != "at" && part.Sort != "amount":
		return "", 0, &behold.Error{Kind: behold.Invalid, Code: "sort", Say: "orders cannot be sorted by " + part.Sort, Hint: "sort by at or amount"}
	case part.Desc:
		return part.Sort, -1, nil
	}
	return part.Sort, 1, nil
}

// nameProducts fills in what the orders were for; at tells where each is.
func (w *Warehouse) nameProducts(ctx context.Context, on time.Time, customer int32, list []behold.OrderSummary, at map[string]int) error {
	numbers := make([]string, len(list))
	for i := range list {
		numbers[i] = list[i].Order
	}
	asked, err := json.Marshal(numbers)
	if err != nil {
		return err
	}
	return w.rows(ctx, query("order.products"), func(rows *sql.Rows) error {
		var order, name string
		if err := rows.Scan(&order, &name); err != nil {
			return err
		}
		if o := &list[at[order]]; len(o.Products) < shown {
			o.Products = append(o.Products, name)
		} else {
			o.More++
		}
		return nil
	}, on, customer, string(asked))
}

// OrderLines are the lines of one order of a customer as known on day, in the
// order of the file.
func (w *Warehouse) OrderLines(ctx context.Context, customer int32, order string, day behold.Day) (list []behold.Line, err error) {
	defer func() { err = wrap(err, "read order %s", order) }()
	err = w.rows(ctx, query("order.lines"), func(rows *sql.Rows) error {
		var l behold.Line
		err := rows.Scan(&l.Order, &l.Line, &l.At, &l.Product, &l.ProductName, &l.Category, &l.Quantity, &l.UnitPrice,
			&l.Amount.Minor, &l.Amount.Currency, &l.Return, &l.Goods, &l.Import, &l.Row, &l.File)
		list = append(list, l)
		return err
	}, until(day), customer, order)
	if err == nil && len(list) == 0 {
		return nil, &behold.Error{Kind: behold.NotFound, Code: "no_order", Say: fmt.Sprintf("the customer has no order %s", order)}
	}
	return list, err
}

// until is the time that queries compare with: the day, or the last there is.
func until(day behold.Day) time.Time {
	if !day.Known() {
		return behold.Date(9999, 12, 31).Time()
	}
	return day.Time()
}

// mostQuarters is how far back the quarters of a KindSummary reach: three years.
const mostQuarters = 12

// KindsOf is what a customer bought by category as known on day, or by product
// where KindsBy says so or there are no categories, the most bought first.
func (w *Warehouse) KindsOf(ctx context.Context, customer int32, day behold.Day) (list []behold.KindSummary, err error) {
	defer func() { err = wrap(err, "list what customer %d buys", customer) }()
	if !day.Known() {
		e, err := w.Extent(ctx, day)
		if err != nil {
			return nil, err
		}
		day = e.Last
	}
	by, err := w.levelOf(ctx, day)
	if err != nil {
		return nil, err
	}
	f, err := w.facts(ctx, day)
	if err != nil {
		return nil, err
	}
	if by == byNothing {
		by = byProduct
		if f.categories {
			by = byCategory
		}
	}
	var bought []kindDay
	err = w.rows(ctx, query("kind.days"), func(rows *sql.Rows) error {
		var k kindDay
		var at time.Time
		err := rows.Scan(&k.name, &at, &k.net, &k.bought)
		k.day = behold.DayOf(at)
		bought = append(bought, k)
		return err
	}, until(day), customer, by.String(), f.currency)
	return summaries(bought, day, f.currency), err
}

type kindDay struct {
	name        string
	day         behold.Day
	net, bought int64
}
