package sequential_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"behold/stat"
	"behold/stat/sequential"
)

func near(t *testing.T, got, want, tolerance float64, what ...any) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%v: %.10g, want %.10g (within %g)", what, got, want, tolerance)
	}
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// misses is the share of runs in which a sequence leaves out the truth at some
// look. A run says so itself; it has dice of its own.
func misses(runs int, seed uint64, run func(*rand.Rand) bool) float64 {
	sums := stat.BlockSums(stat.Split{N: runs, Size: 20, Width: 1}, func(lo, hi int, sums []float64) {
		for i := lo; i < hi; i++ {
			if run(rand.New(rand.NewPCG(seed, uint64(i)))) {
				sums[0]++
			}
		}
	})
	return sums[0] / float64(runs)
}

func outside(i stat.Interval, truth float64) bool { return truth < i.Low || truth > i.High }

func TestShare_Methods14_2(t *testing.T) {
	for _, c := range []struct {
		n, successes int
		low, high    float64
	}{
		{20, 8, .1345, .7162}, {50, 20, .2078, .6162}, {100, 40, .2540, .5592},
		{200, 80, .2908, .5164}, {500, 200, .3267, .4764},
	} {
		s := must(sequential.NewShare(0.95))
		if err := s.AddCounts(c.successes, c.n); err != nil {
			t.Fatal(err)
		}
		i := s.Interval()
		near(t, i.Low, c.low, 5e-5, "low", c)
		near(t, i.High, c.high, 5e-5, "high", c)
	}
}

func TestShareAtTheEnds(t *testing.T) {
	s := must(sequential.NewShare(0.95))
	if i := s.Interval(); i.Low != 0 || i.High != 1 {
		t.Errorf("before the first answer %v", i)
	}
	for range 1000 {
		s.Add(true)
	}
	i := s.Interval()
	// All of n: keep p while p^n > A/(n+1).
	near(t, i.Low, math.Pow(0.05/1001, 1.0/1000), 1e-12, "low of 1000 of 1000")
	near(t, i.High, 1, 0, "high of 1000 of 1000")
	one, counted := must(sequential.NewShare(0.9)), must(sequential.NewShare(0.9))
	for k := range 30 {
		one.Add(k%3 == 0)
	}
	if err := counted.AddCounts(10, 30); err != nil || one.Interval() != counted.Interval() {
		t.Errorf("one by one %v, counted %v", one.Interval(), counted.Interval())
	}
	if err := counted.AddCounts(2, 1); err == nil {
		t.Error("two successes in one answer were taken")
	}
}

// A fixed-n interval looked at after every answer, and the sequence beside it.
func TestShareCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	const runs, answers, truth = 2000, 2000, 0.4
	missed := misses(runs, 1, func(dice *rand.Rand) bool {
		s := must(sequential.NewShare(0.95))
		kept := holds(s)
		for range answers {
			s.Add(dice.Float64() < truth)
			if !kept(truth) {
				return true
			}
		}
		return false
	})
	if missed > 0.05 || missed < 0.02 {
		t.Errorf("%.4f of the sequences miss at some time, METHODS 6.4 has 0.028 to 0.038", missed)
	}
	fixed := misses(runs, 1, func(dice *rand.Rand) bool {
		successes := 0.0
		for n := 1.0; n <= answers; n++ {
			if dice.Float64() < truth {
				successes++
			}
			at := successes / n
			if n >= 10 && math.Abs(at-truth) > 1.96*math.Sqrt(at*(1-at)/n) {
				return true
			}
		}
		return false
	})
	if fixed < 0.4 {
		t.Errorf("fixed-n intervals miss in %.3f of the runs; METHODS 6.4 has .43 to .50", fixed)
	}
}

// holds asks for the interval only where the truth is near its end, since two
// bisections after each of millions of answers take long: the martingale at the
// truth is cheap.
func holds(s *sequential.Share) func(float64) bool {
	return func(p float64) bool {
		n := float64(s.N())
		successes := math.Round(s.Estimate() * n)
		log := stat.LogBeta(1+successes, 1+n-successes) - successes*math.Log(p) - (n-successes)*math.Log(1-p)
		if log < math.Log(20)-1 {
			return true
		}
		return !outside(s.Interval(), p)
	}
}

