package repurchase

import (
	"errors"
	"math"
	"testing"
)

func donors(t *testing.T) (buyers []Buyer) {
	t.Helper()
	for _, row := range anyRows(t, "data/donations_bgbb.csv") {
		buyers = append(buyers, Buyer{Repeats: number(t, row[0]), Last: number(t, row[1]), Age: number(t, row[2]), Weight: number(t, row[3])})
	}
	return buyers
}

// Fader, Hardie, Shang (2010): 11,104 donors of 1995, and their next five years.
func TestFitBGBB_Donations(t *testing.T) {
	want, buyers := readReference(t).Donation, donors(t)
	m, err := FitBGBB(buyers, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	fitted(t, "donations", m.Fit, referenceFit{Params: want.Params, LogLik: want.LogLik, Errors: want.Errors},
		[]string{"alpha", "beta", "gamma", "delta"}, 1e-5)
	for _, c := range []struct{ got, published, digits float64 }{
		{m.Alpha, 1.204, 5e-4}, {m.Beta, 0.750, 5e-4}, {m.Gamma, 0.657, 5e-4}, {m.Delta, 2.783, 5e-4}, {m.LogLikelihood, -33225.6, 0.05},
	} {
		within(t, "published", c.got, c.published, c.digits)
	}
	p := want.Params
	m = BGBB{Alpha: p["alpha"], Beta: p["beta"], Gamma: p["gamma"], Delta: p["delta"]}
	sum := 0.0
	for i, row := range want.Rows {
		b := buyers[i]
		if b.Repeats != row.Frequency || b.Last != row.Recency {
			t.Fatalf("row %d is %+v", i, b)
		}
		within(t, "P(alive)", m.Alive(b), row.Alive, 1e-9)
		near(t, "expected", m.Expected(b, 5), row.Expected, 1e-7)
		sum += b.Weight * m.Expected(b, 5)
	}
	near(t, "all expected", sum, want.Total, 1e-9)
}

func TestBGBBSlopes(t *testing.T) {
	buyers := gather([]Buyer{{Age: 6, Weight: 3}, {Repeats: 2, Last: 5, Age: 9}, {Repeats: 6, Last: 6, Age: 6}, {Repeats: 1, Last: 1, Age: 60}, {}}, false)
	checkSlopes(t, "BG/BB", occasionHill(buyers), []float64{0.2, -0.3, -0.4, 1})
	checkSlopes(t, "BG/BB", occasionHill(buyers), []float64{-2, 3, 2, -1})
}

// All histories of n occasions have chances that add up to 1: of each (x, t_x)
// there are C(t_x−1, x−1).
func TestBGBBSumsToOne(t *testing.T) {
	m := BGBB{Alpha: 1.2, Beta: 0.75, Gamma: 1, Delta: 2.8}
	const n = 12
	sum := math.Exp(m.LogLikelihoodOf(Buyer{Age: n}))
	for last := 1.0; last <= n; last++ {
		ways := 1.0
		for x := 1.0; x <= last; x++ {
			sum += ways * math.Exp(m.LogLikelihoodOf(Buyer{Repeats: x, Last: last, Age: n}))
			ways *= (last - x) / x
		}
	}
	near(t, "all chances", sum, 1, 1e-13)
}

func TestBGBBAnswers(t *testing.T) {
	m := BGBB{Alpha: 1.2, Beta: 0.75, Gamma: 0.66, Delta: 2.8}
	b := Buyer{Repeats: 3, Last: 4, Age: 6}
	// Nothing at the next occasions is the same history, longer.
	longer := Buyer{Repeats: 3, Last: 4, Age: 9}
	near(t, "no purchase", m.NoPurchase(b, 3), math.Exp(m.LogLikelihoodOf(longer)-m.LogLikelihoodOf(b)), 1e-12)
	near(t, "at one occasion", m.Expected(b, 1), 1-m.NoPurchase(b, 1), 1e-12)
	near(t, "hardly discounted", m.Residual(b, ValueOptions{Discount: 1e-13, Horizon: 50}), m.Expected(b, 50), 1e-10)
	near(t, "a long stream", m.Residual(b, ValueOptions{Discount: 1e-5, Horizon: 3e7}), m.Residual(b, ValueOptions{Discount: 1e-5}), 1e-9)
	drawn, err := BGBB{Alpha: 1.2, Beta: 0.75, Gamma: 0.66, Delta: 2.8}.Simulate(repeated(20_000, 8), 4)
	if err != nil {
		t.Fatal(err)
	}
	f, err := FitBGBB(drawn, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i, truth := range []float64{1.2, 0.75, 0.66, 2.8} {
		if e := f.Estimates[i]; !(math.Abs(e.Value-truth) < 3.5*e.Error) {
			t.Errorf("%s %v, true %v, error %v", e.Name, e.Value, truth, e.Error)
		}
	}
	var input *InputError
	for _, bad := range []Buyer{{Repeats: 3, Last: 2, Age: 5}, {Repeats: 1, Last: 1.5, Age: 5}, {Age: 2.5}} {
		if _, err := FitBGBB([]Buyer{bad}, FitOptions{}); !errors.As(err, &input) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	for name, buyers := range map[string][]Buyer{
		"nobody ever": {{Age: 6, Weight: 500}}, "always": {{Repeats: 6, Last: 6, Age: 6, Weight: 500}}, "no occasions": {{}}, "one": {b},
	} {
		f, err := FitBGBB(buyers, FitOptions{})
		if err != nil || len(f.Caveats) == 0 {
			t.Errorf("%s: %v, %v", name, err, f.Caveats)
		}
		checkNumbers(t, name, f, Buyer{Repeats: buyers[0].Repeats, Last: buyers[0].Last, Age: buyers[0].Age})
	}
}
