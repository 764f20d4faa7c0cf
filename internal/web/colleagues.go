package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"behold"
	"behold/internal/access"
)

// Colleagues is who works here.
type Colleagues interface {
	Colleagues(context.Context) ([]behold.Colleague, error)
	// SaveColleague is a Conflict when it would leave the company without an owner.
	SaveColleague(ctx context.Context, email string, edit func(*behold.Colleague), by behold.Change) (behold.Colleague, error)
}

// A colleaguesView is who works here, and what was just done about one of them.
type colleaguesView struct {
	all     []behold.Colleague
	asks    string
	invited behold.Colleague // who is about to be invited, when something is wrong
	link    string           // to be copied and given to them; shown once
	linkFor behold.Colleague
	until   access.Link
	wrong   error
}

func (s *server) colleaguesPage(w http.ResponseWriter, r *request) error {
	return s.showColleagues(w, r, http.StatusOK, colleaguesView{invited: behold.Colleague{Role: behold.Member}})
}

func (s *server) showColleagues(w http.ResponseWriter, r *request, status int, v colleaguesView) (err error) {
	if err := s.needsAccess(); err != nil {
		return err
	}
	if v.all, err = s.Colleagues.Colleagues(r.Context()); err != nil {
		return err
	}
	v.asks = r.who.Email
	p := s.page(r, "/settings")
	return s.show(w, r, status, colleaguesContent(p.titled(p.T("access.colleagues.title")), v))
}

// invite adds a colleague and shows the link by which they choose a password.
func (s *server) invite(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if err := s.needsAccess(); err != nil {
		return err
	}
	if err := readForm(r); err != nil {
		return err
	}
	c := behold.Colleague{
		Email: behold.ColleagueKey(r.PostFormValue("email")), Name: cut(strings.TrimSpace(r.PostFormValue("name")), 100),
		Team: cut(strings.TrimSpace(r.PostFormValue("team")), 100), Role: behold.Role(r.PostFormValue("role")),
	}
	link, err := s.Access.Add(r.Context(), c, "", r.who.Email)
	switch behold.KindOf(err) {
	case behold.Invalid, behold.Conflict:
		return s.showColleagues(w, r, statusOf(err), colleaguesView{invited: c, wrong: err})
	}
	if err != nil {
		return err
	}
	return s.showLink(w, r, c, link)
}

// newLink makes a link for one who forgot the password or lost the link.
func (s *server) newLink(w http.ResponseWriter, r *request) error {
	if err := s.needsAccess(); err != nil {
		return err
	}
	email := r.PathValue("email")
	link, err := s.Access.Reset(r.Context(), email, r.who.Email)
	if err != nil {
		return err
	}
	return s.showLink(w, r, behold.Colleague{Email: behold.ColleagueKey(email)}, link)
}

func (s *server) showLink(w http.ResponseWriter, r *request, c behold.Colleague, link access.Link) error {
	v := colleaguesView{invited: behold.Colleague{Role: behold.Member}, linkFor: c, until: link}
	v.link = s.outside(r) + invitationPath + link.Token
	return s.showColleagues(w, r, http.StatusOK, v)
}

// invitationPath is where links lead.
const invitationPath = "/invitations/"

// outside is the address by which whoever asks reaches us.
func (s *server) outside(r *request) string {
	if s.https(r.Request) {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func (s *server) saveRole(w http.ResponseWriter, r *request) error {
	role := behold.Role(r.PostFormValue("role"))
	if !role.May(behold.Reader) {
		return &behold.Error{Kind: behold.Invalid, Say: "there is no such role", Hint: "reader, member, manager or owner", Code: "role"}
	}
	return s.changeColleague(w, r, func(c *behold.Colleague) { c.Role = role })
}

func (s *server) gone(w http.ResponseWriter, r *request) error {
	return s.changeColleague(w, r, func(c *behold.Colleague) { c.Left = true })
}

func (s *server) back(w http.ResponseWriter, r *request) error {
	return s.changeColleague(w, r, func(c *behold.Colleague) { c.Left = false })
}

func (s *server) changeColleague(w http.ResponseWriter, r *request, edit func(*behold.Colleague)) error {
	if err := s.needsAccess(); err != nil {
		return err
	}
	c, err := s.Colleagues.SaveColleague(r.Context(), r.PathValue("email"), edit, s.by(r))
	if behold.KindOf(err) == behold.Conflict {
		return s.showColleagues(w, r, http.StatusConflict, colleaguesView{invited: behold.Colleague{Role: behold.Member}, wrong: err})
	}
	if err != nil {
		return err
	}
	s.Live.dismiss(c.Email)
	to := "/settings/colleagues#c-" + slug(c.Email)
	if c.Email == r.who.Email { // who is no owner any more, or gone, has no place there
		to = "/"
	}
	seeOther(w, r, to)
	return nil
}

func colleagueURL(email, what string) templ.SafeURL {
	return templ.SafeURL("/settings/colleagues/" + url.PathEscape(email) + "/" + what)
}

// role says what a role is called.
func (p page) role(r behold.Role) string {
	switch r {
	case behold.Reader:
		return p.T("access.role.reader")
	case behold.Member:
		return p.T("access.role.member")
	case behold.Manager:
		return p.T("access.role.manager")
	}
	return p.T("access.role.owner")
}

// roleMay says what a role may do.
func (p page) roleMay(r behold.Role) string {
	switch r {
	case behold.Reader:
		return p.T("access.role.reader_may")
	case behold.Member:
		return p.T("access.role.member_may")
	case behold.Manager:
		return p.T("access.role.manager_may")
	}
	return p.T("access.role.owner_may")
}

// calls is what a colleague is called.
func calls(c behold.Colleague) string {
	if c.Name != "" {
		return c.Name
	}
	return c.Email
}
