package web

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"behold"
	"behold/internal/access"
	"behold/internal/phrase"
	"behold/internal/store"
)

// An office is the shop with colleagues who sign in: their book is the real
// store, everything else the invented shop's.
type office struct {
	*shop
	book  *store.Store
	pages http.Handler
	later time.Duration // by which the clock is ahead
}

const goodPassword = "kaffe med meget mælk"

// at is an e-mail of the office.
func at(name string) string { return name + "@nordkaffe.example" }

func openOffice(t *testing.T) *office {
	t.Helper()
	o := &office{shop: nordkaffe()}
	var err error
	if o.book, err = store.Open(t.Context(), filepath.Join(t.TempDir(), "store.sqlite")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.book.Close() })
	o.deal(t, func(*Deps) {})
	return o
}

// deal opens the pages with what they need, and with what a test adds.
func (o *office) deal(t *testing.T, add func(*Deps)) {
	d := o.deps(t.TempDir())
	d.Now = func() time.Time { return time.Now().Add(o.later) }
	// Cheap hashes: what they cost in earnest is for a test of access.
	d.Access = access.New(o.book, access.Options{Now: d.Now, Hash: &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 8, KeyLength: 16}})
	d.Colleagues, d.Changes, d.Code = o.book, o.book, "ABCDE-FGHIJ"
	add(&d)
	o.pages = New(d)
}

// staff gives the office a colleague of each role.
func staffed(t *testing.T) *office {
	o := openOffice(t)
	for _, role := range behold.Roles() {
		o.hire(t, string(role), role)
	}
	return o
}

func (o *office) hire(t *testing.T, name string, role behold.Role) {
	t.Helper()
	a := access.New(o.book, access.Options{Hash: &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 8, KeyLength: 16}})
	if _, err := a.Add(t.Context(), behold.Colleague{Email: at(name), Name: name, Role: role}, goodPassword, ""); err != nil {
		t.Fatal(err)
	}
}

// A browser keeps cookies, and follows nothing by itself.
type browser struct {
	t       *testing.T
	pages   http.Handler
	cookies map[string]string
	from    string // its address
}

func (o *office) browser(t *testing.T) *browser {
	return &browser{t: t, pages: o.pages, cookies: map[string]string{}, from: "192.0.2.7:5000"}
}

// An answered request.
type answered struct {
	status int
	body   string
	to     string
	header http.Header
}

func (b *browser) ask(method, target string, form url.Values, headers ...string) answered {
	b.t.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r := httptest.NewRequest(method, target, body)
	if target == "/live" { // which goes on for as long as somebody listens
		ctx, cancel := context.WithTimeout(r.Context(), 20*time.Millisecond)
		defer cancel()
		r = r.WithContext(ctx)
	}
	r.RemoteAddr = b.from
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.pages.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if b.cookies[c.Name] = c.Value; c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return answered{w.Code, w.Body.String(), w.Header().Get("Location"), w.Header()}
}

func (b *browser) get(target string) answered { b.t.Helper(); return b.ask("GET", target, nil) }

func (b *browser) post(target string, pairs ...string) answered {
	b.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return b.ask("POST", target, form)
}

func (b *browser) signIn(name string) *browser {
	b.t.Helper()
	if got := b.post("/sign-in", "email", at(name), "password", goodPassword); got.status != http.StatusSeeOther {
		b.t.Fatalf("%s is not let in: %d", name, got.status)
	}
	return b
}

func (a answered) want(t *testing.T, what string, status int, has ...string) {
	t.Helper()
	if a.status != status {
		t.Errorf("%s: status %d, want %d (to %q)", what, a.status, status, a.to)
	}
	for _, word := range has {
		if !strings.Contains(a.body+a.to, word) {
			t.Errorf("%s: does not say %q", what, word)
		}
	}
}

