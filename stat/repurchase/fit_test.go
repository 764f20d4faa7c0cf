package repurchase

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"

	"behold/stat"
)

// METHODS 2.3: below 100 customers the prior is given back, and says so.
func TestFitMixtureBorrows(t *testing.T) {
	buyers := make([]Buyer, 99)
	for i := range buyers {
		buyers[i] = Buyer{Repeats: 2, Last: 60, Age: 100, LogGaps: 2 * math.Log(30)}
	}
	m, err := FitMixture(buyers, MixtureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	want := []stat.Caveat{{Code: "few-buyers", Count: 99, Limit: 100}}
	if !m.Borrowed || !reflect.DeepEqual(m.Caveats, want) {
		t.Errorf("borrowed %v, caveats %v", m.Borrowed, m.Caveats)
	}
	near(t, "usual gap", m.Alpha/m.R, 30, 1e-12)
	if _, err := FitMixture(nil, MixtureOptions{}); !errors.Is(err, ErrTooFew) {
		t.Errorf("nobody gives %v", err)
	}
	if m, err := FitMixture(nil, MixtureOptions{MedianGap: 14}); err != nil || m.Alpha != 14 {
		t.Errorf("nobody, usual gap 14, gives %v, %v", m.Alpha, err)
	}
}

func TestInputErrors(t *testing.T) {
	good := Buyer{Repeats: 2, Last: 6, Age: 9, LogGaps: 2.2}
	for field, bad := range map[string]Buyer{
		"Repeats": {Repeats: math.NaN(), Age: 1},
		"Last":    {Repeats: 1, Last: math.Inf(1), Age: 1},
		"Age":     {Repeats: 1, Last: 5, Age: 4.9},
		"LogGaps": {Repeats: 1, Last: 5, Age: 6, LogGaps: math.Inf(-1)},
		"Weight":  {Age: 1, Weight: -2},
	} {
		var input *InputError
		_, err := FitMixture([]Buyer{good, good, bad}, MixtureOptions{})
		if !errors.As(err, &input) || input.Buyer != 2 || input.Field != field {
			t.Errorf("%+v: error %v, want buyer 2, field %s", bad, err, field)
		}
		if _, err := oneShape(1, 1, 1, 1, 1).Score([]Buyer{bad}, Wanted{}); !errors.As(err, &input) {
			t.Errorf("Score of %+v gives %v", bad, err)
		}
	}
	for _, bad := range []MixtureOptions{{Shapes: []float64{}}, {Shapes: []float64{2, 1}}, {Shapes: []float64{0}}, {MedianGap: math.NaN()}} {
		if _, err := FitMixture([]Buyer{good}, bad); err == nil {
			t.Errorf("options %+v are taken", bad)
		}
	}
}

// Neither the order of the buyers, nor writing equal ones as one with a weight,
// nor the number of cores changes a bit; twice the buyers have twice the likelihood.
func TestFitMixtureOrder(t *testing.T) {
	buyers := buyersOf(mixedShop(700, 9).draw())
	for i := range buyers[:300] {
		buyers[i] = Buyer{Age: float64(i / 10)}
	}
	opt := MixtureOptions{NoPriors: true, Tolerance: 1e-9}
	want, err := FitMixture(buyers, opt)
	if err != nil {
		t.Fatal(err)
	}
	shuffled := append([]Buyer(nil), buyers...)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	if got, _ := FitMixture(shuffled, opt); !reflect.DeepEqual(got, want) {
		t.Errorf("shuffled: %+v, want %+v", got, want)
	}
	if got, _ := FitMixture(fold(buyers), opt); !reflect.DeepEqual(got, want) {
		t.Errorf("folded: %+v, want %+v", got, want)
	}
	cores := runtime.GOMAXPROCS(1)
	alone, _ := FitMixture(buyers, opt)
	runtime.GOMAXPROCS(cores)
	if !reflect.DeepEqual(alone, want) {
		t.Errorf("on one core: %+v, want %+v", alone, want)
	}
	double, err := FitMixture(append(append([]Buyer(nil), buyers...), buyers...), opt)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ln L of two copies", double.LogLikelihood, 2*want.LogLikelihood, 1e-9)
	near(t, "r of two copies", double.R, want.R, 1e-3)
}

// Another unit of time by the factor c changes α by c, the log-likelihood by
// −Σx ln c, and nothing else.
func TestFitMixtureUnits(t *testing.T) {
	buyers := buyersOf(mixedShop(3000, 10).draw())
	days, err := FitMixture(buyers, MixtureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []float64{1.0 / 7, 86400, 1e-9} {
		scaled := make([]Buyer, len(buyers))
		sum := 0.0
		for i, b := range buyers {
			scaled[i] = Buyer{Repeats: b.Repeats, Last: b.Last * c, Age: b.Age * c, LogGaps: b.LogGaps + b.Repeats*math.Log(c)}
			sum += b.Repeats
		}
		other, err := FitMixture(scaled, MixtureOptions{})
		if err != nil {
			t.Fatal(err)
		}
		near(t, "alpha", other.Alpha, days.Alpha*c, 1e-3)
		near(t, "r", other.R, days.R, 1e-3)
		near(t, "ln L", other.LogLikelihood, days.LogLikelihood-sum*math.Log(c), 1e-7)
		near(t, "S", other.Silence(scaled[5]), days.Silence(buyers[5]), 1e-3)
	}
}

// Where the search begins does not matter, and yesterday's fit is a good place.
func TestFitMixtureStart(t *testing.T) {
	buyers := buyersOf(mixedShop(5000, 13).draw())
	cold, err := FitMixture(buyers, MixtureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	far := Mixture{R: 30, Alpha: 1, A: 20, B: 0.1, Shapes: DefaultShapes(), Shares: []float64{1, 0, 0, 0, 0, 0, 0, 0}}
	for name, start := range map[string]*Mixture{"its own": &cold, "far off": &far} {
		warm, err := FitMixture(buyers, MixtureOptions{Start: start})
		if err != nil {
			t.Fatal(err)
		}
		near(t, "ln L from "+name, warm.LogLikelihood, cold.LogLikelihood, 1e-8)
		near(t, "r from "+name, warm.R, cold.R, 2e-3)
	}
	rough, err := FitMixture(buyers, MixtureOptions{Start: &far, MaxIterations: 1})
	if err != nil || len(rough.Caveats) == 0 || rough.Caveats[0].Code != "not-settled" {
		t.Errorf("after one step: %v, caveats %v", err, rough.Caveats)
	}
}

// The gradient that climbs is the derivative of the likelihood climbed.
func TestGradient(t *testing.T) {
	p := newProblem(fold(buyersOf(mixedShop(400, 15).draw())), MixtureOptions{Shapes: DefaultShapes()}, 30)
	shares := []float64{0.1, 0.2, 0.1, 0.1, 0.2, 0.1, 0.1, 0.1}
	at := point{0.3, 3.9, -0.2, 1.3}
	p.look(at)
	gradient := p.gradient(shares)
	for i := range at {
		const h = 1e-5
		up, down := at, at
		up[i] += h
		down[i] -= h
		p.look(up)
		high := p.logLikelihood(shares)
		p.look(down)
		near(t, "slope", gradient[i], (high-p.logLikelihood(shares))/(2*h), 1e-6)
	}
}

// The shares are the best there are: no EM step raises the likelihood.
func TestBestShares(t *testing.T) {
	p := newProblem(fold(buyersOf(mixedShop(2000, 16).draw())), MixtureOptions{Shapes: DefaultShapes()}, 30)
	p.look(point{math.Log(1.8), math.Log(70), math.Log(0.7), math.Log(3)})
	shares := []float64{0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125}
	for range 3000 { // EM, METHODS 2.3
		_, ratio, _ := p.curvature(shares)
		for g := range shares {
			shares[g] *= ratio[g]
		}
	}
	best := p.bestShares([]float64{0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125}, 1e-9)
	if gain := p.logLikelihood(best) - p.logLikelihood(shares); gain < -1e-9 || gain > 0.01 {
		t.Errorf("EM reaches %v, and this %v more", shares, gain)
	}
}

// Histories that break fitters must end in finite numbers.
func TestHardInputs(t *testing.T) {
	repeat := func(n int, b Buyer) []Buyer {
		buyers := make([]Buyer, n)
		for i := range buyers {
			buyers[i] = b
		}
		return buyers
	}
	cases := map[string][]Buyer{
		"one buyer":         {{Repeats: 3, Last: 30, Age: 40, LogGaps: 3 * math.Log(10)}},
		"one-time buyers":   repeat(300, Buyer{Age: 50}),
		"all today":         repeat(300, Buyer{}),
		"bought today":      repeat(300, Buyer{Repeats: 3, Last: 30, Age: 30, LogGaps: 3 * math.Log(10)}),
		"no time at all":    repeat(300, Buyer{Repeats: 3}),
		"huge counts":       append(repeat(200, Buyer{Age: 50}), repeat(50, Buyer{Repeats: 1e7, Last: 1e4, Age: 1e4, LogGaps: 1e7 * math.Log(1e-3)})...),
		"very long units":   repeat(300, Buyer{Repeats: 2, Last: 3e-12, Age: 4e-12, LogGaps: 2 * math.Log(1.5e-12)}),
		"very short units":  repeat(300, Buyer{Repeats: 2, Last: 3e15, Age: 4e15, LogGaps: 2 * math.Log(1.5e15)}),
		"half and one":      {{Repeats: 0.5, Last: 1, Age: 2, LogGaps: 0.1}, {Age: 3, Weight: 1e5}},
		"one bot among 300": append(repeat(300, Buyer{Repeats: 1, Last: 20, Age: 60, LogGaps: 3}), Buyer{Repeats: 50000, Last: 300, Age: 300, LogGaps: 50000 * math.Log(0.006)}),
	}
	for name, buyers := range cases {
		for _, opt := range []MixtureOptions{{MaxIterations: 60}, {NoPriors: true, MaxIterations: 60}, {NoPriors: true, Shapes: []float64{1}}} {
			m, err := FitMixture(buyers, opt)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			checkFinite(t, name, m, buyers)
		}
	}
}

func checkFinite(t *testing.T, name string, m Mixture, buyers []Buyer) {
	t.Helper()
	numbers := append([]float64{m.R, m.Alpha, m.A, m.B, m.LogLikelihood}, m.Shares...)
	for _, b := range []Buyer{buyers[0], buyers[len(buyers)-1]} {
		numbers = append(numbers, m.Silence(b), m.Alive(b), m.NoPurchase(b, b.Age/3), m.MeanGap(b), m.SilenceQuantile(b, 0.01),
			m.Residual(b, ValueOptions{Discount: 1e-4}), m.Residual(b, ValueOptions{Discount: 1e-4, Horizon: 100}))
	}
	for i, v := range numbers {
		if !finite(v) {
			t.Errorf("%s: number %d is %v (%+v)", name, i, v, m)
			return
		}
	}
}
