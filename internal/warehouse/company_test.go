package warehouse

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"behold"
)

// The company as a whole, of a shop small enough to add up by hand.
func TestCompany(t *testing.T) {
	w := open(t)
	loadWith(t, w, receiptOf("a.csv"), twoOrders, []behold.Customer{
		{ID: "K-1", Name: "Ærø Kro", Colleague: "ida@x.example", Since: behold.Date(2025, 1, 3), AcquiredBy: "fair", AcquisitionCost: behold.Money{Minor: 5000, Currency: "DKK"}},
		{ID: "K-2", Since: behold.Date(2020, 1, 1)},
	})
	for table, rows := range map[behold.Table][]string{
		behold.TableColleagues: {"colleague=ida@x.example name=Ida team=North"},
		behold.TableContacts:   {"contact=B1 customer=K-1 at=2025-02-13", "contact=B2 customer=K-1 at=2024-12-13", "contact=B3 customer=K-2 at=2024-12-20", "contact=B4 customer=K-2 at=2025-02-20"},
		behold.TableEfforts:    {"month=2025-01-01 aim=new amount=100000 currency=DKK hours=8", "month=2025-02-01 aim=new amount=50000 currency=DKK", "month=2025-01-01 aim=existing hours=2.5", "month=2023-01-01 aim=existing hours=99"},
		behold.TableLosses:     {"customer=K-2 left_on=2025-01-20 reason=competitor", "customer=K-1 left_on=2024-05-02 won_back_on=2024-06-01"},
		behold.TableAnswers: {
			"answer=S1 customer=K-1 answered_at=2025-01-05 item=satisfaction value=5 scale_max=5 touchpoint=delivery",
			"answer=S2 customer=K-1 answered_at=2025-01-06 item=satisfaction value=4 scale_max=5 touchpoint=delivery",
			"answer=S3 customer=K-2 answered_at=2025-01-06 item=satisfaction value=5 scale_max=5",
			"answer=S3 customer=K-2 answered_at=2025-01-06 item=why text=Slow",
			"answer=S4 customer=K-2 answered_at=2023-01-06 item=satisfaction value=1 scale_max=5",
		},
	} {
		loadRecords(t, w, recordsReceipt(table, string(table)+".csv"), rows...)
	}
	day := behold.Date(2025, 2, 14)
	kr := func(x int64) behold.Money { return behold.Money{Minor: x * 100, Currency: "DKK"} }
	err := w.SaveStandings(t.Context(), day, 90, func(yield func(*behold.Standing) error) error {
		for _, st := range []behold.Standing{
			{Forecast: behold.Forecast{Customer: 0, State: behold.Active, Value: kr(300), MoneyAtRisk: kr(40)}, LoyaltyIndex: -1, Lamps: []behold.LampKind{behold.LampRhythm}},
			{Forecast: behold.Forecast{Customer: 1, State: behold.Lost, Last: behold.Date(2024, 11, 20), UsualGap: 20, SilentDays: 86, Value: kr(1), MoneyAtRisk: kr(0)}, LoyaltyIndex: -1},
		} {
			if err := yield(&st); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got := func(what any, err error) any {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return what
	}
	for name, c := range map[string][2]any{
		"losses":   {got(w.LossMonths(t.Context(), day)), []behold.LossMonth{{Month: behold.Date(2024, 12, 1), Missed: 1}, {Month: behold.Date(2025, 1, 1), Told: 1}}},
		"comments": {got(w.Comments(t.Context(), day, 5)), []behold.Comment{{ID: "K-2", At: behold.Date(2025, 1, 6), Text: "Slow", Row: "S3"}}},
		"standings": {got(w.StandingSums(t.Context(), day)), []behold.StandingSum{
			{State: behold.Active, Customers: 1, Value: kr(300), MoneyAtRisk: kr(40)}, {State: behold.Lost, Customers: 1, Value: kr(1), MoneyAtRisk: kr(0)},
		}},
		"efforts": {got(w.EffortSums(t.Context(), day)), []behold.EffortSum{
			{Aim: "existing", Months: 1, Hours: 2.5}, {Aim: "new", Months: 2, Amount: kr(1500), Hours: 8},
		}},
		"acquisitions": {got(w.Acquisitions(t.Context(), day)), []behold.Acquisition{{By: "fair", Customers: 1, Priced: 1, Cost: kr(50)}}},
		"teams":        {got(w.TeamSums(t.Context(), day)), []behold.TeamSum{{Team: "North", Colleagues: 1, Customers: 1, Value: kr(300), Lit: 1, Contacts: 2, Met: 1, MetQuarter: 1}}},
	} {
		if diff := cmp.Diff(c[1], c[0]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if list, err := w.StandingSums(t.Context(), day-1); err != nil || len(list) != 0 {
		t.Errorf("a day without standings has the sums %v, %v", list, err)
	}
}
