package forecast

import (
	"testing"
)

// BenchmarkFit learns from 20,000 customers with two years of history.
func BenchmarkFit(b *testing.B) {
	h := columnsOf(world{customers: 20_000, from: year(2022), to: year(2024), seed: 1, leave: 0.1}.live(), year(2024))
	days := dayCounts(h)
	b.ReportMetric(float64(len(h.Day)), "visits")
	for b.Loop() {
		if _, err := Fit(h, days, settings()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkForecasts walks past 100,000 customers.
func BenchmarkForecasts(b *testing.B) {
	h := columnsOf(world{customers: 100_000, from: year(2022), to: year(2024), seed: 1, leave: 0.1}.live(), year(2024))
	m, err := Fit(h, dayCounts(h), settings())
	if err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for b.Loop() {
		m.Forecasts(h)
	}
	b.ReportMetric(float64(h.Len())*float64(b.N)/b.Elapsed().Seconds(), "customers/s")
}
