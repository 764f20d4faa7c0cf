package repurchase

import (
	"math"
	"testing"
)

func BenchmarkFit5k(b *testing.B)  { benchmarkFit(b, 5_000) }
func BenchmarkFit20k(b *testing.B) { benchmarkFit(b, 20_000) }

func benchmarkFit(b *testing.B, n int) {
	buyers := buyersOf(mixedShop(n, 7).draw())
	for b.Loop() {
		if _, err := FitMixture(buyers, MixtureOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScore1M(b *testing.B) {
	shop := mixedShop(1_000_000, 8)
	buyers := buyersOf(shop.draw())
	value := &ValueOptions{Discount: 0.0953 / 365, Horizon: 5 * 365}
	want := Wanted{Silence: true, Alive: true, MeanGap: true, Window: 90, Quantiles: []float64{0.2}, Value: value}
	for b.Loop() {
		if _, err := shop.truth.Score(buyers, want); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFitBGNBD_CDNOW(b *testing.B) {
	buyers := readPast(b, "cdnow_master").buyers
	for b.Loop() {
		if _, err := FitBGNBD(buyers, FitOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFitMBGNBD_CDNOW(b *testing.B) {
	buyers := readPast(b, "cdnow_master").buyers
	for b.Loop() {
		if _, err := FitMBGNBD(buyers, FitOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGather_CDNOW(b *testing.B) {
	buyers := readPast(b, "cdnow_master").buyers
	for b.Loop() {
		gather(buyers, false)
	}
}

func BenchmarkScoreBGNBD_CDNOW(b *testing.B) {
	benchmarkScore(b, BGNBD{R: 0.25, Alpha: 4.8, A: 0.72, B: 2.16})
}

func BenchmarkScoreParetoNBD_CDNOW(b *testing.B) {
	benchmarkScore(b, ParetoNBD{R: 0.6, Alpha: 11.6, S: 0.52, Beta: 8.8})
}

func benchmarkScore(b *testing.B, m scorer) {
	buyers := readPast(b, "cdnow_master").buyers
	for b.Loop() {
		if _, err := m.Score(buyers, 39); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFitParetoNBD_CDNOW(b *testing.B) {
	buyers := readPast(b, "cdnow_master").buyers
	for b.Loop() {
		if _, err := FitParetoNBD(buyers, FitOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

// One look at the log-likelihood with its exact slopes and curvature, over the
// folded histories: what a step of a fit costs.
func BenchmarkLookBGNBD_CDNOW(b *testing.B) {
	gathered := gather(readPast(b, "cdnow_master").buyers, false)
	benchmarkLook(b, newGeometricHill(family{k: 1}, gathered, 1), []float64{0.2516, 4.789, 0.7234, 2.161})
}

func BenchmarkLookParetoNBD_CDNOW(b *testing.B) {
	gathered := gather(readPast(b, "cdnow_master").buyers, false)
	benchmarkLook(b, newParetoHill(gathered, nil, 1, exactRules()), []float64{0.5974, 11.585, 0.5222, 8.827})
}

func benchmarkLook(b *testing.B, h hill, parameters []float64) {
	at := make([]float64, len(parameters))
	for i, p := range parameters {
		at[i] = math.Log(p)
	}
	for b.Loop() {
		h.look(at)
	}
}
