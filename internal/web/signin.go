package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"behold"
	"behold/internal/access"
)

// A signInView is the sign-in page, and what waits behind it.
type signInView struct {
	email string
	to    string // where to go then: a path of ours
	kept  string // the form that was sent while nobody was signed in, encoded
	lost  bool   // a form was sent that could not be kept
	wrong error
}

// keptLimit is how large a form is kept while its sender signs in.
const keptLimit = 64 << 10

// signInFirst answers whoever must sign in first. What they asked for is not
// lost: a page is led to afterwards, a form is kept in the sign-in page itself.
func (s *server) signInFirst(w http.ResponseWriter, r *request) error {
	if none, err := s.Access.NoOwner(r.Context()); err != nil || none {
		if err == nil {
			s.lead(w, r, "/first")
		}
		return err
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		s.lead(w, r, "/sign-in?to="+url.QueryEscape(whereTo(r)))
		return nil
	}
	v := signInView{to: r.URL.RequestURI()}
	if v.kept = s.keepForm(w, r); v.kept == "" {
		v.to, v.lost = pageBefore(r), r.ContentLength != 0
	}
	status := http.StatusUnauthorized
	if r.Header.Get("HX-Request") == "true" { // htmx shows no page that failed, and would put this one into a corner
		w.Header().Set("HX-Retarget", "body")
		w.Header().Set("HX-Reswap", "innerHTML")
		status = http.StatusOK
	}
	return s.showSignIn(w, r, status, v)
}

// lead leads a browser on, and htmx as a whole page.
func (s *server) lead(w http.ResponseWriter, r *request, to string) {
	if r.Header.Get("HX-Request") == "true" {
		w.Header().Set("HX-Redirect", to)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	seeOther(w, r, to)
}

// whereTo is the page to come back to: for a part that htmx asks for, the whole
// page it stands in.
func whereTo(r *request) string {
	if r.Header.Get("HX-Request") == "true" {
		return ourPath(r.Header.Get("HX-Current-URL"))
	}
	return r.URL.RequestURI()
}

// pageBefore is the page that a form was sent from.
func pageBefore(r *request) string { return ourPath(r.Referer()) }

// ourPath is the path of an address of any form; "/" when there is none.
func ourPath(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "/"
	}
	return local(u.RequestURI())
}

// local is an address if it is a path of ours, else "/": nobody is sent to
// another site by a link to us.
func local(to string) string {
	u, err := url.Parse(to)
	odd := strings.ContainsFunc(to, func(c rune) bool { return c < ' ' || c == '\\' || c == 0x7f })
	if err != nil || odd || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(to, "/") || strings.HasPrefix(u.Path, "//") {
		return "/"
	}
	if u.Path == "/sign-in" || u.Path == "/sign-out" || u.Path == "/first" {
		return "/"
	}
	return to
}

// keepForm is the form that was sent, encoded, without what must not be kept: a
// password, a file. "" when it is too large, or is no such form.
func (s *server) keepForm(w http.ResponseWriter, r *request) string {
	if kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); kind != "application/x-www-form-urlencoded" && r.ContentLength != 0 {
		return ""
	}
	r.Body = http.MaxBytesReader(w, r.Body, keptLimit)
	if r.ParseForm() != nil || strings.HasPrefix(r.URL.Path, "/account") {
		return ""
	}
	form := url.Values{}
	for name, values := range r.PostForm {
		if !strings.Contains(name, "password") {
			form[name] = values
		}
	}
	if len(form) == 0 {
		return "-" // a button alone
	}
	return form.Encode()
}

func (s *server) showSignIn(w http.ResponseWriter, r *request, status int, v signInView) error {
	p := s.page(r, "")
	return s.show(w, r, status, signInContent(p.titled(p.T("access.sign_in.title")), v))
}

func (s *server) signInPage(w http.ResponseWriter, r *request) error {
	to := local(r.URL.Query().Get("to"))
	none, err := s.nobodyYet(r)
	if err != nil {
		return err
	}
	if none {
		seeOther(w, r, "/first")
		return nil
	}
	if s.Access != nil {
		err = s.recognise(w, r)
	}
	if err != nil {
		return err
	}
	if r.who.Role != "" {
		seeOther(w, r, to)
		return nil
	}
	return s.showSignIn(w, r, http.StatusOK, signInView{to: to})
}

