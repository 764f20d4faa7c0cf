package warehouse

import (
	"cmp"
	"context"
	"database/sql"
	"math"
	"slices"

	"behold"
)

// Origins say how customers came, and to which segment they belong, as the files
// of customers say it now.
func (w *Warehouse) Origins(ctx context.Context, day behold.Day) (o *behold.Origins, err error) {
	defer func() { err = wrap(err, "read how customers came") }()
	o = &behold.Origins{Of: map[int32][3]int32{}}
	var groups [3]groups
	err = w.rows(ctx, query("customer.origins"), func(rows *sql.Rows) error {
		var customer int32
		var said [3]sql.RawBytes
		if err := rows.Scan(&customer, &said[0], &said[1], &said[2]); err != nil {
			return err
		}
		var at [3]int32
		for i, name := range said {
			at[i] = groups[i].count(name)
		}
		o.Of[customer] = at
		return nil
	})
	if err != nil {
		return nil, err
	}
	var places [3][]int32
	o.Segments, places[0] = groups[0].bySize()
	o.Offers, places[1] = groups[1].bySize()
	o.Channels, places[2] = groups[2].bySize()
	for customer, at := range o.Of {
		o.Of[customer] = [3]int32{places[0][at[0]], places[1][at[1]], places[2][at[2]]}
	}
	came, err := w.Acquisitions(ctx, day)
	for _, a := range came {
		o.Acquired, o.Priced = o.Acquired+a.Cost.Major(), o.Priced+a.Priced
	}
	return o, err
}

// groups counts names, each once in memory. Place 0 is no name.
type groups struct {
	place map[string]int32
	name  []string
	size  []int
}

func (g *groups) count(name []byte) int32 {
	if len(name) == 0 {
		return 0
	}
	at, known := g.place[string(name)]
	if !known {
		if g.place == nil {
			g.place = map[string]int32{}
		}
		g.name, g.size = append(g.name, string(name)), append(g.size, 0)
		at = int32(len(g.name))
		g.place[string(name)] = at
	}
	g.size[at-1]++
	return at
}

// bySize are the names, the largest first, and where each place went.
func (g *groups) bySize() (names []string, to []int32) {
	order := make([]int, len(g.name))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(g.size[b], g.size[a]), cmp.Compare(g.name[a], g.name[b]))
	})
	to = make([]int32, len(g.name)+1)
	for place, i := range order {
		names = append(names, g.name[i])
		to[i+1] = int32(place + 1)
	}
	return names, to
}

// LoyalPrices says what customers of long standing paid in the year up to a day
// against what newcomers paid for the same, in a currency.
func (w *Warehouse) LoyalPrices(ctx context.Context, day behold.Day, currency string) (p behold.LoyalPrices, err error) {
	defer func() { err = wrap(err, "compare prices as of %v", day) }()
	const dearer = 1.03
	minor := math.Pow10(behold.MinorDigits(currency))
	err = w.rows(ctx, made("loyal.prices", map[string]bool{}), func(rows *sql.Rows) error {
		var lines int
		var paid, would, over float64
		if err := rows.Scan(&lines, &paid, &would, &over); err != nil {
			return err
		}
		p.Lines, p.Customers = p.Lines+lines, p.Customers+1
		p.Paid, p.Newcomers, p.Over = p.Paid+paid/minor, p.Newcomers+would/minor, p.Over+over/minor
		if paid >= dearer*would {
			p.Dearer++
		}
		return nil
	}, day.Time(), currency)
	if err != nil {
		return p, err
	}
	err = w.rows(ctx, made("loyal.prices", map[string]bool{"Products": true}), func(rows *sql.Rows) error {
		var one behold.LoyalPrice
		err := rows.Scan(&one.Product, &one.Customers, &one.Paid, &one.Newcomers, &one.Over)
		one.Paid, one.Newcomers, one.Over = one.Paid/minor, one.Newcomers/minor, one.Over/minor
		if one.Over > 0 {
			p.Products = append(p.Products, one)
		}
		return err
	}, day.Time(), currency)
	if err != nil {
		return p, err
	}
	err = w.db.QueryRowContext(ctx, made("offer.discounts", nil), day.Time(), currency, minor).Scan(&p.Discounts)
	p.Discounts /= minor
	return p, err
}
