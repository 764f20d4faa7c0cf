package web

import (
	"crypto/rand"
	"net/http"
	"strings"

	"behold"
	"behold/internal/survey"
)

// framePath is the end of the address under which a company's own page shows the
// questions in a frame.
const framePath = "/frame"

// place finds the link of a touchpoint; done says that the customer was told that
// there is none.
func (s *server) surveyPlace(w http.ResponseWriter, r *request) (p behold.SurveyPlace, done bool, err error) {
	p, err = s.Answers.SurveyPlace(r.Context(), r.PathValue("token"))
	switch {
	case err != nil && behold.KindOf(err) != behold.NotFound:
		return p, true, s.answerFailed(w, r, spoken(r, "en"), err)
	case err != nil && s.knocks.tooMany(s.address(r.Request), s.Now()):
		return p, true, s.tellCustomer(w, r, http.StatusTooManyRequests, spoken(r, "en"), "slow")
	case err != nil:
		return p, true, s.tellCustomer(w, r, http.StatusNotFound, spoken(r, "en"), "unknown")
	}
	if strings.HasSuffix(r.URL.Path, framePath) && p.Site != "" {
		w.Header().Set("Content-Security-Policy", strings.Replace(policy, "frame-ancestors 'none'", "frame-ancestors "+p.Site, 1))
	}
	if p.Closed {
		return p, true, s.tellCustomer(w, r, http.StatusGone, placeLanguage(r, &p), "expired")
	}
	return p, false, nil
}

func placeLanguage(r *request, p *behold.SurveyPlace) string {
	if p.Language != "" {
		return p.Language
	}
	return spoken(r, "en")
}

// placePage asks whoever stands at a touchpoint; nobody is known.
func (s *server) placePage(w http.ResponseWriter, r *request) error {
	p, done, err := s.surveyPlace(w, r)
	if done {
		return err
	}
	text, err := s.Answers.SurveyText(r.Context(), -1)
	if err != nil {
		return s.answerFailed(w, r, placeLanguage(r, &p), err)
	}
	v := s.answerView(r, placeLanguage(r, &p), text)
	v.hideStop = true
	if r.URL.Query().Has("thanks") {
		v.title, v.says, v.again = "thanks.title", "thanks.says", v.at+"?"+strings.TrimSuffix(keptLang(r), "&")
		s.showDeeds(r, &v)
		return s.showAnswer(w, r, http.StatusOK, v)
	}
	v.items, v.lead, v.form = survey.Form(behold.StreamOpen, p.Touchpoint, nil)[0], "page.short", rand.Text()
	v.withLangs()
	return s.showAnswer(w, r, http.StatusOK, v)
}

// savePlace keeps what somebody answered at a touchpoint, once for each page that
// was shown.
func (s *server) savePlace(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, mostAnswer)
	if s.knocks.tooMany(s.address(r.Request), s.Now()) {
		return s.tellCustomer(w, r, http.StatusTooManyRequests, spoken(r, "en"), "slow")
	}
	p, done, err := s.surveyPlace(w, r)
	if done {
		return err
	}
	lang := placeLanguage(r, &p)
	if r.ParseForm() != nil {
		return s.tellCustomer(w, r, http.StatusBadRequest, lang, "wrong")
	}
	text, err := s.Answers.SurveyText(r.Context(), -1)
	if err != nil {
		return s.answerFailed(w, r, lang, err)
	}
	form := r.PostFormValue("form")
	var kept []behold.PlaceAnswer
	for _, said := range survey.Accept(survey.Form(behold.StreamOpen, p.Touchpoint, nil), r.PostFormValue) {
		kept = append(kept, behold.PlaceAnswer{Item: said.Item, Value: said.Value, Scale: said.Scale, Text: said.Text, Form: text.Version, At: s.Now()})
	}
	if len(kept) == 0 || len(form) < 16 || len(form) > 64 {
		seeOther(w, r, r.URL.EscapedPath()+"?"+keptLang(r))
		return nil
	}
	if err := s.Answers.SavePlaceAnswers(r.Context(), p.ID, form, kept); err != nil {
		return s.answerFailed(w, r, lang, err)
	}
	seeOther(w, r, r.URL.EscapedPath()+"?"+keptLang(r)+"thanks")
	return nil
}
