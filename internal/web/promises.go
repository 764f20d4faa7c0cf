package web

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"behold"
	"behold/internal/team"
)

// Promises are all promises, those of files and those written down here.
type Promises interface {
	Promised(context.Context, behold.PromiseQuery) ([]behold.PromiseCard, error)
}

// A promisesView is what was promised: what is still to be done and what became of
// the rest, and how well promises were kept.
type promisesView struct {
	day     behold.Day // as of which files tell
	part    part
	facets  []facet
	sorts   []sorting
	rows    []promised // of this page of the list
	todo    bool       // the list is of what is still to be done
	grouped bool       // and stands in the order of days
	any     bool       // there is a promise or surprise at all
	counts  map[string]int
	kept    *team.PromiseReport
	names   map[string]behold.Colleague
}

// A promised is a promise, or a planned surprise, of the list.
type promised struct {
	behold.PromiseCard
	entry *behold.Entry // written down here; nil: a file tells of it
	state behold.PromiseState
	long  bool // past its day for so long that nobody waits for it
	late  bool // still to be done, and past its day
	today bool
}

// What a list of promises can be narrowed to beside the states.
const (
	promisesToDo  = "todo"
	promisesEvery = "all"
	inFiles       = "file"
	writtenHere   = "here"
)

// promisesBack is how far back the page looks for what was settled, in days.
const promisesBack = 365

// promisesLong is for how many days after its day a promise is still to be done;
// later it stands among those that were not kept.
const promisesLong = 90

// open says whether there is something left to do about it.
func (m *promised) open() bool {
	return !m.Kept.Known() && m.GivenUp <= 0 && m.state != behold.PromiseUntold && !m.long
}

func (m *promised) surprise() bool { return m.entry != nil && m.entry.Kind == behold.EntrySurprise }

func (s *server) promisesPage(w http.ResponseWriter, r *request) error {
	return s.showPromises(w, r, http.StatusOK, s.page(r, "/promises"))
}

func (s *server) showPromises(w http.ResponseWriter, r *request, status int, p page) error {
	p.self = tidy(p.self)
	v, err := s.promisesOf(r, p)
	if err != nil {
		return err
	}
	if status == http.StatusOK {
		pushTidy(w, p)
	}
	return s.show(w, r, status, promisesContent(p.titled(p.T("promises.title")), v))
}

func (s *server) promisesOf(r *request, p page) (v promisesView, err error) {
	all, err := s.promisesSeen(r, &v)
	if err != nil {
		return v, err
	}
	if v.names, err = s.Board.Staff(r.Context()); err != nil {
		return v, err
	}
	v.any = len(all) > 0
	v.kept = v.report(all)
	v.count(all)
	v.facets = p.promiseFacets(r, all, &v)
	asked := r.URL.Query().Get("state")
	v.todo = asked == "" || asked == promisesToDo
	v.part = partOf(r, []string{"due", "name", "made"})
	if v.part.Sort == "" {
		v.part.Sort, v.part.Desc = "due", !v.todo
	}
	v.grouped = v.todo && v.part.Sort == "due" && !v.part.Desc
	v.sorts = []sorting{{"due", p.T("promises.sort.due")}, {"due-desc", p.T("promises.sort.due_last")}, {"made-desc", p.T("promises.sort.made")}, {"name", p.T("promises.sort.name")}}
	rows := narrowPromises(r, all, v.names)
	sortPromises(rows, v.part)
	v.part.total = len(rows)
	v.rows = rows[min(v.part.Offset, len(rows)):min(v.part.Offset+v.part.Limit, len(rows))]
	return v, nil
}