func TestFiniteShare_Methods6_4(t *testing.T) {
	s := must(sequential.NewFiniteShare(80, 0.95))
	if err := s.AddCounts(16, 40); err != nil {
		t.Fatal(err)
	}
	if low, high := s.Counts(); low != 20 || high != 45 {
		t.Errorf("%d … %d of 80, want 20 … 45", low, high)
	}
	endless := must(sequential.NewShare(0.95))
	if err := endless.AddCounts(16, 40); err != nil {
		t.Fatal(err)
	}
	i := endless.Interval()
	near(t, math.Floor(i.Low*80), 15, 0, "with replacement, low")
	near(t, math.Floor(i.High*80), 51, 0, "with replacement, high")
}

func TestFiniteShareAsksEverybody(t *testing.T) {
	for _, all := range []int{1, 2, 7, 80} {
		for yes := range all + 1 {
			s := must(sequential.NewFiniteShare(all, 0.95))
			if low, high := s.Counts(); low != 0 || high != all {
				t.Fatalf("before the first answer of %d: %d … %d", all, low, high)
			}
			for i := range all {
				if err := s.Add(i < yes); err != nil {
					t.Fatal(err)
				}
				low, high := s.Counts()
				if low > high || low > yes && i == all-1 || high < yes && i == all-1 {
					t.Fatalf("%d of %d after %d answers: %d … %d", yes, all, i+1, low, high)
				}
			}
			if low, high := s.Counts(); low != yes || high != yes {
				t.Errorf("all %d asked, %d said yes: %d … %d", all, yes, low, high)
			}
			if err := s.Add(true); err == nil {
				t.Error("one more than all was asked")
			}
		}
	}
}

// The ends found by bisection are those of asking every count.
func TestFiniteShareIsAnInterval(t *testing.T) {
	for n := 1; n < 60; n += 7 {
		for yes := range n + 1 {
			s := must(sequential.NewFiniteShare(60, 0.9))
			if err := s.AddCounts(yes, n); err != nil {
				t.Fatal(err)
			}
			low, high := s.Counts()
			for count := yes; count <= 60-(n-yes); count++ {
				if kept := keptFinite(60, n, yes, count, 0.9); kept != (count >= low && count <= high) {
					t.Fatalf("%d of %d: %d … %d, but %d is kept: %t", yes, n, low, high, count, kept)
				}
			}
		}
	}
}

// keptFinite follows METHODS 6.4 (b) with plain products.
func keptFinite(all, n, yes, count int, level float64) bool {
	choose := func(n, k int) float64 {
		a, _ := math.Lgamma(float64(n + 1))
		b, _ := math.Lgamma(float64(k + 1))
		c, _ := math.Lgamma(float64(n - k + 1))
		return a - b - c
	}
	// With the uniform prior the posterior is C(N₁,S) C(N−N₁,n−S)/C(N+1,n+1).
	posterior := choose(count, yes) + choose(all-count, n-yes) - choose(all+1, n+1)
	return -math.Log(float64(all+1))-posterior < -math.Log(1-level)
}

func TestFiniteShareCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	for _, yes := range []int{8, 32, 60} {
		missed := misses(2000, 2, func(dice *rand.Rand) bool {
			s := must(sequential.NewFiniteShare(80, 0.95))
			for _, i := range dice.Perm(80) {
				if s.Add(i < yes) != nil {
					return true
				}
				if low, high := s.Counts(); yes < low || yes > high {
					return true
				}
			}
			return false
		})
		if missed > 0.055 {
			t.Errorf("%d of 80: %.4f of the sequences miss at some time", yes, missed)
		}
		t.Logf("%d of 80: %.4f miss", yes, missed)
	}
}

// scores draws answers 1 to 5 with mean 3.96.
func score(dice *rand.Rand) float64 {
	u := dice.Float64()
	for i, share := range []float64{.03, .06, .18, .38} {
		if u < share {
			return float64(i + 1)
		}
		u -= share
	}
	return 5
}

const meanScore = .03 + 2*.06 + 3*.18 + 4*.38 + 5*.35

func TestBoundedCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	width := 0.0
	missed := misses(500, 3, func(dice *rand.Rand) bool {
		b := must(sequential.NewBounded(sequential.Scale{Low: 1, High: 5, Level: 0.95}))
		for n := 1; n <= 400; n++ {
			if b.Add(score(dice)) != nil {
				return true
			}
			if n%8 == 0 && outside(b.Interval(), meanScore) {
				return true
			}
		}
		return false
	})
	if missed > 0.05 || missed < 0.005 {
		t.Errorf("%.4f of the sequences miss at some time, METHODS 6.4 has 0.02 to 0.05", missed)
	}
	dice := rand.New(rand.NewPCG(4, 4))
	for range 50 {
		b := must(sequential.NewBounded(sequential.Scale{Low: 1, High: 5, Level: 0.95}))
		for range 100 {
			_ = b.Add(score(dice))
		}
		i := b.Interval()
		width += (i.High - i.Low) / 2 / 50
	}
	near(t, width, 0.30, 0.05, "half-width after 100 scores")
	t.Logf("%.4f miss, half-width %.3f", missed, width)
}

// The products that are folded into logarithms now and then, against sums of
// logarithms.
func TestBoundedFolds(t *testing.T) {
	dice := rand.New(rand.NewPCG(5, 5))
	b := must(sequential.NewBounded(sequential.Scale{Low: 0, High: 1, Level: 0.95}))
	var xs []float64
	for range 100 {
		xs = append(xs, float64(dice.IntN(2)))
		if err := b.Add(xs[len(xs)-1]); err != nil {
			t.Fatal(err)
		}
		low, high := plainBounded(xs, 0.05)
		i := b.Interval()
		near(t, i.Low, math.Max(0, low-0.001), 1e-9, "low", len(xs))
		near(t, i.High, math.Min(1, high+0.001), 1e-9, "high", len(xs))
	}
}

func plainBounded(xs []float64, a float64) (low, high float64) {
	low, high = 2, -1
	for step := range 1001 {
		m := float64(step) / 1000
		more, less, sum, square := 0.0, 0.0, 0.5, 0.25
		for i, x := range xs {
			t := float64(i + 1)
			stake := math.Sqrt(2 * math.Log(2/a) / (square / t * t * math.Log(1+t)))
			more += math.Log(1 + math.Min(stake, 1/(2*m))*(x-m))
			less += math.Log(1 - math.Min(stake, 1/(2*(1-m)))*(x-m))
			sum += x
			mean := sum / (t + 1)
			square += (x - mean) * (x - mean)
		}
		if math.Max(more, less)-math.Ln2 < math.Log(1/a) {
			low, high = math.Min(low, m), math.Max(high, m)
		}
	}
	return low, high
}

func TestMeanCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	missed := misses(2000, 6, func(dice *rand.Rand) bool {
		m := must(sequential.NewMean(0.95))
		for n := 1; n <= 2000; n++ {
			// Answers of weight 1 to 3, and the heavier the higher.
			w := 1 + 2*dice.Float64()
			x := dice.NormFloat64() + w
			if m.AddWeighted(x, 1/w) != nil {
				return true
			}
			if n >= 50 && outside(m.Interval(), weightedTruth()) {
				return true
			}
		}
		return false
	})
	if missed > 0.05 {
		t.Errorf("%.4f of the sequences miss at some time", missed)
	}
	t.Logf("%.4f miss", missed)
}

// weightedTruth is E[x/w]/E[1/w] with w uniform on 1 … 3.
func weightedTruth() float64 { return 1 / (math.Log(3) / 2) }

func TestStrataCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	sizes := []float64{700, 200, 100}
	const truth = 0.7*1 + 0.2*3 + 0.1*6
	missed := misses(2000, 7, func(dice *rand.Rand) bool {
		s := must(sequential.NewStrata(sizes, 0.95))
		for n := range 1500 {
			g := n % 3 // the small group is asked as often as the large one
			if s.Add(g, []float64{1, 3, 6}[g]+float64(g+1)*(dice.Float64()-0.5)) != nil {
				return true
			}
			if n >= 49 && outside(s.Interval(), truth) {
				return true
			}
		}
		return false
	})
	if missed > 0.05 {
		t.Errorf("%.4f of the sequences miss at some time", missed)
	}
	t.Logf("%.4f miss", missed)
}

