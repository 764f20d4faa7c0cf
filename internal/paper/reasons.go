package paper

import (
	"math"

	"behold"
	"behold/internal/chart"
	"behold/internal/lamp"
	"behold/internal/phrase"
	"behold/internal/round"
)

// Reasons is the report of why customers left.
func Reasons(words *phrase.Phrases, made Made, r *round.LossReport) Document {
	words = words.In(r.Currency)
	d := newDocument(words, made, words.T("report.reasons.title"), r.Day)
	from, to := words.Date(r.Since), words.Date(r.Day)
	if r.Customers == 0 {
		d.Leads = append(d.Leads, words.T("report.reasons.none", "From", from, "To", to))
		if !r.Known {
			d.Leads = append(d.Leads, words.T("report.reasons.no_table"))
		}
		return d
	}
	t := teller{words, r}
	d.Leads = append(d.Leads, words.T("report.reasons.lead", "Customers", words.Customers(r.Customers), "From", from, "To", to, "Money", t.money(r.Money)))
	d.Sections = []Section{t.said(), t.inferred()}
	if r.Said.Customers > 0 {
		d.Sections = append(d.Sections, t.agreement())
	}
	d.Sections = append(d.Sections, t.silent(), t.claim())
	return d
}

// A teller says one report of losses.
type teller struct {
	*phrase.Phrases
	r *round.LossReport
}

func (t *teller) money(x float64) string {
	return t.Money(behold.MoneyOf(x, t.r.Currency))
}

func (t *teller) said() Section {
	s := Section{Title: t.T("report.reasons.said.title")}
	if t.r.Said.Customers == 0 {
		s.Says = append(s.Says, t.T("report.reasons.no_table"))
		return s
	}
	by := t.r.SaidBy
	s.Says = append(s.Says, t.T("report.reasons.said.says", "Customers", t.Customers(t.r.Said.Customers),
		"Customer", by[behold.SaidByCustomer], "Colleague", by[behold.SaidByColleague], "Text", by[behold.ReadInText]),
		t.T("report.reasons.said.ask"))
	t.shares(&s, "said", &t.r.Said)
	return s
}

func (t *teller) inferred() Section {
	s := Section{Title: t.T("report.reasons.inferred.title")}
	s.Says = append(s.Says, t.T("report.reasons.inferred.says", "Customers", t.Customers(t.r.Inferred.Customers)))
	t.shares(&s, "inferred", &t.r.Inferred)
	return s
}

// shares adds the picture of the families and the table of all reasons that
// anybody left for.
func (t *teller) shares(s *Section, id string, table *lamp.ReasonTable) {
	if table.Avoidable.Share == nil {
		s.Says = append(s.Says, t.T("report.reasons.few"))
	} else {
		s.Says = append(s.Says, t.T("report.reasons.shares"))
		s.Picture = t.picture(id, table)
	}
	out := Table{Head: []string{t.T("report.head.reason"), t.T("report.head.customers"), t.T("report.head.share"), t.T("report.head.money")}}
	add := func(word string, p *lamp.Part, strong bool) {
		out.Rows = append(out.Rows, Row{Cells: []string{word, t.Number(p.Customers), t.share(p), t.amount(p)}, Strong: strong})
	}
	add(t.T("report.reasons.avoidable"), &table.Avoidable, true)
	add(t.T("report.reasons.unavoidable"), &table.Unavoidable, true)
	if table.Unknown.Customers > 0 {
		add(t.T("report.reasons.unknown"), &table.Unknown, true)
	}
	reasons := Table{Head: out.Head}
	for i := range table.Families {
		f := &table.Families[i]
		if f.Customers == 0 || f.Family == behold.FamilyUnknown {
			continue
		}
		reasons.Rows = append(reasons.Rows, Row{Cells: []string{t.T("family." + string(f.Family)), t.Number(f.Customers), t.share(&f.Part), t.amount(&f.Part)}, Strong: true})
		for j := range table.Reasons {
			if p := &table.Reasons[j]; p.Family == f.Family && p.Customers > 0 {
				reasons.Rows = append(reasons.Rows, Row{Cells: []string{t.T("reason." + string(p.Reason)), t.Number(p.Customers), t.share(&p.Part), t.amount(&p.Part)}, Part: true})
			}
		}
	}
	s.Tables = append(s.Tables, out)
	if len(reasons.Rows) > 0 {
		s.Tables = append(s.Tables, reasons)
	}
}

