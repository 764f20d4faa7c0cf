package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/a-h/templ"
	tongue "golang.org/x/text/language"

	"behold"
	"behold/internal/survey"
)

// Answers are what customers say, as the pages they say it on need it.
type Answers interface {
	// Invited is NotFound for an address that we did not make.
	Invited(ctx context.Context, token string) (behold.Invite, error)
	// Replies are what was answered to the invitations from one id to another.
	Replies(ctx context.Context, from, to int64) ([]behold.Reply, error)
	// Reply keeps what was answered, and opens a case where somebody must act.
	Reply(ctx context.Context, v *behold.Invite, replies []behold.Reply, finish bool, now time.Time) error
	CallMe(ctx context.Context, v *behold.Invite, number string, now time.Time) error
	NoSurveys(ctx context.Context, v *behold.Invite, now time.Time) error
	SurveyText(ctx context.Context, version int64) (behold.SurveyText, error)
	SurveyPlace(ctx context.Context, token string) (behold.SurveyPlace, error)
	SavePlaceAnswers(ctx context.Context, place int64, form string, items []behold.PlaceAnswer) error
}

// An answerView is one page that a customer sees.
type answerView struct {
	*survey.Words
	css      string
	company  string
	at       string // address of the form
	langs    []langLink
	page     int // from 0
	pages    int
	items    []survey.Item
	said     map[string]behold.Reply
	form     string // number of the page, where nobody is known
	lead     string // key
	title    string // key, of a page without questions
	says     string // key
	call     bool   // may we call you?
	callBad  bool
	stop     bool   // asks before it stops
	again    string // address of a new form
	hideStop bool
	inert    bool // a preview
	deeds    []behold.Deed
}

type langLink struct {
	lang, name, to string
}

// says is the words of a key with what belongs into them.
func (v *answerView) t(key string) string {
	return v.T(key, "company", v.company, "n", strconv.Itoa(v.page+1), "all", strconv.Itoa(v.pages))
}

// chosen says whether an option was chosen before, or in the letter.
func (v *answerView) chosen(item string, value int) bool {
	r, ok := v.said[item]
	return ok && r.Value == float64(value)
}

// answerView begins a page in the language of an invitation, or in the one that is
// asked for.
func (s *server) answerView(r *request, lang string, text behold.SurveyText) answerView {
	if asked := r.FormValue("lang"); asked != "" {
		lang = asked
	}
	v := answerView{Words: survey.Given(lang, text), css: s.assets.link("answer.css"), at: r.URL.EscapedPath(), pages: 1}
	if settings, err := s.State.Settings(r.Context()); err == nil {
		v.company = settings.Company
	}
	return v
}

// withLangs lets a customer choose another language.
func (v *answerView) withLangs() {
	for _, lang := range behold.SurveyLanguages() {
		q := url.Values{"lang": {lang}}
		if v.page > 0 {
			q.Set("page", strconv.Itoa(v.page+1))
		}
		v.langs = append(v.langs, langLink{lang, askedName(lang), v.at + "?" + q.Encode()})
	}
}

// askedName is what a language of the questionnaire calls itself.
func askedName(lang string) string {
	switch lang {
	case "de":
		return "Deutsch"
	case "fi":
		return "Suomi"
	}
	return languageName(lang)
}

func (s *server) showAnswer(w http.ResponseWriter, r *request, status int, v answerView) error {
	return s.showPlain(w, r, status, answerContent(v))
}

// showPlain answers without touching anything that a browser keeps.
func (s *server) showPlain(w http.ResponseWriter, r *request, status int, c templ.Component) error {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "private, no-store")
	w.Header().Set("Vary", "Accept-Language")
	w.Header().Set("X-Robots-Tag", "noindex, nofollow")
	w.Header().Set("Referrer-Policy", "no-referrer") // the address is the key
	w.WriteHeader(status)
	if err := c.Render(r.Context(), w); err != nil {
		s.Log.Debug("page not read to its end", "error", err)
	}
	return nil
}

// tell shows a page that says one thing.
func (s *server) tellCustomer(w http.ResponseWriter, r *request, status int, lang string, what string) error {
	v := s.answerView(r, lang, behold.SurveyText{})
	v.title, v.says = what+".title", what+".says"
	if what == "unknown" || what == "slow" {
		v.company = "" // whoever guesses addresses learns nothing
	}
	return s.showAnswer(w, r, status, v)
}

