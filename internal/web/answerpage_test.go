package web

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"behold"
)

const answerAt = "/a/" + theToken

// answering is a shop with one invitation.
func answering(t *testing.T) (http.Handler, *shopAsks) {
	t.Helper()
	s := nordkaffe()
	asks := newShopAsks()
	deps := s.deps(t.TempDir())
	deps.Answers, deps.Asking = asks, asks
	return New(deps), asks
}

// Programs that look after mail open every address in it, follow links and ask for
// heads: none of that is an answer, nor is what a letter's link has chosen.
func TestLookingIsNoAnswer(t *testing.T) {
	h, asks := answering(t)
	for _, method := range []string{"GET", "HEAD"} {
		for _, at := range []string{"", "?satisfaction=1", "?page=2&why=x", "?thanks", "?called", "/stop", "/stop?done", "/call"} {
			ask(t, h, method, answerAt+at, nil, "Purpose", "prefetch")
		}
	}
	if asks.saved != 0 || asks.stopped || asks.called != "" || len(asks.replies) != 0 {
		t.Fatalf("looking stored something: %+v", asks)
	}
	status, body, head := ask(t, h, "GET", answerAt+"?satisfaction=4", nil)
	if status != http.StatusOK || !strings.Contains(body, `name="satisfaction" value="4" checked`) || strings.Count(body, " checked") != 1 {
		t.Errorf("%d: the answer chosen in the letter is not chosen on the page", status)
	}
	if head.Get("Cache-Control") != "private, no-store" || head.Get("Referrer-Policy") != "no-referrer" || strings.Contains(body, "<script") || strings.Contains(body, "K-1") {
		t.Errorf("%v", head)
	}
}

