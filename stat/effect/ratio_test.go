package effect

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"behold/stat"
)

// At both ends the distance (a − r b) is z of its standard errors, which is how
// Fieller (1954) defines them.
func TestFieller(t *testing.T) {
	for _, q := range []Quotient{
		{Top: 10, TopErr: 1, Bottom: 4, BottomErr: 0.5},
		{Top: 10, TopErr: 1, Bottom: -4, BottomErr: 0.5, Covariance: 0.3},
		{Top: 0, TopErr: 2, Bottom: 4, BottomErr: 1.9, Covariance: -1},
		{Top: 3e150, TopErr: 1e150, Bottom: 1e-150, BottomErr: 1e-151},
	} {
		r, err := Fieller(q, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		near(t, r.Value, q.Top/q.Bottom, 0, "value")
		for _, end := range []float64{r.Interval.Low, r.Interval.High} {
			errors := math.Hypot(q.TopErr, end*q.BottomErr)
			if q.Covariance != 0 {
				errors = math.Sqrt(q.TopErr*q.TopErr - 2*end*q.Covariance + end*end*q.BottomErr*q.BottomErr)
			}
			near(t, math.Abs(q.Top-end*q.Bottom)/errors, 1.959963984540054, 1e-9, q, end)
		}
		if !(r.Interval.Low < r.Value && r.Value < r.Interval.High) || len(r.Caveats) > 0 {
			t.Errorf("%+v", r)
		}
	}
	sure, err := Fieller(Quotient{Top: 6, Bottom: 2}, 0.95)
	if err != nil || sure.Value != 3 || sure.Interval.Low != 3 || sure.Interval.High != 3 {
		t.Errorf("%+v, %v", sure, err)
	}
	for _, q := range []Quotient{{Top: 1, Bottom: 1, BottomErr: 0.6}, {Top: 1, TopErr: 1}, {Bottom: 0, BottomErr: 1}} {
		r, err := Fieller(q, 0.95)
		if err != nil || !math.IsInf(r.Interval.Low, -1) || !math.IsInf(r.Interval.High, 1) || len(r.Caveats) != 1 || r.Caveats[0].Code != "not-shown" {
			t.Errorf("%+v, %v", r, err)
		}
	}
	nan := math.NaN()
	for _, q := range []Quotient{{Top: nan}, {TopErr: -1}, {Bottom: math.Inf(1)}, {BottomErr: nan}, {Bottom: 1, Covariance: 1}} {
		var input *stat.InputError
		if _, err := Fieller(q, 0.95); !errors.As(err, &input) {
			t.Error(q, err)
		}
	}
	if _, err := Fieller(Quotient{Bottom: 1}, 1); err == nil {
		t.Error("a level of 1")
	}
}

// The ranges hold the ratio as often as they say, where its own standard error
// would not.
func TestFiellerCoverage(t *testing.T) {
	dice, held := rand.New(rand.NewPCG(1, 2)), 0
	const runs = 4000
	for range runs {
		a, b := 2+0.5*dice.NormFloat64(), 1+0.4*dice.NormFloat64()
		r, err := Fieller(Quotient{Top: a, TopErr: 0.5, Bottom: b, BottomErr: 0.4}, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		if r.Interval.Low <= 2 && 2 <= r.Interval.High {
			held++
		}
	}
	// Where the range is open it holds all, so that a little more than 95 % hold.
	if held < 3770 || held > 3920 {
		t.Errorf("%d of %d ranges held the ratio", held, runs)
	}
}

func TestCostPerKept(t *testing.T) {
	shown := Effect{Value: 0.1, Interval: stat.Interval{Low: 0.05, High: 0.2, Level: 0.95}}
	r, err := CostPerKept(4000, 200, shown)
	if err != nil {
		t.Fatal(err)
	}
	near(t, r.Value, 200, 1e-9, "cost")
	near(t, r.Interval.Low, 100, 1e-9, "low")
	near(t, r.Interval.High, 400, 1e-9, "high")
	// The same as Fieller's, where only the effect is uncertain.
	f, err := Fieller(Quotient{Top: 20, Bottom: 0.1, BottomErr: 0.02}, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	half := 0.02 * 1.959963984540054
	k, err := CostPerKept(20, 1, Effect{Value: 0.1, Interval: stat.Interval{Low: 0.1 - half, High: 0.1 + half, Level: 0.95}})
	if err != nil {
		t.Fatal(err)
	}
	near(t, k.Interval.Low, f.Interval.Low, 1e-9, "Fieller, low")
	near(t, k.Interval.High, f.Interval.High, 1e-9, "Fieller, high")
	for _, c := range []struct {
		low, value, high float64
		code             string
	}{{-0.02, 0.1, 0.2, "not-shown"}, {0, 0, 0.2, "not-shown"}, {-0.3, -0.2, -0.1, "keeps-nobody"}, {-1, 0.1, 1, "not-shown"}} {
		e := Effect{Value: c.value, Interval: stat.Interval{Low: c.low, High: c.high, Level: 0.95}, Caveats: []stat.Caveat{{Code: "few-held"}}}
		r, err := CostPerKept(100, 10, e)
		if err != nil || !math.IsInf(r.Interval.High, 1) || r.Interval.Low > r.Value ||
			!slices.ContainsFunc(r.Caveats, func(v stat.Caveat) bool { return v.Code == c.code }) || len(e.Caveats) != 1 {
			t.Errorf("%+v, %v", r, err)
		}
	}
	for _, err := range []error{
		second(CostPerKept(math.NaN(), 1, shown)), second(CostPerKept(-1, 1, shown)), second(CostPerKept(1, 0, shown)),
		second(CostPerKept(1, 1, Effect{Value: math.NaN()})), second(CostPerKept(1, 1, Effect{Interval: stat.Interval{Low: math.NaN()}})),
	} {
		var input *stat.InputError
		if !errors.As(err, &input) {
			t.Error(err)
		}
	}
}

func second[T any](_ T, err error) error { return err }
