package sequential_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"

	"behold/stat/sequential"
)

func equal(n int, p float64) []float64 {
	chances := make([]float64, n)
	for i := range chances {
		chances[i] = p
	}
	return chances
}

func TestCount(t *testing.T) {
	c := must(sequential.NewCount(equal(40, 0.3)))
	log := func(n int) float64 { g, _ := math.Lgamma(float64(n + 1)); return g }
	for k := range 41 {
		want := math.Exp(log(40) - log(k) - log(40-k) + float64(k)*math.Log(0.3) + float64(40-k)*math.Log(0.7))
		near(t, c.Chance(k), want, 1e-14, "binomial", k)
	}
	near(t, c.Mean, 12, 1e-12, "mean")
	near(t, c.Variance, 8.4, 1e-12, "variance")

	mixed := must(sequential.NewCount([]float64{0.1, 0.5, 1, 0}))
	for k, want := range []float64{0, 0.45, 0.5, 0.05, 0} {
		near(t, mixed.Chance(k), want, 1e-15, "by hand", k)
	}
	near(t, mixed.UpTo(2), 0.95, 1e-15, "up to 2")

	// METHODS 5.4: of 2,000 customers at 1.2 % 24 are expected, 15 to 34 normal.
	low, high := must(sequential.NewCount(equal(2000, 0.012))).Limits(0.95)
	if low != 15 || high != 34 {
		t.Errorf("normal is %d … %d, want 15 … 34", low, high)
	}
}

// odds by which those of a chance of 0.0115 must rise for it to rise by ratio.
func odds(ratio float64) float64 {
	const p = 0.0115
	return ratio * (1 - p) / (1 - ratio*p)
}

// METHODS 5.4, by simulation there and here: within its error.
func TestCUSUM_Methods5_4(t *testing.T) {
	many := sequential.Plan{Chances: equal(2000, 0.0115), Ratio: 1.5, Seed: 1}
	few := sequential.Plan{Chances: equal(300, 0.0115), Ratio: 2, Seed: 2}
	for _, c := range []struct {
		what           string
		plan           sequential.Plan
		times          float64
		want, tolerate float64
	}{
		{"2,000 customers, false alarm", many, 1, 66, 3},
		{"a rise of 1.5", many, odds(1.5), 1.8, 0.1},
		{"a rise of 1.25", many, odds(1.25), 5, 0.3},
		{"300 customers, false alarm", few, 1, 66, 3},
		{"a doubling", few, odds(2), 2.6, 0.1},
	} {
		got, err := sequential.Length(c.plan, 2.5, c.times, 1e5)
		if err != nil {
			t.Fatal(err)
		}
		near(t, got.Mean, c.want, c.tolerate, c.what)
		t.Logf("%s: %.2f ± %.2f months", c.what, got.Mean, got.Error)
	}
	// Run lengths go up in steps, as losses are whole: 65 months at 2.5, 71 above.
	limit, err := sequential.Limit(many, 65)
	if err != nil {
		t.Fatal(err)
	}
	near(t, limit.Limit, 2.5, 0.1, "limit for 65 months")
	near(t, limit.Mean, 66, 3*limit.Error, "its run length")
	near(t, must(sequential.Length(many, limit.Limit, 1, 1e5)).Mean, limit.Mean, 1e-9, "the run length again")
	t.Logf("limit %.3f", limit.Limit)
}

// The limit of a CUSUM answer by answer on its Markov chain: with odds ratio R
// and p so chosen that a success counts three steps up and a failure one down,
// the sum walks on whole steps and its run length is the answer of a linear
// equation.
func TestLimitAgainstMarkovChain(t *testing.T) {
	const ratio = 4.0
	// ln R − c = 3c with c = ln(1 − p + R p): c = ln(R)/4.
	c := math.Log(ratio) / 4
	p := (math.Exp(c) - 1) / (ratio - 1)
	const states = 12 // reached at 12 steps
	want := chainLength(p, states)
	got, err := sequential.Length(sequential.Plan{Chances: []float64{p}, Ratio: ratio, Seed: 3}, states*c-1e-9, 1, 1e6)
	if err != nil {
		t.Fatal(err)
	}
	near(t, got.Mean, want, 4*got.Error, "run length")
	t.Logf("chain %.2f, simulated %.2f ± %.2f", want, got.Mean, got.Error)
}

