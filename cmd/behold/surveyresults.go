package main

import (
	"cmp"
	"context"
	"errors"

	"behold"
	"behold/internal/app"
	"behold/internal/round"
	"behold/internal/survey"
)

type resultsCmd struct {
	From    string `help:"Answers given from this day on. Default: those of the last four years." placeholder:"DAY"`
	To      string `help:"Answers given up to this day." placeholder:"DAY"`
	Answers bool   `help:"Every answer that is counted, instead of the quarters: who gave it, by which lot, and what it stands for."`
	Day     string `help:"As of this day. Default: today, or the last day in the data when that is earlier." placeholder:"DAY"`
	Format  string `help:"table, json or csv." default:"table" enum:"table,json,csv"`
}

// Help is the manual page.
func (resultsCmd) Help() string {
	return `Says how many customers are very satisfied, quarter by quarter; each quarter begins anew. The
interval (low to high) holds the true share at all looks together, so that looking every day does
no harm. Of each customer the first answer of a quarter counts. flattering is "satisfied or
better", as satisfaction is usually told.

method: counted (at most 2,000 customers, drawn without replacement), exact (more of them), or
weighted (it is known who was asked, with which chance, and how likely each was to answer; from 50
answers on). n_eff is how many answers of equal weight would say as much. asked, response_rate and
sensitivity (the share, were those who did not answer 10 points less often very satisfied) are
known only of surveys that Behold sent; answers from files leave them empty.

JSON has the whole reading: day, customers, now (the window to speak of), windows[] (from, to,
open, n, top, share, low, high, method, customers, n_eff, weighted, asked, response_rate,
flattering, sensitivity, nps, effort), watch (changes[]: the only thing to be called a change,
wrongly once in three years at most), touchpoints[], segments[], items[] (n, share, low, high,
shrunk with its range, chance_best, few), table[] (attitude, behaviour, called, customers),
drivers (items[]: share, low, high, chance_top_three, share_without_halo, priority; from 150
answers) and repurchase (verdict, levels[], hazard_ratio, chance_ratio with chance_ceiling,
odds_ratio, loss_rate_ratio; from 30 purchases and 30 losses of both levels). The last four are of
this quarter and the three before, and of each customer the last answer.
CSV and table have a row for each quarter.

With --answers there is a row for each answer that a quarter counts: quarter, customer, answered_on,
value, scale_max, very_satisfied, drawn_on, stratum, pi (chance of being drawn in the quarter), rho
(chance of answering) and weight, which is 1/(pi rho), trimmed and raked. What is not known is empty.
The lots themselves: behold survey draw --dry-run.

  behold survey results
  behold survey results --answers --format csv
  behold survey results --from 2025-01-01 --to 2025-06-30 --format json`
}

func (c *resultsCmd) Run(ctx context.Context, e *env, args []string) error {
	q := round.VoiceQuery{Deep: c.Format == "json" && !c.Answers, Answers: c.Answers}
	for _, one := range []struct {
		flag string
		into *behold.Day
	}{{c.Day, &q.Day}, {c.From, &q.From}, {c.To, &q.To}} {
		var err error
		if *one.into, err = day(one.flag, behold.NoDay); err != nil {
			return err
		}
	}
	if q.From.Known() && q.To.Known() && q.From > q.To {
		return usage("--from "+c.From+" is after --to "+c.To, "turn them round")
	}
	a, done, err := e.open(ctx, args, "the results of surveys")
	if err != nil {
		return err
	}
	bar := e.progress("survey")
	r, err := a.Voice(ctx, q, bar.To)
	bar.End()
	if err == nil {
		err = c.say(e, r)
	}
	return errors.Join(err, done())
}

func (c *resultsCmd) say(e *env, r *round.VoiceReport) error {
	if c.Answers {
		return c.list(e, r)
	}
	if c.Format == "json" {
		return sayJSON(e.Stdout, r)
	}
	out, err := newRows(e.Stdout, c.Format, []string{
		"from", "to", "open", "n", "very_satisfied", "share", "low", "high", "method", "customers", "n_eff", "asked", "response_rate", "flattering", "sensitivity",
		"nps", "nps_low", "nps_high", "effort", "effort_low", "effort_high",
	}, nil)
	if err != nil {
		return err
	}
	for i := range r.Windows {
		if err := out.Put(windowCells(&r.Windows[i])...); err != nil {
			return out.End(err)
		}
	}
	return out.End(nil)
}

