package repurchase

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"testing"
	"time"
)

// regulars are the models whose purchases come after every k-th event, which
// need the gaps as well.
var regulars = []struct {
	name string
	fit  func([]Buyer, FitOptions) (counter, Fit, error)
}{
	{"bgcnbd 3", func(b []Buyer, o FitOptions) (counter, Fit, error) {
		m, err := FitBGCNBD(3, b, o)
		return m, m.Fit, err
	}},
	{"mbgcnbd 3", func(b []Buyer, o FitOptions) (counter, Fit, error) {
		m, err := FitMBGCNBD(3, b, o)
		return m, m.Fit, err
	}},
	{"mbgcnbd 40", func(b []Buyer, o FitOptions) (counter, Fit, error) {
		m, err := FitMBGCNBD(40, b, o)
		return m, m.Fit, err
	}},
	{"traits", func(b []Buyer, o FitOptions) (counter, Fit, error) {
		traits := Traits{Names: []string{"z"}}
		for i := range b {
			traits.Values = append(traits.Values, []float64{float64(i % 2)})
		}
		m, err := FitTraitsParetoNBD(b, traits, o)
		return m.For([]float64{1}), m.Fit, err
	}},
}

// even is a buyer with gaps all the same.
func even(x, last, age float64) Buyer {
	return Buyer{Repeats: x, Last: last, Age: age, LogGaps: x * math.Log(last/x)}
}

func checkEstimates(t *testing.T, name string, fit Fit) {
	t.Helper()
	for _, e := range fit.Estimates {
		if !finite(e.Value) || !finite(e.Error) || !finite(e.Range.Low) || !finite(e.Range.High) {
			t.Errorf("%s: %+v", name, e)
		}
	}
	if !finite(fit.LogLikelihood) || !finite(fit.Slope) || !finite(fit.Curvature) {
		t.Errorf("%s: ln L %v, slope %v, curvature %v", name, fit.LogLikelihood, fit.Slope, fit.Curvature)
	}
}

// Summaries and units that break fitters end in finite numbers, and in a caveat
// or a word where they tell no parameters.
func TestRegularHardInputs(t *testing.T) {
	many := func(n float64, b Buyer) Buyer { b.Weight = n; return b }
	cases := map[string][]Buyer{
		"one buyer":         {even(3, 30, 40)},
		"one-time buyers":   {many(300, Buyer{Age: 50})},
		"all today":         {many(300, Buyer{})},
		"bought today":      {many(300, even(3, 30, 30))},
		"no time at all":    {many(300, Buyer{Repeats: 3, LogGaps: -30})},
		"huge counts":       {many(200, Buyer{Age: 50}), many(50, even(1e5, 1e4, 1e4))},
		"very long units":   {many(300, even(2, 3e-12, 4e-12))},
		"very short units":  {many(300, even(2, 3e15, 4e15))},
		"one bot":           {many(300, even(1, 20, 60)), even(50000, 300, 300)},
		"a million at once": {many(1e6, Buyer{Age: 60}), even(1, 20, 60)},
		"clockwork":         {many(100, even(10, 300, 310)), many(100, even(5, 150, 165)), many(50, even(3, 90, 200))},
	}
	for name, buyers := range cases {
		for _, f := range regulars {
			m, fit, err := f.fit(buyers, FitOptions{})
			if err != nil {
				t.Errorf("%s %s: %v", name, f.name, err)
				continue
			}
			checkEstimates(t, name+" "+f.name, fit)
			if len(fit.Caveats) == 0 && name != "one bot" && name != "clockwork" {
				t.Errorf("%s %s: no caveat", name, f.name)
			}
			for _, b := range buyers {
				if f.name == "mbgcnbd 40" && b.Repeats > 1e4 {
					continue // stages of stages: a minute each
				}
				checkNumbers(t, name+" "+f.name, m, b)
			}
		}
	}
}

