package web

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"behold"
	"behold/internal/phrase"
)

// postForm posts a form and gives the status, the body and where it leads.
func postForm(t *testing.T, h http.Handler, target string, fields ...string) (int, string, string) {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	status, body, header := ask(t, h, "POST", target, strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded")
	return status, body, header.Get("Location")
}

const strand = "/customers/" + strandID

// Every kind of entry: written, said with the way to undo it, shown in the
// timeline at once, taken back, brought again.
func TestEntriesOnTheCustomersPage(t *testing.T) {
	for _, c := range []struct {
		kind   string
		fields []string
		says   string   // that it was done
		shows  []string // on the page
	}{
		{"contact", []string{"channel", "call"}, "Logged: Call from us.", []string{`name="text" maxlength="2000" placeholder="What was said?"`}},
		{"contact", []string{"channel", "mail", "direction", "in", "on", "2025-11-18", "text", "wants <b>cups</b>"}, "Logged: E-mail from them.", []string{"18 Nov 2025", "wants &lt;b&gt;cups&lt;/b&gt;"}},
		{"note", []string{"text", "The owner’s birthday is in May"}, "Note saved.", []string{"The owner’s birthday is in May"}},
		{"promise", []string{"text", "A new grinder", "due", "2025-11-25"}, "Promised by 25 November 2025.", []string{"by 25 Nov 2025", `value="keep"`, `value="break"`}},
		{"refusal", []string{"text", "Delivery on Sunday", "rule", "No driver", "amount", "12.500,00"}, "Noted that we had to say no.", []string{"because of: No driver", "Together they may cost", "12,500"}},
		{"surprise", []string{"text", "A cake for ten years", "due", "2025-12-01", "amount", "240"}, "Surprise planned for 1 December 2025.", []string{"planned for 1 Dec 2025", "Given"}},
		{"loss", []string{"left", "2025-11-01", "reason", "quality", "said_by", "customer", "competitor", "Kaffehuset"}, "Noted that they have left.", []string{"Kaffehuset", "the customer says so"}},
		{"need", []string{"text", "Deliveries before seven", "channel", "mail"}, "Saved in the profile.", []string{"Deliveries before seven", "Likes to be reached by e-mail"}},
	} {
		s := nordkaffe()
		h := New(s.deps(t.TempDir()))
		fields := append([]string{"key", "form1", "kind", c.kind}, c.fields...)
		status, body, to := postForm(t, h, strand+"/entries", fields...)
		if status != http.StatusSeeOther || to != strand+"?did=form1#did" {
			t.Fatalf("%s: %d to %q\n%.900s", c.kind, status, to, body)
		}
		if status, _, again := postForm(t, h, strand+"/entries", fields...); status != http.StatusSeeOther || again != to || s.book.written != 1 {
			t.Errorf("%s pressed twice: %d to %q, %d written", c.kind, status, again, s.book.written)
		}
		_, page, _ := ask(t, h, "GET", strand+"?did=form1", nil)
		for _, want := range append(c.shows, c.says, `action="/entries/form1/undo"`, "Undo") {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page does not say %q", c.kind, want)
			}
		}
		for range 2 {
			if status, _, _ := postForm(t, h, "/entries/form1/undo", "version", "1"); status != http.StatusSeeOther {
				t.Errorf("%s: undo: %d", c.kind, status)
			}
		}
		if _, page, _ = ask(t, h, "GET", strand+"?did=form1", nil); !strings.Contains(page, "Taken back: ") || !strings.Contains(page, "Bring it back") || strings.Contains(page, `row-contacts-behold`) {
			t.Errorf("%s: taken back, the page does not say so", c.kind)
		}
		postForm(t, h, "/entries/form1/undo", "version", "2")
		if _, page, _ = ask(t, h, "GET", strand+"?did=form1", nil); !strings.Contains(page, c.says) {
			t.Errorf("%s: brought again, the page does not say so", c.kind)
		}
	}
}

