package web

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"behold"
	"behold/internal/survey"
)

// Asking is whom we ask, as the pages of those who lead show it.
type Asking interface {
	// Survey draws for a day, NoDay for today; without keep nothing is kept.
	Survey(ctx context.Context, day behold.Day, now time.Time, keep bool) (survey.Drawn, bool, error)
	// SurveyCheck says what is missing for letters to be sent, if anything.
	SurveyCheck(context.Context) error
	Invites(ctx context.Context, from, to behold.Day) ([]behold.Invite, error)
	// Returned reads a report of a letter that came back, and adds to the tally.
	Returned(ctx context.Context, report io.Reader, now time.Time, t *behold.BounceTally) error
	Bounces(context.Context) ([]behold.Bounce, error)
	SaveSurveyText(context.Context, *behold.SurveyText) error
	SurveyPlaces(context.Context) ([]behold.SurveyPlace, error)
	SaveSurveyPlace(context.Context, *behold.SurveyPlace) error
	CloseSurveyPlace(ctx context.Context, id int64, closed bool) error
	// PreviewAsk is the letter that somebody of a language would get, as plain text.
	PreviewAsk(ctx context.Context, lang string, stream behold.Stream, touchpoint string) (subject, text string, err error)
	// SurveyBase is the address of the answer pages; "" when nobody said it.
	SurveyBase() string
}

const (
	askedDays = 90 // whose answers the page counts
	askedRows = 50 // invitations in the log
	drawRows  = 100
)

// A surveyView is the page of surveys.
type surveyView struct {
	on       bool
	missing  error // what stands in the way of letters
	drawn    survey.Drawn
	kept     bool
	noDraw   error // why nothing can be drawn
	whys     []whyCount
	rates    []askRate
	log      []behold.Invite
	saved    bool
	owner    bool
	bounces  int                 // addresses at which letters do not arrive
	returned *behold.BounceTally // of the reports that were just read
}

// A whyCount is how many are not asked for one reason.
type whyCount struct {
	why behold.NotAsked
	n   int
}

// An askRate is how many of a stream answered.
type askRate struct {
	stream               behold.Stream
	sent, answered, fell int // fell: the mail server refused them
}

// surveyPage shows today's draw and who answered.
func (s *server) surveyPage(w http.ResponseWriter, r *request) error {
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	v := surveyView{on: settings.Surveys.On, missing: s.Asking.SurveyCheck(r.Context()), saved: r.URL.Query().Has("saved"), owner: r.who.Role.May(behold.Owner)}
	v.drawn, _, v.noDraw = s.Asking.Survey(r.Context(), behold.NoDay, s.Now(), false)
	if v.noDraw != nil && behold.KindOf(v.noDraw) == behold.Internal {
		return v.noDraw
	}
	v.kept = !v.drawn.Day.Made.IsZero() && v.drawn.Day.Made.Before(s.Now())
	v.countWhys()
	invites, err := s.Asking.Invites(r.Context(), s.today()-askedDays, behold.NoDay)
	if err != nil {
		return err
	}
	v.count(invites)
	bounces, err := s.Asking.Bounces(r.Context())
	if err != nil {
		return err
	}
	v.bounces, v.returned = len(bounces), tallyIn(r.URL.Query())
	slices.Reverse(invites)
	v.log = invites[:min(len(invites), askedRows)]
	p := s.page(r, "/survey")
	return s.show(w, r, http.StatusOK, surveyContent(p.titled(p.T("survey.title")), v))
}

// mostReports is how many bytes of reports one form may have.
const mostReports = 16 << 20

