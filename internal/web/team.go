package web

import (
	"net/http"

	"behold"
	"behold/internal/chart"
)

// A teamView is who looks after the customers, and how much they hear from us.
type teamView struct {
	overview
	teams []behold.TeamSum
}

func (s *server) teamPage(w http.ResponseWriter, r *request) error {
	v := teamView{}
	var err error
	if v.overview, err = s.overview(r.Context()); err != nil {
		return err
	}
	if v.round != nil {
		if v.teams, err = s.Company.TeamSums(r.Context(), v.round.Day); err != nil {
			return err
		}
	}
	p := s.page(r, "/team")
	return s.show(w, r, http.StatusOK, teamContent(p.titled(p.T("nav.team")), v))
}

// sum adds up the teams.
func (v teamView) sum() (all behold.TeamSum) {
	for _, t := range v.teams {
		all.Customers, all.Lit, all.Contacts = all.Customers+t.Customers, all.Lit+t.Lit, all.Contacts+t.Contacts
		all.Met, all.MetQuarter, all.Value = all.Met+t.Met, all.MetQuarter+t.MetQuarter, plus(all.Value, t.Value)
	}
	return all
}

// named says whether anybody looks after any customer.
func (v teamView) named() bool {
	for _, t := range v.teams {
		if !t.Nobody {
			return true
		}
	}
	return false
}

// team is what a row of the table is called.
func (p page) team(t behold.TeamSum) string {
	switch {
	case t.Nobody:
		return p.T("team.nobody")
	case t.Team == "":
		return p.T("team.without")
	}
	return t.Team
}

// portion is a count as a share of another; below 0 when there is none.
func portion(k, n int) float64 {
	if n <= 0 {
		return -1
	}
	return float64(k) / float64(n)
}

// teamPicture draws each team's share of the contacts as a dot and its share of
// the value as a ring.
func (p page) teamPicture(v teamView) string {
	all := v.sum()
	if len(v.teams) < 2 || all.Contacts == 0 || all.Value.Minor <= 0 {
		return ""
	}
	var rows []chart.RangeRow
	for _, t := range v.teams {
		contacts := portion(t.Contacts, all.Contacts)
		rows = append(rows, chart.RangeRow{Word: p.team(t), Says: p.Percent(contacts), Value: contacts, Beside: max(0, sharePart(t.Value, all.Value)), HasBeside: true})
	}
	return p.ranges("teams", p.T("team.picture"), rows)
}

// teamLead is how many customers heard from us lately, in a sentence.
func (p page) teamLead(v teamView) string {
	all := v.sum()
	return p.N("team.lead", all.Customers, "Met", all.MetQuarter, "Share", p.shareWord(portion(all.MetQuarter, all.Customers)))
}
