package web

import (
	"cmp"
	"crypto/rand"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"behold"
	"behold/internal/survey"
)

// A surveyLinks is the page of links for touchpoints.
type surveyLinks struct {
	places []behold.SurveyPlace
	base   string
	here   string // where this page was opened, when nobody said another address
}

func (v *surveyLinks) to(p behold.SurveyPlace) string {
	return cmp.Or(v.base, v.here) + "/q/" + p.Token
}

// frame is what is put into a page of the company's own.
func (v *surveyLinks) frame(p behold.SurveyPlace, lang string) string {
	return `<iframe src="` + v.to(p) + framePath + `" title="` + survey.Given(cmp.Or(p.Language, lang), behold.SurveyText{}).T(cardTitle) + `" width="100%" height="760"></iframe>`
}

// surveyLinks are all links, and under which address they are reached.
func (s *server) surveyLinks(r *request) (v surveyLinks, err error) {
	v = surveyLinks{base: s.Asking.SurveyBase(), here: "http://" + r.Host}
	if s.https(r.Request) {
		v.here = "https://" + r.Host
	}
	v.places, err = s.Asking.SurveyPlaces(r.Context())
	return v, err
}

func (s *server) surveyLinksPage(w http.ResponseWriter, r *request) error {
	v, err := s.surveyLinks(r)
	if err != nil {
		return err
	}
	p := s.page(r, "/survey")
	return s.show(w, r, http.StatusOK, surveyLinksContent(p.titled(p.T("survey.links.title")), v))
}

func (s *server) addSurveyLink(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<14)
	if err := readForm(r); err != nil {
		return err
	}
	p := behold.SurveyPlace{
		Token: rand.Text()[:16], Name: cut(strings.TrimSpace(r.PostFormValue("name")), 80), Touchpoint: r.PostFormValue("touchpoint"),
		Language: r.PostFormValue("in"), Made: s.Now(),
	}
	if p.Language != "" {
		p.Language = inLanguage(r, "en")
	}
	site := strings.TrimSpace(r.PostFormValue("site"))
	origin, err := originOf(site)
	switch {
	case err != nil:
		return err
	case p.Name == "" || !slices.Contains(behold.Touchpoints(), p.Touchpoint):
		return &behold.Error{Kind: behold.Invalid, Code: "survey_link", Say: "a link has a name and a touchpoint", Hint: "such as “the counter” and purchase"}
	}
	p.Site = origin
	if err := s.Asking.SaveSurveyPlace(r.Context(), &p); err != nil {
		return err
	}
	seeOther(w, r, "/survey/links")
	return nil
}

// originOf reads the address of a company's own pages, so that those and no others
// may show the questions in a frame.
func originOf(site string) (string, error) {
	if site == "" {
		return "", nil
	}
	u, err := url.Parse(site)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || strings.ContainsAny(u.Host, " ;,'\"*") {
		return "", &behold.Error{Kind: behold.Invalid, Code: "survey_site", Say: site + " is no address of pages", Hint: "such as https://www.firm.example"}
	}
	return u.Scheme + "://" + strings.ToLower(u.Host), nil
}

func (s *server) closeSurveyLink(w http.ResponseWriter, r *request) error {
	if err := readForm(r); err != nil {
		return err
	}
	id, err := strconv.ParseInt(r.PathValue("link"), 10, 64)
	if err != nil {
		return nowhere(w, r)
	}
	if err := s.Asking.CloseSurveyPlace(r.Context(), id, r.PostFormValue("open") == ""); err != nil {
		return err
	}
	seeOther(w, r, "/survey/links")
	return nil
}

// surveyLinkURL is the address of something that is made of a link.
func surveyLinkURL(p behold.SurveyPlace, what string) templ.SafeURL {
	return templ.SafeURL("/survey/links/" + strconv.FormatInt(p.ID, 10) + "/" + what)
}

// code is the link as a picture; nothing where the address is too long for one.
func (v *surveyLinks) code(p page, at behold.SurveyPlace) string {
	svg, err := qrCode(v.to(at), p.T("survey.links.code", "Name", at.Name))
	if err != nil {
		return ""
	}
	return svg
}

// surveyLink is the link that a request names.
func (s *server) surveyLink(r *request) (v surveyLinks, at behold.SurveyPlace, err error) {
	if v, err = s.surveyLinks(r); err != nil {
		return v, at, err
	}
	i := slices.IndexFunc(v.places, func(p behold.SurveyPlace) bool { return strconv.FormatInt(p.ID, 10) == r.PathValue("link") })
	if i < 0 {
		return v, at, nowhere(nil, r)
	}
	return v, v.places[i], nil
}

// surveyCode is the picture alone, for receipts and posters.
func (s *server) surveyCode(w http.ResponseWriter, r *request) error {
	v, at, err := s.surveyLink(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Cache-Control", "private, no-store")
	_, err = w.Write([]byte(v.code(s.page(r, "/survey"), at)))
	return err
}

// cardTitle is the key of the question on a card, in the words of the questionnaire.
const cardTitle = "card.title"

// A surveyCard is what stands on the counter.
type surveyCard struct {
	*survey.Words
	css, company, svg, to string
}

// t says words of the questionnaire.
func (v surveyCard) t(key string) string { return v.T(key) }

// surveyCardPage is a card to print, in the language of the link or the reader's.
func (s *server) surveyCardPage(w http.ResponseWriter, r *request) error {
	v, at, err := s.surveyLink(r)
	if err != nil {
		return err
	}
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	text, err := s.Answers.SurveyText(r.Context(), -1)
	if err != nil {
		return err
	}
	p := s.page(r, "/survey")
	lang := inLanguage(r, cmp.Or(at.Language, p.Lang()))
	return s.showPlain(w, r, http.StatusOK, surveyCardContent(surveyCard{
		Words: survey.Given(lang, text), css: s.assets.link("answer.css"), company: settings.Company, svg: v.code(p, at), to: v.to(at),
	}))
}
