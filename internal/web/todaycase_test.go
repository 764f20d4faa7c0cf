package web

import (
	"net/http"
	"strings"
	"testing"

	"behold"
)

// planned gives the first customer a case with two steps, the first of which is due.
func (s *shop) planned() behold.Case {
	return s.worked(func(m *behold.CaseMove) {
		m.Do, m.Reason = behold.CasePlanned, behold.Overlooked
		m.Steps = []behold.Step{{Action: behold.ActCall, Channel: "call", Minutes: 15}, {Action: behold.ActVisit, Channel: "visit", Minutes: 60, After: 3, Within: 5}}
	})
}

func todayBody(t *testing.T, h http.Handler, target string) string {
	t.Helper()
	status, body, _ := ask(t, h, "GET", target, nil)
	if status != http.StatusOK {
		t.Fatalf("%s: %d", target, status)
	}
	return body
}

// The step of a case is settled on Today as on the case: twice is once, the card
// becomes what was done, and undoing it there brings it back to both.
func TestStepIsDoneOnToday(t *testing.T) {
	s := nordkaffe()
	c := s.planned()
	h := New(s.deps(t.TempDir()))
	card := `data-customer="` + strandID + `"`
	body := todayBody(t, h, "/")
	saysAll(t, body, card, "Case, step 1 of 2: 3 days late, due 17 Nov 2025", "1 case is overdue.", "Get in touch by phone", "May be reached any way.")
	form := hiddenOf(t, body, "step_done")
	for range 2 {
		status, said, header := post(t, h, "/cases/"+c.ID, form.Encode())
		if status != http.StatusSeeOther || header.Get("Location") != "/?cased="+c.ID+"#did" {
			t.Fatalf("%d to %s\n%s", status, header.Get("Location"), said)
		}
	}
	body = todayBody(t, h, "/?cased="+c.ID)
	saysAll(t, body, `data-done="`+strandID+`"`, "Done: Get in touch (call)")
	if strings.Contains(body, card) {
		t.Error("the card is there still")
	}
	saysAll(t, casePage(t, h), "Done: Get in touch (call)", "Being saved")
	if list, _ := s.Entries(t.Context(), behold.EntryQuery{Kind: behold.EntryContact, Since: behold.NoDay}); len(list) != 1 || list[0].Channel != "call" {
		t.Errorf("the contact in the book: %+v", list)
	}
	at := strings.Index(body, "/cases/"+c.ID+"/undo")
	back := hiddenOf(t, `data-act="undo"`+body[at:], "undo")
	for range 2 {
		if status, said, header := post(t, h, "/cases/"+c.ID+"/undo", back.Encode()); status != http.StatusSeeOther || !strings.HasPrefix(header.Get("Location"), "/?cased=") {
			t.Fatalf("undo: %d %s", status, said)
		}
	}
	saysAll(t, todayBody(t, h, "/"), card, "Case, step 1 of 2")
}

// What lacks something is given back on Today, beside what is wrong.
func TestStepIsRefusedOnToday(t *testing.T) {
	s := nordkaffe()
	c := s.planned()
	h := New(s.deps(t.TempDir()))
	form := hiddenOf(t, todayBody(t, h, "/"), "step_skipped")
	form.Set("why", "  ")
	status, body, _ := post(t, h, "/cases/"+c.ID, form.Encode())
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "Say why.") || !strings.Contains(body, `id="cards"`) {
		t.Errorf("skipped without a reason: %d", status)
	}
	form.Set("version", "77")
	form.Set("why", "they are abroad")
	if status, body, _ = post(t, h, "/cases/"+c.ID, form.Encode()); status != http.StatusConflict || !strings.Contains(body, "went on with the case before you") {
		t.Errorf("somebody went on: %d", status)
	}
	form.Set("from", "https://elsewhere.example/")
	form.Set("version", "2")
	if status, _, header := post(t, h, "/cases/"+c.ID, form.Encode()); status != http.StatusSeeOther || !strings.HasPrefix(header.Get("Location"), "/customers/") {
		t.Errorf("from elsewhere: %d to %s", status, header.Get("Location"))
	}
}

// By which ways a customer may be reached is said with the reason, and a plan goes
// by those: another way is taken, or the step left out.
func TestWaysOfACustomer(t *testing.T) {
	s := nordkaffe()
	func(c *behold.Customer) { c.Kind = "person" }(&s.customers[0])
	s.worked()
	h := New(s.deps(t.TempDir()))
	saysAll(t, casePage(t, h), "How they may be reached", "May be reached by e-mail and by chat; not by phone and on a visit.", "Private persons in Denmark are not called on to sell")
	_, body, _ := ask(t, h, "GET", "/customers/"+strandID+"?plan=something_new", nil)
	saysAll(t, body, "Instead by e-mail: Private persons in Denmark")
	func(c *behold.Customer) { c.MarketingOptOut, c.SurveyOptOut = true, true }(&s.customers[0])
	_, body, _ = ask(t, h, "GET", "/customers/"+strandID+"?plan=something_new", nil)
	saysAll(t, body, "Left out: They have said no to marketing.", "they have said no to surveys")
	form := hiddenOf(t, body, "plan")
	form.Add("step", "0")
	status, said, _ := post(t, h, "/cases/opened", form.Encode())
	if status != http.StatusUnprocessableEntity || !strings.Contains(said, "A plan has at least one step") {
		t.Errorf("a step that is not allowed: %d", status)
	}
}