// saveReturned reads reports of letters that came back.
func (s *server) saveReturned(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, mostReports)
	files, err := r.MultipartReader()
	if err != nil {
		return noReports(err)
	}
	var t behold.BounceTally
	for {
		part, err := files.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return noReports(err)
		}
		if part.FormName() == "report" && part.FileName() != "" {
			if err := s.Asking.Returned(r.Context(), part, s.Now(), &t); err != nil {
				return err
			}
		}
	}
	if t.Read == 0 {
		return noReports(nil)
	}
	q := url.Values{}
	for name, n := range map[string]int{"marked": t.Marked, "known": t.Known, "passing": t.Passing, "other": t.NotOurs + t.Other} {
		q.Set(name, strconv.Itoa(n))
	}
	seeOther(w, r, "/survey?"+q.Encode()+"#returned")
	return nil
}

func noReports(err error) error {
	return &behold.Error{Kind: behold.Invalid, Code: "survey_reports", Say: "no report arrived, or they were too much at once", Hint: "choose .eml files, sixteen megabytes at most", Err: err}
}

// tallyIn is what an address says that reports brought; nil where it says nothing.
func tallyIn(q url.Values) *behold.BounceTally {
	if !q.Has("marked") {
		return nil
	}
	n := func(name string) int {
		n, _ := strconv.Atoi(q.Get(name)) // nonsense counts nothing
		return max(0, n)
	}
	return &behold.BounceTally{Marked: n("marked"), Known: n("known"), Passing: n("passing"), Other: n("other")}
}

// countWhys counts the reasons of the level, the most frequent first.
func (v *surveyView) countWhys() {
	of := map[behold.NotAsked]int{}
	for i := range v.drawn.Askings {
		if k := &v.drawn.Askings[i]; k.Stream == behold.StreamLevel && !k.Drawn {
			of[k.Why]++
		}
	}
	for why, n := range of {
		v.whys = append(v.whys, whyCount{why, n})
	}
	slices.SortFunc(v.whys, func(a, b whyCount) int { return cmp.Or(b.n-a.n, strings.Compare(string(a.why), string(b.why))) })
}

func (v *surveyView) count(invites []behold.Invite) {
	for _, stream := range []behold.Stream{behold.StreamLevel, behold.StreamEvent, behold.StreamLost, behold.StreamAgain} {
		rate := askRate{stream: stream}
		for i := range invites {
			k := &invites[i]
			if k.Stream != stream {
				continue
			}
			if k.Why == "mail_address" {
				rate.fell++
			}
			if !k.Sent.IsZero() {
				rate.sent++
			}
			if k.Answered.Known() {
				rate.answered++
			}
		}
		if rate.sent+rate.fell > 0 {
			v.rates = append(v.rates, rate)
		}
	}
}

// asked are those who are asked.
func (v *surveyView) asked() (list []behold.Asking) {
	for _, k := range v.drawn.Askings {
		if k.Drawn {
			list = append(list, k)
		}
	}
	return list
}

// others are those who are not, those who rest for a while first.
func (v *surveyView) others() (list []behold.Asking) {
	for _, k := range v.drawn.Askings {
		if !k.Drawn && k.Stream == behold.StreamLevel && k.Why != behold.AskLot {
			list = append(list, k)
		}
	}
	return list[:min(len(list), drawRows)]
}

// calls are those who have left and whom only a colleague may ask why.
func (v *surveyView) calls() (list []behold.Asking) {
	for _, k := range v.drawn.Askings {
		if k.CallInstead() {
			list = append(list, k)
		}
	}
	return list[:min(len(list), askedRows)]
}

// stratumName says a stratum in words.
func (p page) stratumName(stratum string) string {
	var said []string
	for part := range strings.SplitSeq(stratum, "-") {
		if !p.Has("survey.stratum." + part) {
			return stratum
		}
		said = append(said, p.T("survey.stratum."+part))
	}
	return strings.Join(said, ", ")
}

// streamName says a stream, and of events the touchpoint.
func (p page) streamName(stream behold.Stream, touchpoint string) string {
	if touchpoint != "" {
		return p.T("survey.stream.touchpoint", "Touchpoint", p.T("voice.touchpoint."+touchpoint))
	}
	return p.T("survey.stream." + string(stream))
}

