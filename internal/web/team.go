package web

import (
	"context"
	"net/http"
	"strconv"

	"behold"
	walk "behold/internal/round"
	"behold/internal/team"
)

// Board is how those who look after customers are doing.
type Board interface {
	// TakeStock makes the board as of the day of a round.
	TakeStock(context.Context, behold.Day) (*walk.Board, error)
	// Rewards are lines of the ledger, in the order of writing.
	Rewards(context.Context, behold.RewardQuery) ([]behold.Reward, error)
	// Staff is who is known to work here, by e-mail in lower case.
	Staff(context.Context) (map[string]behold.Colleague, error)
}

// A teamView is who looks after the customers, what they give and what comes of it.
type teamView struct {
	overview
	teams     []behold.TeamSum
	board     *walk.Board
	told      walk.BoardTold
	pulse     *team.PulseReport
	open      int // decisions that are followed up
	late      int // of them, those past their day
	surprises surpriseSum
}

func (s *server) teamPage(w http.ResponseWriter, r *request) error {
	v := teamView{}
	var err error
	if v.overview, err = s.overview(r.Context()); err != nil {
		return err
	}
	p := s.page(r, "/team")
	if v.round != nil {
		if v.teams, err = s.Company.TeamSums(r.Context(), v.round.Day); err != nil {
			return err
		}
		if v.board, err = s.Board.TakeStock(r.Context(), v.round.Day); err != nil {
			return err
		}
		v.told = v.board.Tell(p.Phrases)
	}
	if v.pulse, err = s.pulseReport(r.Context()); err != nil {
		return err
	}
	decisions, err := s.Decisions.Decisions(r.Context())
	if err != nil {
		return err
	}
	for i := range decisions {
		if !decisions[i].Closed.Known() {
			v.open++
			if decisions[i].Late(s.today()) {
				v.late++
			}
		}
	}
	if v.surprises, err = s.surprisesOf(r.Context()); err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, teamContent(p.titled(p.T("nav.team")), v))
}

// attentionCSV is where attention goes, a row a group.
func (s *server) attentionCSV(w http.ResponseWriter, r *request) error {
	round, err := s.lastRound(r.Context())
	if err != nil {
		return err
	}
	out := download(w, "attention.csv")
	out.Write([]string{"by", "group", "customers", "contacts", "minutes", "share_of_minutes", "value", "currency", "share_of_value", "ratio", "low", "high", "met", "share_met", "verdict"})
	if round != nil {
		b, err := s.Board.TakeStock(r.Context(), round.Day)
		if err != nil {
			return err
		}
		for i := range b.Shares {
			out.Write(attentionRow(&b.Shares[i]))
		}
	}
	out.Flush()
	return out.Error()
}

func attentionRow(h *team.Share) []string {
	known := func(x *float64) string {
		if x == nil {
			return ""
		}
		return number(*x)
	}
	return []string{
		string(h.By), harmless(h.Group), strconv.Itoa(h.Customers), strconv.Itoa(h.Contacts), number(h.Minutes), number(h.OfMinutes), number(h.Value.Major()), h.Value.Currency,
		number(h.OfValue), known(h.Ratio), known(h.Low), known(h.High), strconv.Itoa(h.Met), number(h.MetShare), string(h.Verdict),
	}
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

// overlooked are the sentences that name who gets clearly less than they are worth.
func (p page) overlooked(b *walk.Board) (says []string) {
	for _, h := range b.Shares {
		if h.Verdict == team.Overlooked {
			if by := b.Overlooked(p.Phrases, h.By); len(says) == 0 || says[len(says)-1] != by {
				says = append(says, by)
			}
		}
	}
	return says
}

// keptBy is a customer who was kept and by whom, in a word or two.
func (p page) keptBy(r *behold.Reward, staff map[string]behold.Colleague) string {
	whose := r.Team
	if c, known := staff[r.Colleague]; known && r.Colleague != "" && c.Name != "" {
		whose = c.Name
	}
	if whose == "" {
		return nameOf(r.Name, r.Customer)
	}
	return p.T("board.kept_by", "Name", nameOf(r.Name, r.Customer), "Whose", whose)
}

// boardPicture draws a part for a wide and for a narrow window; "" when it has none.
func boardPicture(part walk.BoardPart) string {
	switch {
	case part.Ranges != nil:
		narrow := *part.Ranges
		narrow.ID += "-narrow"
		return twoSizes(part.Ranges.SVG(720), narrow.SVG(330))
	case part.Funnel != nil:
		narrow := *part.Funnel
		narrow.ID += "-narrow"
		return twoSizes(part.Funnel.SVG(720), narrow.SVG(330))
	}
	return ""
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

// teamLead is how many customers heard from us lately, in a sentence.
func (p page) teamLead(v teamView) string {
	all := v.sum()
	return p.N("team.lead", all.Customers, "Met", all.MetQuarter, "Share", p.shareWord(portion(all.MetQuarter, all.Customers)))
}
