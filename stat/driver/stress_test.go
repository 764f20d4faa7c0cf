package driver

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"behold/stat"
)

// Whatever was answered, a share is a number of 0 … 1 and the shares sum to R².
func TestWildAnswers(t *testing.T) {
	for seed := range uint64(250) {
		dice := rand.New(rand.NewPCG(seed, 31))
		value := func() float64 {
			pick := []float64{1, 2, 3, 4, 5, 5, 5, math.NaN(), dice.NormFloat64(), 1e-300, 1e9, 1e9 + 1e-3, 1e100}
			if seed%10 == 0 {
				pick = append(pick, math.Inf(1), 1e300)
			}
			return pick[dice.IntN(len(pick))]
		}
		a, items := Answers{}, 1+dice.IntN(4)
		for range dice.IntN(30) {
			row := make([]float64, items)
			for j := range row {
				row[j] = value()
			}
			if dice.IntN(3) == 0 {
				row[items-1] = row[0]
			}
			a.Items, a.Outcome = append(a.Items, row), append(a.Outcome, value())
			if seed%3 == 0 {
				a.Weights = append(a.Weights, []float64{1, 2, 0.3, 1e-9, 1e9}[dice.IntN(5)])
			}
		}
		d, err := Rank(a, Options{Ridge: []float64{0, 0.05, 1}[dice.IntN(3)], Resamples: 4, WithoutMean: seed%2 == 0})
		var input *stat.InputError
		if err != nil {
			if !errors.As(err, &input) {
				t.Errorf("seed %d: %v", seed, err)
			}
			continue
		}
		sum := 0.0
		for _, item := range d.Items {
			sum += item.Share
			for _, v := range []float64{item.Share, item.Interval.Low, item.Interval.High, item.TopThree, d.R2, d.R2Interval.High} {
				if math.IsNaN(v) || v < 0 || v > 1+1e-6 {
					t.Errorf("seed %d: %+v", seed, d)
				}
			}
		}
		near(t, sum, d.R2, 1e-6, "seed", seed) // items almost determined by others are cut off
	}
}
