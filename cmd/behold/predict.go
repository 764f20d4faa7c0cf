package main

import (
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
	return `Fits a model as behold fit does, or takes what that printed, and writes what follows:

  bgnbd mbgnbd paretonbd mbgcnbdk   one row per customer: p_alive, expected purchases and
                                    p_no_purchase within the horizon; p_no_purchase ranks who
                                    leaves, p_alive does not
  gammagamma                        one row per customer: what one more purchase is worth
  km, cox, sbg, bdw                 the share still here, one row per time
  cox --horizon N                   one row per customer: how much faster than the mean they
                                    leave, and the chance to stay N longer

  behold predict mbgnbd invoices.csv --horizon 26 --format csv
  behold predict bgnbd summary.csv --params fit.json`
}

func (c *predictCmd) Run(e *env) error {
	if c.Horizon < 0 || !stat.Finite(c.Horizon) {
		return usage("the horizon is to be above 0", "try --horizon 26")
	}
	saved, err := savedReport(e, c.Params)
	if err != nil {
		return err
	}
	model, err := c.fit(e, saved)
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
	return out.End(model.predict(horizon, out.Put))
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
