package web

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"behold"
)

func (s *shop) Listed(_ context.Context, q behold.CustomerQuery) ([]behold.Listed, int, error) {
	var found []behold.Listed
	for i, st := range s.standings {
		var c behold.Customer
		if i < len(s.customers) { // a test may know of how somebody stands, and of nothing else
			c = s.customers[i]
		}
		words := strings.ToLower(q.Search)
		if q.State != "" && st.State != q.State || q.Lamp != "" && !slices.Contains(st.Lamps, q.Lamp) || !q.Whose.Asks(c.Colleague) ||
			q.Segment != "" && q.Segment != c.Segment || q.Region != "" && q.Region != c.Region || !strings.Contains(strings.ToLower(st.Name+"\n"+st.ID), words) {
			continue
		}
		found = append(found, behold.Listed{
			Number: st.Customer, ID: st.ID, Name: st.Name, Colleague: c.Colleague, Segment: c.Segment, Region: c.Region, State: st.State,
			Orders: st.Orders, Occasions: st.Occasions, Last: st.Last, UsualGap: st.UsualGap, SilentDays: st.SilentDays,
			ChanceLeave: st.ChanceLeave, ChanceLeaveLow: st.ChanceLeaveLow, ChanceLeaveHigh: st.ChanceLeaveHigh, Calibrated: st.Calibrated,
			Value: st.Value, MoneyAtRisk: st.MoneyAtRisk, LoyaltyIndex: st.LoyaltyIndex, Lamps: st.Lamps,
		})
	}
	slices.SortStableFunc(found, func(a, b behold.Listed) int {
		by := cmp.Compare(a.MoneyAtRisk.Minor, b.MoneyAtRisk.Minor)
		switch q.Sort {
		case "":
			by = -by
		case "name":
			by = cmp.Compare(a.Name, b.Name)
		case "value":
			by = cmp.Compare(a.Value.Minor, b.Value.Minor)
		}
		if q.Desc {
			by = -by
		}
		return by
	})
	return cutOut(found, q.Slice), len(found), nil
}

func (s *shop) Facets(context.Context) (behold.Facets, error) {
	f := behold.Facets{Customers: len(s.standings)}
	add := func(list *[]string, word string) {
		if word != "" && !slices.Contains(*list, word) {
			*list = append(*list, word)
		}
	}
	for i, st := range s.standings {
		add(&f.Colleagues, behold.ColleagueKey(s.customers[i].Colleague))
		add(&f.Segments, s.customers[i].Segment)
		add(&f.Regions, s.customers[i].Region)
		for _, k := range st.Lamps {
			if !slices.Contains(f.Lamps, k) {
				f.Lamps = append(f.Lamps, k)
			}
		}
		f.Loyalty = f.Loyalty || st.LoyaltyIndex >= 0
	}
	return f, nil
}

func (s *shop) LampSummaryOf(_ context.Context, whose behold.Whose) (behold.LampSummary, error) {
	own := *s.summed(func(l *behold.LampCard) bool { return whose.Asks(l.Colleague) })
	all := s.summed(func(*behold.LampCard) bool { return true })
	own.High, own.Middle = all.High, all.Middle
	return own, nil
}

func (s *shop) Portrait(_ context.Context, customer int32, day behold.Day) (behold.Portrait, error) {
	if customer != 0 {
		return behold.Portrait{Prices: behold.PriceCheck{Lines: 40, Compared: 2}}, nil
	}
	kr := func(x int64) behold.Money { return behold.Money{Minor: x * 100, Currency: "DKK"} }
	return behold.Portrait{
		People: []behold.PortraitPerson{
			{ID: "P-2", Name: "Bo Lind", Role: "køkkenchef", Phone: "12 34 56 78", From: day - 800, To: behold.NoDay, Bounced: true},
			{ID: "P-1", Name: "Ida Krogh", From: day - 900, To: day - 310},
		},
		Channels: []behold.ChannelUse{{Channel: "call", In: 7, Out: 3, Last: day - 8}, {Channel: "telex", In: 2, Last: day - 80}},
		Answers: []behold.ItemAnswer{
			{Item: "satisfaction", Value: 5, Scale: 5, At: day - 40, Before: 3, Times: 2},
			{Item: "recommend", Value: 7.5, Scale: math.NaN(), At: day - 40, Before: 8, Times: 2}, {Item: "mood of the day", Value: 2, Scale: 5, At: day - 400, Before: math.NaN(), Times: 1},
		},
		Prices: behold.PriceCheck{Lines: 40, Compared: 12, Paid: kr(10800), Usual: kr(10000), Products: []behold.PriceGap{
			{Product: "Kaffe", Lines: 6, Paid: kr(5800), Usual: kr(5000)}, {Product: "Te", Lines: 3, Paid: kr(2500), Usual: kr(2500)}, {Product: "Kopper", Lines: 3, Paid: kr(2500), Usual: kr(2500)}}},
	}, nil
}

func (s *shop) OrdersOf(_ context.Context, customers []int32, since, _ behold.Day) (map[int32][]behold.OrderSummary, error) {
	all := map[int32][]behold.OrderSummary{}
	for _, n := range customers {
		for _, o := range s.orders[n] {
			if behold.DayOf(o.At) >= since {
				all[n] = append(all[n], o)
			}
		}
	}
	return all, nil
}
