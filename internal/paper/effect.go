package paper

import (
	"math"

	"behold"
	"behold/internal/chart"
	"behold/internal/phrase"
	"behold/internal/task"
)

// Effect is the report of what attention did.
func Effect(words *phrase.Phrases, made Made, r *task.Report) Document {
	d := newDocument(words, made, words.T("effect.title"), r.Day)
	p := weigher{words, r}
	d.Leads = p.leads()
	for _, s := range []*Section{p.effect(), p.power(), p.cost(), p.falseAlarms(), p.guards(), p.cells(), p.choosing(), p.prior(), p.lot()} {
		if s != nil {
			d.Sections = append(d.Sections, *s)
		}
	}
	return d
}

// A weigher says one report of what attention did.
type weigher struct {
	*phrase.Phrases
	r *task.Report
}

func (p weigher) money(major float64) behold.Money { return behold.MoneyOf(major, p.r.Currency) }

func (p weigher) leads() []string {
	n := p.r.Episodes
	switch p.r.Stage {
	case task.TrialOff:
		return []string{p.T("effect.off"), p.T("effect.off_how")}
	case task.TrialWaiting:
		says := []string{p.T("effect.waiting")}
		if n.Begun > 0 {
			says = append(says, p.T("effect.begun", "Customers", p.Customers(n.Begun), "Held", n.Held))
		}
		if n.Next != nil {
			says = append(says, p.T("effect.first_on", "Day", p.Date(*n.Next)))
		}
		return says
	case task.TrialEarly:
		return []string{p.T("effect.early", "Read", n.Read, "Held", n.ReadOut)}
	}
	k := phrase.Kept{Weeks: p.r.Weeks, Customers: *p.r.Customers.Value, Low: orInf(p.r.Customers.Low, -1), High: orInf(p.r.Customers.High, 1)}
	if c := p.r.Cost; c != nil && c.ShownKept && c.Value != nil && c.Low != nil {
		k.Each = &phrase.KeptCost{Value: p.money(*c.Value), Low: p.money(*c.Low)}
		if c.High != nil {
			high := p.money(*c.High)
			k.Each.High = &high
		}
	}
	return []string{p.Kept(k)}
}

func orInf(x *float64, sign int) float64 {
	if x == nil {
		return math.Inf(sign)
	}
	return *x
}

// effect is what the lot found, by assignment and on those who were spoken to.
func (p weigher) effect() *Section {
	e := p.r.Effect
	if e == nil {
		return nil
	}
	s := &Section{Figure: "effecteffect", Title: p.T("effect.found.title"), Picture: p.picture()}
	s.Says = append(s.Says,
		p.T("effect.found.says", "With", p.Percent(e.With), "Treated", p.Customers(e.N-e.Held), "Without", p.Percent(e.Without), "Held", e.Held, "Range", p.points(&e.Span)),
		p.T("effect.found.verdict."+word(e.Verdict)), p.T("effect.found.how", "Days", p.Days(p.r.HorizonDays)))
	if p.r.OnSpoken != nil {
		s.Says = append(s.Says, p.T("effect.spoken.says", "Share", p.Percent(p.r.Spoken.With), "HeldShare", p.Percent(p.r.Spoken.Without), "Range", p.points(p.r.OnSpoken)))
	}
	if m := p.r.Margin; m != nil && m.Value != nil && m.Low != nil && m.High != nil {
		s.Says = append(s.Says, p.T("effect.margin.says", "With", p.Rough(p.money(m.With)), "Without", p.Rough(p.money(m.Without)),
			"Low", p.Rough(p.money(*m.Low)), "High", p.Rough(p.money(*m.High)), "Episodes", m.N))
	}
	t := Table{Head: []string{p.T("effect.head.day"), p.T("effect.head.customers"), p.T("effect.head.effect")}}
	for _, look := range p.r.Looks {
		t.Rows = append(t.Rows, Row{Cells: []string{p.ShortDate(look.Day), p.Number(look.N), p.points(&look.Span)}})
	}
	s.Tables = []Table{t}
	return s
}

// word is a verdict as the end of a key.
func word(verdict string) string {
	if verdict == "not proven" {
		return "open"
	}
	return verdict
}

// points is a share with its range, in points of a hundred.
func (p weigher) points(s *task.Span) string {
	if s.Value == nil {
		return p.T("effect.unknown")
	}
	if s.Low == nil || s.High == nil {
		return p.Points(*s.Value)
	}
	return p.PointsRange(*s.Value, *s.Low, *s.High)
}

