package repurchase

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// gather is fold in another order, also where float32 tells histories apart no
// more, and where hardly any are equal.
func TestGatherIsFold(t *testing.T) {
	rnd := rand.New(rand.NewPCG(8, 9))
	for _, n := range []int{0, 1, 2, 50, 5000} {
		var buyers []Buyer
		for range n {
			b := Buyer{Age: 100 + 1e-9*float64(rnd.IntN(40))}
			if rnd.IntN(2) == 0 {
				b = Buyer{Repeats: float64(rnd.IntN(3000)), Last: math.Exp(30*rnd.Float64() - 15), Age: 1e8, Weight: 2}
			}
			if b.Repeats == 0 {
				b.Last = 0
			}
			buyers = append(buyers, b)
		}
		want := fold(buyers)
		slices.SortFunc(want, byHistory)
		if got := gather(buyers, true); len(got) != len(want) || n > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%d buyers: %d gathered, %d folded, or not the same", n, len(got), len(want))
		}
	}
}
