package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"behold"
	"behold/internal/access"
)

func TestSignIn(t *testing.T) {
	o := staffed(t)
	b := o.browser(t)
	b.get("/lamps?kind=rhythm").want(t, "a page, not signed in", 303, "/sign-in?to=%2Flamps%3Fkind%3Drhythm")
	b.get("/sign-in?to=%2Flamps%3Fkind%3Drhythm").want(t, "the sign-in page", 200, `name="to" value="/lamps?kind=rhythm"`, "current-password")
	b.post("/sign-in", "email", at("member"), "password", "another password").want(t, "a wrong password", 401, "The e-mail address or the password is not right.", `value="member@nordkaffe.example"`)
	b.post("/sign-in", "email", "nobody@nowhere.example", "password", goodPassword).want(t, "an unknown e-mail", 401, "The e-mail address or the password is not right.")
	if len(b.cookies) > 0 {
		t.Errorf("who is not let in has %v", b.cookies)
	}
	got := b.post("/sign-in", "email", " Member@Nordkaffe.Example ", "password", goodPassword, "to", "/lamps?kind=rhythm")
	got.want(t, "signed in", 303, "/lamps?kind=rhythm")
	for _, want := range []string{"HttpOnly", "SameSite=Lax", "Path=/", passCookie + "="} {
		if !strings.Contains(got.header.Get("Set-Cookie"), want) {
			t.Errorf("the cookie has no %s: %s", want, got.header.Get("Set-Cookie"))
		}
	}
	b.get("/lamps").want(t, "a page, signed in", 200, "Hotel Strandgården", `action="/sign-out"`, ">member<")
	b.get("/sign-in").want(t, "the sign-in page, signed in", 303, "/")
	b.post("/settings", "company", "X").want(t, "what is not for a member", 403, "Your role does not allow this.")
}

// Nobody is led to another site by a link to the sign-in page.
func TestOpenRedirect(t *testing.T) {
	o := staffed(t)
	for _, to := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "/%2F/../\nx", "evil.example", "//evil.example/%2f..", "https:evil.example", "/sign-out", ""} {
		got := o.browser(t).post("/sign-in", "email", at("reader"), "password", goodPassword, "to", to)
		if got.to != "/" {
			t.Errorf("%q leads to %q", to, got.to)
		}
	}
	if got := o.browser(t).post("/sign-in", "email", at("reader"), "password", goodPassword, "to", "/customers/K%2F1?from=20#x"); got.to != "/customers/K%2F1?from=20#x" {
		t.Errorf("a page of ours is %q", got.to)
	}
}

// Whoever guesses is slowed down, by e-mail and by address; others are not, and
// neither is whoever is right.
func TestGuessing(t *testing.T) {
	o := staffed(t)
	b := o.browser(t)
	tries := 0
	for ; tries < 50; tries++ {
		if got := b.post("/sign-in", "email", at("owner"), "password", "guess number"); got.status == http.StatusTooManyRequests {
			if got.header.Get("Retry-After") == "" || !strings.Contains(got.body, "Too many tries") {
				t.Error("nobody says how long to wait")
			}
			break
		}
	}
	if tries < 5 || tries > 15 {
		t.Errorf("%d guesses at one colleague were let through", tries)
	}
	other := o.browser(t)
	other.from = "198.51.100.9:4000"
	other.post("/sign-in", "email", at("owner"), "password", goodPassword).want(t, "the right password while somebody guesses", 429)
	other.signIn("member")
	o.later = 2 * time.Minute
	other.post("/sign-in", "email", at("owner"), "password", goodPassword).want(t, "two minutes later", 303)
	for i := range 60 {
		who := []string{"reader", "member", "manager"}[i%3]
		if got := other.post("/sign-in", "email", at(who), "password", goodPassword); got.status != 303 {
			t.Fatalf("the right password for the %dth time: %d", i, got.status)
		}
	}
}

// A token from before signing in opens nothing: nobody can hand one out and wait.
func TestSessionFixation(t *testing.T) {
	o := staffed(t)
	b := o.browser(t).signIn("reader")
	before := b.cookies[passCookie]
	b.signIn("owner")
	if b.cookies[passCookie] == before {
		t.Error("signing in keeps the token")
	}
	old := o.browser(t)
	old.cookies[passCookie] = before
	old.get("/").want(t, "the token from before", 303, "/sign-in")
	planted := o.browser(t)
	planted.cookies[passCookie] = strings.Repeat("A", 43)
	planted.signIn("owner")
	if planted.cookies[passCookie] == strings.Repeat("A", 43) {
		t.Error("a planted token was taken")
	}
}