// picture is the effect as it stood at the end of each month.
func (p weigher) picture() Picture {
	c := chart.Looks{ID: "looks", Title: p.T("effect.picture"), Nought: p.T("effect.nought"), Tick: func(v float64) string { return p.Decimal(100*v, 0) }, Word: p.DayMonth}
	for _, look := range p.r.Looks {
		if look.Value == nil || look.Low == nil || look.High == nil {
			continue
		}
		c.Looks = append(c.Looks, chart.Look{Day: look.Day, Value: *look.Value, Low: *look.Low, High: *look.High, Hint: p.ShortDate(look.Day) + ": " + p.points(&look.Span)})
	}
	if len(c.Looks) < 2 {
		return Picture{}
	}
	wide := c.SVG(720)
	c.ID += "-narrow"
	return Picture{wide, c.SVG(340)}
}

// power is what the trial can be expected to show, while it cannot show it yet.
func (p weigher) power() *Section {
	w := p.r.Power
	if w == nil {
		return nil
	}
	key := "effect.power.says"
	if w.Assumed {
		key = "effect.power.young"
	}
	s := &Section{Figure: "effectpower", Title: p.T("effect.power.title"), Says: []string{
		p.T(key, "PerMonth", int(math.Round(w.PerMonth)), "Share", p.Percent(w.Share), "Points", p.Points(w.Effect), "Months", w.Months, "Chance", p.Percent(w.Chance)),
	}}
	t := Table{Head: []string{p.T("effect.head.months"), p.T("effect.head.chance")}}
	for month := 6; month <= len(w.ByMonth); month += 6 {
		t.Rows = append(t.Rows, Row{Cells: []string{p.Number(month), p.Percent(w.ByMonth[month-1])}})
	}
	if w.Chance < 0.5 {
		s.Says = append(s.Says, p.T("effect.power.little"))
	}
	s.Tables = []Table{t}
	return s
}

func (p weigher) cost() *Section {
	if p.r.Effect == nil {
		return nil
	}
	s := &Section{Figure: "effectcost", Title: p.T("effect.cost.title")}
	c := p.r.Cost
	if c == nil {
		s.Says = []string{p.T("effect.cost.no_rate")}
		return s
	}
	key := "effect.cost.planned"
	if c.OfSpoken {
		key = "effect.cost.spoken"
	}
	s.Says = []string{p.T(key, "Hours", p.Decimal(c.Hours, 1), "Rate", p.Money(p.money(c.HourRate)), "Total", p.Rough(p.money(c.Total)))}
	switch {
	case !c.ShownKept || c.Value == nil || c.Low == nil:
		s.Says = append(s.Says, p.T("effect.cost.not_shown"))
	case c.High == nil:
		s.Says = append(s.Says, p.T("effect.cost.open", "Cost", p.Rough(p.money(*c.Value)), "Low", p.Rough(p.money(*c.Low))))
	default:
		s.Says = append(s.Says, p.T("effect.cost.says", "Cost", p.Rough(p.money(*c.Value)), "Low", p.Rough(p.money(*c.Low)), "High", p.Rough(p.money(*c.High))))
	}
	return s
}

// guards are what attention must not make worse.
func (p weigher) guards() *Section {
	if p.r.Effect == nil {
		return nil
	}
	s := &Section{Figure: "effectguards", Title: p.T("effect.guard.title"), Says: []string{p.T("effect.guard.says")}}
	t := Table{Head: []string{"", p.T("effect.head.with"), p.T("effect.head.without"), p.T("effect.head.customers"), p.T("effect.head.difference"), p.T("effect.head.verdict")}}
	for i := range p.r.Guards {
		g := &p.r.Guards[i]
		figure, apart := p.Percent, p.points(&g.Worse)
		switch g.What {
		case "discount":
			figure = func(x float64) string { return p.Rough(p.money(x)) }
			apart = p.between(&g.Worse, figure)
		case "minutes_per_case":
			figure = func(x float64) string { return p.Decimal(x, 1) }
			apart = p.between(&g.Worse, figure)
		}
		t.Rows = append(t.Rows, Row{Cells: []string{
			p.T("effect.guard." + g.What), figure(g.With), figure(g.Without), p.T("effect.of_held", "N", g.N, "Held", g.Held), apart, p.T("effect.guard.verdict." + word(g.Verdict)),
		}})
	}
	if len(t.Rows) > 0 {
		s.Tables = []Table{t}
	}
	var missing []string
	for _, what := range p.r.NotThere {
		missing = append(missing, p.T("effect.guard."+what))
	}
	if len(missing) > 0 {
		s.Says = append(s.Says, p.T("effect.guard.missing", "What", p.List(missing)))
	}
	return s
}

// between is a figure with its range.
func (p weigher) between(s *task.Span, figure func(float64) string) string {
	if s.Value == nil || s.Low == nil || s.High == nil {
		return p.T("effect.unknown")
	}
	return p.T("effect.between", "Value", figure(*s.Value), "Low", figure(*s.Low), "High", figure(*s.High))
}

