package paper

import (
	"strings"

	"behold/internal/chart"
)

// drift says whether the company is still the one that was learned from.
func (p *prover) drift() Section {
	s := Section{Title: p.T("report.drift.title")}
	s.Says = append(s.Says, p.gapsSay(), p.inputsSay())
	s.Says = append(s.Says, p.feedSays()...)
	if len(p.e.Drift.Gaps) > 0 {
		s.Picture, s.Tables = p.gapPicture(), append(s.Tables, p.gapTable())
	}
	s.Tables = append(s.Tables, p.inputTable())
	return s
}

func (p *prover) gapsSay() string {
	months := len(p.e.Drift.Gaps)
	var off []string
	for _, m := range p.e.Drift.Gaps {
		if m.Drifted {
			off = append(off, p.ShortDate(m.Month))
		}
	}
	switch {
	case months == 0:
		return p.T("report.drift.gaps_few")
	case len(off) > 0:
		return p.T("report.drift.gaps_off", "Off", len(off), "Which", strings.Join(off, ", "), "Months", months)
	}
	return p.T("report.drift.gaps", "Months", months)
}

func (p *prover) inputsSay() string {
	var off []string
	known := false
	for _, x := range p.e.Drift.Inputs {
		known = known || x.PSI != nil
		if x.Shifted {
			off = append(off, p.T("report.input."+x.Input))
		}
	}
	switch {
	case !known:
		return p.T("report.drift.inputs_few")
	case len(off) > 0:
		return p.T("report.drift.inputs_off", "What", strings.Join(off, ", "))
	}
	return p.T("report.drift.inputs")
}

func (p *prover) feedSays() (says []string) {
	for _, g := range p.e.Drift.Feed {
		if g.From == g.To {
			says = append(says, p.T("report.feed.day", "From", p.Date(g.From)))
			continue
		}
		says = append(says, p.T("report.feed.days", "From", p.Date(g.From), "To", p.Date(g.To), "Days", p.Days(g.Days)))
	}
	if len(says) == 0 {
		says = append(says, p.T("report.feed.whole"))
	}
	return says
}

func (p *prover) gapPicture() Picture {
	const least, most = 0.03, 0.08 // METHODS 12.4
	c := chart.Ranges{ID: "gaps", Title: p.T("report.drift.picture"), Tick: p.Percent, Mark: least, Band: most, Word: p.T("report.drift.band"), To: 0.1}
	for _, m := range p.e.Drift.Gaps {
		c.Rows = append(c.Rows, chart.RangeRow{Word: p.ShortDate(m.Month), Says: p.Percent(m.Long), Value: m.Long, Strong: m.Drifted})
		c.To = max(c.To, m.Long)
	}
	c.To, c.Ticks = axis(c.To, 1)
	return twice(c)
}

func (p *prover) gapTable() Table {
	t := Table{Head: []string{p.T("report.head.until"), p.T("report.head.gaps"), p.T("report.head.long"), p.T("report.head.ks"), p.T("report.head.verdict")}}
	for _, m := range p.e.Drift.Gaps {
		t.Rows = append(t.Rows, Row{Strong: m.Drifted, Cells: []string{
			p.day(m.Month), p.Number(m.Gaps), p.Percent(m.Long), p.Decimal(m.KS, 3) + " (" + p.Decimal(m.Most, 3) + ")", p.verdict(m.Drifted),
		}})
	}
	return t
}

func (p *prover) inputTable() Table {
	t := Table{Head: []string{p.T("report.head.input"), p.T("report.head.now"), p.T("report.head.before"), p.T("report.head.psi", "Limit", p.Decimal(0.2, 1)), p.T("report.head.verdict")}}
	for _, x := range p.e.Drift.Inputs {
		psi, verdict := "", p.T("report.too_few")
		if x.PSI != nil {
			psi, verdict = p.Decimal(*x.PSI, 3), p.verdict(x.Shifted)
		}
		t.Rows = append(t.Rows, Row{Strong: x.Shifted, Cells: []string{p.T("report.input." + x.Input), p.median(x.Median), p.median(x.MedianBefore), psi, verdict}})
	}
	return t
}

func (p *prover) median(x *float64) string {
	switch {
	case x == nil:
		return ""
	case *x >= 100:
		return p.Decimal(*x, 0)
	}
	return p.Decimal(*x, 1)
}

func (p *prover) verdict(changed bool) string {
	if changed {
		return p.T("report.changed")
	}
	return p.T("report.steady")
}
