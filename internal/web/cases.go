package web

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"behold"
)

// A casesView is the list of cases, and how it was narrowed.
type casesView struct {
	part   part
	facets []facet
	sorts  []sorting
	rows   []behold.Case // of this page of the list
	names  map[string]string
	any    bool // there is a case at all
	open   int
	late   int
	closed int // in the last caseWindow days
	kept   int
	ask    []behold.LossToAsk
	titles map[string]string // of customers, by id, for ask
	off    bool              // the letter that asks is switched off
}

// caseWindow is how many days back the list counts what became of cases.
const caseWindow = 90

func caseSorts() []string { return []string{"due", "name", "since", "opened"} }

func (s *server) casesPage(w http.ResponseWriter, r *request) error {
	p := s.page(r, "/cases")
	p.self = tidy(p.self)
	v, err := s.cases(r, p)
	if err != nil {
		return err
	}
	pushTidy(w, p)
	return s.show(w, r, http.StatusOK, casesContent(p.titled(p.T("case.list.title")), v))
}

func (s *server) cases(r *request, p page) (v casesView, err error) {
	all, err := s.casesSeen(r)
	if err != nil {
		return v, err
	}
	today := s.today()
	v.any = len(all) > 0
	for i := range all {
		v.count(&all[i], today)
	}
	crew, names, err := s.crew(r.Context(), r)
	if err != nil {
		return v, err
	}
	v.names, v.part, v.facets = names, partOf(r, caseSorts()), p.caseFacets(r, crew)
	if v.part.Sort == "" {
		v.part.Sort = "due"
	}
	v.sorts = []sorting{{"due", p.T("case.list.sort_due")}, {"since", p.T("case.list.sort_since")}, {"opened-desc", p.T("case.list.sort_opened")}, {"name", p.T("case.list.sort_name")}}
	rows := narrowCases(r, all, today)
	sortCases(rows, v.part)
	v.part.total = len(rows)
	v.rows = rows[min(v.part.Offset, len(rows)):min(v.part.Offset+v.part.Limit, len(rows))]
	return v, s.lossesAsked(r, &v)
}

func (v *casesView) count(c *behold.Case, today behold.Day) {
	switch on := c.ClosedOn(); {
	case c.Open():
		v.open++
		if c.Overdue(today) {
			v.late++
		}
	case on > today-caseWindow:
		v.closed++
		if c.State == behold.Recovered {
			v.kept++
		}
	}
}

// casesSeen are all cases of customers whom the one who asks may see.
func (s *server) casesSeen(r *request) ([]behold.Case, error) {
	all, err := s.Cases.Cases(r.Context(), behold.CaseQuery{Overdue: behold.NoDay, Since: behold.NoDay})
	if err != nil || r.whose.Colleague == "" {
		return all, err
	}
	return slices.DeleteFunc(all, func(c behold.Case) bool { return s.mustSee(r, c.Customer) != nil }), nil
}

// lossesAsked fills in which lost customers are asked why, for those who see all.
func (s *server) lossesAsked(r *request, v *casesView) (err error) {
	if r.whose.Colleague != "" {
		return nil
	}
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	v.off = !settings.Surveys.On || !settings.Surveys.Lost
	if v.ask, err = s.Cases.LossesToAsk(r.Context(), s.today(), behold.AskLostShare); err != nil {
		return err
	}
	v.titles = map[string]string{}
	for i := range v.ask {
		l := &v.ask[i]
		v.titles[l.Customer] = cmp.Or(l.Name, s.nameOf(r, l.Customer))
	}
	return nil
}

// Answers to the questions of the list.
const (
	casesEvery = "all"
	overdue    = "overdue"
	withinWeek = "week"
	nobodys    = "nobody"
)

func (p page) caseFacets(r *request, crew []choice) []facet {
	q := r.URL.Query()
	states := []behold.LampState{behold.Acknowledged, behold.Planned, behold.Saving, behold.Recovered, behold.LampLost}
	state := facetOf("state", p.T("case.list.state"), p.T("case.list.worked"), states, behold.LampState(q.Get("state")), p.LampState, nil)
	state.choices = slices.DeleteFunc(state.choices, func(c choice) bool { return c.value == casesEvery })
	state.choices = append(state.choices, choice{casesEvery, p.T("case.list.every"), -1, q.Get("state") == casesEvery})
	owner := facet{name: "owner", word: p.T("case.list.owner"), all: p.T("case.list.anybody")}
	if own := behold.ColleagueKey(r.who.Email); own != "" {
		owner.choices = append(owner.choices, choice{mine, p.T("case.list.mine"), -1, q.Get("owner") == mine})
	}
	for _, c := range crew {
		c.chosen = q.Get("owner") == c.value
		owner.choices = append(owner.choices, c)
	}
	owner.choices = append(owner.choices, choice{nobodys, p.T("case.nobody"), -1, q.Get("owner") == nobodys})
	due := facet{name: "due", word: p.T("case.list.due"), all: p.T("case.list.any_day"), choices: []choice{
		{overdue, p.T("case.list.overdue"), -1, q.Get("due") == overdue}, {withinWeek, p.T("case.list.week"), -1, q.Get("due") == withinWeek},
	}}
	return []facet{state, owner, due}
}

