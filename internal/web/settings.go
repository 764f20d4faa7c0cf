package web

import (
	"net/http"
	"strconv"
	"strings"

	"behold"
)

// A settingsView is the form, as kept or as just filled in.
type settingsView struct {
	kept  behold.Settings
	wrong error // what was wrong with what was filled in
	saved bool
	round *behold.Round // nil: none yet
}

func (s *server) settingsPage(w http.ResponseWriter, r *request) error {
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	round, err := s.lastRound(r.Context())
	if err != nil {
		return err
	}
	p := s.page(r, "/settings")
	v := settingsView{kept: settings, saved: r.URL.Query().Has("saved"), round: round}
	return s.show(w, r, http.StatusOK, settingsContent(p.titled(p.T("page.settings.title")), v))
}

func (s *server) saveSettings(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	wrong := fillIn(&settings, r)
	if wrong == nil {
		wrong = settings.Check()
	}
	if wrong == nil {
		if err := s.State.SaveSettings(r.Context(), settings, r.who.Email); err != nil {
			return err
		}
		s.Live.Publish(News{Kind: SettingsSaved, Who: r.who})
		seeOther(w, r, "/settings?saved")
		return nil
	}
	p := s.page(r, "/settings")
	v := settingsView{kept: settings, wrong: wrong}
	return s.show(w, r, http.StatusUnprocessableEntity, settingsContent(p.titled(p.T("page.settings.title")), v))
}

// fillIn puts the form's answers into the settings.
func fillIn(s *behold.Settings, r *request) error {
	if err := r.ParseForm(); err != nil {
		return &behold.Error{Kind: behold.Invalid, Say: "the form cannot be read", Err: err}
	}
	s.Company = cut(strings.TrimSpace(r.PostFormValue("company")), 120)
	s.Currency = strings.ToUpper(strings.TrimSpace(r.PostFormValue("currency")))
	s.Country = strings.ToUpper(strings.TrimSpace(r.PostFormValue("country")))
	s.Language = r.PostFormValue("language")
	dial, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(r.PostFormValue("dial")), ",", "."), 64)
	if err != nil {
		return &behold.Error{Kind: behold.Invalid, Say: "the dial is not a number"}
	}
	days, err := strconv.Atoi(strings.TrimSpace(r.PostFormValue("merge_days")))
	if err != nil {
		return &behold.Error{Kind: behold.Invalid, Say: "the merge days are not a whole number"}
	}
	s.FalseLamps, s.MergeDays = dial, days
	if see := r.PostFormValue("members_see"); see != "" {
		s.MembersSee = see
	}
	return nil
}

// cut keeps the first n runes.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
