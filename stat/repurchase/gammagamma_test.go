package repurchase

import (
	"encoding/json"
	"errors"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"behold/internal/realdata"
)

// METHODS 2.5: n = 2 and z = 22.35 with the published CDNOW values give 24.66.
func TestGammaGammaMean(t *testing.T) {
	g := GammaGamma{P: 6.25, Q: 3.74, V: 15.44}
	mean, ok := g.Mean(2, 22.35)
	if !ok || math.Abs(mean-24.66) > 0.005 {
		t.Errorf("mean %v, %v", mean, ok)
	}
	nobody, ok := g.Mean(0, 0)
	near(t, "a customer never seen", nobody, 6.25*15.44/2.74, 1e-12)
	if !ok {
		t.Error("with q above 1 a new customer has a mean")
	}
	heavy := GammaGamma{P: 2, Q: 0.6, V: 15}
	if mean, ok := heavy.Mean(0, 0); ok || mean != 0 {
		t.Errorf("with q below 1 a new customer has the mean %v", mean)
	}
	if mean, ok := heavy.Mean(1, 50); !ok || !finite(mean) {
		t.Errorf("one purchase is enough where p + q is above 1, but the mean is %v", mean)
	}
}

func TestFitGammaGammaRecovers(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	spends := make([]Spend, 20_000)
	for i := range spends {
		n := 1 + float64(rnd.IntN(6))
		spends[i] = Spend{Occasions: n, Mean: gammaDraw(rnd, 5*n) / (n * gammaDraw(rnd, 3) / 40)}
	}
	g, err := FitGammaGamma(spends)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "p", g.P, 5, 0.05)
	near(t, "q", g.Q, 3, 0.05)
	near(t, "v", g.V, 40, 0.08)
}

// Heavy-tailed spends, on which others give NaN for every customer.
func TestFitGammaGammaHard(t *testing.T) {
	var spends []Spend
	for _, row := range rows(t, "data/hard_gamma_gamma.csv.gz") {
		spends = append(spends, Spend{Occasions: number(t, row[0]), Mean: number(t, row[1])})
	}
	g, err := FitGammaGamma(spends)
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Caveats) != 1 || g.Caveats[0].Code != "no-mean" {
		t.Errorf("caveats %v, want no-mean", g.Caveats)
	}
	raw, err := os.ReadFile(realdata.Path(t, "reference/hard_fits.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Cases struct {
			Heavy struct {
				Params map[string]float64
				LogLik float64 `json:"loglik"`
			} `json:"gamma_gamma_heavy_tail"`
		}
	}
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	want := all.Cases.Heavy
	near(t, "ln L", g.LogLikelihood, want.LogLik, 1e-9)
	for i, letter := range []string{"p", "q", "v"} {
		near(t, letter, g.Estimates[i].Value, want.Params[letter], 1e-4)
	}
	for _, s := range spends {
		if mean, _ := g.Mean(s.Occasions, s.Mean); !finite(mean) {
			t.Fatalf("the mean after %+v is %v", s, mean)
		}
	}
}

func TestFitGammaGammaRefuses(t *testing.T) {
	good := Spend{Occasions: 2, Mean: 10}
	for field, bad := range map[string]Spend{
		"Mean": {Occasions: 1, Mean: -3}, "Occasions": {Mean: 3}, "Weight": {Occasions: 1, Mean: 3, Weight: math.NaN()},
	} {
		var input *InputError
		if _, err := FitGammaGamma([]Spend{good, bad}); !errors.As(err, &input) || input.Buyer != 1 || input.Field != field {
			t.Errorf("%+v gives %v", bad, err)
		}
	}
	if _, err := FitGammaGamma(nil); !errors.Is(err, ErrTooFew) {
		t.Errorf("nobody gives %v", err)
	}
	same := make([]Spend, 200)
	for i := range same {
		same[i] = good
	}
	g, err := FitGammaGamma(same)
	if err != nil {
		t.Fatal(err)
	}
	if mean, ok := g.Mean(2, 10); !ok || math.Abs(mean-10) > 0.01 || len(g.Caveats) == 0 {
		t.Errorf("all spend 10 a time: mean %v, %+v", mean, g)
	}
}

// Estimates, errors and expected spends on every set of the reference that has
// values.
func TestReferenceGammaGamma(t *testing.T) {
	all := readReference(t)
	_, published := cdnow(t)
	sets := map[string][]Spend{
		"cdnow_summary": published,
		"cdnow_sample":  spendsOf(t, "data/cdnow_sample.csv", 1, 4, "1997-09-30"),
		"cdnow_master":  spendsOf(t, "data/cdnow_master.csv.gz", 0, 3, "1997-09-30"),
		"sim_pnbd_cov":  spendsOf(t, "data/sim_pnbd_cov_transactions.csv.gz", 0, 2, "2023-12-31"),
	}
	for set, spends := range sets {
		want := all.Datasets[set].Fits["gamma_gamma"]
		g, err := FitGammaGamma(spends)
		if err != nil {
			t.Fatal(err)
		}
		near(t, set+" ln L", g.LogLikelihood, want.LogLik, 1e-9)
		for i, letter := range []string{"p", "q", "v"} {
			e := g.Estimates[i]
			near(t, set+" "+letter, e.Value, want.Params[letter], 1e-4)
			near(t, set+" error of "+letter, e.Error, want.Errors[letter], 1e-3)
			if !(e.Known && e.Range.Low < e.Value && e.Value < e.Range.High) {
				t.Errorf("%+v", e)
			}
		}
		g = GammaGamma{P: want.Params["p"], Q: want.Params["q"], V: want.Params["v"]}
		for i, row := range all.Datasets[set].Selected {
			mean, _ := g.Mean(row.X, row.Spend)
			near(t, set+" mean of "+row.ID, mean, want.Predictions[i].Spend, 1e-9)
		}
	}
}

// spendsOf are the mean spends of a day over the repeat days of each customer.
func spendsOf(t *testing.T, file string, id, value int, end string) (spends []Spend) {
	t.Helper()
	days := make(map[string]map[string]float64)
	for _, row := range anyRows(t, file) {
		if day := row[id+1][:10]; day <= end {
			if days[row[id]] == nil {
				days[row[id]] = make(map[string]float64)
			}
			days[row[id]][day] += number(t, row[value])
		}
	}
	for _, of := range days {
		first, sum := slices.Min(slices.Collect(maps.Keys(of))), 0.0
		for day, spent := range of {
			if day != first {
				sum += spent
			}
		}
		if n := float64(len(of) - 1); sum > 0 {
			spends = append(spends, Spend{Occasions: n, Mean: sum / n})
		}
	}
	return spends
}

func TestGammaGammaCurvature(t *testing.T) {
	p := newSpendProblem([]Spend{{Occasions: 1, Mean: 3}, {Occasions: 2, Mean: 30, Weight: 3}, {Occasions: 9, Mean: 12}, {Occasions: 1, Mean: 8}})
	checkSlopes(t, "gamma-gamma", spendHill{p}, []float64{0.4, 1, -0.3})
}

// spendHill lets the slopes be checked like those of the others.
type spendHill struct{ *spendProblem }

func (h spendHill) look(at []float64) view       { return h.curvature(at) }
func (h spendHill) rows() int                    { return len(h.spends) }
func (h spendHill) coarse(int) hill              { return h }
func (h spendHill) middle() []float64            { return make([]float64, 3) }
func (h spendHill) starts() [][]float64          { return nil }
func (h spendHill) other(at []float64) []float64 { return nil }
