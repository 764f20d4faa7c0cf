package paper

import (
	"behold/internal/chart"
	"behold/internal/phrase"
	"behold/internal/round"
	"behold/internal/survey"
)

// Voice is the report of what customers say.
func Voice(words *phrase.Phrases, made Made, r *round.VoiceReport) Document {
	d := newDocument(words, made, words.T("voice.title"), r.Day)
	if r.Now == nil {
		d.Leads = append(d.Leads, words.T("voice.none"))
		return d
	}
	h := hearer{words, r}
	d.Leads = append(d.Leads, words.VeryHappy(heardIn(r.Now)))
	if r.Now.N >= singles {
		d.Leads = append(d.Leads, words.T("voice.flattering", "Share", words.Percent(r.Now.Flattering)))
	}
	d.Leads = append(append(d.Leads, h.change()), h.sure()...)
	d.Sections = []Section{h.quarters()}
	if len(r.Touchpoints) > 0 {
		d.Sections = append(d.Sections, h.parts("journey", "voice.journey", "voice.journey_says", "column.touchpoint", r.Touchpoints, words.Touchpoint))
	}
	d.Sections = append(d.Sections, h.table())
	if r.Drivers != nil {
		d.Sections = append(d.Sections, h.drivers(r.Drivers))
	}
	if r.Repurchase != nil {
		d.Sections = append(d.Sections, h.after(r.Repurchase))
	}
	d.Sections = append(d.Sections, h.parts("questions", "voice.questions", "voice.ranges", "voice.head_item", r.Items, words.Item))
	if len(r.Segments) > 1 {
		d.Sections = append(d.Sections, h.parts("segments", "voice.segments", "voice.ring_shrunk", "voice.head_segment", r.Segments, h.segment))
	}
	return d
}

// singles is below how many answers no share is told.
const singles = 5

// A hearer says one report of what customers say.
type hearer struct {
	*phrase.Phrases
	r *round.VoiceReport
}

func heardIn(w *survey.Window) phrase.Heard {
	return phrase.Heard{N: w.N, Top: w.Top, Share: w.Value, Low: w.Low, High: w.High, From: w.From, Open: w.Open}
}

func heardOf(p *survey.Part) phrase.Heard {
	return phrase.Heard{N: p.N, Top: p.Top, Share: p.Value, Low: p.Low, High: p.High}
}

func timesOf(r *survey.Ratio) phrase.Times {
	if r == nil {
		return phrase.Times{}
	}
	return phrase.Times{Value: r.Value, Low: r.Low, High: r.High}
}

func (h *hearer) segment(name string) string {
	if name == "" {
		return h.T("voice.segment_none")
	}
	return name
}

func (h *hearer) change() string {
	w := &h.r.Watch
	if n := len(w.Changes); n > 0 && w.Changes[n-1].On > h.r.Day-365 {
		c := w.Changes[n-1]
		key := "voice.changed_fewer"
		if c.More {
			key = "voice.changed_more"
		}
		return h.T(key, "Since", h.Date(c.Since), "Then", h.Percent(c.Then), "Usual", h.Percent(c.Usual))
	}
	if !w.Enough && len(w.Changes) == 0 {
		return h.T("voice.watch_early", "Needs", w.Needs)
	}
	return h.T("voice.steady")
}

func (h *hearer) sure() (list []string) {
	now := h.r.Now
	switch {
	case now.Asked == nil:
		list = append(list, h.T("voice.not_asked"))
	case now.Weighted:
		list = append(list, h.T("voice.asked", "Asked", h.Number(*now.Asked), "Rate", h.Percent(*now.Response), "Effective", h.Decimal(now.Effective, 0)))
	default:
		list = append(list, h.T("voice.asked_plain", "Asked", h.Number(*now.Asked), "Rate", h.Percent(*now.Response)))
	}
	if now.Sensitivity != nil {
		list = append(list, h.T("voice.sensitivity", "Share", h.Percent(*now.Sensitivity)))
	}
	return list
}

func (h *hearer) quarters() Section {
	s := Section{Title: h.T("voice.trend"), Says: []string{h.T("voice.trend_says")}}
	t := Table{Head: []string{h.T("voice.head_quarter"), h.T("voice.head_answers"), h.T("voice.head_very"), h.T("voice.head_near"), h.T("voice.head_nps")}}
	c := chart.Ranges{ID: "quarters", Title: h.T("voice.trend"), Tick: h.Percent}
	for i := len(h.r.Windows) - 1; i >= 0; i-- {
		w := &h.r.Windows[i]
		near, nps := "", ""
		if w.N >= singles {
			near = h.Percent(w.Flattering)
		}
		if w.NPS != nil {
			nps = h.T("voice.ratio", "Value", h.Decimal(w.NPS.Value, 0), "Low", h.Decimal(w.NPS.Low, 0), "High", h.Decimal(w.NPS.High, 0))
		}
		t.Rows = append(t.Rows, Row{Cells: []string{h.Quarter(w.From), h.Number(w.N), h.ShareIn(heardIn(w)), near, nps}, Strong: w == h.r.Now})
		c.Rows = append(c.Rows, chart.RangeRow{Word: h.Quarter(w.From), Says: h.Percent(w.Value), Value: w.Value, Low: w.Low, High: w.High, Strong: !w.Open})
	}
	s.Tables = []Table{t}
	s.Picture = h.picture(c)
	return s
}