// rolesOf is the least role that every route is meant for, written down once
// more: a route that is added, or opened to others, must be added here too.
func rolesOf() map[string]behold.Role {
	return map[string]behold.Role{
		"GET /survey": behold.Manager, "GET /survey/settings": behold.Owner, "POST /survey/settings": behold.Owner, "GET /survey/words": behold.Manager,
		"POST /survey/words": behold.Owner, "GET /survey/preview": behold.Manager, "GET /survey/preview/form": behold.Manager, "GET /survey/links": behold.Manager,
		"POST /survey/returned": behold.Manager, "POST /survey/links": behold.Manager, "POST /survey/links/{link}": behold.Manager, "GET /survey/links/{link}/card": behold.Manager, "GET /survey/links/{link}/qr.svg": behold.Manager, "GET /a/{token}": anyone, "POST /a/{token}": anyone,
		"POST /a/{token}/call": anyone, "GET /a/{token}/stop": anyone, "POST /a/{token}/stop": anyone, "GET /q/{token}": anyone, "POST /q/{token}": anyone,
		"GET /q/{token}/frame": anyone, "POST /q/{token}/frame": anyone,
		"GET /{$}": behold.Reader, "GET /lamps": behold.Reader, "GET /lamps.csv": behold.Reader, "GET /lamps/kinds": behold.Reader,
		"GET /lamps/kinds/{kind}": behold.Reader, "GET /customers": behold.Reader, "GET /customers/{id}": behold.Reader,
		"POST /lamps": behold.Member, "GET /customers.csv": behold.Reader, "POST /customers/{id}/lamps/{kind}": behold.Member, "POST /customers/{id}/mood": behold.Member,
		"GET /templates/{table}": behold.Reader, "GET /invented/remove": behold.Owner, "POST /invented/remove": behold.Owner, "POST /invented": behold.Owner,
		"GET /uploads": behold.Manager, "POST /uploads": behold.Manager, "POST /uploads/{upload}/reading": behold.Manager,
		"POST /uploads/{upload}/currency": behold.Owner, "GET /uploads/{upload}/rejects.csv": behold.Manager,
		"GET /imports": behold.Reader, "POST /imports": behold.Manager, "GET /uploads/{upload}": behold.Manager,
		"POST /uploads/{upload}": behold.Manager, "POST /uploads/{upload}/dates": behold.Manager, "POST /uploads/{upload}/drop": behold.Manager,
		"GET /imports/{import}": behold.Reader, "GET /imports/{import}/rejects.csv": behold.Reader,
		"GET /imports/{import}/undo": behold.Manager, "POST /imports/{import}/undo": behold.Manager,
		"POST /rounds": behold.Manager, "GET /work/{task}": behold.Reader, "POST /work/{task}/stop": behold.Manager, "GET /live": behold.Reader, "GET /help": behold.Reader, "GET /style": behold.Reader,
		"GET /effect": behold.Manager, "GET /effect/report": behold.Manager,
		"GET /reasons": behold.Manager, "GET /reasons/report": behold.Manager, "GET /loss": behold.Manager, "GET /loss.csv": behold.Manager,
		"GET /voice/answers.csv": behold.Manager, "GET /voice/texts": behold.Manager, "GET /voice/texts.csv": behold.Manager, "POST /voice/corrections/{correction}/undo": behold.Manager,
		"GET /customers/{id}/remark": behold.Reader, "POST /customers/{id}/remark": behold.Member, "POST /customers/{id}/remark/undo": behold.Member,
		"GET /voice": behold.Manager, "GET /voice.csv": behold.Manager, "GET /voice/report": behold.Manager, "POST /voice/deeds": behold.Manager, "POST /voice/deeds/{deed}/undo": behold.Manager, "GET /money": behold.Manager, "GET /team": behold.Manager,
		"GET /owner": behold.Manager, "GET /loss/report": behold.Manager, "GET /funnel/report": behold.Manager, "GET /economy/report": behold.Manager, "GET /fairness/report": behold.Manager, "GET /money.csv": behold.Manager,
		"GET /team/attention.csv": behold.Manager, "GET /team/ledger": behold.Reader, "GET /team/ledger.csv": behold.Reader, "GET /pulse": behold.Reader, "POST /pulse": behold.Reader,
		"GET /registers": behold.Manager, "GET /registers.csv": behold.Manager, "GET /decisions": behold.Manager, "POST /decisions": behold.Manager,
		"GET /settings/team": behold.Owner, "POST /settings/team": behold.Owner,
		"GET /settings": behold.Reader, "POST /settings": behold.Owner,
		"GET /settings/letters": behold.Owner, "POST /settings/letters": behold.Owner, "POST /settings/letters/test": behold.Owner,
		"GET /account/letters": behold.Reader, "POST /account/letters": behold.Reader,
		"GET /letters/stop/{token}": anyone, "POST /letters/stop/{token}": anyone,
		"GET /asset/": anyone, "GET /sign-in": anyone, "POST /sign-in": anyone, "GET /first": anyone, "POST /first": anyone,
		"GET /invitations/{token}": anyone, "POST /invitations/{token}": anyone,
		"POST /account/calendar": behold.Reader, "POST /account/calendar/end": behold.Reader, "GET /calendar/{token}": anyone,
		"GET /settings/hours": behold.Member, "POST /settings/hours": behold.Member, "POST /settings/hours/usual": behold.Member,
		"POST /settings/hours/absence": behold.Member, "POST /settings/hours/absence/end": behold.Member,
		"POST /settings/hours/closed": behold.Owner, "POST /settings/hours/closed/open": behold.Owner,
		"POST /sign-out": behold.Reader, "GET /account": behold.Reader, "POST /account": behold.Reader, "POST /account/password": behold.Reader,
		"GET /settings/colleagues": behold.Owner, "POST /settings/colleagues": behold.Owner, "GET /settings/changes": behold.Owner,
		"GET /settings/playbooks": behold.Manager, "POST /settings/playbooks/{reason}": behold.Manager, "POST /settings/texts": behold.Manager,
		"POST /customers/{id}/lamps": behold.Member, "POST /customers/{id}/entries": behold.Member, "GET /promises": behold.Reader,
		"GET /promises.csv": behold.Reader, "POST /customers/{id}/promises": behold.Member,
		"GET /cases": behold.Reader, "GET /cases.csv": behold.Reader, "POST /cases/{case}": behold.Member, "POST /cases/{case}/undo": behold.Member,
		"POST /customers/{id}/case": behold.Member,
		"POST /entries/{entry}":     behold.Member, "POST /entries/{entry}/undo": behold.Member,
		"POST /settings/colleagues/{email}/role": behold.Owner, "POST /settings/colleagues/{email}/link": behold.Owner,
		"POST /settings/colleagues/{email}/gone": behold.Owner, "POST /settings/colleagues/{email}/back": behold.Owner,
	}
}

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// TestRouteByRole asks for every route as everybody: nobody, one whose session
// has expired, one who has left, and one of each role.
func TestRouteByRole(t *testing.T) {
	o := staffed(t)
	o.hire(t, "gone", behold.Owner)
	callers := map[string]*browser{"nobody": o.browser(t)}
	passes := map[string]map[string]string{}
	for _, name := range []string{"reader", "member", "manager", "owner", "gone"} {
		callers[name] = o.browser(t).signIn(name)
	}
	if _, err := o.book.SaveColleague(t.Context(), at("gone"), func(c *behold.Colleague) { c.Left = true }, behold.Change{}); err != nil {
		t.Fatal(err)
	}
	callers["expired"] = o.browser(t).signIn("owner")
	callers["forged"] = o.browser(t)
	callers["forged"].cookies[passCookie] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	if err := o.endSession(t, callers["expired"]); err != nil {
		t.Fatal(err)
	}
	for name, b := range callers {
		passes[name] = b.cookies
	}
	meant := rolesOf()
	s := &server{}
	for _, r := range s.routes() {
		key := r.method + " " + r.path
		least, known := meant[key]
		if !known {
			t.Errorf("%s is a new route: say in rolesOf who may call it", key)
			continue
		}
		if least != r.who {
			t.Errorf("%s is for %s, meant for %s", key, r.who, least)
		}
		delete(meant, key)
		path := strings.TrimSuffix(placeholder.ReplaceAllString(r.path, "x"), "{$}")
		for name, b := range callers {
			b.cookies = map[string]string{}
			for k, v := range passes[name] {
				b.cookies[k] = v
			}
			if key == "POST /sign-out" && behold.Role(name).May(behold.Reader) {
				b.cookies = o.browser(t).signIn(name).cookies // it would end the others' session too
			}
			got := b.ask(r.method, path, formFor(r.method))
			where := fmt.Sprintf("%s as %s", key, name)
			atDoor := got.status == http.StatusUnauthorized && !strings.HasPrefix(path, "/sign-in") || strings.HasPrefix(got.to, "/sign-in?to=")
			refused := got.status == http.StatusForbidden && strings.Contains(got.body, "Your role does not allow this")
			switch role := behold.Role(name); {
			case least == anyone && (atDoor || refused):
				t.Errorf("%s: %d to %q, though anyone may", where, got.status, got.to)
			case least == anyone:
			case !role.May(behold.Reader) && !atDoor:
				t.Errorf("%s: %d, want the sign-in page", where, got.status)
			case !role.May(behold.Reader):
			case role.May(least) && (atDoor || refused):
				t.Errorf("%s: %d to %q, though they may", where, got.status, got.to)
			case !role.May(least) && !refused:
				t.Errorf("%s: %d, want it refused", where, got.status)
			}
			if got.status >= 500 {
				t.Errorf("%s: %d", where, got.status)
			}
		}
	}
	for key := range meant {
		t.Errorf("%s is served no more: take it out of rolesOf", key)
	}
}

