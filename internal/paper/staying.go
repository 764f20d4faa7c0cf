package paper

import (
	"strconv"

	"behold/internal/chart"
	"behold/internal/economy"
)

func (p *accountant) staying() Section {
	st := &p.r.Staying
	s := Section{Figure: "staying", Title: p.T("economy.stay.title")}
	if st.Customers == 0 {
		s.Says = append(s.Says, p.T("economy.stay.none"))
		return s
	}
	if e := st.OneYear; e.Value != nil {
		s.Says = append(s.Says, p.shareSays("economy.stay.one", e))
	}
	if e := st.FiveYears; e.Value != nil {
		s.Says = append(s.Says, p.shareSays("economy.stay.five", e))
	}
	s.Says = append(s.Says, p.halfSays(), p.T("economy.stay.reference"), p.T("economy.stay.ruse"))
	if m := st.Model; m != nil && m.Hidden > 0 {
		says := p.N("economy.stay.model", m.Hidden, "Missed", p.points(m.Missed))
		if m.Missed > 0.03 {
			says += " " + p.T("economy.stay.poor")
		}
		s.Says = append(s.Says, says)
	}
	if st.Unknown > 0 {
		s.Says = append(s.Says, p.N("economy.stay.unknown", st.Unknown))
	}
	s.Picture = p.curve()
	return s
}

// shareSays says a share with its range, and that it is projected where it is.
func (p *accountant) shareSays(key string, e economy.Estimate) string {
	says := p.T(key, "Share", p.Percent(*e.Value), "Range", p.PercentRange(*e.Low, *e.High))
	if e.Projected {
		says += " " + p.T("economy.projected")
	}
	return says
}

// points are percentage points.
func (p *accountant) points(share float64) string {
	return p.T("economy.points", "N", p.Decimal(100*share, 1))
}

func (p *accountant) curve() Picture {
	st := &p.r.Staying
	c := chart.Curves{
		ID: "curve", Title: p.T("economy.stay.picture"), Desc: p.halfSays(), To: 5, Share: p.Percent,
		Tick: func(x float64) string { return p.Decimal(x, 0) },
		Mark: chart.CurvePoint{X: 5, Y: 0.5}, Word: p.T("economy.stay.mark"),
	}
	seen := chart.CurveLine{Steps: true, Points: []chart.CurvePoint{{X: 0, Y: 1, Low: 1, High: 1}}}
	for _, a := range st.Curve {
		seen.Points = append(seen.Points, chart.CurvePoint{X: a.Years, Y: a.Share, Low: a.Low, High: a.High})
		c.To = max(c.To, min(a.Years, 10))
	}
	for len(seen.Points) > 1 && seen.Points[len(seen.Points)-1].X > c.To {
		seen.Points = seen.Points[:len(seen.Points)-1]
	}
	c.Curves = []chart.CurveLine{seen}
	if last := seen.Points[len(seen.Points)-1]; st.Model != nil && last.X < 5 {
		ahead := chart.CurveLine{Dashed: true}
		for _, a := range st.Projected {
			if from := shareOn(st.Projected, last.X); a.Years >= last.X && a.Years <= c.To && from > 0 {
				ahead.Points = append(ahead.Points, chart.CurvePoint{X: a.Years, Y: last.Y * a.Share / from})
			}
		}
		c.Curves = append(c.Curves, ahead)
	}
	for x := 0.0; x <= c.To; x++ {
		c.Ticks = append(c.Ticks, x)
	}
	wide := c.SVG(760)
	c.ID += "-narrow"
	return Picture{wide, c.SVG(330)}
}

// shareOn is the share that a curve of quarters has at an age.
func shareOn(points []economy.AgePoint, years float64) (share float64) {
	for _, a := range points {
		if a.Years <= years {
			share = a.Share
		}
	}
	return share
}

func (p *accountant) groups() Section {
	st := &p.r.Staying
	if len(st.Groups) == 0 {
		return Section{}
	}
	s := Section{Figure: "groups", Title: p.T("economy.groups.title"), Says: []string{p.T("economy.groups.says")}}
	for _, test := range st.Tests {
		key := "economy.groups.same"
		if test.PHolm < 0.05 {
			key = "economy.groups.differ"
		}
		s.Says = append(s.Says, p.T(key, "By", p.T("economy.by."+test.By), "P", p.chanceWord(test.PHolm)))
		s.Tables = append(s.Tables, p.groupTable(test.By, st.Groups))
	}
	return s
}

// chanceWord is a small chance as people read it.
func (p *accountant) chanceWord(x float64) string {
	if x < 0.001 {
		return "< " + p.Decimal(0.001, 3)
	}
	return p.Decimal(x, 3)
}

func (p *accountant) groupTable(by string, groups []economy.Group) Table {
	t := Table{Head: []string{p.T("economy.by_head." + by), p.T("economy.head.customers"), p.T("economy.head.lost"), p.T("economy.head.one_year")}}
	for i := range groups {
		g := &groups[i]
		if g.By != by {
			continue
		}
		here := p.T("economy.too_few")
		if e := g.OneYear; e.Value != nil {
			here = p.Percent(*e.Value) + " (" + p.PercentRange(*e.Low, *e.High) + ")"
		}
		t.Rows = append(t.Rows, Row{Cells: []string{p.groupName(g), p.Number(g.Customers), p.Number(g.Lost), here}})
	}
	return t
}

func (p *accountant) groupName(g *economy.Group) string {
	switch {
	case g.Name == "*":
		return p.T("economy.other")
	case g.Name == "-" && g.By == "offer":
		return p.T("economy.no_offer")
	case g.Name == "-":
		return p.T("economy.not_said")
	case g.By == "segment" || g.By == "channel":
		return p.Known(g.Name)
	}
	return g.Name
}

// shownCohorts are so many in the picture, and shownQuarters of each.
const (
	shownCohorts  = 12
	shownQuarters = 12
)

func (p *accountant) cohorts() Section {
	all := p.r.Staying.Cohorts
	if len(all) < 2 {
		return Section{}
	}
	s := Section{Figure: "cohorts", Title: p.T("economy.cohorts.title"), Says: []string{p.T("economy.cohorts.says")}}
	h := chart.Heat{ID: "cohorts", Title: p.T("economy.cohorts.title"), Share: p.Percent}
	shown := all[max(0, len(all)-shownCohorts):]
	t := Table{Head: []string{p.T("economy.head.came"), p.T("economy.head.customers"), p.T("economy.head.one_year")}}
	most := 0
	for i := range shown {
		c := &shown[i]
		at := c.From.Time()
		word := strconv.Itoa(at.Year()) + " " + p.T("economy.quarter", "N", (int(at.Month())+2)/3)
		h.Rows = append(h.Rows, chart.HeatRow{Word: word, Shares: c.Active})
		most = max(most, min(len(c.Active), shownQuarters))
		here := ""
		if len(c.Active) > 4 {
			here = p.Percent(c.Active[4])
		}
		t.Rows = append(t.Rows, Row{Cells: []string{word, p.Number(c.Customers), here}})
	}
	for q := range most {
		h.Head = append(h.Head, strconv.Itoa(q))
	}
	wide := h.SVG(760)
	h.ID += "-narrow"
	h.Head = h.Head[:min(len(h.Head), 6)]
	s.Picture, s.Tables = Picture{wide, h.SVG(330)}, []Table{t}
	return s
}
