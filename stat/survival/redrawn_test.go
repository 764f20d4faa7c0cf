package survival

import (
	"errors"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"
)

func drawCohort(truth *Contract, dice *rand.Rand, n, periods int) []Cohort {
	active := []float64{float64(n)}
	for at := 1; at <= periods; at++ {
		stay := 0.0
		for range int(active[at-1]) {
			if dice.Float64() < truth.Rate(at) {
				stay++
			}
		}
		active = append(active, stay)
	}
	return []Cohort{{active}}
}

// Survival of customers who have been here for a while, and its range.
func TestKept(t *testing.T) {
	m, err := FitSBG(segment(t, "highend", 7))
	if err != nil {
		t.Fatal(err)
	}
	for from := range 10 {
		share, limits := m.Kept(float64(from), float64(from+1))
		near(t, share, m.Rate(from+1), 1e-14, "rate", from+1)
		// Of sBG the rate is (β+t−1)/(α+β+t−1) = 1/(1+α/(β+t−1)): its odds are β/α
		// and more, so that the error of the log-odds is that of ln(β+t−1) − ln α.
		at := m.B + float64(from)
		v := m.covariance
		variance := v.At(0, 0) - 2*v.At(0, 1)*m.B/at + v.At(1, 1)*m.B*m.B/at/at
		want := 1.96 * math.Sqrt(variance) * share * (1 - share) // half-width, to first order
		nearly(t, (limits.High-limits.Low)/2, want, 0.03, "half-width of the rate", from+1)
		if !(limits.Low < share && share < limits.High) {
			t.Errorf("%v not in %v", share, limits)
		}
	}
	for _, c := range [][2]float64{{0, 0}, {3, 3}, {5, 2}, {-1, 0}} {
		if share, limits := m.Kept(c[0], c[1]); share != 1 || limits.Low != 1 {
			t.Errorf("Kept%v is %v in %v", c, share, limits)
		}
	}
	far := &Contract{A: 1e6, B: 1e-6, C: 1, Free: 2, Level: 0.95}
	if share, _ := far.Kept(1e300, 1e301); math.IsNaN(share) {
		t.Error("NaN far out")
	}
}

