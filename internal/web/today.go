package web

import (
	"cmp"
	"context"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"behold"
	walk "behold/internal/round"
)

// Plans is the lists of the morning, and why who is on none of them is not.
type Plans interface {
	// TaskList is the lists made after the last round of a day or before, and the
	// day of that round; both are NoDay without any.
	TaskList(context.Context, behold.Day) (behold.TaskList, behold.Day, error)
	// PassedOver is NotLit of whoever has no lamp that staff may see.
	PassedOver(ctx context.Context, round behold.Day, customer int32) (behold.Passed, error)
	// CameLater are the customers who came after the lists were made.
	CameLater(ctx context.Context, round behold.Day, most int) ([]behold.LampCard, error)
}

// mostCards is how many customers Today shows at once, as the letter does; a list
// beyond is opened by itself.
const mostCards = walk.MostListed

// A todayView is what there is to say today.
type todayView struct {
	round      *behold.Round // nil: none yet
	data       bool          // anything was imported
	summary    behold.LampSummary
	list       behold.TaskList // of those whose tasks are shown; its Day is NoDay when none was made
	of         string          // whose list: a colleague's e-mail, ofAll or ofNobody
	choices    []listChoice    // whose lists can be looked at; one alone is none
	sections   []todaySection
	lying      []card // of all that may be seen, those the manager sees too
	done       []card
	later      []behold.LampCard
	asked      whyView
	own        behold.Load // of whoever looks
	hasOwn     bool
	missing    []missing
	people     todayPeople
	cases      todayCases
	lost       int    // customers who are called lost: no lamp is lit for them
	lostSays   string // how many were lost in a year; "" when nobody was
	lostFigure figure
	asOf       behold.Day // the day the next round would judge
}

// Whose lists can be asked for beside a colleague's.
const (
	ofAll    = "all"
	ofNobody = "nobody"
)

// A listChoice is one whose list can be looked at.
type listChoice struct {
	of, word string
	tasks    int
	here     bool
}

// A todaySection is the list of one colleague.
type todaySection struct {
	colleague string
	load      behold.Load
	cards     []card
	more      int // that are not shown
}

// A card is a customer on a list, with all lamps that burn for them, the one that
// the task is about first.
type card struct {
	walk.Worth
	level level
	strip string // the purchases of a year, drawn
	back  string // the page to which its forms lead back
	ways  []behold.Permit
}

// lamp is what the task is about.
func (c card) lamp() behold.Lamp {
	if len(c.Lit) > 0 {
		return c.Lit[0].Lamp
	}
	return behold.Lamp{Kind: c.Task.Lamp, Reason: c.Task.Reason}
}

// fits says whether what the lamp suggests is what the playbook asks for.
func (c card) fits() bool {
	return c.Step().Action == behold.ActCall || c.Task.Reason == c.lamp().Reason
}

// kinds are the lamps that a decision about the card is about.
func (c card) kinds() (list []behold.LampKind) {
	for _, l := range c.Lit {
		list = append(list, l.Kind)
	}
	return list
}

func (s *server) todayPage(w http.ResponseWriter, r *request) error {
	return s.showToday(w, r, http.StatusOK, s.page(r, "/").titled(""))
}

func (s *server) showToday(w http.ResponseWriter, r *request, status int, p page) error {
	var err error
	if p.names, err = s.colleagueNames(r.Context()); err != nil {
		return err
	}
	v, err := s.todayOf(r, p)
	if err != nil {
		return err
	}
	p.title = p.T("page.today.title")
	return s.show(w, r, status, todayContent(p, v))
}

func (s *server) todayOf(r *request, p page) (v todayView, err error) {
	ctx := r.Context()
	span, err := s.Arrivals.Extent(ctx, endOfTime)
	if err != nil {
		return v, err
	}
	v.data = span.Lines > 0
	if v.asOf, err = s.roundDay(ctx); err != nil {
		return v, err
	}
	if v.round, err = s.lastRound(ctx); err != nil || v.round == nil {
		return v, err
	}
	if v.summary, err = s.State.LampSummaryOf(ctx, r.whose); err != nil {
		return v, err
	}
	if err = s.planned(r, p, &v); err != nil {
		return v, err
	}
	tables, err := s.given(ctx)
	if err != nil {
		return v, err
	}
	v.missing = notMeasured(tables)
	if v.people, err = s.todayPeople(r); err != nil {
		return v, err
	}
	if v.cases, err = s.todayCases(r); err != nil {
		return v, err
	}
	if v.cases, err = s.todayCases(r); err != nil {
		return v, err
	}
	if v.lostSays, v.lostFigure, err = s.lostInAYear(ctx, p, v.round.Day); err != nil {
		return v, err
	}
	_, v.lost, err = s.Lists.Listed(ctx, behold.CustomerQuery{Day: v.round.Day, State: behold.Lost, Whose: r.whose, Slice: behold.Slice{Limit: 1}})
	return v, err
}

