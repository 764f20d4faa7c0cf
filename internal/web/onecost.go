package web

import (
	"context"

	"behold"
)

// customerCosts say what losing one customer costs, and what stands beside it.
type customerCosts struct {
	says []string
	asks bool // the reader may work out what better terms must bring
}

// costsOf says what losing a customer costs over the years, from what to what, and
// what winning another costs and brings; nothing where no range is known.
func (s *server) costsOf(ctx context.Context, p page, st *behold.Standing, round *behold.Round) (c customerCosts, err error) {
	if st == nil || round == nil || s.Reckonings == nil || st.State == behold.Lost || st.State == behold.Closed {
		return c, nil
	}
	low, high, ok, err := s.Reckonings.CostRange(ctx, st, round.Day)
	if err != nil || !ok {
		return c, err
	}
	c.says = []string{p.T("economy.one.cost", "Cost", p.rough(st.Residual), "Range", p.RoughRange(low, high), "Years", p.settings.Years)}
	r, kept, err := s.Reckonings.Kept(ctx, round.Day)
	if c.asks = err == nil && kept && p.who.Role.May(behold.Manager); !c.asks || r.Effort.CAC == nil {
		return c, err
	}
	money := func(x float64) string { return p.Rough(behold.MoneyOf(x, r.Currency)) }
	c.says = append(c.says, p.T("economy.one.replace", "CAC", money(*r.Effort.CAC), "Brings", money(r.Effort.Brings)))
	if r.Worth.Referral != nil {
		c.says = append(c.says, p.T("economy.cost.referrals", "Money", money(*r.Worth.Referral)))
	}
	return c, nil
}
