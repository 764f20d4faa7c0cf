package paper

import (
	"math"
	"slices"
	"strconv"

	"behold"
	"behold/internal/chart"
	"behold/internal/economy"
	"behold/internal/phrase"
)

// Loss is the report of how many customers are lost, whether that is normal, and
// how long customers stay.
func Loss(words *phrase.Phrases, made Made, r *economy.Reckoning) Document {
	p := &accountant{words.In(r.Currency), r}
	d := newDocument(p.Phrases, made, p.T("economy.loss.title"), r.Day)
	d.Leads = append(d.Leads, p.normalSays(), p.halfSays())
	d.Sections = []Section{p.normal(), p.staying(), p.groups(), p.cohorts(), p.who()}
	d.Sections = slices.DeleteFunc(d.Sections, func(s Section) bool { return s.Title == "" })
	return d
}

// An accountant says a reckoning in one language.
type accountant struct {
	*phrase.Phrases
	r *economy.Reckoning
}

// shownMonths are so many months in pictures and tables.
const shownMonths = 24

// normalSays holds the last twelve months of which nearly all losses are known
// against what is normal.
func (p *accountant) normalSays() string {
	y := p.r.Loss.Year
	if y == nil {
		return p.T("economy.normal.none")
	}
	key := "economy.normal.year"
	if p.r.Loss.Likely {
		key = "economy.normal.likely"
	}
	return p.N(key, y.Lost, "From", p.Month(y.From), "To", p.Month(y.To), "Expected", p.whole(*y.Expected),
		"Range", p.Range(*y.Low, *y.High)) + " " + p.T("economy.verdict."+y.Signal)
}

func (p *accountant) halfSays() string {
	h := p.r.Staying.HalfLife
	switch {
	case h.Value == nil:
		return p.T("economy.half.far")
	case h.Projected:
		return p.T("economy.half.projected", "Years", p.Decimal(*h.Value, 1), "Range", p.years(h))
	}
	return p.T("economy.half.seen", "Years", p.Decimal(*h.Value, 1), "Range", p.years(h))
}

// years is the range of a time in years, open where it is not known.
func (p *accountant) years(e economy.Estimate) string {
	low, high := "?", p.T("economy.far")
	if e.Low != nil {
		low = p.Decimal(*e.Low, 1)
	}
	if e.High != nil {
		high = p.Decimal(*e.High, 1)
	}
	return low + "–" + high
}

func (p *accountant) whole(x float64) string { return p.Number(int(math.Round(x))) }

// money is an amount in three figures: more would claim too much.
func (p *accountant) money(x float64) string { return p.Rough(behold.MoneyOf(x, p.r.Currency)) }

func (p *accountant) moneyRange(low, high float64) string {
	return p.RoughRange(behold.MoneyOf(low, p.r.Currency), behold.MoneyOf(high, p.r.Currency))
}

// months are the last that are shown.
func (p *accountant) months() []economy.Month {
	all := p.r.Loss.Months
	for len(all) > 1 && all[0].Due == 0 {
		all = all[1:]
	}
	return all[max(0, len(all)-shownMonths):]
}

func (p *accountant) normal() Section {
	s := Section{Figure: "normal", Title: p.T("economy.normal.title")}
	l := &p.r.Loss
	if l.Baseline == nil {
		s.Says = append(s.Says, p.T("economy.normal.none"))
	} else {
		s.Says = append(s.Says, p.normalSays())
		if l.Likely {
			s.Says = append(s.Says, p.T("economy.normal.provisional"))
		} else if m := lastJudged(l.Months); m != nil {
			s.Says = append(s.Says, p.N("economy.normal.month", m.Lost, "Month", p.Month(m.Month), "Expected", p.whole(*m.Expected), "Range", p.Range(*m.Low, *m.High)))
		}
		if y := l.Year; y != nil && p.r.Currency != "" {
			s.Says = append(s.Says, p.T("economy.normal.money", "Money", p.money(y.Money), "Expected", p.money(*y.MoneyWould), "Range", p.moneyRange(*y.MoneyLow, *y.MoneyHigh)))
		}
		if !l.Likely {
			s.Says = append(s.Says, p.signals()...)
		}
	}
	months := p.months()
	open := 0
	for _, m := range months {
		if m.Signal == economy.Open {
			open++
		}
	}
	if open > 0 && !l.Likely {
		s.Says = append(s.Says, p.N("economy.normal.open", open))
	}
	s.Picture = p.bands(months)
	if l.Baseline != nil {
		s.Says = append(s.Says, p.T("economy.normal.how", "From", p.Month(l.Baseline.From), "To", p.Month(l.Baseline.To)))
		if !l.Likely {
			s.Says = append(s.Says, p.T("economy.normal.false", "False", p.whole(l.False)))
		}
		if l.Spread > 2 && !l.Likely {
			s.Says = append(s.Says, p.T("economy.normal.spread", "Times", p.Decimal(math.Sqrt(l.Spread), 1)))
		}
	}
	s.Tables = []Table{p.monthTable(months)}
	return s
}