// planned fills in the lists, as whoever asks may see them.
func (s *server) planned(r *request, p page, v *todayView) error {
	ctx := r.Context()
	whole, made, err := s.Plans.TaskList(ctx, v.round.Day)
	if err != nil {
		return err
	}
	if v.list = whole; made != v.round.Day {
		v.list.Day = behold.NoDay
		return nil
	}
	v.own, v.hasOwn = whole.Load(r.who.Email)
	v.of = listAsked(r, v.hasOwn)
	seen := whole.Only(func(t *behold.Task) bool { return mayList(r, t) })
	v.choices = p.choicesOf(r, seen, v.of)
	v.list = seen.Only(func(t *behold.Task) bool { return isOf(v.of, t) })
	if err := s.fillSections(r, p, v, made); err != nil {
		return err
	}
	later, err := s.Plans.CameLater(ctx, made, mostCards)
	for _, l := range later {
		if r.whose.Asks(l.Colleague) && (v.of == ofAll || behold.ColleagueKey(l.Colleague) == v.of || l.Colleague == "") {
			v.later = append(v.later, l)
		}
	}
	if err == nil {
		v.asked, err = s.whyAsked(r, p, whole, made)
	}
	return err
}

// listAsked is whose list is to be shown. Who leads, or only looks, sees them all
// and may choose; a member sees their own.
func listAsked(r *request, has bool) string {
	asked := r.URL.Query().Get("of")
	if r.Method == http.MethodPost { // a form that was refused
		asked, _ = listChosen(r.PostFormValue("from"))
	}
	if !mayChoose(r) {
		return behold.ColleagueKey(r.who.Email)
	}
	switch asked {
	case "", ofAll:
		return ofAll
	case mine:
		return behold.ColleagueKey(r.who.Email)
	}
	return behold.ColleagueKey(asked)
}

func mayChoose(r *request) bool {
	return r.who.Role != behold.Member || r.who.Email == ""
}

// mayList says whether who asks may see a task: their own, those of customers they
// may see, and the company's where nobody has a list.
func mayList(r *request, t *behold.Task) bool {
	return r.whose.Asks(t.Owner) || t.Colleague == behold.ColleagueKey(r.who.Email)
}

// isOf says whether a task belongs to the list asked for. A list of nobody's is
// everybody's.
func isOf(of string, t *behold.Task) bool {
	switch of {
	case ofAll:
		return true
	case ofNobody:
		return t.Owner == ""
	}
	return t.Colleague == of || t.Colleague == ""
}

// choicesOf are the lists that can be chosen from.
func (p page) choicesOf(r *request, list behold.TaskList, of string) (all []listChoice) {
	if !mayChoose(r) || len(list.Loads) < 2 {
		return nil
	}
	all = append(all, listChoice{of: ofAll, word: p.T("today.all"), tasks: len(list.Tasks), here: of == ofAll})
	nobodys := 0
	for _, t := range list.Tasks {
		if t.Owner == "" {
			nobodys++
		}
	}
	for _, load := range list.Loads {
		word := p.called(load.Colleague)
		if load.Colleague == behold.ColleagueKey(r.who.Email) {
			word = p.T("today.mine")
		}
		all = append(all, listChoice{of: load.Colleague, word: word, tasks: load.Tasks, here: of == load.Colleague})
	}
	if nobodys > 0 || of == ofNobody {
		all = append(all, listChoice{of: ofNobody, word: p.T("today.nobodys"), tasks: nobodys, here: of == ofNobody})
	}
	return all
}

// fillSections reads the customers of the lists: what is to be done by colleague,
// and what was done.
func (s *server) fillSections(r *request, p page, v *todayView, made behold.Day) error {
	reader := walk.ListReader{Facts: s.Facts, State: s.State, Book: s.Book, Cases: s.Cases, Made: made, Day: v.list.Day}
	tasks := ownFirst(v.list.Tasks, behold.ColleagueKey(r.who.Email))
	found, err := reader.Read(r.Context(), tasks[:min(len(tasks), mostCards)])
	if err != nil {
		return err
	}
	orders, err := s.pictured(r.Context(), found, made)
	if err != nil {
		return err
	}
	files, err := s.filesOf(r.Context(), found)
	if err != nil {
		return err
	}
	bands := bandsOf(v.summary)
	for _, w := range found {
		c := card{Worth: w, level: bands.level(w.MoneyAtRisk), back: todayURL(v.of)}
		if c.Done != nil {
			v.done = append(v.done, c)
			continue
		}
		p.picture(orders[c.Customer], made, &c)
		p.reached(files, &c)
		if c.Task.Escalated {
			v.lying = append(v.lying, c)
		}
		at := v.section(c.Task.Colleague)
		at.cards = append(at.cards, c)
	}
	for _, t := range tasks[min(len(tasks), mostCards):] {
		v.section(t.Colleague).more++
	}
	if v.of == ofAll { // who has nothing to do is shown too
		for _, load := range v.list.Loads {
			v.section(load.Colleague)
		}
	}
	for i := range v.sections {
		v.sections[i].load, _ = v.list.Load(v.sections[i].colleague)
	}
	return nil
}

