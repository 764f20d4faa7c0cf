package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"behold"
)

// mostAtOnce is how many lamps one form decides about: a page of them.
const mostAtOnce = 2 * pageLength

// One of many lamps that a form decides about, and what became of it.
type oneOfMany struct {
	card   behold.LampCard
	before behold.Act // that would make it again what it was
	wrong  error      // why the server refused; nil: it was done
}

// A manyView tells what became of lamps that were decided about together.
type manyView struct {
	act  behold.Act
	rows []oneOfMany
	back string // the list they were chosen from
	undo bool   // this took back what was decided together before
}

func (v manyView) done() (n int) {
	for _, row := range v.rows {
		if row.wrong == nil {
			n++
		}
	}
	return n
}

// actOnMany decides about the chosen lamps as if each was decided about by
// itself: one that is refused keeps none of the others back. The page that
// answers can be sent again: what is decided already stays as it is.
func (s *server) actOnMany(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if err := readForm(r); err != nil {
		return err
	}
	v := manyView{back: backTo(r.PostFormValue("back")), undo: r.PostFormValue("do") == "undo"}
	chosen := r.PostForm["lamp"]
	if r.PostFormValue("all") != "" {
		chosen = r.PostForm["shown"]
	}
	if len(chosen) == 0 {
		return &behold.Error{Kind: behold.Invalid, Say: "no lamp was chosen", Hint: "tick those that it is about, or all on the page", Code: "none_chosen"}
	}
	if len(chosen) > mostAtOnce {
		return &behold.Error{Kind: behold.Invalid, Say: "these are too many lamps at once", Hint: "decide about one page of them at a time", Code: "too_many"}
	}
	var err error
	if !v.undo {
		if v.act, err = s.actAsked(r); err != nil {
			return err
		}
	}
	for _, one := range chosen {
		v.rows = append(v.rows, s.actOnOne(r, v, one))
	}
	p := s.page(r, "/lamps")
	status := http.StatusOK
	if v.done() == 0 {
		status = http.StatusUnprocessableEntity
	} else {
		s.Live.Publish(News{Kind: ManyDecided, Who: r.who})
	}
	return s.show(w, r, status, manyContent(p.titled(p.manyTitle(v)), v))
}

// actAsked is what the pressed button asks to be decided, with what is written
// beside it. What would be refused of every lamp is refused at once.
func (s *server) actAsked(r *request) (behold.Act, error) {
	do := behold.LampState(r.PostFormValue("do"))
	a := behold.Act{State: do, Until: behold.NoDay, Why: strings.TrimSpace(r.PostFormValue("why_" + string(do))), Who: r.who.Email, At: s.Now()}
	if given := r.PostFormValue("until"); given != "" && do == behold.Snoozed {
		var err error
		if a.Until, err = behold.ParseDay(given); err != nil {
			return a, notADay(err)
		}
	}
	round, err := s.lastRound(r.Context())
	if err != nil {
		return a, err
	}
	today := s.today()
	if round != nil {
		today = round.Day
	}
	return a, a.Check(today)
}

func notADay(err error) error {
	return &behold.Error{Kind: behold.Invalid, Say: "this is not a day", Hint: "write it as 2025-03-14", Code: "act_day", Err: err}
}

// actOnOne decides about one lamp, named as the form names it.
func (s *server) actOnOne(r *request, v manyView, named string) (one oneOfMany) {
	name, err := url.ParseQuery(named)
	if err != nil {
		one.wrong = &behold.Error{Kind: behold.Invalid, Say: "the form cannot be read", Code: "form", Err: err}
		return one
	}
	id, kind := name.Get("id"), behold.LampKind(name.Get("kind"))
	one.card = behold.LampCard{ID: id, Lamp: behold.Lamp{Kind: kind}}
	if one.card, one.wrong = s.litLamp(r, id, kind); one.wrong != nil {
		return one
	}
	if one.before, one.wrong = s.held(r.Context(), one.card); one.wrong != nil {
		return one
	}
	act := v.act
	if v.undo {
		act = behold.Act{State: behold.LampState(name.Get("was")), Why: name.Get("why"), Who: r.who.Email, At: s.Now(), Until: behold.NoDay}
		if until := name.Get("until"); until != "" {
			if act.Until, err = behold.ParseDay(until); err != nil {
				one.wrong = notADay(err)
				return one
			}
		}
	}
	act.Customer, act.Kind = one.card.ID, kind
	one.wrong = s.State.SaveAct(r.Context(), &act)
	return one
}

