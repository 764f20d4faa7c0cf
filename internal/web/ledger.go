package web

import (
	"net/http"
	"slices"
	"strconv"

	"behold"
	"behold/internal/team"
)

// A ledgerView is who was rewarded for whom, line by line.
type ledgerView struct {
	lines    []behold.Reward // the latest first
	balances []team.Balance
	staff    map[string]behold.Colleague
	mine     bool
}

// ledgerPage is the whole ledger for those who lead, and their own lines for
// others: where teams alone are rewarded there are none of anybody's own.
func (s *server) ledgerPage(w http.ResponseWriter, r *request) error {
	v, err := s.ledgerOf(r)
	if err != nil {
		return err
	}
	p := s.page(r, "/team")
	return s.show(w, r, http.StatusOK, ledgerContent(p.titled(p.T("ledger.title")), v))
}

func (s *server) ledgerOf(r *request) (v ledgerView, err error) {
	q := behold.RewardQuery{Since: behold.NoDay}
	if v.mine = !r.who.Role.May(behold.Manager); v.mine {
		if q.Colleague = r.who.Email; q.Colleague == "" {
			q.Colleague = "nobody"
		}
	}
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return v, err
	}
	if v.lines, err = s.Board.Rewards(r.Context(), q); err != nil {
		return v, err
	}
	if !settings.Individuals { // what was posted while it was on is the team's now
		if v.mine {
			v.lines = nil
		}
		for i := range v.lines {
			v.lines[i].Colleague = ""
		}
	}
	v.balances = team.Balances(v.lines, func(one *behold.Reward) string {
		if one.Colleague != "" {
			return one.Colleague
		}
		return one.Team
	})
	slices.Reverse(v.lines)
	v.staff, err = s.Board.Staff(r.Context())
	return v, err
}

func (s *server) ledgerCSV(w http.ResponseWriter, r *request) error {
	v, err := s.ledgerOf(r)
	if err != nil {
		return err
	}
	out := download(w, "ledger.csv")
	out.Write([]string{"line", "kind", "day", "customer", "name", "team", "colleague", "case", "at_risk_since", "chance_leave", "at_risk", "discount", "share", "points", "amount", "currency", "takes_back"})
	for i := range v.lines {
		l := &v.lines[i]
		back := ""
		if l.Back > 0 {
			back = strconv.FormatInt(l.Back, 10)
		}
		out.Write([]string{
			strconv.FormatInt(l.ID, 10), string(l.Kind), l.Day.String(), harmless(l.Customer), harmless(l.Name), harmless(l.Team), harmless(l.Colleague), l.Case, l.Since.String(),
			number(l.Leave), l.AtRisk.Decimal(), l.Discount.Decimal(), number(l.Share), number(l.Points), l.Amount.Decimal(), l.AtRisk.Currency, back,
		})
	}
	out.Flush()
	return out.Error()
}

// ledgerSays explains one line: why it is there and how it is worked out.
func (p page) ledgerSays(l *behold.Reward) string {
	switch l.Kind {
	case behold.RewardLost:
		return p.T("ledger.lost", "Line", l.Back, "Day", p.ShortDate(l.Day))
	case behold.RewardReopen:
		return p.T("ledger.reopened", "Line", l.Back, "Day", p.ShortDate(l.Day))
	}
	key := "ledger.listed"
	if l.Case != "" {
		key = "ledger.case"
	}
	says := p.T(key, "Since", p.ShortDate(l.Since), "Chance", p.Percent(l.Leave), "Day", p.ShortDate(l.Day))
	if l.Share > 0 {
		says += " " + p.T("ledger.amount", "Share", p.Percent(l.Share), "AtRisk", p.Money(l.AtRisk), "Discount", p.Money(l.Discount))
	}
	return says
}

// whose is the name of a colleague or of a team.
func (v ledgerView) whose(p page, name string) string {
	if c, known := v.staff[name]; known && c.Name != "" {
		return c.Name
	}
	if name == "" {
		return p.T("team.without")
	}
	return name
}

func (v ledgerView) of(p page, l *behold.Reward) string {
	if l.Colleague != "" {
		return v.whose(p, l.Colleague)
	}
	return v.whose(p, l.Team)
}
