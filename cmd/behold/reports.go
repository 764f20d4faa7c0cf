package main

import (
	"cmp"
	"context"
	"errors"
	"os"

	"behold"
	"behold/internal/app"
	"behold/internal/lamp"
	"behold/internal/paper"
	"behold/internal/round"
)

type reportCmd struct {
	Reasons  reasonsCmd      `cmd:"" help:"Why customers left: what they said, what the records point to, what could be helped."`
	Voice    voiceCmd        `cmd:"" help:"What customers say, what makes them, and what they then do."`
	Evidence evidenceCmd     `cmd:"" help:"How far lamps and chances can be trusted, from the company's own past."`
	Effect   effectReportCmd `cmd:"" help:"Did attention keep customers, and what did each of them cost?"`
	Promises promisesCmd     `cmd:"" help:"Which promises were kept, late or broken, by team."`
	Team     teamCmd         `cmd:"" help:"How the teams are doing: attention, promises, credit for customers kept."`
	Effort   effortCmd       `cmd:"" help:"Where attention goes against what customers are worth: who is overlooked."`
	Loss     lossCmd         `cmd:"" help:"How many customers are lost, whether that is normal, and how long customers stay."`
	Funnel   funnelCmd       `cmd:"" help:"What comes in at the top and leaks out at the bottom, and what losing fewer would bring."`
	Economy  economyCmd      `cmd:"" help:"Two pages for the owner: what a lost customer costs, and where money and hours go."`
	Fairness fairnessCmd     `cmd:"" help:"What loyal customers pay against newcomers, and what became of those who came by an offer."`
}

// Help is the manual page.
func (reportCmd) Help() string {
	return `For managers. Reasons: why customers left, by what was said and by what the records point to.
Evidence: how far lamps and chances can be trusted. Promises: which were kept. Voice: what customers
say. Effect: whether attention kept customers. Team: how the teams are doing. Effort: who gets
attention, against what they are worth. Loss, funnel, economy and fairness: the company as a whole, as
the round of the day counted it. Each is printed as text, as JSON or as CSV.
--html FILE writes it as one page with its pictures, to read, to print and to send on: it fetches
nothing from anywhere.

  behold report reasons
  behold report evidence --html evidence.html --language da`
}

// reportFlags are those of every report.
type reportFlags struct {
	Day      string `help:"As of this day. Default: today, or the last day in the data when that is earlier." placeholder:"DAY"`
	Language string `help:"Language of the sentences: en, da, sv, nb or nl. Default: that of the settings." placeholder:"LANG" enum:",en,da,sv,nb,nl" default:""`
	Format   string `help:"table, json or csv." default:"table" enum:"table,json,csv"`
	HTML     string `name:"html" help:"Write one page with its pictures to this file too." placeholder:"FILE"`
}

type reasonsCmd struct {
	reportFlags
}

// Help is the manual page.
func (reasonsCmd) Help() string {
	return `Counts the customers who left in the two years before the day: those who are lost or closed, and
those in the table of losses who were not won back. What was said (by the customer, a colleague, or
read in a text) and what the records point to are told apart and never added up; the second is
inferred as if nobody had said anything, so that their agreement means something.

JSON: day, since, currency, losses_given; customers and money_a_year (bought in the last year before
the last purchase) of all; said and inferred, each with reasons, families, avoidable, unavoidable and
unknown; said_by; agreement and agreement_of_families (customers of whom both are known, same, kappa
with kappa_low and kappa_high); silent; widely_repeated_without_known_study. Every part has
customers, share, share_low, share_high (a Dirichlet estimate, half a case for each reason, 95 %),
money_a_year and share_of_money. Below 20 customers there are no shares.

CSV: a row for each reason and family that anybody left for, from said and from inferred.

  behold report reasons --format csv
  behold report reasons --day 2025-05-31 --html reasons.html`
}

func (c *reasonsCmd) Run(ctx context.Context, e *env, args []string) error {
	return c.report(ctx, e, args, "a report of reasons", func(a *app.App, day behold.Day, bar func(done, total int64)) (reported, error) {
		r, err := a.Losses(ctx, day, bar)
		if err != nil {
			return reported{}, err
		}
		doc, err := a.LossesPaper(ctx, r, c.Language)
		return reported{r, doc, func(e *env) error { return sayLossRows(e, r) }}, err
	})
}

type evidenceCmd struct {
	reportFlags
}

// Help is the manual page.
func (evidenceCmd) Help() string {
	return `Holds what earlier days would have foreseen against what came (behold backtest), counts false lamps
against the dial, tells each lamp's own record, and looks for drift: gaps that are no longer as long
as the model expects, purchases that are unlike those of the year before, and days without orders
on which there nearly always are some.

JSON: day, horizon_days; backtest as behold backtest prints it, null when there is too little past;
false_lamps (per_100_month with low and high, dial, customer_months, drifted) and lamps over all its
origins; records (lit, left and false_per_100_month of each lamp in the replayed months); drift: gaps
by month (ks, ks_limit, share_below_05, drifted: both ks above its limit and the share outside
.03–.08), inputs (psi of this quarter against the year before; shifted above .2), feed_gaps.

CSV: part, what, day, cases, value, low, high, verdict; one row a figure.

  behold report evidence
  behold report evidence --html evidence.html --format json`
}

