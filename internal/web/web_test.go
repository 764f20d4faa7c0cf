package web

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"math"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"behold"
	"behold/internal/phrase"
)

// ask sends one request and gives the status and the body.
func ask(t *testing.T, h http.Handler, method, target string, body io.Reader, headers ...string) (int, string, http.Header) {
	t.Helper()
	r := httptest.NewRequest(method, target, body)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, w.Body.String(), w.Result().Header
}

func TestScenarios(t *testing.T) {
	full := New(nordkaffe().deps(t.TempDir()))
	empty := New(emptyShop().deps(t.TempDir()))
	unjudged := nordkaffe()
	unjudged.round, unjudged.standings = nil, nil
	noRound := New(unjudged.deps(t.TempDir()))
	invented := nordkaffe().deps(t.TempDir())
	invented.Invented = true
	for _, c := range []struct {
		name, target string
		shop         http.Handler
		status       int
		has          []string
		not          []string
	}{
		{"today", "/", full, 200, []string{"lamps are lit", "Hotel Strandgården", "not measured yet", "20 November 2025", "<em>", "over 5 years", `class="chart strip"`}, []string{"Invented"}},
		{"today of the invented shop", "/", New(invented), 200, []string{"Invented data."}, nil},
		{"today before any data", "/", empty, 200, []string{"One file with your invoices", `type="file"`, "behold demo"}, []string{"lamps are lit"}},
		{"today before any round", "/", noRound, 200, []string{"Nobody has looked", `action="/rounds"`, `value="2025-11-20"`}, nil},
		{"names are text", "/customers", full, 200, []string{"Bobby &#34;Tables&#34; &lt;b&gt;&amp; Søn&lt;/b&gt;", "Brød &amp; Co 😀"}, []string{"<b>& Søn"}},
		{"lamps", "/lamps", full, 200, []string{"Hotel Strandgården", `<table class="list lamps"`, `href="/lamps.csv?"`}, nil},
		{"lamps of a common cause", "/lamps", full, 200, []string{"was lit for 43 customers since 17 Nov 2025; 2.4 in as many days", `href="/lamps?kind=rhythm&amp;state=all"`}, nil},
		{"lamps of one kind", "/lamps?kind=category_lost", full, 200, []string{"Hotel Strandgården", `value="category_lost" selected`}, []string{"Klinik Sundby"}},
		{"lamps found by name", "/lamps?q=STRAND", full, 200, []string{"Hotel Strandgården", `value="STRAND"`}, []string{"Café"}},
		{"no such lamps", "/lamps?q=nobody", full, 200, []string{"No lit lamp matches", "Show all"}, []string{"<table"}},
		{"lamps before any round", "/lamps", noRound, 200, []string{"No round has been run"}, []string{"<form class=\"filter\""}},
		{"customers, next page", "/customers?from=50&sort=name", full, 200, []string{"51–100 of 130", `rel="prev"`, `rel="next"`, "from=100"}, nil},
		{"a place beyond the end", "/customers?from=100000", full, 200, nil, nil},
		{"a place that is no number", "/customers?from=-7", full, 200, []string{"1–50 of 130"}, nil},
		{"customer", "/customers/" + strandID, full, 200, []string{"Hotel Strandgården", "Their rhythm", "Why the lamps are lit", "Buys one kind elsewhere", "none since", `class="chart rhythm"`, "F-88199", "Goes out when", "2 rows behind it"}, nil},
		{"customer's evidence", "/customers/" + strandID, full, 200, []string{
			"The main reason", "Went to a competitor", "62% likely", "71%", "overlooked, seldom hears from us", "did not complain, call or answer",
			"Of 1,000 healthy customers here, about", "Lit 84 times in the last 18 months; 37 of those customers left.",
			"your own past is too short", "Lit 5 times in the last 18 months; 4",
			`href="/customers/K-1042?row=orders%3AF-88199#row-orders-F_45_88199"`, `action="/customers/K-1042/lamps/rhythm"`, `max="2026-11-21"`,
			"Nobody has said yet.", `href="/lamps/kinds/rhythm"`,
		}, nil},
		{"customer whose chance was not checked", "/customers/K-1043", full, 200, []string{"not calibrated yet", "Unknown", "Nothing that is recorded points to a reason."}, nil},
		{"customer's timeline", "/customers/" + strandID, full, 200, []string{
			"call from them", "Free cups", "kept", "Asked about the late grinder &lt;b&gt;again&lt;/b&gt;.", "answered 3 of 5", "disputed", "due 10 Nov 2025", "All (",
		}, []string{"<b>again"}},
		{"customer's timeline of one table", "/customers/" + strandID + "?table=tickets", full, 200, []string{"Grinder", "1–1 of 1"}, []string{"answered 3 of 5"}},
		{"customer's timeline of no table", "/customers/" + strandID + "?table=%3Cb%3E", full, 200, []string{"Grinder"}, []string{`table=<b>`}},
		{"customer's timeline at a row", "/customers/" + strandID + "?row=losses:", full, 200, []string{`id="row-losses" class="asked"`, "Went to a competitor", `rel="prev"`}, []string{"Grinder", "from=20&amp;row"}},
		{"lamps of a family", "/lamps?family=competition", full, 200, []string{"Hotel Strandgården", `value="competition" selected`}, []string{"Klinik Sundby"}},
		{"lamps in a state", "/lamps?state=snoozed", full, 200, []string{"No lit lamp matches"}, []string{"<table"}},
		{"all kinds of lamps", "/lamps/kinds", full, 200, []string{"The tone has changed", "It stays dark until you import: Support cases.", ">84<", "came to 2.9 false lamps"}, nil},
		{"a kind of lamp", "/lamps/kinds/rhythm", full, 200, []string{"a rhythm of their own", "holiday", "Orders and invoices.", "of the 5 false lamps", "4,626", "2.90", "Hotel Strandgården"}, []string{"stays dark"}},
		{"a kind of lamp without data", "/lamps/kinds/promise_broken", empty, 200, []string{"It stays dark until you import: Promises and Orders and invoices.", "lit for nobody"}, nil},
		{"an event's kind", "/lamps/kinds/contract_ends", full, 200, []string{"None: it lights when something happens"}, nil},
		{"no such kind", "/lamps/kinds/%3Cscript%3E", full, 404, nil, []string{"<script>"}},
		{"customer by another spelling", "/customers/k-1042", full, 200, []string{"Hotel Strandgården"}, nil},
		{"customer without lamps", "/customers/K-1050", full, 200, nil, nil},
		{"customer before any round", "/customers/" + strandID, noRound, 200, []string{"Hotel Strandgården", "F-88199"}, []string{`class="facts"`}},
		{"customer nobody knows", "/customers/K-9", full, 404, []string{"This page is not here", "Nobody has the number K-9.", "Search for the name"}, nil},
		{"customer with a hostile id", "/customers/%3Cscript%3E", full, 404, []string{"&lt;script&gt;"}, []string{"<script>"}},
		{"no such page", "/nothing", full, 404, []string{"This page is not here"}, nil},
		{"imports", "/imports", full, 200, []string{"fakturaer-2025.csv", "9,120 order lines", "Drop a file here"}, nil},
		{"receipt", "/imports/1", full, 200, []string{"Kundenr.", "94", "does not say which customer", "&lt;script&gt;alert", "kept beside"}, []string{"<script>alert"}},
		{"no such receipt", "/imports/77", full, 404, nil, nil},
		{"receipt with a word for a number", "/imports/x", full, 404, nil, nil},
		{"undo asks first", "/imports/1/undo", full, 200, []string{"Take this import back?", "9,120 rows", `method="post"`}, nil},
		{"settings", "/settings", full, 200, []string{`value="Nordkaffe A/S"`, `value="DKK"`, `name="dial"`, "came to 2.9 false lamps per 100"}, nil},
		{"help", "/help", full, 200, []string{"The lamps", "<kbd>"}, nil},
		{"work nobody knows", "/work/XYZ", full, 404, nil, nil},
		{"upload nobody knows", "/uploads/XYZ", full, 404, nil, nil},
		{"style", "/asset/behold.css", full, 200, []string{"--paper"}, nil},
		{"no such asset", "/asset/../web.go", full, 307, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, body, _ := ask(t, c.shop, "GET", c.target, nil)
			if status != c.status {
				t.Fatalf("GET %s: status %d, want %d\n%s", c.target, status, c.status, body)
			}
			for _, want := range c.has {
				if !strings.Contains(body, want) {
					t.Errorf("GET %s does not say %q", c.target, want)
				}
			}
			for _, not := range c.not {
				if strings.Contains(body, not) {
					t.Errorf("GET %s says %q", c.target, not)
				}
			}
		})
	}
}

