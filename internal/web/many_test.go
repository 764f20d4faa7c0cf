package web

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"behold"
)

// chosen is a form that names the lamps of customers.
func chosen(do string, lamps []behold.LampCard, more ...string) string {
	f := url.Values{"do": {do}, "back": {"kind=rhythm"}}
	for _, l := range lamps {
		f.Add("lamp", lampNamed(l))
	}
	for i := 0; i+1 < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return f.Encode()
}

// undoForm is what the one button of the page that answers would send.
func undoForm(t *testing.T, body string) string {
	t.Helper()
	f := url.Values{"do": {"undo"}}
	for _, m := range regexp.MustCompile(`name="lamp" value="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		f.Add("lamp", html.UnescapeString(m[1]))
	}
	if len(f["lamp"]) == 0 {
		t.Fatal("nothing to undo:\n" + body)
	}
	return f.Encode()
}

// Many lamps are decided about with one form, and one undo makes each what it
// was before, not merely lit.
func TestManyAndUndo(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	two := []behold.LampCard{s.lamps[0], s.lamps[1]}
	taken := behold.Act{Customer: two[0].ID, Kind: two[0].Kind, State: behold.Acknowledged, Until: behold.NoDay}
	if err := s.SaveAct(t.Context(), &taken); err != nil {
		t.Fatal(err)
	}
	status, body, _ := post(t, h, "/lamps", chosen("snoozed", two, "why_snoozed", "closed for the winter", "until", (fakeDay+20).String()))
	if status != 200 || !strings.Contains(body, "2 lamps sleep until") || !strings.Contains(body, `href="/lamps?kind=rhythm"`) {
		t.Fatal(status, body)
	}
	if s.lamps[0].State != behold.Snoozed || s.lamps[1].State != behold.Snoozed || s.lamps[1].Until != fakeDay+20 || s.acts[0].Why != "closed for the winter" {
		t.Error(s.lamps[0].State, s.lamps[1].State, s.lamps[1].Until, s.acts[0])
	}
	if status, body, _ = post(t, h, "/lamps", undoForm(t, body)); status != 200 {
		t.Fatal(status, body)
	}
	if s.lamps[0].State != behold.Acknowledged || s.lamps[1].State != behold.Lit {
		t.Error("undone:", s.lamps[0].State, s.lamps[1].State)
	}
	post(t, h, "/lamps", chosen("false_alarm", two[:1], "why_false_alarm", "wrong file"))
	_, body, _ = post(t, h, "/lamps", chosen("acknowledged", two[:1]))
	if _, body, _ = post(t, h, "/lamps", undoForm(t, body)); s.lamps[0].State != behold.FalseAlarm || s.acts[0].Why != "wrong file" {
		t.Error("undone:", s.lamps[0].State, s.acts[0], body)
	}
}

// What is refused of one lamp is said beside it, in the reader's language, and
// keeps none of the others back; what would be refused of all is refused at once.
func TestManyRefused(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	gone := behold.LampCard{ID: "K-none", Lamp: behold.Lamp{Kind: behold.LampRhythm}}
	status, body, _ := post(t, h, "/lamps?lang=da", chosen("acknowledged", []behold.LampCard{s.lamps[0], gone}))
	if status != 200 || s.lamps[0].State != behold.Acknowledged || !strings.Contains(body, "Ikke gjort:") || strings.Contains(body, `lang="en">no such`) {
		t.Error(status, body)
	}
	for name, form := range map[string]string{
		"none": chosen("acknowledged", nil), "no reason": chosen("snoozed", s.lamps[:2], "until", (fakeDay + 20).String()), "no day": chosen("snoozed", s.lamps[:2], "why_snoozed", "x"),
		"odd day": chosen("snoozed", s.lamps[:2], "why_snoozed", "x", "until", "soon"), "by hand": chosen("lost", s.lamps[:2]), "odd": "do=acknowledged&lamp=%25zz",
	} {
		before := len(s.acts)
		if status, body, _ := post(t, h, "/lamps", form); status != 422 || len(s.acts) != before || strings.Contains(body, "[wrong") {
			t.Errorf("%s: status %d, %d acts", name, status, len(s.acts)-before)
		}
	}
}

// All on the page are those that the page showed.
func TestManyAllShown(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	_, body, _ := ask(t, h, "GET", "/lamps?kind=category_lost", nil)
	f := url.Values{"do": {"acknowledged"}, "all": {"1"}}
	for _, m := range regexp.MustCompile(`name="shown" value="([^"]*)"`).FindAllStringSubmatch(body, -1) {
		f.Add("shown", html.UnescapeString(m[1]))
	}
	if status, body, _ := post(t, h, "/lamps", f.Encode()); status != 200 {
		t.Fatal(status, body)
	}
	for _, l := range s.lamps {
		if taken := l.State == behold.Acknowledged; taken != (l.Kind == behold.LampCategory) {
			t.Errorf("%s %s is %s", l.ID, l.Kind, l.State)
		}
	}
}