// nobodyYet says whether there is no owner yet.
func (s *server) nobodyYet(r *request) (bool, error) {
	if s.Access == nil {
		return false, nil
	}
	return s.Access.NoOwner(r.Context())
}

func (s *server) signIn(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 2*keptLimit)
	if err := s.needsAccess(); err != nil {
		return err
	}
	if err := readForm(r); err != nil {
		return err
	}
	v := signInView{email: strings.TrimSpace(r.PostFormValue("email")), to: local(r.PostFormValue("to")), kept: r.PostFormValue("kept")}
	pass, who, err := s.Access.SignIn(r.Context(), access.Try{Email: v.email, Password: r.PostFormValue("password"), Address: s.address(r.Request)})
	if err != nil {
		return s.refuse(w, r, v, err)
	}
	s.letIn(w, r, pass, who)
	if v.kept != "" {
		return s.showKept(w, r, v)
	}
	seeOther(w, r, v.to)
	return nil
}

// letIn gives the browser its pass; a session it had before ends.
func (s *server) letIn(w http.ResponseWriter, r *request, pass access.Pass, who behold.Colleague) {
	if before := s.token(r.Request); before != "" {
		if err := s.Access.SignOut(r.Context(), before); err != nil {
			s.Log.Warn("a session before this one goes on", "error", err)
		}
	}
	s.setCookie(w, r.Request, pass)
	r.who = who
}

// refuse shows the sign-in page again, with what is wrong.
func (s *server) refuse(w http.ResponseWriter, r *request, v signInView, err error) error {
	status, slow := http.StatusUnauthorized, waitFor(w, err)
	if slow {
		status = http.StatusTooManyRequests
	}
	if behold.KindOf(err) != behold.Forbidden && !slow {
		return err
	}
	v.wrong = err
	return s.showSignIn(w, r, status, v)
}

// waitFor says how long to wait, when that is what is wrong.
func waitFor(w http.ResponseWriter, err error) bool {
	var slow *access.SlowDown
	if !errors.As(err, &slow) {
		return false
	}
	w.Header().Set("Retry-After", strconv.Itoa(int(slow.Wait.Seconds())+1))
	return true
}

// A keptView is a form that waited for its sender to sign in.
type keptView struct {
	to     string
	fields [][2]string // to be sent
	says   []string    // what was written, for the eye
}

// showKept offers to send the form that waited. It is sent by a button, not by
// itself: whoever signed in sees first what it is.
func (s *server) showKept(w http.ResponseWriter, r *request, v signInView) error {
	form, err := url.ParseQuery(strings.TrimPrefix(v.kept, "-"))
	if err != nil {
		return &behold.Error{Kind: behold.Invalid, Code: "form", Say: "the form cannot be read", Err: err}
	}
	k := keptView{to: v.to}
	var names []string
	for name := range form {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range form[name] {
			k.fields = append(k.fields, [2]string{name, value})
			if written(name, value) {
				k.says = append(k.says, short(value))
			}
		}
	}
	p := s.page(r, "")
	return s.show(w, r, http.StatusOK, keptContent(p.titled(p.T("access.kept.title")), k))
}

// written says whether a field holds what somebody wrote, and not a choice or a
// number that the page itself put there.
func written(name, value string) bool {
	free := slices.Contains([]string{"note", "text", "why"}, name)
	return free && value != "" || strings.Contains(strings.TrimSpace(value), " ")
}

func (s *server) signOut(w http.ResponseWriter, r *request) error {
	if err := s.needsAccess(); err != nil {
		return err
	}
	if err := s.Access.SignOut(r.Context(), s.token(r.Request)); err != nil {
		return err
	}
	s.Live.dismiss(r.who.Email)
	s.setCookie(w, r.Request, access.Pass{})
	seeOther(w, r, "/sign-in")
	return nil
}

// needsAccess is NotFound where nobody signs in.
func (s *server) needsAccess() error {
	if s.Access == nil {
		return &behold.Error{Kind: behold.NotFound, Say: "nobody signs in here", Hint: "behold serve has accounts; the invented shop is open to whoever reaches it", Code: "no_sign_in"}
	}
	return nil
}