var (
	inline  = regexp.MustCompile(`(?i)\sstyle=|\son[a-z]+=|<style|<script(?:>| [^>]*>[^<])|javascript:`)
	unsaid  = regexp.MustCompile(`\[[a-z_]+\.[a-z0-9_.]+\]`)
	foreign = regexp.MustCompile(`(?:src|href|action)="(?:https?:)?//`)
	ids     = regexp.MustCompile(`\sid="([^"]+)"`)
)

func pages() []string {
	return []string{"/", "/lamps", "/lamps?q=nobody", "/customers", "/customers?q=nobody", "/customers/" + strandID, "/customers/K-1047", "/customers/K-9",
		"/customers/" + strandID + "?table=people", "/customers/" + strandID + "?row=losses:", "/lamps?state=all", "/lamps/kinds", "/lamps/kinds/rhythm", "/lamps/kinds/tone",
		"/imports", "/imports/1", "/imports/1/undo", "/settings", "/settings?saved", "/help"}
}

// Every page, in every language: all phrases written, nothing inline, nothing
// from elsewhere, no id twice.
func TestEveryPageInEveryLanguage(t *testing.T) {
	for name, shop := range map[string]*shop{"full": nordkaffe(), "empty": emptyShop()} {
		h := New(shop.deps(t.TempDir()))
		for _, lang := range phrase.Languages() {
			for _, target := range pages() {
				_, body, header := ask(t, h, "GET", target, nil, "Cookie", languageCookie+"="+lang)
				where := fmt.Sprintf("%s shop, %s in %s", name, target, lang)
				if !strings.Contains(body, `<html lang="`+lang+`">`) {
					t.Errorf("%s: the page does not say its language", where)
				}
				for what, bad := range map[string]*regexp.Regexp{"inline": inline, "unsaid": unsaid, "from elsewhere": foreign} {
					if m := bad.FindString(body); m != "" {
						t.Errorf("%s: %s: %q", where, what, m)
					}
				}
				if !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'") {
					t.Errorf("%s: no policy", where)
				}
				seen := map[string]bool{}
				for _, m := range ids.FindAllStringSubmatch(body, -1) {
					if seen[m[1]] {
						t.Errorf("%s: id %q twice", where, m[1])
					}
					seen[m[1]] = true
				}
			}
		}
	}
}

