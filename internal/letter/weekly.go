package letter

import (
	"cmp"
	"math"
	"slices"

	"behold"
	"behold/internal/phrase"
	"behold/internal/round"
	"behold/internal/team"
)

// Weekly writes the weekly letter.
func Weekly(made Made, currency string, w *round.Week) (Written, error) {
	made.Words = made.Words.In(currency)
	t := weekly{made.Words, &made, w}
	b := made.begin()
	_, week := (w.Day - 3).Time().ISOWeek() // in which most of the seven days lie
	b.Title = made.Words.T("letter.weekly.title", "Week", week)
	b.Subject = t.subject(week)
	b.Leads = append(b.Leads, t.leads()...)
	for _, part := range []func() Part{t.money, t.lamps, t.lying, t.reasons, t.voice, t.deeds, t.losses, t.saved, t.effect, t.promises, t.records, t.unmeasured} {
		if p := part(); len(p.Says)+len(p.Rows) > 0 {
			b.Parts = append(b.Parts, p)
		}
	}
	made.end(&b, behold.WeeklyLetter)
	return b.Write()
}

type weekly struct {
	*phrase.Phrases
	made *Made
	w    *round.Week
}

func (t *weekly) subject(week int) string {
	if t.w.Now.Lamps == 0 || t.w.Now.MoneyAtRisk.Minor <= 0 {
		return t.T("letter.weekly.subject_dark", "Week", week)
	}
	return t.T("letter.weekly.subject", "Week", week, "Money", t.Rough(t.w.Now.MoneyAtRisk))
}

func (t *weekly) leads() []string {
	says := t.T("page.today.dark")
	if t.w.Now.Lamps > 0 {
		says = t.N("page.today.lit", t.w.Now.Lamps)
	}
	return []string{says + " " + t.T("page.today.as_of", "Day", t.Date(t.w.Day))}
}

// money holds what is at risk against the week before. A difference that the
// figures themselves do not show is none.
func (t *weekly) money() Part {
	p := Part{Title: t.T("page.list.money")}
	now, before := t.w.Now.MoneyAtRisk, t.w.Before.MoneyAtRisk
	if now.Minor > 0 {
		p.Says = append(p.Says, t.T("letter.weekly.money", "Money", t.Rough(now), "Customers", t.Customers(t.w.Now.Customers)))
	}
	switch {
	case !t.w.Before.Day.Known() || before.Currency != now.Currency && before.Minor != 0 && now.Minor != 0:
		p.Says = append(p.Says, t.T("letter.weekly.money_first"))
	case t.Rough(before) == t.Rough(now):
		p.Says = append(p.Says, t.T("letter.weekly.money_same"))
	default:
		key, difference := "letter.weekly.money_more", now.Minor-before.Minor
		if difference < 0 {
			key, difference = "letter.weekly.money_less", -difference
		}
		currency := cmp.Or(now.Currency, before.Currency)
		p.Says = append(p.Says, t.T(key, "Before", t.Rough(behold.Money{Minor: before.Minor, Currency: currency}),
			"Difference", t.Rough(behold.Money{Minor: difference, Currency: currency})))
	}
	return p
}

func (t *weekly) lamps() Part {
	p := Part{Title: t.T("page.lamps.title")}
	if t.w.Lit > 0 {
		p.Says = append(p.Says, t.N("letter.weekly.new", t.w.Lit))
	} else {
		p.Says = append(p.Says, t.T("letter.weekly.none_new"))
	}
	if t.w.Out > 0 {
		p.Says = append(p.Says, t.N("letter.weekly.out", t.w.Out))
	} else {
		p.Says = append(p.Says, t.T("letter.weekly.none_out"))
	}
	return p
}

