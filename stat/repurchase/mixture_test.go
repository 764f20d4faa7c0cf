package repurchase

import (
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"

	"behold/internal/realdata"
	"behold/stat"
)

// near asks for want within a relative tolerance.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Max(math.Abs(want), 1e-300)) {
		t.Errorf("%s is %.12g, want %.12g (within %g)", what, got, want, tolerance)
	}
}

// oneShape is a mixture that knows only k.
func oneShape(k, r, alpha, a, b float64) Mixture {
	return Mixture{R: r, Alpha: alpha, A: a, B: b, Shapes: []float64{k}, Shares: []float64{1}}
}

// METHODS 14.1, engine table (weeks).
var engineTable = []struct {
	buyer              Buyer
	silence, alive     float64
	endless, fiveYears float64 // D times alive, by the rule of 64 × 32 nodes
}{
	{buyer: Buyer{Repeats: 3, Last: 20, Age: 40}, silence: 0.0590946769, alive: 0.3170869775, endless: 5.2059, fiveYears: 3.2592},
	{buyer: Buyer{Repeats: 12, Last: 50, Age: 52}, silence: 0.7589547121, alive: 0.9401957, endless: 38.7699, fiveYears: 24.4046},
	{buyer: Buyer{Age: 20}, silence: 0.3323927220, alive: 0.5427770613, endless: 2.9689, fiveYears: 1.7777},
}

func TestEngineTable(t *testing.T) {
	m := oneShape(2, 0.8, 6, 0.7, 2.5)
	for _, c := range engineTable {
		near(t, "S", m.Silence(c.buyer), c.silence, 2e-9)
		near(t, "P alive", m.Alive(c.buyer), c.alive, 5e-9)
	}
	random := oneShape(1, 0.8, 6, 0.7, 2.5)
	b := Buyer{Repeats: 3, Last: 20, Age: 40}
	near(t, "S at k = 1", random.Silence(b), 0.1143981396, 1e-9)
	near(t, "P alive at k = 1", random.Alive(b), 0.4733633851, 1e-9)
}

// The customer of METHODS 3.4, L01: days, k 4.5, r 2, α 60.
func TestEvidenceNumbers(t *testing.T) {
	m := oneShape(4.5, 2, 60, 0.7, 3)
	b := Buyer{Repeats: 11, Last: 341, Age: 341 + 74}
	near(t, "S after 74 days", m.Silence(b), 0.0168, 3e-3)
	near(t, "10 % are back by", m.SilenceQuantile(b, 0.9), 14.1, 4e-3)
	near(t, "90 % are back by", m.SilenceQuantile(b, 0.1), 52.4, 1e-3)
}

// The 220 hard points of the reference run for MBG/NBD (k = 1): likelihood to
// 1e-9, P(alive) to 1e-9.
func TestStressMBG(t *testing.T) {
	raw, err := os.ReadFile(realdata.Path(t, "reference/btyd_stress.json"))
	if err != nil {
		t.Fatal(err)
	}
	var stress struct {
		Rows []struct {
			Model  string
			Case   string
			Params []float64
			X      float64
			Last   float64 `json:"t_x"`
			Age    float64 `json:"T"`
			LogLik string  `json:"loglik"`
			Alive  string  `json:"p_alive"`
		}
	}
	if err := json.Unmarshal(raw, &stress); err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, row := range stress.Rows {
		if row.Model != "mbgnbd" {
			continue
		}
		rows++
		m := oneShape(1, row.Params[0], row.Params[1], row.Params[2], row.Params[3])
		b := Buyer{Repeats: row.X, Last: row.Last, Age: row.Age}
		name := row.Case + " x " + strconv.FormatFloat(row.X, 'g', -1, 64)
		loglik, _ := strconv.ParseFloat(row.LogLik, 64)
		alive, _ := strconv.ParseFloat(row.Alive, 64)
		near(t, name+" ln L", m.logLikelihoodOf([]Buyer{b}), loglik, 1e-9)
		if got := m.Alive(b); !(math.Abs(got-alive) <= 1e-9) {
			t.Errorf("%s P(alive) is %.15g, want %.15g", name, got, alive)
		}
	}
	if rows != 220 {
		t.Errorf("%d rows, want 220", rows)
	}
}

