package survival

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// Durations in days over ten years, as a shop has them.
func manyStays(n int) []Stay {
	dice := rand.New(rand.NewPCG(1, 5))
	stays := make([]Stay, n)
	for i := range stays {
		d := math.Ceil(dice.ExpFloat64() * 900)
		stays[i] = Stay{Duration: min(d, 3650), Left: d < 3650 && dice.IntN(3) > 0}
	}
	return stays
}

func BenchmarkKaplanMeier1M(b *testing.B) {
	stays := manyStays(1_000_000)
	for b.Loop() {
		if _, err := KaplanMeier(stays, CurveOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

// No two customers the same, and a third of them entered late.
func BenchmarkKaplanMeierDistinct1M(b *testing.B) {
	stays := manyStays(1_000_000)
	dice := rand.New(rand.NewPCG(2, 5))
	for i := range stays {
		stays[i].Duration += dice.Float64()
		if i%3 == 0 {
			stays[i].Entry = stays[i].Duration * dice.Float64()
		}
	}
	for b.Loop() {
		if _, err := KaplanMeier(stays, CurveOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLogRank1M(b *testing.B) {
	stays := manyStays(1_000_000)
	for i := range stays {
		stays[i].Group = [...]string{"mail", "shop", "web"}[i%3]
	}
	for b.Loop() {
		if _, err := LogRank(stays); err != nil {
			b.Fatal(err)
		}
	}
}

func manyRows(n, columns int, distinct bool) []Row {
	dice := rand.New(rand.NewPCG(3, 5))
	rows := make([]Row, n)
	for i, s := range manyStays(n) {
		x := make([]float64, columns)
		for j := range x {
			x[j] = dice.NormFloat64()
			s.Duration *= math.Exp(0.1 * float64(j-4) * x[j])
		}
		if !distinct {
			s.Duration = math.Ceil(s.Duration)
		}
		rows[i] = Row{Stay: s, X: x}
	}
	return rows
}

func BenchmarkFitCox10kx10(b *testing.B) { benchmarkCox(b, manyRows(10_000, 10, true)) }

func BenchmarkFitCox100kx10(b *testing.B) { benchmarkCox(b, manyRows(100_000, 10, true)) }

func BenchmarkFitCoxTied100kx10(b *testing.B) { benchmarkCox(b, manyRows(100_000, 10, false)) }

func BenchmarkFitCoxRobust100kx10(b *testing.B) {
	rows := manyRows(100_000, 10, true)
	for i := range rows {
		rows[i].Cluster = fmt.Sprint(i / 3)
	}
	benchmarkCox(b, rows)
}

func benchmarkCox(b *testing.B, rows []Row) {
	for b.Loop() {
		c, err := FitCox(rows, CoxOptions{})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(c.Iterations), "steps")
	}
}

func BenchmarkFitDiscrete100kx10(b *testing.B) {
	periods := make([]Period, 0, 100_000)
	for _, r := range manyRows(100_000, 10, true) {
		periods = append(periods, Period{Happened: r.Left && r.Duration < 200, X: r.X})
	}
	for b.Loop() {
		if _, err := FitDiscrete(periods, DiscreteOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkKaplanMeier100k(b *testing.B) {
	stays := manyStays(100_000)
	for b.Loop() {
		if _, err := KaplanMeier(stays, CurveOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

// Thirteen years of one cohort.
func BenchmarkFitSBG(b *testing.B) {
	cohorts := []Cohort{{Active: []float64{1000, 910, 770, 660, 580, 520, 475, 440, 412, 389, 370, 354, 340}}}
	for b.Loop() {
		if _, err := FitSBG(cohorts); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFitBdW(b *testing.B) {
	cohorts := []Cohort{{Active: []float64{1000, 910, 770, 660, 580, 520, 475, 440, 412, 389, 370, 354, 340}}}
	for b.Loop() {
		if _, err := FitBdW(cohorts); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkChooseContract(b *testing.B) {
	cohorts := []Cohort{{Active: []float64{1000, 910, 770, 660, 580, 520, 475, 440, 412, 389, 370, 354, 340}}}
	for b.Loop() {
		if _, err := ChooseContract(cohorts); err != nil {
			b.Fatal(err)
		}
	}
}
