package web

import (
	"context"
	"fmt"
	"io"

	"behold"
	"behold/internal/lamp"
	walk "behold/internal/round"
)

// The company as a whole, of the shop of the tests: what is not there in an
// empty shop is not there here.
func (s *shop) LossMonths(_ context.Context, day behold.Day) ([]behold.LossMonth, error) {
	if len(s.customers) == 0 {
		return nil, nil
	}
	return []behold.LossMonth{{Month: behold.Date(2025, 3, 1), Missed: 4}, {Month: behold.Date(2025, 6, 1), Missed: 9, Told: 2}, {Month: behold.Date(2025, 10, 1), Missed: 3}}, nil
}

func (s *shop) Comments(_ context.Context, day behold.Day, most int) ([]behold.Comment, error) {
	if len(s.customers) == 0 {
		return nil, nil
	}
	return []behold.Comment{{ID: strandID, Name: "Hotel Strandgården", At: day - 1, Touchpoint: "delivery", Text: "Late <b>again</b>."}}, nil
}

func (s *shop) StandingSums(context.Context, behold.Day) (list []behold.StandingSum, err error) {
	by := map[behold.CustomerState]*behold.StandingSum{}
	for _, st := range s.standings {
		if by[st.State] == nil {
			list = append(list, behold.StandingSum{State: st.State})
		}
		by[st.State] = &list[len(list)-1]
	}
	for i := range list {
		for _, st := range s.standings {
			if st.State == list[i].State {
				list[i].Customers++
				list[i].Value, list[i].MoneyAtRisk = plus(list[i].Value, st.Value), plus(list[i].MoneyAtRisk, st.MoneyAtRisk)
			}
		}
	}
	return list, nil
}

func (s *shop) EffortSums(context.Context, behold.Day) ([]behold.EffortSum, error) {
	if len(s.customers) == 0 {
		return nil, nil
	}
	return []behold.EffortSum{
		{Aim: "existing", Months: 12, Amount: behold.Money{Minor: 2200000, Currency: "DKK"}, Hours: 70},
		{Aim: "new", Months: 12, Amount: behold.Money{Minor: 7800000, Currency: "DKK"}, Hours: 240},
	}, nil
}

func (s *shop) Acquisitions(context.Context, behold.Day) ([]behold.Acquisition, error) {
	if len(s.customers) == 0 {
		return nil, nil
	}
	return []behold.Acquisition{{By: "<b>fair</b>", Customers: 8, Priced: 4, Cost: behold.Money{Minor: 400000, Currency: "DKK"}}, {Customers: 2}}, nil
}

func (s *shop) TeamSums(context.Context, behold.Day) ([]behold.TeamSum, error) {
	if len(s.customers) == 0 {
		return nil, nil
	}
	kr := func(x int64) behold.Money { return behold.Money{Minor: x * 100, Currency: "DKK"} }
	return []behold.TeamSum{
		{Team: "Vest", Colleagues: 2, Customers: 70, Value: kr(900000), Lit: 4, Contacts: 30, Met: 12, MetQuarter: 26},
		{Colleagues: 1, Customers: 30, Value: kr(300000), Lit: 1, Contacts: 10, Met: 3, MetQuarter: 8},
		{Nobody: true, Customers: 30, Value: kr(100000)},
	}, nil
}

func (s *shop) Losses(_ context.Context, day behold.Day, progress func(done, total int64)) (*walk.LossReport, error) {
	progress(1, 2)
	r := &walk.LossReport{Day: day, Since: day - 730, Currency: "DKK"}
	var all []lamp.Loss
	if len(s.customers) > 0 {
		r.Known = true
		for i := range 60 {
			l := lamp.Loss{Customer: int32(i), Inferred: behold.Reasons()[i%21], Silent: i%3 == 0, Yearly: float64(1000 * i)}
			if i%2 == 0 {
				l.Said, l.By = behold.Reasons()[i%7], behold.SaidByCustomer
			}
			all = append(all, l)
		}
	}
	r.LossReasons = lamp.TellLosses(all)
	return r, nil
}

func (s *shop) WriteLosses(_ context.Context, w io.Writer, r *walk.LossReport, language string) error {
	_, err := fmt.Fprintf(w, "<html lang=%q>%d", language, r.Customers)
	return err
}
