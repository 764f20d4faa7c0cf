package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"behold"
	"behold/internal/phrase"
	plans "behold/internal/task"
)

// Playbooks is what the company does for a reason, and in which words.
type Playbooks interface {
	// Playbooks are those that the company made its own.
	Playbooks(context.Context) ([]behold.Playbook, error)
	// SavePlaybook is Conflict when the playbook is no longer as it was.
	SavePlaybook(ctx context.Context, was, is behold.Playbook, who string) error
	ResetPlaybook(ctx context.Context, was, ours behold.Playbook, who string) error
	Wordings(context.Context) ([]behold.Wording, error)
	SaveWording(ctx context.Context, w behold.Wording, who string) error
	ResetWording(ctx context.Context, w behold.Wording, who string) error
}

const playbooksPath = "/settings/playbooks"

// playbooks are what is done for every reason.
func (s *server) playbooks(ctx context.Context) ([]behold.Playbook, error) {
	own, err := s.Books.Playbooks(ctx)
	return plans.With(own), err
}

// A playbooksView is the page of playbooks and texts.
type playbooksView struct {
	books  []behold.Playbook
	own    map[behold.Reason]bool
	crew   []choice
	at     behold.Reason // that is open
	typed  *behold.Playbook
	wrong  error
	saved  bool
	action behold.Action // whose text is shown
	lang   string
	text   behold.Wording // the company's own; empty: ours holds
	ours   phrase.Draft
}

func (s *server) playbooksPage(w http.ResponseWriter, r *request) error {
	return s.showPlaybooks(w, r, http.StatusOK, playbooksView{at: behold.Reason(r.URL.Query().Get("at")), saved: r.URL.Query().Get("saved") != ""})
}

func (s *server) showPlaybooks(w http.ResponseWriter, r *request, status int, v playbooksView) error {
	ctx := r.Context()
	own, err := s.Books.Playbooks(ctx)
	if err != nil {
		return err
	}
	v.books, v.own = plans.With(own), map[behold.Reason]bool{}
	for _, b := range own {
		v.own[b.Reason] = true
	}
	if v.crew, _, err = s.crew(ctx, r); err != nil {
		return err
	}
	p := s.page(r, "/settings")
	p.self.Path = playbooksPath
	if err := s.textShown(r, p, &v); err != nil {
		return err
	}
	return s.show(w, r, status, playbooksContent(p.titled(p.T("playbook.title")), v))
}

// textShown fills in the text that the address asks for, and ours beside it.
func (s *server) textShown(r *request, p page, v *playbooksView) error {
	q := r.URL.Query()
	v.action, v.lang = behold.Action(q.Get("action")), q.Get("language")
	if !slices.Contains(behold.Actions(), v.action) {
		v.action = behold.ActApology
	}
	if !slices.Contains(phrase.Languages(), v.lang) {
		v.lang = phrase.For(p.settings.Language).Lang()
	}
	own, err := s.wording(r.Context(), v.action, v.lang)
	if own != nil {
		v.text = *own
	}
	words := phrase.For(v.lang).In(p.settings.Currency)
	v.ours = words.Draft(phrase.DraftFacts{
		Action: v.action, Channel: "mail", Name: "Kim Holm", From: calls(r.who), Company: p.settings.Company, Promised: behold.NoDay, Today: p.desk.now,
		Lamps: []behold.Lamp{{Kind: behold.LampSlow, Evidence: behold.Evidence{Facts: []behold.Fact{{Name: "opened_on", Day: p.desk.now - 9}}}}},
		Also:  &behold.Companion{Have: "A", Also: "B"},
	})
	return err
}

