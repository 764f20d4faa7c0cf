package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"behold"
	"behold/internal/phrase"
)

type customerCmd struct {
	ID       string `arg:"" help:"The customer's id, as in your files."`
	Day      string `help:"As of this day. Default: the last round." placeholder:"DAY"`
	Language string `help:"Language of the sentences: en, da, sv, nb or nl." default:"en" enum:"en,da,sv,nb,nl"`
	Orders   int    `help:"How many of the latest orders to show; 0: all." default:"20"`
	Format   string `help:"table or json." default:"table" enum:"table,json"`
}

func (c *customerCmd) Run(ctx context.Context, e *env, args []string) error {
	asked, err := day(c.Day, behold.NoDay)
	if err != nil {
		return err
	}
	a, done, err := e.open(ctx, args, "a look at a customer")
	if err != nil {
		return err
	}
	story, err := a.Story(ctx, c.ID, asked, c.Orders)
	if err != nil {
		return errors.Join(err, done())
	}
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return errors.Join(err, done())
	}
	if c.Format == "json" {
		err = sayJSON(e.Stdout, c.json(story, settings.Currency))
	} else {
		err = c.say(e, story, settings.Currency)
	}
	return errors.Join(err, done())
}

func (c *customerCmd) say(e *env, s *behold.Story, currency string) error {
	out := bufio.NewWriter(e.Stdout)
	words := phrase.For(c.Language).In(currency)
	fmt.Fprintf(out, "%s (%s)\n", line(cmp.Or(s.Customer.Name, s.Customer.ID)), line(s.Customer.ID))
	sayStanding(out, s, currency)
	for i := range s.Lamps {
		l := &s.Lamps[i]
		fmt.Fprintf(out, "\n%s since %s: %s\n  %s\n", strings.ToUpper(string(l.Kind)), l.Since, line(words.Says(l.Lamp)), words.GoesOut(l.Lamp))
	}
	if len(s.Kinds) > 0 {
		fmt.Fprintln(out, "\nbuys")
	}
	for _, k := range s.Kinds[:min(len(s.Kinds), 10)] {
		fmt.Fprintf(out, "  %-40.40s %9s, last %s, %s (%.0f %%)\n", line(k.Category), counted(k.Days, "day"), k.Last, k.Amount.Decimal(), 100*k.Share)
	}
	fmt.Fprintf(out, "\norders (%d of %d, latest first)\n", len(s.Orders), s.OrderTotal)
	for _, o := range s.Orders {
		fmt.Fprintf(out, "  %s  %-14s %12s  %9s  %s\n", behold.DayOf(o.At), line(o.Order), o.Amount.Decimal(), counted(o.Lines, "line"), line(strings.Join(o.Products, ", ")))
	}
	return out.Flush()
}

// sayStanding tells how the customer stands: rhythm, silence, chance and money.
func sayStanding(out io.Writer, s *behold.Story, currency string) {
	f, words := &s.Standing, phrase.For("en").In(currency)
	fmt.Fprintf(out, "as of %s: %s, %s, last on %s, silent for %s", s.Day, f.State, counted(int(f.Orders), "order"), f.Last, counted(int(f.SilentDays), "day"))
	if f.UsualGap > 0 {
		fmt.Fprintf(out, "; usually every %.0f (80 %% of the gaps between %.0f and %.0f)", f.UsualGap, f.UsualLow, f.UsualHigh)
	}
	fmt.Fprintf(out, "\nchance to buy nothing in the coming %s: %s (%s)", counted(s.Horizon, "day"), words.Percent(f.ChanceLeave), words.PercentRange(f.ChanceLeaveLow, f.ChanceLeaveHigh))
	if !f.Calibrated {
		fmt.Fprint(out, ", not yet checked against outcomes")
	}
	fmt.Fprintf(out, "\nvalue still to come if they stay: %s; at risk: %s\n", words.MoneyExact(f.Residual), words.MoneyExact(f.MoneyAtRisk))
}

// json gives the story with the names of DESIGN 5 where it has them.
func (c *customerCmd) json(s *behold.Story, currency string) map[string]any {
	words := phrase.For(c.Language).In(currency)
	var lamps []map[string]any
	for i := range s.Lamps {
		l := &s.Lamps[i]
		lamps = append(lamps, map[string]any{
			"lamp": l.Kind, "reason": l.Reason, "family": l.Reason.Family(), "state": l.State, "since": l.Since, "p": l.P,
			"says": words.Says(l.Lamp), "goes_out_when": words.GoesOut(l.Lamp), "next_step": words.NextStep(l.Lamp), "evidence": l.Evidence,
		})
	}
	var orders []map[string]any
	for _, o := range s.Orders {
		orders = append(orders, map[string]any{"order": o.Order, "at": o.At.Format("2006-01-02T15:04:05"), "amount": jsonCell(o.Amount), "lines": o.Lines, "return": o.Return, "products": o.Products})
	}
	var kinds []map[string]any
	for _, k := range s.Kinds {
		kinds = append(kinds, map[string]any{"category": k.Category, "days": k.Days, "first": k.First, "last": k.Last, "amount": jsonCell(k.Amount), "share": k.Share})
	}
	f := &s.Standing
	return map[string]any{
		"customer": s.Customer.ID, "name": s.Customer.Name, "country": s.Customer.Country, "day": s.Day, "horizon_days": s.Horizon,
		"state": f.State, "orders": f.Orders, "occasions": f.Occasions, "last_order": f.Last, "usual_gap_days": f.UsualGap,
		"silent_days": f.SilentDays, "silence_p": f.SilenceP, "expected_by": f.ExpectedBy, "lamp_on": f.LampOn, "chance_active": f.ChanceActive,
		"chance_leave": f.ChanceLeave, "chance_leave_low": f.ChanceLeaveLow, "chance_leave_high": f.ChanceLeaveHigh, "calibrated": f.Calibrated,
		"value": jsonCell(f.Value), "money_at_risk": jsonCell(f.MoneyAtRisk), "currency": cmp.Or(f.Value.Currency, currency),
		"lamps": lamps, "categories": kinds, "timeline": orders, "timeline_total": s.OrderTotal,
	}
}
