package repurchase

import (
	"errors"
	"math"
	"testing"
)

func customersWithTraits(t *testing.T) (past, Traits, map[string][]float64) {
	t.Helper()
	p := readPast(t, "sim_pnbd_cov")
	byID := make(map[string][]float64)
	for _, row := range anyRows(t, "data/sim_pnbd_cov_customers.csv") {
		byID[row[0]] = []float64{number(t, row[1]), number(t, row[2]), number(t, row[3])}
	}
	traits := Traits{Names: []string{"channel_online", "gender_f", "income_z"}}
	for _, id := range p.ids {
		traits.Values = append(traits.Values, byID[id])
	}
	return p, traits, byID
}

// Pareto/NBD with static covariates on 3,000 simulated customers.
func TestReferenceTraits(t *testing.T) {
	p, traits, byID := customersWithTraits(t)
	set := readReference(t).Datasets["sim_pnbd_cov"]
	want := set.Fits["pnbd_static_cov"]
	m, err := FitTraitsParetoNBD(p.buyers, traits, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	names := append([]string(nil), paretoLetters...)
	for _, which := range []string{"trans.", "life."} {
		for _, name := range traits.Names {
			names = append(names, which+name)
		}
	}
	fitted(t, "covariates", m.Fit, want, names[:4], 2e-3)
	for i, name := range names[4:] {
		near(t, name, m.Estimates[4+i].Value, want.Params[name], 2e-3)
	}
	rows := make(map[string]Buyer)
	for _, row := range set.Selected {
		rows[row.ID] = Buyer{Repeats: row.X, Last: row.Last, Age: row.Age}
	}
	q := want.Params
	at := TraitsParetoNBD{R: q["r"], Alpha: q["alpha"], S: q["s"], Beta: q["beta"]}
	for i := range traits.Names {
		at.Buying, at.Leaving = append(at.Buying, q[names[4+i]]), append(at.Leaving, q[names[7+i]])
	}
	for _, one := range want.Predictions {
		own := at.For(byID[one.ID])
		within(t, "P(alive) of "+one.ID, own.Alive(rows[one.ID]), one.Alive, 1e-9)
		within(t, "P(no purchase) of "+one.ID, own.NoPurchase(rows[one.ID], set.Horizon), one.NoPurchase, 1e-9)
		near(t, "expected of "+one.ID, own.Expected(rows[one.ID], set.Horizon), one.Expected, 1e-7)
	}
}

// Traits that are all 0, or the same for all, change nothing; a trait told
// twice is told so; another unit of a trait divides its coefficient.
func TestTraitsZero(t *testing.T) {
	buyers, err := ParetoNBD{R: 0.6, Alpha: 8, S: 0.7, Beta: 20}.Simulate(agesUpTo(1500, 120), 3)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := FitParetoNBD(buyers, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	values := func(of func(i int) []float64) [][]float64 {
		all := make([][]float64, len(buyers))
		for i := range all {
			all[i] = of(i)
		}
		return all
	}
	none, err := FitTraitsParetoNBD(buyers, Traits{[]string{"zero", "year"}, values(func(int) []float64 { return []float64{0, 2020} })}, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ln L", none.LogLikelihood, plain.LogLikelihood, 1e-12)
	near(t, "r", none.R, plain.R, 1e-6)
	if len(none.Caveats) != 2 || none.Caveats[1].Code != "same-trait" || none.Buying[1] != 0 {
		t.Errorf("caveats %v, %q, coefficients %v", none.Caveats, none.Boundary, none.Buying)
	}
	odd := func(i int) float64 { return float64(i%7) - 2 }
	one, err := FitTraitsParetoNBD(buyers, Traits{[]string{"z"}, values(func(i int) []float64 { return []float64{odd(i)} })}, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	big, err := FitTraitsParetoNBD(buyers, Traits{[]string{"z"}, values(func(i int) []float64 { return []float64{1e6 * odd(i)} })}, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "coefficient", big.Buying[0]*1e6, one.Buying[0], 1e-6)
	near(t, "its error", big.Estimates[4].Error*1e6, one.Estimates[4].Error, 1e-6)
	if !(one.LogLikelihood >= plain.LogLikelihood) {
		t.Errorf("ln L %v with a trait, %v without", one.LogLikelihood, plain.LogLikelihood)
	}
	twice, err := FitTraitsParetoNBD(buyers, Traits{[]string{"z", "2z"}, values(func(i int) []float64 { return []float64{odd(i), 2 * odd(i)} })}, FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ln L of a trait told twice", twice.LogLikelihood, one.LogLikelihood, 1e-10)
	if !hasCaveat(twice.Caveats, "flat-trait") || twice.Estimates[4].Known {
		t.Errorf("a trait told twice: %v, %+v", twice.Caveats, twice.Estimates[4])
	}
}

func TestTraitsRefuse(t *testing.T) {
	good := []Buyer{{Repeats: 1, Last: 2, Age: 3}}
	for name, bad := range map[string]Traits{
		"rows": {Names: []string{"z"}}, "columns": {Names: []string{"z"}, Values: [][]float64{{1, 2}}},
	} {
		if _, err := FitTraitsParetoNBD(good, bad, FitOptions{}); err == nil {
			t.Errorf("%s that do not match are taken", name)
		}
	}
	var input *InputError
	if _, err := FitTraitsParetoNBD(good, Traits{[]string{"z"}, [][]float64{{math.Inf(1)}}}, FitOptions{}); !errors.As(err, &input) || input.Field != "z" {
		t.Errorf("an infinite trait gives %v", err)
	}
	if got := (TraitsParetoNBD{R: 1, Alpha: 1, S: 1, Beta: 1}).For([]float64{1}).Alive(good[0]); !math.IsNaN(got) {
		t.Errorf("a trait too many, and alive with %v", got)
	}
}
