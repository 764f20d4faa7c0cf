package web

import (
	"cmp"
	"strconv"
	"strings"

	"behold"
	"behold/internal/team"
)

// promiseSays is what has become of it, in a word or two.
func (p page) promiseSays(m *promised) string {
	switch {
	case m.surprise():
		return p.entryState(m.entry)
	case m.today:
		return p.T("promises.is.today")
	case m.late && m.state != behold.PromiseBroken:
		return p.T("entry.state.late")
	case m.late || m.long && m.GivenUp <= 0:
		return p.N("promises.is.late", max(1, int(m.LateBy(max(p.desk.now, m.Due.Day())))))
	}
	return p.T("promises.is." + string(m.state))
}

func (m *promised) bad() bool {
	return m.late || m.state == behold.PromiseBroken || m.state == behold.PromiseLate
}

// promiseMore is what there is to say beside the words.
func (p page) promiseMore(m *promised, names map[string]behold.Colleague) string {
	said := []string{}
	if m.surprise() {
		said = append(said, p.dueSays(m.entry))
	} else {
		said = append(said, p.T("entry.due_on", "Day", p.ShortDate(m.Due.Day())), p.T("promises.made_on", "Day", p.ShortDate(m.Made.Day())))
	}
	if m.Kept.Known() {
		said = append(said, p.T("entry.done_on", "Day", p.ShortDate(m.Kept.Day())))
	}
	if m.Why != "" {
		said = append(said, p.T("entry.why_says", "Why", m.Why))
	}
	if m.Colleague != "" {
		said = append(said, cmp.Or(names[m.Colleague].Name, m.Colleague))
	}
	if !m.Book {
		said = append(said, p.T("promises.of_file", "Number", short(m.Number)))
	} else if m.Of != "" {
		said = append(said, p.T("promises.of_file_here", "Number", short(m.Of)))
	}
	return strings.Join(said, " · ")
}

// words are what was promised, as well as it is known.
func (p page) promiseWords(m *promised) string {
	return cmp.Or(m.Text, m.Kind, p.T("promises.wordless"))
}

// promisesLead is what is to be done, in a sentence.
func (p page) promisesLead(v *promisesView) string {
	if v.counts[promisesToDo] == 0 {
		return p.T("promises.clear")
	}
	says := p.N("promises.lead", v.counts[promisesToDo], "Late", p.Number(v.counts["late"]), "Today", p.Number(v.counts["today"]))
	if n := v.counts["long"]; n > 0 {
		says += " " + p.N("promises.long", n, "Days", promisesLong)
	}
	return says
}

// rateSays is how many were kept in time in a sentence, with its range.
func (p page) rateSays(k *team.Keeping, since behold.Day) string {
	if k.Share == nil {
		return p.N("promisereport.few", k.Due, "Kept", strconv.Itoa(k.KeptInTime), "Day", p.Date(since))
	}
	return p.N("promisereport.lead", k.Due, "Share", p.Percent(*k.Share), "Range", p.PercentRange(*k.Low, *k.High), "Kept", p.Number(k.KeptInTime), "Day", p.Date(since))
}

// headOf is the heading above a row, where the list is in the order of days and the
// row is the first of its group.
func (v *promisesView) headOf(i int) string {
	group := func(m *promised) string {
		switch {
		case m.late:
			return "late"
		case m.today:
			return "today"
		}
		return "coming"
	}
	if !v.grouped || i > 0 && group(&v.rows[i]) == group(&v.rows[i-1]) {
		return ""
	}
	return group(&v.rows[i])
}