func TestLanguage(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	for _, c := range []struct{ target, cookie, accept, want string }{
		{"/", "", "", "en"},
		{"/", "", "da-DK,da;q=0.9,en;q=0.5", "da"},
		{"/", "", "fi,nl;q=0.8", "nl"},
		{"/", "", "nn", "nb"},
		{"/", "sv", "da", "sv"},
		{"/?lang=nb", "sv", "da", "nb"},
		{"/?lang=xx", "", "nl", "nl"},
	} {
		_, body, header := ask(t, h, "GET", c.target, nil, "Accept-Language", c.accept, "Cookie", languageCookie+"="+c.cookie)
		if !strings.Contains(body, `<html lang="`+c.want+`">`) {
			t.Errorf("%+v: not in %s", c, c.want)
		}
		if kept := strings.HasPrefix(header.Get("Set-Cookie"), languageCookie+"="+c.want); kept != strings.Contains(c.target, "lang="+c.want) {
			t.Errorf("%+v: cookie %q", c, header.Get("Set-Cookie"))
		}
	}
}

func TestCSV(t *testing.T) {
	s := nordkaffe()
	for i := range s.lamps {
		if i == 0 {
			s.lamps[i].Name = "=SUM(A1)"
		}
	}
	h := New(s.deps(t.TempDir()))
	status, body, header := ask(t, h, "GET", "/lamps.csv?lang=da", nil)
	if status != 200 || !strings.HasPrefix(header.Get("Content-Type"), "text/csv") {
		t.Fatalf("status %d, %s", status, header.Get("Content-Type"))
	}
	if lines := strings.Count(body, "\n"); lines != len(s.lamps)+1 {
		t.Errorf("%d lines for %d lamps", lines, len(s.lamps))
	}
	for _, want := range []string{"\xef\xbb\xbfcustomer,name,lamp,reason", ",'=SUM(A1),", "normalt"} {
		if !strings.Contains(body, want) {
			t.Errorf("the file does not say %q", want)
		}
	}
	if _, body, _ = ask(t, h, "GET", "/imports/1/rejects.csv", nil); !strings.Contains(body, `'=cmd|' /c calc'!A0`) {
		t.Errorf("a formula among the rejects:\n%s", body)
	}
}

func TestGuard(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	if status, _, _ := ask(t, h, "POST", "/rounds", nil, "Sec-Fetch-Site", "cross-site"); status != http.StatusForbidden {
		t.Errorf("a post from another site: %d", status)
	}
	server := httptest.NewServer(h)
	defer server.Close()
	for host, want := range map[string]int{"localhost": 200, "127.0.0.1:80": 200, "[::1]": 200, "evil.example": 421, "localhost.evil.example:80": 421} {
		r, err := http.NewRequest("GET", server.URL+"/settings", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("called %s: %d, want %d", host, answer.StatusCode, want)
		}
	}
}

