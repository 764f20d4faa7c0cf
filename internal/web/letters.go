package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"behold"
)

// Letters is what comes by e-mail, as pages show and change it.
type Letters interface {
	// Post is how letters leave this house.
	Post() Post
	// Letters are the latest, without what they say.
	Letters(ctx context.Context, most int) ([]behold.Letter, error)
	LetterChoices(context.Context) ([]behold.LetterChoice, error)
	SaveLetterChoice(context.Context, behold.LetterChoice) error
	// TestLetter sends one at once; its error has a Code for pages.
	TestLetter(ctx context.Context, address, language string) error
	// StopOf is the letter that the end of an address stops, NotFound for one that
	// we did not make.
	StopOf(ctx context.Context, token string) (kind behold.LetterKind, colleague string, err error)
}

// Post is the way of letters.
type Post struct {
	Server string // "": there is none
	From   string
	URL    string // of the pages, for links; "": not said
	Wrong  error  // what is missing; nil: nothing
}

// latestLetters is how many letters Settings lists.
const latestLetters = 20

// A lettersView is the part of Settings about letters.
type lettersView struct {
	kept   behold.Letters
	post   Post
	sent   []behold.Letter
	saved  bool
	tested string // the address that the mail server took
	wrong  error
	to     string // the address that was to be tried
}

func (s *server) lettersView(r *request, kept behold.Letters) (v lettersView, err error) {
	v.kept, v.post = kept, s.Letters.Post()
	v.saved, v.tested = r.URL.Query().Has("letters_saved"), r.URL.Query().Get("tested")
	v.to = r.who.Email
	v.sent, err = s.Letters.Letters(r.Context(), latestLetters)
	return v, err
}

// letterSettingsPage is Settings' page of letters.
func (s *server) letterSettingsPage(w http.ResponseWriter, r *request) error {
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	v, err := s.lettersView(r, settings.Letters)
	if err != nil {
		return err
	}
	return s.showLetterSettings(w, r, http.StatusOK, v)
}

func (s *server) showLetterSettings(w http.ResponseWriter, r *request, status int, v lettersView) error {
	p := s.page(r, "/settings")
	return s.show(w, r, status, letterSettingsContent(p.titled(p.T("letter.settings.title")), v))
}

func (s *server) saveLetterSettings(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	if err := fillInLetters(&settings.Letters, r); err != nil {
		return err
	}
	if err := settings.Check(); err != nil {
		return err
	}
	if err := s.State.SaveSettings(r.Context(), settings, r.who.Email); err != nil {
		return err
	}
	seeOther(w, r, "/settings/letters?letters_saved")
	return nil
}

func fillInLetters(l *behold.Letters, r *request) error {
	if err := r.ParseForm(); err != nil {
		return &behold.Error{Kind: behold.Invalid, Code: "form", Say: "the form cannot be read", Err: err}
	}
	hour, err := strconv.Atoi(r.PostFormValue("hour"))
	if err != nil {
		return &behold.Error{Kind: behold.Invalid, Say: "the hour is not a whole number", Code: "letter_hour"}
	}
	l.Hour, l.Days = hour, strings.Join(r.PostForm["day"], "")
	l.On, l.Morning, l.Weekly, l.Nothing = r.PostForm.Has("on"), r.PostForm.Has("morning"), r.PostForm.Has("weekly"), r.PostForm.Has("nothing")
	l.Monthly = r.PostForm.Has("monthly")
	return nil
}

// testLetter sends a test letter and says what stands in the way, if anything.
func (s *server) testLetter(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<12)
	to := strings.TrimSpace(r.PostFormValue("to"))
	failed := s.Letters.TestLetter(r.Context(), to, s.page(r, "").Lang())
	if failed == nil {
		seeOther(w, r, "/settings/letters?tested="+url.QueryEscape(to))
		return nil
	}
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	v, err := s.lettersView(r, settings.Letters)
	if err != nil {
		return err
	}
	v.wrong, v.to = failed, to
	return s.showLetterSettings(w, r, statusOf(failed), v)
}

// An accountLetters is one colleague's own choice.
type accountLetters struct {
	on       bool // the company sends letters
	morning  behold.LetterChoice
	weekly   behold.LetterChoice
	monthly  behold.LetterChoice
	whole    bool // may have the whole company's customers
	letters  behold.Letters
	refused  bool // the mail server refused the address the last time
	saved    bool
	nameless bool
}

