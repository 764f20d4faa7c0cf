package repurchase

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The promise of Silence: over one gap a customer who is with us falls below A
// with chance exactly A, whatever the number of gaps before, because the
// silence at the end of a gap is uniform.
func TestSilenceIsExact(t *testing.T) {
	m := mixedShop(0, 0).truth
	rnd := rand.New(rand.NewPCG(5, 6))
	const draws = 40_000
	for _, repeats := range []int{0, 1, 3, 7} {
		buyers := make([]Buyer, draws)
		for i := range buyers {
			k, u := 0.0, rnd.Float64()
			for g, share := range m.Shares {
				if k = m.Shapes[g]; u < share {
					break
				}
				u -= share
			}
			mu := gammaDraw(rnd, m.R) / m.Alpha
			b := Buyer{Repeats: float64(repeats)}
			for range repeats {
				gap := gammaDraw(rnd, k) / (k * mu)
				b.Last += gap
				b.LogGaps += math.Log(gap)
			}
			b.Age = b.Last + gammaDraw(rnd, k)/(k*mu)
			buyers[i] = b
		}
		score, err := m.Score(buyers, Wanted{Silence: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, level := range []float64{0.01, 0.05, 0.2, 0.5} {
			below := 0.0
			for _, s := range score.Silence {
				if s <= level {
					below++
				}
			}
			z := (below - draws*level) / math.Sqrt(draws*level*(1-level))
			if math.Abs(z) > 3.5 {
				t.Errorf("after %d gaps S ≤ %g in %.4f of the cases (z %.1f)", repeats, level, below/draws, z)
			}
		}
	}
}

// What is expected of all customers together is what they go on to buy, within
// 2 % (METHODS 2.5).
func TestValueSimulated(t *testing.T) {
	shop := mixedShop(60_000, 11)
	shop.horizon = 365 * 40
	drawn := shop.draw()
	const discount = 0.25 / 365
	for _, horizon := range []float64{0, 5 * 365} {
		score, err := shop.truth.Score(buyersOf(drawn), Wanted{Alive: true, Value: &ValueOptions{Discount: discount, Horizon: horizon}})
		if err != nil {
			t.Fatal(err)
		}
		expected, actual, alive, reallyAlive := 0.0, 0.0, 0.0, 0.0
		for i, c := range drawn {
			expected += score.Alive[i] * score.Residual[i]
			alive += score.Alive[i]
			if c.alive {
				reallyAlive++
			}
			for _, at := range c.future {
				if horizon == 0 || at <= horizon {
					actual += math.Exp(-discount * at)
				}
			}
		}
		t.Logf("horizon %v: expected %.0f, bought %.0f; alive %.0f, really %.0f", horizon, expected, actual, alive, reallyAlive)
		near(t, "purchases to come", expected, actual, 0.02)
		near(t, "customers with us", alive, reallyAlive, 0.01)
	}
}

// The chance of no purchase is right on average, group by group.
func TestNoPurchaseSimulated(t *testing.T) {
	shop := mixedShop(40_000, 12)
	shop.horizon = 120
	drawn := shop.draw()
	score, err := shop.truth.Score(buyersOf(drawn), Wanted{Window: 120})
	if err != nil {
		t.Fatal(err)
	}
	var sum, seen, n [10]float64
	for i, c := range drawn {
		group := min(int(score.NoPurchase[i]*10), 9)
		n[group]++
		sum[group] += score.NoPurchase[i]
		if len(c.future) == 0 {
			seen[group]++
		}
	}
	for g := range n {
		if n[g] < 200 {
			continue
		}
		p := sum[g] / n[g]
		if z := (seen[g] - sum[g]) / math.Sqrt(n[g]*p*(1-p)); math.Abs(z) > 3.5 {
			t.Errorf("chances around %.2f: %.3f seen (z %.1f of %.0f)", p, seen[g]/n[g], z, n[g])
		}
	}
}

func TestFitMixtureRecovers(t *testing.T) {
	shop := mixedShop(20_000, 3)
	m, err := FitMixture(buyersOf(shop.draw()), MixtureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "r", m.R, shop.truth.R, 0.06)
	near(t, "alpha", m.Alpha, shop.truth.Alpha, 0.06)
	near(t, "a", m.A, shop.truth.A, 0.15)
	near(t, "b", m.B, shop.truth.B, 0.15)
	near(t, "mean chance to leave", m.A/(m.A+m.B), shop.truth.A/(shop.truth.A+shop.truth.B), 0.03)
	for g, share := range shop.truth.Shares {
		if math.Abs(m.Shares[g]-share) > 0.03 {
			t.Errorf("share of k %g is %.3f, true %.3f", m.Shapes[g], m.Shares[g], share)
		}
	}
}