// inviteBecame says what became of an invitation.
func (p page) inviteBecame(v behold.Invite) string {
	switch {
	case !v.Finished.IsZero():
		return p.T("survey.became.answered", "Day", p.ShortDate(v.Answered))
	case v.Answered.Known():
		return p.T("survey.became.begun", "Day", p.ShortDate(v.Answered))
	case v.State == behold.InviteFailed && v.Why == "mail_address":
		return p.T("survey.became.refused")
	}
	return p.T("survey.became." + string(v.State))
}

// surveySettingsPage is what the owner decides about asking.
func (s *server) surveySettingsPage(w http.ResponseWriter, r *request) error {
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	p := s.page(r, "/survey")
	return s.show(w, r, http.StatusOK, surveySettingsContent(p.titled(p.T("survey.settings.title")), settings.Surveys))
}

func (s *server) saveSurveySettings(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if err := readForm(r); err != nil {
		return err
	}
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	if err := fillInSurveys(&settings.Surveys, r); err != nil {
		return err
	}
	if err := settings.Check(); err != nil {
		return err
	}
	if err := s.State.SaveSettings(r.Context(), settings, r.who.Email); err != nil {
		return err
	}
	seeOther(w, r, "/survey?saved")
	return nil
}

func fillInSurveys(set *behold.Surveys, r *request) error {
	for name, at := range map[string]*int{
		"daily": &set.Daily, "gap": &set.Gap, "silent": &set.GapSilent, "same": &set.GapSame, "firm": &set.GapFirm, "trouble": &set.AfterTrouble,
		"remind": &set.Remind, "from": &set.From, "to": &set.To, "events_daily": &set.EventsDaily, "near": &set.NearDays,
	} {
		n, err := strconv.Atoi(strings.TrimSpace(r.PostFormValue(name)))
		if err != nil {
			return &behold.Error{Kind: behold.Invalid, Code: "survey_number", Say: name + " is not a whole number", Hint: "write it in digits"}
		}
		*at = n
	}
	set.On, set.Lost, set.Again, set.SoftOptIn = r.PostForm.Has("on"), r.PostForm.Has("lost"), r.PostForm.Has("again"), r.PostForm.Has("soft")
	set.Events = strings.Join(r.PostForm["event"], ",")
	set.Modes = strings.ToUpper(strings.Join(strings.Fields(r.PostFormValue("modes")), ""))
	for _, mode := range []string{behold.SurveyNeutral, behold.SurveyMarketing, behold.SurveyOff} {
		set.Modes = strings.ReplaceAll(set.Modes, ":"+strings.ToUpper(mode), ":"+mode)
	}
	return nil
}

// A surveyWords is the questionnaire in one language, to read and to write.
type surveyWords struct {
	*survey.Words
	version int64
	who     string
	at      behold.Day
	saved   bool
	owner   bool
}

// inLanguage is the language of customers that a page is about.
func inLanguage(r *request, fallback string) string {
	if in := r.FormValue("in"); slices.Contains(behold.SurveyLanguages(), in) {
		return in
	}
	return fallback
}

func (s *server) surveyWordsPage(w http.ResponseWriter, r *request) error {
	text, err := s.Answers.SurveyText(r.Context(), -1)
	if err != nil {
		return err
	}
	p := s.page(r, "/survey")
	v := surveyWords{Words: survey.Given(inLanguage(r, p.Lang()), text), version: text.Version, who: text.Who, saved: r.URL.Query().Has("saved"), owner: r.who.Role.May(behold.Owner)}
	if v.at = behold.NoDay; text.Version > 0 {
		v.at = behold.DayOf(text.At.Local())
	}
	return s.show(w, r, http.StatusOK, surveyWordsContent(p.titled(p.T("survey.words.title")), v))
}

