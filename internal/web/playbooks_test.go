package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"behold"
)

// bookForm is the form of a reason's playbook with its steps, as the page has it.
func bookForm(b behold.Playbook) url.Values {
	f := url.Values{"was": {bookMark(b)}}
	for i := range b.Steps {
		s := &b.Steps[i]
		for name, value := range map[string]string{
			"action": string(s.Action), "channel": s.Channel, "minutes": minutesOf(s), "cost": costOf(s), "after": "0", "within": "2", "owner": s.Owner,
		} {
			f.Add(name, value)
		}
	}
	return f
}

func TestPlaybooksPage(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	reason := behold.Overlooked
	at := "/settings/playbooks/" + string(reason)
	now := func() behold.Playbook {
		if b, own := s.cases.own[reason]; own {
			return b
		}
		return oursFor(reason)
	}
	send := func(want int, change func(url.Values)) string {
		t.Helper()
		form := bookForm(now())
		change(form)
		status, body, _ := post(t, h, at, form.Encode())
		if status != want {
			t.Errorf("%d, want %d: %v", status, want, form)
		}
		return body
	}
	before := len(now().Steps)
	send(http.StatusSeeOther, func(f url.Values) { f.Set("add", "1") })
	if n := len(now().Steps); n != before+1 {
		t.Errorf("added: %d steps, want %d", n, before+1)
	}
	send(http.StatusSeeOther, func(f url.Values) { f.Set("up", "1") })
	if now().Steps[0].Channel != "mail" {
		t.Errorf("moved up: %+v", now().Steps)
	}
	send(http.StatusSeeOther, func(f url.Values) { f.Set("remove", "0") })
	if len(now().Steps) != before || now().Steps[0].Channel != "call" {
		t.Errorf("removed: %+v", now().Steps)
	}
	for says, change := range map[string]func(url.Values){
		"1 to 480 minutes":     func(f url.Values) { f["minutes"][0] = "0" },
		"whole numbers":        func(f url.Values) { f["within"][0] = "soon" },
		"what is to be done":   func(f url.Values) { f["action"][0] = "dance" },
		"no such colleague":    func(f url.Values) { f["owner"][0] = "nobody@else.example" },
		"0 to 60 working days": func(f url.Values) { f["after"][0] = "400" },
	} {
		if body := send(http.StatusUnprocessableEntity, change); !strings.Contains(strings.ToLower(body), strings.ToLower(says)) {
			t.Errorf("does not say %q", says)
		}
	}
	send(http.StatusConflict, func(f url.Values) { f.Set("was", "another"); f.Set("add", "1") })
	send(http.StatusSeeOther, func(f url.Values) { f.Set("reset", "1") })
	if _, own := s.cases.own[reason]; own {
		t.Error("not back to ours")
	}
	if status, _, _ := post(t, h, "/settings/playbooks/nonsense", "add=1"); status != http.StatusNotFound {
		t.Errorf("a reason that does not exist: %d", status)
	}
}

func TestOwnTexts(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	for form, want := range map[string]int{
		"action=apology&language=da&subject=Undskyld&text=K%C3%A6re+%7Bname%7D": http.StatusSeeOther,
		"action=apology&language=da&text=":                                      http.StatusUnprocessableEntity,
		"action=dance&language=da&text=x":                                       http.StatusUnprocessableEntity,
		"action=apology&language=xx&text=x":                                     http.StatusUnprocessableEntity,
	} {
		if status, _, _ := post(t, h, "/settings/texts", form); status != want {
			t.Errorf("%s: %d, want %d", form, status, want)
		}
	}
	_, body, _ := ask(t, h, "GET", "/settings/playbooks?action=apology&language=da", nil)
	saysAll(t, body, "Kære {name}", "Undskyld")
	s.worked(func(m *behold.CaseMove) {
		m.Do, m.Reason = behold.CasePlanned, behold.PoorService
		m.Steps = []behold.Step{{Action: behold.ActApology, Channel: "mail", Minutes: 10}}
	})
	s.customers[0].Language, s.customers[0].Email, s.customers[0].ClosedOn = "da", "kim+kontor@strand.example", behold.NoDay
	saysAll(t, casePage(t, h), "Kære Hotel Strandgården", "Your company&#39;s own text.", "mailto:")
	if status, _, _ := post(t, h, "/settings/texts", "action=apology&language=da&reset=1"); status != http.StatusSeeOther {
		t.Errorf("back to ours: %d", status)
	}
	saysAll(t, casePage(t, h), "Vi har ikke været så gode")
}
