package web

import (
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"behold"
	"behold/internal/access"
	"behold/internal/phrase"
)

// A firstView is the form by which the first owner is made.
type firstView struct {
	name, email, company, language string
	needsCode                      bool
	wrong                          error
}

// firstPage asks for the first owner; nobody is here yet.
func (s *server) firstPage(w http.ResponseWriter, r *request) error {
	if done, err := s.ownedAlready(w, r); err != nil || done {
		return err
	}
	p := s.page(r, "")
	return s.showFirst(w, r, http.StatusOK, firstView{company: p.settings.Company, language: p.Lang()})
}

func (s *server) showFirst(w http.ResponseWriter, r *request, status int, v firstView) error {
	p := s.page(r, "")
	v.needsCode = !s.sitsHere(r.Request)
	return s.show(w, r, status, firstContent(p.titled(p.T("access.first.title")), v))
}

// ownedAlready leads to the sign-in page once there is an owner.
func (s *server) ownedAlready(w http.ResponseWriter, r *request) (bool, error) {
	if err := s.needsAccess(); err != nil {
		return false, err
	}
	none, err := s.Access.NoOwner(r.Context())
	if err == nil && !none {
		seeOther(w, r, "/sign-in")
	}
	return !none, err
}

// first makes the first owner, who is led to what comes next: the first file.
func (s *server) first(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if done, err := s.ownedAlready(w, r); err != nil || done {
		return err
	}
	if err := readForm(r); err != nil {
		return err
	}
	v := firstView{
		name: cut(strings.TrimSpace(r.PostFormValue("name")), 100), email: strings.TrimSpace(r.PostFormValue("email")),
		company: cut(strings.TrimSpace(r.PostFormValue("company")), 120), language: r.PostFormValue("language"),
	}
	pass, owner, err := s.makeOwner(r, v)
	if err == nil {
		s.letIn(w, r, pass, owner)
		seeOther(w, r, "/")
		return nil
	}
	status := statusOf(err)
	if waitFor(w, err) {
		status = http.StatusTooManyRequests
	}
	if status >= 500 {
		return err
	}
	v.wrong = err
	return s.showFirst(w, r, status, v)
}

func (s *server) makeOwner(r *request, v firstView) (pass access.Pass, owner behold.Colleague, err error) {
	if !s.sitsHere(r.Request) {
		if err := s.checkCode(r); err != nil {
			return pass, owner, err
		}
	}
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return pass, owner, err
	}
	settings.Company = v.company
	if slices.Contains(phrase.Languages(), v.language) {
		settings.Language = v.language
	}
	owner = behold.Colleague{Email: v.email, Name: v.name, Role: behold.Owner}
	pass, err = s.Access.First(r.Context(), owner, r.PostFormValue("password"), settings)
	return pass, owner, err
}

// checkCode wants the code that stands on the terminal of the server.
func (s *server) checkCode(r *request) error {
	if err := s.Access.Knock(s.address(r.Request)); err != nil {
		return err
	}
	given := strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(r.PostFormValue("code")), "-", ""))
	want := strings.ReplaceAll(s.Code, "-", "")
	if want == "" || subtle.ConstantTimeCompare([]byte(given), []byte(want)) != 1 {
		return &behold.Error{Kind: behold.Forbidden, Say: "this is not the code", Hint: "it stands on the terminal where Behold was started", Code: "setup_code"}
	}
	return nil
}

// sitsHere says whether whoever asks sits at this machine: both ends of the line
// are its own, the page is called by its own name, and no proxy says that it
// passes something on.
func (s *server) sitsHere(r *http.Request) bool {
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"} {
		if r.Header.Get(header) != "" {
			return false
		}
	}
	here, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return false
	}
	for _, end := range []string{here.String(), r.RemoteAddr} {
		at, err := netip.ParseAddrPort(end)
		if err != nil || !at.Addr().Unmap().IsLoopback() {
			return false
		}
	}
	return ownName(hostOf(r))
}
