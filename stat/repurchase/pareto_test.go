package repurchase

import (
	"math"
	"testing"
)

var paretoLetters = []string{"r", "alpha", "s", "beta"}

func TestFitParetoNBD_CDNOW(t *testing.T) {
	buyers, _ := cdnow(t)
	m, err := FitParetoNBD(buyers, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ got, published, digits float64 }{
		{m.R, 0.553, 5e-4}, {m.Alpha, 10.578, 5e-4}, {m.S, 0.606, 5e-4}, {m.Beta, 11.669, 2e-3}, {m.LogLikelihood, -9595.0, 0.05},
	} {
		within(t, "published", c.got, c.published, c.digits)
	}
}

func TestReferenceParetoNBD(t *testing.T) {
	all := readReference(t)
	for _, name := range referenceSets {
		set, p := all.Datasets[name], readPast(t, name)
		want := set.Fits["pnbd"]
		m, err := FitParetoNBD(p.buyers, FitOptions{})
		if err != nil {
			t.Fatal(err)
		}
		fitted(t, name+" Pareto", m.Fit, want, paretoLetters, 5e-4)
		total(t, name+" Pareto", p, set, want, m)
		m = ParetoNBD{R: want.Params["r"], Alpha: want.Params["alpha"], S: want.Params["s"], Beta: want.Params["beta"]}
		pointwise(t, name+" Pareto", set, want, m)
		for discount, dert := range map[float64]residuals{0.0027: want.DERTLow, 0.01: want.DERTHigh} {
			for i, row := range set.Selected {
				b := Buyer{Repeats: row.X, Last: row.Last, Age: row.Age}
				near(t, name+" DERT of "+row.ID, m.Residual(b, ValueOptions{Discount: discount}), dert.Selected[i], 1e-9)
			}
		}
	}
}

// Dyadic panels, which follow an integrand however steep, give the same.
func TestParetoDyadic(t *testing.T) {
	for _, c := range []struct {
		m ParetoNBD
		b Buyer
	}{
		{ParetoNBD{R: 0.55, Alpha: 10.6, S: 0.6, Beta: 11.7}, Buyer{Repeats: 3, Last: 20, Age: 40}},
		{ParetoNBD{R: 0.55, Alpha: 500, S: 0.6, Beta: 0.1}, Buyer{Repeats: 50, Age: 4000, Last: 1}},
		{ParetoNBD{R: 0.05, Alpha: 0.01, S: 5, Beta: 5000}, Buyer{Age: 4000}},
		{ParetoNBD{R: 30, Alpha: 10, S: 20, Beta: 1000}, Buyer{Repeats: 5000, Last: 300, Age: 365}},
	} {
		one := c.m.leaveTime(c.b)
		fine := 0.0
		high := one.late - one.early
		for range 200 { // halves of what is left, down to nothing
			low := high / 2
			for _, n := range legendre(16) {
				y := low + (high-low)*n.at
				fine += n.weight * (high - low) * one.s / (one.beta + one.early) *
					math.Exp(-one.after*math.Log1p(y/(one.alpha+one.early))-(one.s+1)*math.Log1p(y/(one.beta+one.early)))
			}
			high = low
		}
		rules := exactRules()
		near(t, "the integral", one.gone(&rules), fine, 1e-10)
		near(t, "the integral with its moments", one.left(&rules).total, fine, 1e-10)
	}
}

func TestParetoSlopes(t *testing.T) {
	buyers := gather([]Buyer{
		{Age: 30}, {Age: 3, Weight: 4}, {Repeats: 2, Last: 5, Age: 20}, {Repeats: 1, Last: 20, Age: 20},
		{Repeats: 60, Last: 80, Age: 300, Weight: 2}, {Repeats: 3, Last: 10, Age: 11},
	}, false)
	h := newParetoHill(buyers, nil, 10, exactRules())
	checkSlopes(t, "Pareto", h, []float64{-0.4, 1.3, -0.2, 0.9})
	checkSlopes(t, "Pareto", h, []float64{2, 1, 1, 4})
	z := [][]float64{{1, 0.3}, {0, -1}, {1, 2}, {0, 0.5}, {1, -0.7}, {0, 0}}
	checkSlopes(t, "Pareto with covariates", newParetoHill(buyers, z, 10, exactRules()), []float64{-0.4, 1.3, -0.2, 0.9, 0.3, -0.2, 0.1, 0.4})
}

// The two halves of a horizon make the whole, an endless one is its limit, and
// with no discount to speak of a horizon counts what Expected counts.
func TestParetoResidual(t *testing.T) {
	m := ParetoNBD{R: 0.55, Alpha: 10.6, S: 1, Beta: 11.7}
	b := Buyer{Repeats: 3, Last: 20, Age: 40}
	near(t, "without discount", m.Residual(b, ValueOptions{Discount: 1e-12, Horizon: 52}), m.Expected(b, 52), 1e-9)
	m.S = 0.3
	near(t, "without discount", m.Residual(b, ValueOptions{Discount: 1e-12, Horizon: 5000}), m.Expected(b, 5000), 1e-8)
	near(t, "endless", m.Residual(b, ValueOptions{Discount: 0.01, Horizon: 1e5}), m.Residual(b, ValueOptions{Discount: 0.01}), 1e-12)
	for _, z := range []float64{1e-8, 1, 1e3, 1e6} {
		if v := discountedStay(3, z, math.Inf(1)); !(v > 0 && v < math.Min(0.5, 1/z)+1e-12) {
			t.Errorf("∫(1+v)^−3 e^{−%gv} is %v", z, v)
		}
	}
}
