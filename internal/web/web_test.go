package web

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

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
		{"today", "/", full, 200, []string{"lamps are lit", "Hotel Strandgården", "16 customers were lost in the last twelve months", "20 November 2025", "<em ", "over 5 years", `class="chart strip"`}, []string{"Invented"}},
		{"today of the invented shop", "/", New(invented), 200, []string{"Invented data."}, nil},
		{"today before any data", "/", empty, 200, []string{"One file with your invoices", `type="file"`, `action="/invented"`}, []string{"lamps are lit"}},
		{"today before any round", "/", noRound, 200, []string{"Nobody has looked", `action="/rounds"`, `value="2025-11-20"`}, nil},
		{"names are text", "/customers", full, 200, []string{"Bobby &#34;Tables&#34; &lt;b&gt;&amp; Søn&lt;/b&gt;", "Brød &amp; Co 😀"}, []string{"<b>& Søn"}},
		{"lamps", "/lamps", full, 200, []string{"Hotel Strandgården", `<table class="list lamps`, `href="/lamps.csv?"`}, nil},
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
			"your own history is too short", "Lit 5 times in the last 18 months; 4",
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
		{"receipt", "/imports/1", full, 200, []string{"Kundenr.", "94", "does not say which customer", "&lt;script&gt;alert", "kept as extra information"}, []string{"<script>alert"}},
		{"no such receipt", "/imports/77", full, 404, nil, nil},
		{"receipt with a word for a number", "/imports/x", full, 404, nil, nil},
		{"undo asks first", "/imports/1/undo", full, 200, []string{"Take this import back?", "9,120 rows", `method="post"`}, nil},
		{"settings", "/settings", full, 200, []string{`value="Nordkaffe A/S"`, `value="DKK"`, `name="false_lamps_per_100_month"`, "came to 2.9 false lamps per 100"}, nil},
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
		"/imports", "/imports/1", "/imports/1/undo", "/settings", "/settings?saved", "/help", "/help?q=chance", "/reasons", "/loss", "/voice", textsPath, remarkPath("T-1", ""), "/money", "/owner", "/team", "/team/ledger", "/pulse", "/registers", "/decisions", "/settings/team", "/style"}
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

// form is a multipart form with one file.

// wait asks for a page until it says what is waited for.

// Silence after the last day of the records is ours, not the customers'.

// Who is called lost has no lamp; Today says how many there are, so that a first

// round does not hide who left before it.

// Dates that can be read both ways are read the other way on demand.

// Somebody silent for longer than the picture reaches back still has a rhythm in it.

// The first page is small enough for a phone on a bad line.

// Today begins with those who can still be saved, not with those who left long

// ago, and finds lamps that are rare among the dearest customers.

// A customer's number may hold anything; the link to their page still leads there.

// What a killed server left behind goes when the next one starts.

// A lamp that is snoozed leaves Today and the list, says so on the customer's

// page, and comes back when that is taken back.

// A reason that the records hardly make likelier than others is a perhaps; what

// somebody said is not.

// Every row that evidence points to is one click away, whatever page it is on.

// Every route is in the table once and says who may call it; what changes

// anything is for more than readers.

// Answers of one sitting are one line, whatever numbers they have, and evidence

// finds each of them there.

// What is wrong with an act or a mood is said in the reader's language; what is

// known in English only stays English.

// A lamp that burns on although its figures have become more usual says so.
