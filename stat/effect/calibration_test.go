package effect_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"behold/stat"
	"behold/stat/effect"
)

// sklearn 1.9.1, IsotonicRegression().fit(x, y, sample_weight).predict(1 … 6).
func TestIsotonic(t *testing.T) {
	s, err := effect.Isotonic([]float64{3, 1, 2, 5, 4, 2, 6}, []float64{2, 1, 4, 3, 5, 0, 4.5}, []float64{1, 2, 1, 3, 1, 2, 1})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{1, 4.0 / 3, 2, 3.5, 3.5, 4.5} {
		near(t, s.At(float64(i+1)), want, 1e-12, "at", i+1)
	}
	near(t, s.At(-1), 1, 1e-12, "below")
	near(t, s.At(3.9), 2, 1e-12, "between")
	near(t, s.At(99), 4.5, 1e-12, "above")
}

// No other function that does not fall is closer, and pooling a fit changes nothing.
func TestIsotonicProperties(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 1))
	for range 50 {
		n := 1 + dice.IntN(30)
		x, y := make([]float64, n), make([]float64, n)
		for i := range x {
			x[i], y[i] = float64(dice.IntN(12)), dice.NormFloat64()+float64(i)/20
		}
		s := must(effect.Isotonic(x, y, nil))
		if !slices.IsSorted(s.Y) || !slices.IsSorted(s.X) {
			t.Fatalf("it falls: %v", s)
		}
		again := must(effect.Isotonic(s.X, s.Y, nil))
		for i := range s.Y {
			near(t, again.Y[i], s.Y[i], 1e-12, "fitted again")
		}
		for range 20 {
			other := slices.Clone(s.Y)
			for i := range other {
				other[i] += 0.1 * dice.NormFloat64()
			}
			slices.Sort(other)
			near(t, 0, max(0, loss(s.X, s.Y, x, y)-loss(s.X, other, x, y)), 1e-12, "a closer one")
		}
	}
}

func loss(at, f, x, y []float64) (sum float64) {
	for i := range x {
		off := y[i] - f[slices.Index(at, x[i])]
		sum += off * off
	}
	return sum
}

// The definition: two isotonic fits with the new case added, for scores on and
// between and beyond those known.
func TestVennAbersIsTwoFits(t *testing.T) {
	dice := rand.New(rand.NewPCG(2, 2))
	for range 400 {
		n := 1 + dice.IntN(40)
		lean := dice.Float64()
		scores, happened, y := make([]float64, n), make([]bool, n), make([]float64, n)
		for i := range scores {
			scores[i] = float64(dice.IntN(1 + n))
			if happened[i] = dice.Float64() < lean*scores[i]/float64(n)+(1-lean)*0.5; happened[i] {
				y[i] = 1
			}
		}
		v := must(effect.FitVennAbers(scores, happened))
		for s := -0.5; s < float64(n)+1.6; s += 0.5 {
			p0 := must(effect.Isotonic(append(slices.Clip(scores), s), append(slices.Clip(y), 0), nil)).At(s)
			p1 := must(effect.Isotonic(append(slices.Clip(scores), s), append(slices.Clip(y), 1), nil)).At(s)
			c := v.Chance(s)
			near(t, c.Low, p0, 1e-12, "p₀", n, s)
			near(t, c.High, p1, 1e-12, "p₁", n, s)
			near(t, c.Value, p1/(1-p0+p1), 1e-12, "p", n, s)
		}
	}
}