func TestSignOut(t *testing.T) {
	o := staffed(t)
	b := o.browser(t).signIn("member")
	stolen := o.browser(t)
	stolen.cookies[passCookie] = b.cookies[passCookie]
	if got := b.ask("GET", "/sign-out", nil); got.status != http.StatusMethodNotAllowed && got.status != 404 {
		t.Errorf("a link signs out: %d", got.status)
	}
	b.post("/sign-out").want(t, "signing out", 303, "/sign-in")
	stolen.get("/").want(t, "the token after signing out", 303, "/sign-in")
	if len(b.cookies) > 0 {
		t.Errorf("still has %v", b.cookies)
	}
	got := o.browser(t).signIn("member").get("/lamps")
	if got.header.Get("Cache-Control") != "private, no-store" {
		t.Error("the back button shows what was signed out of")
	}
}

// A session ends when nobody uses it, and after a month however much it is used.
func TestSessionsEnd(t *testing.T) {
	o := staffed(t)
	idle, used := o.browser(t).signIn("reader"), o.browser(t).signIn("member")
	for range 5 {
		o.later += 6 * 24 * time.Hour
		if o.later < access.Lifetime {
			used.get("/help").want(t, "a session in use", 200)
		}
	}
	idle.get("/").want(t, "a session nobody used", 303, "/sign-in")
	o.later = access.Lifetime + time.Minute
	used.get("/").want(t, "a session after a month", 303, "/sign-in")
}

// What was written is not lost when the session ended before it was sent, and it
// is not sent before its sender has seen it.
func TestFormIsKept(t *testing.T) {
	o := staffed(t)
	b := o.browser(t).signIn("member")
	other := o.browser(t)
	other.cookies[passCookie] = b.cookies[passCookie]
	other.post("/sign-out") // in another tab
	target := "/customers/" + strandID + "/mood"
	note := `They said "never again" & left <b>&</b> 50% æøå`
	got := b.post(target, "feels", "bad", "note", note, "password", "slipped in")
	got.want(t, "a form after the session ended", 401, "What you wrote is kept", `name="to" value="`+target+`"`)
	if len(o.moods) > 0 {
		t.Fatal("the form was sent by nobody")
	}
	kept := hiddenField(t, got.body, "kept")
	if strings.Contains(kept, "slipped") {
		t.Error("a password stands in the page")
	}
	got = b.post("/sign-in", "email", at("member"), "password", "wrong one here", "to", target, "kept", kept)
	got.want(t, "a wrong password in between", 401, html.EscapeString(kept))
	got = b.post("/sign-in", "email", at("member"), "password", goodPassword, "to", target, "kept", kept)
	got.want(t, "signed in again", 200, "Your form has been kept", `action="`+target+`"`, html.EscapeString(note), "Send it now")
	if len(o.moods) > 0 {
		t.Fatal("the form was sent by itself")
	}
	b.post(target, "feels", hiddenField(t, got.body, "feels"), "note", hiddenField(t, got.body, "note")).want(t, "sent now", 303)
	if m := o.moods[strandID]; m.Note != note || m.Feels != "bad" || m.Who != at("member") {
		t.Errorf("kept %+v", m)
	}
}

func TestFormsThatCannotBeKept(t *testing.T) {
	o := staffed(t)
	b := o.browser(t)
	b.post("/customers/"+strandID+"/mood", "note", strings.Repeat("x", keptLimit)).want(t, "an endless form", 401, "could not be kept")
	r := b.ask("POST", "/imports", url.Values{"x": {"y"}}, "Content-Type", "multipart/form-data; boundary=x", "Referer", "http://behold.example/imports?x=1")
	r.want(t, "a file", 401, `name="to" value="/imports?x=1"`)
	b.post("/account/password", "password", "secret words of mine", "password_old", "y").want(t, "a password", 401)
	if got := b.post("/account/password", "password", "secret words of mine"); strings.Contains(got.body, "secret") {
		t.Error("a password stands in the page")
	}
	b.post("/rounds").want(t, "a button", 401, `name="kept" value="-"`)
	b.signIn("manager")
	b.post("/sign-in", "email", at("manager"), "password", goodPassword, "to", "/rounds", "kept", "-").want(t, "a button, signed in", 200, `action="/rounds"`, "Send it now")
}