// savePlaybook keeps the steps of a reason as the form has them, changed by the
// button that was pressed.
func (s *server) savePlaybook(w http.ResponseWriter, r *request) error {
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	reason := behold.Reason(r.PathValue("reason"))
	was, err := s.bookFor(r.Context(), reason)
	if err != nil {
		return err
	}
	if !slices.Contains(behold.Reasons(), reason) {
		return &behold.Error{Kind: behold.NotFound, Say: "there is no such reason", Hint: "open the page again", Code: "playbook_reason"}
	}
	if r.PostFormValue("reset") != "" {
		if err := s.Books.ResetPlaybook(r.Context(), was, oursFor(reason), r.who.Email); err != nil {
			return err
		}
		return s.bookSaved(w, r, reason)
	}
	is, err := stepsTyped(r, reason)
	if err == nil {
		err = s.crewHas(r, &is)
	}
	if err == nil && r.PostFormValue("was") != bookMark(was) && bookMark(is) != bookMark(was) {
		err = &behold.Error{Kind: behold.Conflict, Say: "somebody has changed this playbook since", Hint: "look at it as it is now, then change it again", Code: "playbook_changed"}
	}
	if err == nil {
		err = s.Books.SavePlaybook(r.Context(), was, is, r.who.Email)
	}
	switch kind := behold.KindOf(err); {
	case err == nil:
		return s.bookSaved(w, r, reason)
	case kind == behold.Conflict:
		return s.showPlaybooks(w, r, http.StatusConflict, playbooksView{at: reason, wrong: err})
	case kind == behold.Invalid:
		return s.showPlaybooks(w, r, http.StatusUnprocessableEntity, playbooksView{at: reason, wrong: err, typed: &is})
	}
	return err
}

func (s *server) bookSaved(w http.ResponseWriter, r *request, reason behold.Reason) error {
	s.Live.Publish(News{Kind: SettingsSaved, Who: r.who})
	seeOther(w, r, playbooksPath+"?saved=1&at="+string(reason)+"#"+string(reason))
	return nil
}

// stepsTyped are the steps in the form, after the button: one more, one less, or
// one moved.
func stepsTyped(r *request, reason behold.Reason) (b behold.Playbook, err error) {
	b.Reason = reason
	field := func(name string, i int) string {
		if all := r.PostForm[name]; i < len(all) {
			return strings.TrimSpace(all[i])
		}
		return ""
	}
	for i := range min(len(r.PostForm["action"]), behold.MostSteps+1) {
		s := behold.Step{Action: behold.Action(field("action", i)), Channel: field("channel", i), Owner: behold.ColleagueKey(field("owner", i))}
		var wrong error
		for name, into := range map[string]*int{"after": &s.After, "within": &s.Within} {
			if *into, wrong = strconv.Atoi(field(name, i)); wrong != nil {
				err = wrongNumber(wrong)
			}
		}
		if s.Minutes, wrong = strconv.ParseFloat(strings.ReplaceAll(field("minutes", i), ",", "."), 64); wrong != nil {
			err = wrongNumber(wrong)
		}
		if cost := field("cost", i); cost != "" {
			if s.Cost, wrong = strconv.ParseFloat(strings.ReplaceAll(cost, ",", "."), 64); wrong != nil {
				err = wrongNumber(wrong)
			}
		}
		b.Steps = append(b.Steps, s)
	}
	return pressed(r, b), err
}

func wrongNumber(cause error) error {
	return &behold.Error{Kind: behold.Invalid, Say: "this is not a number", Hint: "write whole numbers in figures", Code: "playbook_number", Err: cause}
}

// pressed does to the steps what the button says.
func pressed(r *request, b behold.Playbook) behold.Playbook {
	at := func(name string) int {
		i, err := strconv.Atoi(r.PostFormValue(name))
		if err != nil || i < 0 || i >= len(b.Steps) {
			return -1
		}
		return i
	}
	if i := at("remove"); i >= 0 {
		b.Steps = slices.Delete(b.Steps, i, i+1)
	}
	if i := at("up"); i > 0 {
		b.Steps[i-1], b.Steps[i] = b.Steps[i], b.Steps[i-1]
	}
	if i := at("down"); i >= 0 && i+1 < len(b.Steps) {
		b.Steps[i+1], b.Steps[i] = b.Steps[i], b.Steps[i+1]
	}
	if r.PostFormValue("add") != "" {
		b.Steps = append(b.Steps, behold.Step{Action: behold.ActCall, Channel: "call", Minutes: 15, After: 2, Within: 2})
	}
	return b
}

