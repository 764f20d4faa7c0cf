package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"

	"behold"
)

// topCustomers is how many of the dearest the page of money names.
const topCustomers = 10

// A moneyView is what the customers are worth, what is at risk, and where money
// and hours went.
type moneyView struct {
	overview
	summary behold.LampSummary
	states  []behold.StandingSum
	top     []behold.Standing
	loyal   []behold.Listed
	efforts []behold.EffortSum
	came    []behold.Acquisition
	reckoned
	give concessionForm
}

func (s *server) moneyPage(w http.ResponseWriter, r *request) error {
	v, err := s.moneyOf(r)
	if err != nil {
		return err
	}
	p := s.page(r, "/money")
	if v.reckoned, err = s.reckon(r.Context(), v.round, p.Lang(), "money", "fairness"); err != nil {
		return err
	}
	if v.r != nil {
		if v.give, err = s.concession(r, v.round.Day, v.reckoned); err != nil {
			return err
		}
	}
	return s.show(w, r, http.StatusOK, moneyContent(p.titled(p.T("nav.money")), v))
}

func (s *server) moneyOf(r *request) (v moneyView, err error) {
	ctx := r.Context()
	if v.overview, err = s.overview(ctx); err != nil || v.round == nil {
		return v, err
	}
	if v.summary, err = s.State.LampSummary(ctx); err != nil {
		return v, err
	}
	if v.states, err = s.Company.StandingSums(ctx, v.round.Day); err != nil {
		return v, err
	}
	slices.SortStableFunc(v.states, func(a, b behold.StandingSum) int { return cmp.Compare(b.Value.Minor, a.Value.Minor) })
	if v.efforts, err = s.Company.EffortSums(ctx, v.round.Day); err != nil {
		return v, err
	}
	if v.came, err = s.Company.Acquisitions(ctx, v.round.Day); err != nil {
		return v, err
	}
	if v.loyal, err = s.mostLoyal(ctx, v.round.Day); err != nil {
		return v, err
	}
	v.top, _, err = s.Facts.Standings(ctx, behold.StandingQuery{Day: v.round.Day, Slice: behold.Slice{Sort: "value", Desc: true, Limit: topCustomers}})
	return v, err
}

// mostLoyal are the customers with the highest index of loyalty; none where it was
// not computed.
func (s *server) mostLoyal(ctx context.Context, day behold.Day) ([]behold.Listed, error) {
	if s.Lists == nil {
		return nil, nil
	}
	rows, _, err := s.Lists.Listed(ctx, behold.CustomerQuery{Day: day, Slice: behold.Slice{Sort: "loyalty", Desc: true, Limit: topCustomers}})
	return slices.DeleteFunc(rows, func(l behold.Listed) bool { return l.LoyaltyIndex < 0 }), err
}

// base is what all customers together are worth, and how many they are.
func (v moneyView) base() (sum behold.StandingSum) {
	for _, s := range v.states {
		sum.Customers += s.Customers
		sum.Value = plus(sum.Value, s.Value)
		sum.MoneyAtRisk = plus(sum.MoneyAtRisk, s.MoneyAtRisk)
	}
	return sum
}

func plus(a, b behold.Money) behold.Money {
	a.Minor += b.Minor
	if a.Currency == "" {
		a.Currency = b.Currency
	}
	return a
}

// part is the share of one amount in another; below 0 when there is nothing to
// be a share of.
func sharePart(a, of behold.Money) float64 {
	if of.Minor <= 0 {
		return -1
	}
	return float64(a.Minor) / float64(of.Minor)
}

func (p page) shareWord(share float64) string {
	if share < 0 {
		return "–"
	}
	return p.Percent(min(1, share))
}

// topShareOf is what the named customers are worth together, as a share of all.
func (p page) topTogether(v moneyView) string {
	var sum behold.Money
	for _, st := range v.top {
		sum = plus(sum, st.Value)
	}
	return p.N("money.top_says", len(v.top), "Share", p.shareWord(sharePart(sum, v.base().Value)))
}

// effort is what went into an aim, and its share in all of it.
func (v moneyView) effort(aim string) (e behold.EffortSum, ofMoney, ofHours float64) {
	var all behold.EffortSum
	for _, one := range v.efforts {
		all.Amount, all.Hours = plus(all.Amount, one.Amount), all.Hours+one.Hours
		if one.Aim == aim {
			e = one
		}
	}
	ofMoney, ofHours = sharePart(e.Amount, all.Amount), -1
	if all.Hours > 0 {
		ofHours = e.Hours / all.Hours
	}
	return e, ofMoney, ofHours
}

func (p page) aim(word string) string {
	if p.Has("money.aim." + word) {
		return p.T("money.aim." + word)
	}
	return word
}

// effortSays holds the effort for existing customers against what they bring.
func (p page) effortSays(v moneyView) string {
	_, ofMoney, ofHours := v.effort("existing")
	switch {
	case ofMoney >= 0 && ofHours >= 0:
		return p.T("money.effort_both", "Money", p.Percent(ofMoney), "Hours", p.Percent(ofHours))
	case ofMoney >= 0:
		return p.T("money.effort_money", "Money", p.Percent(ofMoney))
	case ofHours >= 0:
		return p.T("money.effort_hours", "Hours", p.Percent(ofHours))
	}
	return ""
}

// priced are the ways customers came of which a cost is known.
func (v moneyView) priced() (list []behold.Acquisition) {
	for _, a := range v.came {
		if a.Priced > 0 {
			list = append(list, a)
		}
	}
	return list
}

// costEach is what one customer cost, of those whose cost is known.
func costEach(a behold.Acquisition) behold.Money {
	return behold.Money{Minor: a.Cost.Minor / int64(max(1, a.Priced)), Currency: a.Cost.Currency}
}

// moneyCSV is the figures of the page, one a row.
func (s *server) moneyCSV(w http.ResponseWriter, r *request) error {
	last, err := s.lastRound(r.Context())
	if err != nil {
		return err
	}
	v, err := s.reckon(r.Context(), last, "")
	if err != nil {
		return err
	}
	out := download(w, "money.csv")
	out.Write([]string{"part", "what", "customers", "value", "low", "high", "currency"})
	if v.r != nil {
		for _, f := range v.r.Figures() {
			out.Write([]string{f.Part, f.What, strconv.Itoa(f.Customers), plainNumber(f.Value), plainNumber(f.Low), plainNumber(f.High), v.r.Currency})
		}
	}
	out.Flush()
	return out.Error()
}

// plainNumber is a figure in a file, empty when it is not known.
func plainNumber(x *float64) string {
	if x == nil {
		return ""
	}
	return strconv.FormatFloat(*x, 'f', -1, 64)
}