// falseAlarms are those of the lists, by those who were held out.
func (p weigher) falseAlarms() *Section {
	if p.r.False == nil {
		return nil
	}
	return &Section{Figure: "effectfalse", Title: p.T("effect.false.title"), Says: falseAlarmsSay(p.Phrases, p.r.False)}
}

// falseAlarmsSay says which part of a list stays anyway, and whether that was foreseen.
func falseAlarmsSay(p *phrase.Phrases, f *task.FalseAlarms) []string {
	if f.Value == nil || f.Low == nil || f.High == nil {
		return nil
	}
	key := "effect.false.kept"
	switch f.Honest {
	case task.MoreFalse:
		key = "effect.false.more"
	case task.FewerFalse:
		key = "effect.false.fewer"
	}
	says := []string{
		p.T("effect.false.says", "Share", p.Percent(*f.Value), "Range", p.PercentRange(*f.Low, *f.High), "Held", p.Number(f.Held), "Stayed", p.Number(f.Stayed)),
		p.T(key, "Foreseen", p.Percent(f.Foreseen)),
	}
	if f.PerMonth != nil && f.MonthLow != nil && f.MonthHigh != nil {
		says = append(says, p.T("effect.false.rate", "Rate", p.Decimal(*f.PerMonth, 1), "Low", p.Decimal(*f.MonthLow, 1), "High", p.Decimal(*f.MonthHigh, 1), "Dial", p.Decimal(f.Dial, 1)))
	}
	return says
}

// cells are what each action does for each reason.
func (p weigher) cells() *Section {
	if len(p.r.Cells) == 0 {
		return nil
	}
	s := &Section{Figure: "effectcells", Title: p.T("effect.cells.title"), Says: []string{p.T("effect.cells.says")}}
	t := Table{Head: []string{p.T("effect.head.reason"), p.T("effect.head.customers"), p.T("effect.head.effect"), p.T("effect.head.prior")}}
	for _, c := range p.r.Cells {
		t.Rows = append(t.Rows, Row{Cells: []string{
			p.T("effect.cell", "Reason", p.Reason(c.Reason), "Action", p.Action(c.Action)), p.T("effect.of_held", "N", c.N, "Held", c.Held), p.points(&c.Effect), p.Percent(c.Prior),
		}})
	}
	s.Tables = []Table{t}
	return s
}

func (p weigher) choosing() *Section {
	if p.r.Effect == nil {
		return nil
	}
	key := "effect.choosing.early"
	switch c := p.r.Choosing; {
	case c == nil:
	case c.Proven:
		key = "effect.choosing.proven"
	default:
		key = "effect.choosing.open"
	}
	return &Section{Figure: "effectchoosing", Title: p.T("effect.choosing.title"), Says: []string{p.T(key)}}
}

// prior is what is believed while there is no evidence.
func (p weigher) prior() *Section {
	if p.r.Effect != nil || p.r.Stage == task.TrialOff {
		return nil
	}
	return &Section{Figure: "effectprior", Title: p.T("effect.prior.title"), Says: []string{
		p.T("effect.prior.says", "Share", p.Percent(p.r.Prior.Share), "Low", p.Percent(max(0, p.r.Prior.Share-p.r.Prior.Spread)), "High", p.Percent(p.r.Prior.Share+p.r.Prior.Spread)),
	}}
}

// lot is how the trial is done, and how alike its arms were.
func (p weigher) lot() *Section {
	if p.r.Stage == task.TrialOff {
		return nil
	}
	n := p.r.Episodes
	s := &Section{Figure: "effectlot", Title: p.T("effect.lot.title"), Says: []string{p.T("effect.lot.says", "Share", p.Percent(p.r.Share), "Days", p.Days(p.r.HorizonDays))}}
	if n.Begun > 0 {
		s.Says = append(s.Says, p.T("effect.lot.counts", "Begun", n.Begun, "Held", n.Held, "Read", n.Read))
	}
	if n.Unread > 0 {
		s.Says = append(s.Says, p.N("effect.lot.unread", n.Unread))
	}
	if len(p.r.Balance) == 0 {
		return s
	}
	t := Table{Head: []string{p.T("effect.lot.balance"), p.T("effect.head.with"), p.T("effect.head.without"), p.T("effect.head.apart")}}
	for _, b := range p.r.Balance {
		figure := p.Percent
		if b.What == "still_to_come" {
			figure = func(x float64) string { return p.Rough(p.money(x)) }
		}
		t.Rows = append(t.Rows, Row{Cells: []string{p.T("effect.lot." + b.What), figure(b.With), figure(b.Without), p.Decimal(b.Apart, 2)}})
	}
	s.Tables = []Table{t}
	return s
}
