package repurchase

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"reflect"
	"runtime"
	"testing"

	"behold/internal/realdata"
)

// fitters are the models of counted purchases by their names in the reference.
var fitters = []struct {
	name    string
	letters []string
	fit     func([]Buyer, FitOptions) (counter, Fit, error)
}{
	{"bgnbd", bgLetters, func(b []Buyer, o FitOptions) (counter, Fit, error) { m, err := FitBGNBD(b, o); return m, m.Fit, err }},
	{"mbgnbd", bgLetters, func(b []Buyer, o FitOptions) (counter, Fit, error) { m, err := FitMBGNBD(b, o); return m, m.Fit, err }},
	{"pnbd", paretoLetters, func(b []Buyer, o FitOptions) (counter, Fit, error) {
		m, err := FitParetoNBD(b, o)
		return m, m.Fit, err
	}},
}

func values(f Fit) (all []float64) {
	for _, e := range f.Estimates {
		all = append(all, e.Value)
	}
	return all
}

// The nine summaries on which others fail: the best likelihood there is, and
// where it lies at infinity an answer near it that says so in words.
func TestHardFitsCounted(t *testing.T) {
	raw, err := os.ReadFile(realdata.Path(t, "reference/hard_fits.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want hardFits
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	buyers := make(map[string][]Buyer)
	for _, row := range rows(t, "data/hard_fits.csv.gz") {
		buyers[row[0]] = append(buyers[row[0]], Buyer{
			Repeats: number(t, row[1]), Last: number(t, row[2]), Age: number(t, row[3]), Weight: number(t, row[4]),
		})
	}
	for name, c := range want.Cases {
		for _, f := range fitters {
			best, ok := c.Fits[f.name]
			if !ok || len(buyers[name]) == 0 {
				continue
			}
			m, fit, err := f.fit(buyers[name], FitOptions{})
			if err != nil {
				t.Errorf("%s %s: %v", name, f.name, err)
				continue
			}
			t.Logf("%s %s: ln L %.6f of %.6f, %.5g; slope %.2g, curvature %.2g, %q %v", name, f.name,
				fit.LogLikelihood, best.Best, values(fit), fit.Slope, fit.Curvature, fit.Boundary, fit.Caveats)
			below := 0.05
			if best.Interior {
				below = 1e-3
				// A curvature below 1e-3 leaves the parameters to rounding.
				for i, letter := range f.letters {
					if fit.Curvature > 1e-3 {
						near(t, name+" "+f.name+" "+letter, fit.Estimates[i].Value, best.Params[letter], 1e-3)
					}
				}
			} else if fit.Boundary == "" {
				t.Errorf("%s %s: the optimum is at infinity, and nothing is said", name, f.name)
			}
			if !(fit.LogLikelihood >= best.Best-below) {
				t.Errorf("%s %s: ln L %.6f, best %.6f", name, f.name, fit.LogLikelihood, best.Best)
			}
			for _, b := range buyers[name] {
				checkNumbers(t, name+" "+f.name, m, b)
			}
		}
	}
}

// checkNumbers asks for finite answers in their ranges.
func checkNumbers(t *testing.T, name string, m counter, b Buyer) {
	t.Helper()
	b.Weight = 0
	alive, none, few, many := m.Alive(b), m.NoPurchase(b, b.Age/2+1), m.Expected(b, b.Age/2+1), m.Expected(b, b.Age+2)
	if !(alive >= 0 && alive <= 1 && none >= 0 && none <= 1 && few >= 0 && many >= few*(1-1e-9) && finite(many) && finite(m.LogLikelihoodOf(b))) {
		t.Fatalf("%s: %+v gives alive %v, none %v, expected %v, %v, ln L %v", name, b, alive, none, few, many, m.LogLikelihoodOf(b))
	}
}

// Summaries and units that break fitters end in finite numbers.
func TestCountedHardInputs(t *testing.T) {
	many := func(n float64, b Buyer) []Buyer { b.Weight = n; return []Buyer{b} }
	cases := map[string][]Buyer{
		"one buyer":        {{Repeats: 3, Last: 30, Age: 40}},
		"one-time buyers":  many(300, Buyer{Age: 50}),
		"all today":        many(300, Buyer{}),
		"bought today":     many(300, Buyer{Repeats: 3, Last: 30, Age: 30}),
		"no time at all":   many(300, Buyer{Repeats: 3}),
		"huge counts":      append(many(200, Buyer{Age: 50}), many(50, Buyer{Repeats: 1e6, Last: 1e4, Age: 1e4})...),
		"very long units":  many(300, Buyer{Repeats: 2, Last: 3e-12, Age: 4e-12}),
		"very short units": many(300, Buyer{Repeats: 2, Last: 3e15, Age: 4e15}),
		"one bot":          append(many(300, Buyer{Repeats: 1, Last: 20, Age: 60}), Buyer{Repeats: 50000, Last: 300, Age: 300}),
		"a million":        append(many(1e6, Buyer{Age: 60}), Buyer{Repeats: 1, Last: 20, Age: 60}),
	}
	for name, buyers := range cases {
		for _, f := range fitters {
			m, fit, err := f.fit(buyers, FitOptions{})
			if err != nil {
				t.Errorf("%s %s: %v", name, f.name, err)
				continue
			}
			if len(fit.Caveats) == 0 && name != "one bot" {
				t.Errorf("%s %s: no caveat", name, f.name)
			}
			for _, e := range fit.Estimates {
				if !finite(e.Value) || !finite(e.Error) || !finite(e.Range.Low) || !finite(e.Range.High) {
					t.Errorf("%s %s: %+v", name, f.name, e)
				}
			}
			for _, b := range buyers {
				checkNumbers(t, name+" "+f.name, m, b)
			}
		}
	}
}

// Whatever can be is answered in finite numbers: random customers of any size
// and any unit.
func TestCountedAnything(t *testing.T) {
	rnd := rand.New(rand.NewPCG(17, 4))
	unsettled := 0
	for range 40 {
		unit := math.Pow(10, 24*rnd.Float64()-12)
		most := math.Pow(10, 5*rnd.Float64())
		var buyers []Buyer
		for range 1 + rnd.IntN(40) {
			b := Buyer{Age: unit * rnd.Float64()}
			if x := math.Floor(most * math.Pow(rnd.Float64(), 6)); x > 0 && rnd.IntN(3) > 0 {
				b.Repeats, b.Last = x, b.Age*math.Pow(rnd.Float64(), 0.3)
			}
			if rnd.IntN(8) == 0 {
				b.Age = b.Last
			}
			b.Weight = float64(rnd.IntN(4))
			buyers = append(buyers, b)
		}
		for _, f := range fitters {
			m, fit, err := f.fit(buyers, FitOptions{})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range fit.Estimates {
				if !finite(e.Value) || !finite(e.Error) || !finite(e.Range.Low) || !finite(e.Range.High) {
					t.Fatalf("%s: %+v of %+v", f.name, e, buyers)
				}
			}
			if hasCaveat(fit.Caveats, "not-settled") {
				unsettled++
			}
			for _, b := range buyers {
				b.Age = b.Age / unit * 20 // no unit of 1 about the horizon of checkNumbers
				b.Last = math.Min(b.Age, b.Last/unit*20)
				checkNumbers(t, f.name, m, b)
			}
		}
	}
	if unsettled > 3 {
		t.Errorf("%d of 120 searches end before they have arrived", unsettled)
	}
}

// Neither the order of the buyers nor their folding changes a bit; another unit
// of time changes ln L by −Σx ln c, α by c, and nothing else; twice the buyers
// have twice the likelihood.
func TestCountedInvariances(t *testing.T) {
	truth := MBGNBD{R: 0.6, Alpha: 8, A: 0.8, B: 2.5}
	buyers, err := truth.Simulate(agesUpTo(4000, 300), 5)
	if err != nil {
		t.Fatal(err)
	}
	x := 0.0
	for i := range buyers {
		buyers[i].Last = math.Ceil(buyers[i].Last)
		buyers[i].LogGaps = 0
		x += buyers[i].Repeats
	}
	shuffled := append([]Buyer(nil), buyers...)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	for _, f := range fitters {
		_, want, err := f.fit(buyers, FitOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if _, got, _ := f.fit(shuffled, FitOptions{}); !reflect.DeepEqual(got, want) {
			t.Errorf("%s shuffled: %+v, want %+v", f.name, got, want)
		}
		if _, got, _ := f.fit(fold(buyers), FitOptions{}); !reflect.DeepEqual(got, want) {
			t.Errorf("%s folded: %+v, want %+v", f.name, got, want)
		}
		cores := runtime.GOMAXPROCS(1)
		_, alone, _ := f.fit(buyers, FitOptions{})
		runtime.GOMAXPROCS(cores)
		if !reflect.DeepEqual(alone, want) {
			t.Errorf("%s on one core: %+v, want %+v", f.name, alone, want)
		}
		_, double, _ := f.fit(append(shuffled, buyers...), FitOptions{})
		near(t, f.name+" of two copies", double.LogLikelihood, 2*want.LogLikelihood, 1e-12)
		for _, c := range []float64{1.0 / 7, 86400, 1e-9} {
			other := append([]Buyer(nil), buyers...)
			for i := range other {
				other[i].Last, other[i].Age = c*other[i].Last, c*other[i].Age
			}
			_, got, err := f.fit(other, FitOptions{})
			if err != nil {
				t.Fatal(err)
			}
			near(t, f.name+" ln L", got.LogLikelihood, want.LogLikelihood-x*math.Log(c), 1e-10)
			for i, e := range got.Estimates {
				scale := 1.0
				if e.Name == "alpha" || e.Name == "beta" {
					scale = c
				}
				near(t, f.name+" "+e.Name, e.Value, want.Estimates[i].Value*scale, 1e-5)
				near(t, f.name+" error of "+e.Name, e.Error, want.Estimates[i].Error*scale, 1e-4)
			}
		}
	}
}

// agesUpTo are n whole ages from 1 to most.
func agesUpTo(n int, most float64) []float64 {
	ages := make([]float64, n)
	for i := range ages {
		ages[i] = 1 + math.Floor(float64(i)/float64(n)*most)
	}
	return ages
}

// Slopes and curvature are the derivatives of the likelihood climbed.
func checkSlopes(t *testing.T, name string, h hill, at []float64) {
	t.Helper()
	here := h.look(at)
	for i := range at {
		const step = 1e-4
		up, down := append([]float64(nil), at...), append([]float64(nil), at...)
		up[i] += step
		down[i] -= step
		high, low := h.look(up), h.look(down)
		within(t, name+" slope", here.gradient[i], (high.value-low.value)/(2*step), 2e-7*(1+math.Abs(here.value)))
		for j := range at {
			within(t, name+" bend", here.bend[i*len(at)+j], (high.gradient[j]-low.gradient[j])/(2*step), 2e-7*(1+math.Abs(here.value)))
		}
	}
}

func TestGeometricSlopes(t *testing.T) {
	buyers := gather([]Buyer{
		{Age: 30}, {Age: 3, Weight: 4}, {Repeats: 2, Last: 5, Age: 20, LogGaps: 1.2}, {Repeats: 1, Last: 20, Age: 20, LogGaps: 3},
		{Repeats: 60, Last: 80, Age: 300, LogGaps: 9, Weight: 2}, {Repeats: 3, Last: 10, Age: 11, LogGaps: 3},
	}, true)
	for _, k := range []int{1, 2, 5} {
		for _, first := range []bool{false, true} {
			h := newGeometricHill(family{k: k, first: first}, buyers, 10)
			checkSlopes(t, "geometric", h, []float64{-0.4, 1.3, -0.2, 0.9})
			checkSlopes(t, "geometric", h, []float64{2, 4, 1, -2})
		}
	}
}

// Parameters come back from simulated customers within their own ranges.
func TestCountedCoverage(t *testing.T) {
	ages := agesUpTo(3000, 100)
	bg, mbg := BGNBD{R: 0.5, Alpha: 6, A: 0.9, B: 2.5}, MBGNBD{R: 0.9, Alpha: 6, A: 0.9, B: 2.5}
	pareto := ParetoNBD{R: 0.6, Alpha: 10, S: 0.7, Beta: 12}
	for i, c := range []struct {
		draw  func([]float64, uint64) ([]Buyer, error)
		truth []float64
	}{
		{bg.Simulate, []float64{bg.R, bg.Alpha, bg.A, bg.B}},
		{mbg.Simulate, []float64{mbg.R, mbg.Alpha, mbg.A, mbg.B}},
		{pareto.Simulate, []float64{pareto.R, pareto.Alpha, pareto.S, pareto.Beta}},
	} {
		held, asked := 0.0, 0.0
		for seed := range uint64(40) {
			buyers, err := c.draw(ages, 100+seed)
			if err != nil {
				t.Fatal(err)
			}
			_, fit, err := fitters[i].fit(buyers, FitOptions{})
			if err != nil {
				t.Fatal(err)
			}
			for j, e := range fit.Estimates {
				asked++
				if e.Known && e.Range.Low <= c.truth[j] && c.truth[j] <= e.Range.High {
					held++
				}
			}
		}
		t.Logf("%s: %.3f", fitters[i].name, held/asked)
		if held/asked < 0.88 || held/asked > 0.995 {
			t.Errorf("%s: ranges of 95 %% hold the truth in %.3f of %g cases", fitters[i].name, held/asked, asked)
		}
	}
}

// What is expected of simulated customers is what they go on to buy.
func TestCountedExpectedSimulated(t *testing.T) {
	m := MBGNBD{R: 0.8, Alpha: 10, A: 0.7, B: 2}
	long, err := m.Simulate(repeated(60_000, 90), 7)
	if err != nil {
		t.Fatal(err)
	}
	new, square := 0.0, 0.0
	for _, b := range long {
		new += b.Repeats
		square += b.Repeats * b.Repeats
	}
	n := float64(len(long))
	spread := math.Sqrt((square - new*new/n))
	if z := (new - n*m.Expected(Buyer{}, 90)) / spread; math.Abs(z) > 3.5 {
		t.Errorf("%v repeats, expected %v (z %.1f)", new, n*m.Expected(Buyer{}, 90), z)
	}
}

func repeated(n int, age float64) []float64 {
	ages := make([]float64, n)
	for i := range ages {
		ages[i] = age
	}
	return ages
}

func TestCountedRefuses(t *testing.T) {
	good := Buyer{Repeats: 2, Last: 6, Age: 9}
	for field, bad := range map[string]Buyer{
		"Repeats": {Repeats: 1.5, Last: 1, Age: 2}, "Age": {Repeats: 1, Last: 5, Age: 4.9}, "Last": {Last: 1, Age: 2},
	} {
		var input *InputError
		if _, err := FitBGNBD([]Buyer{good, bad}, FitOptions{}); !errors.As(err, &input) || input.Buyer != 1 || input.Field != field {
			t.Errorf("%+v: %v", bad, err)
		}
		if got := (BGNBD{R: 1, Alpha: 1, A: 1, B: 1}).Alive(bad); !math.IsNaN(got) {
			t.Errorf("%+v is alive with %v", bad, got)
		}
	}
	if _, err := FitBGNBD(nil, FitOptions{}); !errors.Is(err, ErrTooFew) {
		t.Errorf("nobody: %v", err)
	}
	if _, err := FitBGNBD([]Buyer{good}, FitOptions{Priors: []Prior{{1, 1}}}); err == nil {
		t.Error("one prior for four parameters is taken")
	}
	if got := (BGNBD{}).Alive(good); !math.IsNaN(got) {
		t.Errorf("never fitted, and alive with %v", got)
	}
	if _, err := (BGNBD{}).Simulate([]float64{1}, 1); !errors.Is(err, ErrNoFit) {
		t.Errorf("never fitted, and simulates with %v", err)
	}
}

// A prior with a narrow spread holds the parameter, whatever the data say.
func TestPriors(t *testing.T) {
	buyers, err := BGNBD{R: 0.5, Alpha: 6, A: 0.9, B: 2.5}.Simulate(agesUpTo(500, 100), 1)
	if err != nil {
		t.Fatal(err)
	}
	m, err := FitBGNBD(buyers, FitOptions{Priors: []Prior{{}, {}, {Median: 0.2, Spread: 1e-4}, {}}})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "a", m.A, 0.2, 1e-3)
	plain, _ := FitBGNBD(buyers, FitOptions{})
	if !(plain.LogLikelihood > m.LogLikelihood) {
		t.Errorf("ln L %v with the prior, %v without", m.LogLikelihood, plain.LogLikelihood)
	}
}
