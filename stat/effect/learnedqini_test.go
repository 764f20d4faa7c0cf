package effect_test

import (
	"math/rand/v2"
	"testing"

	"behold/stat/effect"
)

// The women's mail works on those who bought for women before: learned on one
// half, the ranking pays on the other, and the curve ends at the effect on all.
func TestLearnQini_Hillstrom(t *testing.T) {
	all, features := episodes(hillstrom(t), "Womens E-Mail", func(m mail) float64 { return m.visit })
	q := must(effect.LearnQini(all, features, 100, effect.Resampling{Resamples: 100, Seed: 1}))
	t.Logf("AUUC %.4f (%.4f to %.4f)", q.AUUC, q.Interval.Low, q.Interval.High)
	if q.Interval.Low <= 0 {
		t.Errorf("AUUC %.4f in %+v", q.AUUC, q.Interval)
	}
	near(t, q.Curve[len(q.Curve)-1].Gain, .151-.106, .005, "gain of treating all")
}

// Where nobody responds more than others the interval is above 0 as rarely as it
// says.
func TestLearnQiniOfNothing(t *testing.T) {
	above := share(500, 5, func(dice *rand.Rand) bool {
		var all []effect.Episode
		var features [][]float64
		for range 300 {
			x := dice.Float64()
			e := effect.Episode{Chance: .5, Treated: dice.Float64() < .5, With: .5, Without: .5}
			e.Outcome = coin(dice, .3+.3*x)
			if e.Treated {
				e.Outcome = coin(dice, .4+.3*x)
			}
			all, features = append(all, e), append(features, []float64{x, dice.Float64()})
		}
		q := must(effect.LearnQini(all, features, 10, effect.Resampling{Resamples: 100, Seed: dice.Uint64()}))
		return q.Interval.Low > 0
	})
	t.Logf("above 0 in %.3f", above)
	if above > .045 {
		t.Errorf("%.3f of the curves are shown to pay, and none does", above)
	}
}

func TestLearnQiniErrors(t *testing.T) {
	one := []effect.Episode{{Chance: .5, Treated: true}, {Chance: .5}, {Chance: .5}}
	if _, err := effect.LearnQini(one, [][]float64{{1}, {2}, {3}}, 1, effect.Resampling{}); err == nil {
		t.Error("three episodes were parted into halves")
	}
}