// form is a multipart form with one file.
func form(t *testing.T, name, content string) (io.Reader, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(part, content)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &b, w.FormDataContentType()
}

// wait asks for a page until it says what is waited for.
func wait(t *testing.T, h http.Handler, target, want string) string {
	t.Helper()
	for range 200 {
		_, body, _ := ask(t, h, "GET", target, nil)
		if strings.Contains(body, want) {
			return body
		}
		time.Sleep(5 * time.Millisecond)
	}
	_, body, _ := ask(t, h, "GET", target, nil)
	t.Fatalf("%s never says %q:\n%s", target, want, body)
	return ""
}

func TestImport(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	body, kind := form(t, "ordrer.csv", "Kunde;Dato\nK-1;2025-01-01\n")
	status, said, header := ask(t, h, "POST", "/imports", body, "Content-Type", kind)
	place := header.Get("Location")
	if status != http.StatusSeeOther || !strings.HasPrefix(place, "/uploads/") {
		t.Fatalf("%d to %q: %s", status, place, said)
	}
	page := wait(t, h, place, "Import 9,120 rows")
	for _, want := range []string{"ordrer.csv", "Orders and invoices", "Kundenr.", "separated by semicolons", "dates as day/month/year"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page before the import does not say %q", want)
		}
	}
	if len(s.receipts) != 1 {
		t.Fatal("imported before anybody said yes")
	}
	status, _, header = ask(t, h, "POST", place, nil)
	if status != http.StatusSeeOther {
		t.Fatalf("confirming: %d", status)
	}
	work := header.Get("Location")
	for _, method := range []string{"POST", "GET"} { // a second click, and the way back
		if status, _, header := ask(t, h, method, place, nil); status != http.StatusSeeOther || header.Get("Location") != work {
			t.Errorf("%s once more: %d to %s", method, status, header.Get("Location"))
		}
	}
	page = wait(t, h, work, "Done")
	for _, want := range []string{`href="/imports/2"`, "See who needs you today", "130 customers judged"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page after the import does not say %q", want)
		}
	}
	_, _, header = ask(t, h, "POST", "/imports/2/undo", nil)
	wait(t, h, header.Get("Location"), "Done")
	if s.receipts[0].UndoneAt.IsZero() {
		t.Error("not undone")
	}
	if status, _, _ := ask(t, h, "POST", "/imports/2/undo", nil); status != http.StatusConflict {
		t.Errorf("undone twice: %d", status)
	}
}

// Silence after the last day of the records is ours, not the customers'.
func TestRoundOfNoDayIsOfTheLastDayKnown(t *testing.T) {
	s := nordkaffe()
	d := s.deps(t.TempDir())
	d.Now = func() time.Time { return (fakeDay + 3).Time() }
	h := New(d)
	_, _, header := ask(t, h, "POST", "/rounds", nil)
	if page := wait(t, h, header.Get("Location"), "Done"); !strings.Contains(page, "as of 20 November 2025") {
		t.Error(page)
	}
}

// Who is called lost has no lamp; Today says how many there are, so that a first
// round does not hide who left before it.
func TestTodayNamesTheLost(t *testing.T) {
	s := nordkaffe()
	_, before, _ := ask(t, New(s.deps(t.TempDir())), "GET", "/", nil)
	lost := 0
	for i := range s.standings {
		if len(s.standings[i].Lamps) == 0 && lost < 2 {
			s.standings[i].State, lost = behold.Lost, lost+1
		} else if s.standings[i].State == behold.Lost {
			s.standings[i].State = behold.Active
		}
	}
	_, body, _ := ask(t, New(s.deps(t.TempDir())), "GET", "/", nil)
	if !strings.Contains(body, `<a href="/customers?desc=1&amp;sort=last&amp;state=lost">2 customers are called lost already</a>`) {
		t.Error(body)
	}
	if strings.Contains(before, "2 customers are called lost already") {
		t.Error("counted before anybody was lost")
	}
}

// Dates that can be read both ways are read the other way on demand.
func TestImportWithDatesReadTheOtherWay(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	body, kind := form(t, "mdr.csv", "Kunde;Dato\nK-1;01/02/2025\n")
	_, _, header := ask(t, h, "POST", "/imports", body, "Content-Type", kind)
	place := header.Get("Location")
	wait(t, h, place, "Read the dates as month/day/year")
	for first, want := range map[string]int{"month": http.StatusSeeOther, "year": http.StatusUnprocessableEntity} {
		status, _, _ := ask(t, h, "POST", place+"/dates", strings.NewReader("first="+first), "Content-Type", "application/x-www-form-urlencoded")
		if status != want {
			t.Errorf("%s first: %d", first, status)
		}
	}
	if page := wait(t, h, place, "Import 9,120 rows"); strings.Contains(page, "Read the dates as") {
		t.Error("asks once more")
	}
}

