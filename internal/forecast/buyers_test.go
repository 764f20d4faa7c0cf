package forecast

import (
	"math"
	"testing"

	"behold"
)

// Purchases within the merge days are one occasion, cancelled days none, and
// gaps run from the last day of an occasion to the first of the next.
func TestCustomerOccasions(t *testing.T) {
	h := &behold.Histories{
		AsOf: 200, Currency: "DKK", Customer: []int32{5, 6}, Start: []int{0, 6, 7},
		Day:      []behold.Day{100, 101, 102, 120, 150, 160, 90},
		Orders:   []int32{1, 1, 1, 1, 1, 0, 1},
		Bought:   []int64{1000, 500, 700, 900, 5000, 0, 100},
		Credited: []int64{0, 0, 0, 0, -5000, -100, 0},
		Goods:    []int32{1, 1, 1, 1, 1, 0, 1}, Returns: []int32{0, 0, 0, 0, 1, 1, 0},
	}
	o := CustomerOccasions(h, &behold.Clock{}, 1)
	b := o.Buyer[0]
	if o.Count[0] != 3 || o.First[0] != 100 || o.Last[0] != 120 {
		t.Errorf("occasions %d from %d to %d", o.Count[0], o.First[0], o.Last[0])
	}
	if b.Repeats != 2 || b.Last != 1+18 || b.Age != 19+80 || math.Abs(b.LogGaps-math.Log(18)) > 1e-12 {
		t.Errorf("buyer %+v", b)
	}
	if want := 30.0 / 3; math.Abs(o.Spent[0]-want) > 1e-9 {
		t.Errorf("spent %v an occasion, want %v", o.Spent[0], want)
	}
	if one := o.Buyer[1]; one.Repeats != 0 || one.Last != 0 || one.Age != 110 || one.LogGaps != 0 {
		t.Errorf("one occasion: %+v", one)
	}
}

func TestKindOccasions(t *testing.T) {
	h := &behold.Histories{
		AsOf: 100, Currency: "DKK", Customer: []int32{1}, Start: []int{0, 0},
		Kinds: behold.Kinds{First: []int{0, 2}, Category: []int32{3, 4}, Start: []int{0, 2, 3},
			Day: []behold.Day{10, 40, 50}, Bought: []int64{200, 400, 100}},
	}
	o := KindOccasions(h, &behold.Clock{}, 1)
	if o.Count[0] != 2 || o.Buyer[0].Last != 30 || o.Buyer[0].Silence() != 60 || o.Spent[0] != 3 || o.Count[1] != 1 {
		t.Errorf("%+v", o)
	}
}
