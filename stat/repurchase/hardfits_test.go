package repurchase

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"os"
	"strconv"
	"testing"

	"behold/internal/realdata"
)

// rows reads a gzipped CSV file of the shared data, without its heading.
func rows(t testing.TB, name string) [][]string {
	t.Helper()
	file, err := os.Open(realdata.Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	all, err := csv.NewReader(plain).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all[1:]
}

func number(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

type hardFits struct {
	Cases map[string]struct {
		Fits map[string]struct {
			Best     float64            `json:"sup_loglik"`
			Interior bool               `json:"interior_optimum"`
			Params   map[string]float64 `json:"params_at_sup"`
		}
	}
}

// Summaries that break other fitters: the best likelihood they have, and where
// it lies at infinity an answer near it that says so.
func TestHardFits(t *testing.T) {
	raw, err := os.ReadFile(realdata.Path(t, "reference/hard_fits.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want hardFits
	if err := json.Unmarshal(raw, &want); err != nil {
		t.Fatal(err)
	}
	buyers := make(map[string][]Buyer)
	for _, row := range rows(t, "data/hard_fits.csv.gz") {
		buyers[row[0]] = append(buyers[row[0]], Buyer{
			Repeats: number(t, row[1]), Last: number(t, row[2]), Age: number(t, row[3]), Weight: number(t, row[4]),
		})
	}
	for name, c := range want.Cases {
		fit, ok := c.Fits["mbgnbd"]
		if !ok || len(buyers[name]) == 0 {
			continue
		}
		m, err := FitMixture(buyers[name], MixtureOptions{Shapes: []float64{1}, NoPriors: true})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		t.Logf("%s: ln L %.6f of %.6f, %.5g %.5g %.5g %.5g %v", name, m.LogLikelihood, fit.Best, m.R, m.Alpha, m.A, m.B, m.Caveats)
		below := 0.05
		if fit.Interior {
			below = 1e-3
			near(t, name+" r", m.R, fit.Params["r"], 1e-3)
			near(t, name+" alpha", m.Alpha, fit.Params["alpha"], 1e-3)
			near(t, name+" a", m.A, fit.Params["a"], 1e-3)
			near(t, name+" b", m.B, fit.Params["b"], 1e-3)
		}
		if m.LogLikelihood < fit.Best-below {
			t.Errorf("%s: ln L %.6f, best %.6f", name, m.LogLikelihood, fit.Best)
		}
		checkFinite(t, name, m, buyers[name])
	}
}
