package repurchase

import (
	"math"
	"testing"
)

// What a customer really has to come, their own rhythm and faithfulness told, lies
// within the range as often as it says.
func TestResidualRangeCovers(t *testing.T) {
	shop := mixedShop(1_500, 21)
	opt := ValueOptions{Discount: math.Log(1.1) / 365, Horizon: 5 * 365}
	inside, n := 0.0, 0.0
	for _, c := range shop.draw() {
		if !c.alive || n == 500 {
			continue
		}
		low, high := shop.truth.ResidualRange(c.Buyer, opt, Doubt{Level: 0.9, Seed: 3})
		real := residualKnown(c.k, c.mu, c.p, c.Silence(), opt) / shop.truth.Residual(c.Buyer, opt)
		if !(low < high) || !(low < 1) {
			t.Fatalf("%+v: from %v to %v", c.Buyer, low, high)
		}
		n++
		if real >= low && real <= high {
			inside++
		}
	}
	if share, off := inside/n, 3*math.Sqrt(0.9*0.1/n); math.Abs(share-0.9) > off+0.01 {
		t.Errorf("%.3f of %.0f lie within ranges of 0.9", share, n)
	}
}

// The draws have the mean that Residual has.
func TestResidualRangeMean(t *testing.T) {
	m := mixedShop(0, 0).truth
	opt := ValueOptions{Discount: math.Log(1.1) / 365, Horizon: 5 * 365}
	for _, b := range []Buyer{{Age: 40}, {Repeats: 3, Last: 150, Age: 260, LogGaps: 3 * math.Log(50)}, {Repeats: 20, Last: 600, Age: 620, LogGaps: 20 * math.Log(30)}} {
		low, high := m.ResidualRange(b, opt, Doubt{Level: 0.95, Seed: 1})
		again, _ := m.ResidualRange(b, opt, Doubt{Level: 0.95, Seed: 1})
		wider, further := m.ResidualRange(b, opt, Doubt{Level: 0.95, Seed: 1, Spend: 6})
		if !(low > 0 && low < 1 && high > 1 && wider < low && further > high) || low != again {
			t.Errorf("%+v: %v to %v, with an unknown purse %v to %v", b, low, high, wider, further)
		}
		sum, n := 0.0, 0.0
		for _, d := range m.residualDraws(b, opt, Doubt{Seed: 2}) {
			sum, n = sum+d, n+1
		}
		near(t, "mean of the draws", sum/n, m.Residual(b, opt), 0.03)
	}
	few, _ := m.ResidualRange(Buyer{Repeats: 1, Last: 30, Age: 40, LogGaps: math.Log(30)}, opt, Doubt{Level: 0.95, Seed: 1})
	many, _ := m.ResidualRange(Buyer{Repeats: 20, Last: 600, Age: 610, LogGaps: 20 * math.Log(30)}, opt, Doubt{Level: 0.95, Seed: 1})
	if few >= many {
		t.Errorf("one repeat tells from %v on, twenty from %v on", few, many)
	}
	for _, d := range []Doubt{{Level: 1}, {Level: 0.9, Spend: 0.5}, {}} {
		if low, _ := m.ResidualRange(Buyer{Age: 40}, opt, d); !math.IsNaN(low) {
			t.Errorf("%+v gives %v", d, low)
		}
	}
}