// logLikelihoodOf takes the likelihood at given parameters through the fit.
func (m Mixture) logLikelihoodOf(buyers []Buyer) float64 {
	p := newProblem(fold(buyers), MixtureOptions{Shapes: m.Shapes}, 1)
	p.look(point{math.Log(m.R), math.Log(m.Alpha), math.Log(m.A), math.Log(m.B)})
	return p.logLikelihood(m.Shares)
}

func TestQuantileInverts(t *testing.T) {
	mixed := mixedShop(0, 0).truth
	for _, b := range []Buyer{
		{}, {Age: 300},
		{Repeats: 1, Last: 12, Age: 300, LogGaps: math.Log(12)},
		{Repeats: 9, Last: 270, Age: 300, LogGaps: 9 * math.Log(30)},
		{Repeats: 9, Last: 270, Age: 300, LogGaps: 9*math.Log(30) - 6},
		{Repeats: 600, Last: 800, Age: 801, LogGaps: 600*math.Log(1.333) - 20},
	} {
		last := 0.0
		for _, p := range []float64{1, 0.999, 0.5, 0.2, 0.05, 0.01, 1e-6, 1e-12, 1e-100} {
			s := mixed.SilenceQuantile(b, p)
			near(t, "S of its quantile", mixed.SilenceAt(b, s), p, 1e-10)
			if s < last {
				t.Errorf("the quantile of %g is %g, below %g", p, s, last)
			}
			last = s
		}
	}
}

// Closed form of METHODS 2.3 for one shape.
func TestQuantileClosedForm(t *testing.T) {
	m := oneShape(4.5, 2, 60, 0.7, 3)
	b := Buyer{Repeats: 11, Last: 341, Age: 400}
	odds := stat.NewBeta(2+4.5*11, 4.5).Quantile(0.01)
	near(t, "s", m.SilenceQuantile(b, 0.01), (60+4.5*341)/4.5/odds, 1e-10)
}

func TestWeights(t *testing.T) {
	m := mixedShop(0, 0).truth
	clockwork := m.Weights(Buyer{Repeats: 20, Last: 600, Age: 610, LogGaps: 20*math.Log(30) - 0.5})
	clumped := m.Weights(Buyer{Repeats: 20, Last: 600, Age: 610, LogGaps: 20*math.Log(30) - 14})
	if !(clockwork[7] > 0.9 && clumped[1] > 0.9) {
		t.Errorf("even gaps %v, uneven gaps %v", clockwork, clumped)
	}
	for g, w := range m.Weights(Buyer{Age: 10}) {
		near(t, "weight without repeats", w, m.Shares[g], 1e-12)
	}
}

func TestNoPurchase(t *testing.T) {
	// For k = 1: 1 − P_alive (1 − ((α+T)/(α+T+h))^(r+x)).
	m := oneShape(1, 0.5248, 6.183, 0.8914, 1.614)
	for _, b := range []Buyer{{Age: 30}, {Repeats: 2, Last: 30.43, Age: 38.86}} {
		want := 1 - m.Alive(b)*(1-math.Pow((m.Alpha+b.Age)/(m.Alpha+b.Age+39), m.R+b.Repeats))
		near(t, "P(no purchase)", m.NoPurchase(b, 39), want, 1e-12)
		near(t, "over no time", m.NoPurchase(b, 0), 1, 0)
	}
}

func TestMeanGap(t *testing.T) {
	m := oneShape(2, 0.8, 6, 0.7, 2.5)
	near(t, "posterior mean", m.MeanGap(Buyer{Repeats: 3, Last: 20, Age: 40}), (6+2*20)/(0.8+6-1), 1e-12)
	b := Buyer{Age: 40} // r − 1 is below 0: no mean
	near(t, "median instead", m.MeanGap(b), m.SilenceQuantile(b, 0.5), 1e-10)
}

func TestFaultyBuyersGiveNaN(t *testing.T) {
	m := oneShape(2, 0.8, 6, 0.7, 2.5)
	b := Buyer{Repeats: 2, Last: 9, Age: 8}
	for name, got := range map[string]float64{
		"Silence": m.Silence(b), "SilenceQuantile": m.SilenceQuantile(b, 0.1), "Alive": m.Alive(b),
		"MeanGap": m.MeanGap(b), "NoPurchase": m.NoPurchase(b, 1), "Residual": m.Residual(b, ValueOptions{Discount: 0.01}),
	} {
		if !math.IsNaN(got) {
			t.Errorf("%s of a buyer whose last purchase is to come is %v", name, got)
		}
	}
}