// The whole page, style and all, is under 20 kB over the wire.
func TestTheAnswerPageIsSmall(t *testing.T) {
	h, _ := answering(t)
	wire := func(target string) (int, string) {
		r := httptest.NewRequest("GET", target, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Body.Len(), w.Result().Header.Get("Content-Encoding")
	}
	_, body, _ := ask(t, h, "GET", answerAt, nil)
	sheet := regexp.MustCompile(`href="(/asset/answer\.css[^"]*)"`).FindStringSubmatch(body)
	if sheet == nil {
		t.Fatal("no style sheet")
	}
	page, coded := wire(answerAt + "?page=2")
	style, _ := wire(sheet[1])
	lamp, _ := wire("/asset/lamp.svg")
	t.Logf("page %d (%s), style %d, icon %d bytes", page, coded, style, lamp)
	if all := page + style + lamp; all > 20_000 || page == 0 || style == 0 {
		t.Errorf("%d bytes", all)
	}
}

// Answers are kept page by page; sent twice they are one; after the end nothing
// changes any more; who comes back goes on where they were.
func TestAnswersArriveOnce(t *testing.T) {
	h, asks := answering(t)
	for range 2 {
		status, _, head := post(t, h, answerAt, "page=1&lang=da&satisfaction=2&recommend=11&effort=7&customer=K-9")
		if status != http.StatusSeeOther || head.Get("Location") != answerAt+"?lang=da&page=2" {
			t.Fatalf("%d %s", status, head.Get("Location"))
		}
	}
	if len(asks.replies) != 2 {
		t.Errorf("%+v", asks.replies)
	}
	if _, body, _ := ask(t, h, "GET", answerAt, nil); !strings.Contains(body, "Side 2 af 2") {
		t.Error("who comes back does not go on where they were")
	}
	if _, body, _ := ask(t, h, "GET", answerAt+"?page=1", nil); !strings.Contains(body, `name="satisfaction" value="2" checked`) {
		t.Error("what was answered is not shown to who goes back")
	}
	status, _, head := post(t, h, answerAt, "page=2&fast=5&why=I+glemte+os&contact=1")
	if status != http.StatusSeeOther || !strings.HasSuffix(head.Get("Location"), "?thanks") || asks.invite.Finished.IsZero() {
		t.Fatalf("%d %s", status, head.Get("Location"))
	}
	kept := asks.saved
	post(t, h, answerAt, "page=2&fast=1")
	if asks.saved != kept {
		t.Error("an answer was changed after the end")
	}
	_, body, _ := ask(t, h, "GET", answerAt, nil)
	if !strings.Contains(body, "Du har allerede svaret") || strings.Contains(body, "glemte") || strings.Contains(body, "radio") {
		t.Error("the address tells something after the end")
	}
	if _, body, _ := ask(t, h, "GET", answerAt+"?thanks", nil); !strings.Contains(body, "Må vi ringe til dig?") {
		t.Error("no thanks")
	}
	if status, body, _ := post(t, h, answerAt+"/call", "number=hej"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "telefonnummer") || asks.called != "" {
		t.Errorf("%d, called %q", status, asks.called)
	}
	if status, _, _ := post(t, h, answerAt+"/call", "number=%2B45+12345678"); status != http.StatusSeeOther || asks.called != "+45 12345678" {
		t.Errorf("%d, called %q", status, asks.called)
	}
}

func TestNothingAnsweredIsNoAnswer(t *testing.T) {
	h, asks := answering(t)
	if _, _, head := post(t, h, answerAt, "page=2&fast=&why=++&contact="); asks.saved != 0 || !strings.HasSuffix(head.Get("Location"), "page=1") {
		t.Errorf("%s, saved %d", head.Get("Location"), asks.saved)
	}
}

// Whoever guesses, comes too late or sends rubbish gets a kind page in their own
// language that tells nothing.
func TestKindPages(t *testing.T) {
	h, asks := answering(t)
	for _, c := range []struct{ lang, says string }{{"fi-FI,fi;q=0.9", "Täällä ei ole mitään"}, {"nl", "Hier is niets"}, {"nb-NO", "Her er det ingenting"}, {"xx", "There is nothing here"}} {
		for _, target := range []string{"/a/NONSENSE", "/a/NONSENSE/stop", "/q/NONSENSE", "/a/%3Cscript%3E"} {
			status, body, _ := ask(t, h, "GET", target, nil, "Accept-Language", c.lang)
			if status != http.StatusNotFound || !strings.Contains(body, c.says) || strings.Contains(body, "Nordkaffe") || strings.Contains(body, "<script") {
				t.Errorf("%s %s: %d\n%.400s", c.lang, target, status, body)
			}
		}
	}
	asks.invite.Until = fakeDay - 1
	if status, body, _ := ask(t, h, "GET", answerAt, nil); status != http.StatusGone || !strings.Contains(body, "Spørgsmålene er lukket") {
		t.Errorf("too late: %d", status)
	}
	if status, _, _ := post(t, h, answerAt, "page=1&satisfaction=5"); status != http.StatusGone || asks.saved != 0 {
		t.Errorf("too late: %d", status)
	}
	asks.fails = errors.New("the disk is full")
	if status, body, _ := ask(t, h, "GET", answerAt, nil, "Accept-Language", "sv"); status != http.StatusServiceUnavailable || !strings.Contains(body, "Det gick inte") || strings.Contains(body, "disk") {
		t.Errorf("our fault: %d", status)
	}
}

func TestWhoGuessesIsSlowedDown(t *testing.T) {
	h, _ := answering(t)
	last := 0
	for range knocksAtOnce + 5 {
		last, _, _ = ask(t, h, "GET", "/a/GUESS", nil)
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("%d after %d guesses", last, knocksAtOnce+5)
	}
	if status, _, _ := ask(t, h, "GET", answerAt, nil); status != http.StatusOK {
		t.Errorf("who has a letter is not let in: %d", status)
	}
	var k knocks
	at := time.Now()
	for range 3 * knocksKept {
		k.tooMany(at.String(), at)
		at = at.Add(time.Nanosecond)
	}
	if len(k.young)+len(k.old) > knocksKept {
		t.Errorf("%d networks are remembered", len(k.young)+len(k.old))
	}
}

// A mail program's own button, and the page's, stop surveys for good.
func TestOneClickStopsSurveys(t *testing.T) {
	h, asks := answering(t)
	_, body, _ := ask(t, h, "GET", answerAt+"/stop", nil)
	if asks.stopped || !strings.Contains(body, "Ikke flere spørgsmål?") {
		t.Fatal("looking stopped it, or the page does not ask")
	}
	asks.invite.Until = fakeDay - 100 // an old letter
	if status, _, _ := post(t, h, answerAt+"/stop", "List-Unsubscribe=One-Click"); status != http.StatusSeeOther || !asks.stopped {
		t.Errorf("%d, stopped %v", status, asks.stopped)
	}
}

// At a touchpoint nobody is known: a page that is sent twice is one answer, and
// only the company's own pages may show it in a frame.
func TestAtATouchpoint(t *testing.T) {
	h, asks := answering(t)
	_, body, head := ask(t, h, "GET", "/q/COUNTER", nil, "Accept-Language", "de")
	form := regexp.MustCompile(`name="form" value="([A-Z0-9]+)"`).FindStringSubmatch(body)
	if form == nil || !strings.Contains(body, "Niemand kann sehen, wer Sie sind.") || !strings.Contains(head.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
		t.Fatalf("%v\n%s", head, body)
	}
	for range 2 {
		status, _, head := post(t, h, "/q/COUNTER", url.Values{"form": {form[1]}, "satisfaction": {"5"}, "repurchase": {"1"}, "lang": {"de"}}.Encode())
		if status != http.StatusSeeOther || head.Get("Location") != "/q/COUNTER?lang=de&thanks" {
			t.Errorf("%d %s", status, head.Get("Location"))
		}
	}
	if len(asks.voices) != 1 || len(asks.voices[form[1]]) != 1 {
		t.Errorf("%+v", asks.voices)
	}
	_, _, head = ask(t, h, "GET", "/q/COUNTER/frame", nil)
	if !strings.Contains(head.Get("Content-Security-Policy"), "frame-ancestors https://www.firm.example") {
		t.Errorf("%v", head)
	}
	asks.places[0].Closed = true
	if status, _, _ := ask(t, h, "GET", "/q/COUNTER", nil); status != http.StatusGone {
		t.Errorf("closed: %d", status)
	}
}

// Labels, groups and languages are said to whoever cannot see the page.
func TestTheAnswerPageIsReadAloud(t *testing.T) {
	h, _ := answering(t)
	for _, lang := range behold.SurveyLanguages() {
		for _, page := range []string{"1", "2"} {
			_, body, _ := ask(t, h, "GET", answerAt+"?page="+page+"&lang="+lang, nil)
			radios, groups := strings.Count(body, `type="radio"`), strings.Count(body, "<fieldset")
			if radios == 0 || radios != strings.Count(body, `<label class="one"><input type="radio"`) || groups != strings.Count(body, "<legend>") {
				t.Errorf("%s, page %s: %d choices in %d groups without labels", lang, page, radios, groups)
			}
			if !strings.Contains(body, `<html lang="`+lang+`">`) || strings.Contains(body, "[q.") || strings.Contains(body, "{company}") {
				t.Errorf("%s, page %s", lang, page)
			}
		}
	}
}

func TestTheOwnerDecidesAboutAsking(t *testing.T) {
	h, asks := answering(t)
	form := url.Values{"on": {"on"}, "daily": {"5"}, "gap": {"90"}, "silent": {"180"}, "same": {"180"}, "firm": {"30"}, "trouble": {"7"}, "remind": {"7"}, "from": {"8"}, "to": {"11"},
		"events_daily": {"0"}, "near": {"90"}, "event": {"delivery", "purchase"}, "modes": {"de:Marketing, us:OFF"}}
	if status, body, _ := post(t, h, "/survey/settings", form.Encode()); status != http.StatusSeeOther {
		t.Errorf("%d\n%.600s", status, body)
	}
	form.Set("modes", "Deutschland")
	if status, body, _ := post(t, h, "/survey/settings", form.Encode(), "Accept-Language", "da"); status != http.StatusUnprocessableEntity || !strings.Contains(body, "DE:marketing") {
		t.Errorf("%d", status)
	}
	post(t, h, "/survey/words", "in=da&q.satisfaction=Er+du+glad%3F")
	if asks.text.Version != 1 {
		t.Errorf("%+v", asks.text)
	}
	post(t, h, "/survey/words", "in=da&q.satisfaction=Er+du+glad%3F")
	if asks.text.Version != 1 {
		t.Error("the same words are a new version")
	}
	if _, body, _ := ask(t, h, "GET", answerAt, nil); !strings.Contains(body, "Er du glad?") {
		t.Error("the company's words are not asked")
	}
	post(t, h, "/survey/words", "in=da&reset=1")
	if asks.text.Version != 2 || len(asks.text.Words) != 0 {
		t.Errorf("%+v", asks.text)
	}
	post(t, h, "/survey/links", "name=Disken&touchpoint=purchase&site=https%3A%2F%2FShop.example%2Fx")
	if n := len(asks.places); n != 2 || asks.places[1].Site != "https://shop.example" || len(asks.places[1].Token) < 16 {
		t.Errorf("%+v", asks.places)
	}
	for _, site := range []string{"javascript:alert(1)", "https://a b", "*"} {
		if status, _, _ := post(t, h, "/survey/links", url.Values{"name": {"x"}, "touchpoint": {"purchase"}, "site": {site}}.Encode()); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", site, status)
		}
	}
}