// What the server refuses stays in its form, opened, with what is wrong beside
// it, in the reader's language; nothing of it is kept.
func TestRefusedEntryStaysInItsForm(t *testing.T) {
	for name, c := range map[string]struct {
		target string
		fields []string
		status int
		has    []string
	}{
		"no day":        {strand + "/entries", []string{"kind", "promise", "text", "Ring <tomorrow>", "due", ""}, 422, []string{"Name the day by which it is to be done.", `value="Ring &lt;tomorrow&gt;"`}},
		"a day gone":    {strand + "/entries", []string{"kind", "promise", "text", "Ring", "due", "2025-01-01"}, 422, []string{"That day has passed.", `value="2025-01-01"`}},
		"no such day":   {strand + "/entries", []string{"kind", "surprise", "text", "Cake", "due", "soon"}, 422, []string{"This is not a date.", `value="soon"`, `value="Cake"`}},
		"no amount":     {strand + "/entries", []string{"kind", "refusal", "text", "Credit", "amount", "a lot"}, 422, []string{"This is not an amount.", `value="a lot"`}},
		"nothing said":  {strand + "/entries", []string{"kind", "note", "text", " "}, 422, []string{"There is nothing written."}},
		"no reason":     {strand + "/entries", []string{"kind", "loss", "left", "2025-11-01", "said_by", "customer", "text", "sorry"}, 422, []string{"Choose why they left", ">sorry</textarea>"}},
		"to come":       {strand + "/entries", []string{"kind", "contact", "channel", "call", "on", "2026-01-01", "text", "hm"}, 422, []string{"That day has not come yet.", ">hm</textarea>"}},
		"pigeon":        {strand + "/entries", []string{"kind", "contact", "channel", "pigeon"}, 422, []string{"Choose a call, a visit"}},
		"on Today":      {strand + "/entries", []string{"kind", "promise", "text", "Ring", "due", "2025-01-01", "from", "/"}, 422, []string{"lamps are lit", "That day has passed.", `value="2025-01-01"`}},
		"asleep on":     {strand + "/lamps", []string{"state", "snoozed", "lamp", "rhythm", "until", "2025-12-24", "why", " ", "from", "/"}, 422, []string{"lamps are lit", "not put to sleep without a reason"}},
		"no kind":       {strand + "/entries", []string{"kind", "gossip", "text", "x"}, 422, nil},
		"long":          {strand + "/entries", []string{"kind", "note", "text", strings.Repeat("x", 3000)}, 422, []string{"more than 2,000 characters"}},
		"no customer":   {"/customers/K-9/entries", []string{"kind", "note", "text", "x"}, 404, nil},
		"no entry":      {"/entries/none", []string{"do", "keep"}, 404, nil},
		"no entry back": {"/entries/none/undo", []string{"version", "1"}, 404, nil},
	} {
		s := nordkaffe()
		h := New(s.deps(t.TempDir()))
		status, body, _ := postForm(t, h, c.target, append([]string{"key", "k1"}, c.fields...)...)
		if status != c.status || s.book.written != 0 {
			t.Errorf("%s: %d, %d written", name, status, s.book.written)
		}
		if len(c.has) > 0 && (!strings.Contains(body, `class="refused" role="alert"`) || !strings.Contains(body, "<details open")) {
			t.Errorf("%s: the form is not open with what is wrong", name)
		}
		for _, want := range c.has {
			if !strings.Contains(body, want) {
				t.Errorf("%s: the page does not say %q", name, want)
			}
		}
	}
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	postForm(t, h, strand+"/entries", "key", "k1", "kind", "note", "text", "first")
	if status, body, _ := postForm(t, h, strand+"/entries", "key", "k1", "kind", "note", "text", "second"); status != http.StatusConflict || !strings.Contains(body, ">second</textarea>") || strings.Contains(body, `value="k1"`) {
		t.Errorf("another text from the same form: %d", status)
	}
}

