package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"behold"
)

// casePage is the customer's page, in one language.
func casePage(t *testing.T, h http.Handler) string {
	t.Helper()
	status, body, _ := ask(t, h, "GET", "/customers/"+strandID, nil)
	if status != http.StatusOK {
		t.Fatalf("%d: %s", status, body)
	}
	return body
}

// hiddenOf are the hidden fields of the first form of a kind on a page.
func hiddenOf(t *testing.T, body, do string) url.Values {
	t.Helper()
	at := strings.Index(body, `data-act="`+do+`"`)
	if at < 0 {
		t.Fatalf("there is no form %q", do)
	}
	form, _, _ := strings.Cut(body[at:], "</form>")
	fields := url.Values{}
	for _, m := range regexp.MustCompile(`type="hidden" name="([a-z_]+)" value="([^"]*)"`).FindAllStringSubmatch(form, -1) {
		fields.Set(m[1], m[2])
	}
	return fields
}

func saysAll(t *testing.T, body string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// TestCaseByHand walks a case from its opening to its end and back, by the forms
// that the page has; each of them is sent twice.
func TestCaseByHand(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	send := func(path, do string, more ...string) string {
		t.Helper()
		form := hiddenOf(t, casePage(t, h), do)
		for i := 0; i+1 < len(more); i += 2 {
			form.Add(more[i], more[i+1])
		}
		for range 2 {
			status, said, header := post(t, h, path, form.Encode())
			if status != http.StatusSeeOther || !strings.HasPrefix(header.Get("Location"), "/customers/"+strandID+"?moved=1") {
				t.Fatalf("%s: %d to %s\n%s", do, status, header.Get("Location"), said)
			}
		}
		return casePage(t, h)
	}
	body := send("/customers/"+strandID+"/case", "case", "reason", "overlooked", "why", "they sound <tired>")
	saysAll(t, body, "they sound &lt;tired&gt;", "Choose the steps", "Make this the plan")
	at := "/cases/" + s.cases.moves[0].ID
	body = send(at, "plan", "step", "0", "step", "2")
	saysAll(t, body, "Planned 2 steps", "Get in touch (call)", "Visit")
	body = send(at, "step_done", "why", "they were glad", "contact", "1")
	saysAll(t, body, "Done: Get in touch (call)", "they were glad", "Being saved")
	if list, _ := s.Entries(t.Context(), behold.EntryQuery{Kind: behold.EntryContact, Since: behold.NoDay}); len(list) != 1 || list[0].Channel != "call" {
		t.Errorf("the contact in the book: %+v", list)
	}
	body = send(at, "step_skipped", "why", "they are abroad")
	saysAll(t, body, "Nothing is left of the plan", "they are abroad")
	body = send(at, "lose", "cause", "competitor", "said_by", "customer", "action", "call", "left", "2025-11-19", "competitor", "Teahouse")
	saysAll(t, body, "Lost, closed on 20 November 2025", "They went to Teahouse.", "Open it again")
	form := hiddenOf(t, body, "reopen")
	form.Set("why", "they called")
	if status, _, _ := post(t, h, at, form.Encode()); status != http.StatusSeeOther {
		t.Errorf("opened again: %d", status)
	}
	saysAll(t, casePage(t, h), "Opened again once", "Choose the steps")
	version := s.cases.moves[len(s.cases.moves)-1].Version
	for range 2 {
		if status, said, _ := post(t, h, at+"/undo", fmt.Sprint("version=", version)); status != http.StatusSeeOther {
			t.Errorf("undo: %d %s", status, said)
		}
	}
	saysAll(t, casePage(t, h), "Lost, closed on 20 November 2025")
	if status, list, _ := ask(t, h, "GET", "/cases?state=lost", nil); status != http.StatusOK || !strings.Contains(list, "Hotel Strandgården") {
		t.Errorf("the list of lost ones: %d", status)
	}
}

// What is missing is said beside the form, with what was typed still in it; what
// somebody else did meanwhile is said, too.
func TestCaseRefusals(t *testing.T) {
	s := nordkaffe()
	c := s.worked()
	h := New(s.deps(t.TempDir()))
	at := "/cases/" + c.ID
	begin := fmt.Sprintf("key=%%s&version=%d&do=", c.Version)
	for i, try := range []struct{ form, says string }{
		{"recover&action=call&ask_again=2025-12-20&note=typed+words", "say what the trouble turned out to be"},
		{"recover&cause=overlooked&ask_again=2025-12-20", "say what did it"},
		{"recover&cause=overlooked&action=call", "Name a day to come"},
		{"recover&cause=overlooked&action=call&ask_again=2025-11-20", "Name a day to come"},
		{"recover&cause=overlooked&action=call&ask_again=2035-11-20", "more than a year away"},
		{"recover&cause=overlooked&action=call&ask_again=never", "This is not a date"},
		{"recover&cause=overlooked&action=call&ask_again=2025-12-20&discount=lots", "not an amount"},
		{"lose&cause=competitor&action=call&left=2025-11-19", "who gave the reason"},
		{"lose&cause=competitor&action=call&said_by=customer&left=2025-12-19", "has not come"},
		{"plan&reason=overlooked", "at least one step"},
		{"plan&reason=nonsense&step=0", "seems to be the trouble"},
		{"step_done&step=7", "no such step"},
		{"hand_over&owner=nobody@else.example", "Choose a colleague"},
		{"fly", "Nothing is said about what to do"},
	} {
		status, body, _ := post(t, h, at, fmt.Sprintf(begin, fmt.Sprint("k", i))+try.form)
		if status != http.StatusUnprocessableEntity || !strings.Contains(body, try.says) {
			t.Errorf("%s: %d, does not say %q", try.form, status, try.says)
		}
		if i == 0 && !strings.Contains(body, "typed words") {
			t.Error("what was typed is gone")
		}
	}
	if status, _, _ := post(t, h, at, fmt.Sprintf(begin, "first")+"hand_over&owner=mette@nordkaffe.example"); status != http.StatusSeeOther {
		t.Fatalf("the first: %d", status)
	}
	status, body, _ := post(t, h, at, fmt.Sprintf(begin, "second")+"plan&reason=overlooked&step=0")
	if status != http.StatusConflict || !strings.Contains(body, "went on with the case before you") || !strings.Contains(body, "Handed over to") {
		t.Errorf("the second: %d", status)
	}
	for _, target := range []string{"/cases/none", "/cases/none/undo"} {
		if status, _, _ := post(t, h, target, "version=1&do=plan&key=x"); status != http.StatusNotFound {
			t.Errorf("%s: %d", target, status)
		}
	}
}

// The list says how the cases stand, and is narrowed, sorted and written to a file.
func TestCasesList(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	_, body, _ := ask(t, h, "GET", "/cases", nil)
	saysAll(t, body, "No case yet.", "Take a lamp on")
	s.worked(func(m *behold.CaseMove) {
		m.Do, m.Reason = behold.CasePlanned, behold.Overlooked
		m.Steps = []behold.Step{{Action: behold.ActCall, Channel: "call", Minutes: 15}}
	})
	_, body, _ = ask(t, h, "GET", "/cases", nil)
	saysAll(t, body, "1 is open; 1 is overdue.", "Hotel Strandgården", "Get in touch (call)", "3 days late")
	for target, want := range map[string]bool{
		"/cases?q=strand": true, "/cases?q=nobody": false, "/cases?due=overdue": true, "/cases?due=week": true, "/cases?state=saving": false, "/cases?state=plan": true,
		"/cases?state=all&sort=name-desc": true, "/cases?owner=mette@nordkaffe.example": true, "/cases?owner=nobody": false, "/cases?from=500": false, "/cases?state=%27%22%3E": false,
		"/cases.csv?due=overdue": true, "/cases.csv?state=lost": false,
	} {
		if status, body, _ := ask(t, h, "GET", target, nil); status != http.StatusOK || strings.Contains(body, "Hotel Strandgården") != want {
			t.Errorf("%s: %d, found %v", target, status, !want)
		}
	}
}

// What the records say about closing a case is said, and opens the form for it.
func TestCaseEnds(t *testing.T) {
	for want, change := range map[string]func(*shop){
		"They bought again on 18 November 2025": func(s *shop) { s.standings[0].Last = fakeDay - 2 },
		"counts them as lost":                   func(s *shop) { s.standings[0].State = behold.Lost },
		"they have closed or moved away":        func(s *shop) { s.standings[0].State = behold.Closed },
		"they left on 19 November 2025": func(s *shop) {
			s.wrote(behold.EntryLoss, func(e *behold.Entry) { e.Left, e.Reason = fakeDay-1, behold.Quality })
		},
		"The lamp went out by itself": func(s *shop) { s.lamps = s.lamps[:0] },
	} {
		s := nordkaffe()
		s.worked()
		change(s)
		saysAll(t, casePage(t, New(s.deps(t.TempDir()))), want)
	}
}