func (s *server) accountLettersPage(w http.ResponseWriter, r *request) error {
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	choices, err := s.Letters.LetterChoices(r.Context())
	if err != nil {
		return err
	}
	v := accountLetters{
		on: settings.Letters.On, letters: settings.Letters, saved: r.URL.Query().Has("saved"), nameless: r.who.Email == "",
		morning: behold.LetterChoiceOf(&r.who, behold.MorningList, choices), weekly: behold.LetterChoiceOf(&r.who, behold.WeeklyLetter, choices),
		monthly: behold.LetterChoiceOf(&r.who, behold.MonthlyLetter, choices),
		whole:   seesAll(r.who.Role, settings),
	}
	if v.refused, err = s.refused(r.Context(), r.who.Email); err != nil {
		return err
	}
	p := s.page(r, "/account")
	return s.show(w, r, http.StatusOK, accountLettersContent(p.titled(p.T("letter.account.title")), v, r.who))
}

// seesAll says whether a role sees the whole company's customers.
func seesAll(role behold.Role, settings behold.Settings) bool {
	return role.May(behold.Manager) || settings.MembersSee == behold.SeeAll
}

// refused says whether the last letter to a colleague failed for its address.
func (s *server) refused(ctx context.Context, email string) (bool, error) {
	latest, err := s.Letters.Letters(ctx, 500)
	for i := range latest {
		if l := &latest[i]; l.Colleague == email && l.State != behold.LetterNothing {
			return l.Why == "mail_address", err
		}
	}
	return false, err
}

func (s *server) saveAccountLetters(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<12)
	if r.who.Email == "" {
		return &behold.Error{Kind: behold.Forbidden, Code: "no_who", Say: "nobody is signed in", Hint: "sign in to choose your letters"}
	}
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	for _, kind := range behold.LetterKinds() {
		c := behold.LetterChoice{Colleague: r.who.Email, Kind: kind, Wanted: r.PostFormValue(string(kind)) != "", Who: r.who.Email, At: s.Now()}
		if kind.Leads() && !r.who.Role.May(behold.Manager) {
			continue
		}
		c.Whole = kind == behold.MorningList && r.PostFormValue("about") == "whole" && seesAll(r.who.Role, settings)
		if err := s.Letters.SaveLetterChoice(r.Context(), c); err != nil {
			return err
		}
	}
	seeOther(w, r, "/account/letters?saved")
	return nil
}

// A stopView is the page at the end of a letter's address: it asks first, because
// programs that look after mail open every address in it.
type stopView struct {
	kind      behold.LetterKind
	colleague string
	token     string
	done      bool
}

func (s *server) stopPage(w http.ResponseWriter, r *request) error {
	kind, colleague, err := s.Letters.StopOf(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	v := stopView{kind: kind, colleague: colleague, token: r.PathValue("token"), done: r.URL.Query().Has("done")}
	p := s.page(r, "")
	return s.show(w, r, http.StatusOK, stopContent(p.titled(p.T("letter.stop.title")), v))
}

// stopLetter stops a letter for good. It is what a mail program sends when its own
// button is pressed (RFC 8058), without a session and without reading the answer.
func (s *server) stopLetter(w http.ResponseWriter, r *request) error {
	kind, colleague, err := s.Letters.StopOf(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	choices, err := s.Letters.LetterChoices(r.Context())
	if err != nil {
		return err
	}
	c := behold.LetterChoice{Colleague: colleague, Kind: kind}
	if at := slices.IndexFunc(choices, func(c behold.LetterChoice) bool { return c.Colleague == colleague && c.Kind == kind }); at >= 0 {
		c.Whole = choices[at].Whole
	}
	c.At = s.Now()
	if err := s.Letters.SaveLetterChoice(r.Context(), c); err != nil {
		return err
	}
	seeOther(w, r, r.URL.EscapedPath()+"?done")
	return nil
}

// letterWrong says what stood in the way of a letter, by the code of its error.
func (p page) letterWrong(code string) string {
	if key := "letter.wrong." + code; code != "" && p.Has(key) {
		return p.T(key)
	}
	return ""
}

// failed is the same for an error, or its English words.
func (p page) letterFailed(err error) string {
	var e *behold.Error
	if errors.As(err, &e) {
		if says := p.letterWrong(e.Code); says != "" {
			return says
		}
	}
	return sentence(err) + " " + hintOf(err)
}

// became says what became of a letter.
func (p page) became(l behold.Letter) string {
	says := p.T("letter.state." + string(l.State))
	if why := p.letterWrong(l.Why); why != "" {
		says += ": " + why
	}
	return says
}

// daysOfWeek are the days as settings count them, Monday first.
func daysOfWeek() []int { return []int{1, 2, 3, 4, 5, 6, 7} }

// weekdayName is the name of a day that settings count from Monday.
func (p page) weekdayName(day int) string { return p.T("weekday." + strconv.Itoa(day%7)) }
