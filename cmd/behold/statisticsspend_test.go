package main

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/mathext"

	"behold/stat/repurchase"
)

// fitSpendToCDNOW fits what repeat purchases were worth, and compares it with
// the reference.
func fitSpendToCDNOW(t *testing.T, shoppers []shopper, want cdnowReference) repurchase.GammaGamma {
	t.Helper()
	var seen []repurchase.Spend
	for _, s := range shoppers {
		if s.spend > 0 {
			seen = append(seen, repurchase.Spend{Occasions: s.Repeats, Mean: s.spend})
		}
	}
	g, err := repurchase.FitGammaGamma(seen)
	if err != nil {
		t.Fatal(err)
	}
	ref := want.Datasets["cdnow_sample"].Fits["gamma_gamma"]
	if mean, ok := g.Mean(0, 0); !ok || math.Abs(mean-ref.Mean) > 1e-3*ref.Mean || math.Abs(g.LogLikelihood-ref.LogLik) > 1e-4 {
		t.Errorf("spend: mean %v, ln L %v; reference %v, %v", mean, g.LogLikelihood, ref.Mean, ref.LogLik)
	}
	return g
}

func spendRow(g repurchase.GammaGamma, want cdnowReference) string {
	return fitRow("Gamma-Gamma", "gamma_gamma", g.Estimates, g.LogLikelihood, want)
}

// regularRow is the line of MBG/CNBD-k, which looks for regularity.
func regularRow(t *testing.T, shoppers []shopper, want cdnowReference) string {
	t.Helper()
	buyers := make([]repurchase.Buyer, len(shoppers))
	for i, s := range shoppers {
		buyers[i] = s.Buyer
	}
	m, err := repurchase.FitMBGCNBD(0, buyers, repurchase.FitOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return fitRow(fmt.Sprintf("MBG/CNBD-k, k = %d", m.K), "mbgcnbd_k", m.Fit.Estimates, m.Fit.LogLikelihood, want)
}

// spends counts repeaters by what their repeat purchases were worth on average.
func spends(shoppers []shopper, g repurchase.GammaGamma) picture {
	const step, last = 10.0, 10 // dollars; a hundred and more together
	p := picture{title: "Customers with a repeat purchase, by what it was worth", across: "mean spend of the repeats, dollars", up: "customers", columns: true}
	counted, expected := make([]float64, last+1), make([]float64, last+1)
	for i := range last {
		p.places = append(p.places, fmt.Sprintf("%.0f–%.0f", step*float64(i), step*float64(i+1)))
	}
	p.places = append(p.places, "100+")
	for _, s := range shoppers {
		if s.spend <= 0 {
			continue
		}
		counted[min(int(s.spend/step), last)]++
		below := 0.0
		for i := range last {
			upTo := spendsUpTo(g, s.Repeats, step*float64(i+1))
			expected[i] += upTo - below
			below = upTo
		}
		expected[last] += 1 - below
	}
	p.curves = []curve{{"counted", counted}, {"Gamma-Gamma", expected}}
	p.desc = "Below 10 dollars: " + ends(p.curves, 0) + "; from 100 on: " + ends(p.curves, last) + "."
	return p
}

// spendsUpTo is the chance that the mean of x purchases is at most z: with ν
// integrated out, xz/(v + xz) is Beta(px, q).
func spendsUpTo(g repurchase.GammaGamma, x, z float64) float64 {
	return mathext.RegIncBeta(g.P*x, g.Q, x*z/(g.V+x*z))
}

// moneyRows are the lines of the table of money in the hold-out: purchases
// expected of each customer, times what one is worth.
func moneyRows(t *testing.T, shoppers []shopper, models []fittedModel, g repurchase.GammaGamma, want cdnowReference) (rows []string) {
	t.Helper()
	actual := 0.0
	for _, s := range shoppers {
		actual += s.spent
	}
	for _, m := range models {
		total := 0.0
		for _, s := range shoppers {
			mean, ok := g.Mean(s.Repeats, s.spend)
			if !ok {
				t.Fatal("a customer of CDNOW without a mean spend")
			}
			total += m.Expected(s.Buyer, calibrationWeeks) * mean
		}
		ref := want.Datasets["cdnow_sample"].Money[m.key]
		if math.Abs(total-ref.Total) > 1e-3*ref.Total || math.Abs(actual-ref.Actual) > 0.01 {
			t.Errorf("%s: %.2f dollars of %.2f, reference %.2f of %.2f", m.name, total, actual, ref.Total, ref.Actual)
		}
		rows = append(rows, fmt.Sprintf("| %s × Gamma-Gamma | %.0f (%+.0f %%) | %.0f |", m.name, total, 100*(total/actual-1), ref.Total))
	}
	return append(rows, fmt.Sprintf("| counted | %.0f | |", actual))
}
