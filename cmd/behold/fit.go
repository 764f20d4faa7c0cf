package main

import (
	"encoding/json"
)

type fitCmd struct {
	trial
}

// Help is the manual page of fit.
func (fitCmd) Help() string {
	return `Fits a model of the statistics to a file of yours, and prints as JSON what it found: model,
params, log_likelihood, customers, seconds, converged, caveats. The data folder is not touched.

Customers who come and stay away (bgnbd, mbgnbd, paretonbd, mbgcnbdk) and what they spend
(gammagamma) are read in one of two forms:

  repeats, last, age [, spend] [, n]   purchases after the first, time from first to last,
                                       time from first to today; mean spend of the repeats,
                                       customers in this row (frequency, recency, T, x, t_x,
                                       monetary_value, weight are understood)
  customer, date [, amount]            raw transactions: days of one customer count once,
                                       up to --until, in the unit of --period

mbgcnbdk needs raw transactions, or a column log_gaps (sum of ln(gap)). Stays (km, cox) have
duration, event (1: left, 0: still here) and may have entry, n, group; every other column is a
covariate of cox, words as columns of 0 and 1. Contracts (sbg, bdw) have period, active and may
have segment, of which --segment takes one, and cohort, of which all go together.

To rank who leaves take p_no_purchase of behold predict, not p_alive.

  behold fit bgnbd summary.csv
  behold fit mbgnbd invoices.csv --until 2025-06-30
  behold fit cox stays.csv --column duration=week,event=arrest
  behold fit sbg contracts.csv --segment highend --until 7`
}

func (c *fitCmd) Run(e *env) error {
	model, err := c.fit(e, nil)
	if err != nil {
		return err
	}
	out := json.NewEncoder(e.Stdout)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(model.report())
}
