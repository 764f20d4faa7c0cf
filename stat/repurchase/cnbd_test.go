package repurchase

import (
	"math"
	"strconv"
	"testing"
)

// Platzer, Reutterer (2016) on every set and every k of the reference.
func TestReferenceCNBD(t *testing.T) {
	all := readReference(t)
	for _, name := range referenceSets[1:] {
		set, p := all.Datasets[name], readPast(t, name)
		for _, model := range []string{"bgcnbd_k", "mbgcnbd_k"} {
			want, first := set.Fits[model], model[0] == 'm'
			for text, one := range want.ByK {
				k, err := strconv.Atoi(text)
				if err != nil {
					t.Fatal(err)
				}
				_, fit, err := fitRegular(first, k, p.buyers, FitOptions{})
				if err != nil {
					t.Fatal(err)
				}
				at := referenceFit{Params: one.Params, LogLik: one.LogLik}
				if k == want.K {
					at.Errors = want.Errors
				}
				fitted(t, name+" "+model+" "+text, fit, at, bgLetters, 1e-4)
			}
			var m counter = BGCNBD{want.K, want.Params["r"], want.Params["alpha"], want.Params["a"], want.Params["b"], Fit{}}
			if first {
				m = MBGCNBD(m.(BGCNBD))
			}
			pointwise(t, name+" "+model, set, want, m)
			if name != "cdnow_master" { // the same models as in TestReferenceBGNBD
				total(t, name+" "+model, p, set, want, m)
			}
		}
	}
}

// The search for k ends where the reference has it.
func TestFitCNBDFindsK(t *testing.T) {
	p := readPast(t, "example_transactions")
	m, err := FitMBGCNBD(0, p.buyers, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if m.K != 2 {
		t.Errorf("k is %d, reference 2", m.K)
	}
	if _, err := FitBGCNBD(41, p.buyers, FitOptions{}); err == nil {
		t.Error("k = 41 is taken")
	}
}

// CNBD-1 is (M)BG/NBD, and the sum over purchases what the quadrature gives.
func TestStagedIsGeometric(t *testing.T) {
	for _, b := range []Buyer{{}, {Age: 30}, {Repeats: 2, Last: 30, Age: 39, LogGaps: 4}, {Repeats: 40, Last: 38, Age: 39}} {
		for _, first := range []bool{false, true} {
			l := law{family{1, first}, 0.5, 6, 0.9, 1.6}
			for _, h := range []float64{0.01, 4, 39, 520, 1e5} {
				near(t, "expected", l.alive(b)*l.stagedPurchases(b, h), l.expected(b, h), 1e-9)
			}
		}
		one, plain := MBGCNBD{1, 0.5, 6, 0.9, 1.6, Fit{}}, MBGNBD{0.5, 6, 0.9, 1.6, Fit{}}
		near(t, "ln L", one.LogLikelihoodOf(b), plain.LogLikelihoodOf(b), 0)
		near(t, "alive", one.Alive(b), plain.Alive(b), 0)
	}
}

// With one whole shape and no priors the mixture is the same model.
func TestCNBDIsMixture(t *testing.T) {
	truth := MBGCNBD{3, 1.2, 4, 0.8, 2.5, Fit{}}
	buyers, err := truth.Simulate(agesUpTo(3000, 200), 3)
	if err != nil {
		t.Fatal(err)
	}
	own, err := FitMBGCNBD(3, buyers, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	m, err := FitMixture(buyers, MixtureOptions{Shapes: []float64{3}, NoPriors: true})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ln L", own.LogLikelihood, m.LogLikelihood, 1e-10)
	near(t, "alpha", 3*own.Alpha, m.Alpha, 2e-3)
	same := oneShape(3, own.R, 3*own.Alpha, own.A, own.B)
	near(t, "ln L at the same place", same.logLikelihoodOf(buyers), own.LogLikelihood, 1e-11)
	for _, b := range buyers[:50] {
		near(t, "alive", own.Alive(b), same.Alive(b), 1e-12)
		near(t, "no purchase", own.NoPurchase(b, 30), same.NoPurchase(b, 30), 1e-11)
	}
}

// Regular customers without any repeats yet, and with some, go on to buy what is expected.
func TestStagedSimulated(t *testing.T) {
	m := MBGCNBD{3, 1.5, 4, 0.7, 2, Fit{}}
	const n, now, ahead = 80_000, 60.0, 45.0
	long, err := m.Simulate(repeated(n, now+ahead), 11)
	if err != nil {
		t.Fatal(err)
	}
	bought, square := 0.0, 0.0
	for _, b := range long {
		bought += b.Repeats
		square += b.Repeats * b.Repeats
	}
	want := n * m.Expected(Buyer{}, now+ahead)
	if z := (bought - want) / math.Sqrt(square-bought*bought/n); math.Abs(z) > 3.5 {
		t.Errorf("%v repeats, expected %v (z %.1f)", bought, want, z)
	}
	// The mean over all histories up to now must be what comes after it.
	short, err := m.Simulate(repeated(n/40, now), 12)
	if err != nil {
		t.Fatal(err)
	}
	mean := 0.0
	for _, b := range short {
		mean += m.Expected(b, ahead) / (n / 40)
	}
	later := m.Expected(Buyer{}, now+ahead) - m.Expected(Buyer{}, now)
	if math.Abs(mean-later) > 0.12*later {
		t.Errorf("mean expected %v, the curve of new customers rises by %v", mean, later)
	}
}

// The numbers of a wide horizon stay finite and quick.
func TestStagedWide(t *testing.T) {
	m := BGCNBD{4, 0.3, 0.01, 1e-3, 5, Fit{}}
	for _, h := range []float64{1e-6, 1, 1e4, 1e8} {
		if v := m.Expected(Buyer{Repeats: 5, Last: 3, Age: 4}, h); !finite(v) || v < 0 {
			t.Errorf("expected in %g is %v", h, v)
		}
	}
}