// promisesSeen are the promises and planned surprises of customers whom the one who
// asks may see: all that are to be done, and those of the last year.
func (s *server) promisesSeen(r *request, v *promisesView) (all []promised, err error) {
	today := s.today()
	v.day = today
	last, walked, err := s.State.LastRound(r.Context(), behold.NoDay)
	if err != nil {
		return nil, err
	}
	if walked && last.Day < today-31 { // files end there; silence since is ours
		v.day = last.Day
	}
	cards, err := s.Promises.Promised(r.Context(), behold.PromiseQuery{Day: today, Since: v.day - promisesBack, Whose: r.whose})
	if err != nil {
		return nil, err
	}
	entries, err := s.Book.Entries(r.Context(), behold.EntryQuery{Since: v.day - promisesBack})
	if err != nil {
		return nil, err
	}
	told := team.Told(cards, v.day)
	written := map[string]*behold.Entry{}
	for i := range entries {
		written[entries[i].BookID()] = &entries[i]
	}
	met := map[string]bool{}
	for i := range cards {
		c := &cards[i]
		if c.Book {
			met[c.Number] = true
		}
		m := promisedOf(c, written[c.Number], told, v.day, today)
		if !c.Kept.Known() && c.GivenUp <= 0 && c.Due.Day() < v.day-promisesBack {
			continue // a file never closed it
		}
		all = append(all, m)
	}
	more, err := s.alsoSeen(r, entries, met, v.day)
	for i := range more {
		all = append(all, promisedOf(&more[i], written[more[i].Number], told, v.day, today))
	}
	return all, err
}

// alsoSeen are planned surprises, and the promises that a colleague made to
// customers whom they only stand in for.
func (s *server) alsoSeen(r *request, entries []behold.Entry, met map[string]bool, since behold.Day) (more []behold.PromiseCard, err error) {
	for i := range entries {
		e := &entries[i]
		own := e.Kind == behold.EntryPromise && behold.ColleagueKey(e.Who) == behold.ColleagueKey(r.who.Email)
		if met[e.BookID()] || !e.Due.Known() || e.Kind != behold.EntrySurprise && !own || r.whose.Colleague != "" && s.mustSee(r, e.Customer) != nil {
			continue
		}
		if !e.Open() && max(e.Due, e.Done, e.Broken) < since-promisesBack {
			continue
		}
		c := behold.PromiseOf(e)
		c.Name = s.nameOf(r, e.Customer)
		more = append(more, c)
	}
	return more, nil
}

func promisedOf(c *behold.PromiseCard, e *behold.Entry, told bool, day, today behold.Day) promised {
	m := promised{PromiseCard: *c, entry: e}
	if c.Book {
		day = today
	}
	m.state = m.State(day, told)
	m.long = m.state == behold.PromiseBroken && m.Due.Day() < day-promisesLong
	if m.open() {
		m.late, m.today = m.Due.Day() < day, m.Due.Day() == day
	}
	return m
}

// report is how promises were kept, by the cards that the page shows.
func (v *promisesView) report(all []promised) *team.PromiseReport {
	var cards []behold.PromiseCard
	for i := range all {
		if !all[i].surprise() {
			cards = append(cards, all[i].PromiseCard)
		}
	}
	return team.Promises(cards, team.Stretch{Day: v.day, Since: v.day - promisesBack + 1, Team: func(who string) string { return v.names[who].Team }})
}

func (v *promisesView) count(all []promised) {
	v.counts = map[string]int{}
	for i := range all {
		m := &all[i]
		v.counts[promisesEvery]++
		if m.open() {
			v.counts[promisesToDo]++
		}
		if m.late {
			v.counts["late"]++
		}
		if m.today {
			v.counts["today"]++
		}
		if m.long && m.GivenUp <= 0 && m.Due.Day() >= v.day-promisesBack {
			v.counts["long"]++
		}
		v.counts[string(m.state)]++
	}
}

