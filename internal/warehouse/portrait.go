package warehouse

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"behold"
)

// Portrait is what is recorded about a customer beside purchases and events, as
// known on day.
func (w *Warehouse) Portrait(ctx context.Context, customer int32, day behold.Day) (p behold.Portrait, err error) {
	defer func() { err = wrap(err, "draw the portrait of the customer") }()
	for _, part := range []struct {
		name string
		read func(*sql.Rows) error
	}{
		{"portrait.people", func(rows *sql.Rows) error {
			var x behold.PortraitPerson
			err := rows.Scan(&x.ID, &x.Name, &x.Role, &x.Email, &x.Phone, &x.From, &x.To, &x.Bounced)
			p.People = append(p.People, x)
			return err
		}},
		{"portrait.channels", func(rows *sql.Rows) error {
			var x behold.ChannelUse
			err := rows.Scan(&x.Channel, &x.In, &x.Out, &x.Last)
			p.Channels = append(p.Channels, x)
			return err
		}},
		{"portrait.answers", func(rows *sql.Rows) error {
			var x behold.ItemAnswer
			err := rows.Scan(&x.Item, &x.Value, &x.Scale, &x.At, &x.Before, &x.Times)
			p.Answers = append(p.Answers, x)
			return err
		}},
		{"portrait.prices", func(rows *sql.Rows) error { return readPrices(rows, &p.Prices) }},
	} {
		if err := w.rows(ctx, made(part.name, nil), part.read, until(day), customer); err != nil {
			return p, err
		}
	}
	slices.SortStableFunc(p.Prices.Products, func(a, b behold.PriceGap) int {
		return cmp.Compare(b.Paid.Minor-b.Usual.Minor, a.Paid.Minor-a.Usual.Minor)
	})
	return p, nil
}

// readPrices reads the check of one product, or how many lines there were.
func readPrices(rows *sql.Rows, c *behold.PriceCheck) error {
	var called sql.NullString
	var g behold.PriceGap
	if err := rows.Scan(&called, &g.Lines, &g.Paid.Minor, &g.Usual.Minor, &g.Paid.Currency); err != nil {
		return err
	}
	g.Product, g.Usual.Currency = called.String, g.Paid.Currency
	if !called.Valid {
		c.Lines = g.Lines
		c.Paid.Currency, c.Usual.Currency = g.Paid.Currency, g.Paid.Currency
		return nil
	}
	c.Compared += g.Lines
	c.Paid.Minor += g.Paid.Minor
	c.Usual.Minor += g.Usual.Minor
	c.Products = append(c.Products, g)
	return nil
}
