package web

import (
	"cmp"
	"context"
	"net/http"
	"strconv"

	"behold"
)

// Lists is the list of all customers as they stand after the last round.
type Lists interface {
	Listed(context.Context, behold.CustomerQuery) ([]behold.Listed, int, error)
	Facets(context.Context) (behold.Facets, error)
}

// A customersView is the list of customers, and how it was narrowed.
type customersView struct {
	query  behold.CustomerQuery
	part   part
	facets []facet
	sorts  []sorting
	rows   []behold.Listed
	all    behold.Facets
	round  *behold.Round
}

func customerSorts(loyalty bool) []string {
	sorts := []string{"money", "value", "silence", "chance", "name", "last", "orders"}
	if loyalty {
		sorts = append(sorts, "loyalty")
	}
	return sorts
}

func customerStates() []behold.CustomerState {
	return []behold.CustomerState{behold.NewCustomer, behold.Active, behold.Quiet, behold.Lost, behold.Returned, behold.Closed}
}

func (s *server) customersPage(w http.ResponseWriter, r *request) error {
	p := s.page(r, "/customers")
	p.self = tidy(p.self)
	v, err := s.customers(r, p)
	if err != nil {
		return err
	}
	pushTidy(w, p)
	return s.show(w, r, http.StatusOK, customersContent(p.titled(p.T("page.customers.title")), v))
}

func (s *server) customers(r *request, p page) (v customersView, err error) {
	ctx := r.Context()
	if v.round, err = s.lastRound(ctx); err != nil || v.round == nil {
		return v, err
	}
	if v.all, err = s.Lists.Facets(ctx); err != nil {
		return v, err
	}
	v.query = customerQuery(r, v.round.Day, v.all.Loyalty)
	v.part = part{Slice: v.query.Slice}
	v.facets = p.customerFacets(r, v)
	v.sorts = p.customerSortings(v.all.Loyalty)
	v.rows, v.part.total, err = s.Lists.Listed(ctx, v.query)
	return v, err
}

// customerQuery is the list that the address asks for.
func customerQuery(r *request, day behold.Day, loyalty bool) behold.CustomerQuery {
	q := r.URL.Query()
	return behold.CustomerQuery{
		Day: day, State: behold.CustomerState(q.Get("state")), Lamp: behold.LampKind(q.Get("lamp")), Segment: q.Get("segment"), Region: q.Get("region"),
		Whose: whoseAsked(r), Slice: partOf(r, customerSorts(loyalty)).Slice,
	}
}

func (p page) customerFacets(r *request, v customersView) []facet {
	all := p.T("page.filter.all")
	return []facet{
		p.whoseFacet(r, v.all.Colleagues),
		facetOf("state", p.T("page.customers.state"), all, customerStates(), v.query.State, p.CustomerState, nil),
		facetOf("lamp", p.T("page.lamps.kind"), all, v.all.Lamps, v.query.Lamp, p.LampName, nil).rarely(),
		facetOf("segment", p.Column("segment"), all, v.all.Segments, v.query.Segment, p.Known, nil).rarely(),
		facetOf("region", p.Column("region"), all, v.all.Regions, v.query.Region, p.Known, nil).rarely(),
	}
}

// customerSortings are the orders that somebody would ask for, each with what
// is looked for first.
func (p page) customerSortings(loyalty bool) []sorting {
	list := []sorting{
		{"money-desc", p.T("list.sort_money")}, {"value-desc", p.T("list.sort_value")}, {"silence-desc", p.T("list.sort_silence")},
		{"chance-desc", p.T("list.sort_chance")}, {"name", p.T("list.sort_name")}, {"last-desc", p.T("list.sort_last")}, {"orders-desc", p.T("list.sort_orders")},
	}
	if loyalty {
		list = append(list, sorting{"loyalty", p.T("list.sort_loyalty")})
	}
	return list
}

// csvRun is how many customers a file of them is written at a time.
const csvRun = 10_000

// customersCSV writes all customers that the list's address asks for. The file is
// separated by commas (RFC 4180) with English columns and decimal points,
// whatever the language: the same file for every program that reads it.
func (s *server) customersCSV(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	round, err := s.lastRound(ctx)
	if err != nil {
		return err
	}
	query := customerQuery(r, behold.NoDay, true)
	if round != nil {
		query.Day = round.Day
	}
	query.Offset, query.Limit = 0, csvRun
	rows, total, err := s.Lists.Listed(ctx, query)
	if err != nil {
		return err
	}
	settings := s.page(r, "/customers").settings
	out := download(w, "customers.csv")
	out.Write([]string{"customer", "name", "colleague", "segment", "region", "state", "orders", "last_order_on", "silent_days", "usual_gap_days", "chance_leave", "value", "money_at_risk", "currency", "loyalty_index", "lamps"})
	for {
		for i := range rows {
			out.Write(customerCells(&rows[i], settings.Currency))
		}
		if query.Offset += csvRun; query.Offset >= total || len(rows) == 0 {
			break
		}
		if rows, _, err = s.Lists.Listed(ctx, query); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func customerCells(l *behold.Listed, currency string) []string {
	loyalty, gap, lamps := "", "", ""
	if l.LoyaltyIndex >= 0 {
		loyalty = number(l.LoyaltyIndex)
	}
	if l.UsualGap > 0 {
		gap = number(l.UsualGap)
	}
	for i, k := range l.Lamps {
		if i > 0 {
			lamps += ";"
		}
		lamps += string(k)
	}
	return []string{
		harmless(l.ID), harmless(l.Name), harmless(l.Colleague), harmless(l.Segment), harmless(l.Region), string(l.State),
		strconv.Itoa(int(l.Orders)), l.Last.String(), strconv.Itoa(int(l.SilentDays)), gap, number(l.ChanceLeave),
		l.Value.Decimal(), l.MoneyAtRisk.Decimal(), cmp.Or(l.MoneyAtRisk.Currency, currency), loyalty, lamps,
	}
}

// forecastOfListed is what a row says of the chance to leave.
func forecastOfListed(l behold.Listed) behold.Forecast {
	return behold.Forecast{ChanceLeave: l.ChanceLeave, ChanceLeaveLow: l.ChanceLeaveLow, ChanceLeaveHigh: l.ChanceLeaveHigh, Calibrated: l.Calibrated}
}

// loyalty is a customer's index; of one who has none, that.
func (p page) loyalty(index float64) string {
	if index < 0 {
		return p.T("list.no_index")
	}
	return p.Decimal(index, 0)
}
