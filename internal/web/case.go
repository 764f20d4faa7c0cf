package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"behold"
	plans "behold/internal/task"
)

// Cases is the work to keep customers. Every move can be taken back, and none of
// them is lost or doubled.
type Cases interface {
	// OpenCase gives the case that is open already, where there is one.
	OpenCase(context.Context, behold.CaseOpening) (behold.Case, error)
	// MoveCase is Invalid when something is missing, and Conflict when somebody
	// went on with the case since.
	MoveCase(context.Context, behold.CaseMove) (behold.Case, error)
	UndoCase(ctx context.Context, id string, version int64, by behold.EntrySignature) (behold.Case, error)
	// CaseLog is a case after each of its moves, the latest first.
	CaseLog(ctx context.Context, id string) ([]behold.Case, error)
	// CasesOf are a customer's, the one that was moved last first.
	CasesOf(ctx context.Context, customer string) ([]behold.Case, error)
	Cases(context.Context, behold.CaseQuery) ([]behold.Case, error)
	LossesToAsk(ctx context.Context, day behold.Day, share float64) ([]behold.LossToAsk, error)
}

// A caseBoard is what the customer's page shows of the work to keep them.
type caseBoard struct {
	now   *behold.Case  // the one that is open, else the last closed; nil: none
	log   []behold.Case // after each of its moves, the latest first
	past  []behold.Case // closed before
	ends  caseEnd       // what the records say about closing it
	crew  []choice      // who can have it
	names map[string]string
	book  behold.Playbook // offered as a plan
	draft draftView       // of what to say next
	ways  []behold.Permit
	moved bool // something was done to it just now
}

// A caseEnd is what the records say about closing a case.
type caseEnd struct {
	why caseSign
	on  behold.Day
}

type caseSign string

// The signs that a case can be closed.
const (
	signNone   caseSign = ""
	signBought caseSign = "bought" // they bought again
	signDark   caseSign = "dark"   // its lamp went out by itself
	signLost   caseSign = "lost"   // a round found them lost
	signTold   caseSign = "told"   // the book says that they have left
	signClosed caseSign = "closed" // they have closed or moved
)

// board gathers the work to keep a customer.
func (s *server) board(r *request, v *customerView) (b caseBoard, err error) {
	ctx := r.Context()
	all, err := s.Cases.CasesOf(ctx, v.customer.ID)
	if err != nil {
		return b, err
	}
	if at := slices.IndexFunc(all, func(c behold.Case) bool { return c.Open() }); at > 0 {
		all = append([]behold.Case{all[at]}, slices.Delete(slices.Clone(all), at, at+1)...)
	}
	if b.crew, b.names, err = s.crew(ctx, r); err != nil {
		return b, err
	}
	b.moved = r.URL.Query().Get("moved") != ""
	if len(all) == 0 {
		return b, nil
	}
	b.now, b.past = &all[0], all[1:]
	if b.log, err = s.Cases.CaseLog(ctx, b.now.ID); err != nil {
		return b, err
	}
	b.ends = caseEnds(b.now, v)
	if b.now.Open() {
		b.book, err = s.bookFor(ctx, planFor(r.URL.Query().Get("plan"), b.now))
	}
	return b, err
}

// bookFor is the playbook of a reason.
func (s *server) bookFor(ctx context.Context, reason behold.Reason) (behold.Playbook, error) {
	books, err := s.playbooks(ctx)
	for _, b := range books {
		if b.Reason == reason {
			return b, err
		}
	}
	return behold.Playbook{Reason: reason}, err
}

// caseEnds says whether the records speak for closing a case.
func caseEnds(c *behold.Case, v *customerView) caseEnd {
	if !c.Open() {
		return caseEnd{}
	}
	begun := behold.DayOf(c.Since().Local())
	if len(c.Clocks) > 0 {
		begun = behold.DayOf(c.Opening.At.Local())
		if c.Reopened > 0 {
			begun = behold.DayOf(lastOpened(c).Local())
		}
	}
	for _, e := range v.entries {
		if e.Kind == behold.EntryLoss && behold.DayOf(e.Written.Local()) >= begun {
			return caseEnd{signTold, e.Left}
		}
	}
	st := v.standing
	switch {
	case st == nil:
		return caseEnd{}
	case st.State == behold.Closed:
		return caseEnd{signClosed, v.day}
	case st.State == behold.Lost:
		return caseEnd{signLost, v.day}
	case st.Last.Known() && st.Last >= begun:
		return caseEnd{signBought, st.Last}
	case c.Opening.Origin == behold.ByLamp && len(v.lamps) == 0 && v.day > begun:
		return caseEnd{signDark, v.day}
	}
	return caseEnd{}
}

