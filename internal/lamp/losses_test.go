package lamp

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"behold"
)

// Table 18.1 of Fleiss, Levin and Paik (2003), two judges of 100 patients: kappa
// .68, its error .087.
func TestKappaOfFleiss(t *testing.T) {
	table := [3][3]int{{75, 1, 4}, {5, 4, 1}, {0, 0, 10}}
	words := []string{"psychotic", "neurotic", "organic"}
	var pairs [][2]string
	for i, row := range table {
		for j, n := range row {
			for range n {
				pairs = append(pairs, [2]string{words[i], words[j]})
			}
		}
	}
	a := agree(pairs)
	if a.Kappa == nil || a.Customers != 100 || a.Same != 89 {
		t.Fatalf("%+v", a)
	}
	if miss := (*a.High - *a.Kappa) / 1.96; math.Abs(*a.Kappa-.676) > .001 || math.Abs(miss-.087) > .001 {
		t.Errorf("kappa %.4f with an error of %.4f, want .676 and .087", *a.Kappa, miss)
	}
	if few := agree(pairs[:19]); few.Kappa != nil {
		t.Errorf("kappa of 19 customers: %v", *few.Kappa)
	}
	if same := agree(pairs[:50]); same.Kappa != nil {
		t.Errorf("kappa of one word: %v", *same.Kappa)
	}
}

// losses are customers who left: 40 of whom 30 said why.
func losses() []Loss {
	var all []Loss
	add := func(n int, said behold.Reason, by behold.Source, inferred behold.Reason, silent bool) {
		for range n {
			all = append(all, Loss{Customer: int32(len(all)), Said: said, By: by, Inferred: inferred, Silent: silent, Yearly: 1000})
		}
	}
	add(12, behold.Overlooked, behold.SaidByCustomer, behold.Overlooked, true)
	add(8, behold.Competitor, behold.SaidByColleague, behold.Overlooked, true)
	add(6, behold.SlowResponse, behold.SaidByCustomer, behold.SlowResponse, false)
	add(4, behold.Moved, behold.SaidByColleague, behold.UnknownReason, true)
	add(10, behold.UnknownReason, behold.SaidByColleague, behold.UnknownReason, true)
	return all
}

func TestTellLosses(t *testing.T) {
	r := TellLosses(losses())
	if r.Customers != 40 || r.Money != 40_000 || r.Said.Customers != 30 || r.Inferred.Customers != 40 {
		t.Fatalf("%d customers of %g, %d said, %d inferred", r.Customers, r.Money, r.Said.Customers, r.Inferred.Customers)
	}
	if r.SaidBy[behold.SaidByCustomer] != 18 || r.SaidBy[behold.SaidByColleague] != 12 {
		t.Errorf("said by %v", r.SaidBy)
	}
	overlooked := r.Said.Reasons[4]
	want := distuv.Beta{Alpha: 12.5, Beta: 18 + 9.5}
	if overlooked.Reason != behold.Overlooked || overlooked.Customers != 12 || math.Abs(*overlooked.Share-12.5/40) > 1e-12 ||
		math.Abs(*overlooked.Low-want.Quantile(.025)) > 1e-9 || math.Abs(*overlooked.High-want.Quantile(.975)) > 1e-9 || *overlooked.OfMoney != .4 {
		t.Errorf("overlooked: %+v", overlooked)
	}
	if len(r.Said.Reasons) != 20 || len(r.Inferred.Reasons) != 21 || len(r.Said.Families) != 6 || len(r.Inferred.Families) != 7 {
		t.Errorf("%d and %d reasons, %d and %d families", len(r.Said.Reasons), len(r.Inferred.Reasons), len(r.Said.Families), len(r.Inferred.Families))
	}
	sum := 0.0
	for _, p := range r.Inferred.Reasons {
		sum += *p.Share
	}
	if math.Abs(sum-1) > 1e-12 || math.Abs(*r.Said.Avoidable.Share+*r.Said.Unavoidable.Share-1) > 1e-12 {
		t.Errorf("shares of reasons sum to %g, avoidable and not to %g", sum, *r.Said.Avoidable.Share+*r.Said.Unavoidable.Share)
	}
	if r.Said.Unavoidable.Customers != 4 || r.Inferred.Unknown.Customers != 14 || r.Silent.Customers != 34 {
		t.Errorf("unavoidable %d, unknown %d, silent %d", r.Said.Unavoidable.Customers, r.Inferred.Unknown.Customers, r.Silent.Customers)
	}
	if r.Agreement.Customers != 26 || r.Agreement.Same != 18 || r.Agreement.Kappa == nil {
		t.Errorf("agreement %+v", r.Agreement)
	}
}

func TestFewLossesAreCounted(t *testing.T) {
	r := TellLosses(losses()[:19])
	if r.Said.Reasons[4].Share != nil || r.Said.Avoidable.Share != nil || r.Silent.Share != nil || r.Agreement.Kappa != nil {
		t.Errorf("shares of 19 customers: %+v", r)
	}
	if r.Said.Reasons[4].Customers != 12 || r.Said.Reasons[4].Money != 12_000 {
		t.Errorf("overlooked: %+v", r.Said.Reasons[4])
	}
	if none := TellLosses(nil); none.Customers != 0 || len(none.Repeated) != 6 {
		t.Errorf("nobody left: %+v", none)
	}
}
