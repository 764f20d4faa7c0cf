package repurchase

import (
	"errors"
	"math"
	"testing"

	"behold/stat"
)

const weeklyDiscount = 0.09531017980432493 / 52 // ln 1.1 a year of 52 weeks

// The table of METHODS 14.1 was made with nodes of equal probability, 64 for μ
// and 32 for p. The same rule must give the same table, and the rule used here
// must lie within the 1 % by which that one errs.
func TestResidualTable(t *testing.T) {
	m := oneShape(2, 0.8, 6, 0.7, 2.5)
	for _, c := range engineTable {
		for horizon, want := range map[float64]float64{0: c.endless, 260: c.fiveYears} {
			opt := ValueOptions{Discount: weeklyDiscount, Horizon: horizon}
			near(t, "D P_alive by equal nodes", residualBy(equalNodes(64), m, c.buyer, opt, 32)*m.Alive(c.buyer), want, 4e-5)
			near(t, "D P_alive", m.Residual(c.buyer, opt)*m.Alive(c.buyer), want, 1e-2)
		}
	}
}

// The same integral with far more nodes, placed where they are needed.
func TestResidualAccurate(t *testing.T) {
	for _, k := range []float64{0.7, 1, 1.5, 2, 4.5} {
		m := oneShape(k, 0.8, 6, 0.7, 2.5)
		for _, c := range engineTable {
			for _, horizon := range []float64{0, 260} {
				opt := ValueOptions{Discount: weeklyDiscount, Horizon: horizon}
				near(t, "D", m.Residual(c.buyer, opt), residualBy(fineNodes, m, c.buyer, opt, 500), 1e-3)
			}
		}
	}
}

// residualBy is D by other nodes for ν, and nodes of equal probability for p,
// for mixtures of one shape, just as METHODS 2.5 writes it.
func residualBy(rule func(shape, v float64) []rhythmNode, m Mixture, b Buyer, opt ValueOptions, ofP int) float64 {
	k, rate, s := m.Shapes[0], m.Alpha+m.Shapes[0]*b.Last, b.Silence()
	v := k * s / rate
	shares := make([]float64, ofP)
	beta := stat.NewBeta(m.A, m.B+b.Repeats+1)
	for j := range shares {
		odds := beta.Quantile((float64(j) + 0.5) / float64(ofP))
		shares[j] = odds / (1 + odds)
	}
	sum, weight := 0.0, 0.0
	for _, nu := range rule(m.R+k*b.Repeats, v) {
		w := nu.weight * stat.UpperGamma(k, nu.at*v)
		mu := nu.at / rate
		phi := math.Pow(k*mu/(k*mu+opt.Discount), k)
		phiS := phi * math.Exp(opt.Discount*s+stat.LogUpperGamma(k, (k*mu+opt.Discount)*s)-stat.LogUpperGamma(k, k*mu*s))
		inner := 0.0
		for _, p := range shares {
			part := 1.0
			if opt.Horizon > 0 {
				part = -math.Expm1(-(opt.Discount + p*mu) * opt.Horizon)
			}
			inner += part / (1 - (1-p)*phi)
		}
		sum += w * phiS * inner / float64(ofP)
		weight += w
	}
	return sum / weight
}

func equalNodes(n int) func(shape, v float64) []rhythmNode {
	return func(shape, _ float64) []rhythmNode {
		nodes := make([]rhythmNode, n)
		for i := range nodes {
			nodes[i] = rhythmNode{at: gammaQuantile(shape, (float64(i)+0.5)/float64(n)), weight: 1}
		}
		return nodes
	}
}

// fineNodes are 900 equal steps of ln ν.
func fineNodes(shape, _ float64) []rhythmNode {
	nodes := make([]rhythmNode, 900)
	for i := range nodes {
		at := -40 + 0.05*float64(i)
		nodes[i] = rhythmNode{at: math.Exp(at), weight: math.Exp(shape*at - math.Exp(at))}
	}
	return nodes
}

