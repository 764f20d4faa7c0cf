package forecast

import (
	"math"
	"testing"

	"behold"
)

// Who buys most often, most each time and most kinds is at the top, who is gone or
// hardly known has no index, and everybody who is like everybody is in the middle.
func TestLoyalty(t *testing.T) {
	none := float32(math.NaN())
	var all []Habit
	for i := range 100 {
		all = append(all, Habit{Here: true, Segment: 7, Band: 2, Rate: float32(i), Spend: float32(i), Breadth: float32(i)})
	}
	all = append(all, Habit{Here: false, Segment: 7, Band: 2, Rate: 1000, Spend: 1000, Breadth: 1000})
	all = append(all, Habit{Here: true, Segment: 7, Band: 2, Rate: 50, Spend: none, Breadth: none})
	for range 30 {
		all = append(all, Habit{Here: true, Segment: 8, Band: 2, Rate: 1, Spend: 5, Breadth: none})
	}
	index := Loyalty(all)
	if index[0] > 1 || index[99] < 99 || math.Abs(index[50]-50.5) > 1 {
		t.Errorf("the least, middle and most loyal are %v, %v, %v", index[0], index[50], index[99])
	}
	if index[100] >= 0 || index[101] >= 0 {
		t.Errorf("one who is gone has %v, one of whom one sign is known %v", index[100], index[101])
	}
	if index[110] != 50 {
		t.Errorf("one like all others has %v, want 50", index[110])
	}
	for k, v := range index[:100] {
		if k > 0 && v < index[k-1] {
			t.Fatalf("%d has %v, more than %d with %v", k-1, index[k-1], k, v)
		}
	}
}

// A segment of three is compared with everybody of the same years.
func TestLoyaltyPoolsSmallSegments(t *testing.T) {
	var all []Habit
	for i := range 40 {
		all = append(all, Habit{Here: true, Segment: behold.Mark(i), Band: 1, Rate: float32(i), Spend: float32(i), Breadth: float32(math.NaN())})
	}
	if index := Loyalty(all); index[0] > 2 || index[39] < 98 {
		t.Errorf("first %v, last %v of forty segments of one", index[0], index[39])
	}
}

// Ten purchases out of twenty in two categories alike find both nearly surely;
// out of twenty in one category one.
func TestBreadth(t *testing.T) {
	kinds := behold.Kinds{First: []int{0, 2, 3, 4}, Start: []int{0, 10, 20, 40, 45}, Day: make([]behold.Day, 45)}
	if b := breadth(&kinds, 0); math.Abs(float64(b)-(2-2.0/184756)) > 1e-5 {
		t.Errorf("two categories come to %v", b)
	}
	if b := breadth(&kinds, 1); b != 1 {
		t.Errorf("one category comes to %v", b)
	}
	if b := breadth(&kinds, 2); b == b {
		t.Errorf("five purchases come to %v", b)
	}
}
