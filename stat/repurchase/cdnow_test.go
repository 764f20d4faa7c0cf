package repurchase

import (
	"encoding/csv"
	"os"
	"strconv"
	"testing"

	"behold/internal/realdata"
)

// cdnow reads the published table of the CDNOW sample: histories in weeks, and
// what the repeaters spent per repeat purchase.
func cdnow(t testing.TB) (buyers []Buyer, spends []Spend) {
	t.Helper()
	file, err := os.Open(realdata.Path(t, "data/cdnow_summary.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number := func(text string) float64 {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, row := range rows[1:] {
		b := Buyer{Repeats: number(row[1]), Last: number(row[2]), Age: number(row[3])}
		buyers = append(buyers, b)
		if b.Repeats > 0 {
			spends = append(spends, Spend{Occasions: b.Repeats, Mean: number(row[4])})
		}
	}
	return buyers, spends
}

// Batislam's model on the sample of Fader, Hardie, Lee (2005); the values of
// METHODS 14.1, to more digits from the reference run.
func TestFitMixture_CDNOW(t *testing.T) {
	buyers, _ := cdnow(t)
	m, err := FitMixture(buyers, MixtureOptions{Shapes: []float64{1}, NoPriors: true})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ln L", m.LogLikelihood, -9582.132684899905, 1e-8)
	near(t, "r", m.R, 0.5248379836308307, 1e-4)
	near(t, "alpha", m.Alpha, 6.182992019428629, 1e-4)
	near(t, "a", m.A, 0.8913561553139432, 1e-4)
	near(t, "b", m.B, 1.6139993348211632, 1e-4)
	if len(m.Caveats) > 0 {
		t.Errorf("caveats %v", m.Caveats)
	}
}

func TestFitGammaGamma_CDNOW(t *testing.T) {
	_, spends := cdnow(t)
	if len(spends) != 946 {
		t.Fatalf("%d repeaters, published 946", len(spends))
	}
	g, err := FitGammaGamma(spends)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "p", g.P, 6.248802489748292, 1e-4)
	near(t, "q", g.Q, 3.744588453263961, 1e-4)
	near(t, "v", g.V, 15.447748009274086, 1e-4)
	near(t, "ln L", g.LogLikelihood, -4055.923243502864, 1e-8)
	if len(g.Caveats) > 0 {
		t.Errorf("caveats %v", g.Caveats)
	}
}
