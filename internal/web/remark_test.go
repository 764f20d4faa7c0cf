package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"behold"
)

// A wordy is the pages of a shop whose customers write.
type wordy struct {
	words *shopWords
	pages http.Handler
}

func newWordy(t *testing.T) wordy {
	s, words := nordkaffe(), newShopWords()
	deps := s.deps(t.TempDir())
	deps.Remarks, deps.Who = words, behold.Colleague{Email: "mette@firma.dk", Role: behold.Owner}
	return wordy{words, New(deps)}
}

func (y wordy) send(path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	y.pages.ServeHTTP(w, r)
	return w
}

func (y wordy) get(t *testing.T, path string) (int, string) {
	t.Helper()
	status, body, _ := ask(t, y.pages, "GET", path, nil)
	return status, body
}

func remarkPath(row, below string) string {
	return string(remarkURL(behold.RemarkKey{Customer: strandID, Table: behold.TableTickets, Row: row}, below))
}

// The week's texts: what was read is shown, but for the one in five where the
// colleague speaks first; what is said is kept once with what stood there, and can
// be taken back.
func TestTexts(t *testing.T) {
	y := newWordy(t)
	_, body := y.get(t, "/voice/texts?lang=en")
	for _, want := range []string{"2 texts are waiting", "Call &lt;b&gt;me&lt;/b&gt; on &lt;phone&gt;", "Reads as “Slow response”", "This time you are not shown", "Slow response</th><td class=\"n\" data-figure=\"textreading\">11</td>", "41 texts", "version ab12cd34", "at least 60% likely"} {
		if !strings.Contains(strings.Join(strings.Fields(body), " "), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(body, "12 34 56 78") || strings.Contains(body, "Reads as “Quality") {
		t.Error("a number, or a reading that is to be hidden, is shown")
	}
	form := url.Values{"form": {"f1"}, "back": {"/voice/texts"}, "told": {"1"}, "reason": {"quality"}, "complaint": {"1"}}
	for range 2 {
		if w := y.send(remarkPath("T-2", ""), form); w.Code != 303 || w.Header().Get("Location") != "/voice/texts#h-five" {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	}
	if len(y.words.said) != 1 {
		t.Fatalf("kept %d times", len(y.words.said))
	}
	c := y.words.said[0]
	if c.Reason != behold.Quality || !c.Told || !c.Complaint || c.Praise || c.Why != behold.LabelRandom || !c.Hidden || c.Reading.Model == "" || c.Who != "mette@firma.dk" || c.Text != "The box was broken." {
		t.Errorf("kept is %+v", c)
	}
	if _, body = y.get(t, "/voice/texts?lang=en"); !strings.Contains(body, "1 text is waiting") || !strings.Contains(body, "Take back") {
		t.Error("the page does not show what was said")
	}
	if w := y.send("/voice/corrections/f1/undo", nil); w.Code != 303 || y.words.said[0].Gone.IsZero() {
		t.Errorf("taken back: %d", w.Code)
	}
	if _, body = y.get(t, "/voice/texts?lang=en"); !strings.Contains(body, "2 texts are waiting") || !strings.Contains(body, "taken back by") {
		t.Error("the page does not show what was taken back")
	}
	if w := y.send("/voice/corrections/f9/undo", nil); w.Code != 404 {
		t.Errorf("what nobody said was taken back: %d", w.Code)
	}
	if _, body = y.get(t, "/voice/answers.csv"); !strings.Contains(body, "'=1+1,") || !strings.Contains(body, "high-old-active,0.5,0.5,0.5") {
		t.Errorf("the file of answers is %s", body)
	}
	if _, body = y.get(t, "/voice/texts.csv"); !strings.Contains(body, "mette@firma.dk") || !strings.Contains(body, ",random,true,") {
		t.Errorf("the file is %s", body)
	}
}

// The page of one text: numbers hidden, five words with weights, a word that does
// not mean that, one press to put it right, and back.
func TestRemarkPage(t *testing.T) {
	y := newWordy(t)
	status, body := y.get(t, remarkPath("T-1", "")+"&lang=en")
	if status != 200 || strings.Contains(body, "12 34 56 78") || strings.Count(body, `name="word"`) == 0 || strings.Count(body, `<th scope="row">`) != 5 || !strings.Contains(body, ">answer</th>") {
		t.Fatalf("%d %s", status, body)
	}
	if w := y.send(remarkPath("T-1", ""), url.Values{"form": {"w1"}, "word": {"Answer "}, "reason": {"slow_response"}}); w.Code != 303 || y.words.said[0].Word != "answer" || y.words.said[0].Row != "" {
		t.Fatalf("a word: %d %+v", w.Code, y.words.said)
	}
	if _, body = y.get(t, remarkPath("T-1", "")+"&lang=en"); !strings.Contains(body, "Does not mean that, says") {
		t.Error("the page does not say that the word is denied")
	}
	if w := y.send(remarkPath("T-1", ""), url.Values{"form": {"o1"}, "back": {"customer"}, "reason": {"overlooked"}}); w.Code != 303 || !strings.HasSuffix(w.Header().Get("Location"), rowAnchor(behold.TableTickets, "T-1")) || y.words.said[1].Told {
		t.Fatalf("one press: %d %s %+v", w.Code, w.Header().Get("Location"), y.words.said)
	}
	for _, id := range []string{"w1", "o1"} {
		if w := y.send(remarkPath("T-1", "/undo"), url.Values{"correction": {id}}); w.Code != 303 {
			t.Errorf("taking back %s: %d", id, w.Code)
		}
	}
	y.words.said[1].Gone = fakeDay.Time()
	for name, c := range map[string]struct {
		path string
		form url.Values
		want int
	}{
		"no reason":          {remarkPath("T-1", ""), url.Values{"form": {"x"}, "reason": {"because"}}, 422},
		"no form":            {remarkPath("T-1", ""), url.Values{"reason": {"quality"}}, 422},
		"no such row":        {remarkPath("T-9", ""), url.Values{"form": {"x"}, "reason": {"quality"}}, 404},
		"no row":             {"/customers/" + url.PathEscape(strandID) + "/remark", url.Values{"form": {"x"}, "reason": {"quality"}}, 404},
		"nobody":             {"/customers/K-9/remark?row=tickets:T-1", url.Values{"form": {"x"}, "reason": {"quality"}}, 404},
		"another text's":     {remarkPath("T-2", "/undo"), url.Values{"correction": {"o1"}}, 404},
		"to somebody else's": {remarkPath("T-2", ""), url.Values{"form": {"x2"}, "reason": {"quality"}, "back": {"https://evil.example/"}}, 303},
	} {
		w := y.send(c.path, c.form)
		if w.Code != c.want || strings.Contains(w.Header().Get("Location"), "evil") {
			t.Errorf("%s: %d to %q, want %d", name, w.Code, w.Header().Get("Location"), c.want)
		}
	}
}