// The picture of a link is a picture, its card is in the language of the link, and a
// link that there is not has none.
func TestLinkCard(t *testing.T) {
	h, asks := answering(t)
	post(t, h, "/survey/links", "name=Disken&touchpoint=purchase&in=fi")
	id := strconv.FormatInt(asks.places[len(asks.places)-1].ID, 10)
	if _, page, _ := ask(t, h, "GET", "/survey/links", nil); !strings.Contains(page, "<svg") || !strings.Contains(page, "/card") {
		t.Error("the page of links has no code")
	}
	if status, card, _ := ask(t, h, "GET", "/survey/links/"+id+"/card", nil); status != http.StatusOK || !strings.Contains(card, "Miten onnistuimme?") || !strings.Contains(card, "<svg") || strings.Contains(card, "style=") {
		t.Errorf("%d\n%s", status, card)
	}
	if status, svg, _ := ask(t, h, "GET", "/survey/links/"+id+"/qr.svg", nil); status != http.StatusOK || !strings.HasPrefix(svg, "<svg") {
		t.Errorf("%d %.80s", status, svg)
	}
	for _, at := range []string{"/survey/links/99/card", "/survey/links/x/qr.svg"} {
		if status, _, _ := ask(t, h, "GET", at, nil); status != http.StatusNotFound {
			t.Errorf("%s is %d", at, status)
		}
	}
}