// Customers like clockwork have no largest k: the search ends at 40, says so,
// and takes no longer than forty fits.
func TestClockworkEndsAtForty(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 4))
	var buyers []Buyer
	for range 2000 {
		gap := 20 + 20*rnd.Float64()
		b := Buyer{Age: 100 + 600*rnd.Float64()}
		x := math.Floor(b.Age / gap)
		if rnd.IntN(3) == 0 {
			x = math.Floor(x * rnd.Float64())
		}
		if x > 0 {
			b.Repeats, b.Last, b.LogGaps = x, x*gap, x*math.Log(gap)
		}
		buyers = append(buyers, b)
	}
	start := time.Now()
	m, err := FitMBGCNBD(0, buyers, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("k %d in %v, ln L %.1f, %v", m.K, time.Since(start), m.LogLikelihood, m.Caveats)
	if m.K != 40 || !hasCaveat(m.Caveats, "at-edge") {
		t.Errorf("k %d, caveats %v", m.K, m.Caveats)
	}
	checkEstimates(t, "clockwork", m.Fit)
	for _, b := range buyers[:40] {
		checkNumbers(t, "clockwork", m, b)
	}
}

// The same for k, traits and donors as TestCountedInvariances: order, folding
// and cores change no bit, the unit of time changes only what has it.
func TestRegularInvariances(t *testing.T) {
	truth := MBGCNBD{K: 3, R: 1.2, Alpha: 4, A: 0.8, B: 2.5}
	buyers, err := truth.Simulate(agesUpTo(900, 120), 3)
	if err != nil {
		t.Fatal(err)
	}
	x := 0.0
	for _, b := range buyers {
		x += b.Repeats
	}
	for _, f := range regulars[:2] {
		_, want, err := f.fit(buyers, FitOptions{})
		if err != nil {
			t.Fatal(err)
		}
		reversed := slices.Clone(buyers)
		slices.Reverse(reversed)
		cores := runtime.GOMAXPROCS(1)
		_, alone, _ := f.fit(reversed, FitOptions{})
		runtime.GOMAXPROCS(cores)
		_, folded, _ := f.fit(fold(buyers), FitOptions{})
		if !reflect.DeepEqual(alone, want) || !reflect.DeepEqual(folded, want) {
			t.Errorf("%s: %+v reversed on one core, %+v folded, want %+v", f.name, alone, folded, want)
		}
		for _, c := range []float64{1.0 / 7, 86400} {
			other := slices.Clone(buyers)
			for i := range other {
				other[i].Last, other[i].Age = c*other[i].Last, c*other[i].Age
				other[i].LogGaps += other[i].Repeats * math.Log(c)
			}
			_, got, _ := f.fit(other, FitOptions{})
			near(t, f.name+" ln L", got.LogLikelihood, want.LogLikelihood-x*math.Log(c), 1e-10)
			near(t, f.name+" r", got.Estimates[0].Value, want.Estimates[0].Value, 1e-5)
			near(t, f.name+" alpha", got.Estimates[1].Value, c*want.Estimates[1].Value, 1e-5)
		}
	}
	donors, err := BGBB{Alpha: 1.2, Beta: 0.75, Gamma: 0.66, Delta: 2.8}.Simulate(repeated(700, 7), 3)
	if err != nil {
		t.Fatal(err)
	}
	want, err := FitBGBB(donors, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	folded, _ := FitBGBB(fold(donors), FitOptions{})
	if !reflect.DeepEqual(folded, want) {
		t.Errorf("donors folded: %+v, want %+v", folded, want)
	}
}

// What must rise or fall does, for every model: with a longer silence customers
// are less likely with us, with a longer horizon they are less likely to buy
// nothing and expected to buy more, and never more than fast; discounts cost.
func TestMonotone(t *testing.T) {
	for name, m := range map[string]interface {
		counter
		Residual(Buyer, ValueOptions) float64
	}{
		"bgnbd":   BGNBD{R: 0.24, Alpha: 4.4, A: 0.79, B: 2.43},
		"mbgnbd":  MBGNBD{R: 0.52, Alpha: 6.2, A: 0.89, B: 1.61},
		"bgcnbd":  BGCNBD{K: 2, R: 0.6, Alpha: 4, A: 0.8, B: 2.4},
		"mbgcnbd": MBGCNBD{K: 4, R: 1.4, Alpha: 3, A: 0.7, B: 3},
		"pnbd":    ParetoNBD{R: 0.55, Alpha: 10.6, S: 0.61, Beta: 11.7},
	} {
		for _, x := range []float64{1, 4, 30} {
			previous := math.Inf(1)
			for _, silence := range []float64{0, 0.1, 1, 5, 20, 100, 1000} {
				b := even(x, 20, 20+silence)
				alive := m.Alive(b)
				if alive > previous {
					t.Errorf("%s: with us %v after a silence of %v, %v before", name, alive, silence, previous)
				}
				previous = alive
				none, bought, fewer := 1.0, 0.0, m.Expected(b, 1)
				for _, h := range []float64{0, 0.5, 1, 5, 20, 100} {
					now, more := m.NoPurchase(b, h), m.Expected(b, h)
					if now > none+1e-12 || more < bought-1e-12 || now < 1-more-1e-9 || now < 1-alive-1e-12 {
						t.Errorf("%s: %+v in %v: none %v (%v before), expected %v (%v before)", name, b, h, now, none, more, bought)
					}
					none, bought = now, more
				}
				cheap := m.Residual(b, ValueOptions{Discount: 0.001, Horizon: 100})
				dear := m.Residual(b, ValueOptions{Discount: 0.01, Horizon: 100})
				if !(dear <= cheap*(1+1e-9) && cheap <= bought*(1+1e-6)) || fewer < 0 {
					t.Errorf("%s: %+v: worth %v at 1 %%, %v at 0.1 %%, of %v", name, b, dear, cheap, bought)
				}
			}
		}
	}
}

// Spends that others answer with NaN: one customer, heavy spenders, any
// currency; what is not above 0 is refused by name.
func TestGammaGammaHardInputs(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2, 9))
	var usual []Spend
	for range 400 {
		usual = append(usual, Spend{Occasions: float64(1 + rnd.IntN(5)), Mean: math.Exp(3 + rnd.NormFloat64())})
	}
	want, err := FitGammaGamma(usual)
	if err != nil {
		t.Fatal(err)
	}
	logs := 0.0
	for _, c := range []float64{1e-9, 1e12} {
		other := slices.Clone(usual)
		for i := range other {
			other[i].Mean *= c
		}
		slices.Reverse(other)
		got, err := FitGammaGamma(other)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "p in another currency", got.P, want.P, 1e-5)
		near(t, "v in another currency", got.V, c*want.V, 1e-5)
		logs = float64(len(usual)) * math.Log(c)
		near(t, "ln L in another currency", got.LogLikelihood, want.LogLikelihood-logs, 1e-9)
	}
	folded, err := FitGammaGamma(append(slices.Clone(usual), usual...))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ln L of two copies", folded.LogLikelihood, 2*want.LogLikelihood, 1e-10)
	for name, spends := range map[string][]Spend{
		"one customer":  {{Occasions: 3, Mean: 20}},
		"one heavy":     append(slices.Clone(usual), Spend{Occasions: 1, Mean: 1e9}),
		"huge counts":   {{Occasions: 1e7, Mean: 3}, {Occasions: 1e7, Mean: 4}, {Occasions: 2, Mean: 5}},
		"as large as 0": {{Occasions: 1, Mean: 1e-300}, {Occasions: 1, Mean: 1e-299}},
		"as large as ∞": {{Occasions: 1, Mean: 1e300}, {Occasions: 2, Mean: 1e290}},
	} {
		g, err := FitGammaGamma(spends)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		mean, _ := g.Mean(spends[0].Occasions, spends[0].Mean)
		if !finite(g.P) || !finite(g.Q) || !finite(g.V) || !finite(g.LogLikelihood) || !finite(mean) || mean < 0 {
			t.Errorf("%s: %+v, mean %v", name, g, mean)
		}
	}
	for _, bad := range []float64{0, -5, math.Inf(1), math.NaN()} {
		var input *InputError
		if _, err := FitGammaGamma([]Spend{{Occasions: 1, Mean: bad}}); !errors.As(err, &input) || input.Field != "Mean" {
			t.Errorf("a spend of %v gives %v", bad, err)
		}
	}
}
