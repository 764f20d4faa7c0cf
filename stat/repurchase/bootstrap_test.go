package repurchase

import (
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"
)

// Ranges from resamples hold the truth about as often as they say, also for
// few customers.
func TestBootstrapCoverage(t *testing.T) {
	bg, mbg := BGNBD{R: 0.5, Alpha: 6, A: 0.9, B: 2.5}, MBGNBD{R: 0.9, Alpha: 6, A: 0.9, B: 2.5}
	pareto := ParetoNBD{R: 0.6, Alpha: 10, S: 0.7, Beta: 12}
	for i, c := range []struct {
		draw  func([]float64, uint64) ([]Buyer, error)
		truth []float64
		sets  uint64
	}{
		{bg.Simulate, []float64{bg.R, bg.Alpha, bg.A, bg.B}, 40},
		{mbg.Simulate, []float64{mbg.R, mbg.Alpha, mbg.A, mbg.B}, 40},
		{pareto.Simulate, []float64{pareto.R, pareto.Alpha, pareto.S, pareto.Beta}, 12},
	} {
		held, asked, width, curved := 0.0, 0.0, 0.0, 0.0
		for seed := range c.sets {
			buyers, err := c.draw(agesUpTo(800, 100), 500+seed)
			if err != nil {
				t.Fatal(err)
			}
			_, fit, err := fitters[i].fit(buyers, FitOptions{Bootstrap: Bootstrap{Resamples: 80, Seed: seed}})
			if err != nil {
				t.Fatal(err)
			}
			for j, e := range fit.Resampled {
				if !e.Known || !fit.Estimates[j].Known {
					continue
				}
				asked++
				if e.Range.Low <= c.truth[j] && c.truth[j] <= e.Range.High {
					held++
				}
				width += math.Log(e.Range.High / e.Range.Low)
				curved += math.Log(fit.Estimates[j].Range.High / fit.Estimates[j].Range.Low)
			}
		}
		t.Logf("%s: %.3f of %g, %.2f as wide as by the curvature", fitters[i].name, held/asked, asked, width/curved)
		if asked < 3*float64(c.sets) || held/asked < 0.85 || held/asked > 0.995 {
			t.Errorf("%s: ranges of 95 %% hold the truth in %.3f of %g cases", fitters[i].name, held/asked, asked)
		}
	}
}

// The same customers and seed give the same ranges, in any order, folded or
// not, and on one core; another seed gives others, not far away.
func TestBootstrapSame(t *testing.T) {
	buyers, err := MBGNBD{R: 0.6, Alpha: 8, A: 0.8, B: 2.5}.Simulate(agesUpTo(600, 120), 5)
	if err != nil {
		t.Fatal(err)
	}
	for i := range buyers {
		buyers[i].Last, buyers[i].LogGaps = math.Ceil(buyers[i].Last), 0
	}
	shuffled := append([]Buyer(nil), buyers...)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	opt := FitOptions{Bootstrap: Bootstrap{Resamples: 40, Seed: 9}}
	for _, f := range fitters {
		_, want, err := f.fit(buyers, opt)
		if err != nil || len(want.Resampled) != 4 {
			t.Fatal(err, want.Resampled)
		}
		_, mixed, _ := f.fit(shuffled, opt)
		_, folded, _ := f.fit(fold(buyers), opt)
		cores := runtime.GOMAXPROCS(1)
		_, alone, _ := f.fit(buyers, opt)
		runtime.GOMAXPROCS(cores)
		for name, got := range map[string]Fit{"shuffled": mixed, "folded": folded, "on one core": alone} {
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s %s: %+v, want %+v", f.name, name, got.Resampled, want.Resampled)
			}
		}
		_, other, _ := f.fit(buyers, FitOptions{Bootstrap: Bootstrap{Resamples: 40, Seed: 10}})
		if reflect.DeepEqual(other.Resampled, want.Resampled) {
			t.Errorf("%s: another seed gives the same", f.name)
		}
		if !reflect.DeepEqual(other.Estimates, want.Estimates) {
			t.Errorf("%s: another seed changes the fit", f.name)
		}
	}
}

