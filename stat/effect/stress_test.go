package effect

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"behold/stat"
)

// wild draws numbers as bad as they come: ties, giants, what is no number.
func wild(dice *rand.Rand, rough bool) float64 {
	pick := []float64{0, 1, -1, 0.5, 1e-300, -1e-300, 1e12, 1e12 + 1, dice.NormFloat64(), dice.Float64(), 1e140, -1e140}
	if rough {
		pick = append(pick, math.NaN(), math.Inf(1), math.Inf(-1), 1e300)
	}
	return pick[dice.IntN(len(pick))]
}

func isRefusal(err error) bool {
	var input *stat.InputError
	return errors.As(err, &input) && input.Error() != ""
}

// Whatever is given, the answer is no NaN; what cannot be answered is refused by
// name.
func TestWildScores(t *testing.T) {
	for seed := range uint64(400) {
		dice := rand.New(rand.NewPCG(seed, 17))
		n, rough := dice.IntN(12), dice.IntN(6) == 0
		scores, other, happened := make([]float64, n), make([]float64, n), make([]bool, n)
		for i := range scores {
			scores[i], other[i], happened[i] = wild(dice, rough), wild(dice, false), dice.IntN(2) == 0
		}
		ask := func(name string, numbers []float64, err error) {
			t.Helper()
			if err != nil {
				if !isRefusal(err) {
					t.Errorf("seed %d, %s: %v", seed, name, err)
				}
				return
			}
			for _, v := range numbers {
				if math.IsNaN(v) {
					t.Errorf("seed %d, %s: %v of %v, %v", seed, name, numbers, scores, happened)
					return
				}
			}
		}
		r, err := AUC(scores, happened, 0.95)
		ask("AUC", []float64{r.AUC, r.StdErr, r.Interval.Low, r.Interval.High}, err)
		if err == nil && !(r.AUC >= 0 && r.AUC <= 1 && r.Interval.Low <= r.AUC && r.AUC <= r.Interval.High) {
			t.Errorf("seed %d: %+v", seed, r)
		}
		c, err := CompareAUC(scores, other, happened, Resampling{Resamples: 5})
		ask("CompareAUC", []float64{c.Difference, c.Interval.Low, c.Interval.High}, err)
		p, err := FitPlatt(scores, happened)
		ask("FitPlatt", []float64{p.Intercept, p.Slope}, err)
		if err == nil {
			for _, s := range scores {
				if chance := p.Chance(s); !(chance >= 0 && chance <= 1) {
					t.Errorf("seed %d: chance %v at %v of %v, %v (%+v)", seed, chance, s, scores, happened, p)
				}
			}
		}
		if v, err := FitVennAbers(scores, happened); err == nil {
			for _, s := range append(scores, 7, -1e200) {
				if chance := v.Chance(s); !(chance.Low >= 0 && chance.Low <= chance.High+1e-12 && chance.High <= 1) || math.IsNaN(chance.Value) {
					t.Errorf("seed %d: %+v at %v", seed, chance, s)
				}
			}
		} else {
			ask("FitVennAbers", nil, err)
		}
		s, err := Isotonic(scores, other, nil)
		ask("Isotonic", s.Y, err)
		for i := 1; i < len(s.Y); i++ {
			if s.Y[i] < s.Y[i-1] {
				t.Errorf("seed %d: falls: %v", seed, s.Y)
			}
		}
		q, err := NewConformal(scores, happened)
		if err == nil {
			ask("Conformal", []float64{q.P(3), q.P(math.Inf(1))}, nil)
		} else {
			ask("Conformal", nil, err)
		}
		chances := make([]float64, n)
		for i := range chances {
			chances[i] = math.Abs(math.Mod(scores[i], 1.2))
		}
		l, err := Reliability(chances, happened, 0.95)
		ask("Reliability", []float64{l.Slope, l.Intercept, l.Level, l.Brier, l.ECE, l.SlopeIn.Low, l.SlopeIn.High, l.LevelIn.Low, l.LevelIn.High}, err)
	}
}

func TestWildEpisodes(t *testing.T) {
	for seed := range uint64(400) {
		dice := rand.New(rand.NewPCG(seed, 19))
		n, rough := dice.IntN(14), dice.IntN(6) == 0
		episodes, features, scores := make([]Episode, n), make([][]float64, n), make([]float64, n)
		for i := range episodes {
			chance := []float64{0.5, 0.5, 0.9, 1e-9, 1 - 1e-12}[dice.IntN(5)]
			episodes[i] = Episode{Treated: dice.IntN(2) == 0, Chance: chance, Outcome: wild(dice, rough), Without: wild(dice, false), With: wild(dice, false)}
			features[i] = []float64{wild(dice, rough), 1, wild(dice, false)}
			scores[i] = wild(dice, false)
		}
		e, err := Compare(episodes, 0.95)
		if err != nil && !isRefusal(err) {
			t.Error(err)
		}
		if err == nil && (math.IsNaN(e.Value) || math.IsNaN(e.StdErr) || math.IsNaN(e.With) || math.IsNaN(e.Without)) {
			t.Errorf("seed %d: %+v of %+v", seed, e, episodes)
		}
		q, err := QiniCurve(scores, episodes, Resampling{Resamples: 4})
		if err != nil && !isRefusal(err) {
			t.Error(err)
		}
		if err == nil && (math.IsNaN(q.AUUC) || math.IsNaN(q.Interval.Low) || math.IsNaN(q.Interval.High)) {
			t.Errorf("seed %d: %+v of %+v", seed, q, episodes)
		}
		r, err := FitResponse(episodes, features, float64(dice.IntN(2)))
		if err != nil && !isRefusal(err) {
			t.Error(err)
		}
		if err == nil {
			if v, stdErr := r.Effect(features[0]); math.IsNaN(v) || math.IsNaN(stdErr) {
				t.Errorf("seed %d: %v ± %v of %+v, %v", seed, v, stdErr, episodes, features)
			}
		}
	}
}
