package effect_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"

	"behold/stat/effect"
)

// responders are customers on whom the call works by 0.3·x₀, x₀ 0 or 1.
func responders(seed uint64, n int) (all []effect.Episode, features [][]float64) {
	dice := rand.New(rand.NewPCG(seed, 3))
	for range n {
		x := []float64{float64(dice.IntN(2)), dice.NormFloat64(), 7}
		e := effect.Episode{Chance: 0.8, Treated: dice.Float64() < 0.8, With: 0.5, Without: 0.5}
		stay := 0.4 + 0.1*math.Tanh(x[1])
		if e.Treated {
			stay += 0.3 * x[0]
		}
		if dice.Float64() < stay {
			e.Outcome = 1
		}
		all, features = append(all, e), append(features, x)
	}
	return all, features
}

func TestFitResponseFindsWhoResponds(t *testing.T) {
	all, features := responders(1, 20_000)
	r, err := effect.FitResponse(all, features, 10)
	if err != nil {
		t.Fatal(err)
	}
	yes, errYes := r.Effect([]float64{1, 0, 7})
	no, errNo := r.Effect([]float64{0, 0, 7})
	near(t, yes, 0.3, 3.5*errYes, "on those who respond")
	near(t, no, 0, 3.5*errNo, "on those who do not")
	if errYes > 0.03 || errYes < 0.005 {
		t.Errorf("standard error %v", errYes)
	}
	if len(r.Caveats) != 1 || r.Caveats[0].Code != "constant-feature" || r.Caveats[0].Count != 1 {
		t.Errorf("caveats %v", r.Caveats)
	}
	// A strong ridge says the same for all, and that is the effect on all.
	flat, err := effect.FitResponse(all, features, 1e9)
	if err != nil {
		t.Fatal(err)
	}
	one, _ := flat.Effect(features[0])
	other, _ := flat.Effect([]float64{1 - features[0][0], 3, 7})
	near(t, one, other, 1e-4, "with a strong ridge")
	near(t, one, must(effect.Compare(all, 0.95)).Value, 0.01, "the effect on all")
	// The unit of a feature cancels out.
	scaled := make([][]float64, len(features))
	for i, x := range features {
		scaled[i] = []float64{x[0], 1e6 * x[1], 3e-9 * x[2]}
	}
	again, err := effect.FitResponse(all, scaled, 10)
	if err != nil {
		t.Fatal(err)
	}
	same, _ := again.Effect([]float64{1, 0, 3e-9 * 7})
	near(t, same, yes, 1e-9, "in another unit")
}

// Standard errors of the effect hold what they say.
func TestResponseCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	held := share(300, 4, func(dice *rand.Rand) bool {
		all, features := responders(dice.Uint64(), 1500)
		r, err := effect.FitResponse(all, features, 0)
		if err != nil {
			return false
		}
		value, stdErr := r.Effect([]float64{1, 0, 7})
		return math.Abs(value-0.3) < 1.96*stdErr
	})
	if held < 0.915 {
		t.Errorf("ranges of 95 %% hold the truth in %.3f", held)
	}
	t.Logf("%.3f", held)
}

func TestQiniByHand(t *testing.T) {
	e := func(treated bool, outcome float64) effect.Episode {
		return effect.Episode{Treated: treated, Chance: 0.5, Outcome: outcome}
	}
	all := []effect.Episode{e(true, 1), e(false, 0), e(true, 1), e(false, 1), e(true, 0), e(false, 1)}
	scores := []float64{6, 5, 4, 3, 2, 1}
	q, err := effect.QiniCurve(scores, all, effect.Resampling{Resamples: 20})
	if err != nil {
		t.Fatal(err)
	}
	// Q(k) = TY₁ − CY₁ T/C, over the three treated that are expected.
	want := []float64{0, 0, 1, 2, 2 - 1*2.0/2, 2 - 1*3.0/2, 2 - 2*3.0/3}
	area := 0.0
	for k, p := range q.Curve {
		near(t, p.Share, float64(k)/6, 1e-12, "share", k)
		near(t, p.Gain, want[k]/3, 1e-12, "gain", k)
		if k > 0 {
			area += (want[k] + want[k-1]) / 3 / 12
		}
	}
	near(t, q.AUUC, area-want[6]/3/2, 1e-12, "area")
	// One score for all ranks by lot, and the order given does not matter.
	flat, err := effect.QiniCurve(make([]float64, 6), all, effect.Resampling{Resamples: 20})
	if err != nil || flat.AUUC != 0 || len(flat.Curve) != 2 {
		t.Errorf("by lot %+v, %v", flat, err)
	}
}

func TestQiniProperties(t *testing.T) {
	all, features := responders(5, 6000)
	good, bad := make([]float64, len(all)), make([]float64, len(all))
	for i, x := range features {
		good[i], bad[i] = x[0], x[1]
	}
	q := must(effect.QiniCurve(good, all, effect.Resampling{Seed: 1}))
	// Half of them respond by 0.3: the curve goes up to 0.15 at a half and stays.
	near(t, q.AUUC, 0.15/4, 0.012, "area of the right score")
	if q.Interval.Low <= 0 || q.Interval.High < q.AUUC {
		t.Errorf("the right score: %+v", q.Interval)
	}
	by := must(effect.QiniCurve(bad, all, effect.Resampling{Seed: 1}))
	if by.Interval.Low > 0 {
		t.Errorf("a score without meaning: %v in %+v", by.AUUC, by.Interval)
	}
	was := runtime.GOMAXPROCS(1)
	again := must(effect.QiniCurve(good, all, effect.Resampling{Seed: 1}))
	runtime.GOMAXPROCS(was)
	if !reflect.DeepEqual(q, again) {
		t.Error("one core gives other numbers than many")
	}
	for i := range good {
		good[i] = math.Exp(3 * good[i])
	}
	near(t, must(effect.QiniCurve(good, all, effect.Resampling{Resamples: 1})).AUUC, q.AUUC, 1e-12, "a score bent upwards")
}

// The women's mail works on those who bought for women before. Learned on one
// half of the customers, the ranking pays on the other.
func TestQini_Hillstrom(t *testing.T) {
	all, features := episodes(hillstrom(t), "Womens E-Mail", func(m mail) float64 { return m.visit })
	var learn, judge []effect.Episode
	var learnX, judgeX [][]float64
	for i, e := range all {
		if i%2 == 0 {
			learn, learnX = append(learn, e), append(learnX, features[i])
		} else {
			judge, judgeX = append(judge, e), append(judgeX, features[i])
		}
	}
	r, err := effect.FitResponse(learn, learnX, 100)
	if err != nil {
		t.Fatal(err)
	}
	scores := make([]float64, len(judge))
	for i, x := range judgeX {
		scores[i], _ = r.Effect(x)
	}
	q, err := effect.QiniCurve(scores, judge, effect.Resampling{Resamples: 200, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("AUUC %.4f (%.4f to %.4f)", q.AUUC, q.Interval.Low, q.Interval.High)
	if q.Interval.Low <= 0 {
		t.Errorf("AUUC %.4f in %+v", q.AUUC, q.Interval)
	}
}
