package effect_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"

	"behold/stat/effect"
)

// sklearn 1.9.1: roc_auc_score is 0.8611111111111112.
func TestAUCByPairs(t *testing.T) {
	near(t, must(effect.AUC(plattScores, plattHappened, 0.95)).AUC, 0.8611111111111112, 1e-12, "AUC")
	dice := rand.New(rand.NewPCG(1, 1))
	for range 50 {
		n := 4 + dice.IntN(40)
		scores, happened := make([]float64, n), make([]bool, n)
		for i := range scores {
			scores[i], happened[i] = float64(dice.IntN(10)), i < 2 || i > 3 && dice.IntN(3) == 0
		}
		r := must(effect.AUC(scores, happened, 0.95))
		auc, variance := byPairs(scores, happened)
		near(t, r.AUC, auc, 1e-12, "AUC", n)
		near(t, r.StdErr, math.Sqrt(variance), 1e-12, "standard error", n)
	}
}

// byPairs goes through all pairs, as DeLong, DeLong and Clarke-Pearson write it.
func byPairs(scores []float64, happened []bool) (auc, variance float64) {
	one, zero := make([]float64, len(scores)), make([]float64, len(scores))
	var ones, zeros float64
	for _, h := range happened {
		if h {
			ones++
		} else {
			zeros++
		}
	}
	for i, a := range scores {
		for j, b := range scores {
			if !happened[i] || happened[j] {
				continue
			}
			v := 0.0
			if a > b {
				v = 1
			} else if a == b {
				v = 0.5
			}
			auc += v / ones / zeros
			one[i] += v / zeros
			zero[j] += v / ones
		}
	}
	for i, h := range happened {
		if h {
			variance += (one[i] - auc) * (one[i] - auc) / (ones - 1) / ones
		} else {
			variance += (zero[i] - auc) * (zero[i] - auc) / (zeros - 1) / zeros
		}
	}
	return auc, variance
}

func TestAUCProperties(t *testing.T) {
	dice := rand.New(rand.NewPCG(2, 2))
	scores, turned, happened := make([]float64, 300), make([]float64, 300), make([]bool, 300)
	for i := range scores {
		scores[i], happened[i] = dice.NormFloat64(), dice.IntN(4) == 0
		if happened[i] {
			scores[i]++
		}
		turned[i] = -math.Exp(scores[i])
	}
	r, back := must(effect.AUC(scores, happened, 0.95)), must(effect.AUC(turned, happened, 0.95))
	near(t, back.AUC, 1-r.AUC, 1e-12, "turned round and bent")
	near(t, back.StdErr, r.StdErr, 1e-12, "standard error")
	apart := must(effect.AUC([]float64{1, 2, 3}, []bool{false, false, true}, 0.95))
	if apart.AUC != 1 || len(apart.Caveats) != 2 {
		t.Errorf("apart: %+v", apart)
	}
}

// Scores of two normal populations a deviation apart: AUC is Φ(1/√2).
func TestAUCCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	truth := math.Erfc(-0.5) / 2
	held := share(1000, 3, func(dice *rand.Rand) bool {
		scores, happened := make([]float64, 200), make([]bool, 200)
		for i := range scores {
			scores[i], happened[i] = dice.NormFloat64(), i < 60
			if i < 60 {
				scores[i]++
			}
		}
		r, err := effect.AUC(scores, happened, 0.95)
		return err == nil && truth >= r.Interval.Low && truth <= r.Interval.High
	})
	if held < 0.93 || held > 0.975 {
		t.Errorf("ranges of 95 %% hold the truth in %.3f", held)
	}
	t.Logf("%.3f", held)
}

func TestCompareAUC(t *testing.T) {
	dice := rand.New(rand.NewPCG(4, 4))
	n := 1500
	good, poor, noise, happened := make([]float64, n), make([]float64, n), make([]float64, n), make([]bool, n)
	for i := range n {
		z := dice.NormFloat64()
		happened[i] = dice.Float64() < 1/(1+math.Exp(1-2*z))
		good[i] = z
		poor[i] = z + dice.NormFloat64()
		noise[i] = dice.NormFloat64()
	}
	c := must(effect.CompareAUC(good, poor, happened, effect.Resampling{Seed: 1}))
	if c.Interval.Low <= 0 || c.P > 1e-6 || c.Difference != c.A.AUC-c.B.AUC {
		t.Errorf("%+v", c)
	}
	// Two ways to the same range.
	near(t, (c.Interval.High-c.Interval.Low)/2, 1.96*c.StdErr, 0.15*1.96*c.StdErr, "half-width by bootstrap and DeLong")
	// Two scores of the same customers are told apart better than two samples.
	if apart := math.Hypot(c.A.StdErr, c.B.StdErr); c.StdErr >= apart {
		t.Errorf("standard error %v, unpaired %v", c.StdErr, apart)
	}
	same := must(effect.CompareAUC(good, good, happened, effect.Resampling{Resamples: 20}))
	if same.Difference != 0 || same.P != 1 || same.Interval.Low != 0 || same.Interval.High != 0 {
		t.Errorf("with itself: %+v", same)
	}
	if lot := must(effect.CompareAUC(noise, make([]float64, n), happened, effect.Resampling{Resamples: 200})); lot.Interval.Low > 0 {
		t.Errorf("noise against nothing: %+v", lot)
	}
	was := runtime.GOMAXPROCS(1)
	again := must(effect.CompareAUC(good, poor, happened, effect.Resampling{Seed: 1}))
	runtime.GOMAXPROCS(was)
	if !reflect.DeepEqual(c, again) {
		t.Error("one core gives other numbers than many")
	}
}