// picture draws rows of shares, unless one alone is left.
func (h *hearer) picture(c chart.Ranges) Picture {
	if len(c.Rows) < 2 {
		return Picture{}
	}
	most := 0.0
	for _, r := range c.Rows {
		most = max(most, r.High, r.Beside)
	}
	c.To, c.Ticks = axis(most, 1)
	return twice(c)
}

func (h *hearer) parts(id, title, says, head string, list []survey.Part, word func(string) string) Section {
	s := Section{Title: h.T(title), Says: []string{h.T(says)}}
	t := Table{Head: []string{h.T(head), h.T("voice.head_answers"), h.T("voice.head_very"), h.T("voice.head_near"), h.T("voice.head_best")}}
	c := chart.Ranges{ID: id, Title: h.T(title), Tick: h.Percent}
	for i := range list {
		p := &list[i]
		near, best, own := "", "", ""
		if p.N >= singles {
			near = h.Percent(float64(p.Near) / float64(p.N))
			c.Rows = append(c.Rows, h.row(p, word(p.Name)))
		}
		if p.N > 0 {
			own = h.ShareIn(heardOf(p))
		}
		if p.Best != nil {
			best = h.Percent(*p.Best)
		}
		t.Rows = append(t.Rows, Row{Cells: []string{word(p.Name), h.Number(p.N), own, near, best}})
	}
	s.Tables = []Table{t}
	s.Picture = h.picture(c)
	return s
}

func (h *hearer) row(p *survey.Part, word string) chart.RangeRow {
	row := chart.RangeRow{Word: word, Says: h.Percent(p.Value), Value: p.Value, Low: p.Low, High: p.High, Strong: !p.Few}
	if p.Shrunk != nil {
		row.Beside, row.HasBeside = *p.Shrunk, true
	}
	return row
}

func (h *hearer) table() Section {
	s := Section{Title: h.T("voice.table"), Says: []string{h.T("voice.table_says")}}
	t := Table{Head: []string{""}}
	for _, b := range survey.Behaviours() {
		t.Head = append(t.Head, h.T("voice.behaviour."+b))
	}
	for _, a := range survey.Attitudes() {
		row := Row{Cells: []string{h.T("voice.level." + a)}}
		for _, c := range h.r.Table {
			if c.Attitude == a {
				row.Cells = append(row.Cells, h.Number(c.Customers))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	s.Tables = []Table{t}
	return s
}

func (h *hearer) drivers(d *survey.Drivers) Section {
	s := Section{Title: h.T("voice.drivers")}
	if !d.Enough || len(d.Items) == 0 {
		s.Says = []string{h.T("voice.drivers_early", "Answers", d.Answers, "Needs", d.Needs)}
		return s
	}
	s.Says = append(s.Says, h.T("voice.drivers_lead", "Item", h.Item(d.Items[0].Item), "Share", h.Percent(d.Items[0].TopShare)))
	if d.R2 != nil {
		s.Says = append(s.Says, h.T("voice.drivers_says", "R2", h.Percent(*d.R2)))
	}
	t := Table{Head: []string{h.T("voice.head_wish"), h.T("voice.head_room"), h.T("voice.head_share"), h.T("voice.head_three"), h.T("voice.head_halo")}}
	c := chart.Ranges{ID: "drivers", Title: h.T("voice.drivers"), Tick: h.Percent}
	for _, x := range d.Items {
		share := h.T("reasons.share", "Share", h.Percent(x.Share), "Range", h.PercentRange(x.Low, x.High))
		t.Rows = append(t.Rows, Row{Cells: []string{h.Item(x.Item), h.Percent(x.Room), share, h.Percent(x.TopThree), h.Percent(x.Halo)}})
		c.Rows = append(c.Rows, chart.RangeRow{Word: h.Item(x.Item), Says: h.Percent(x.Share), Value: x.Share, Low: x.Low, High: x.High})
	}
	s.Tables, s.Picture = []Table{t}, h.picture(c)
	return s
}

func (h *hearer) after(r *survey.Repurchase) Section {
	s := Section{Title: h.T("voice.deeds_after"), Says: []string{h.Verdict(r.Verdict, timesOf(r.LossRates), r.Needs)}}
	t := Table{Head: []string{h.T("voice.head_level"), h.T("voice.head_answers"), h.T("voice.head_bought"), h.T("voice.head_lost")}}
	for _, l := range r.Levels {
		if l.Answers > 0 {
			t.Rows = append(t.Rows, Row{Cells: []string{h.T("voice.level." + l.Level), h.Number(l.Answers), h.Number(l.Bought), h.Number(l.Lost)}})
		}
	}
	s.Tables = []Table{t}
	if r.LossRates == nil {
		return s
	}
	chance := h.T("voice.ratio.chance", "First", h.Percent(*r.First), "Second", h.Percent(*r.Second), "Ceiling", h.Decimal(*r.Ceiling, 2))
	ratios := Table{Head: []string{h.T("voice.head_ratio"), ""}, Rows: []Row{
		{Cells: []string{h.T("voice.ratio.loss"), h.Ratio(timesOf(r.LossRates))}},
		{Cells: []string{h.T("voice.ratio.hazard"), h.Ratio(timesOf(r.Hazard))}},
		{Cells: []string{chance, h.Ratio(timesOf(r.Chances))}},
		{Cells: []string{h.T("voice.ratio.odds"), h.Ratio(timesOf(r.Odds))}},
	}}
	s.Tables = append(s.Tables, ratios)
	s.Says = append(s.Says, h.T("voice.after_says"))
	return s
}