// spoken is the language of the questionnaire that a browser asks for.
func spoken(r *request, fallback string) string {
	var tags []tongue.Tag
	for _, lang := range behold.SurveyLanguages() {
		tags = append(tags, tongue.Make(lang))
	}
	wanted, _, err := tongue.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(wanted) == 0 {
		return fallback
	}
	_, i, sure := tongue.NewMatcher(tags).Match(wanted...)
	if sure == tongue.No {
		return fallback
	}
	return behold.SurveyLanguages()[i]
}

// invited finds the invitation of the address. Where there is none, or its time is
// over, the customer is told so, and done says that nothing is left to do.
func (s *server) invited(w http.ResponseWriter, r *request) (v behold.Invite, done bool, err error) {
	v, err = s.Answers.Invited(r.Context(), r.PathValue("token"))
	switch {
	case behold.KindOf(err) == behold.NotFound && err != nil:
		if s.knocks.tooMany(s.address(r.Request), s.Now()) {
			return v, true, s.tellCustomer(w, r, http.StatusTooManyRequests, spoken(r, "en"), "slow")
		}
		return v, true, s.tellCustomer(w, r, http.StatusNotFound, spoken(r, "en"), "unknown")
	case err != nil:
		return v, true, s.answerFailed(w, r, spoken(r, "en"), err)
	case v.Until.Known() && s.today() > v.Until && v.Finished.IsZero():
		return v, true, s.tellCustomer(w, r, http.StatusGone, v.Language, "expired")
	}
	return v, false, nil
}

// answerFailed says in the customer's language that it is our fault.
func (s *server) answerFailed(w http.ResponseWriter, r *request, lang string, err error) error {
	s.Log.Error("an answer page failed", "error", err)
	return s.tellCustomer(w, r, http.StatusServiceUnavailable, lang, "wrong")
}

// answerPage shows the questions and stores nothing: programs that look after mail
// open every address in it, and an answer that was chosen in the letter is only
// chosen here as well.
func (s *server) answerPage(w http.ResponseWriter, r *request) error {
	invite, done, err := s.invited(w, r)
	if done {
		return err
	}
	text, err := s.Answers.SurveyText(r.Context(), formVersion(invite.Form))
	if err != nil {
		return s.answerFailed(w, r, invite.Language, err)
	}
	v := s.answerView(r, invite.Language, text)
	if !invite.Finished.IsZero() {
		v = v.over(r)
		s.showDeeds(r, &v)
		return s.showAnswer(w, r, http.StatusOK, v)
	}
	replies, err := s.Answers.Replies(r.Context(), invite.ID, invite.ID)
	if err != nil {
		return s.answerFailed(w, r, invite.Language, err)
	}
	pages := survey.Form(invite.Stream, invite.Touchpoint, invite.Items)
	v.pages, v.page = len(pages), pageAsked(r, pages, replies)
	v.items, v.said, v.lead = pages[v.page], saidBefore(replies), "page.level"
	if v.pages == 1 {
		v.lead = "page.short"
	}
	for _, chosen := range survey.Accept(pages, r.URL.Query().Get) {
		if _, before := v.said[chosen.Item]; !before && chosen.Text == "" {
			v.said[chosen.Item] = chosen
		}
	}
	v.withLangs()
	return s.showAnswer(w, r, http.StatusOK, v)
}

// formVersion asks for the words that an invitation was made with; where those were
// ours, for a version that there is not.
func formVersion(version int64) int64 {
	if version == 0 {
		return 1 << 40
	}
	return version
}

// over is the page after the last one: thanks, or that there is nothing to do.
func (v answerView) over(r *request) answerView {
	v.title, v.says = "used.title", "used.says"
	switch q := r.URL.Query(); {
	case q.Has("called"):
		v.title, v.says = "thanks.title", "thanks.called"
	case q.Has("thanks"):
		v.title, v.says, v.call = "thanks.title", "thanks.says", true
	}
	return v
}

// pageAsked is the page that is asked for, else the first with nothing on it yet.
func pageAsked(r *request, pages [][]survey.Item, replies []behold.Reply) int {
	if n, err := strconv.Atoi(r.FormValue("page")); err == nil && n >= 1 && n <= len(pages) {
		return n - 1
	}
	said := saidBefore(replies)
	for i, page := range pages[:len(pages)-1] {
		answered := false
		for _, q := range page {
			_, ok := said[q.Name]
			answered = answered || ok
		}
		if !answered {
			return i
		}
	}
	return len(pages) - 1
}

