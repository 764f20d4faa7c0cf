package web

import (
	"net/http"
	"strings"

	"behold"
)

// A settingsView is the form, as kept or as just filled in.
type settingsView struct {
	typed map[string]string // of each setting
	wrong map[string]bool
	may   bool // change them
	saved bool
	round *behold.Round // nil: none yet
	cases int           // that a strict list is measured by
}

func (s *server) settingsPage(w http.ResponseWriter, r *request) error {
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	v := settingsView{typed: map[string]string{}, saved: r.URL.Query().Has("saved")}
	p := s.page(r, "/settings")
	for _, g := range settingGroups() {
		for _, one := range g.all {
			v.typed[one.name] = one.show(settings)
			if p.Lang() != "en" && one.kind == aNumber {
				v.typed[one.name] = strings.ReplaceAll(v.typed[one.name], ".", ",")
			}
		}
	}
	return s.showSettings(w, r, http.StatusOK, v)
}

func (s *server) showSettings(w http.ResponseWriter, r *request, status int, v settingsView) (err error) {
	if v.round, err = s.lastRound(r.Context()); err != nil {
		return err
	}
	if v.cases, err = s.Hours.StrictCases(r.Context()); err != nil {
		return err
	}
	v.may = r.who.Role.May(behold.Owner)
	p := s.page(r, "/settings")
	return s.show(w, r, status, settingsContent(p.titled(p.T("page.settings.title")), v))
}

func (s *server) saveSettings(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	v, err := fillIn(&settings, r)
	if err != nil {
		return err
	}
	if len(v.wrong) > 0 {
		return s.showSettings(w, r, http.StatusUnprocessableEntity, v)
	}
	if err := settings.Check(); err != nil {
		return err
	}
	if err := s.State.SaveSettings(r.Context(), settings, r.who.Email); err != nil {
		return err
	}
	s.Live.Publish(News{Kind: SettingsSaved, Who: r.who})
	seeOther(w, r, "/settings?saved")
	return nil
}

// fillIn puts the form's answers into the settings, and keeps what was typed with
// what is wrong of it. What the form does not have stays as it is.
func fillIn(s *behold.Settings, r *request) (settingsView, error) {
	if err := r.ParseForm(); err != nil {
		return settingsView{}, &behold.Error{Kind: behold.Invalid, Code: "form", Say: "the form cannot be read", Err: err}
	}
	v := settingsView{typed: map[string]string{}, wrong: map[string]bool{}}
	for _, g := range settingGroups() {
		for _, one := range g.all {
			v.typed[one.name] = one.show(*s)
			if !r.PostForm.Has(one.name) {
				continue
			}
			typed := strings.TrimSpace(r.PostFormValue(one.name))
			v.typed[one.name] = cut(typed, 200)
			alone := behold.DefaultSettings()
			if one.read(typed, &alone) != nil || alone.Check() != nil {
				v.wrong[one.name] = true
			} else if err := one.read(typed, s); err != nil {
				return v, err
			}
		}
	}
	return v, nil
}

// cut keeps the first n runes.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