// crewHas refuses a step for somebody who does not work here.
func (s *server) crewHas(r *request, b *behold.Playbook) error {
	for _, step := range b.Steps {
		if step.Owner != "" {
			if err := s.mustBeColleague(r, step.Owner); err != nil {
				return &behold.Error{Kind: behold.Invalid, Say: "there is no such colleague", Hint: "choose one of the list", Code: "playbook_owner", Err: err}
			}
		}
	}
	return nil
}

// bookMark tells two playbooks apart.
func bookMark(b behold.Playbook) string {
	text, _ := json.Marshal(b.Steps)
	if len(b.Steps) == 0 {
		text = nil
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:6])
}

func oursFor(reason behold.Reason) behold.Playbook {
	for _, b := range plans.Playbooks() {
		if b.Reason == reason {
			return b
		}
	}
	return behold.Playbook{Reason: reason}
}

// saveWording makes a text the company's own, or goes back to ours.
func (s *server) saveWording(w http.ResponseWriter, r *request) error {
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	own := behold.Wording{
		Action: behold.Action(r.PostFormValue("action")), Language: r.PostFormValue("language"), Subject: r.PostFormValue("subject"), Text: r.PostFormValue("text"),
	}
	if !slices.Contains(phrase.Languages(), own.Language) {
		return &behold.Error{Kind: behold.Invalid, Say: "this language is not spoken here", Code: "playbook_language"}
	}
	keep := s.Books.SaveWording
	if r.PostFormValue("reset") != "" {
		keep = s.Books.ResetWording
	}
	if err := keep(r.Context(), own, r.who.Email); err != nil {
		return err
	}
	s.Live.Publish(News{Kind: SettingsSaved, Who: r.who})
	seeOther(w, r, playbooksPath+"?saved=1&action="+string(own.Action)+"&language="+own.Language+"#texts")
	return nil
}

// shown is a playbook as the page shows it: what was typed and refused, else as it is.
func (v *playbooksView) shown(b behold.Playbook) behold.Playbook {
	if v.typed != nil && v.typed.Reason == b.Reason {
		return *v.typed
	}
	return b
}

// opened says whether the playbook's steps are shown.
func (v *playbooksView) opened(r behold.Reason) bool { return v.at == r }

func playbookURL(r behold.Reason) templ.SafeURL {
	return templ.SafeURL(playbooksPath + "/" + string(r))
}

// bookSays is a playbook on one line.
func (p page) bookSays(b behold.Playbook) string {
	if len(b.Steps) == 0 {
		return p.T("playbook.nothing")
	}
	var says []string
	for i := range b.Steps {
		says = append(says, p.stepSays(&b.Steps[i]))
	}
	return strings.Join(says, " → ")
}

func placesSaid() string { return strings.Join(phrase.Places(), ", ") }

func costOf(s *behold.Step) string {
	if s.Cost == 0 {
		return ""
	}
	return strconv.FormatFloat(s.Cost, 'f', -1, 64)
}

func minutesOf(s *behold.Step) string { return strconv.FormatFloat(s.Minutes, 'f', -1, 64) }

// bookDifference is a playbook before and after a change, each on one line.
func (p page) bookDifference(c behold.Change) []difference {
	var before, after behold.Playbook
	for text, into := range map[string]*behold.Playbook{c.Before: &before, c.After: &after} {
		if text != "" && json.Unmarshal([]byte(text), into) != nil {
			return nil
		}
	}
	return []difference{{p.T("case.plan.steps"), p.bookSays(before), p.bookSays(after)}}
}
