package paper

import (
	"math"

	"behold/internal/chart"
	"behold/internal/economy"
	"behold/internal/phrase"
)

// Funnel is the report of what comes, what goes and what closing the bottom would
// bring.
func Funnel(words *phrase.Phrases, made Made, r *economy.Reckoning) Document {
	p := &accountant{words.In(r.Currency), r}
	d := newDocument(p.Phrases, made, p.T("economy.funnel.title"), r.Day)
	if r.Funnel == nil {
		d.Leads = []string{p.T("economy.funnel.none")}
		return d
	}
	d.Leads = []string{p.funnelSays(), p.stillSays()}
	d.Sections = []Section{p.flow(), p.leaks(), p.closing()}
	if len(r.Funnel.Reasons) == 0 {
		d.Sections = []Section{d.Sections[0], d.Sections[2]}
	}
	return d
}

func (p *accountant) funnelSays() string {
	f := p.r.Funnel
	return p.T("economy.funnel.lead", "From", p.Month(f.From), "To", p.Month(f.To), "Came", p.whole(f.Came), "Returned", p.whole(f.Returned),
		"Lost", p.whole(f.Lost+f.Probably), "Start", p.whole(f.Start), "End", p.whole(f.End))
}

func (p *accountant) stillSays() string {
	f := p.r.Funnel
	return p.T("economy.funnel.still", "Needed", p.whole(f.StandStill), "Came", p.whole(f.Came))
}

func (p *accountant) flow() Section {
	f := p.r.Funnel
	s := Section{Figure: "funnel", Title: p.T("economy.funnel.flow"), Says: []string{p.funnelSays(), p.stillSays()}}
	if f.Probably >= 0.5 {
		s.Says = append(s.Says, p.T("economy.funnel.open", "Open", p.whole(f.Probably), "Off", p.whole(1.96*f.Error)))
	}
	s.Says = append(s.Says, p.T("economy.funnel.rate", "Rate", p.Percent(f.Rate), "Range", p.PercentRange(f.RateLow, f.RateHigh)))
	if f.Steady != nil {
		s.Says = append(s.Says, p.T("economy.funnel.steady", "Steady", p.whole(*f.Steady), "Range", p.Range(int(*f.SteadyLow), int(*f.SteadyHigh))))
	}
	s.Says = append(s.Says, p.T("economy.funnel.money", "Came", p.money(f.MoneyCame), "Lost", p.money(f.MoneyLost), "Stock", p.money(f.MoneyStock)))
	c := chart.Flow{
		ID: "flow", Title: p.T("economy.funnel.flow"), Desc: p.funnelSays(),
		In: []chart.FlowPart{{Word: p.T("economy.flow.new"), Says: p.whole(f.Came), Value: f.Came},
			{Word: p.T("economy.flow.back"), Says: p.whole(f.Returned), Value: f.Returned}},
		Stock: chart.FlowPart{Word: p.T("economy.flow.stock"), Says: p.whole(f.Start) + " → " + p.whole(f.End)},
		Out: []chart.FlowPart{{Word: p.T("economy.flow.lost"), Says: p.whole(f.Lost), Value: f.Lost},
			{Word: p.T("economy.flow.probably"), Says: p.whole(f.Probably), Value: f.Probably}},
	}
	wide := c.SVG(760)
	c.ID += "-narrow"
	s.Picture = Picture{wide, c.SVG(330)}
	return s
}

// leaks are the reasons at the bottom.
func (p *accountant) leaks() Section {
	f := p.r.Funnel
	s := Section{Figure: "lossreasons", Title: p.T("economy.leaks.title"), Says: []string{p.T("economy.leaks.says")}}
	t := Table{Head: []string{p.T("report.head.reason"), p.T("economy.head.share"), p.T("economy.head.customers"), p.T("economy.head.money_lost")}}
	money := 0.0
	for _, r := range f.Reasons {
		money += r.Money
	}
	for _, r := range f.Reasons {
		t.Rows = append(t.Rows, Row{Cells: []string{p.Family(r.Family), p.Percent(r.Share), p.whole(r.Share * (f.Lost + f.Probably)), p.money(f.MoneyLost * r.Money / math.Max(1, money))}})
	}
	s.Tables = []Table{t}
	return s
}

func (p *accountant) closing() Section {
	f := p.r.Funnel
	s := Section{Figure: "closing", Title: p.T("economy.closing.title"), Says: []string{p.N("economy.closing.says", f.Years)}}
	if f.HourCost <= 0 {
		s.Says = append(s.Says, p.T("economy.closing.no_hour"))
	}
	t := Table{Head: []string{p.T("economy.closing.fewer"), p.T("economy.closing.kept"), p.T("economy.closing.more"), p.T("economy.closing.money"), p.T("economy.closing.hours"), p.T("economy.closing.points")}}
	for _, share := range []float64{0.1, 0.2, 0.3} {
		t.Rows = append(t.Rows, p.closeRow(f.Close(share)))
	}
	s.Tables = []Table{t}
	return s
}

func (p *accountant) closeRow(c economy.Closing) Row {
	hours, points := "", ""
	if c.Hours.Value > 0 {
		hours = p.whole(c.Hours.Value) + " (" + p.Range(int(c.Hours.Low), int(c.Hours.High)) + ")"
	}
	if c.Points > 0 {
		points = p.points(c.Points)
	}
	return Row{Cells: []string{p.Percent(c.Share), p.whole(c.Kept), p.whole(c.More.Value) + " (" + p.Range(int(c.More.Low), int(c.More.High)) + ")",
		p.money(c.Money.Value) + " (" + p.moneyRange(c.Money.Low, c.Money.High) + ")", hours, points}}
}
