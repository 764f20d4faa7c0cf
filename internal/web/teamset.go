package web

import (
	"net/http"
	"slices"

	"behold"
)

// A teamSetView is what the company decides about its people.
type teamSetView struct {
	typed map[string]string
	wrong map[string]bool
	saved bool
	on    behold.Team
}

// teamSettings are the numbers of it; what may be switched on stands beside them.
func teamSettings() []setting {
	return []setting{
		decimalNumber("reward_points", 1, func(s *behold.Settings) *float64 { return &s.RewardPoints }),
		decimalNumber("reward_share", 100, func(s *behold.Settings) *float64 { return &s.RewardShare }),
		wholeNumber("reward_back_months", func(s *behold.Settings) *int { return &s.RewardBack }),
		decimalNumber("surprise_budget", 1, func(s *behold.Settings) *float64 { return &s.SurpriseBudget }),
	}
}

func (s *server) teamSettingsPage(w http.ResponseWriter, r *request) error {
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	v := teamSetView{typed: map[string]string{}, saved: r.URL.Query().Has("saved"), on: settings.Team}
	for _, one := range teamSettings() {
		v.typed[one.name] = one.show(settings)
	}
	return s.showTeamSettings(w, r, http.StatusOK, v)
}

func (s *server) showTeamSettings(w http.ResponseWriter, r *request, status int, v teamSetView) error {
	p := s.page(r, "/settings")
	return s.show(w, r, status, teamSetContent(p.titled(p.T("teamset.title")), v))
}

func (s *server) saveTeamSettings(w http.ResponseWriter, r *request) error {
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	v := teamSetView{typed: map[string]string{}, wrong: map[string]bool{}}
	for _, one := range teamSettings() {
		v.typed[one.name] = cut(r.PostFormValue(one.name), 60)
		alone := behold.DefaultSettings()
		if one.read(v.typed[one.name], &alone) != nil || alone.Check() != nil {
			v.wrong[one.name] = true
			continue
		}
		if err := one.read(v.typed[one.name], &settings); err != nil {
			return err
		}
	}
	told := r.PostForm["on"]
	settings.Individuals, settings.Pulse = slices.Contains(told, "individuals"), slices.Contains(told, "pulse")
	v.on = settings.Team
	if len(v.wrong) > 0 {
		return s.showTeamSettings(w, r, http.StatusUnprocessableEntity, v)
	}
	if err := s.State.SaveSettings(r.Context(), settings, r.who.Email); err != nil {
		return err
	}
	s.Live.Publish(News{Kind: SettingsSaved, Who: r.who})
	seeOther(w, r, "/settings/team?saved")
	return nil
}

// ledgerRules are the company's rules for rewards, in a sentence.
func (p page) ledgerRules() string {
	t := p.settings.Team
	says := p.N("ledger.rule_points", int(t.RewardPoints))
	if t.RewardShare > 0 {
		says += " " + p.T("ledger.rule_share", "Share", p.Percent(t.RewardShare))
	} else {
		says += " " + p.T("ledger.rule_no_money")
	}
	if t.RewardBack > 0 {
		says += " " + p.N("ledger.rule_back", t.RewardBack)
	}
	return says
}
