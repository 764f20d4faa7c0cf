package paper

import (
	"math"
	"strings"

	"behold"
	"behold/internal/chart"
	"behold/internal/phrase"
	"behold/internal/round"
)

// Evidence is the report of how far lamps and chances can be trusted.
func Evidence(words *phrase.Phrases, made Made, e *round.Evidence) Document {
	d := newDocument(words, made, words.T("report.evidence.title"), e.Day)
	p := prover{words, e}
	horizon := words.Days(e.Horizon)
	if e.Backtest == nil {
		d.Leads = append(d.Leads, words.T("report.evidence.too_little", "Horizon", horizon))
	} else {
		d.Leads = append(d.Leads, p.gate(), words.T("report.evidence.lead", "Days", words.Days(len(e.Backtest.Origins)), "Horizon", horizon))
		if o, g := p.latest(); g != nil {
			d.Sections = append(d.Sections, p.chances(o, g), p.rank(o, g))
		}
		d.Sections = append(d.Sections, p.falseLamps())
	}
	if f := e.HeldOut; f != nil {
		d.Sections = append(d.Sections, Section{Title: words.T("effect.false.title"), Says: falseAlarmsSay(words, f)})
	}
	d.Sections = append(d.Sections, p.records(horizon), p.drift())
	return d
}

// A prover says one report of evidence.
type prover struct {
	*phrase.Phrases
	e *round.Evidence
}

// gate is the verdict in one sentence (METHODS 12.2).
func (p *prover) gate() string {
	g := &p.e.Backtest.Gate
	rule, best, own := p.T("report.score."+g.BestRule), p.Decimal(g.BestAUC, 3), p.Decimal(g.AUC, 3)
	if g.Open {
		return p.T("report.gate.open", "Rule", rule, "Best", best, "AUC", own)
	}
	var why []string
	for _, because := range g.Because {
		switch because {
		case round.BecauseNothing:
			return p.T("report.gate.nothing")
		case round.BecauseRanks:
			why = append(why, p.T("report.because.ranks"))
		case round.BecauseChances:
			why = append(why, p.T("report.because.chances"))
		case round.BecauseMoney:
			why = append(why, p.T("report.because.money"))
		}
	}
	return p.T("report.gate.shut", "Rule", rule, "Because", strings.Join(why, "; "), "Best", best, "AUC", own)
}

// latest is the last day of the past with customers who were active.
func (p *prover) latest() (*round.OriginTest, *round.GroupTest) {
	all := p.e.Backtest.Origins
	for i := len(all) - 1; i >= 0; i-- {
		if g := active(&all[i]); g != nil {
			return &all[i], g
		}
	}
	return nil, nil
}

func active(o *round.OriginTest) *round.GroupTest {
	for i := range o.Groups {
		if o.Groups[i].Group == round.GroupActive {
			return &o.Groups[i]
		}
	}
	return nil
}

func (p *prover) chances(o *round.OriginTest, g *round.GroupTest) Section {
	s := Section{Title: p.T("report.chances.title")}
	s.Says = append(s.Says, p.T("report.chances.says", "Customers", p.Customers(g.Customers), "Day", p.Date(o.Origin),
		"Expected", int(math.Round(g.Mean*float64(g.Customers))), "Left", g.Leavers,
		"Slope", p.Decimal(g.Slope, 2), "Low", p.Decimal(g.SlopeLow, 2), "High", p.Decimal(g.SlopeHigh, 2), "ECE", p.Decimal(g.ECE, 3)))
	c := chart.Reliability{
		ID: "reliability", Title: p.T("report.chances.picture"), Tick: p.Percent,
		Said: p.T("report.chances.said"), Came: p.T("report.chances.came"), Line: p.T("report.chances.line"),
	}
	t := Table{Head: []string{p.T("report.chances.said"), p.T("report.head.customers"), p.T("report.chances.came")}}
	for _, b := range g.Bins {
		came := p.Percent(b.Left) + " (" + p.PercentRange(b.Low, b.High) + ")"
		c.Points = append(c.Points, chart.Came{Said: b.Forecast, Came: b.Left, Low: b.Low, High: b.High, Hint: p.Percent(b.Forecast) + ": " + came})
		t.Rows = append(t.Rows, Row{Cells: []string{p.Percent(b.Forecast), p.Number(b.Customers), came}})
	}
	wide := c.SVG(520)
	c.ID += "-narrow"
	s.Picture, s.Tables = Picture{wide, c.SVG(340)}, []Table{t}
	return s
}