func formFor(method string) url.Values {
	if method == "GET" {
		return nil
	}
	return url.Values{"name": {"x"}}
}

// endSession makes a browser's session one that expired.
func (o *office) endSession(t *testing.T, b *browser) error {
	t.Helper()
	a := access.New(o.book, access.Options{Now: func() time.Time { return time.Now().Add(access.Lifetime + time.Hour) }})
	who, _, err := a.Who(t.Context(), b.cookies[passCookie])
	if who.Email != "" {
		t.Error("a session outlives its end")
	}
	if err != nil {
		return err
	}
	return access.New(o.book, access.Options{}).SignOut(t.Context(), b.cookies[passCookie])
}

func prefixes(t *testing.T, text string) []netip.Prefix {
	t.Helper()
	p, err := netip.ParsePrefix(text)
	if err != nil {
		t.Fatal(err)
	}
	return []netip.Prefix{p}
}

// requestFrom is a request from an address, with headers.
func requestFrom(remote string, headers ...string) *http.Request {
	r := httptest.NewRequest("GET", "/", nil)
	r.RemoteAddr = remote
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

// atLocal is a request that came in at an address of ours.
func atLocal(r *http.Request, local string) *http.Request {
	at := net.TCPAddrFromAddrPort(netip.MustParseAddrPort(local))
	return r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, at))
}

