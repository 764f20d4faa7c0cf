package repurchase

import (
	"math"
	"testing"
)

// The quick sums for k = 1 are those of any k, also with weights, for every x
// and where the two cases differ by hundreds of logarithms.
func TestPlainPassIsAnyPass(t *testing.T) {
	truth := MBGNBD{R: 0.5, Alpha: 5, A: 0.8, B: 2}
	buyers, err := truth.Simulate(agesUpTo(3000, 200), 4)
	if err != nil {
		t.Fatal(err)
	}
	buyers = append(buyers, Buyer{Repeats: 4000, Last: 10, Age: 900}, Buyer{Repeats: 3, Last: 7, Age: 7, Weight: 0.5}, Buyer{Age: 30, Weight: 1e6})
	gathered := gather(buyers, false)
	for _, first := range []bool{false, true} {
		h := newGeometricHill(family{k: 1, first: first}, gathered, 10)
		for _, at := range [][]float64{{-1.4, 1.6, -0.3, 0.8}, {1, 4, -5, -4}, {-4, 7, 3, 0}} {
			r, alpha, a, b := math.Exp(at[0]), math.Exp(at[1]), math.Exp(at[2]), math.Exp(at[3])
			up := climb{r, alpha, a, b, at[1], ladder{a: r}, ladder{a: b}, ladder{a: a + b}}
			tables := make([]geometricTable, len(h.counts))
			for i, x := range h.counts {
				tables[i] = h.table(x, &up)
			}
			var quick, slow [15]float64
			h.addPlain(0, len(gathered), tables, alpha, a, &quick)
			for i := range gathered {
				h.addRow(i, &tables[h.of[i]], alpha, a, math.Log(alpha+gathered[i].Age), &slow)
			}
			for i := range quick {
				within(t, "sum", quick[i]/slow[i], 1, 1e-9)
			}
		}
	}
}