func TestPromises(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	if _, page, _ := ask(t, h, "GET", "/promises", nil); !strings.Contains(page, "No promise has been written down or imported yet.") {
		t.Error("nothing is taught where there is nothing")
	}
	at := func(id string, due, done behold.Day) {
		s.wrote(behold.EntryPromise, func(e *behold.Entry) {
			e.ID, e.At, e.Due, e.Done = id, (fakeDay - 60).Time(), due, done
		})
	}
	at("late", fakeDay-2, behold.NoDay)
	at("today", fakeDay, behold.NoDay)
	at("coming", fakeDay+9, behold.NoDay)
	_, page, _ := ask(t, h, "GET", "/promises", nil)
	for _, want := range []string{"3 promises still to keep: 1 past their day, 1 for today.", "Past their day", "For today", "To come", "2 days late", "1 promise has fallen due", "Hotel Strandgården", "Words &lt;b&gt;about", `action="/entries/late"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for i, id := range []string{"a", "b", "c", "d"} {
		at(id, fakeDay-behold.Day(10+i), fakeDay-behold.Day(11+i))
	}
	if _, page, _ = ask(t, h, "GET", "/promises", nil); !strings.Contains(page, "80% in time: 4 of 5 promises that fell due since") {
		t.Error("the share of five is not told")
	}
	if _, mine, _ := ask(t, h, "GET", "/promises?whose=mine", nil); !strings.Contains(mine, "2 days late") { // who has no address cannot tell which are theirs
		t.Error("at the machine everything is shown")
	}
	if status, _, to := postForm(t, h, "/entries/late", "do", "keep", "version", "1", "from", "/promises"); status != http.StatusSeeOther || to != "/promises?did=late#did" {
		t.Errorf("kept: %d to %s", status, to)
	}
	if e, _ := s.book.last("late"); e.Done != fakeDay {
		t.Errorf("kept on %s", e.Done)
	}
	if status, body, _ := postForm(t, h, "/entries/today", "do", "break", "version", "2", "why", "", "from", "/promises"); status != 422 || !strings.Contains(body, "Say why not") {
		t.Errorf("not kept, for no reason: %d", status)
	}
	if status, _, _ := postForm(t, h, "/entries/today", "do", "break", "version", "2", "why", "sold out", "from", "/promises"); status != http.StatusSeeOther {
		t.Errorf("not kept: %d", status)
	}
	if status, _, _ := postForm(t, h, "/entries/coming", "do", "move", "version", "3", "due", "2025-12-24", "from", "/promises"); status != http.StatusSeeOther {
		t.Errorf("moved: %d", status)
	}
	if status, body, _ := postForm(t, h, "/entries/coming", "do", "move", "version", "3", "due", "2025-12-30", "from", "/promises"); status != http.StatusConflict || !strings.Contains(body, "Somebody has changed it since.") {
		t.Errorf("moved by somebody else meanwhile: %d", status)
	}
	if _, page, _ = ask(t, h, "GET", "/promises?state=all", nil); !strings.Contains(page, "by 24 Dec 2025") || !strings.Contains(page, "why not: sold out") {
		t.Error("what became of them is not told")
	}
}

// A promise that a file tells of stands among the others, is settled once however
// often the button is pressed, and is as the file says again when that is undone.
func TestFiledPromises(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	s.filed(behold.PromiseCard{
		Promise: behold.Promise{Table: behold.TablePromises, Made: (fakeDay - 20).Moment(), Due: (fakeDay - 4).Moment(), Kept: behold.NoMoment},
		Number:  "L-7", Customer: "K-1042", Name: "Hotel Strandgården", Text: "new spoons", Colleague: "sofie@nordkaffe.example",
	})
	has := func(target string, wants ...string) string {
		t.Helper()
		_, page, _ := ask(t, h, "GET", target, nil)
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%s does not say %q", target, want)
			}
		}
		return page
	}
	has("/promises", "new spoons", "4 days late", "no. L-7 in a file", `name="of" value="L-7"`)
	has("/promises?q=SPOONS", "1 promise")
	has("/promises?q=forks", "No promise fits that.")
	has("/promises?whose=sofie@nordkaffe.example&in=file&sort=name", "new spoons")
	has("/promises.csv", "L-7,K-1042,Hotel Strandgården,", ",broken,")
	settle := func(fields ...string) (int, string, string) {
		return postForm(t, h, "/customers/K-1042/promises", append(fields, "from", "/promises?in=file")...)
	}
	if status, body, _ := settle("of", "L-7", "do", "break", "why", " "); status != 422 || !strings.Contains(body, "Say why not") || s.book.written != 0 {
		t.Errorf("given up for no reason: %d, %d written", status, s.book.written)
	}
	for _, of := range []string{"", "L-8"} {
		if status, _, _ := settle("of", of, "do", "keep"); status != http.StatusNotFound {
			t.Errorf("a promise %q that is not there: %d", of, status)
		}
	}
	if status, _, _ := settle("of", "L-7", "do", "dance"); status != 422 {
		t.Errorf("nonsense: %d", status)
	}
	var to string
	for range 2 {
		var status int
		if status, _, to = settle("of", "L-7", "do", "break", "why", "the supplier is gone"); status != http.StatusSeeOther || s.book.written != 1 {
			t.Fatalf("given up: %d, %d written", status, s.book.written)
		}
	}
	page := has(strings.TrimSuffix(to, "#did"), `id="did"`)
	if strings.Contains(page, `value="L-7"`) {
		t.Error("it stands there to be settled once more")
	}
	has("/promises?state=broken", "why not: the supplier is gone", "no. L-7 in a file, settled here", "Kept after all")
	id := s.book.order[0]
	if status, _, _ := postForm(t, h, "/entries/"+id+"/undo", "version", "1", "from", "/promises"); status != http.StatusSeeOther {
		t.Errorf("undone: %d", status)
	}
	has("/promises", `name="of" value="L-7"`, "4 days late")
	if status, _, _ := settle("of", "L-7", "do", "keep", "on", (fakeDay - 5).String()); status != http.StatusSeeOther {
		t.Errorf("kept after it was undone: %d", status)
	}
	has("/promises?state=kept_in_time", "new spoons", "no. L-7 in a file, settled here")
}

// Done takes the customer off Today's list, says so, and is undone; what was
// written down since the round stands on the card.
func TestTodayIsWorkedThrough(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	first := regexp.MustCompile(`data-customer="([^"]+)"`)
	_, page, _ := ask(t, h, "GET", "/", nil)
	found := first.FindStringSubmatch(page)
	if found == nil {
		t.Fatal("no cards")
	}
	id := found[1]
	fields := []string{"state", "acknowledged", "from", "/"}
	for _, l := range s.lamps {
		if l.ID == id {
			fields = append(fields, "lamp", string(l.Kind))
		}
	}
	status, _, to := postForm(t, h, "/customers/"+id+"/lamps", fields...)
	if status != http.StatusSeeOther || !strings.HasPrefix(to, "/?acted="+id) {
		t.Fatalf("%d to %q", status, to)
	}
	_, page, _ = ask(t, h, "GET", strings.TrimSuffix(to, "#did"), nil)
	if !strings.Contains(page, "Taken. It leaves today’s list:") || strings.Contains(page, `data-customer="`+id+`"`) || !strings.Contains(page, `href="/lamps?state=acknowledged"`) {
		t.Error("what was taken still stands there, or nothing says it was")
	}
	fields[1] = "lit"
	postForm(t, h, "/customers/"+id+"/lamps", fields...)
	if _, page, _ = ask(t, h, "GET", "/", nil); !strings.Contains(page, `data-customer="`+id+`"`) {
		t.Error("handed back, but not on the list")
	}
	s.wrote(behold.EntryContact, func(e *behold.Entry) {
		e.Customer, e.Channel, e.Direction, e.Written = id, "visit", "out", (fakeDay + 1).Time()
	})
	if _, page, _ = ask(t, h, "GET", "/", nil); !strings.Contains(page, `data-done="`+id+`"`) || !strings.Contains(page, "Visit from us") || strings.Contains(page, `data-customer="`+id+`"`) {
		t.Error("after the visit they are not done for today")
	}
}