func TestImportOfNothingNew(t *testing.T) {
	s := nordkaffe()
	s.known = true
	h := New(s.deps(t.TempDir()))
	body, kind := form(t, "igen.csv", "Kunde;Dato\nK-1;2025-01-01\n")
	_, _, header := ask(t, h, "POST", "/imports", body, "Content-Type", kind)
	page := wait(t, h, header.Get("Location"), "There is nothing new in this file.")
	if strings.Contains(page, "Import 0 rows") {
		t.Error("nothing is offered to be imported")
	}
}

// Somebody silent for longer than the picture reaches back still has a rhythm in it.
func TestPictureReachesTheLastPurchase(t *testing.T) {
	st := behold.Standing{}
	st.Last, st.LampOn, st.UsualGap = fakeDay-400, behold.NoDay, 20
	v := customerView{customer: &behold.Customer{ID: "K-1"}, standing: &st, day: fakeDay, pictured: []behold.OrderSummary{
		{Order: "F-2", At: st.Last.Time(), Amount: behold.MoneyOf(90, "DKK")}, {Order: "F-1", At: (st.Last - 20).Time(), Amount: behold.MoneyOf(80, "DKK")},
	}}
	v.draw(page{Phrases: phrase.For("en")})
	if !strings.Contains(v.rhythm, "90.00") || !strings.Contains(v.rhythm, "80.00") {
		t.Error(v.rhythm)
	}
}

func TestImportRefused(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	body, kind := form(t, `<b>"x"</b>.csv`, "no columns here")
	_, _, header := ask(t, h, "POST", "/imports", body, "Content-Type", kind)
	status, said, _ := ask(t, h, "GET", header.Get("Location"), nil)
	if status != http.StatusUnprocessableEntity || !strings.Contains(said, "The file has no column for the customer.") || strings.Contains(said, "<b>\"x\"") {
		t.Errorf("a file that is not understood: %d %s", status, said)
	}
	if status, _, _ := ask(t, h, "POST", header.Get("Location")+"/drop", nil); status != http.StatusSeeOther {
		t.Errorf("dropping it: %d", status)
	}
	body, kind = form(t, "", "")
	if status, _, _ := ask(t, h, "POST", "/imports", body, "Content-Type", kind); status != http.StatusUnprocessableEntity {
		t.Errorf("no file chosen: %d", status)
	}
	if status, _, _ := ask(t, h, "POST", "/imports", strings.NewReader("x")); status != http.StatusUnprocessableEntity {
		t.Errorf("not a form: %d", status)
	}
	s.fail = &behold.Error{Kind: behold.Unavailable, Say: "the disk is full", Hint: "make room"}
	body, kind = form(t, "a.csv", "a;b")
	_, _, header = ask(t, h, "POST", "/imports", body, "Content-Type", kind)
	_, _, header = ask(t, h, "POST", header.Get("Location"), nil)
	if page := wait(t, h, header.Get("Location"), "This did not work"); !strings.Contains(page, "The disk is full.") || !strings.Contains(page, "Make room.") {
		t.Errorf("a failed import: %s", page)
	}
}

func TestSettings(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	send := func(form string) (int, string) {
		status, body, _ := ask(t, h, "POST", "/settings", strings.NewReader(form), "Content-Type", "application/x-www-form-urlencoded")
		return status, body
	}
	if status, _ := send("company=+Ny+A%2FS+&currency=sek&country=se&language=sv&dial=2,5&merge_days=3"); status != http.StatusSeeOther {
		t.Fatalf("status %d", status)
	}
	if s.settings.Company != "Ny A/S" || s.settings.Currency != "SEK" || s.settings.FalseLamps != 2.5 || s.settings.MergeDays != 3 || s.settings.Years != 5 {
		t.Errorf("kept %+v", s.settings)
	}
	status, body := send("company=X&currency=SEK&language=sv&dial=99&merge_days=3")
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "The dial goes from 1 to 20") || !strings.Contains(body, `value="99"`) {
		t.Errorf("a dial of 99: %d", status)
	}
	if s.settings.FalseLamps != 2.5 {
		t.Error("a wrong dial was kept")
	}
}

// The first page is small enough for a phone on a bad line.
func TestFirstPageIsLight(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	total := 0
	for _, target := range []string{"/", "/asset/behold.css", "/asset/behold.js", "/asset/vendor/htmx.min.js", "/asset/lamp.svg"} {
		_, body, header := ask(t, h, "GET", target, nil, "Accept-Encoding", "gzip")
		total += len(body)
		if len(body) > 2000 && header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s is sent uncompressed", target)
		}
	}
	if total > 150_000 {
		t.Errorf("the first page weighs %d bytes", total)
	}
}