func (c *evidenceCmd) Run(ctx context.Context, e *env, args []string) error {
	return c.report(ctx, e, args, "a report of evidence", func(a *app.App, day behold.Day, bar func(done, total int64)) (reported, error) {
		r, err := a.Evidence(ctx, day, bar)
		if err != nil {
			return reported{}, err
		}
		doc, err := a.EvidencePaper(ctx, r, c.Language)
		return reported{r, doc, func(e *env) error { return sayEvidenceRows(e, r) }}, err
	})
}

// reported is a report in its three forms.
type reported struct {
	figures any
	paper   paper.Document
	rows    func(*env) error
}

// report opens the data, has the report made and writes it.
func (c *reportFlags) report(ctx context.Context, e *env, args []string, does string, do func(*app.App, behold.Day, func(done, total int64)) (reported, error)) error {
	asked, err := day(c.Day, behold.NoDay)
	if err != nil {
		return err
	}
	a, done, err := e.open(ctx, args, does)
	if err != nil {
		return err
	}
	bar := e.progress("report")
	r, err := do(a, asked, bar.To)
	bar.End()
	if err == nil {
		err = c.write(e, &r)
	}
	return errors.Join(err, done())
}

func (c *reportFlags) write(e *env, r *reported) error {
	if c.HTML != "" {
		if err := writePage(e.Path(c.HTML), &r.paper); err != nil {
			return err
		}
	}
	switch c.Format {
	case "json":
		return sayJSON(e.Stdout, r.figures)
	case "csv":
		return r.rows(e)
	}
	return r.paper.Text(e.Stdout)
}

func writePage(path string, d *paper.Document) error {
	f, err := os.Create(path)
	if err != nil {
		return &behold.Error{Kind: behold.Invalid, Say: "the page cannot be written: " + err.Error(), Hint: "name a file in a folder that is there: --html report.html"}
	}
	return cmp.Or(d.HTML(f), f.Close())
}

func sayLossRows(e *env, r *round.LossReport) error {
	out, err := newRows(e.Stdout, "csv", []string{
		"source", "family", "reason", "avoidable", "customers", "share", "share_low", "share_high", "money_a_year", "share_of_money", "currency",
	}, nil)
	if err != nil {
		return err
	}
	put := func(source string, family behold.Family, reason behold.Reason, p *lamp.Part) error {
		if p.Customers == 0 {
			return nil
		}
		return out.Put(source, string(family), string(reason), family.Avoidable(), p.Customers,
			known(p.Share), known(p.Low), known(p.High), p.Money, known(p.OfMoney), r.Currency)
	}
	for _, from := range []struct {
		source string
		table  *lamp.ReasonTable
	}{{"said", &r.Said}, {"inferred", &r.Inferred}} {
		for i := range from.table.Families {
			f := &from.table.Families[i]
			if err := put(from.source, f.Family, "", &f.Part); err != nil {
				return err
			}
		}
		for i := range from.table.Reasons {
			p := &from.table.Reasons[i]
			if err := put(from.source, p.Family, p.Reason, &p.Part); err != nil {
				return err
			}
		}
	}
	return out.End(nil)
}

// known is a figure for a cell, empty when it is not known.
func known(x *float64) any {
	if x == nil {
		return nil
	}
	return *x
}

func sayEvidenceRows(e *env, r *round.Evidence) error {
	out, err := newRows(e.Stdout, "csv", []string{"part", "what", "day", "cases", "value", "low", "high", "verdict"}, nil)
	if err != nil {
		return err
	}
	var failed error
	put := func(cells ...any) { failed = cmp.Or(failed, out.Put(cells...)) }
	if r.Backtest != nil {
		putOrigins(r, put)
	}
	for _, l := range r.Lamps {
		put("false_per_100_month", string(l.Lamp), r.Day, l.Lit, l.False, l.Low, l.High, nil)
	}
	for _, l := range r.Records {
		put("record_left", string(l.Kind), r.Day, l.Lit, l.Left, nil, nil, nil)
	}
	for _, m := range r.Drift.Gaps {
		put("gaps_ks", "", m.Month, m.Gaps, m.KS, nil, m.Most, changed(m.Drifted))
		put("gaps_share_below_05", "", m.Month, m.Gaps, m.Long, 0.03, 0.08, changed(m.Drifted))
	}
	for _, x := range r.Drift.Inputs {
		put("psi", x.Input, r.Day, x.Now, known(x.PSI), nil, 0.2, changed(x.Shifted))
	}
	for _, g := range r.Drift.Feed {
		put("feed_gap", "to "+g.To.String(), g.From, g.Days, nil, nil, nil, "changed")
	}
	return out.End(failed)
}

func putOrigins(r *round.Evidence, put func(...any)) {
	for _, o := range r.Backtest.Origins {
		for _, g := range o.Groups {
			for _, s := range g.Scores {
				put("auc_"+g.Group, s.Score, o.Origin, g.Customers, s.AUC, s.Low, s.High, nil)
			}
			put("slope_"+g.Group, "chance_leave", o.Origin, g.Customers, g.Slope, g.SlopeLow, g.SlopeHigh, nil)
			put("ece_"+g.Group, "chance_leave", o.Origin, g.Customers, g.ECE, nil, nil, nil)
		}
	}
	put("gate", r.Backtest.Gate.Rule, r.Day, len(r.Backtest.Origins), r.Backtest.Gate.AUC, nil, nil, nil)
	put("false_lamps", "all", r.Day, r.False.Customers, r.False.Rate, r.False.Low, r.False.High, changed(r.False.Drifted))
}

func changed(yes bool) string {
	if yes {
		return "changed"
	}
	return "steady"
}