// chainLength solves L_i = 1 + p L_{i+3} + (1−p) L_{max(0, i−1)} by repetition.
func chainLength(p float64, states int) float64 {
	length := make([]float64, states)
	for range 200_000 {
		for i := range length {
			up := 0.0
			if i+3 < states {
				up = length[i+3]
			}
			length[i] = 1 + p*up + (1-p)*length[max(0, i-1)]
		}
	}
	return length[0]
}

func TestLimitIsTheSameOnAnyMachine(t *testing.T) {
	plan := sequential.Plan{Chances: []float64{0.02, 0.1, 0.3, 0.05, 0.2}, Ratio: 2, Side: sequential.BothSides, Runs: 500, Seed: 9}
	want := must(sequential.Limit(plan, 60))
	was := runtime.GOMAXPROCS(1)
	one := must(sequential.Limit(plan, 60))
	runtime.GOMAXPROCS(was)
	if !reflect.DeepEqual(want, one) {
		t.Errorf("on all cores %v, on one %v", want, one)
	}
	plan.Chances = []float64{0.3, 0.2, 0.1, 0.05, 0.02}
	moved := must(sequential.Limit(plan, 60))
	near(t, moved.Limit, want.Limit, 1e-9, "the order of the customers")
	near(t, want.Mean, 60, 6*want.Error, "months to a false alarm")
	more := plan
	more.Side = sequential.MoreSide
	if one := must(sequential.Limit(more, 60)); one.Limit > want.Limit {
		t.Errorf("one side needs a limit of %v, both %v", one.Limit, want.Limit)
	}
}

// Losses that almost never happen end in an answer too.
func TestLimitOfRareLosses(t *testing.T) {
	got, err := sequential.Limit(sequential.Plan{Chances: []float64{1e-6}, Ratio: 1.5, Runs: 50, Seed: 1}, 12)
	if err != nil || got.Mean < 12 || len(got.Caveats) == 0 {
		t.Errorf("%+v, %v", got, err)
	}
}

// Twenty thousand customers: a rise by half shows so clearly that no month of
// chance comes near it, and the answer says to look for less.
func TestLimitOfManyCustomers(t *testing.T) {
	plan := sequential.Plan{Chances: equal(20_000, 0.0115), Ratio: 1.5, Runs: 100, Seed: 1}
	bold := must(sequential.Limit(plan, 60))
	if len(bold.Caveats) != 2 || bold.Caveats[1].Code != "ratio-too-large" || bold.Mean < 60 {
		t.Errorf("%+v", bold)
	}
	plan.Ratio = 1.1
	if fine := must(sequential.Limit(plan, 60)); len(fine.Caveats) > 0 || fine.Limit < 0.5 {
		t.Errorf("%+v", fine)
	}
}

func TestCUSUMSums(t *testing.T) {
	c := must(sequential.NewCUSUM(2, 1))
	p := []float64{0.1, 0.2, 0.4}
	if err := c.Add(p, []bool{true, false, true}); err != nil {
		t.Fatal(err)
	}
	want := 2*math.Log(2) - math.Log(1.1) - math.Log(1.2) - math.Log(1.4)
	near(t, c.Up, want, 1e-15, "up")
	near(t, c.Down, 0, 0, "down")
	if c.More() || c.Fewer() {
		t.Error("it rings below the limit")
	}
	for range 10 {
		_ = c.Add(p, []bool{true, true, true})
	}
	if !c.More() || c.Fewer() {
		t.Error("it does not ring though everybody leaves")
	}
	c.Reset()
	for range 10 {
		_ = c.AddOne(0.4, false)
	}
	near(t, c.Down, -10*math.Log(1-0.4/2), 1e-12, "down")
	if !c.Fewer() {
		t.Error("it does not ring though nobody leaves")
	}
}