func saidBefore(replies []behold.Reply) map[string]behold.Reply {
	said := map[string]behold.Reply{}
	for _, r := range replies {
		said[r.Item] = r
	}
	return said
}

// mostAnswer is how many bytes a form of answers may have.
const mostAnswer = 64 << 10

// saveAnswer keeps what is on a page; the last page ends the form. Sent twice, or
// after the end, it changes nothing.
func (s *server) saveAnswer(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, mostAnswer)
	if s.knocks.tooMany(s.address(r.Request), s.Now()) {
		return s.tellCustomer(w, r, http.StatusTooManyRequests, spoken(r, "en"), "slow")
	}
	invite, done, err := s.invited(w, r)
	if done {
		return err
	}
	if r.ParseForm() != nil {
		return s.tellCustomer(w, r, http.StatusBadRequest, invite.Language, "wrong")
	}
	there := r.URL.EscapedPath() + "?" + keptLang(r)
	if !invite.Finished.IsZero() {
		seeOther(w, r, there+"thanks")
		return nil
	}
	pages := survey.Form(invite.Stream, invite.Touchpoint, invite.Items)
	replies := survey.Accept(pages, r.PostFormValue)
	at := pageAsked(r, pages, nil)
	last := at == len(pages)-1
	finish := last && (len(replies) > 0 || invite.Answered.Known())
	if len(replies) > 0 || finish {
		if err := s.Answers.Reply(r.Context(), &invite, replies, finish, s.Now()); err != nil {
			return s.answerFailed(w, r, invite.Language, err)
		}
	}
	switch {
	case finish:
		seeOther(w, r, there+"thanks")
	case last:
		seeOther(w, r, there+"page=1") // nothing was answered at all
	default:
		seeOther(w, r, there+"page="+strconv.Itoa(at+2))
	}
	return nil
}

// keptLang carries the chosen language on.
func keptLang(r *request) string {
	if lang := r.FormValue("lang"); lang != "" {
		return url.Values{"lang": {lang}}.Encode() + "&"
	}
	return ""
}

// callMe keeps the number of one who wants to be called.
func (s *server) callMe(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, mostAnswer)
	if s.knocks.tooMany(s.address(r.Request), s.Now()) {
		return s.tellCustomer(w, r, http.StatusTooManyRequests, spoken(r, "en"), "slow")
	}
	invite, done, err := s.invited(w, r)
	if done {
		return err
	}
	page := "/a/" + url.PathEscape(r.PathValue("token"))
	number, ok := survey.Phone(r.PostFormValue("number"))
	if !ok {
		v := s.answerView(r, invite.Language, behold.SurveyText{})
		v.at, v.title, v.says, v.call, v.callBad = page, "thanks.title", "thanks.says", true, true
		return s.showAnswer(w, r, http.StatusUnprocessableEntity, v)
	}
	if err := s.Answers.CallMe(r.Context(), &invite, number, s.Now()); err != nil {
		return s.answerFailed(w, r, invite.Language, err)
	}
	seeOther(w, r, page+"?"+keptLang(r)+"called")
	return nil
}

// noSurveysPage asks first, as letters' own stop page does; it holds for as long
// as letters are kept, so that an invitation that has run out can be stopped too.
func (s *server) noSurveysPage(w http.ResponseWriter, r *request) error {
	invite, err := s.Answers.Invited(r.Context(), r.PathValue("token"))
	if err != nil {
		_, _, err := s.invited(w, r)
		return err
	}
	v := s.answerView(r, invite.Language, behold.SurveyText{})
	v.title, v.says, v.stop, v.hideStop = "stop.title", "stop.says", true, true
	if r.URL.Query().Has("done") {
		v.title, v.says, v.stop = "stop.done", "stop.done_says", false
	}
	return s.showAnswer(w, r, http.StatusOK, v)
}

// noSurveys is what a mail program sends when its own button is pressed (RFC 8058),
// and what the button of the page sends.
func (s *server) noSurveys(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, mostAnswer)
	invite, err := s.Answers.Invited(r.Context(), r.PathValue("token"))
	if err != nil {
		_, _, err := s.invited(w, r)
		return err
	}
	if err := s.Answers.NoSurveys(r.Context(), &invite, s.Now()); err != nil {
		return s.answerFailed(w, r, invite.Language, err)
	}
	seeOther(w, r, r.URL.EscapedPath()+"?"+keptLang(r)+"done")
	return nil
}