// Every model answers with ranges around its estimates.
func TestBootstrapEveryModel(t *testing.T) {
	b := Bootstrap{Resamples: 40, Seed: 3}
	opt := FitOptions{Bootstrap: b}
	regular, err := MBGCNBD{K: 3, R: 1.5, Alpha: 9, A: 0.7, B: 3}.Simulate(agesUpTo(900, 200), 2)
	if err != nil {
		t.Fatal(err)
	}
	cnbd, err := FitMBGCNBD(3, regular, opt)
	if err != nil {
		t.Fatal(err)
	}
	bgcnbd, err := FitBGCNBD(3, regular, opt)
	if err != nil {
		t.Fatal(err)
	}
	donors, err := BGBB{Alpha: 1.2, Beta: 0.75, Gamma: 0.66, Delta: 2.8}.Simulate(repeated(1500, 7), 3)
	if err != nil {
		t.Fatal(err)
	}
	bgbb, err := FitBGBB(donors, opt)
	if err != nil {
		t.Fatal(err)
	}
	buyers, err := ParetoNBD{R: 0.6, Alpha: 8, S: 0.7, Beta: 20}.Simulate(agesUpTo(500, 120), 3)
	if err != nil {
		t.Fatal(err)
	}
	traits := Traits{Names: []string{"z"}}
	for i := range buyers {
		traits.Values = append(traits.Values, []float64{1e4 * float64(i%3)})
	}
	with, err := FitTraitsParetoNBD(buyers, traits, opt)
	if err != nil {
		t.Fatal(err)
	}
	mixture, err := FitMixture(buyersOf(mixedShop(600, 4).draw()), MixtureOptions{Bootstrap: b})
	if err != nil {
		t.Fatal(err)
	}
	var spends []Spend
	rnd := rand.New(rand.NewPCG(6, 6))
	for range 800 {
		rate := gammaDraw(rnd, 3.7) / 15
		n := float64(1 + rnd.IntN(4))
		spends = append(spends, Spend{Occasions: n, Mean: gammaDraw(rnd, 6.2*n) / rate / n})
	}
	spend, err := FitGammaGammaResampled(spends, b)
	if err != nil {
		t.Fatal(err)
	}
	for name, all := range map[string][]Estimate{
		"mbgcnbd": cnbd.Resampled, "bgcnbd": bgcnbd.Resampled, "bgbb": bgbb.Resampled, "traits": with.Resampled,
		"mixture": mixture.Resampled, "gamma-gamma": spend.Resampled,
	} {
		known := 0
		for _, e := range all {
			if !finite(e.Error) || !(e.Range.Low <= e.Range.High) {
				t.Errorf("%s: %+v", name, e)
			}
			if e.Known {
				known++
			}
			if e.Known && !(e.Range.Low <= e.Value && e.Value <= e.Range.High) {
				t.Logf("%s: the range leaves out the estimate: %+v", name, e)
			}
		}
		if known < len(all)-1 || known == 0 {
			t.Errorf("%s: only %d of %d are known: %+v", name, known, len(all), all)
		}
	}
	near(t, "error of p", spend.Resampled[0].Error, spend.Estimates[0].Error, 0.5)
	near(t, "value of v", spend.Resampled[2].Value, spend.V, 0)
	near(t, "error of v", spend.Resampled[2].Error, spend.Estimates[2].Error, 0.5)
	near(t, "error of a trait", with.Resampled[4].Error, with.Estimates[4].Error, 0.5)
	near(t, "error of r", cnbd.Resampled[0].Error, cnbd.Estimates[0].Error, 0.5)
}

// Of one customer a third of the resamples has nobody: that is counted and
// told, and no range is NaN. Too few resamples are refused.
func TestBootstrapFailures(t *testing.T) {
	opt := FitOptions{Bootstrap: Bootstrap{Resamples: 50, Seed: 1}}
	for _, f := range fitters {
		_, fit, err := f.fit([]Buyer{{Repeats: 3, Last: 30, Age: 40}}, opt)
		if err != nil {
			t.Fatal(err)
		}
		told := false
		for _, c := range fit.Caveats {
			told = told || c.Code == "failed-resamples" && c.Count > 8 && c.Count < 50 && math.Abs(c.Value-float64(c.Count)/50) < 1e-12
		}
		if !told {
			t.Errorf("%s: caveats %v", f.name, fit.Caveats)
		}
		for _, e := range fit.Resampled {
			if !finite(e.Error) || !finite(e.Range.Low) || !finite(e.Range.High) {
				t.Errorf("%s: %+v", f.name, e)
			}
		}
		for _, n := range []int{-1, 1, 39} {
			if _, _, err := f.fit([]Buyer{{Age: 3}}, FitOptions{Bootstrap: Bootstrap{Resamples: n}}); err == nil {
				t.Errorf("%s: %d resamples are taken", f.name, n)
			}
		}
	}
	if _, err := FitMixture([]Buyer{{Age: 3}}, MixtureOptions{Bootstrap: Bootstrap{Resamples: 2}}); err == nil {
		t.Error("two resamples of a mixture are taken")
	}
	if _, err := FitGammaGammaResampled([]Spend{{Occasions: 1, Mean: 2}}, Bootstrap{Resamples: 2}); err == nil {
		t.Error("two resamples of a gamma-gamma are taken")
	}
	// Where more than half fail, there is no range.
	none, failed := ranges([]Estimate{{Name: "r", Value: 2, Known: true, Error: 1}}, [][]float64{nil, nil, {0.1}}, 1)
	if failed != 2 || none[0].Known || none[0].Range.Low != 2 || none[0].Error != 0 {
		t.Errorf("two of three failed: %d, %+v", failed, none)
	}
}
