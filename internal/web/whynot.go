package web

import (
	"context"
	"strings"

	"behold"
)

// A whyView is the question why a customer is not on the list, and its answers.
type whyView struct {
	asked   string
	answers []whyAnswer
	more    bool // customers are called so
}

// A whyAnswer is what became of one customer this morning.
type whyAnswer struct {
	id, name string
	says     string
}

// mostAnswers is how many customers of a name are answered for at once.
const mostAnswers = 5

// whyAsked answers for the customers whose name or number was asked for.
func (s *server) whyAsked(r *request, p page, list behold.TaskList, made behold.Day) (v whyView, err error) {
	v.asked = short(strings.TrimSpace(r.URL.Query().Get("why")))
	if v.asked == "" {
		return v, nil
	}
	ctx := r.Context()
	found, err := s.namedSo(ctx, v.asked, made)
	if err != nil {
		return v, err
	}
	for i := range found {
		c := &found[i]
		if !r.whose.Asks(c.Colleague) && !isOnList(list, r.who.Email, c.Number) {
			continue
		}
		if v.more = len(v.answers) == mostAnswers; v.more {
			break
		}
		says, err := s.whySays(ctx, p, list, made, c.Number)
		if err != nil {
			return v, err
		}
		v.answers = append(v.answers, whyAnswer{c.ID, nameOf(c.Name, c.ID), says})
	}
	return v, nil
}

// namedSo are the customers with a number, or else with words in their names.
func (s *server) namedSo(ctx context.Context, asked string, made behold.Day) ([]behold.Customer, error) {
	one, err := s.Facts.Customer(ctx, asked, endOfTime)
	if err == nil {
		return []behold.Customer{*one}, nil
	}
	if behold.KindOf(err) != behold.NotFound {
		return nil, err
	}
	rows, _, err := s.Facts.Standings(ctx, behold.StandingQuery{Day: made, Slice: behold.Slice{Search: asked, Sort: "name", Limit: 50}})
	var found []behold.Customer
	for i := range rows {
		found = append(found, behold.Customer{Number: rows[i].Customer, ID: rows[i].ID, Name: rows[i].Name, Colleague: rows[i].Colleague})
	}
	return found, err
}

// whySays is the sentence of one customer.
func (s *server) whySays(ctx context.Context, p page, list behold.TaskList, made behold.Day, customer int32) (string, error) {
	passed, err := s.Plans.PassedOver(ctx, made, customer)
	if err != nil {
		return "", err
	}
	colleague := ""
	for _, t := range list.Tasks {
		if t.Customer == customer {
			colleague = p.called(t.Colleague)
			passed = behold.Passed{Customer: customer, Why: behold.OnList, Facts: []behold.Fact{{Name: "place", Number: float64(t.Place), Day: behold.NoDay}}}
		}
	}
	return p.WhyNot(passed, colleague, p.settings.Currency), nil
}

// whyLine is what became of a customer this morning, for their own page; "" when
// no list was made.
func (s *server) whyLine(ctx context.Context, p page, round *behold.Round, customer int32) (string, error) {
	if round == nil {
		return "", nil
	}
	list, made, err := s.Plans.TaskList(ctx, round.Day)
	if err != nil || made != round.Day {
		return "", err
	}
	return s.whySays(ctx, p, list, made, customer)
}

// isOnList says whether a customer stands on a colleague's list.
func isOnList(list behold.TaskList, colleague string, customer int32) bool {
	key := behold.ColleagueKey(colleague)
	for _, t := range list.Tasks {
		if t.Customer == customer && t.Colleague == key {
			return key != ""
		}
	}
	return false
}