// htmx is led to the page as a whole, and shows a kept form instead of the page.
func TestSignInFirstWithHtmx(t *testing.T) {
	o := staffed(t)
	b := o.browser(t)
	got := b.ask("GET", "/lamps?q=x", nil, "HX-Request", "true", "HX-Current-URL", "http://localhost/lamps?q=y")
	if got.header.Get("HX-Redirect") != "/sign-in?to=%2Flamps%3Fq%3Dy" {
		t.Errorf("htmx is led to %q", got.header.Get("HX-Redirect"))
	}
	got = b.ask("POST", "/customers/"+strandID+"/mood", url.Values{"note": {"kept words"}}, "HX-Request", "true")
	got.want(t, "a form sent by htmx", 200, "kept+words")
	if got.header.Get("HX-Retarget") != "body" {
		t.Error("htmx would show the sign-in page in a corner")
	}
}

func TestSecureCookie(t *testing.T) {
	o := staffed(t)
	b := o.browser(t)
	form := url.Values{"email": {at("owner")}, "password": {goodPassword}}
	got := b.ask("POST", "/sign-in", form, "X-Forwarded-Proto", "https")
	if strings.Contains(got.header.Get("Set-Cookie"), "Secure") {
		t.Error("anybody may say that it is https")
	}
	r := o.browser(t)
	r.from = "10.0.0.5:1234"
	proxied := o.deps(t.TempDir())
	proxied.Access, proxied.Proxies = access.New(o.book, access.Options{}), prefixes(t, "10.0.0.0/8")
	s := &server{Deps: proxied}
	for _, c := range []struct{ remote, forwarded, want string }{
		{"192.0.2.1:1", "203.0.113.9", "192.0.2.1"},
		{"10.0.0.5:1", "203.0.113.9", "203.0.113.9"},
		{"10.0.0.5:1", "6.6.6.6, 203.0.113.9", "203.0.113.9"},
		{"10.0.0.5:1", "203.0.113.9, 10.0.0.7", "203.0.113.9"},
		{"10.0.0.5:1", "", "10.0.0.5"},
		{"10.0.0.5:1", "nonsense", "10.0.0.5"},
	} {
		req := requestFrom(c.remote, "X-Forwarded-For", c.forwarded, "X-Forwarded-Proto", "https")
		if got := s.address(req); got != c.want {
			t.Errorf("%+v: from %s", c, got)
		}
		if got, want := s.cookieName(req) == securePassCookie, strings.HasPrefix(c.remote, "10."); got != want {
			t.Errorf("%+v: secure %v", c, got)
		}
	}
}

func TestFirstOwner(t *testing.T) {
	o := openOffice(t)
	b := o.browser(t)
	b.get("/").want(t, "a new data folder", 303, "/first")
	b.get("/sign-in").want(t, "the sign-in page of a new data folder", 303, "/first")
	b.post("/settings", "company", "Mine").want(t, "a form, of a new data folder", 303, "/first")
	b.get("/first").want(t, "the first page", 200, `name="code"`, "Who owns it?")
	fill := []string{"name", "Mette Holm", "email", "Mette@nordkaffe.example", "password", goodPassword, "company", "Nordkaffe A/S", "language", "da"}
	b.post("/first", fill...).want(t, "from elsewhere, without the code", 403, "This is not the code", "Mette Holm")
	b.post("/first", append(fill, "code", "AAAAA-AAAAA")...).want(t, "with another code", 403)
	b.post("/first", "email", "m@n.dk", "password", "short", "company", "X", "code", "ABCDE-FGHIJ").want(t, "a short password", 422, "at least 12 characters")
	b.post("/first", append(fill, "code", " abcdefghij ")...).want(t, "with the code", 303, "/")
	b.get("/settings/colleagues").want(t, "the owner's page", 200, "Mette Holm")
	late := o.browser(t)
	late.get("/first").want(t, "the first page, later", 303, "/sign-in")
	late.post("/first", append(fill, "code", "ABCDE-FGHIJ")...).want(t, "a second owner", 303, "/sign-in")
	set, err := o.book.Settings(t.Context())
	if err != nil || set.Company != "Nordkaffe A/S" || set.Language != "da" {
		t.Errorf("settings %+v, %v", set, err)
	}
}

