package main

import (
	"cmp"
	"context"

	"behold"
	"behold/internal/app"
	"behold/internal/economy"
)

type lossCmd struct {
	reportFlags
}

// Help is the manual page.
func (lossCmd) Help() string {
	return `Without contracts nobody says when they leave. Who counts as lost is found in the company's own
history: the silence after which at most 15 in 100 customers came back within a year. A loss is
dated to the month when the next purchase was due; who comes back is counted out again. Each month is
held against what was to be expected of those who were due, with limits that 95 of 100 normal months
keep, and a running sum that rings in vain once in five years (the setting arl0_months).

JSON: day, currency, definition (a sentence), definition_rule, customers, states; months, each with
month, lost, expected, low, high, signal (normal, worse, better; open while fewer than 90 % of its
losses are known; empty before there is anything to compare with; where provisional is true they
judge the nowcast) and, further on, low_998,
high_998, due, nowcast, complete, came_back and the same in money; survival_1y, survival_5y and
half_life_years, each with value, low, high and projected; says, last_twelve_complete,
known_after_months, complete_after_months, baseline; curve, projection, model, groups, differences,
cohorts, contracts, caveats. What cannot be said yet is null.

It needs orders: contracts end customers where they are given, but contracts alone, without an invoice
file, are not enough for a report. For a PDF, print the page of --html to a file from a browser.

CSV: a row for each month.

  behold report loss
  behold report loss --format csv
  behold report loss --html loss.html --language da`
}

func (c *lossCmd) Run(ctx context.Context, e *env, args []string) error {
	return c.company(ctx, e, args, "loss", func(a *app.App, r *economy.Reckoning) (any, func(*env) error, error) {
		l, err := a.LossReport(ctx, r, c.Language)
		return l, func(e *env) error { return sayMonthRows(e, r) }, err
	})
}

type funnelCmd struct {
	reportFlags
}

// Help is the manual page.
func (funnelCmd) Help() string {
	return `The customers as a funnel: new ones and those who came back flow in at the top, lost ones leak out at
the bottom; over the last twelve whole months, in customers and in money, with the reasons, how many
new ones it takes to stand still, and what losing fewer would bring.

JSON: day, currency, from, to, customers_before, new, returned, lost, probably, customers_after,
new_needed, loss_rate, steady_state (each with a range), money, reasons; months (new, returned, lost,
probably, customers); close_the_bottom for 10, 20, 30 and 50 % fewer losses.

CSV: a row for each month.

  behold report funnel
  behold report funnel --html funnel.html --language nl`
}

func (c *funnelCmd) Run(ctx context.Context, e *env, args []string) error {
	return c.company(ctx, e, args, "funnel", func(_ *app.App, r *economy.Reckoning) (any, func(*env) error, error) {
		f := r.Flows()
		return f, func(e *env) error { return sayFlowRows(e, f) }, nil
	})
}

type economyCmd struct {
	reportFlags
}

// Help is the manual page.
func (economyCmd) Help() string {
	return `For the owner, two pages: is the loss normal, where does the funnel leak, what does a lost customer
cost over the years, what goes into new and into existing customers, and what would moving some of it
bring. Then customers beside the usual figures, and who is loyal.

The sums are in money to come, discounted (settings years and discount_rate): margin where the files
say what goods cost, else turnover. Hours have a price when the setting hour_rate gives it.

JSON: day, currency; worth (one, newcomer, by_purchases, by_segment: customers, mean with its range,
median, low and high; base); effort (new, existing, won, cost_per_new, cost_per_kept, keep_to_acquire,
hour_on_new, hour_on_existing, chance_existing_pays_more, move_hours_a_week); ladder; classes.

CSV: part, what, value, low, high; one row a figure.

For a PDF, open the page of --html in a browser and print it to a file: it fills two sheets of A4.

  behold report economy
  behold report economy --html owner.html --language da`
}

func (c *economyCmd) Run(ctx context.Context, e *env, args []string) error {
	return c.company(ctx, e, args, "economy", func(_ *app.App, r *economy.Reckoning) (any, func(*env) error, error) {
		return r.Money(), func(e *env) error { return sayMoneyRows(e, r) }, nil
	})
}

