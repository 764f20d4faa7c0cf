package web

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"behold"
	"behold/internal/phrase"
)

// A page is what every page needs to know: the reader's language and what
// stands around the content.
type page struct {
	*phrase.Phrases
	title        string
	at           string // the place in the navigation, such as "/lamps"
	self         url.URL
	company      string
	invented     bool
	shop         shownInvention
	version      string
	lamps        int // lit; shown beside the word
	settings     behold.Settings
	desk         desk
	css          string
	script       string
	htmx         string // "" when it was not built in
	refresh      int    // seconds after which the page asks again; 0: never
	places       []place
	asked        *explanations     // the figures of this page that explain themselves
	who          behold.Colleague  // who asks; without a role: nobody is signed in
	signsIn      bool              // here, who asks has signed in
	keepsChanges bool              // who changed what is kept
	names        map[string]string // of colleagues, by e-mail, where the page names any
}

// page begins a page at a place of the navigation. A store that does not
// answer is no reason to show nothing: the settings are then the first ones.
func (s *server) page(r *request, at string) page {
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		settings = behold.DefaultSettings()
	}
	p := page{
		Phrases: phrase.For(language(r, settings.Language)).In(settings.Currency), at: at, self: *r.URL,
		company: settings.Company, invented: s.Invented, version: s.Version, settings: settings,
		who: r.who, signsIn: s.Access != nil, keepsChanges: s.Changes != nil, places: placesFor(r.who.Role, s.routes()), asked: &explanations{},
		css: s.assets.link("behold.css"), script: s.assets.link("behold.js"), htmx: s.assets.link("vendor/htmx.min.js"),
	}
	p.shop = s.invention(r.Context())
	p.invented = p.invented || p.shop.Stage != behold.NotInvented
	p.desk = s.desk(r)
	if r.whose.Colleague != "" {
		p.places = slices.DeleteFunc(p.places, func(at place) bool { return at.to != "/" && !slices.Contains(keepsToOwn(), at.to) })
	}
	if sum, err := s.State.LampSummaryOf(r.Context(), r.whose); err == nil && r.who.Role != "" {
		p.lamps = sum.Lamps
	}
	return p
}

const languageCookie = "behold_lang"

// language is what the address asks for, else the colleague's own, else what was
// chosen before, else what the browser prefers, else the company's own.
func language(r *request, fallback string) string {
	speaks := phrase.Languages()
	if asked := r.URL.Query().Get("lang"); slices.Contains(speaks, asked) {
		return asked
	}
	if slices.Contains(speaks, r.who.Language) {
		return r.who.Language
	}
	if c, err := r.Cookie(languageCookie); err == nil && slices.Contains(speaks, c.Value) {
		return c.Value
	}
	return phrase.Match(r.Header.Get("Accept-Language"), fallback)
}

// keepLanguage remembers the language that an address asks for: pages that it
// leads to are shown in it, too.
func keepLanguage(w http.ResponseWriter, r *request) {
	if asked := r.URL.Query().Get("lang"); slices.Contains(phrase.Languages(), asked) {
		http.SetCookie(w, &http.Cookie{
			Name: languageCookie, Value: asked, Path: "/", MaxAge: 365 * 24 * 3600,
			HttpOnly: true, SameSite: http.SameSiteLaxMode,
		})
	}
}

// show writes a page, whole or not at all.
func (s *server) show(w http.ResponseWriter, r *request, status int, c templ.Component) error {
	var b bytes.Buffer
	if err := c.Render(r.Context(), &b); err != nil {
		return err
	}
	keepLanguage(w, r)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "private, no-store")
	w.Header().Set("Vary", "Accept-Language, Cookie")
	w.WriteHeader(status)
	_, err := b.WriteTo(w)
	if err != nil {
		s.Log.Debug("page not read to its end", "error", err)
	}
	return nil
}

// place is the address of this page without its questions, as it was asked for:
// a customer's number may hold slashes and question marks.
func (p page) place() string { return p.self.EscapedPath() }

// in is the address of this page in another language.
func (p page) in(lang string) templ.SafeURL {
	q := p.self.Query()
	q.Set("lang", lang)
	return templ.SafeURL(p.place() + "?" + q.Encode())
}

// with is the address of this page with some of its questions changed; an
// empty value takes one away. A changed question begins at the first page.
func (p page) with(pairs ...string) templ.SafeURL {
	q := p.self.Query()
	q.Del("lang")
	q.Del("from")
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		}
	}
	if len(q) == 0 {
		return templ.SafeURL(p.place())
	}
	return templ.SafeURL(p.place() + "?" + q.Encode())
}

func (p page) titled(title string) page {
	p.title = title
	return p
}

func customerURL(id string) templ.SafeURL {
	return templ.SafeURL("/customers/" + url.PathEscape(id))
}

// lastRound is the last walk past the customers, or nil when there was none.
func (s *server) lastRound(ctx context.Context) (*behold.Round, error) {
	round, ok, err := s.State.LastRound(ctx, behold.NoDay)
	if err != nil || !ok {
		return nil, err
	}
	return &round, nil
}

func (s *server) errorPage(w http.ResponseWriter, r *request, status int, err error) error {
	p := s.page(r, "")
	p.title = p.T("page.error." + errorWord(status))
	return s.show(w, r, status, errorView(p, status, err))
}

func errorWord(status int) string {
	switch status {
	case http.StatusNotFound:
		return "not_found"
	case http.StatusUnprocessableEntity, http.StatusRequestEntityTooLarge:
		return "invalid"
	case http.StatusConflict:
		return "conflict"
	case http.StatusForbidden:
		return "forbidden"
	case http.StatusServiceUnavailable:
		return "unavailable"
	}
	return "internal"
}

func strangersPost(http.ResponseWriter, *request) error {
	return &behold.Error{Kind: behold.Forbidden, Code: "stranger", Say: "this form was sent from another site", Hint: "open Behold itself and try again there"}
}

// seeOther leads to the page that shows what a form did: sent once more, that
// page does nothing.
func seeOther(w http.ResponseWriter, r *request, to string) {
	keepLanguage(w, r)
	http.Redirect(w, r.Request, to, http.StatusSeeOther)
}
