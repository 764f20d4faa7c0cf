package sequential_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"behold/stat"
	"behold/stat/sequential"
)

func wild(dice *rand.Rand) float64 {
	return []float64{0, 1, 1, 1, -1, 0.5, 1e-300, 1e12, dice.NormFloat64(), dice.Float64(), 1e100, -1e100,
		1e300, math.NaN(), math.Inf(1), math.Inf(-1)}[dice.IntN(16)]
}

// Whatever is added, a range is a range; what cannot be added is refused and
// leaves the sequence as it was.
func TestWildValues(t *testing.T) {
	for seed := range uint64(300) {
		dice := rand.New(rand.NewPCG(seed, 23))
		bounded := must(sequential.NewBounded(sequential.Scale{Low: -1, High: 1e12, Level: 0.9}))
		mean := must(sequential.NewMean(0.95))
		strata := must(sequential.NewStrata([]float64{1, 1e6, 1e-6}, 0.95))
		finite := must(sequential.NewFiniteShare(5, 0.95))
		share := must(sequential.NewShare(0.95))
		for range dice.IntN(90) {
			v, w := wild(dice), wild(dice)
			for name, a := range map[string]struct {
				add      func() error
				interval func() stat.Interval
			}{
				"Bounded": {func() error { return bounded.Add(v) }, bounded.Interval},
				"Mean":    {func() error { return mean.AddWeighted(v, w) }, mean.Interval},
				"Strata":  {func() error { return strata.Add(dice.IntN(5)-1, v) }, strata.Interval},
				"Finite":  {func() error { return finite.Add(v > 0) }, finite.Interval},
				"Share":   {func() error { return share.AddCounts(dice.IntN(4)-1, dice.IntN(4)-1) }, share.Interval},
			} {
				before := a.interval()
				var input *stat.InputError
				err := a.add()
				if err != nil && !errors.As(err, &input) {
					t.Errorf("%s: %v", name, err)
				}
				in := a.interval()
				if math.IsNaN(in.Low) || math.IsNaN(in.High) || in.Low > in.High {
					t.Fatalf("seed %d, %s: %+v after %v, weight %v", seed, name, in, v, w)
				}
				if err != nil && in != before {
					t.Errorf("seed %d, %s: %+v was %+v before the refused %v", seed, name, in, before, v)
				}
			}
		}
	}
}

func TestWildAlarms(t *testing.T) {
	for seed := range uint64(300) {
		dice := rand.New(rand.NewPCG(seed, 29))
		cusum, ewma := must(sequential.NewCUSUM(1+dice.ExpFloat64(), 2)), must(sequential.NewEWMA(0.2, 3))
		for range 30 {
			chances, lost := make([]float64, dice.IntN(5)), make([]bool, dice.IntN(5))
			for i := range chances {
				chances[i] = wild(dice)
				if dice.IntN(3) > 0 {
					chances[i] = math.Abs(math.Sin(chances[i]))
				}
			}
			up, down := cusum.Up, cusum.Down
			if err := cusum.Add(chances, lost); err != nil && (cusum.Up != up || cusum.Down != down) {
				t.Errorf("seed %d: a refused month moved the sums", seed)
			}
			if math.IsNaN(cusum.Up) || math.IsNaN(cusum.Down) || cusum.Up < 0 || cusum.Down < 0 {
				t.Fatalf("seed %d: %+v after %v", seed, cusum, chances)
			}
			if c, err := sequential.NewCount(chances); err == nil {
				low, high := c.Limits(0.95)
				if low < 0 || low > high || high > len(chances) || math.Abs(c.UpTo(len(chances))-1) > 1e-12 || math.IsNaN(c.Chance(0)) {
					t.Errorf("seed %d: %+v of %v", seed, c, chances)
				}
			}
			ratio := ewma.Ratio
			if err := ewma.Add(wild(dice), wild(dice)); err != nil && ewma.Ratio != ratio {
				t.Errorf("seed %d: a refused month moved the ratio", seed)
			}
			if low, high := ewma.Limits(); math.IsNaN(ewma.Ratio) || math.IsNaN(low) || math.IsNaN(high) || low > high {
				t.Fatalf("seed %d: %+v", seed, ewma)
			}
			ewma.Rings()
		}
	}
}