func (t *teller) share(p *lamp.Part) string {
	if p.Share == nil {
		return ""
	}
	return t.Percent(*p.Share) + " (" + t.PercentRange(*p.Low, *p.High) + ")"
}

func (t *teller) amount(p *lamp.Part) string {
	if p.OfMoney == nil {
		return t.money(p.Money)
	}
	return t.money(p.Money) + " (" + t.Percent(*p.OfMoney) + ")"
}

func (t *teller) picture(id string, table *lamp.ReasonTable) Picture {
	c := chart.Ranges{ID: id, Title: t.T("report.reasons.picture"), Tick: t.Percent}
	for i := range table.Families {
		f := &table.Families[i]
		c.Rows = append(c.Rows, chart.RangeRow{
			Word: t.T("family." + string(f.Family)), Says: t.Percent(*f.Share),
			Value: *f.Share, Low: *f.Low, High: *f.High, Strong: f.Avoidable,
		})
		c.To = max(c.To, *f.High)
	}
	c.To, c.Ticks = axis(c.To, 1)
	return twice(c)
}

func (t *teller) agreement() Section {
	s := Section{Title: t.T("report.reasons.agree.title")}
	for _, one := range []struct {
		key string
		a   lamp.Agreement
	}{{"report.reasons.agree.reasons", t.r.Agreement}, {"report.reasons.agree.families", t.r.Families}} {
		says := t.T(one.key, "Same", one.a.Same, "Customers", t.Customers(one.a.Customers))
		if one.a.Kappa != nil {
			says += " " + t.T("report.reasons.agree.kappa", "Kappa", t.Decimal(*one.a.Kappa, 2), "Low", t.Decimal(*one.a.Low, 2), "High", t.Decimal(*one.a.High, 2))
		}
		s.Says = append(s.Says, says)
	}
	if t.r.Agreement.Customers < 20 {
		s.Says = append(s.Says, t.T("report.reasons.agree.few"))
	}
	return s
}

func (t *teller) silent() Section {
	p := &t.r.Silent
	says := t.T("report.reasons.silent.says", "Silent", p.Customers, "Customers", t.Customers(t.r.Customers))
	if p.Share != nil {
		says += " " + t.T("report.reasons.silent.share", "Share", t.Percent(*p.Share), "Range", t.PercentRange(*p.Low, *p.High))
	}
	return Section{Title: t.T("report.reasons.silent.title"), Says: []string{says}}
}

// claim puts what is often repeated beside the company's own shares, once.
func (t *teller) claim() Section {
	s := Section{Title: t.T("report.reasons.claim.title"), Says: []string{t.T("report.reasons.claim.says")}}
	out := Table{Head: []string{t.T("report.head.reason"), t.T("report.head.repeated"), t.T("report.head.said"), t.T("report.head.inferred")}}
	for _, c := range t.r.Repeated {
		out.Rows = append(out.Rows, Row{Cells: []string{
			t.T("reason." + string(c.Reason)), t.Percent(c.Share), t.own(&t.r.Said, c.Reason), t.own(&t.r.Inferred, c.Reason),
		}})
	}
	s.Tables = []Table{out}
	return s
}

// own is the company's own share of a reason, or the count while there are few.
func (t *teller) own(table *lamp.ReasonTable, reason behold.Reason) string {
	for i := range table.Reasons {
		if p := &table.Reasons[i]; p.Reason == reason {
			if p.Share == nil {
				return t.Customers(p.Customers)
			}
			return t.share(&p.Part)
		}
	}
	return ""
}

// axis is a round end beyond most, at most cap, and its ticks from 0.
func axis(most, highest float64) (to float64, ticks []float64) {
	if !(most > 0) {
		most = highest
	}
	step := math.Pow(10, math.Floor(math.Log10(most)))
	for _, part := range []float64{0.2, 0.5, 1, 2} {
		if most/(step*part) <= 5 {
			step *= part
			break
		}
	}
	to = math.Ceil(most/step-1e-9) * step
	if to > highest {
		to = highest
	}
	for i := 0; float64(i)*step <= to+1e-9; i++ {
		ticks = append(ticks, float64(i)*step)
	}
	return to, ticks
}

// twice draws for a wide and a narrow page.
func twice(c chart.Ranges) Picture {
	wide := c.SVG(780)
	c.ID += "-narrow"
	return Picture{wide, c.SVG(340)}
}
