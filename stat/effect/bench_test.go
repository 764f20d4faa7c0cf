package effect

import (
	"math"
	"math/rand/v2"
	"testing"
)

func manyScores(n int) (scores []float64, happened []bool) {
	dice := rand.New(rand.NewPCG(1, 1))
	scores, happened = make([]float64, n), make([]bool, n)
	for i := range scores {
		scores[i] = dice.NormFloat64()
		happened[i] = dice.Float64() < logistic(scores[i]-1)
	}
	return scores, happened
}

func BenchmarkFitVennAbers100k(b *testing.B) {
	scores, happened := manyScores(100_000)
	for b.Loop() {
		if _, err := FitVennAbers(scores, happened); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVennAbersChance100k(b *testing.B) {
	scores, happened := manyScores(100_000)
	v, err := FitVennAbers(scores, happened)
	if err != nil {
		b.Fatal(err)
	}
	i, sum := 0, 0.0
	for b.Loop() {
		sum += v.Chance(scores[i]).Value
		i = (i + 1) % len(scores)
	}
	if math.IsNaN(sum) {
		b.Fatal(sum)
	}
}

func BenchmarkIsotonic100k(b *testing.B) {
	scores, happened := manyScores(100_000)
	y := make([]float64, len(scores))
	for i, h := range happened {
		if h {
			y[i] = 1
		}
	}
	for b.Loop() {
		if _, err := Isotonic(scores, y, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAUC100k(b *testing.B) {
	scores, happened := manyScores(100_000)
	for b.Loop() {
		if _, err := AUC(scores, happened, 0.95); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkShrinkShares20(b *testing.B) {
	dice := rand.New(rand.NewPCG(2, 2))
	happened, of := make([]float64, 20), make([]float64, 20)
	for i := range of {
		of[i] = float64(5 + dice.IntN(200))
		happened[i] = math.Round(of[i] * (0.3 + 0.2*dice.Float64()))
	}
	for b.Loop() {
		if _, err := ShrinkShares(happened, of, Shrinking{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPower24Months(b *testing.B) {
	d := Design{PerMonth: 40, Months: 24, Held: 0.2, Effect: 0.1, Spread: 0.41}
	for b.Loop() {
		if _, err := d.Power(lateSequence); err != nil {
			b.Fatal(err)
		}
	}
}
