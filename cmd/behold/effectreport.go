package main

import (
	"cmp"
	"context"

	"behold"
	"behold/internal/app"
	"behold/internal/task"
)

type effectReportCmd struct {
	reportFlags
}

// Help is the manual page.
func (effectReportCmd) Help() string {
	return `Says whether attention kept customers, and what one kept customer cost. Whoever would come on a list
for the first time draws a lot: an episode begins, and with the chance of the settings holdout_share
(for 26 weeks, then holdout_share_later) the customer is held out: on no list, and shown to nobody
who works with customers, until the episode ends. Complaints, broken promises, a contract's notice,
customers who have closed or moved, whom a colleague has in hand, VIPs and the most valuable
(vip_share_exempt) draw none. An episode lasts as long as "leaves" looks ahead; what came of it is
read once, when it has ended. behold lamps and behold standings list those who are held out as well.

From 100 outcomes on, 20 of them held out, there is an effect; before that the prior is shown as
prior, and what the trial can be expected to show. With holdout_share 0 no effect is claimed.

JSON: day, stage (off, waiting, early, shown), since, weeks, horizon_days, currency, holdout_share;
episodes (begun, held, read, read_held, unread, next_ends); effect (value, low, high, level,
with_attention, held_out, n, n_held, verdict helps|harms|not proven, method), by assignment;
customers_kept; spoken_to and effect_on_spoken_to (effect over the difference between the shares of
both arms that were spoken to: worked out, not compared by lot); margin_180_days; cost_per_kept
(value, low, high, hours, hour_rate, total, of_spoken, shown_kept; null without a setting hour_rate;
high is null while it may keep nobody); by_reason_and_action (share_of_danger, effect and prior, the
part believed beforehand); choosing (area, n, n_learned, proven); false_alarms (value, low, high: the
share of those on a list who would have stayed anyway, told by the held out alone; n, n_held, stayed,
foreseen, per_100_month with per_100_low and per_100_high, dial, verdict as foreseen|more|fewer);
guardrails (complaints, unsubscribed, objections, discount, minutes_per_case: n, n_held, both arms and
the difference with its range), not_there; balance (in standard_deviations); power (episodes_a_month, holdout_share, effect, months, chance, by_month);
prior; looks (the effect at the end of each month). A range holds at every look.

CSV: part, what, n, n_held, value, low, high, verdict; one row a figure.

  behold report effect
  behold report effect --format json
  behold report effect --html effect.html --language da`
}

func (c *effectReportCmd) Run(ctx context.Context, e *env, args []string) error {
	return c.report(ctx, e, args, "a report of what attention did", func(a *app.App, day behold.Day, _ func(done, total int64)) (reported, error) {
		r, err := a.Effect(ctx, day)
		if err != nil {
			return reported{}, err
		}
		doc, err := a.EffectPaper(ctx, r, c.Language)
		return reported{r, doc, func(e *env) error { return sayEffectRows(e, r) }}, err
	})
}

func sayEffectRows(e *env, r *task.Report) error {
	out, err := newRows(e.Stdout, "csv", []string{"part", "what", "n", "n_held", "value", "low", "high", "verdict"}, nil)
	if err != nil {
		return err
	}
	var failed error
	put := func(cells ...any) { failed = cmp.Or(failed, out.Put(cells...)) }
	span := func(part, what string, n, held any, s *task.Span, verdict any) {
		put(part, what, n, held, known(s.Value), known(s.Low), known(s.High), verdict)
	}
	put("stage", string(r.Stage), r.Episodes.Begun, r.Episodes.Held, nil, nil, nil, nil)
	if f := r.Effect; f != nil {
		span("effect", "kept", f.N, f.Held, &f.Span, f.Verdict)
		span("customers_kept", "", f.N-f.Held, nil, r.Customers, nil)
	}
	if r.OnSpoken != nil {
		span("effect_on_spoken_to", "kept", nil, nil, r.OnSpoken, nil)
	}
	if f := r.Margin; f != nil {
		span("effect", "margin_180_days", f.N, f.Held, &f.Span, f.Verdict)
	}
	if r.Cost != nil {
		span("cost_per_kept", r.Currency, nil, nil, &r.Cost.Span, nil)
	}
	for i := range r.Cells {
		cell := &r.Cells[i]
		span("by_reason_and_action", string(cell.Reason)+" "+string(cell.Action), cell.N, cell.Held, &cell.Effect, nil)
	}
	if r.Choosing != nil {
		span("choosing", "area", r.Choosing.N, nil, &r.Choosing.Area, map[bool]string{true: "proven", false: "not proven"}[r.Choosing.Proven])
	}
	if f := r.False; f != nil {
		span("false_alarms", "share", f.N, f.Held, &f.Span, f.Honest)
	}
	for i := range r.Guards {
		span("guardrail", r.Guards[i].What, r.Guards[i].N, r.Guards[i].Held, &r.Guards[i].Worse, r.Guards[i].Verdict)
	}
	for _, b := range r.Balance {
		put("balance", b.What, nil, nil, b.Apart, nil, nil, nil)
	}
	if r.Power != nil {
		put("power", "chance", nil, nil, r.Power.Chance, nil, nil, nil)
	}
	for _, look := range r.Looks {
		span("look", look.Day.String(), look.N, nil, &look.Span, nil)
	}
	return out.End(failed)
}