// The pages that let people in, and those about them, in every language: all
// phrases written, nothing inline, nothing from elsewhere.
func TestAccessPagesInEveryLanguage(t *testing.T) {
	fresh, o := openOffice(t).browser(t), staffed(t)
	outside, owner := o.browser(t), o.browser(t).signIn("owner")
	for _, role := range []string{"reader", "member"} {
		owner.post("/settings/colleagues/"+at(role)+"/role", "role", "manager")
		owner.post("/settings/colleagues/" + at(role) + "/gone")
	}
	owner.post("/settings/colleagues/" + at("reader") + "/back")
	owner.post("/rounds")
	for _, lang := range phrase.Languages() {
		q := "?lang=" + lang
		for where, got := range map[string]answered{
			"first":      fresh.get("/first" + q),
			"first 403":  fresh.post("/first"+q, "name", "x"),
			"sign-in":    outside.get("/sign-in" + q),
			"wrong":      outside.post("/sign-in"+q, "email", at("nobody"), "password", "x"),
			"kept":       outside.post("/customers/"+strandID+"/mood"+q, "note", "x"),
			"lost":       outside.post("/account/password"+q, "password", "x"),
			"sent":       outside.post("/sign-in"+q, "email", at("manager"), "password", goodPassword, "kept", "note=x", "to", "/customers/K-1/mood"),
			"no link":    outside.get("/invitations/x" + q),
			"account":    owner.get("/account" + q),
			"saved":      owner.get("/account" + q + "&saved=password"),
			"named":      owner.get("/account" + q + "&saved=name"),
			"wrong old":  owner.post("/account/password"+q, "password_old", "x", "password", "y"),
			"colleagues": owner.get("/settings/colleagues" + q),
			"invited":    owner.post("/settings/colleagues"+q, "email", lang+at("new"), "role", "reader"),
			"twice":      owner.post("/settings/colleagues"+q, "email", at("owner"), "role", "reader"),
			"last owner": owner.post("/settings/colleagues/"+at("owner")+"/gone"+q, "x", "y"),
			"changes":    owner.get("/settings/changes" + q),
			"settings":   owner.get("/settings" + q),
		} {
			for what, bad := range map[string]*regexp.Regexp{"inline": inline, "unsaid": unsaid, "from elsewhere": foreign} {
				if m := bad.FindString(strings.ReplaceAll(got.body, `value="http://example.com/invitations/`, `value="`)); m != "" {
					t.Errorf("%s in %s: %s: %q", where, lang, what, m)
				}
			}
			if !strings.Contains(got.body, `<html lang="`+lang+`">`) || strings.Contains(got.body, `lang="en">`) && lang != "en" && !strings.Contains(got.body, `hreflang="en"`) {
				t.Errorf("%s in %s: %d, not all of it in the language", where, lang, got.status)
			}
			for _, m := range regexp.MustCompile(`<p lang="en">([^<]*)`).FindAllStringSubmatch(got.body, -1) {
				t.Errorf("%s in %s: said in English only: %s", where, lang, m[1])
			}
		}
		outside.cookies = map[string]string{}
	}
}
