package paper

import (
	"behold"
	"behold/internal/economy"
	"behold/internal/phrase"
)

// Economy is the owner's report on two pages: five questions with their answers,
// customers beside the usual figures, and who is loyal.
func Economy(words *phrase.Phrases, made Made, r *economy.Reckoning) Document {
	p := &accountant{words.In(r.Currency), r}
	d := newDocument(p.Phrases, made, p.T("economy.title"), r.Day)
	d.Short = true
	d.Sections = append(Answers(words, r), p.ladder())
	if len(r.Classes) > 0 {
		d.Sections = append(d.Sections, p.classes())
	}
	p.explain(d.Sections)
	return d
}

// Money is what a lost customer costs, what goes into new and existing customers,
// customers beside the usual figures, and who is loyal: in full.
func Money(words *phrase.Phrases, made Made, r *economy.Reckoning) Document {
	p := &accountant{words.In(r.Currency), r}
	d := newDocument(p.Phrases, made, p.T("economy.cost.title"), r.Day)
	d.Sections = []Section{p.cost(), p.base(), p.effort(), p.ladder()}
	if len(r.Classes) > 0 {
		d.Sections = append(d.Sections, p.classes())
	}
	return d
}

// Answers are the five questions that an owner has, each with its answer: is the
// loss normal, where does the funnel leak, what does a lost customer cost, what goes
// into new and into existing ones, and what would moving some of it bring. A
// question that cannot be answered yet says so.
func Answers(words *phrase.Phrases, r *economy.Reckoning) []Section {
	p := &accountant{words.In(r.Currency), r}
	ask := func(key, figure string, says ...string) Section {
		return Section{Figure: figure, Title: p.T("economy.ask." + key), Says: says}
	}
	normal := ask("normal", "normal", p.normalSays())
	if r.Loss.Year != nil {
		normal.Picture = p.bands(p.months())
	}
	normal.Says = append(normal.Says, p.halfSays())
	cost := ask("cost", "losscost", p.costSays())
	if r.Worth.One.Mean > 0 {
		cost.Says = append(cost.Says, p.replaceSays(), p.priceSays())
	}
	spend := ask("spend", "newold", append(p.spendSays(), p.keptSays()...)...)
	if r.Effort.Ratio != nil {
		spend.Says = append(spend.Says, p.ratioSays())
	}
	return []Section{normal, p.leakAnswer(ask), cost, spend, p.moveAnswer(ask)}
}

func (p *accountant) leakAnswer(ask func(key, figure string, says ...string) Section) Section {
	if p.r.Funnel == nil {
		return ask("leak", "funnel", p.T("economy.funnel.none"))
	}
	leak := ask("leak", "funnel", p.funnelSays(), p.stillSays())
	if most := p.mostReason(); most != "" {
		leak.Says = append(leak.Says, most)
	}
	leak.Picture = p.flow().Picture
	return leak
}

func (p *accountant) moveAnswer(ask func(key, figure string, says ...string) Section) Section {
	f := p.r.Funnel
	if f == nil {
		return ask("move", "closing", p.T("economy.funnel.none"), p.moveSays())
	}
	c := f.Close(0.1)
	move := ask("move", "closing", p.T("economy.move.close", "Share", p.Percent(0.1), "Years", f.Years, "More", p.whole(c.More.Value),
		"Money", p.money(c.Money.Value), "Range", p.moneyRange(c.Money.Low, c.Money.High)))
	if c.Hours.Value > 0 {
		move.Says = append(move.Says, p.T("economy.close_hours", "Hours", p.whole(c.Hours.Value), "Range", p.Range(int(c.Hours.Low), int(c.Hours.High))))
	}
	if p.r.Effort.KeepHour != nil {
		move.Says = append(move.Says, p.hourSays())
	}
	move.Says = append(move.Says, p.moveSays())
	return move
}

// explain gives sections the way their figures are worked out, as Help tells it.
func (p *accountant) explain(sections []Section) {
	for i := range sections {
		if key := "help.figure." + sections[i].Figure + ".how"; sections[i].Figure != "" && p.Has(key) {
			sections[i].How = p.T(key, "Years", p.r.Worth.Years)
			sections[i].HowTitle = p.T("economy.how")
		}
	}
}

// mostReason names the family of reasons that most left for.
func (p *accountant) mostReason() string {
	var most *economy.ReasonPart
	for i := range p.r.Funnel.Reasons {
		if r := &p.r.Funnel.Reasons[i]; most == nil || r.Share > most.Share {
			most = r
		}
	}
	if most == nil {
		return ""
	}
	if most.Family == behold.FamilyUnknown {
		return p.T("economy.leaks.unknown", "Share", p.Percent(most.Share))
	}
	return p.T("economy.leaks.most", "Reason", p.Family(most.Family), "Share", p.Percent(most.Share))
}