func (p *prover) rank(o *round.OriginTest, g *round.GroupTest) Section {
	s := Section{Title: p.T("report.rank.title"), Says: []string{p.T("report.rank.says", "Day", p.Date(o.Origin)), p.T("report.rank.reached", "Share", p.Percent(o.Reached))}}
	c := chart.Ranges{ID: "auc", Title: p.T("report.rank.picture"), From: 0.4, To: 1, Ticks: []float64{0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1}, Mark: 0.5, Band: 0.5, Word: p.T("report.rank.chance")}
	c.Tick = func(v float64) string { return p.Decimal(v, 1) }
	for _, score := range g.Scores {
		c.Rows = append(c.Rows, chart.RangeRow{
			Word: p.T("report.score." + score.Score), Says: p.Decimal(score.AUC, 3),
			Value: score.AUC, Low: score.Low, High: score.High, Strong: score.Score == "chance_leave",
		})
	}
	t := Table{Head: []string{p.T("report.head.day"), p.T("report.head.customers"), p.T("report.head.left"), p.T("report.score.chance_leave"), p.T("report.head.best")}}
	for i := range p.e.Backtest.Origins {
		if x := active(&p.e.Backtest.Origins[i]); x != nil {
			t.Rows = append(t.Rows, Row{Cells: []string{p.day(p.e.Backtest.Origins[i].Origin), p.Number(x.Customers), p.Number(x.Leavers), p.auc(&x.Scores[0]), p.best(x)}})
		}
	}
	s.Picture, s.Tables = twice(c), []Table{t}
	return s
}

// day is a date that stays on one line.
func (p *prover) day(d behold.Day) string { return strings.ReplaceAll(p.ShortDate(d), " ", "\u00a0") }

func (p *prover) auc(s *round.ScoreTest) string {
	return p.Decimal(s.AUC, 3) + " (" + p.Decimal(s.Low, 2) + "–" + p.Decimal(s.High, 2) + ")"
}

// best is the simple rule that ranked best.
func (p *prover) best(g *round.GroupTest) string {
	at := 1
	for i := 2; i < len(g.Scores); i++ {
		if g.Scores[i].AUC > g.Scores[at].AUC {
			at = i
		}
	}
	return p.T("report.score."+g.Scores[at].Score) + " " + p.Decimal(g.Scores[at].AUC, 3)
}

func (p *prover) falseLamps() Section {
	f := p.e.False
	s := Section{Title: p.T("report.false.title")}
	s.Says = append(s.Says, p.T("report.false.says", "Rate", p.Decimal(f.Rate, 1), "Low", p.Decimal(f.Low, 1), "High", p.Decimal(f.High, 1), "Dial", p.Decimal(f.Dial, 1), "Months", f.Customers))
	switch {
	case !f.Drifted:
		s.Says = append(s.Says, p.T("report.false.kept"))
	case f.Rate > f.Dial:
		s.Says = append(s.Says, p.T("report.false.more"))
	default:
		s.Says = append(s.Says, p.T("report.false.fewer"))
	}
	c := chart.Ranges{ID: "false", Title: p.T("report.false.picture"), Mark: f.Dial, Band: f.Dial, Word: p.T("report.false.dial") + " " + p.Decimal(f.Dial, 1)}
	c.Tick = func(v float64) string { return p.Decimal(v, 1) }
	c.Rows = []chart.RangeRow{{Word: p.T("report.false.all"), Says: p.Decimal(f.Rate, 2), Value: f.Rate, Low: f.Low, High: f.High, Strong: true}}
	c.To = max(f.High, f.Dial)
	t := Table{Head: []string{p.T("report.head.lamp"), p.T("report.head.lit"), p.T("report.head.left"), p.T("report.head.false"), p.T("report.head.dial")}}
	for _, l := range p.e.Lamps {
		counts := p.T("report.no")
		if l.Counted {
			counts = p.T("report.yes")
			c.Rows = append(c.Rows, chart.RangeRow{Word: p.lamp(l.Lamp), Says: p.Decimal(l.False, 2), Value: l.False, Low: l.Low, High: l.High})
			c.To = max(c.To, l.High)
		}
		t.Rows = append(t.Rows, Row{Cells: []string{p.lamp(l.Lamp), p.Number(l.Lit), p.Number(l.Left), p.Decimal(l.False, 2) + " (" + p.Decimal(l.Low, 2) + "–" + p.Decimal(l.High, 2) + ")", counts}})
	}
	c.To, c.Ticks = axis(c.To, 100)
	s.Picture = twice(c)
	if len(t.Rows) > 0 {
		s.Tables = []Table{t}
	}
	return s
}

func (p *prover) lamp(kind behold.LampKind) string { return p.T("lamp." + string(kind) + ".name") }

func (p *prover) records(horizon string) Section {
	s := Section{Title: p.T("report.record.title"), Says: []string{p.T("report.record.says", "Horizon", horizon)}}
	t := Table{Head: []string{p.T("report.head.lamp"), p.T("report.head.months"), p.T("report.head.lit"), p.T("report.head.left")}}
	for _, r := range p.e.Records {
		if r.Lit == 0 {
			continue
		}
		left := p.Number(r.Left) + " (" + p.Percent(float64(r.Left)/float64(r.Lit)) + ")"
		t.Rows = append(t.Rows, Row{Cells: []string{p.lamp(r.Kind), p.Number(r.Months), p.Number(r.Lit), left}})
	}
	if len(t.Rows) == 0 {
		s.Says = []string{p.T("report.record.none")}
		return s
	}
	s.Tables = []Table{t}
	return s
}
