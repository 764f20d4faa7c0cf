package main

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"behold"
)

type standingsCmd struct {
	Day     string `help:"As of this day. Default: the last round." placeholder:"DAY"`
	Horizon int    `help:"Days that \"leaves\" looks ahead. Default: that of the round." placeholder:"DAYS"`
	Format  string `help:"table, json or csv." default:"table" enum:"table,json,csv"`
	Sort    string `help:"money, name, value, silence, chance, last or orders." default:"money" enum:"money,name,value,silence,chance,last,orders"`
	Limit   int    `help:"At most so many rows; 0: all." placeholder:"N"`
}

// Help is the manual page.
func (standingsCmd) Help() string {
	return `One row for each customer: how often and how lately they bought, how usual their silence is
(silence_p), the chance that they are still customers (chance_active), the chance that they
buy nothing in the next days (chance_leave, with its range), what they are worth and what is
at risk, the main reason and the lamps that are lit. chance_leave is learned from the company's
own outcomes and moved by lit lamps; calibrated says whether it was checked against outcomes.
value is what is still to come, times chance_active; money_at_risk is what is to come if they
stay, times chance_leave, and 0 of the lost. state is new, active, quiet, lost, returned or closed.
Reasons and lamps are those of everybody, also of customers whom the lot holds out of the lists
(behold report effect), of whom pages show none. A day or horizon that no round was walked for is walked now and not kept.

  behold standings --format csv
  behold standings --day 2025-05-31 --horizon 90 --format json`
}

var standingColumns = []string{
	"customer", "state", "orders", "occasions", "last_order", "usual_gap_days", "silent_days", "silence_p",
	"chance_active", "chance_leave", "chance_leave_low", "chance_leave_high", "calibrated", "value", "money_at_risk",
	"currency", "loyalty_index", "main_reason", "lamps",
}

func (c *standingsCmd) Run(ctx context.Context, e *env, args []string) error {
	asked, err := day(c.Day, behold.NoDay)
	if err != nil {
		return err
	}
	if c.Horizon < 0 || c.Horizon > 3650 {
		return usage("a horizon is a number of days between 1 and 3650", "try --horizon 90")
	}
	a, done, err := e.open(ctx, args, "a list of standings")
	if err != nil {
		return err
	}
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return errors.Join(err, done())
	}
	out, err := newRows(e.Stdout, c.Format, standingColumns, []string{"customer", "state", "orders", "last_order", "usual_gap_days", "silent_days", "chance_leave", "money_at_risk", "lamps"})
	if err != nil {
		return errors.Join(err, done())
	}
	query := behold.StandingQuery{Day: asked, Held: true, Horizon: c.Horizon, Slice: behold.Slice{Sort: c.Sort, Desc: c.Sort != "name", Limit: c.Limit}}
	err = a.Standings(ctx, query, func(s *behold.Standing) error { return putStanding(out, settings.Currency, s) })
	return errors.Join(out.End(err), done())
}

func putStanding(out *rows, currency string, s *behold.Standing) error {
	lamps := make([]string, len(s.Lamps))
	for i, l := range s.Lamps {
		lamps[i] = string(l)
	}
	var gap, loyalty, reason any
	if s.UsualGap > 0 {
		gap = s.UsualGap
	}
	if s.LoyaltyIndex >= 0 {
		loyalty = s.LoyaltyIndex
	}
	if s.MainReason != "" {
		reason = string(s.MainReason)
	}
	return out.Put(s.ID, string(s.State), s.Orders, s.Occasions, s.Last, gap, s.SilentDays, s.SilenceP,
		s.ChanceActive, s.ChanceLeave, s.ChanceLeaveLow, s.ChanceLeaveHigh, s.Calibrated, s.Value, s.MoneyAtRisk,
		cmp.Or(s.Value.Currency, currency), loyalty, reason, strings.Join(lamps, ";"))
}