func (p *accountant) costSays() string {
	w := &p.r.Worth
	if w.Holders == 0 || w.One.Mean <= 0 {
		return p.T("economy.cost.none")
	}
	return p.T("economy.cost.one", "Mean", p.money(w.One.Mean), "Range", p.moneyRange(w.One.MeanLow, w.One.MeanHigh), "Years", w.Years,
		"Usual", p.money(w.One.Usual), "High", p.money(w.One.High))
}

// base is what all who are here are worth together.
func (p *accountant) base() Section {
	w := &p.r.Worth
	s := Section{Figure: "base", Title: p.T("money.base")}
	if w.Holders == 0 || w.One.Mean <= 0 {
		return s
	}
	s.Says = []string{p.N("economy.cost.base", w.Holders, "Base", p.money(w.Base), "Years", w.Years)}
	if len(w.Deciles) > 0 {
		s.Says = append(s.Says, p.T("economy.cost.tenth", "Share", p.Percent(w.Deciles[0])))
	}
	return s
}

func (p *accountant) cost() Section {
	w := &p.r.Worth
	s := Section{Figure: "losscost", Title: p.T("economy.cost.title"), Says: []string{p.costSays()}}
	if w.Holders == 0 || w.One.Mean <= 0 {
		return s
	}
	s.Says = append(s.Says, p.replaceSays())
	if w.Referral != nil {
		s.Says = append(s.Says, p.T("economy.cost.referrals", "Money", p.money(*w.Referral)))
	}
	s.Says = append(s.Says, p.priceSays())
	t := Table{Head: []string{p.T("economy.cost.by_purchases"), p.T("economy.head.customers"), p.T("economy.head.mean"), p.T("economy.head.half")}}
	for _, c := range w.ByNth {
		t.Rows = append(t.Rows, Row{Cells: []string{c.Name, p.Number(c.Customers), p.money(c.Mean), p.money(c.Usual)}})
	}
	s.Tables = []Table{t}
	if len(w.By) > 1 {
		t := Table{Head: []string{p.T("economy.by_head.segment"), p.T("economy.head.customers"), p.T("economy.head.mean"), p.T("economy.head.half")}}
		for _, c := range w.By {
			t.Rows = append(t.Rows, Row{Cells: []string{p.Known(c.Name), p.Number(c.Customers), p.money(c.Mean), p.money(c.Usual)}})
		}
		s.Tables = append(s.Tables, t)
	}
	return s
}

// replaceSays is what winning another costs.
func (p *accountant) replaceSays() string {
	e := &p.r.Effort
	if e.CAC == nil {
		return p.T("economy.cost.replace_unknown")
	}
	return p.T("economy.cost.replace", "CAC", p.money(*e.CAC), "Range", p.moneyRange(*e.CACLow, *e.CACHigh), "Brings", p.money(e.Brings))
}

// priceSays is what money means here.
func (p *accountant) priceSays() string {
	key := "economy.cost.turnover"
	if p.r.Worth.Margin {
		key = "economy.cost.margin"
	}
	return p.T(key, "Rate", p.Percent(p.r.Worth.Discount))
}

func (p *accountant) ratioSays() string {
	return p.T("economy.effort.ratio", "Share", p.Percent(*p.r.Effort.Ratio))
}

func (p *accountant) hourSays() string {
	e := &p.r.Effort
	return p.T("economy.effort.hours", "Keep", p.money(*e.KeepHour), "New", p.money(*e.NewHour))
}

// spendSays is what goes into new and into existing customers.
func (p *accountant) spendSays() (says []string) {
	e := &p.r.Effort
	if !e.New.Given && !e.Existing.Given && !e.New.FromLogs && !e.Existing.FromLogs {
		says = append(says, p.T("economy.effort.none"))
	} else {
		says = append(says, p.T("economy.effort.split", "NewMoney", p.money(e.New.Money), "NewHours", p.whole(e.New.Hours),
			"OldMoney", p.money(e.Existing.Money), "OldHours", p.whole(e.Existing.Hours)))
		if e.New.FromLogs || e.Existing.FromLogs {
			says = append(says, p.T("economy.effort.logs"))
		}
	}
	if e.CAC != nil {
		says = append(says, p.N("economy.effort.won", e.Won, "CAC", p.money(*e.CAC), "Range", p.moneyRange(*e.CACLow, *e.CACHigh)))
	}
	return says
}

// moveSays says whether hours should be moved.
func (p *accountant) moveSays() string {
	e := &p.r.Effort
	switch {
	case e.Move > 0:
		return p.T("economy.move.existing", "Hours", p.Decimal(e.Move, 1), "Chance", p.Percent(*e.Sure))
	case e.Move < 0:
		return p.T("economy.move.new", "Hours", p.Decimal(-e.Move, 1), "Chance", p.Percent(1-*e.Sure))
	case !e.Shows():
		return p.T("economy.move.not_shown")
	}
	return p.T("economy.move.none")
}

