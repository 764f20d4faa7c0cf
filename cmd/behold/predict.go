package main

import (
	"context"
	"encoding/json"
	"os"

	"behold"
	"behold/stat"
)

type predictCmd struct {
	trial
	Params  string  `help:"What behold fit printed, instead of fitting again." placeholder:"FILE"`
	Horizon float64 `help:"Periods ahead. Default: 12; cox without it gives the curve." placeholder:"N"`
	Format  string  `help:"table, json or csv." default:"table" enum:"table,json,csv"`
}

// Help is the manual page of predict.
func (predictCmd) Help() string {
	return `Fits a model as behold fit does, or takes what that printed, and writes what follows. Ranges
(low, high) are of 95 %.

bgnbd mbgnbd paretonbd mbgcnbdk: one row per customer
  customer, p_alive    the chance that they have not left for good
  expected             purchases within the horizon
  p_no_purchase        the chance of none; this ranks who leaves, p_alive does not
gammagamma: one row per customer
  customer, mean_spend what one more purchase is worth; empty where no mean exists
km: one row per group and time
  group, time, at_risk, left, survival (the share still here), low, high
cox: one row per stratum and time, for a customer with the mean of every covariate
  stratum, time, survival, low, high
cox --horizon N: one row per customer
  customer, left, times_the_mean (how much faster than such a customer they leave),
  stays_on (the chance to stay N longer; empty for who has left)
sbg bdw: one row per period, those observed and the horizon beyond
  period, survival, low, high, retention (of those who were there a period before),
  retention_low, retention_high, projected; no ranges with --params

  behold predict mbgnbd invoices.csv --horizon 26 --format csv
  behold predict bgnbd summary.csv --params fit.json`
}

func (c *predictCmd) Run(ctx context.Context, e *env) error {
	if c.Horizon < 0 || !stat.Finite(c.Horizon) {
		return usage("the horizon is to be above 0", "try --horizon 26")
	}
	saved, err := savedReport(e, c.Params)
	if err != nil {
		return err
	}
	model, err := c.fit(ctx, e, saved)
	if err != nil {
		return err
	}
	if ahead, ok := model.(interface{ perCustomer() }); ok && c.Horizon > 0 {
		ahead.perCustomer()
	}
	horizon := c.Horizon
	if horizon == 0 {
		horizon = 12
	}
	out, err := newRows(e.Stdout, c.Format, model.columns(), nil)
	if err != nil {
		return err
	}
	if err := out.End(model.predict(horizon, out.Put)); err != nil {
		return err
	}
	return c.ended()
}

// savedReport reads what fit printed; nil when no file was named.
func savedReport(e *env, path string) (*report, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(e.Path(path))
	if err != nil {
		return nil, &behold.Error{Kind: behold.Unavailable, Say: "the parameters cannot be read", Hint: "--params takes the file that behold fit was written to", Err: err}
	}
	saved := new(report)
	if err := json.Unmarshal(text, saved); err != nil {
		return nil, &behold.Error{Kind: behold.Invalid, Say: path + " is not what behold fit prints", Hint: "write it with behold fit MODEL FILE > fit.json", Err: err}
	}
	return saved, nil
}