// list says every answer that is counted.
func (c *resultsCmd) list(e *env, r *round.VoiceReport) error {
	out, err := newRows(e.Stdout, c.Format, survey.WeighedColumns(), nil)
	if err != nil {
		return err
	}
	for i := range r.Counted {
		a := &r.Counted[i]
		if err := out.Put(a.Quarter, a.Customer, a.At, a.Value, a.Scale, a.Very, a.Drawn, a.Stratum, known(a.Pi), known(a.Rho), known(a.Weight)); err != nil {
			return out.End(err)
		}
	}
	return out.End(nil)
}

func windowCells(w *survey.Window) []any {
	cells := []any{w.From, w.To, w.Open, w.N, w.Top, w.Value, w.Low, w.High, w.Method, w.Customers, w.Effective, nil, known(w.Response), w.Flattering, known(w.Sensitivity)}
	if w.Asked != nil {
		cells[11] = *w.Asked
	}
	for _, s := range []*survey.Score{w.NPS, w.Effort} {
		if s == nil {
			cells = append(cells, nil, nil, nil)
		} else {
			cells = append(cells, s.Value, s.Low, s.High)
		}
	}
	return cells
}

type voiceCmd struct {
	reportFlags
}

// Help is the manual page.
func (voiceCmd) Help() string {
	return `What customers say: how many are very satisfied and how sure that is, quarter by quarter; at each
touchpoint of their journey and in each segment; which of nine wishes goes most with buying again;
what very satisfied customers then do that satisfied ones do not, with a verdict on the rule of
thumb that they buy five to ten times as often; and who is unhappy but stays, or was satisfied and
left.

JSON: as behold survey results --format json. CSV: part, name, n, value, low, high, note; a row a
figure.

  behold report voice
  behold report voice --html voice.html --language da`
}

func (c *voiceCmd) Run(ctx context.Context, e *env, args []string) error {
	return c.report(ctx, e, args, "a report of what customers say", func(a *app.App, day behold.Day, bar func(done, total int64)) (reported, error) {
		r, err := a.Voice(ctx, round.VoiceQuery{Day: day, From: behold.NoDay, To: behold.NoDay, Deep: true}, bar)
		if err != nil {
			return reported{}, err
		}
		doc, err := a.VoicePaper(ctx, r, c.Language)
		return reported{r, doc, func(e *env) error { return sayVoiceRows(e, r) }}, err
	})
}

func sayVoiceRows(e *env, r *round.VoiceReport) error {
	out, err := newRows(e.Stdout, "csv", []string{"part", "name", "n", "value", "low", "high", "note"}, nil)
	if err != nil {
		return err
	}
	var failed error
	put := func(cells ...any) { failed = cmp.Or(failed, out.Put(cells...)) }
	for i := range r.Windows {
		w := &r.Windows[i]
		put("very_satisfied", w.From.String(), w.N, w.Value, w.Low, w.High, w.Method)
		put("satisfied_or_better", w.From.String(), w.N, w.Flattering, nil, nil, "flattering")
	}
	for _, part := range []struct {
		name string
		list []survey.Part
	}{{"touchpoint", r.Touchpoints}, {"segment", r.Segments}, {"item", r.Items}} {
		for _, p := range part.list {
			put(part.name, p.Name, p.N, p.Value, p.Low, p.High, map[bool]string{true: "few"}[p.Few])
		}
	}
	if r.Drivers != nil {
		for _, d := range r.Drivers.Items {
			put("driver", d.Item, d.Answers, d.Share, d.Low, d.High, nil)
		}
	}
	for _, c := range r.Table {
		put("table", c.Attitude+" and "+c.Behaviour, c.Customers, nil, nil, nil, c.Called)
	}
	if r.Repurchase != nil {
		putRepurchase(r.Repurchase, put)
	}
	return out.End(failed)
}

func putRepurchase(r *survey.Repurchase, put func(...any)) {
	for _, l := range r.Levels {
		put("after_answer", l.Level, l.Answers, l.Bought, nil, nil, nil)
	}
	for _, x := range []struct {
		name  string
		ratio *survey.Ratio
	}{{"hazard_ratio", r.Hazard}, {"chance_ratio", r.Chances}, {"odds_ratio", r.Odds}, {"loss_rate_ratio", r.LossRates}} {
		if x.ratio != nil {
			put("very_satisfied_against_satisfied", x.name, nil, x.ratio.Value, x.ratio.Low, x.ratio.High, r.Verdict)
		}
	}
}
