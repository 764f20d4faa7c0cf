package repurchase

import (
	"math"
	"testing"
)

// Two ways to discount what Pareto/NBD customers will buy: under the integral,
// and from the curve of what is expected.
func TestResidualFromExpected(t *testing.T) {
	for _, m := range []ParetoNBD{{R: 0.55, Alpha: 10.6, S: 0.6, Beta: 11.7}, {R: 3, Alpha: 1, S: 2.5, Beta: 100}} {
		for _, b := range []Buyer{{}, {Age: 30}, {Repeats: 2, Last: 30.43, Age: 38.86}, {Repeats: 60, Last: 38, Age: 39}} {
			for _, opt := range []ValueOptions{{Discount: 0.0027}, {Discount: 0.01, Horizon: 260}, {Discount: 0.0027, Horizon: 4}} {
				unit := (m.Alpha + b.Age) / (m.R + b.Repeats + 1)
				near(t, "residual", m.Alive(b)*discounted(func(h float64) float64 { return m.expectedHere(b, h) }, unit, opt), m.Residual(b, opt), 1e-8)
			}
		}
	}
}

// The mixture of one shape has the same answer for those who are with us,
// within the 1e-3 that it promises for an endless horizon.
func TestResidualIsMixture(t *testing.T) {
	for _, k := range []int{1, 2, 3} {
		m := MBGCNBD{K: k, R: 0.8, Alpha: 6 / float64(k), A: 0.7, B: 2.5}
		same := oneShape(float64(k), 0.8, 6, 0.7, 2.5)
		for _, c := range engineTable {
			opt := ValueOptions{Discount: weeklyDiscount}
			near(t, "residual", m.Residual(c.buyer, opt), same.Residual(c.buyer, opt)*same.Alive(c.buyer), 2e-3)
		}
	}
}

func TestResidualLimitsCounted(t *testing.T) {
	b := Buyer{Repeats: 2, Last: 30, Age: 39}
	for _, m := range []interface {
		counter
		Residual(Buyer, ValueOptions) float64
	}{
		BGNBD{R: 0.24, Alpha: 4.4, A: 0.8, B: 2.4}, MBGNBD{R: 0.5, Alpha: 6, A: 1, B: 1.6},
		BGCNBD{K: 2, R: 0.24, Alpha: 2, A: 0.8, B: 2.4}, ParetoNBD{R: 0.5, Alpha: 10, S: 1, Beta: 12},
	} {
		near(t, "hardly discounted", m.Residual(b, ValueOptions{Discount: 1e-12, Horizon: 39}), m.Expected(b, 39), 1e-8)
		near(t, "a far horizon", m.Residual(b, ValueOptions{Discount: 0.01, Horizon: 1e4}), m.Residual(b, ValueOptions{Discount: 0.01}), 1e-8)
		if got := m.Residual(b, ValueOptions{}); !math.IsNaN(got) {
			t.Errorf("without a discount for ever: %v", got)
		}
	}
}