// Reports of letters that came back are read from the page, all of them at once.
func TestReportsAreGiven(t *testing.T) {
	h, _ := answering(t)
	give := func(parts ...string) *httptest.ResponseRecorder {
		var body strings.Builder
		for i, p := range parts {
			body.WriteString("--b\r\nContent-Disposition: form-data; name=\"report\"; filename=\"" + strconv.Itoa(i) + ".eml\"\r\n\r\n" + p + "\r\n")
		}
		r := httptest.NewRequest("POST", "/survey/returned", strings.NewReader(body.String()+"--b--\r\n"))
		r.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	w := give("Status: 5.1.1", "hello")
	if to := w.Header().Get("Location"); w.Code != http.StatusSeeOther || !strings.Contains(to, "marked=1") || !strings.Contains(to, "other=1") {
		t.Fatalf("%d %s", w.Code, to)
	}
	if status, page, _ := ask(t, h, "GET", w.Header().Get("Location"), nil); status != http.StatusOK || !strings.Contains(page, "1 marked now") {
		t.Errorf("%d, nothing is said", status)
	}
	if w := give(); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("no file: %d", w.Code)
	}
	if status, _, _ := post(t, h, "/survey/returned", "report=x"); status != http.StatusUnprocessableEntity {
		t.Errorf("no form with files: %d", status)
	}
	if status, page, _ := ask(t, h, "GET", "/survey?marked=<b>&known=-3", nil); status != http.StatusOK || strings.Contains(page, "<b>&") {
		t.Errorf("nonsense: %d", status)
	}
}