func (p page) promiseFacets(r *request, all []promised, v *promisesView) []facet {
	q := r.URL.Query()
	state := facet{name: "state", word: p.T("promises.state"), all: p.T("promises.state.todo") + " (" + p.Number(v.counts[promisesToDo]) + ")"}
	for _, one := range []string{string(behold.PromiseInTime), string(behold.PromiseLate), string(behold.PromiseBroken), string(behold.PromiseUntold), promisesEvery} {
		if chosen := q.Get("state") == one; v.counts[one] > 0 || chosen {
			state.choices = append(state.choices, choice{one, p.T("promises.state." + one), v.counts[one], chosen})
		}
	}
	teams, colleagues, here, filed := map[string]int{}, []string{}, 0, 0
	for i := range all {
		m := &all[i]
		if m.Colleague != "" {
			colleagues = append(colleagues, m.Colleague)
			if t := v.names[m.Colleague].Team; t != "" {
				teams[t]++
			}
		}
		if m.Book {
			here++
		} else {
			filed++
		}
	}
	slices.Sort(colleagues)
	whose := p.whoseFacet(r, slices.Compact(colleagues))
	whose.word, whose.all = p.T("promises.whose"), p.T("promises.everybody")
	for i := range whose.choices {
		if c := &whose.choices[i]; c.value != mine {
			c.word = cmp.Or(v.names[c.value].Name, c.value)
		}
	}
	group := facet{name: "team", word: p.T("promises.team"), all: p.T("promises.any_team")}
	if len(teams) > 1 {
		for _, t := range slices.Sorted(maps.Keys(teams)) {
			group.choices = append(group.choices, choice{t, t, -1, q.Get("team") == t})
		}
	}
	from := facet{name: "in", word: p.T("promises.in"), all: p.T("promises.in.both")}
	if here > 0 && filed > 0 || q.Get("in") != "" {
		from.choices = []choice{{inFiles, p.T("promises.in.file"), -1, q.Get("in") == inFiles}, {writtenHere, p.T("promises.in.here"), -1, q.Get("in") == writtenHere}}
	}
	return []facet{state, whose, group.rarely(), from.rarely()}
}

// narrowPromises are the promises that the address asks for; those still to be done,
// when it says nothing of what became of them.
func narrowPromises(r *request, all []promised, names map[string]behold.Colleague) []promised {
	q := r.URL.Query()
	state, whose, group, in, words := q.Get("state"), behold.ColleagueKey(q.Get("whose")), q.Get("team"), q.Get("in"), strings.ToLower(strings.TrimSpace(q.Get("q")))
	if whose == mine {
		whose = behold.ColleagueKey(r.who.Email)
	}
	return slices.DeleteFunc(slices.Clone(all), func(m promised) bool {
		switch {
		case (state == "" || state == promisesToDo) && !m.open(), state != "" && state != promisesToDo && state != promisesEvery && string(m.state) != state:
			return true
		case whose != "" && m.Colleague != whose, group != "" && names[m.Colleague].Team != group:
			return true
		case in == inFiles && m.Book, in == writtenHere && !m.Book:
			return true
		}
		return !strings.Contains(strings.ToLower(m.Name+"\n"+m.Customer+"\n"+m.Text+"\n"+m.Kind+"\n"+m.Number), words)
	})
}

func sortPromises(rows []promised, at part) {
	slices.SortStableFunc(rows, func(a, b promised) int {
		by := cmp.Compare(a.Due, b.Due)
		switch at.Sort {
		case "name":
			by = strings.Compare(strings.ToLower(nameOf(a.Name, a.Customer)), strings.ToLower(nameOf(b.Name, b.Customer)))
		case "made":
			by = cmp.Compare(a.Made, b.Made)
		}
		if at.Desc {
			by = -by
		}
		return cmp.Or(by, strings.Compare(a.Number, b.Number))
	})
}