type fairnessCmd struct {
	reportFlags
}

// Help is the manual page.
func (fairnessCmd) Help() string {
	return `What customers of more than a year paid in the last twelve months against what newcomers paid for the
same product in the same quarter and in like quantities; what equal terms would cost; and whether those
who came by an offer stay as long as the others.

JSON: day, currency, lines, customers, paid, newcomers, dearer_by, over, dearer, products,
intro_discounts, lamps_pays_more, offers (customers, lost, survival_1y), offers_differ (p, p_holm).

CSV: a row for each product: product, customers, paid and newcomers (a piece), over.

  behold report fairness
  behold report fairness --format csv`
}

func (c *fairnessCmd) Run(ctx context.Context, e *env, args []string) error {
	return c.company(ctx, e, args, "fairness", func(_ *app.App, r *economy.Reckoning) (any, func(*env) error, error) {
		return r.Terms(), func(e *env) error { return sayPriceRows(e, r) }, nil
	})
}

// company makes a report on the company as a whole.
func (c *reportFlags) company(ctx context.Context, e *env, args []string, which string, take func(*app.App, *economy.Reckoning) (any, func(*env) error, error)) error {
	return c.report(ctx, e, args, "a report of "+which, func(a *app.App, day behold.Day, bar func(done, total int64)) (reported, error) {
		r, err := a.Reckoning(ctx, day, bar)
		if err != nil {
			return reported{}, err
		}
		doc, err := a.CompanyPaper(ctx, which, r, c.Language)
		if err != nil {
			return reported{}, err
		}
		figures, rows, err := take(a, r)
		return reported{figures, doc, rows}, err
	})
}

func sayMonthRows(e *env, r *economy.Reckoning) error {
	out, err := newRows(e.Stdout, "csv", []string{
		"month", "lost", "expected", "low", "high", "signal", "nowcast", "complete", "came_back", "due", "money", "money_expected", "money_low", "money_high", "currency",
	}, nil)
	if err != nil {
		return err
	}
	for i := range r.Loss.Months {
		m := &r.Loss.Months[i]
		err = cmp.Or(err, out.Put(m.Month, m.Lost, known(m.Expected), whole(m.Low), whole(m.High), m.Signal, m.Nowcast, m.Complete, m.CameBack, m.Due,
			m.Money, known(m.MoneyWould), known(m.MoneyLow), known(m.MoneyHigh), r.Currency))
	}
	return out.End(err)
}

// whole is a number for a cell, empty when it is not known.
func whole(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}

func sayFlowRows(e *env, f *economy.FunnelReport) error {
	out, err := newRows(e.Stdout, "csv", []string{"month", "new", "returned", "lost", "probably", "customers"}, nil)
	if err != nil {
		return err
	}
	for _, m := range f.Months {
		err = cmp.Or(err, out.Put(m.Month, m.Came, m.Returned, m.Lost, m.Probably, m.Stock))
	}
	return out.End(err)
}

func sayMoneyRows(e *env, r *economy.Reckoning) error {
	out, err := newRows(e.Stdout, "csv", []string{"part", "what", "customers", "value", "low", "high", "currency"}, nil)
	if err != nil {
		return err
	}
	for _, f := range r.Figures() {
		customers := any(f.Customers)
		if f.Customers == 0 {
			customers = nil
		}
		err = cmp.Or(err, out.Put(f.Part, f.What, customers, known(f.Value), known(f.Low), known(f.High), r.Currency))
	}
	return out.End(err)
}

func sayPriceRows(e *env, r *economy.Reckoning) error {
	out, err := newRows(e.Stdout, "csv", []string{"product", "customers", "paid", "newcomers", "over", "currency"}, nil)
	if err != nil {
		return err
	}
	for _, p := range r.Fair.Products {
		err = cmp.Or(err, out.Put(p.Product, p.Customers, p.Paid, p.Newcomers, p.Over, r.Currency))
	}
	return out.End(err)
}
