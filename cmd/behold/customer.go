package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
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

// Help is the manual page.
func (customerCmd) Help() string {
	return `How a customer stands, why they may leave and who says so, which lamps are lit and what puts
each out, what colleagues decided, what they buy, their orders, and what else they had to do with
the company: contacts, tickets, promises, answers, quotes.

A main reason was said by the customer or a colleague, read in what they wrote, or inferred from
all lamps together; an inferred one has its chance and that of its family. The chance to leave has
its range; as long as it was not checked against the company's own outcomes, it says so. It is all
there is, for whoever does the sums: also the lamps of one whom the lot holds out of the lists
(behold report effect), of whom the pages show none.

JSON: beside the columns of behold standings, residual (what is still to come over the years of the
settings if they stay: what losing them costs) with residual_low and residual_high (80 %, null where
it cannot be said), lamps with p and p_star as behold lamps has them,
reason_source, reason_chance, family_chance, likely_reasons, silent (leaves without a word), acts, cases (the work to keep them),
mood, events, categories and timeline (the orders).

  behold customer K-1042
  behold customer K-1042 --day 2025-05-31 --format json`
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
	sayGrounds(out, s, words)
	for i := range s.Lamps {
		l := &s.Lamps[i]
		fmt.Fprintf(out, "\n%s since %s%s: %s\n  %s\n", strings.ToUpper(string(l.Kind)), l.Since, stateOf(&l.Lamp), line(words.Says(l.Lamp)), words.GoesOut(l.Lamp))
	}
	sayActs(out, s)
	sayCases(out, s, words)
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
	if s.EventTotal > 0 {
		fmt.Fprintf(out, "\nbeside orders (%d of %d, latest first)\n", len(s.Events), s.EventTotal)
	}
	for i := range s.Events {
		v := &s.Events[i]
		fmt.Fprintf(out, "  %s  %-10s %-12s %-9s %s\n", v.At.Day(), v.Table, line(v.ID), v.State, line(strings.Join(spoken(v.Channel, v.Subject, v.Text), ": ")))
	}
	return out.Flush()
}