// narrowCases are the cases that the address asks for; the open ones, when it says
// nothing of their state.
func narrowCases(r *request, all []behold.Case, today behold.Day) []behold.Case {
	q := r.URL.Query()
	state, owner, due, words := q.Get("state"), q.Get("owner"), q.Get("due"), strings.ToLower(strings.TrimSpace(q.Get("q")))
	if owner == mine {
		owner = behold.ColleagueKey(r.who.Email)
	}
	return slices.DeleteFunc(slices.Clone(all), func(c behold.Case) bool {
		switch {
		case state == "" && !c.Open(), state != "" && state != casesEvery && string(c.State) != state:
			return true
		case owner == nobodys && c.Owner != "", owner != "" && owner != nobodys && c.Owner != owner:
			return true
		case due == overdue && !c.Overdue(today), due == withinWeek && !(c.Due.Known() && c.Due <= today+7):
			return true
		}
		return !strings.Contains(strings.ToLower(c.Name+"\n"+c.Customer), words)
	})
}

func sortCases(rows []behold.Case, at part) {
	due := func(c *behold.Case) behold.Day { // what is closed stands last
		if c.Due.Known() {
			return c.Due
		}
		return endOfTime
	}
	slices.SortStableFunc(rows, func(a, b behold.Case) int {
		by := cmp.Compare(due(&a), due(&b))
		switch at.Sort {
		case "name":
			by = strings.Compare(strings.ToLower(nameOf(a.Name, a.Customer)), strings.ToLower(nameOf(b.Name, b.Customer)))
		case "since":
			by = a.Since().Compare(b.Since())
		case "opened":
			by = a.Opening.At.Compare(b.Opening.At)
		}
		if at.Desc {
			by = -by
		}
		return by
	})
}

// casesCSV writes all cases that the list's address asks for: commas, English
// columns and decimal points, whatever the language.
func (s *server) casesCSV(w http.ResponseWriter, r *request) error {
	all, err := s.casesSeen(r)
	if err != nil {
		return err
	}
	rows := narrowCases(r, all, s.today())
	at := partOf(r, caseSorts())
	sortCases(rows, at)
	out := download(w, "cases.csv")
	out.Write([]string{"case", "customer", "name", "state", "owner", "reason", "opened_at", "opened_by", "lamp", "since", "due", "overdue", "steps", "steps_done", "steps_skipped",
		"closed_at", "closed_by", "cause", "action", "discount", "currency", "ask_again", "reopened", "left_on", "said_by", "competitor"})
	for i := range rows {
		out.Write(caseCells(&rows[i], s.today()))
	}
	out.Flush()
	return out.Error()
}

func caseCells(c *behold.Case, today behold.Day) []string {
	const form = "2006-01-02T15:04:05Z07:00"
	done, skipped := 0, 0
	for _, step := range c.Steps {
		switch step.State {
		case behold.StepDone:
			done++
		case behold.StepSkipped:
			skipped++
		}
	}
	closed, discount, currency := "", "", ""
	if k := &c.Closing; !k.IsZero() {
		closed = k.At.Local().Format(form)
		if k.Discount.Minor > 0 {
			discount, currency = k.Discount.Decimal(), k.Discount.Currency
		}
	}
	cells := []string{c.ID, c.Customer, c.Name, string(c.State), c.Owner, string(c.Reason), c.Opening.At.Local().Format(form), string(c.Opening.Origin), string(c.Opening.Lamp),
		c.Since().Local().Format(form), c.Due.String(), strconv.FormatBool(c.Overdue(today)), strconv.Itoa(len(c.Steps)), strconv.Itoa(done), strconv.Itoa(skipped),
		closed, c.Closing.Who, string(c.Closing.Cause), string(c.Closing.Action), discount, currency, c.AskAgain.String(), strconv.Itoa(c.Reopened),
		c.Closing.Left.String(), string(c.Closing.Said), c.Closing.Competitor}
	for i := range cells {
		cells[i] = harmless(cells[i])
	}
	return cells
}

// nextOf is what is next in a row of the list.
func (p page) nextOf(c *behold.Case) string {
	switch at := c.Next(); {
	case !c.Open():
		return p.T("case.list.closed_on", "Day", p.ShortDate(c.ClosedOn()))
	case c.State == behold.Acknowledged:
		return p.T("case.list.plan")
	case at < 0:
		return p.T("case.list.settle")
	default:
		return p.stepSays(&c.Steps[at].Step)
	}
}

// dueOf is by when, in a row of the list.
func (p page) dueOf(c *behold.Case) string {
	switch {
	case c.Open():
		return capital(p.dueBy(c.Due))
	case c.AskAgain.Known():
		return p.T("case.list.ask") + " " + p.ShortDate(c.AskAgain)
	}
	return ""
}

// summedUp is how the cases stand, in a sentence.
func (v *casesView) summedUp(p page) string {
	says := []string{p.N("case.list.open", v.open)}
	if v.late > 0 {
		says = append(says, p.N("case.list.late", v.late))
	}
	if v.closed > 0 {
		says = append(says, p.T("case.list.kept", "Kept", v.kept, "Closed", v.closed))
	}
	return capital(strings.Join(says, "; ")) + "."
}