// Today begins with those who can still be saved, not with those who left long
// ago, and finds lamps that are rare among the dearest customers.
func TestTodayOrder(t *testing.T) {
	s := nordkaffe()
	gone := &s.standings[0] // the most money at risk, and hardly a customer any more
	gone.ChanceActive, gone.Value.Minor = 0.001, 100
	_, body, _ := ask(t, New(s.deps(t.TempDir())), "GET", "/", nil)
	if strings.Contains(body, "Hotel Strandgården") || strings.Count(body, `<li class="card`) != todayCards {
		t.Errorf("a customer who left long ago takes one of the %d places", todayCards)
	}
	for i := range s.standings {
		s.standings[i].Lamps = nil // as if no dear customer had one
	}
	s.lamps = s.lamps[2:4]
	_, body, _ = ask(t, New(s.deps(t.TempDir())), "GET", "/", nil)
	if !strings.Contains(body, "Bageriet på Torvet") || strings.Count(body, `<li class="card`) != 2 {
		t.Error("lamps of customers beyond the dearest are not found")
	}
}

// A customer's number may hold anything; the link to their page still leads there.
func TestOddNumbers(t *testing.T) {
	for _, id := range []string{"A/B ?#1", "100%", "åæø", "a&b=c", `"><img>`, "../../imports", "%2F%00"} {
		s := nordkaffe()
		s.customers[0].ID, s.standings[0].ID, s.lamps[0].ID = id, id, id
		h := New(s.deps(t.TempDir()))
		status, body, _ := ask(t, h, "GET", string(customerURL(id)), nil)
		if status != 200 || !strings.Contains(body, "Hotel Strandgården") {
			t.Errorf("%q at %s: status %d", id, customerURL(id), status)
		}
		if want := `href="` + html.EscapeString(string(customerURL(id))) + `?lang=nl"`; !strings.Contains(body, want) {
			t.Errorf("%q in another language is not at %s", id, want)
		}
		if _, body, _ = ask(t, h, "GET", "/customers", nil); !strings.Contains(body, `href="`+html.EscapeString(string(customerURL(id)))+`"`) {
			t.Errorf("the list does not link to %q as %s", id, customerURL(id))
		}
		if strings.Contains(body, "<img>") {
			t.Errorf("%q became markup", id)
		}
	}
}

func TestEndlessName(t *testing.T) {
	s := nordkaffe()
	s.customers[0].Name, s.standings[0].Name, s.lamps[0].Name = strings.Repeat("x", 10_000), strings.Repeat("x", 10_000), strings.Repeat("x", 10_000)
	h := New(s.deps(t.TempDir()))
	for _, target := range []string{"/", "/customers", "/lamps", "/customers/" + strandID} {
		if _, body, _ := ask(t, h, "GET", target, nil); strings.Contains(body, strings.Repeat("x", 200)) || !strings.Contains(body, "xxx…") {
			t.Errorf("%s shows the whole of an endless name, or nothing of it", target)
		}
	}
}

// What a killed server left behind goes when the next one starts.
func TestUploadsDoNotOutliveTheServer(t *testing.T) {
	dir := t.TempDir()
	left := filepath.Join(dir, "upload-1.csv")
	if err := os.WriteFile(left, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	New(nordkaffe().deps(dir))
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the file still waits:", err)
	}
}

func post(t *testing.T, h http.Handler, target, form string, headers ...string) (int, string, http.Header) {
	t.Helper()
	return ask(t, h, "POST", target, strings.NewReader(form), append(headers, "Content-Type", "application/x-www-form-urlencoded")...)
}

// A lamp that is snoozed leaves Today and the list, says so on the customer's
// page, and comes back when that is taken back.
func TestSnoozeAndUndo(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	shows := func(target, what string, want bool) {
		t.Helper()
		if _, body, _ := ask(t, h, "GET", target, nil); strings.Contains(body, what) != want {
			t.Errorf("%s says %q: %v", target, what, !want)
		}
	}
	for _, kind := range []string{"rhythm", "category_lost"} {
		status, said, header := post(t, h, "/customers/"+strandID+"/lamps/"+kind, "state=snoozed&why=renovating+%3Ci%3E&until=2025-12-20")
		if status != http.StatusSeeOther || header.Get("Location") != "/customers/"+strandID+"#h-lamps" {
			t.Fatalf("%d to %s: %s", status, header.Get("Location"), said)
		}
	}
	shows("/lamps", "Hotel Strandgården", false)
	shows("/", "Hotel Strandgården", false)
	shows("/lamps.csv", strandID, false)
	shows("/lamps?state=snoozed", "Hotel Strandgården", true)
	shows("/lamps.csv?state=all", strandID, true)
	shows("/customers/"+strandID, "Asleep until 20 December 2025: renovating &lt;i&gt;", true)
	shows("/customers/"+strandID, "No lamp is lit for this customer.", true)
	if status, _, _ := post(t, h, "/customers/"+strandID+"/lamps/rhythm", "state=lit"); status != http.StatusSeeOther {
		t.Fatalf("undo: %d", status)
	}
	shows("/lamps", "Hotel Strandgården", true)
	shows("/", "Hotel Strandgården", true)
	shows("/customers/"+strandID, "lit again by hand", true)
}