// promisesCSV writes all promises that the list's address asks for: commas, English
// columns, whatever the language.
func (s *server) promisesCSV(w http.ResponseWriter, r *request) error {
	v := promisesView{}
	all, err := s.promisesSeen(r, &v)
	if err != nil {
		return err
	}
	if v.names, err = s.Board.Staff(r.Context()); err != nil {
		return err
	}
	rows := narrowPromises(r, all, v.names)
	at := partOf(r, []string{"due", "name", "made"})
	sortPromises(rows, at)
	out := download(w, "promises.csv")
	out.Write([]string{"promise", "customer", "name", "made_on", "due_on", "kept_on", "given_up_on", "state", "kind", "text", "why", "colleague", "team", "in"})
	for i := range rows {
		m := &rows[i]
		in := inFiles
		if m.Book {
			in = writtenHere
		}
		kept := behold.NoDay
		if m.Kept.Known() {
			kept = m.Kept.Day()
		}
		gone := behold.NoDay
		if m.GivenUp > 0 {
			gone = m.GivenUp
		}
		cells := []string{m.Number, m.Customer, m.Name, m.Made.Day().String(), m.Due.Day().String(), kept.String(), gone.String(), string(m.state), m.Kind, m.Text, m.Why, m.Colleague, v.names[m.Colleague].Team, in}
		for i := range cells {
			cells[i] = harmless(cells[i])
		}
		out.Write(cells)
	}
	out.Flush()
	return out.Error()
}

// settlePromise settles a promise that a file tells of: kept, moved or given up. What
// is written here goes before the file from then on, until it is taken back.
func (s *server) settlePromise(w http.ResponseWriter, r *request) error {
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	customer, err := s.Facts.Customer(r.Context(), r.PathValue("id"), endOfTime)
	if err != nil {
		return err
	}
	e, err := s.takenOver(r, customer.ID, r.PostFormValue("of"))
	if err != nil {
		return err
	}
	what := r.PostFormValue("do")
	if err = s.changeTo(r, &e, what); err == nil {
		err = s.Book.Write(r.Context(), &e)
	}
	if err != nil {
		return s.giveBack(w, r, &typed{where: customer.ID + " " + e.Of, what: what, Values: r.PostForm, err: err})
	}
	s.Live.Publish(News{Kind: EntryMade, Customer: e.Customer, Who: r.who})
	s.shownAt(w, r, &e)
	return nil
}

// takenOver is the entry that settles a customer's promise of a file. Pressed twice
// it is the same one.
func (s *server) takenOver(r *request, customer, number string) (e behold.Entry, err error) {
	cards, err := s.Promises.Promised(r.Context(), behold.PromiseQuery{Day: s.today(), Customer: customer, Since: behold.NoDay})
	if err != nil {
		return e, err
	}
	at := slices.IndexFunc(cards, func(c behold.PromiseCard) bool {
		return number != "" && (!c.Book && c.Number == number || c.Of == number)
	})
	if at < 0 {
		return e, &behold.Error{Kind: behold.NotFound, Say: "there is no such promise", Hint: "open the page of promises again", Code: "entry_gone"}
	}
	card := cards[at]
	card.Number = number
	by := behold.EntrySignature{Who: r.who.Email, At: s.Now()}
	for back := 0; ; back++ {
		e = card.TakeOver(back, by)
		old, err := s.Book.Entry(r.Context(), e.ID)
		if behold.KindOf(err) == behold.NotFound && err != nil {
			return e, nil
		}
		if err != nil {
			return e, err
		}
		if !old.Undone {
			old.Done, old.Broken, old.Why = behold.NoDay, behold.NoDay, "" // as the form was made
			return old, nil
		}
	}
}

// isPromises says whether a form stood on the page of promises, narrowed or not.
func isPromises(from string) bool {
	return from == "/promises" || strings.HasPrefix(from, "/promises?") && !strings.ContainsAny(from, "#\\\r\n")
}

// listHere is the address of the list as it is narrowed now, without what was done
// on it.
func (p page) listHere() string {
	q := p.self.Query()
	for _, name := range []string{"lang", "did", "acted"} {
		q.Del(name)
	}
	if len(q) == 0 {
		return "/promises"
	}
	return "/promises?" + q.Encode()
}

// settledHere says whether an event is a promise of a file that an entry has settled.
func settledHere(e behold.Event, entries []behold.Entry) bool {
	return e.Table == behold.TablePromises && slices.ContainsFunc(entries, func(one behold.Entry) bool { return one.Of != "" && one.Of == e.ID && !one.Undone })
}
