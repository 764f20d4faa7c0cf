package repurchase

import "testing"

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