func TestActsAreChecked(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	at := "/customers/" + strandID + "/lamps/rhythm"
	for _, c := range []struct {
		target, form string
		want         int
	}{
		{at, "state=acknowledged", http.StatusSeeOther},
		{at, "state=false_alarm&why=they+moved+the+order", http.StatusSeeOther},
		{at, "state=false_alarm", http.StatusUnprocessableEntity},
		{at, "state=snoozed&until=2025-12-20", http.StatusUnprocessableEntity},
		{at, "state=snoozed&why=x&until=never", http.StatusUnprocessableEntity},
		{at, "state=snoozed&why=x&until=2025-11-20", http.StatusUnprocessableEntity},
		{at, "state=recovered", http.StatusUnprocessableEntity},
		{at, "", http.StatusUnprocessableEntity},
		{at, "%zz", http.StatusUnprocessableEntity},
		{"/customers/K-9/lamps/rhythm", "state=lit", http.StatusNotFound},
		{"/customers/" + strandID + "/lamps/tone", "state=lit", http.StatusNotFound},
		{"/customers/K-9/mood", "feels=bad", http.StatusNotFound},
	} {
		if status, _, _ := post(t, h, c.target, c.form); status != c.want {
			t.Errorf("%s with %q: %d, want %d", c.target, c.form, status, c.want)
		}
	}
	for _, target := range []string{at, "/customers/" + strandID + "/mood"} {
		if status, _, _ := post(t, h, target, "state=lit&feels=bad", "Sec-Fetch-Site", "cross-site"); status != http.StatusForbidden {
			t.Errorf("%s from another site: %d", target, status)
		}
	}
}