// lying names what has lain for so long that whoever leads should know.
func (t *weekly) lying() Part {
	const most = 10
	p := Part{Title: t.T("today.escalated_title")}
	for i, task := range t.w.Lying {
		if i == most {
			p.Rows = append(p.Rows, t.N("letter.weekly.lying_more", len(t.w.Lying)-most))
			break
		}
		row := Named(task.Name, task.ID) + ": " + t.N("today.lying", task.Lying)
		if task.Colleague != "" {
			row += " (" + task.Colleague + ")"
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

func (t *weekly) reasons() Part {
	const most = 3
	p := Part{Title: t.T("letter.weekly.reasons")}
	type count struct {
		reason behold.Reason
		lamps  int
	}
	var all []count
	for reason, n := range t.w.Now.Reasons {
		if n > 0 {
			all = append(all, count{reason, n})
		}
	}
	slices.SortFunc(all, func(a, b count) int { return cmp.Or(cmp.Compare(b.lamps, a.lamps), cmp.Compare(a.reason, b.reason)) })
	for _, c := range all[:min(len(all), most)] {
		p.Rows = append(p.Rows, t.N("letter.weekly.reason", c.lamps, "Reason", t.Reason(c.reason)))
	}
	return p
}

// voice says how customers feel, and how sure that is, from the first answer on.
func (t *weekly) voice() (p Part) {
	if t.w.Heard == nil || t.w.Heard.Now == nil || t.w.Heard.Now.N == 0 {
		return p
	}
	w := t.w.Heard.Now
	p.Title = t.T("voice.title")
	p.Says = append(p.Says, t.VeryHappy(phrase.Heard{N: w.N, Top: w.Top, Share: w.Value, Low: w.Low, High: w.High, From: w.From, Open: w.Open}))
	return p
}

// deeds are what was done in the week because of what customers said.
func (t *weekly) deeds() (p Part) {
	const most = 5
	p.Title = t.T("deed.title")
	for _, d := range t.w.Deeds[:min(len(t.w.Deeds), most)] {
		p.Rows = append(p.Rows, t.Reason(d.Theme)+": "+d.Said+" → "+d.Did)
	}
	return p
}

func (t *weekly) losses() Part {
	p := Part{Title: t.T("letter.weekly.losses")}
	if t.w.Lost > 0 {
		p.Says = append(p.Says, t.N("letter.weekly.lost", t.w.Lost))
	} else {
		p.Says = append(p.Says, t.T("letter.weekly.lost_none"))
	}
	if t.w.LostThen >= 0 {
		p.Says = append(p.Says, t.T("letter.weekly.lost_then", "Customers", t.Customers(t.w.LostThen)))
	}
	since := t.DayMonth(t.w.Day - behold.Day(t.w.Day.Time().Day()-1))
	if t.w.Left > 0 {
		p.Says = append(p.Says, t.N("letter.weekly.left", t.w.Left, "Day", since))
	} else {
		p.Says = append(p.Says, t.T("letter.weekly.left_none", "Day", since))
	}
	p.Says = append(p.Says, t.normal())
	return p
}

// normal says whether as many are lost as usual.
func (t *weekly) normal() string {
	y := t.w.Year
	if y == nil || y.Expected == nil {
		return t.T("page.today.loss_unknown")
	}
	key := "economy.normal.year"
	if t.w.Likely {
		key = "economy.normal.likely"
	}
	return t.N(key, y.Lost, "From", t.Month(y.From), "To", t.Month(y.To), "Expected", t.Number(int(math.Round(*y.Expected))), "Range", t.Range(*y.Low, *y.High)) +
		" " + t.T("economy.verdict."+y.Signal)
}

func (t *weekly) promises() Part {
	p := Part{Title: t.T("letter.promise.title")}
	if r := t.w.Promised; r != nil && r.All.Due > 0 {
		return t.promised(p, r)
	}
	if t.w.Due == 0 {
		p.Says = append(p.Says, t.T("letter.weekly.promises_none"))
	} else {
		p.Says = append(p.Says, t.N("letter.weekly.promises", t.w.Due, "Kept", t.w.Kept, "Share", t.Percent(float64(t.w.Kept)/float64(t.w.Due))))
	}
	return p
}

// promised says how promises were kept, with a range where there are enough, and
// by which team.
func (t *weekly) promised(p Part, r *team.PromiseReport) Part {
	share := func(k *team.Keeping) string { return t.Percent(*k.Share) + ", " + t.PercentRange(*k.Low, *k.High) }
	all := t.Percent(float64(r.All.KeptInTime) / float64(r.All.Due))
	if r.All.Share != nil {
		all = share(&r.All)
	}
	p.Says = append(p.Says, t.N("letter.weekly.promises", r.All.Due, "Kept", r.All.KeptInTime, "Share", all))
	if len(r.Teams) < 2 {
		return p
	}
	for i := range r.Teams {
		if k := &r.Teams[i]; k.Share != nil {
			p.Rows = append(p.Rows, cmp.Or(oneLine(k.Whose), t.T("promisereport.no_team"))+": "+share(k))
		}
	}
	return p
}

// saved celebrates who was kept this month, and by whom.
func (t *weekly) saved() Part {
	const most = 8
	p := Part{Title: t.T("letter.weekly.saved")}
	if n := len(t.w.Saved); n > 0 {
		p.Says = []string{round.KeptSays(t.Phrases, n)}
		for _, one := range t.w.Saved[:min(n, most)] {
			p.Rows = append(p.Rows, oneLine(one))
		}
	}
	return p
}

// effect is how many customers attention kept, and what each cost.
func (t *weekly) effect() Part { return Part{Title: t.T("effect.title"), Says: t.w.Effect} }

func (t *weekly) records() Part {
	p := Part{Title: t.T("letter.weekly.data")}
	if !t.w.Newest.Known() {
		return p
	}
	newest := t.T("letter.weekly.newest", "Day", t.Date(t.w.Newest))
	if old := int(t.made.Today - t.w.Newest); old > 3 {
		newest += " " + t.N("letter.weekly.old", old)
	}
	p.Says = append(p.Says, newest)
	for _, g := range t.w.Gaps {
		if g.From == g.To {
			p.Rows = append(p.Rows, t.T("report.feed.day", "From", t.Date(g.From)))
		} else {
			p.Rows = append(p.Rows, t.T("report.feed.days", "From", t.Date(g.From), "To", t.Date(g.To), "Days", t.Days(g.Days)))
		}
	}
	if len(p.Rows) == 0 {
		p.Says = append(p.Says, t.T("report.feed.whole"))
	}
	return p
}

func (t *weekly) unmeasured() Part {
	p := Part{Title: t.T("letter.weekly.unmeasured")}
	if t.w.Unjudged > 0 {
		p.Says = append(p.Says, t.N("page.missing.summary", t.w.Unjudged)+".")
	}
	var tables []string
	for _, table := range t.w.Lacks {
		tables = append(tables, t.Table(table))
	}
	if len(tables) > 0 {
		p.Says = append(p.Says, t.T("letter.weekly.lacks", "Tables", t.List(tables)))
	}
	return p
}

// Test writes the letter that tries the mail server.
func Test(made Made) (Written, error) {
	b := Body{Lang: made.Words.Lang(), Subject: made.Words.T("letter.test.subject"), Title: made.Words.T("letter.test.subject")}
	b.Leads = []string{made.Words.T("letter.test.says", "Address", made.For.Email)}
	if made.Base == "" {
		b.Foot = []string{made.Words.T("letter.foot.no_links")}
	} else {
		b.Links = []Link{{made.Words.T("letter.foot.open"), made.to("/")}}
	}
	return b.Write()
}