// Only who sits at the machine itself needs no code.
func TestSitsHere(t *testing.T) {
	s := &server{}
	for _, c := range []struct {
		local, remote, host string
		headers             []string
		want                bool
	}{
		{"127.0.0.1:8484", "127.0.0.1:5000", "localhost:8484", nil, true},
		{"[::1]:8484", "[::1]:5000", "[::1]:8484", nil, true},
		{"192.0.2.1:8484", "192.0.2.1:5000", "192.0.2.1:8484", nil, false},
		{"127.0.0.1:8484", "127.0.0.1:5000", "behold.firm.example", nil, false},
		{"127.0.0.1:8484", "127.0.0.1:5000", "localhost:8484", []string{"X-Forwarded-For", "203.0.113.9"}, false},
		{"127.0.0.1:8484", "127.0.0.1:5000", "localhost:8484", []string{"Via", "1.1 proxy"}, false},
		{"10.0.0.2:8484", "127.0.0.1:5000", "localhost:8484", nil, false},
	} {
		r := atLocal(requestFrom(c.remote, c.headers...), c.local)
		r.Host = c.host
		if got := s.sitsHere(r); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestInvitation(t *testing.T) {
	o := staffed(t)
	owner := o.browser(t).signIn("owner")
	got := owner.post("/settings/colleagues", "email", "Jonas@Nordkaffe.example", "name", "Jonas <b>", "role", "member")
	got.want(t, "an invitation", 200, "Jonas &lt;b&gt;", "shown only now")
	link := regexp.MustCompile(`value="http://example.com(/invitations/[A-Z2-7]{26})"`).FindStringSubmatch(got.body)
	if link == nil {
		t.Fatal("no link in the page")
	}
	owner.post("/settings/colleagues", "email", at("jonas"), "role", "member").want(t, "the same again", 409, "already")
	owner.post("/settings/colleagues", "email", "jonas", "role", "member").want(t, "no e-mail", 422, "not an e-mail address")
	owner.post("/settings/colleagues", "email", at("x"), "role", "boss").want(t, "no role", 422)
	jonas := o.browser(t)
	for range 3 { // a mail scanner opens it first
		jonas.get(link[1]).want(t, "the link", 200, at("jonas"), "new-password")
	}
	jonas.post(link[1], "password", "passwordpassword").want(t, "an easy password", 422, "among the first")
	jonas.post(link[1], "password", "fem ord der er mine").want(t, "a password", 303, "/")
	jonas.get("/").want(t, "who was invited", 200, "Jonas")
	o.browser(t).get(link[1]).want(t, "the link, used", 404, "no longer works")
	o.browser(t).post(link[1], "password", "another one of mine").want(t, "the link, used again", 404)
	o.browser(t).get("/invitations/AAAAAAAAAAAAAAAAAAAAAAAAAA").want(t, "a link nobody made", 404)

	got = owner.post("/settings/colleagues/" + at("jonas") + "/link")
	reset := regexp.MustCompile(`(/invitations/[A-Z2-7]{26})`).FindString(got.body)
	jonas.get("/").want(t, "while the link is not used", 200)
	o.later = access.ResetFor + time.Hour
	o.browser(t).get(reset).want(t, "a link too old", 404)
	o.later = 0
	o.browser(t).post(reset, "password", "endnu fem nye ord").want(t, "a new password", 303)
	jonas.get("/").want(t, "the sessions of the old password", 303, "/sign-in")
}

func TestAccount(t *testing.T) {
	o := staffed(t)
	b, elsewhere := o.browser(t).signIn("reader"), o.browser(t).signIn("reader")
	b.get("/account").want(t, "the account", 200, at("reader"), "Reader")
	b.post("/account", "name", "Rikke", "language", "nl").want(t, "name and language", 303)
	b.get("/account").want(t, "in their language", 200, `<html lang="nl">`, "Rikke")
	b.ask("GET", "/account?lang=sv", nil).want(t, "in another language for once", 200, `<html lang="sv">`)
	b.ask("GET", "/account", nil, "Accept-Language", "da").want(t, "before the browser's", 200, `<html lang="nl">`)
	b.post("/account", "name", "Rikke", "language", "")
	delete(b.cookies, languageCookie)
	b.ask("GET", "/account", nil, "Accept-Language", "da").want(t, "the browser's again", 200, `<html lang="da">`)
	b.post("/account/password", "password_old", "wrong old one", "password", "helt nye ord til mig").want(t, "without the old one", 422, "not right")
	before := b.cookies[passCookie]
	b.post("/account/password", "password_old", goodPassword, "password", "helt nye ord til mig").want(t, "a new password", 303, "saved=password")
	if b.cookies[passCookie] == before {
		t.Error("the token stays after a new password")
	}
	b.get("/").want(t, "this browser", 200)
	elsewhere.get("/").want(t, "the other browser", 303, "/sign-in")
	o.browser(t).post("/sign-in", "email", at("reader"), "password", goodPassword).want(t, "the old password", 401)
}

func TestRolesChange(t *testing.T) {
	o := staffed(t)
	owner, member := o.browser(t).signIn("owner"), o.browser(t).signIn("member")
	before := member.cookies[passCookie]
	owner.post("/settings/colleagues/"+at("member")+"/role", "role", "manager").want(t, "another role", 303)
	round := member.post("/rounds")
	round.want(t, "at once", 303, "/work/")
	if member.cookies[passCookie] == before {
		t.Error("the token stays although the role changed")
	}
	old := o.browser(t)
	old.cookies[passCookie] = before
	old.get("/").want(t, "the old token", 303, "/sign-in")
	owner.post("/settings/colleagues/"+at("owner")+"/role", "role", "reader").want(t, "the last owner", 409, "the last owner")
	owner.post("/settings/colleagues/"+at("owner")+"/gone").want(t, "the last owner leaves", 409, "the last owner")
	owner.post("/settings/colleagues/"+at("member")+"/gone").want(t, "one leaves", 303)
	member.get("/").want(t, "who left", 303, "/sign-in")
	o.browser(t).post("/sign-in", "email", at("member"), "password", goodPassword).want(t, "who left, with the password", 401)
	owner.get("/settings/colleagues").want(t, "who left, in the list", 200, "No longer works here", "Take that back")
	owner.post("/settings/colleagues/"+at("member")+"/back").want(t, "taken back", 303)
	o.browser(t).signIn("member")
	for strings.Contains(owner.get(round.to).body, `data-live="task:`) { // the round is walked in the background
		time.Sleep(5 * time.Millisecond)
	}
	owner.get("/settings/changes").want(t, "who changed what", 200, "owner", "Gave member another role", "member no longer works here", "Ran a round", "Member → Manager")
	owner.post("/settings", "company", "Nyt <i>navn</i>", "currency", "DKK", "language", "en", "false_lamps_per_100_month", "4", "merge_days", "1", "members_see", "own").want(t, "settings", 303)
}

// Where the company decided so, readers and members see their own customers and
// those whom nobody looks after, and of the others not even that they exist.
func TestMembersSeeTheirOwn(t *testing.T) {
	o := staffed(t)
	o.settings.MembersSee = behold.SeeOwn
	for i := range o.customers { // one in three each: the member's, somebody else's, nobody's
		who := []string{"MEMBER@Nordkaffe.example", at("somebody"), ""}[i%3]
		o.customers[i].Colleague, o.standings[i].Colleague = who, behold.ColleagueKey(who)
		for k := range o.lamps {
			if o.lamps[k].ID == o.customers[i].ID {
				o.lamps[k].Colleague = behold.ColleagueKey(who)
			}
		}
	}
	member, manager := o.browser(t).signIn("member"), o.browser(t).signIn("manager")
	mine, theirs, nobodys := o.customers[0], o.customers[1], o.customers[2]
	for _, page := range []string{"/", "/lamps", "/lamps?q=" + theirs.Name[:5], "/lamps.csv", "/customers", "/customers?q=" + theirs.ID, "/lamps/kinds/rhythm"} {
		if got := member.get(page); got.status == 200 && strings.Contains(got.body, theirs.Name) {
			t.Errorf("%s tells a member of %s", page, theirs.Name)
		}
	}
	member.get("/customers?sort=name").want(t, "the list", 200, mine.Name)
	member.get("/customers/"+mine.ID).want(t, "their own", 200, mine.Name)
	member.get("/customers/"+nobodys.ID).want(t, "nobody's", 200, nobodys.Name)
	theirPage, noPage := member.get("/customers/"+theirs.ID), member.get("/customers/K-9999")
	if theirPage.status != 404 || noPage.status != 404 || strings.Contains(theirPage.body, theirs.Name) {
		t.Errorf("somebody else's: %d, nobody: %d", theirPage.status, noPage.status)
	}
	member.post("/customers/"+theirs.ID+"/mood", "feels", "bad").want(t, "a mood of somebody else's", 404)
	member.post("/customers/"+theirs.ID+"/lamps/rhythm", "state", "acknowledged").want(t, "an act on somebody else's", 404)
	if len(o.moods)+len(o.acts) > 0 {
		t.Error("something was written about somebody else's customer")
	}
	member.get("/imports").want(t, "what tells of all customers", 403, "about all customers together")
	manager.get("/customers/"+theirs.ID).want(t, "a manager", 200, theirs.Name)
}

func hiddenField(t *testing.T, body, name string) string {
	t.Helper()
	m := regexp.MustCompile(`<input type="hidden" name="` + name + `" value="([^"]*)"`).FindStringSubmatch(body)
	if m == nil {
		t.Fatalf("no hidden field %s", name)
	}
	return html.UnescapeString(m[1])
}