func TestMood(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	if status, _, header := post(t, h, "/customers/k-1042/mood", "feels=mixed&note=cross+%26+tired"); status != http.StatusSeeOther || header.Get("Location") != "/customers/"+strandID+"#mood" {
		t.Fatalf("%d to %s", status, header.Get("Location"))
	}
	_, body, _ := ask(t, h, "GET", "/customers/"+strandID, nil)
	for _, want := range []string{"Mixed, said on 20 November 2025.", "cross &amp; tired", `value="mixed" required checked`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// A reason that the records hardly make likelier than others is a perhaps; what
// somebody said is not.
func TestMainReasonIsAsFirmAsTheRecords(t *testing.T) {
	p := page{Phrases: phrase.For("en")}
	for _, c := range []struct {
		source behold.Source
		chance float64
		want   string
	}{{behold.Inferred, 0.08, "Perhaps: went to a competitor"}, {behold.Inferred, 0.6, "Went to a competitor"}, {behold.SaidByCustomer, 0, "Went to a competitor"}} {
		st := behold.Standing{MainReason: behold.Competitor, Grounds: behold.Grounds{Source: c.source, Chance: c.chance}}
		if got := p.mainReason(st); got != c.want {
			t.Errorf("%s at %v: %q", c.source, c.chance, got)
		}
	}
	for source, want := range map[behold.Source]string{behold.SaidByCustomer: "The customer said so.", behold.SaidByColleague: "A colleague said so.", behold.ReadInText: "Read in what they wrote."} {
		if got := p.groundsSay(behold.Standing{Grounds: behold.Grounds{Source: source}}); got != want {
			t.Errorf("%s: %q", source, got)
		}
	}
}

func TestSmallChancesKeepTheirFigures(t *testing.T) {
	p := page{Phrases: phrase.For("da")}
	for x, want := range map[float64]string{0: "0", 0.05: "0,050", 0.000502: "0,00050", 3.28699e-05: "0,000033", 0.5: "0,50"} {
		if got := p.small(x); got != want {
			t.Errorf("%v: %q, want %q", x, got, want)
		}
	}
}

// Every row that evidence points to is one click away, whatever page it is on.
func TestEvidenceLeadsToItsRow(t *testing.T) {
	s := nordkaffe()
	oldest := s.orders[0][len(s.orders[0])-1].Order
	s.lamps[0].Evidence.Rows = []behold.Row{{Table: "orders", ID: oldest}, {Table: "customers", ID: strandID}}
	h := New(s.deps(t.TempDir()))
	url := string(rowURL(strandID, s.lamps[0].Evidence.Rows[0]))
	page, anchor, _ := strings.Cut(url, "#")
	_, body, _ := ask(t, h, "GET", page, nil)
	if !strings.Contains(body, `id="`+anchor+`" class="asked"`) || len(s.orders[0]) <= timeline {
		t.Errorf("%s is not on its page", url)
	}
	if got := rowURL(strandID, s.lamps[0].Evidence.Rows[1]); got != "/customers/K-1042#main" {
		t.Errorf("the customer file is at %s", got)
	}
}

// Every route is in the table once and says who may call it; what changes
// anything is for more than readers.
func TestRoutes(t *testing.T) {
	s := &server{}
	seen := map[string]bool{}
	for _, r := range s.routes() {
		key := r.method + " " + r.path
		if seen[key] || !slices.Contains(behold.Roles(), r.who) || r.do == nil {
			t.Errorf("%s: twice, or for nobody", key)
		}
		seen[key] = true
		if r.method != "GET" && !r.who.May(behold.Member) {
			t.Errorf("%s changes something and is for everybody", key)
		}
	}
}

func TestPastLampDayIsNotToCome(t *testing.T) {
	p := page{Phrases: phrase.For("en")}
	st := behold.Standing{}
	st.UsualHigh = 20
	for on, shown := range map[behold.Day]bool{fakeDay - 1: false, fakeDay: true, fakeDay + 9: true, behold.NoDay: false} {
		st.LampOn = on
		if day, word := p.lampDay(st, nil, fakeDay); day.Known() != shown || (word != "") != shown {
			t.Errorf("%v: %v %q", on, day, word)
		}
	}
}

// Answers of one sitting are one line, whatever numbers they have, and evidence
// finds each of them there.
func TestAnswersOfOneSittingAreOneLine(t *testing.T) {
	answer := func(id string, at behold.Moment, channel, text string, value, scale float64) behold.Event {
		return behold.Event{Table: behold.TableAnswers, ID: id, At: at, Due: behold.NoMoment, Done: behold.NoMoment, Channel: channel, Text: text, Value: value, Scale: scale}
	}
	at := behold.MomentOf(time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC))
	all := everything(nil, []behold.Event{
		answer("S-1", at, "delivery", "", 4, 5), answer("S-2", at, "delivery", "late", 5, 10),
		answer("S-3", at, "delivery", "twice", math.NaN(), math.NaN()), answer("S-4", at, "billing", "", 1, 5),
	})
	if len(all) != 2 {
		t.Fatalf("%d lines, want 2: %+v", len(all), all)
	}
	if e := all[0].event; e.Text != "late / twice" || e.Value != 5 || e.Scale != 10 {
		t.Errorf("together: %+v", e)
	}
	for i, id := range []string{"S-1", "S-2", "S-3", "S-4"} {
		row := rowAnchor(behold.TableAnswers, id)
		if got := slices.IndexFunc(all, func(h happening) bool { return h.shows(row) }); got != i/3 {
			t.Errorf("%s is in line %d", id, got)
		}
	}
}

// What is wrong with an act or a mood is said in the reader's language; what is
// known in English only stays English.
func TestWrongIsSaidInTheReadersLanguage(t *testing.T) {
	p := page{Phrases: phrase.For("da")}
	for _, code := range []string{"act_why", "act_until", "act_year", "act_false", "act_hand", "act_gone", "act_day", "too_long", "mood"} {
		err := error(&behold.Error{Kind: behold.Invalid, Say: "in English", Code: code})
		if says := p.wrongSays(fmt.Errorf("around: %w", err)); says == "" || strings.Contains(says, "English") {
			t.Errorf("%s: %q", code, says)
		}
	}
	if says := p.wrongSays(&behold.Error{Say: "in English", Code: "else"}); says != "" {
		t.Errorf("without words: %q", says)
	}
}

// A lamp that burns on although its figures have become more usual says so.
func TestALampThatBurnsOnSaysSo(t *testing.T) {
	p := page{Phrases: phrase.For("en")}
	l := behold.Lamp{P: 0.072, PStar: 0.039, Threshold: 0.009}
	if says := p.exactly(l); !strings.Contains(says, "later than it lights") {
		t.Errorf("burns on: %s", says)
	}
	l.PStar = 0.004
	if says := p.exactly(l); strings.Contains(says, "later than it lights") {
		t.Errorf("lit by today's figures: %s", says)
	}
}
