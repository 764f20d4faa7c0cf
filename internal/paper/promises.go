package paper

import (
	"cmp"

	"behold/internal/chart"
	"behold/internal/phrase"
	"behold/internal/team"
)

// Promises is the report of how promises were kept.
func Promises(words *phrase.Phrases, made Made, r *team.PromiseReport) Document {
	d := newDocument(words, made, words.T("promisereport.title"), r.Day)
	if r.All.Made+r.All.Due+r.All.Open+r.All.Untold == 0 {
		d.Leads = append(d.Leads, words.T("promisereport.none"))
		return d
	}
	t := keepings{words, r}
	d.Leads = append(d.Leads, t.lead())
	if !r.Told {
		d.Leads = append(d.Leads, words.N("promisereport.untold", r.All.Untold))
	}
	d.Sections = append(d.Sections, t.section("teams", r.Teams, words.T("promisereport.no_team")))
	if len(r.Colleagues) > 0 {
		d.Sections = append(d.Sections, t.section("colleagues", r.Colleagues, words.T("promisereport.nobody")))
	}
	if len(r.Kinds) > 1 {
		d.Sections = append(d.Sections, t.section("kinds", r.Kinds, words.T("promisereport.no_kind")))
	}
	return d
}

type keepings struct {
	*phrase.Phrases
	r *team.PromiseReport
}

func (t *keepings) lead() string {
	k := &t.r.All
	since := t.Date(t.r.Since)
	if k.Share == nil {
		return t.N("promisereport.few", k.Due, "Day", since, "Kept", k.KeptInTime)
	}
	return t.N("promisereport.lead", k.Due, "Day", since, "Kept", k.KeptInTime, "Share", t.Percent(*k.Share), "Range", t.PercentRange(*k.Low, *k.High))
}

func (t *keepings) section(name string, list []team.Keeping, nameless string) Section {
	s := Section{Title: t.T("promisereport." + name)}
	out := Table{Head: []string{t.T("promisereport.head." + name)}}
	for _, word := range []string{"due", "in_time", "late", "broken", "open", "share"} {
		out.Head = append(out.Head, t.T("promisereport.head."+word))
	}
	c := chart.Ranges{ID: "promises-" + name, Title: t.T("promisereport.picture"), Tick: t.Percent, To: 1, Ticks: []float64{0, .25, .5, .75, 1}}
	for i := range list {
		k := &list[i]
		word := cmp.Or(t.Known(k.Whose), nameless)
		row := Row{Cells: []string{word, t.Number(k.Due), t.Number(k.KeptInTime), t.Number(k.Late), t.Number(k.Broken + k.Overdue), t.Number(k.Open), ""}}
		if k.Share != nil {
			row.Cells[6] = t.Percent(*k.Share) + " (" + t.PercentRange(*k.Low, *k.High) + ")"
			c.Rows = append(c.Rows, chart.RangeRow{Word: word, Says: t.Percent(*k.Share), Value: *k.Share, Low: *k.Low, High: *k.High})
		}
		out.Rows = append(out.Rows, row)
	}
	s.Tables = []Table{out}
	if len(c.Rows) > 1 {
		s.Picture = twice(c)
	} else if len(list) > 0 {
		s.Says = append(s.Says, t.T("promisereport.ranges"))
	}
	return s
}
