package driver

import "testing"

// Nine items, all 512 sets.
func BenchmarkLMG9(b *testing.B) {
	answers, _ := survey(1, 400, 9)
	cov, err := FitCovariance(answers, 0)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, _, err := LMG(cov.Cov); err != nil {
			b.Fatal(err)
		}
	}
}

// Nine items, three asked of each of 400 customers, 500 resamples.
func BenchmarkRank400(b *testing.B) {
	answers, _ := survey(1, 400, 3)
	for b.Loop() {
		if _, err := Rank(answers, Options{Ridge: 0.05}); err != nil {
			b.Fatal(err)
		}
	}
}