// The pages with entries of every kind, in every language.
func TestEntriesInEveryLanguage(t *testing.T) {
	s := nordkaffe()
	for _, kind := range behold.EntryKinds() {
		s.wrote(kind, func(e *behold.Entry) {
			e.Channel, e.Direction = "call", "in"
			switch kind {
			case behold.EntryPromise, behold.EntrySurprise:
				e.Due = fakeDay - 1
			case behold.EntryLoss:
				e.Left, e.Reason, e.Said = fakeDay-9, behold.Quality, behold.SaidByColleague
			}
		})
	}
	h := New(s.deps(t.TempDir()))
	for _, lang := range phrase.Languages() {
		for _, target := range []string{strand, strand + "?did=epromise", strand + "?table=book", "/promises", "/?acted=K-1042&state=lit", "/promises?did=none"} {
			status, body, _ := ask(t, h, "GET", target, nil, "Cookie", languageCookie+"="+lang)
			if bad := unsaid.FindString(body) + inline.FindString(body); bad != "" || status != 200 {
				t.Errorf("%s in %s: %d, %q", target, lang, status, bad)
			}
			seen := map[string]bool{}
			for _, m := range ids.FindAllStringSubmatch(body, -1) {
				if seen[m[1]] {
					t.Errorf("%s in %s: id %q twice", target, lang, m[1])
				}
				seen[m[1]] = true
			}
		}
	}
}