// Where the parameters are well inside, drawing anew and the delta method agree.
func TestBootstrapAgainstDelta(t *testing.T) {
	m, err := FitSBG(segment(t, "regular", 7))
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Bootstrap(Resampling{Resamples: 2000, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []float64{1, 4, 8, 12} {
		got, want := r.Range(func(m *Contract) float64 { return m.Survival(at) }), m.SurvivalRange(at)
		near(t, got.Low, want.Low, 0.12*(want.High-want.Low), "low at", at)
		near(t, got.High, want.High, 0.12*(want.High-want.Low), "high at", at)
	}
	half, want := r.Range(func(m *Contract) float64 { return m.HalfLife().Time }), m.HalfLife().Range
	near(t, half.Low, want.Low, 0.15*(want.High-want.Low), "half-life, low")
	near(t, half.High, want.High, 0.15*(want.High-want.Low), "half-life, high")
}

// The hidden periods of the high-end segment lie in the range of the curve that
// fits (BdW), not of the one that misses.
func TestBootstrap_FaderHardie2007(t *testing.T) {
	m, err := FitBdW(segment(t, "highend", 7))
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Bootstrap(Resampling{Seed: 2})
	if err != nil {
		t.Fatal(err)
	}
	active := segment(t, "highend", 12)[0].Active
	for at := 8; at <= 12; at++ {
		limits := r.Range(func(m *Contract) float64 { return m.Survival(float64(at)) })
		if s := active[at] / active[0]; !(limits.Low < s && s < limits.High) {
			t.Errorf("S(%d) is %v, foretold %v", at, s, limits)
		}
	}
}

// Ranges hold the truth about as often as they say, also where customers do not
// differ and the fit runs to the edge, which leaves SurvivalRange open.
func TestBootstrapCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	for name, truth := range map[string]*Contract{
		"they differ":    {A: 0.8, B: 3, C: 1},
		"they do not":    {A: 4000, B: 16000, C: 1},
		"few, and alike": {A: 2000, B: 18000, C: 1},
	} {
		n := 400
		if name == "few, and alike" {
			n = 60
		}
		dice := rand.New(rand.NewPCG(7, 7))
		const sets = 40
		held := 0
		for set := range sets {
			m, err := FitSBG(drawCohort(truth, dice, n, 6))
			if err != nil {
				t.Fatal(err)
			}
			r, err := m.Bootstrap(Resampling{Resamples: 40, Seed: uint64(set)})
			if err != nil {
				t.Fatal(err)
			}
			limits := r.Range(func(m *Contract) float64 { return m.Survival(10) })
			if limits.Low <= truth.Survival(10) && truth.Survival(10) <= limits.High {
				held++
			}
		}
		if held < 33 {
			t.Errorf("%s: %d of %d ranges held the truth", name, held, sets)
		}
	}
}

func TestBootstrapHardCases(t *testing.T) {
	for name, active := range map[string][]float64{
		"one customer": {1, 1, 0, 0}, "one left": {50, 50, 49, 49}, "all at once": {100, 0, 0, 0},
		"at once or never": {100, 50, 50, 50, 50}, "alike": {1e6, 8e5, 6.4e5, 5.12e5}, "a billion": {1e9, 8e8, 7e8, 6.5e8},
		"parts": {10.5, 7.25, 6.125, 6},
	} {
		for _, fit := range []func([]Cohort) (*Contract, error){FitSBG, FitBdW} {
			m, err := fit([]Cohort{{active}, {}, {active[:2]}})
			if err != nil {
				t.Fatal(name, err)
			}
			r, err := m.Bootstrap(Resampling{Resamples: 40})
			if err != nil {
				t.Fatal(name, err)
			}
			for ask, of := range map[string]func(*Contract) float64{
				"S":         func(m *Contract) float64 { return m.Survival(20) },
				"half-life": func(m *Contract) float64 { return m.HalfLife().Time },
				"worth": func(m *Contract) float64 {
					v, err := m.ResidualLife(1, 0.1, 0)
					if err != nil {
						t.Error(err)
					}
					return v
				},
			} {
				if limits := r.Range(of); math.IsNaN(limits.Low) || math.IsNaN(limits.High) || limits.Low > limits.High {
					t.Errorf("%s: %s is %v", name, ask, limits)
				}
			}
		}
	}
	if _, err := (&Contract{A: 1, B: 2, C: 1}).Bootstrap(Resampling{}); !errors.Is(err, ErrTooFew) {
		t.Error(err)
	}
	m, err := FitSBG([]Cohort{{[]float64{100, 80, 70}}})
	if err != nil {
		t.Fatal(err)
	}
	var option *OptionError
	if _, err := m.Bootstrap(Resampling{Level: 1}); !errors.As(err, &option) {
		t.Error(err)
	}
}

// The same seed gives the same bits on any number of cores.
func TestBootstrapCores(t *testing.T) {
	m, err := FitSBG([]Cohort{{[]float64{100, 80, 70, 65}}})
	if err != nil {
		t.Fatal(err)
	}
	ask := func() (float64, float64) {
		r, err := m.Bootstrap(Resampling{Resamples: 50, Seed: 3})
		if err != nil {
			t.Fatal(err)
		}
		limits := r.Range(func(m *Contract) float64 { return m.Survival(9) })
		return limits.Low, limits.High
	}
	low, high := ask()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if low1, high1 := ask(); low1 != low || high1 != high {
		t.Errorf("%v, %v on one core, %v, %v on more", low1, high1, low, high)
	}
}

func BenchmarkBootstrap500(b *testing.B) {
	m, err := FitSBG([]Cohort{{Active: []float64{1000, 910, 770, 660, 580, 520, 475, 440}}})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := m.Bootstrap(Resampling{}); err != nil {
			b.Fatal(err)
		}
	}
}
