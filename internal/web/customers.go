package web

import (
	"net/http"

	"behold"
)

// A customersView is the list of customers as they stand.
type customersView struct {
	part  part
	state behold.CustomerState
	rows  []behold.Standing
	round *behold.Round
}

func customerSorts() []string { return []string{"money", "value", "silence", "name", "last", "orders"} }

func customerStates() []behold.CustomerState {
	return []behold.CustomerState{behold.NewCustomer, behold.Active, behold.Quiet, behold.Lost, behold.Returned, behold.Closed}
}

func (s *server) customersPage(w http.ResponseWriter, r *request) error {
	v := customersView{part: partOf(r, customerSorts()), state: behold.CustomerState(r.URL.Query().Get("state"))}
	var err error
	if v.round, err = s.lastRound(r.Context()); err != nil {
		return err
	}
	if v.round != nil {
		v.rows, v.part.total, err = s.Facts.Standings(r.Context(), behold.StandingQuery{Day: v.round.Day, State: v.state, Whose: r.within(behold.Whose{}), Slice: v.part.Slice})
		if err != nil {
			return err
		}
	}
	p := s.page(r, "/customers")
	return s.show(w, r, http.StatusOK, customersContent(p.titled(p.T("page.customers.title")), v))
}
