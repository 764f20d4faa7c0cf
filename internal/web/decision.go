package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"behold"
)

// Decisions is what those who lead agreed to do, and what came of it.
type Decisions interface {
	// SaveDecision is Conflict when somebody changed the decision since.
	SaveDecision(context.Context, *behold.Decision) error
	Decision(ctx context.Context, id string) (behold.Decision, error)
	Decisions(context.Context) ([]behold.Decision, error)
}

// A decisionsView is what is followed up, the first due first, and what is closed.
type decisionsView struct {
	open, closed []behold.Decision
	saved        bool
}

func (s *server) decisionsPage(w http.ResponseWriter, r *request) error {
	p := s.page(r, "/team")
	return s.showDecisions(w, r, http.StatusOK, p)
}

func (s *server) showDecisions(w http.ResponseWriter, r *request, status int, p page) error {
	all, err := s.Decisions.Decisions(r.Context())
	if err != nil {
		return err
	}
	v := decisionsView{saved: r.URL.Query().Has("saved")}
	for _, d := range all {
		if d.Closed.Known() {
			v.closed = append(v.closed, d)
		} else {
			v.open = append(v.open, d)
		}
	}
	slices.SortStableFunc(v.open, func(a, b behold.Decision) int { return cmp.Compare(a.By, b.By) })
	slices.SortStableFunc(v.closed, func(a, b behold.Decision) int { return cmp.Compare(b.Closed, a.Closed) })
	return s.show(w, r, status, decisionsContent(p.titled(p.T("decision.title")), v))
}

// decide keeps a new decision, or what is said about one: how far it is, what came
// of it, or that it was none.
func (s *server) decide(w http.ResponseWriter, r *request) error {
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	d, err := s.decisionOf(r)
	if err == nil {
		err = s.Decisions.SaveDecision(r.Context(), &d)
	}
	var said *behold.Error
	if errors.As(err, &said) && (said.Kind == behold.Invalid || said.Kind == behold.Conflict) {
		p := s.page(r, "/team")
		p.desk.typed = &typed{where: r.PostFormValue("key"), what: r.PostFormValue("do"), Values: r.PostForm, err: err}
		return s.showDecisions(w, r, statusOf(err), p)
	}
	if err != nil {
		return err
	}
	seeOther(w, r, "/decisions?saved")
	return nil
}

func (s *server) decisionOf(r *request) (d behold.Decision, err error) {
	field := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	now := s.Now()
	what := field("do")
	if what == "new" {
		d = behold.Decision{ID: field("key"), Agreed: field("agreed"), Because: field("because"), Owner: field("owner"), Closed: behold.NoDay, Made: now}
		d.By, err = dayIn(r, "by")
	} else {
		d, err = s.Decisions.Decision(r.Context(), field("key"))
	}
	if err != nil {
		return d, err
	}
	d.Changed = behold.EntrySignature{Who: r.who.Email, At: now}
	if what != "new" {
		d.Version, _ = strconv.ParseInt(field("version"), 10, 64)
	}
	switch what {
	case "new":
	case "far":
		d.Far = field("far")
		if by, err := dayIn(r, "by"); err != nil {
			return d, err
		} else if by.Known() {
			d.By = by
		}
	case "close":
		d.Outcome, d.Result, d.Next, d.Closed = behold.DecisionOutcome(field("outcome")), field("result"), field("next"), s.today()
		if !slices.Contains(behold.DecisionOutcomes(), d.Outcome) {
			d.Outcome = behold.NotYet
		}
	case "undo":
		d.Undone = true
	default:
		err = &behold.Error{Kind: behold.Invalid, Say: "nothing is said about what to change", Hint: "open the page again", Code: "entry_form"}
	}
	return d, err
}

// decisionsOpen is how many are followed up, in a few words.
func (p page) decisionsOpen(open, late int) string {
	switch {
	case open == 0:
		return p.T("decision.open_none")
	case late > 0:
		return p.N("decision.open", open) + " " + p.N("decision.late", late)
	}
	return p.N("decision.open", open)
}

// owner is who sees to a decision, as whoever typed it.
func (p page) decisionUnder(d *behold.Decision) string {
	parts := []string{p.T("decision.by_says", "Day", p.Date(d.By))}
	if d.Closed.Known() {
		parts = []string{p.T("decision.closed_says", "Day", p.Date(d.Closed))}
	}
	if d.Owner != "" {
		parts = append(parts, d.Owner)
	}
	return strings.Join(parts, " · ")
}

// decisionTyped is what stood in a field of a form that was refused; id is "" of a
// new decision.
func (p page) decisionTyped(id, field string) string {
	if t := p.desk.typed; t != nil && (t.where == id || id == "" && t.what == "new") {
		return t.Get(field)
	}
	return ""
}
