package app

import (
	"encoding/json"
	"io"
	"testing"

	"behold"
)

// BenchmarkReports makes each report on the company as a whole, as JSON and as a
// page, after a round has counted it: all that a manager waits for.
func BenchmarkReports(b *testing.B) {
	a := openBench(b)
	if _, err := a.Import(b.Context(), ImportJob{Path: benchFile(b), File: "orders.csv"}); err != nil {
		b.Fatal(err)
	}
	if _, err := a.Round(b.Context(), behold.NoDay, nil); err != nil {
		b.Fatal(err)
	}
	for _, which := range []string{"loss", "funnel", "economy", "fairness"} {
		b.Run(which, func(b *testing.B) {
			for b.Loop() {
				r, err := a.Reckoning(b.Context(), behold.NoDay, nil)
				if err != nil {
					b.Fatal(err)
				}
				if err := json.NewEncoder(io.Discard).Encode(r); err != nil {
					b.Fatal(err)
				}
				doc, err := a.CompanyPaper(b.Context(), which, r, "en")
				if err != nil {
					b.Fatal(err)
				}
				if err := doc.HTML(io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkReckon counts the company as of a day that no round was walked for:
// everybody is passed anew.
func BenchmarkReckon(b *testing.B) {
	a := openBench(b)
	if _, err := a.Import(b.Context(), ImportJob{Path: benchFile(b), File: "orders.csv"}); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := a.Reckoning(b.Context(), behold.NoDay, nil); err != nil {
			b.Fatal(err)
		}
	}
}
