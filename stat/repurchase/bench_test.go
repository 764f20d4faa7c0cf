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
