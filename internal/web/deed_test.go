package web

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"behold"
	"behold/internal/survey"
)

// What was done is written down once, however often the form is sent, stands on the
// page without becoming part of it, and can be taken back; a form with half of it
// missing stays as it was typed.
func TestDeeds(t *testing.T) {
	s := nordkaffe()
	pages := New(s.deps(t.TempDir()))
	send := func(path string, form url.Values) *httptest.ResponseRecorder {
		r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		pages.ServeHTTP(w, r)
		return w
	}
	form := url.Values{"form": {"f1"}, "said": {"Slow <b>answers"}, "did": {"One number"}, "theme": {"slow_response"}}
	for range 2 {
		if w := send("/voice/deeds", form); w.Code != 303 || w.Header().Get("Location") != "/voice#deeds" {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	get := func() string {
		w := httptest.NewRecorder()
		pages.ServeHTTP(w, httptest.NewRequest("GET", "/voice?lang=en", nil))
		return w.Body.String()
	}
	if body := get(); strings.Count(body, "Slow &lt;b&gt;answers") != 2 || !strings.Contains(body, "One number") { // in the text and in the button's name
		t.Errorf("the deed stands there %d times", strings.Count(body, "Slow &lt;b&gt;answers"))
	}
	form.Set("form", "f2")
	form.Set("did", " ")
	if w := send("/voice/deeds?lang=en", form); w.Code != 422 || !strings.Contains(w.Body.String(), "Both halves are needed") || !strings.Contains(w.Body.String(), `value="f2"`) {
		t.Errorf("half a deed: %d", w.Code)
	}
	thanks := func(lang string) string {
		v := answerView{Words: survey.Given(lang, behold.SurveyText{}), title: "thanks.title"}
		(&server{Deps: s.deps(t.TempDir())}).showDeeds(&request{Request: httptest.NewRequest("GET", "/a/x?thanks", nil)}, &v)
		var b strings.Builder
		if err := answerNext(v).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if strings.Contains(thanks("en"), "One number") {
		t.Error("customers see what nobody wants shown")
	}
	s.deeds[0].Shown = true
	if got := thanks("en"); !strings.Contains(got, "Slow &lt;b&gt;answers") || !strings.Contains(got, "One number") {
		t.Errorf("customers do not see it: %s", got)
	}
	if strings.Contains(thanks("da"), "One number") {
		t.Error("customers see what they cannot read")
	}
	if w := send("/voice/deeds/f1/undo", nil); w.Code != 303 {
		t.Errorf("taking back: %d", w.Code)
	}
	if body := get(); strings.Contains(body, "One number") {
		t.Error("it is still there")
	}
	if w := send("/voice/deeds/f9/undo", nil); w.Code != 404 {
		t.Errorf("taking back what is not there: %d", w.Code)
	}
}
