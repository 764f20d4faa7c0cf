package main

import (
	"context"
	"encoding/json"
)

type fitCmd struct {
	trial
}

// Help is the manual page of fit.
func (fitCmd) Help() string {
	return `Fits a model of the statistics to a file of yours, and prints as JSON what it found: model,
params, log_likelihood, customers, seconds, converged, caveats. The data folder is not touched.
The file is CSV (comma, semicolon, tab; gzip too) or XLSX.

Customers who come and stay away (bgnbd, mbgnbd, paretonbd, mbgcnbdk) and what they spend
(gammagamma) are read in one of two forms:

  repeats, last, age [, spend] [, n]   purchases after the first, time from first to last,
                                       time from first to today; mean spend of the repeats,
                                       customers in this row (frequency, recency, T, x, t_x,
                                       monetary_value, weight are understood)
  customer, date [, amount]            raw transactions: days of one customer count once,
                                       up to --until, in the unit of --period; the amount may
                                       be quantity, price, discount instead

Raw transactions are read as behold import reads orders: the same names in five languages,
dates, decimal commas. Rows without customer or date are left out, counted and told, and the
command then ends with 3. What was given back is no purchase.

mbgcnbdk needs raw transactions, or a column log_gaps (sum of ln(gap)). Stays (km, cox) have
duration, event (1: left, 0: still here) and may have entry (age when first watched; start and
stop are understood too), n, group (km), stratum and cluster (cox); every other column is a
covariate of cox, words as columns of 0 and 1. Contracts (sbg, bdw) have period, active and may have
segment, of which --segment takes one, and cohort, of which all go together.

Each caveat has a code and a sentence. Estimates have ranges of 95 %; null is what the data do
not tell. --resamples N adds ranges from customers drawn anew. To rank who leaves take p_no_purchase of behold predict, not p_alive.

  behold fit bgnbd summary.csv
  behold fit mbgnbd invoices.csv --until 2025-06-30
  behold fit cox stays.csv --column duration=week,event=arrest
  behold fit sbg contracts.csv --segment highend --until 7`
}

func (c *fitCmd) Run(ctx context.Context, e *env) error {
	model, err := c.fit(ctx, e, nil)
	if err != nil {
		return err
	}
	out := json.NewEncoder(e.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(model.report()); err != nil {
		return err
	}
	return c.ended()
}