// spoken leaves out what nobody said.
func spoken(words ...string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// stateOf says what has become of a lamp that does not just burn.
func stateOf(l *behold.Lamp) string {
	switch {
	case l.State == behold.Snoozed && l.Until.Known():
		return ", snoozed until " + l.Until.String()
	case l.State != behold.Lit:
		return ", " + strings.ReplaceAll(string(l.State), "_", " ")
	}
	return ""
}

// sayGrounds tells why the customer may leave, or left, and who says so.
func sayGrounds(out io.Writer, s *behold.Story, words *phrase.Phrases) {
	g := &s.Standing.Grounds
	if s.Standing.MainReason == "" {
		return
	}
	fmt.Fprintf(out, "main reason: %s (%s)", words.Reason(s.Standing.MainReason), words.Family(s.Standing.MainReason.Family()))
	switch g.Source {
	case behold.SaidByCustomer, behold.SaidByColleague:
		fmt.Fprintf(out, ", said by the %s", g.Source)
	case behold.ReadInText:
		fmt.Fprint(out, ", read in what they wrote")
	case behold.Inferred:
		fmt.Fprintf(out, ", inferred: %s likely, its family %s", words.Percent(g.Chance), words.Percent(g.Family))
	}
	if g.Silent {
		fmt.Fprint(out, "; has not complained, called or answered")
	}
	fmt.Fprintln(out)
}

// sayActs tells what colleagues decided about the lamps, and how they think the
// customer feels.
func sayActs(out io.Writer, s *behold.Story) {
	if s.Mood.Feels != "" {
		fmt.Fprintf(out, "\nmood: %s, said on %s: %s\n", s.Mood.Feels, behold.DayOf(s.Mood.At), line(s.Mood.Note))
	}
	if len(s.Acts) > 0 {
		fmt.Fprintln(out, "\ndecided")
	}
	for _, a := range s.Acts {
		fmt.Fprintf(out, "  %s  %s %s", behold.DayOf(a.At), a.Kind, strings.ReplaceAll(string(a.State), "_", " "))
		if a.Until.Known() {
			fmt.Fprintf(out, " until %s", a.Until)
		}
		if a.Why != "" {
			fmt.Fprintf(out, ": %s", line(a.Why))
		}
		fmt.Fprintln(out)
	}
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
	fmt.Fprintf(out, "\nvalue still to come if they stay: %s", words.MoneyExact(f.Residual))
	if s.CostHigh.Minor > 0 {
		fmt.Fprintf(out, " (%s to %s)", words.Rough(s.CostLow), words.Rough(s.CostHigh))
	}
	fmt.Fprintf(out, "; at risk: %s\n", words.MoneyExact(f.MoneyAtRisk))
}

// json gives the story with the names of DESIGN 5 where it has them.
func (c *customerCmd) json(s *behold.Story, currency string) map[string]any {
	words := phrase.For(c.Language).In(currency)
	var lamps []map[string]any
	for i := range s.Lamps {
		l := &s.Lamps[i]
		lamps = append(lamps, map[string]any{
			"lamp": l.Kind, "reason": l.Reason, "family": l.Reason.Family(), "state": l.State, "since": l.Since, "until": jsonCell(until(&l.Lamp)), "p": l.P, "p_star": l.PStar,
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
	g := &f.Grounds
	return map[string]any{
		"main_reason": f.MainReason, "family": f.MainReason.Family(), "reason_source": g.Source, "reason_chance": g.Chance, "family_chance": g.Family,
		"likely_reasons": g.Likely, "silent": g.Silent, "acts": s.Acts, "cases": casesJSON(s.Cases), "mood": s.Mood, "events": eventsJSON(s.Events), "events_total": s.EventTotal,
		"customer": s.Customer.ID, "name": s.Customer.Name, "country": s.Customer.Country, "day": s.Day, "horizon_days": s.Horizon,
		"state": f.State, "orders": f.Orders, "occasions": f.Occasions, "last_order": f.Last, "usual_gap_days": f.UsualGap,
		"silent_days": f.SilentDays, "silence_p": f.SilenceP, "expected_by": f.ExpectedBy, "lamp_on": f.LampOn, "chance_active": f.ChanceActive,
		"chance_leave": f.ChanceLeave, "chance_leave_low": f.ChanceLeaveLow, "chance_leave_high": f.ChanceLeaveHigh, "calibrated": f.Calibrated,
		"value": jsonCell(f.Value), "money_at_risk": jsonCell(f.MoneyAtRisk), "currency": cmp.Or(f.Value.Currency, currency),
		"residual": jsonCell(f.Residual), "residual_low": rangeCell(s, s.CostLow), "residual_high": rangeCell(s, s.CostHigh),
		"lamps": lamps, "categories": kinds, "timeline": orders, "timeline_total": s.OrderTotal,
	}
}

// rangeCell is an end of the range of what is still to come, null where there is none.
func rangeCell(s *behold.Story, end behold.Money) any {
	if s.CostHigh.Minor <= 0 {
		return nil
	}
	return jsonCell(end)
}

// until is the day on which a snoozed lamp is lit again.
func until(l *behold.Lamp) behold.Day {
	if l.State == behold.Snoozed {
		return l.Until
	}
	return behold.NoDay
}

func eventsJSON(list []behold.Event) []map[string]any {
	var all []map[string]any
	for i := range list {
		v := &list[i]
		all = append(all, map[string]any{
			"table": v.Table, "id": v.ID, "day": v.At.Day(), "direction": v.Direction, "channel": v.Channel, "state": v.State,
			"subject": v.Subject, "text": v.Text, "colleague": v.Colleague, "person": v.Person, "value": jsonCell(v.Value), "scale": jsonCell(v.Scale),
		})
	}
	return all
}