// The design of Borror, Champ and Rigdon (1998), table 2: mean 20, weight 0.27,
// L = 3.319. Its run lengths are found here a second way, on a fine chain of
// states whose limits widen as the chart's do.
func TestEWMA_Borror(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	chart := must(sequential.NewEWMA(0.27, 3.319))
	plan := sequential.Plan{Chances: equal(200_000, 0.0001), Seed: 4} // as good as Poisson
	for _, c := range []struct{ mean float64 }{{20}, {24}, {30}} {
		got, err := sequential.EWMALength(plan, *chart, c.mean/20, 1e6)
		if err != nil {
			t.Fatal(err)
		}
		want := ewmaChain(0.27, 3.319, 20, c.mean)
		near(t, got.Mean, want, 4*got.Error+0.01*want, "mean", c.mean)
		t.Logf("mean %g: chain %.2f, simulated %.2f ± %.2f", c.mean, want, got.Mean, got.Error)
	}
}

// ewmaChain follows the distribution of z, cut into fine cells, month by month.
func ewmaChain(weight, limit, expected, mean float64) float64 {
	const cells, width = 2400, 1.2 // z in 0.4 … 1.6
	at := func(z float64) int { return int((z - 0.4) / width * cells) }
	state, next := make([]float64, cells), make([]float64, cells)
	state[at(1)] = 1
	poisson := make([]float64, 90)
	for k := range poisson {
		g, _ := math.Lgamma(float64(k + 1))
		poisson[k] = math.Exp(float64(k)*math.Log(mean) - mean - g)
	}
	length, left, variance := 0.0, 1.0, 0.0
	for month := 0; month < 4000 && left > 1e-6; month++ {
		length += left
		variance = weight*weight/expected + (1-weight)*(1-weight)*variance
		half := limit * math.Sqrt(variance)
		left = 0
		clear(next)
		for cell, chance := range state {
			if chance < 1e-14 {
				continue
			}
			z := 0.4 + (float64(cell)+0.5)*width/cells
			for k, p := range poisson {
				to := weight*float64(k)/expected + (1-weight)*z
				if p > 1e-13 && math.Abs(to-1) < half {
					next[at(to)] += chance * p
					left += chance * p
				}
			}
		}
		state, next = next, state
		if month > 60 { // from here on it dies out at a constant rate
			sum := 0.0
			for _, chance := range next {
				sum += chance
			}
			return length + left/(1-left/sum)
		}
	}
	return length
}

func TestEWMALimit(t *testing.T) {
	plan := sequential.Plan{Chances: equal(2000, 0.0115), Seed: 5, Runs: 2000}
	limit, err := sequential.EWMALimit(plan, 0.2, 60)
	if err != nil {
		t.Fatal(err)
	}
	near(t, limit.Mean, 60, 3*limit.Error, "months")
	if limit.Limit < 1.8 || limit.Limit > 2.8 {
		t.Errorf("limit %v standard deviations", limit.Limit)
	}
	e := must(sequential.NewEWMA(0.2, limit.Limit))
	dice := rand.New(rand.NewPCG(6, 6))
	for range 40 {
		if err := e.Add(46+3*dice.NormFloat64(), 23); err != nil {
			t.Fatal(err)
		}
	}
	near(t, e.Ratio, 2, 0.2, "twice as many as expected")
	if low, high := e.Limits(); !e.Rings() || e.Ratio < high || low > 1 {
		t.Errorf("it does not ring at %v outside %v … %v", e.Ratio, low, high)
	}
}