// lastOpened is when the case was opened, or opened again.
func lastOpened(c *behold.Case) time.Time {
	at := c.Opening.At
	for i := 1; i < len(c.Clocks); i++ {
		if !c.Clocks[i-1].State.Worked() && c.Clocks[i].State.Worked() {
			at = c.Clocks[i].From
		}
	}
	return at
}

// crew is who a case or a step can be given to, and what colleagues are called.
func (s *server) crew(ctx context.Context, r *request) (list []choice, names map[string]string, err error) {
	said, err := s.colleagueNames(ctx)
	if err != nil {
		return nil, nil, err
	}
	names = map[string]string{}
	add := func(email string) {
		if key := behold.ColleagueKey(email); key != "" && names[key] == "" {
			names[key] = cmp.Or(said[key], email)
			list = append(list, choice{value: key, word: names[key], count: -1})
		}
	}
	if s.Colleagues != nil {
		all, err := s.Colleagues.Colleagues(ctx)
		if err != nil {
			return nil, nil, err
		}
		for _, c := range all {
			if c.Left || !c.Role.May(behold.Member) {
				names[behold.ColleagueKey(c.Email)] = calls(c)
				continue
			}
			add(c.Email)
		}
	}
	if r.who.Role.May(behold.Member) && r.who.Email != "" {
		add(r.who.Email)
	}
	if r.whose.Colleague == "" { // who sees own customers only is not told who else there is
		all, err := s.Lists.Facets(ctx)
		if err != nil {
			return nil, nil, err
		}
		for _, email := range all.Colleagues {
			add(email)
		}
	}
	slices.SortStableFunc(list, func(a, b choice) int { return strings.Compare(strings.ToLower(a.word), strings.ToLower(b.word)) })
	return list, names, nil
}

// openCase takes a customer on by hand.
func (s *server) openCase(w http.ResponseWriter, r *request) error {
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	customer, err := s.Facts.Customer(r.Context(), r.PathValue("id"), endOfTime)
	if err != nil {
		return err
	}
	c, err := s.Cases.OpenCase(r.Context(), behold.CaseOpening{
		Key: strings.TrimSpace(r.PostFormValue("key")), Customer: customer.ID, Name: customer.Name, Origin: behold.ByHand,
		Reason: behold.Reason(r.PostFormValue("reason")), Why: r.PostFormValue("why"), Owner: r.who.Email, Who: r.who.Email, At: s.Now(),
	})
	if err != nil {
		return s.giveBackCase(w, r, customer.ID, &typed{where: customer.ID, what: "case", Values: r.PostForm, err: err})
	}
	s.moved(w, r, &c)
	return nil
}

// caseOf is one case; of a customer whom the one who asks may not see there is none.
func (s *server) caseOf(r *request) (c behold.Case, err error) {
	log, err := s.Cases.CaseLog(r.Context(), r.PathValue("case"))
	if err != nil {
		return c, err
	}
	if r.whose.Colleague != "" {
		err = s.mustSee(r, log[0].Customer)
	}
	return log[0], err
}

// moveCase does one thing to a case.
func (s *server) moveCase(w http.ResponseWriter, r *request) error {
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	c, err := s.caseOf(r)
	if err != nil {
		return err
	}
	m, err := s.caseMoveOf(r, &c)
	if err == nil {
		c, err = s.Cases.MoveCase(r.Context(), m)
	}
	if err != nil {
		return s.giveBackCase(w, r, c.Customer, &typed{where: c.ID, what: r.PostFormValue("do"), Values: r.PostForm, err: err})
	}
	s.moved(w, r, &c)
	return nil
}

// undoCase takes back the last thing that was done to a case.
func (s *server) undoCase(w http.ResponseWriter, r *request) error {
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	c, err := s.caseOf(r)
	if err != nil {
		return err
	}
	version, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	customer := c.Customer
	if c, err = s.Cases.UndoCase(r.Context(), c.ID, version, behold.EntrySignature{Who: r.who.Email, At: s.Now()}); err != nil {
		return s.giveBackCase(w, r, customer, &typed{where: c.ID, what: "undo", Values: r.PostForm, err: err})
	}
	s.moved(w, r, &c)
	return nil
}