// Equal weights are no weights, a shift shifts, a scale scales; the weights'
// unit cancels.
func TestMeanProperties(t *testing.T) {
	dice := rand.New(rand.NewPCG(8, 8))
	plain, weighted, moved := must(sequential.NewMean(0.9)), must(sequential.NewMean(0.9)), must(sequential.NewMean(0.9))
	one := must(sequential.NewStrata([]float64{12}, 0.9))
	for range 120 {
		x := dice.ExpFloat64()
		for _, err := range []error{plain.Add(x), weighted.AddWeighted(x, 7), moved.Add(1e9 + 2*x), one.Add(0, x)} {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	p := plain.Interval()
	near(t, weighted.Interval().Low, p.Low, 1e-12, "weight 7, low")
	near(t, one.Interval().High, p.High, 1e-12, "one group, high")
	near(t, moved.Interval().High-1e9, 2*p.High, 1e-5, "moved, high")
	near(t, weighted.Effective(), 120, 1e-9, "effective answers")
	// The reference formula, METHODS 6.4 (d), with standard deviation 1 of two points.
	pair := must(sequential.NewMean(0.95))
	for i := range 200 {
		_ = pair.Add(float64(i%2)*2 - 1)
	}
	r2 := (-2*math.Log(.05) + math.Log(-2*math.Log(.05)+1)) / 200
	want := math.Sqrt(200.0/199) * math.Sqrt(2*(200*r2+1)/(200*200*r2)*math.Log(math.Sqrt(200*r2+1)/.05))
	near(t, pair.Interval().High, want, 1e-12, "half-width")
}

// Answers that are all alike say so: the width of 0 is no certainty.
func TestNoSpread(t *testing.T) {
	m, s := must(sequential.NewMean(0.95)), must(sequential.NewStrata([]float64{1, 1}, 0.95))
	for i := range 60 {
		for _, err := range []error{m.Add(5), s.Add(i%2, 5)} {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, list := range [][]stat.Caveat{m.Caveats(), s.Caveats()} {
		if len(list) != 1 || list[0].Code != "no-spread" || list[0].Count != 60 {
			t.Errorf("caveats %v", list)
		}
	}
	_ = m.Add(4)
	if len(m.Caveats()) > 0 {
		t.Errorf("caveats %v", m.Caveats())
	}
}

func TestRefusals(t *testing.T) {
	bad := []func() error{
		func() error { _, err := sequential.NewShare(1); return err },
		func() error { _, err := sequential.NewShare(math.NaN()); return err },
		func() error { _, err := sequential.NewFiniteShare(0, 0.95); return err },
		func() error {
			_, err := sequential.NewBounded(sequential.Scale{Low: 1, High: 1, Level: 0.95})
			return err
		},
		func() error {
			return must(sequential.NewBounded(sequential.Scale{High: 1, Level: 0.95})).Add(1.5)
		},
		func() error {
			return must(sequential.NewBounded(sequential.Scale{High: 1, Level: 0.95})).Add(math.NaN())
		},
		func() error { return must(sequential.NewMean(0.95)).Add(math.Inf(1)) },
		func() error { return must(sequential.NewMean(0.95)).AddWeighted(1, 0) },
		func() error { _, err := sequential.NewStrata(nil, 0.95); return err },
		func() error { return must(sequential.NewStrata([]float64{1}, 0.95)).Add(1, 1) },
		func() error { _, err := sequential.NewCUSUM(1, 2); return err },
		func() error { return must(sequential.NewCUSUM(2, 2)).AddOne(1.2, true) },
		func() error { _, err := sequential.NewEWMA(0, 2); return err },
		func() error { return must(sequential.NewEWMA(0.2, 2)).Add(1, 0) },
		func() error { _, err := sequential.NewCount([]float64{-0.1}); return err },
		func() error {
			_, err := sequential.Limit(sequential.Plan{Chances: []float64{0, 1}, Ratio: 2}, 60)
			return err
		},
		func() error {
			_, err := sequential.Limit(sequential.Plan{Chances: []float64{0.5}, Ratio: 2}, 0)
			return err
		},
		func() error {
			_, err := sequential.Length(sequential.Plan{Chances: []float64{0.5}, Ratio: 2}, 2, 1, 0)
			return err
		},
	}
	for i, try := range bad {
		var input *stat.InputError
		if err := try(); !errors.As(err, &input) || input.Error() == "" {
			t.Errorf("case %d was taken: %v", i, err)
		}
	}
}
