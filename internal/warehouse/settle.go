package warehouse

import (
	"context"
	"encoding/json"

	"behold"
)

// counts are what became of some rows.
type counts struct{ fresh, known, changed int64 }

// settle puts what is still waiting, compares it with what is there and fills
// in the receipt. The transaction stays open.
func (i *Import) settle(ctx context.Context, r *behold.Receipt) error {
	i.sendLines(ctx)
	for _, b := range []*batch{&i.people.batch, &i.rejects.batch} {
		if err := i.putNow(ctx, b); err != nil {
			return err
		}
	}
	lines, err := i.settleLines(ctx)
	if err != nil {
		return err
	}
	people, met, err := i.settleCustomers(ctx, r)
	if err != nil {
		return err
	}
	i.leans = met || lines.known+lines.changed > 0
	all := map[behold.Table]counts{behold.TableOrders: lines, behold.TableCustomers: people}
	for _, t := range recordTables() {
		if i.records[t] == nil {
			continue
		}
		if all[t], met, err = i.settleRecords(ctx, i.records[t]); err != nil {
			return err
		}
		i.leans = i.leans || met
	}
	if err := i.saveWords(ctx); err != nil {
		return err
	}
	rows := all[r.Table]
	r.Kept, r.Changed, r.Customers = rows.fresh, rows.changed, i.seen.n
	r.Known += rows.known
	r.FirstDay, r.LastDay = i.span(r.Table)
	return nil
}

// span is from when to when the rows of the table happened; NoDay when they have
// no day of their own.
func (i *Import) span(t behold.Table) (first, last behold.Day) {
	if b := i.records[t]; b != nil {
		return b.first, b.last
	}
	if i.count > 0 {
		return dayOfMicros(i.first), dayOfMicros(i.last)
	}
	return behold.NoDay, behold.NoDay
}

func (i *Import) settleLines(ctx context.Context) (c counts, err error) {
	if i.count == 0 || !i.staged {
		return counts{fresh: i.count}, nil
	}
	if err := i.do(ctx, "incoming.compare", i.receipt.Source); err != nil {
		return c, err
	}
	if err := i.conn.QueryRowContext(ctx, query("incoming.count")).Scan(&c.fresh, &c.known, &c.changed); err != nil {
		return c, err
	}
	if c.changed > 0 {
		if err := i.do(ctx, "line.supersede", i.id); err != nil {
			return c, err
		}
	}
	return c, i.do(ctx, "incoming.keep")
}

// settleCustomers also tells whether the file met customers that an earlier one
// had described.
func (i *Import) settleCustomers(ctx context.Context, r *behold.Receipt) (c counts, met bool, err error) {
	if i.people.said == 0 {
		return c, false, nil
	}
	err = i.do(ctx, "customer_incoming.compare", says(r, "captive"), says(r, "vip"), says(r, "survey_opt_out"), says(r, "marketing_opt_out"))
	if err != nil {
		return c, false, err
	}
	var rows int64
	if err := i.conn.QueryRowContext(ctx, query("customer_incoming.count")).Scan(&c.fresh, &c.known, &c.changed, &rows); err != nil {
		return c, false, err
	}
	met = c.known+c.changed > 0
	c.known += rows - c.fresh - c.known - c.changed // a customer's second row in the file is merged into the first
	if c.changed > 0 {
		if err := i.do(ctx, "customer_row.supersede", i.id); err != nil {
			return c, met, err
		}
	}
	return c, met, i.do(ctx, "customer_incoming.keep")
}

// says whether the file has a column for the field.
func says(r *behold.Receipt, field string) bool {
	for _, c := range r.Columns {
		if c.Field == field {
			return true
		}
	}
	return false
}

func (i *Import) saveWords(ctx context.Context) error {
	for _, d := range []*dictionary{&i.customers, &i.products, &i.categories} {
		if err := d.save(ctx, i.conn, i.id); err != nil {
			return err
		}
	}
	return i.named.save(ctx, i.conn, i.id)
}

func (i *Import) saveReceipt(ctx context.Context, r *behold.Receipt) error {
	body, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if i.again {
		if err := i.do(ctx, "receipt.remove", i.id); err != nil {
			return err
		}
	}
	return i.do(ctx, "receipt.save", i.id, i.receipt.Source, string(r.Table), r.File, r.SHA256, r.Started.UTC(), i.leans, string(body))
}

func (i *Import) do(ctx context.Context, name string, args ...any) error {
	_, err := i.conn.ExecContext(ctx, query(name), args...)
	return err
}