// litLamp is the lamp of a customer and kind that is lit now, where whoever asks
// may see it.
func (s *server) litLamp(r *request, id string, kind behold.LampKind) (behold.LampCard, error) {
	missing := behold.LampCard{ID: id, Lamp: behold.Lamp{Kind: kind}}
	if id == "" || kind == "" {
		return missing, noSuchLamp(id)
	}
	lit, _, err := s.State.LitLamps(r.Context(), behold.LampQuery{Day: behold.NoDay, ID: id, Kind: kind, Whose: r.within(behold.Whose{})})
	if err != nil {
		return missing, err
	}
	if len(lit) == 0 {
		return missing, noSuchLamp(id)
	}
	return lit[0], nil
}

func noSuchLamp(id string) error {
	return &behold.Error{Kind: behold.NotFound, Say: "no such lamp is lit for customer " + id, Hint: "it may have gone out since; look at the customer again", Code: "act_gone"}
}

// held is the act that makes a lamp again what it is now.
func (s *server) held(ctx context.Context, l behold.LampCard) (behold.Act, error) {
	was := behold.Act{State: l.State, Until: l.Until}
	if l.State.Awake() {
		return was, nil
	}
	acts, err := s.State.Acts(ctx, l.ID)
	for _, a := range acts {
		if a.Kind == l.Kind {
			was.Why = a.Why
			break
		}
	}
	return was, err
}

// backTo is the list that an address of questions asks for; anything else leads
// to the whole list.
func backTo(questions string) string {
	q, err := url.ParseQuery(questions)
	if err != nil || len(q) == 0 {
		return "/lamps"
	}
	return "/lamps?" + q.Encode()
}

// lampNamed is how a form names a lamp.
func lampNamed(l behold.LampCard) string {
	return url.Values{"id": {l.ID}, "kind": {string(l.Kind)}}.Encode()
}

// lampBefore names a lamp together with what it was.
func lampBefore(one oneOfMany) string {
	q := url.Values{"id": {one.card.ID}, "kind": {string(one.card.Kind)}, "was": {string(one.before.State)}}
	if one.before.Why != "" {
		q.Set("why", one.before.Why)
	}
	if one.before.State == behold.Snoozed {
		q.Set("until", one.before.Until.String())
	}
	return q.Encode()
}

// manyTitle says what was done to how many.
func (p page) manyTitle(v manyView) string {
	n := v.done()
	if v.undo {
		return p.N("list.done_undo", n)
	}
	switch v.act.State {
	case behold.Acknowledged:
		return p.N("list.done_take", n)
	case behold.Snoozed:
		return p.N("list.done_snooze", n, "Day", p.Date(v.act.Until))
	case behold.FalseAlarm:
		return p.N("list.done_wrong", n)
	}
	return p.N("list.done_light", n)
}

// refused says why the server refused; what is known in English only is said in it.
func (p page) refused(err error) (says string, english bool) {
	if says = p.wrongSays(err); says != "" {
		return says, false
	}
	if behold.KindOf(err) == behold.Internal {
		return p.T("page.error.log"), false
	}
	return sentence(err), true
}

// questions are what an address asks, without its place.
func questions(address string) string {
	_, after, _ := strings.Cut(address, "?")
	return after
}