// keptSays is what one kept customer cost, once the lot has shown that any was.
func (p *accountant) keptSays() []string {
	e := &p.r.Effort
	if !e.Shows() {
		return []string{p.T("economy.effort.not_shown")}
	}
	of100 := func(share float64) string { return p.Decimal(100*share, 0) }
	says := []string{p.T("economy.effort.shown", "Kept", of100(e.Shown.Kept), "Range", of100(e.Shown.Low)+"–"+of100(e.Shown.High))}
	if e.PerKept == nil {
		return append(says, p.T("economy.effort.no_price"))
	}
	return append(says, p.T("economy.effort.kept", "Money", p.money(*e.PerKept), "Range", p.moneyRange(*e.KeptLow, *e.KeptHigh)))
}

func (p *accountant) effort() Section {
	e := &p.r.Effort
	s := Section{Figure: "newold", Title: p.T("economy.effort.title"), Says: p.spendSays()}
	s.Says = append(s.Says, p.keptSays()...)
	if e.Ratio != nil {
		s.Says = append(s.Says, p.ratioSays())
	}
	if e.KeepHour != nil {
		s.Says = append(s.Says, p.hourSays())
	}
	s.Says = append(s.Says, p.moveSays())
	if e.HourCost <= 0 {
		s.Says = append(s.Says, p.T("economy.effort.no_hour"))
	}
	return s
}

func (p *accountant) ladder() Section {
	s := Section{Figure: "ladder", Title: p.T("economy.ladder.title"), Says: []string{p.T("economy.ladder.says")}}
	t := Table{Head: []string{p.T("economy.ladder.figure"), p.T("economy.ladder.now"), p.T("economy.ladder.before"), p.T("economy.ladder.change")}}
	for _, r := range p.r.Ladder {
		now, before, change := p.rung(r.Figure, r.Now), "", ""
		if r.Before != nil {
			then := *r.Before
			before = p.rung(r.Figure, then)
			switch {
			case r.Figure == "margin_share":
				change = p.signed(p.points(abs(r.Now-then)), r.Now-then)
			case then > 0 && abs(r.Now/then-1) >= 0.005:
				change = p.signed(p.Percent(abs(r.Now/then-1)), r.Now-then)
			}
		}
		strong := r.Figure == "customers" || r.Figure == "lost" || r.Figure == "came"
		t.Rows = append(t.Rows, Row{Cells: []string{p.T("economy.ladder." + r.Figure), now, before, change}, Strong: strong})
	}
	s.Tables = []Table{t}
	return s
}

func abs(x float64) float64 { return max(x, -x) }

func (p *accountant) signed(word string, of float64) string {
	switch {
	case of < 0:
		return "\u2212" + word
	case of > 0:
		return "+" + word
	}
	return word
}

// rung is a figure of the ladder in its unit.
func (p *accountant) rung(figure string, x float64) string {
	switch figure {
	case "revenue", "margin", "each", "basket":
		return p.money(x)
	case "margin_share":
		return p.Percent(x)
	case "orders", "categories":
		return p.Decimal(x, 1)
	}
	return p.whole(x)
}

func (p *accountant) classes() Section {
	s := Section{Figure: "loyalclass", Title: p.T("economy.class.title"), Says: []string{p.T("economy.class.says")}}
	all := 0.0
	for _, c := range p.r.Classes {
		all += profit(c)
	}
	head := p.T("economy.class.sold")
	if p.r.Worth.Margin {
		head = p.T("economy.class.margin")
	}
	t := Table{Head: []string{p.T("economy.class.class"), p.T("economy.head.customers"), head, p.T("economy.head.share"), p.T("economy.class.orders"), p.T("economy.class.basket"), p.T("economy.class.kinds")}}
	for _, c := range p.r.Classes {
		share := ""
		if all > 0 {
			share = p.Percent(profit(c) / all)
		}
		t.Rows = append(t.Rows, Row{Strong: c.Class == economy.ClassLoyal, Cells: []string{p.T("economy.class." + c.Class), p.Number(c.Customers), p.money(profit(c)), share,
			p.Decimal(c.Orders, 1), p.money(c.Basket), p.Decimal(c.Kinds, 1)}})
		if c.Class == economy.ClassLoyal && all > 0 && p.r.Worth.Holders > 0 {
			s.Says = append(s.Says, p.T("economy.class.loyal_says", "Customers", p.Percent(float64(c.Customers)/float64(p.r.Worth.Holders)), "Share", share))
		}
	}
	s.Tables = []Table{t}
	return s
}

// profit is what a class brings: margin where costs are given, else turnover.
func profit(c economy.Class) float64 {
	if c.Margin != nil {
		return *c.Margin
	}
	return c.Sold
}
