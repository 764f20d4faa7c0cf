package round

import (
	"slices"
	"testing"

	"behold"
)

// A file imported between the reading of histories and of dealings brings
// customers that only one of them has.
func TestOnlyCustomersOfBoth(t *testing.T) {
	h := &behold.Histories{Customer: []int32{1, 3, 4}, Start: []int{0, 0, 1, 1}, Day: []behold.Day{7}, Orders: []int32{1},
		Bought: []int64{9}, Credited: []int64{0}, Goods: []int32{1}, Returns: []int32{0}}
	d := &behold.Dealings{Customer: []int32{1, 2, 3}}
	d.Quotes.Put()
	d.Quotes.Put(behold.Quote{ID: 2})
	d.Quotes.Put(behold.Quote{ID: 3})
	both := together(h, d)
	if !slices.Equal(both.h.Customer, []int32{1, 3}) || !slices.Equal(both.deals.Customer, []int32{1, 3}) {
		t.Fatalf("histories of %v, dealings of %v; want those of 1 and 3", both.h.Customer, both.deals.Customer)
	}
	if both.h.Start[2] != 1 || both.deals.Quotes.Of(1)[0].ID != 3 {
		t.Errorf("histories %+v, quotes %+v", both.h, both.deals.Quotes)
	}
	if same := together(h, &behold.Dealings{Customer: []int32{1, 3, 4}}); same.h != h {
		t.Error("histories of the same customers were copied")
	}
}
