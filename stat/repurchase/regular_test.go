package repurchase

import (
	"math"
	"slices"
	"testing"
	"time"
)

// histories are the purchase days of each customer up to and including end, as
// buyers in days.
func histories(t *testing.T, name string, end time.Time) (buyers []Buyer) {
	t.Helper()
	days := make(map[string][]float64)
	for _, row := range rows(t, name) {
		day, err := time.Parse(time.DateOnly, row[1][:10])
		if err != nil {
			t.Fatal(err)
		}
		if !day.After(end) {
			days[row[0]] = append(days[row[0]], end.Sub(day).Hours()/24)
		}
	}
	for _, ago := range days {
		slices.Sort(ago)
		ago = slices.Compact(ago)
		first := ago[len(ago)-1]
		b := Buyer{Repeats: float64(len(ago) - 1), Last: first - ago[0], Age: first}
		for i := range ago[1:] {
			b.LogGaps += math.Log(ago[i+1] - ago[i])
		}
		buyers = append(buyers, b)
	}
	return buyers
}

// MBG/CNBD-k with k = 2 on simulated purchases of 2014, against the reference
// run (its α is on the scale of single events, so k times smaller).
func TestFitMixture_Regular(t *testing.T) {
	buyers := histories(t, "data/example_transactions.csv.gz", time.Date(2014, 9, 30, 0, 0, 0, 0, time.UTC))
	m, err := FitMixture(buyers, MixtureOptions{Shapes: []float64{2}, NoPriors: true})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ln L", m.LogLikelihood, -33390.37009390799, 1e-8)
	near(t, "r", m.R, 1.063113207296231, 1e-4)
	near(t, "alpha", m.Alpha, 2*3.0697695131011615, 1e-4)
	near(t, "a", m.A, 2.0263526355217687, 1e-4)
	near(t, "b", m.B, 2.2342652909280796, 1e-4)
	three, err := FitMixture(buyers, MixtureOptions{Shapes: []float64{3}, NoPriors: true})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ln L at k = 3", three.LogLikelihood, -34197.0823164986, 1e-8)
	mixed, err := FitMixture(buyers, MixtureOptions{NoPriors: true})
	if err != nil {
		t.Fatal(err)
	}
	if mixed.LogLikelihood < m.LogLikelihood {
		t.Errorf("a mixture with k = 2 among its shapes reaches ln L %v, k = 2 alone %v", mixed.LogLikelihood, m.LogLikelihood)
	}
}
