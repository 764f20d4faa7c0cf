package effect

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func TestAscendingPlaces(t *testing.T) {
	for seed := range uint64(50) {
		dice := rand.New(rand.NewPCG(seed, 37))
		values := make([]float64, dice.IntN(200))
		for i := range values {
			values[i] = []float64{0, math.Copysign(0, -1), 1, -1, 1e300, -1e-300, dice.NormFloat64(), -3}[dice.IntN(8)]
		}
		want := make([]int, len(values))
		for i := range want {
			want[i] = i
		}
		slices.SortStableFunc(want, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
		for i, p := range ascendingPlaces(values) {
			if p.at != want[i] {
				t.Fatalf("seed %d: place %d is %d, want %d", seed, i, p.at, want[i])
			}
		}
	}
}