// Fifteen p-values of Benjamini and Hochberg (1995), section 3.2: their
// procedure rejects four at 0.05, Bonferroni's and Holm's three.
func TestBenjaminiHochberg_1995(t *testing.T) {
	p := []float64{.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1}
	rand.New(rand.NewPCG(5, 5)).Shuffle(len(p), func(i, j int) { p[i], p[j] = p[j], p[i] })
	before := append([]float64(nil), p...)
	count := func(adjusted []float64) (n int) {
		for i, a := range adjusted {
			if a < p[i] || a > 1 {
				t.Errorf("%v is adjusted to %v", p[i], a)
			}
			if a <= 0.05 {
				n++
			}
		}
		return n
	}
	if n := count(effect.BenjaminiHochberg(p)); n != 4 {
		t.Errorf("Benjamini–Hochberg finds %d", n)
	}
	if n := count(effect.Holm(p)); n != 3 {
		t.Errorf("Holm finds %d", n)
	}
	if chosen := effect.Select(p, 0.05); len(chosen) != 4 || p[chosen[0]] != .0001 || p[chosen[3]] != .0095 {
		t.Errorf("selected %v", chosen)
	}
	if !reflect.DeepEqual(p, before) {
		t.Error("the p-values were moved")
	}
	// By hand: m p/k from the top down.
	for i, want := range []float64{.0001 * 15, .0004 * 15 / 2, .0019 * 15 / 3, .0095 * 15 / 4, .0201 * 15 / 5} {
		sorted := []float64{.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1}
		near(t, effect.BenjaminiHochberg(sorted)[i], want, 1e-15, "adjusted", i)
	}
	if a := effect.Holm([]float64{math.NaN(), 0.02}); !math.IsNaN(a[0]) || a[1] != 0.04 {
		t.Errorf("with NaN: %v", a)
	}
	if effect.Select(nil, 0.1) != nil || effect.Select([]float64{0.5}, 0.1) != nil || effect.Select([]float64{0.01}, 2) != nil {
		t.Error("something was selected from nothing")
	}
}

func TestConformal(t *testing.T) {
	c := must(effect.NewConformal([]float64{1, 2, 2, 3, 9}, []bool{true, true, true, true, false}))
	for score, want := range map[float64]float64{0: 5.0 / 6, 1: 5.0 / 6, 2: 4.0 / 6, 2.5: 2.0 / 6, 3: 2.0 / 6, 4: 1.0 / 6, 10: 1.0 / 6} {
		near(t, c.P(score), want, 1e-15, "p of", score)
	}
	near(t, c.P(math.NaN()), 1, 0, "p of nothing")
	// A new case among like ones: p ≤ a with chance a, and no less than 1/(n+1) less.
	for _, a := range []float64{0.05, 0.2} {
		got := share(20_000, 6, func(dice *rand.Rand) bool {
			known := make([]float64, 99)
			for i := range known {
				known[i] = dice.ExpFloat64()
			}
			return must(effect.NewConformal(known, nil)).P(dice.ExpFloat64()) <= a
		})
		near(t, got, a, 3.5*math.Sqrt(a*(1-a)/20_000), "p ≤", a)
	}
}

// METHODS 3.3: the share of the listed that would have stayed anyway is .17 to
// .20 at q = .2 and .38 to .40 at q = .4, whatever the model.
func TestSelect_Methods3_3(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	for _, q := range []float64{0.2, 0.4} {
		wrong, lists := 0.0, 0.0
		const runs = 400
		for run := range runs {
			dice := rand.New(rand.NewPCG(7, uint64(run)))
			draw := func() (score float64, stayed bool) {
				z := dice.NormFloat64()
				return z + 0.5*dice.NormFloat64(), dice.Float64() > 1/(1+math.Exp(0.5-2.5*z))
			}
			known, null := make([]float64, 600), make([]bool, 600)
			for i := range known {
				known[i], null[i] = draw()
			}
			c := must(effect.NewConformal(known, null))
			p, stayed := make([]float64, 300), make([]bool, 300)
			for i := range p {
				var s float64
				s, stayed[i] = draw()
				p[i] = c.P(s)
			}
			chosen := effect.Select(p, q)
			mistaken := 0.0
			for _, i := range chosen {
				if stayed[i] {
					mistaken++
				}
			}
			if len(chosen) > 0 {
				wrong += mistaken / float64(len(chosen))
				lists++
			}
		}
		rate := wrong / runs
		t.Logf("q = %g: %.3f of the listed would have stayed; %.0f of %d runs list somebody", q, rate, lists, runs)
		if rate > q+0.015 || rate < q-0.08 {
			t.Errorf("q = %g: %.3f", q, rate)
		}
	}
}