// saveSurveyWords keeps the next version of the company's words; whoever was asked
// before sees those they were asked with.
func (s *server) saveSurveyWords(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if err := readForm(r); err != nil {
		return err
	}
	before, err := s.Answers.SurveyText(r.Context(), -1)
	if err != nil {
		return err
	}
	in, says := inLanguage(r, "en"), map[string]string{}
	for _, key := range survey.Editable() {
		if r.PostForm.Has(key) {
			says[key] = r.PostFormValue(key)
		}
		if r.PostForm.Has("reset") {
			says[key] = ""
		}
	}
	after := behold.SurveyText{Who: r.who.Email, At: s.Now()}
	if after.Words, err = survey.Rewrite(before, in, says); err != nil {
		return err
	}
	if !sameWords(before.Words, after.Words) {
		if err := s.Asking.SaveSurveyText(r.Context(), &after); err != nil {
			return err
		}
	}
	seeOther(w, r, "/survey/words?in="+in+"&saved")
	return nil
}

func sameWords(a, b map[string]map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for lang, words := range a {
		if len(words) != len(b[lang]) {
			return false
		}
		for key, says := range words {
			if b[lang][key] != says {
				return false
			}
		}
	}
	return true
}

// A surveyPreview is what a customer would get.
type surveyPreview struct {
	in         string
	stream     behold.Stream
	touchpoint string
	subject    string
	text       string
}

func previewed(r *request) (behold.Stream, string) {
	stream, touchpoint, _ := strings.Cut(r.FormValue("stream"), " ")
	switch s := behold.Stream(stream); s {
	case behold.StreamLost, behold.StreamAgain:
		return s, ""
	case behold.StreamEvent:
		if slices.Contains(behold.Touchpoints(), touchpoint) {
			return s, touchpoint
		}
	}
	return behold.StreamLevel, ""
}

func (s *server) surveyPreviewPage(w http.ResponseWriter, r *request) error {
	p := s.page(r, "/survey")
	v := surveyPreview{in: inLanguage(r, p.Lang())}
	v.stream, v.touchpoint = previewed(r)
	var err error
	if v.subject, v.text, err = s.Asking.PreviewAsk(r.Context(), v.in, v.stream, v.touchpoint); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, surveyPreviewContent(p.titled(p.T("survey.preview.title")), v))
}

// surveyPreviewForm is the answer page as a customer sees it; it takes no answers.
func (s *server) surveyPreviewForm(w http.ResponseWriter, r *request) error {
	text, err := s.Answers.SurveyText(r.Context(), -1)
	if err != nil {
		return err
	}
	stream, touchpoint := previewed(r)
	v := s.answerView(r, inLanguage(r, "en"), text)
	pages := survey.Form(stream, touchpoint, append(behold.SurveyWishes()[:3:3], behold.SurveyTurns()[0]))
	v.pages, v.page, v.lead, v.inert, v.hideStop = len(pages), pageAsked(r, pages, nil), "page.level", true, true
	if v.pages == 1 {
		v.lead = "page.short"
	}
	v.items = pages[v.page]
	return s.showPlain(w, r, http.StatusOK, answerContent(v))
}

// surveyMissing says what stands in the way of letters.
func (p page) surveyMissing(err error) string {
	var e *behold.Error
	if errors.As(err, &e) && p.Has("survey.missing."+e.Code) {
		return p.T("survey.missing." + e.Code)
	}
	return p.T("survey.missing.other")
}

// written is what stands in the field of a key.
func (v *surveyWords) written(key string) string {
	if key == survey.OwnWords {
		return v.Own()
	}
	return v.T(key)
}

// pages counts those of the form that is shown.
func (v *surveyPreview) pages() int {
	return len(survey.Form(v.stream, v.touchpoint, nil))
}

func (v *surveyPreview) to(page int) templ.SafeURL {
	stream := string(v.stream)
	if v.touchpoint != "" {
		stream += " " + v.touchpoint
	}
	q := url.Values{"in": {v.in}, "stream": {stream}, "page": {strconv.Itoa(page)}}
	return templ.SafeURL("/survey/preview/form?" + q.Encode())
}