// moved tells open pages, and leads back to the case, or to Today where the form
// stood there.
func (s *server) moved(w http.ResponseWriter, r *request, c *behold.Case) {
	s.Live.Publish(News{Kind: CaseMoved, Customer: c.Customer, Who: r.who})
	seeOther(w, r, movedAt(r, c))
}

// giveBackCase shows the page on which the form stood with what was typed still in
// it, what is wrong beside it, and the case as it is now.
func (s *server) giveBackCase(w http.ResponseWriter, r *request, customer string, t *typed) error {
	if kind := behold.KindOf(t.err); kind != behold.Invalid && kind != behold.Conflict {
		return t.err
	}
	if _, chosen := listChosen(r.PostFormValue("from")); chosen || r.PostFormValue("from") == "/" {
		p := s.page(r, "/").titled("")
		p.desk.typed = t
		return s.showToday(w, r, statusOf(t.err), p)
	}
	r.SetPathValue("id", customer)
	p := s.page(r, "/customers")
	p.desk.typed = t
	return s.showCustomer(w, r, statusOf(t.err), p)
}

// caseMoveOf is what stands in the form.
func (s *server) caseMoveOf(r *request, c *behold.Case) (m behold.CaseMove, err error) {
	field := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	m = behold.CaseMove{
		Key: field("key"), Case: c.ID, Do: behold.CaseDo(field("do")), Who: r.who.Email, At: s.Now(), Reason: behold.Reason(field("reason")),
		Why: field("why"), Owner: field("owner"), AskAgain: behold.NoDay, Contact: field("contact") != "",
		Closing: behold.CaseClosing{
			Cause: behold.Reason(field("cause")), Action: behold.Action(field("action")), Note: field("note"), Said: behold.Source(field("said_by")),
			Competitor: field("competitor"), Left: behold.NoDay,
		},
	}
	m.Version, _ = strconv.ParseInt(field("version"), 10, 64)
	if m.Closing.Left, err = dayIn(r, "left"); err != nil {
		return m, err
	}
	if m.AskAgain, err = dayIn(r, "ask_again"); err != nil {
		return m, err
	}
	if m.Closing.Discount, err = s.amountIn(r, "discount"); err != nil {
		return m, err
	}
	switch m.Do {
	case behold.CasePlanned:
		m.Steps, err = s.stepsChosen(r, c.Customer, m.Reason)
	case behold.CaseStepDone, behold.CaseSkipped:
		if m.Step, err = strconv.Atoi(field("step")); err != nil {
			m.Step, err = -1, nil
		}
		if channel := field("channel"); slices.Contains(behold.EntryChannels(), channel) {
			m.Channel = channel
		}
	case behold.CaseHanded:
		if field("take") != "" {
			m.Owner = r.who.Email
		}
		err = s.mustBeColleague(r, m.Owner)
	case behold.CaseReopened:
		m.Owner = r.who.Email
	}
	return m, err
}

// stepsChosen are the steps of a reason's playbook that were ticked, by ways that
// the customer allows.
func (s *server) stepsChosen(r *request, id string, reason behold.Reason) (steps []behold.Step, err error) {
	books, err := s.playbooks(r.Context())
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(books, func(b behold.Playbook) bool { return b.Reason == reason })
	if at < 0 {
		return nil, nil
	}
	customer, err := s.Facts.Customer(r.Context(), id, endOfTime)
	if err != nil {
		return nil, err
	}
	settings, err := s.State.Settings(r.Context())
	for i, step := range books[at].Steps {
		if fit, _, ok := plans.Fit(customer, settings.Country, step); ok && slices.Contains(r.PostForm["step"], strconv.Itoa(i)) {
			steps = append(steps, fit)
		}
	}
	return steps, err
}

// mustBeColleague refuses to hand a case over to somebody who does not work here.
func (s *server) mustBeColleague(r *request, email string) error {
	crew, _, err := s.crew(r.Context(), r)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(crew, func(c choice) bool { return c.value == behold.ColleagueKey(email) }) {
		return &behold.Error{Kind: behold.Invalid, Say: "there is no such colleague", Hint: "choose one of the list", Code: "case_owner"}
	}
	return nil
}

func caseURL(id, rest string) templ.SafeURL {
	return templ.SafeURL("/cases/" + url.PathEscape(id) + rest)
}