// lastJudged is the last month that was held against what is normal.
func lastJudged(months []economy.Month) *economy.Month {
	for i := len(months) - 1; i >= 0; i-- {
		if m := &months[i]; m.Expected != nil && m.Signal != economy.Open && m.Complete >= 0.9 {
			return m
		}
	}
	return nil
}

// signals are the months in which the running sums rang.
func (p *accountant) signals() (says []string) {
	for _, which := range []string{economy.Worse, economy.Better} {
		var names []string
		for _, m := range p.months() {
			if m.Signal == which {
				names = append(names, p.Month(m.Month))
			}
		}
		if len(names) > 0 {
			says = append(says, p.T("economy.signal."+which, "Months", p.List(names)))
		}
	}
	if len(says) == 0 {
		says = append(says, p.T("economy.signal.none"))
	}
	return says
}

func (p *accountant) bands(months []economy.Month) Picture {
	c := chart.Bands{ID: "bands", Title: p.T("economy.normal.picture"), Desc: p.normalSays()}
	for _, m := range months {
		one := chart.BandMonth{Word: p.tick(m.Month), Count: float64(m.Lost), Nowcast: math.Round(m.Nowcast), Signal: m.Signal == economy.Worse || m.Signal == economy.Better}
		one.Says = p.Month(m.Month) + ": " + p.Number(m.Lost)
		if m.Expected != nil {
			one.Expected, one.Low, one.High = *m.Expected, float64(*m.Low), float64(*m.High)
			one.Says += " (" + p.Range(*m.Low, *m.High) + ")"
		}
		c.Months = append(c.Months, one)
	}
	wide := c.SVG(760)
	c.ID += "-narrow"
	c.Months = c.Months[max(0, len(c.Months)-12):]
	return Picture{wide, c.SVG(330)}
}

// tick is what stands below a month: the year in January, else the first month of
// a quarter.
func (p *accountant) tick(day behold.Day) string {
	at := day.Time()
	switch month := int(at.Month()); month {
	case 1:
		return strconv.Itoa(at.Year())
	case 4, 7, 10:
		return p.T("month.short." + strconv.Itoa(month))
	}
	return ""
}

func (p *accountant) monthTable(months []economy.Month) Table {
	t := Table{Head: []string{p.T("economy.head.month"), p.T("economy.head.lost"), p.T("economy.head.expected"), p.T("economy.head.normal"), p.T("economy.head.verdict")}}
	for i := len(months) - 1; i >= 0; i-- {
		m := &months[i]
		lost, expected, normal := p.Number(m.Lost), "", ""
		if more := int(math.Round(m.Nowcast)) - m.Lost; more > 0 && (p.r.Loss.Likely || m.Signal == economy.Open) {
			lost = p.T("economy.lost_more", "Lost", m.Lost, "More", more)
		}
		if m.Expected != nil {
			expected, normal = p.whole(*m.Expected), p.Range(*m.Low, *m.High)
		}
		verdict := ""
		if m.Signal != economy.Unknown {
			verdict = p.T("economy.signal_word." + m.Signal)
		}
		t.Rows = append(t.Rows, Row{Cells: []string{p.Month(m.Month), lost, expected, normal, verdict}, Strong: m.Signal == economy.Worse || m.Signal == economy.Better})
	}
	return t
}

func (p *accountant) who() Section {
	s := Section{Figure: "lostrule", Title: p.T("economy.who.title")}
	s.Says = append(s.Says, p.Definition())
	d := &p.r.Definition
	if d.Calibrated && d.Since.Known() && d.Since != p.r.Day {
		s.Says = append(s.Says, p.T("economy.who.frozen", "Day", p.Date(d.Since)))
	}
	s.Says = append(s.Says, p.T("economy.who.when"))
	switch months := p.r.Loss.Reliable; {
	case months > 0:
		s.Says = append(s.Says, p.N("economy.who.delay", months))
	case months == 0:
		s.Says = append(s.Says, p.T("economy.who.delay_none"))
	}
	if c := p.r.Contracts; c.Running+c.Ended > 0 {
		s.Says = append(s.Says, p.N("economy.who.bound", c.Running), p.T("economy.who.ended", "Ended", c.Ended, "Left", c.Left))
	}
	t := Table{Head: []string{p.T("economy.head.state"), p.T("economy.head.customers")}}
	for _, st := range p.r.States {
		t.Rows = append(t.Rows, Row{Cells: []string{p.CustomerState(st.State), p.Number(st.Customers)}})
	}
	s.Tables = []Table{t}
	return s
}

// Definition says who is called lost, in one sentence.
func (p *accountant) Definition() string {
	d := &p.r.Definition
	if !d.Calibrated {
		return p.T("economy.who.cautious")
	}
	return p.T("economy.who.rule", "Cases", d.Cases, "Returned", d.Returned, "Range", p.PercentRange(d.Low, d.High))
}

// Definition says in one sentence of a language who is called lost.
func Definition(words *phrase.Phrases, r *economy.Reckoning) string {
	return (&accountant{words, r}).Definition()
}

// Normal says in one or two sentences whether the loss is normal.
func Normal(words *phrase.Phrases, r *economy.Reckoning) string {
	return (&accountant{words, r}).normalSays()
}
