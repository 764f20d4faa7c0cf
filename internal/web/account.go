package web

import (
	"net/http"
	"slices"
	"strings"

	"behold"
	"behold/internal/access"
	"behold/internal/phrase"
)

// An accountView is what colleagues decide about themselves.
type accountView struct {
	who      behold.Colleague
	saved    string // "name" or "password"
	link     string // for the calendar, just made
	calendar calendarView
	wrong    error
}

func (s *server) accountPage(w http.ResponseWriter, r *request) error {
	if err := s.needsAccess(); err != nil {
		return err
	}
	v := accountView{who: r.who, saved: r.URL.Query().Get("saved")}
	return s.showAccount(w, r, http.StatusOK, v)
}

func (s *server) showAccount(w http.ResponseWriter, r *request, status int, v accountView) (err error) {
	if v.calendar, err = s.calendarOf(r); err != nil {
		return err
	}
	v.calendar.link = v.link
	p := s.page(r, "/account")
	return s.show(w, r, status, accountContent(p.titled(p.T("access.account.title")), v))
}

func (s *server) saveAccount(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if err := s.needsAccess(); err != nil {
		return err
	}
	if err := readForm(r); err != nil {
		return err
	}
	name, lang := cut(strings.TrimSpace(r.PostFormValue("name")), 100), r.PostFormValue("language")
	if lang != "" && !slices.Contains(phrase.Languages(), lang) {
		return &behold.Error{Kind: behold.Invalid, Code: "language", Say: "this language is not spoken here"}
	}
	_, err := s.Colleagues.SaveColleague(r.Context(), r.who.Email, func(c *behold.Colleague) { c.Name, c.Language = name, lang }, s.by(r))
	if err != nil {
		return err
	}
	seeOther(w, r, "/account?saved=name")
	return nil
}

// by says who changes something, and when.
func (s *server) by(r *request) behold.Change { return behold.Change{Who: r.who.Email, At: s.Now()} }

// savePassword changes the password of whoever asks. All their other browsers
// are signed out.
func (s *server) savePassword(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if err := s.needsAccess(); err != nil {
		return err
	}
	if err := readForm(r); err != nil {
		return err
	}
	try := access.Try{Email: r.who.Email, Password: r.PostFormValue("password_old"), Address: s.address(r.Request)}
	pass, err := s.Access.ChangePassword(r.Context(), try, r.PostFormValue("password"))
	switch slow := waitFor(w, err); {
	case slow:
		return s.showAccount(w, r, http.StatusTooManyRequests, accountView{who: r.who, wrong: err})
	case behold.KindOf(err) == behold.Invalid:
		return s.showAccount(w, r, http.StatusUnprocessableEntity, accountView{who: r.who, wrong: err})
	case err != nil:
		return err
	}
	s.setCookie(w, r.Request, pass)
	seeOther(w, r, "/account?saved=password")
	return nil
}