// gammaQuantile by bisection on the upper tail.
func gammaQuantile(shape, p float64) float64 {
	low, high := -200.0, 10.0
	for range 60 {
		middle := (low + high) / 2
		if 1-stat.UpperGamma(shape, math.Exp(middle)) < p {
			low = middle
		} else {
			high = middle
		}
	}
	return math.Exp(low)
}

// With k = 1 a silence says nothing beyond what it says of μ, and p and μ are
// simple: an endless D with nobody leaving is the discounted stream μ/δ.
func TestResidualLimits(t *testing.T) {
	m := oneShape(1, 2, 50, 1e-9, 1e3)
	opt := ValueOptions{Discount: 0.001}
	near(t, "nobody leaves", m.Residual(Buyer{Age: 25}, opt), 2.0/75/0.001, 1e-5)
	if short := m.Residual(Buyer{Age: 25}, ValueOptions{Discount: 0.001, Horizon: 1e-3}); !(short >= 0 && short < 1e-4) {
		t.Errorf("over no time at all %v purchases are expected", short)
	}
}

// Score and the methods of Mixture are the same answers, in crowds and alone.
func TestScoreEqualsSingle(t *testing.T) {
	shop := mixedShop(3000, 21)
	shop.truth.Shares = []float64{0.05, 0.2, 0.1, 0.2, 0.15, 0.15, 0.1, 0.05}
	buyers := buyersOf(shop.draw())
	m := shop.truth
	value := ValueOptions{Discount: 0.000261, Horizon: 1825}
	own := make([]float64, len(buyers))
	for i := range own {
		own[i] = 0.0005 + 0.1*float64(i)/float64(len(own))
	}
	got, err := m.Score(buyers, Wanted{
		Silence: true, Alive: true, MeanGap: true, Window: 90, Quantiles: []float64{0.2, 0.5}, Own: own, Value: &value,
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(buyers); i += 7 {
		b := buyers[i]
		near(t, "Silence", got.Silence[i], m.Silence(b), 1e-6)
		near(t, "Alive", got.Alive[i], m.Alive(b), 1e-6)
		near(t, "MeanGap", got.MeanGap[i], m.MeanGap(b), 1e-6)
		near(t, "NoPurchase", got.NoPurchase[i], m.NoPurchase(b, 90), 1e-6)
		near(t, "Quantile 0.2", got.Quantiles[0][i], m.SilenceQuantile(b, 0.2), 1e-6)
		near(t, "Quantile 0.5", got.Quantiles[1][i], m.SilenceQuantile(b, 0.5), 1e-6)
		near(t, "Own", got.Own[i], m.SilenceQuantile(b, own[i]), 1e-6)
		near(t, "Residual", got.Residual[i], m.Residual(b, value), 1e-5)
	}
	if none, err := m.Score(buyers[:3], Wanted{}); err != nil || none.Silence != nil || none.Residual != nil {
		t.Errorf("nothing was wanted, and came %v, %v", none, err)
	}
}

func TestScoreRefuses(t *testing.T) {
	m := oneShape(2, 0.8, 6, 0.7, 2.5)
	good := []Buyer{{Age: 3}, {Age: 4}}
	for name, want := range map[string]Wanted{
		"window":   {Window: -1},
		"own":      {Own: []float64{0.1}},
		"chance":   {Quantiles: []float64{math.NaN()}},
		"discount": {Value: &ValueOptions{}},
	} {
		if _, err := m.Score(good, want); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := (Mixture{}).Score(good, Wanted{}); !errors.Is(err, ErrNoFit) {
		t.Errorf("a mixture never fitted scores with %v", err)
	}
	if got := (Mixture{}).Residual(good[0], ValueOptions{Discount: 0.01}); !math.IsNaN(got) {
		t.Errorf("a mixture never fitted says %v", got)
	}
}