// A model that is far too bold: its chances are set right, and a score bent
// upwards changes nothing.
func TestVennAbersIsCalibrated(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 3))
	make2 := func(n int) (scores []float64, happened []bool) {
		for range n {
			z := dice.NormFloat64()
			scores = append(scores, 3*z+1)
			happened = append(happened, dice.Float64() < 1/(1+math.Exp(1-z)))
		}
		return scores, happened
	}
	known, ends := make2(4000)
	v := must(effect.FitVennAbers(known, ends))
	fresh, came := make2(20_000)
	chances, wide := make([]float64, len(fresh)), 0.0
	for i, s := range fresh {
		c := v.Chance(s)
		chances[i] = c.Value
		wide += (c.High - c.Low) / float64(len(fresh))
	}
	r := must(effect.Reliability(chances, came, 0.95))
	if r.ECE > 0.03 || r.Slope < 0.85 || r.Slope > 1.15 || wide > 0.1 || len(v.Caveats) > 0 {
		t.Errorf("ECE %.3f, slope %.2f, width %.3f, caveats %v", r.ECE, r.Slope, wide, v.Caveats)
	}
	for i := range known {
		known[i] = math.Exp(known[i])
	}
	bent := must(effect.FitVennAbers(known, ends))
	for _, s := range fresh[:100] {
		if bent.Chance(math.Exp(s)) != v.Chance(s) {
			t.Fatalf("at %v: %+v, bent %+v", s, v.Chance(s), bent.Chance(math.Exp(s)))
		}
	}
	if c := v.Chance(math.NaN()); c.Low != 0 || c.High != 1 || c.Value != 0.5 {
		t.Errorf("of nothing: %+v", c)
	}
	few := must(effect.FitVennAbers(known[:50], ends[:50]))
	if len(few.Caveats) != 2 {
		t.Errorf("caveats of 50 cases: %v", few.Caveats)
	}
}

var (
	plattScores   = []float64{-2.1, -1.3, -0.7, -0.4, 0.0, 0.2, 0.5, 0.9, 1.4, 2.2, -1.0, 0.3}
	plattHappened = []bool{false, false, true, false, false, true, false, true, true, true, false, true}
)

// scikit-learn 1.9.1, sklearn.calibration._sigmoid_calibration(scores, y) gives
// −1.02830663, −0.00655553 (its signs are turned round).
func TestPlatt(t *testing.T) {
	p, err := effect.FitPlatt(plattScores, plattHappened)
	if err != nil {
		t.Fatal(err)
	}
	near(t, p.Slope, 1.02830634, 1e-6, "slope")
	near(t, p.Intercept, 0.00655583, 1e-6, "intercept")
	near(t, p.Chance(0.5), 1/(1+math.Exp(-0.00655583-0.5*1.02830634)), 1e-7, "chance")
	// Ends apart and scores alike still give chances, 1/(n+2) from the ends at most.
	apart := must(effect.FitPlatt([]float64{1, 2, 3, 4}, []bool{false, false, true, true}))
	if c := apart.Chance(4); c < 0.7 || c > 0.95 {
		t.Errorf("apart: %v", c)
	}
	alike := must(effect.FitPlatt([]float64{5, 5, 5}, []bool{true, false, false}))
	near(t, alike.Chance(5), (2.0/3+2*0.25)/3, 1e-9, "alike")
	all := must(effect.FitPlatt([]float64{1e8, 1e8 + 1}, []bool{true, true}))
	if c := all.Chance(1e8); !(c > 0.5 && c < 1) {
		t.Errorf("all happened: %v", c)
	}
}