// ownFirst puts the tasks of whoever looks before those of the others.
func ownFirst(tasks []behold.Task, own string) []behold.Task {
	sorted := slices.Clone(tasks)
	slices.SortStableFunc(sorted, func(a, b behold.Task) int {
		switch {
		case a.Colleague == b.Colleague:
			return cmp.Compare(a.Place, b.Place)
		case a.Colleague == own:
			return -1
		case b.Colleague == own:
			return 1
		}
		return cmp.Compare(a.Colleague, b.Colleague)
	})
	return sorted
}

// section is that of a colleague, made if there is none yet.
func (v *todayView) section(colleague string) *todaySection {
	for i := range v.sections {
		if v.sections[i].colleague == colleague {
			return &v.sections[i]
		}
	}
	v.sections = append(v.sections, todaySection{colleague: colleague})
	return &v.sections[len(v.sections)-1]
}

// open is how many customers are still to be dealt with.
func (v todayView) open() (n int) {
	for _, s := range v.sections {
		n += len(s.cards) + s.more
	}
	return n
}

// worked says whether anybody has time for customers on the day of the list.
func (v todayView) worked() bool {
	return slices.ContainsFunc(v.list.Loads, func(l behold.Load) bool { return l.Minutes > 0 })
}

// alone says that there is one list for the company, because nobody is named.
func (v todayView) alone() bool { return len(v.list.Loads) == 1 && v.list.Loads[0].Colleague == "" }

// todayURL is the address of Today with a list chosen.
func todayURL(of string) string {
	if of == "" || of == ofAll {
		return "/"
	}
	return "/?" + url.Values{"of": {of}}.Encode()
}

// listChosen is whose list an address of Today asks for, if it is one that asks.
func listChosen(address string) (of string, chosen bool) {
	asked, chosen := strings.CutPrefix(address, "/?")
	q, err := url.ParseQuery(asked)
	return q.Get("of"), chosen && err == nil && q.Get("of") != ""
}

// pictured are the orders that the strips of the customers show.
func (s *server) pictured(ctx context.Context, found []walk.Worth, day behold.Day) (map[int32][]behold.OrderSummary, error) {
	var of []int32
	since := day
	for i := range found {
		if found[i].Done == nil {
			of, since = append(of, found[i].Customer), min(since, stripFrom(&found[i].Standing, day))
		}
	}
	return s.Facts.OrdersOf(ctx, of, since, day)
}

// stripFrom is where a strip begins: a year back, or where it takes to see the
// rhythm before the silence.
func stripFrom(st *behold.Standing, day behold.Day) behold.Day {
	if st.Last.Known() {
		return min(day-365, st.Last-183)
	}
	return day - 365
}

// picture draws the card's strip.
func (p page) picture(orders []behold.OrderSummary, day behold.Day, c *card) {
	drawn := p.rhythm(c.Standing, c.Lit, orders, day)
	drawn.ID, drawn.From = "s"+slug(c.ID), stripFrom(&c.Standing, day)
	drawn.Title = p.T("page.strip.title", "Name", nameOf(c.Name, c.ID))
	c.strip = twoSizes(drawn.Strip(700), drawn.phone().Strip(320))
}

// standing is a customer's row of the day's standings, or nil when the day has none.
func (s *server) standing(ctx context.Context, id string, day behold.Day) (*behold.Standing, error) {
	rows, _, err := s.Facts.Standings(ctx, behold.StandingQuery{Day: day, ID: id, Slice: behold.Slice{Limit: 1}})
	if err != nil && behold.KindOf(err) != behold.NotFound {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return &rows[0], nil
}

// roundDay is the day a round asked for now would judge: today, or the last day
// of the records when they end before it, because silence since then is ours
// and not the customers'.
func (s *server) roundDay(ctx context.Context) (behold.Day, error) {
	by, err := s.Arrivals.Extent(ctx, s.today())
	if err != nil || by.Lines == 0 {
		return s.today(), err
	}
	_, written, err := s.Book.Book(ctx)
	return by.Reach(written, s.today()), err
}

// endOfTime asks for everything that is recorded, whenever it happened.
const endOfTime = behold.Day(math.MaxInt32)

// A missing lamp is one that cannot light, and the table that would switch it on;
// "" when none would.
type missing struct {
	kind  behold.LampKind
	table behold.Table
}

// clock is the time of day at which something was done.
func clock(at time.Time) string { return at.Local().Format("15:04") }