// scipy.optimize.minimize of the same likelihoods; sklearn brier_score_loss.
func TestReliability(t *testing.T) {
	chances := make([]float64, len(plattScores))
	for i, s := range plattScores {
		chances[i] = 1 / (1 + math.Exp(-0.3-1.5*s))
	}
	r, err := effect.Reliability(chances, plattHappened, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	near(t, r.Slope, 1.21503717, 1e-6, "slope")
	near(t, r.Intercept, -0.34964681, 1e-6, "intercept")
	near(t, r.Level, -0.28745148, 1e-6, "level")
	near(t, r.Brier, 0.15547570006284536, 1e-12, "Brier")
	near(t, r.Share, 0.5, 1e-12, "share")
	if len(r.Caveats) != 1 || r.Caveats[0].Code != "few-cases" {
		t.Errorf("caveats %v", r.Caveats)
	}
	// Bins by hand: twenty chances, two in a bin, those alike together.
	var twenty []float64
	var came []bool
	for i := range 20 {
		twenty = append(twenty, []float64{0.2, 0.2, 0.2, 0.4, 0.6}[i/4])
		came = append(came, i%4 == 0)
	}
	b, err := effect.Reliability(twenty, came, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	want := []effect.Bin{{12, 0.2, 0.25}, {4, 0.4, 0.25}, {4, 0.6, 0.25}}
	if len(b.Bins) != len(want) {
		t.Fatalf("bins %v", b.Bins)
	}
	for i, w := range want {
		near(t, b.Bins[i].Mean, w.Mean, 1e-12, "bin", i)
		near(t, b.Bins[i].Share, w.Share, 1e-12, "bin", i)
	}
	near(t, b.ECE, 0.6*0.05+0.2*0.15+0.2*0.35, 1e-12, "ECE")
}

func TestReliabilityCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	var both [2]float64
	for i, pick := range []func(effect.Report) (stat.Interval, float64){
		func(r effect.Report) (stat.Interval, float64) { return r.SlopeIn, 0.7 },
		func(r effect.Report) (stat.Interval, float64) { return r.LevelIn, 0 },
	} {
		bold := []float64{0.7, 1}[i]
		both[i] = share(500, 5, func(dice *rand.Rand) bool {
			chances, happened := make([]float64, 600), make([]bool, 600)
			for i := range chances {
				z := 1.5*dice.NormFloat64() - 1
				chances[i], happened[i] = 1/(1+math.Exp(-z)), dice.Float64() < 1/(1+math.Exp(-bold*z))
			}
			r, err := effect.Reliability(chances, happened, 0.95)
			in, truth := pick(r)
			return err == nil && truth >= in.Low && truth <= in.High
		})
	}
	t.Logf("slope %.3f, level %.3f of ranges of 95 %% hold the truth", both[0], both[1])
	for _, held := range both {
		if held < 0.92 || held > 0.985 {
			t.Errorf("%v", both)
		}
	}
}

func TestReliabilityAtTheEnds(t *testing.T) {
	r, err := effect.Reliability([]float64{0, 0, 1, 1}, []bool{false, false, true, true}, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range []float64{r.Slope, r.Intercept, r.Level, r.ECE, r.Brier} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			t.Errorf("%+v", r)
		}
	}
	codes := map[string]bool{}
	for _, c := range r.Caveats {
		codes[c.Code] = true
	}
	if !codes["separated"] || !codes["certain"] {
		t.Errorf("caveats %v", r.Caveats)
	}
	for i, try := range []func() error{
		func() error { _, err := effect.Reliability([]float64{0.5, 2}, []bool{true, false}, 0.95); return err },
		func() error { _, err := effect.Reliability([]float64{0.5, 0.2}, []bool{true, true}, 0.95); return err },
		func() error { _, err := effect.Reliability(nil, nil, 0.95); return err },
		func() error { _, err := effect.AUC([]float64{1, math.NaN()}, []bool{true, false}, 0.95); return err },
		func() error { _, err := effect.AUC([]float64{1}, []bool{true, false}, 0.95); return err },
		func() error { _, err := effect.FitVennAbers(nil, nil); return err },
		func() error { _, err := effect.FitVennAbers([]float64{1}, nil); return err },
		func() error { _, err := effect.FitPlatt([]float64{math.Inf(1)}, []bool{true}); return err },
		func() error { _, err := effect.Isotonic([]float64{1}, []float64{1}, []float64{0}); return err },
		func() error { _, err := effect.NewConformal([]float64{math.NaN()}, nil); return err },
		func() error { _, err := effect.NewConformal([]float64{1}, []bool{}); return err },
	} {
		var input *stat.InputError
		if err := try(); !errors.As(err, &input) {
			t.Errorf("case %d was taken: %v", i, err)
		}
	}
}
