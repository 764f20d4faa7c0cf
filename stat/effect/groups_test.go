package effect

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"behold/stat"
)

func near(t *testing.T, got, want, tolerance float64, what ...any) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%v: %v, want %v (± %v)", what, got, want, tolerance)
	}
}

// Eight schools (Rubin 1981; the effects and errors of table 5.2 in Gelman et
// al.). Wanted to four digits: the same integral on a grid of 400,000 in numpy.
// Published, from 200 draws: the range of school A −2 … 31, of C −11 … 19.
func TestShrinkEffects_Rubin1981(t *testing.T) {
	values := []float64{28, 8, -3, 7, -1, 1, 18, 12}
	g, err := ShrinkEffects(values, []float64{15, 10, 16, 11, 9, 11, 10, 18}, Shrinking{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	want := []float64{11.40026, 7.89455, 6.13075, 7.64468, 5.12642, 6.13854, 10.66698, 8.45682}
	for i, w := range want {
		near(t, g.Items[i].Estimate, w, 2e-3, "school", i)
		if g.Items[i].Raw != values[i] {
			t.Errorf("raw %v", g.Items[i].Raw)
		}
	}
	near(t, g.Mean, 7.93238, 1e-3, "mean")
	near(t, g.Spread, 6.57548, 5e-3, "spread")
	near(t, g.Items[0].Interval.Low, -2.10502, 0.01, "A, low")
	near(t, g.Items[0].Interval.High, 31.62342, 0.02, "A, high")
	near(t, g.Items[2].Interval.Low, -11.48227, 0.02, "C, low")
	near(t, g.Items[2].Interval.High, 20.45918, 0.02, "C, high")
	sum := 0.0
	for _, item := range g.Items {
		sum += item.Best
	}
	near(t, sum, 1, 1e-12, "best of all")
	if !(g.Items[0].Best > 0.2 && g.Items[0].Best < 0.32) || g.Items[4].Best > 0.08 || len(g.Caveats) > 0 {
		t.Errorf("%+v", g)
	}
}

// 71 groups of rats (Tarone 1982): Gelman et al. give E(a) 2.4 and E(b) 14.3.
func TestShrinkShares_Tarone1982(t *testing.T) {
	y := []float64{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 5, 2, 5, 3, 2, 7, 7, 3, 3, 2, 9, 10, 4, 4, 4, 4, 4, 4, 4, 10, 4, 4, 4, 5, 11, 12, 5, 5, 6, 5, 6, 6, 6, 6, 16, 15, 15, 9, 4}
	n := []float64{20, 20, 20, 20, 20, 20, 20, 19, 19, 19, 19, 18, 18, 17, 20, 20, 20, 20, 19, 19, 18, 18, 25, 24, 23, 20, 20, 20, 20, 20, 20, 10, 49, 19, 46, 27, 17, 49, 47, 20, 20, 13, 48, 50, 20, 20, 20, 20, 20, 20, 20, 48, 19, 19, 19, 22, 46, 49, 20, 20, 23, 19, 22, 20, 20, 20, 52, 46, 47, 24, 14}
	p := newSharedBeta(y, n)
	a, b := 0.0, 0.0
	for _, node := range p.nodes {
		a += node.weight * node.a
		b += node.weight * node.b
	}
	near(t, a, 2.4, 0.05, "a")
	near(t, b, 14.3, 0.1, "b")
	g, err := ShrinkShares(y, n, Shrinking{})
	if err != nil {
		t.Fatal(err)
	}
	// The last group, 4 of 14, is 0.29 raw; with what the others say 0.21 (5.3).
	last := g.Items[70]
	near(t, last.Estimate, 0.21, 0.01, "last group")
	near(t, last.Raw, 4.0/14, 1e-15, "last group, raw")
	if !(last.Interval.Low > 0.06 && last.Interval.Low < 0.11 && last.Interval.High > 0.33 && last.Interval.High < 0.42) {
		t.Errorf("%+v", last)
	}
}

// Of groups drawn from the model the ranges hold the truth about as often as they
// say, with four groups as with twenty, and the estimates are closer than raw.
func TestShrinkEffectsCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	for _, c := range []struct {
		groups int
		spread float64
	}{{4, 0.1}, {20, 0.1}, {20, 0}, {6, 0.4}} {
		dice := rand.New(rand.NewPCG(5, uint64(c.groups)))
		held, all, off, offRaw := 0, 0, 0.0, 0.0
		for range 40 {
			values, errs, truth := make([]float64, c.groups), make([]float64, c.groups), make([]float64, c.groups)
			for i := range values {
				truth[i] = 0.1 + c.spread*dice.NormFloat64()
				errs[i] = 0.05 + 0.2*dice.Float64()
				values[i] = truth[i] + errs[i]*dice.NormFloat64()
			}
			g, err := ShrinkEffects(values, errs, Shrinking{Draws: 1})
			if err != nil {
				t.Fatal(err)
			}
			for i, item := range g.Items {
				all++
				if item.Interval.Low <= truth[i] && truth[i] <= item.Interval.High {
					held++
				}
				off += (item.Estimate - truth[i]) * (item.Estimate - truth[i])
				offRaw += (values[i] - truth[i]) * (values[i] - truth[i])
			}
		}
		if share := float64(held) / float64(all); share < 0.92 || off > offRaw {
			t.Errorf("%+v: %.3f of the ranges hold the truth; squared error %.3f, raw %.3f", c, share, off, offRaw)
		}
	}
}

func TestShrinkSharesCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	for _, groups := range []int{4, 15} {
		dice := rand.New(rand.NewPCG(6, uint64(groups)))
		held, all, off, offRaw := 0, 0, 0.0, 0.0
		for range 40 {
			happened, of, truth := make([]float64, groups), make([]float64, groups), make([]float64, groups)
			for i := range of {
				truth[i] = distuv.Beta{Alpha: 8, Beta: 12, Src: dice}.Rand()
				of[i] = float64(5 + dice.IntN(40))
				happened[i] = distuv.Binomial{N: of[i], P: truth[i], Src: dice}.Rand()
			}
			g, err := ShrinkShares(happened, of, Shrinking{Draws: 500})
			if err != nil {
				t.Fatal(err)
			}
			for i, item := range g.Items {
				all++
				if item.Interval.Low <= truth[i] && truth[i] <= item.Interval.High {
					held++
				}
				off += (item.Estimate - truth[i]) * (item.Estimate - truth[i])
				offRaw += (item.Raw - truth[i]) * (item.Raw - truth[i])
			}
		}
		if share := float64(held) / float64(all); share < 0.91 || off > offRaw {
			t.Errorf("%d groups: %.3f of the ranges hold the truth; squared error %.3f, raw %.3f", groups, share, off, offRaw)
		}
	}
}

// The order of groups and the unit do not matter; more data counts more; an
// estimate lies between its own value and the mean.
func TestShrinkProperties(t *testing.T) {
	values, errs := []float64{0.3, -0.1, 0.05, 0.12, 0.2}, []float64{0.2, 0.05, 0.04, 0.1, 0.1}
	g, err := ShrinkEffects(values, errs, Shrinking{})
	if err != nil {
		t.Fatal(err)
	}
	back, thousand := slices.Clone(values), make([]float64, 5)
	backErrs, thousandErrs := slices.Clone(errs), make([]float64, 5)
	slices.Reverse(back)
	slices.Reverse(backErrs)
	for i := range values {
		thousand[i], thousandErrs[i] = 1000*values[i]+7e5, 1000*errs[i]
	}
	r, err := ShrinkEffects(back, backErrs, Shrinking{})
	if err != nil {
		t.Fatal(err)
	}
	k, err := ShrinkEffects(thousand, thousandErrs, Shrinking{})
	if err != nil {
		t.Fatal(err)
	}
	for i, item := range g.Items {
		near(t, r.Items[4-i].Estimate, item.Estimate, 1e-12, "turned", i)
		near(t, k.Items[i].Estimate-7e5, 1000*item.Estimate, 1e-6, "in thousands", i)
		near(t, k.Items[i].Interval.High-7e5, 1000*item.Interval.High, 1e-6, "in thousands", i)
		if between := (item.Estimate - values[i]) * (item.Estimate - g.Mean); between > 1e-4 {
			t.Errorf("%d: %v is not between %v and %v", i, item.Estimate, values[i], g.Mean)
		}
	}
	if !(g.Items[2].Own > g.Items[1].Own && g.Items[1].Own > g.Items[3].Own && g.Items[3].Own > g.Items[0].Own) {
		t.Errorf("%+v", g.Items)
	}
	s, err := ShrinkShares([]float64{3, 40, 90, 0}, []float64{4, 100, 200, 0}, Shrinking{})
	if err != nil {
		t.Fatal(err)
	}
	if !(s.Items[0].Estimate > 0.42 && s.Items[0].Estimate < 0.6) || s.Items[3].Own != 0 || math.Abs(s.Items[3].Estimate-s.Mean) > 1e-12 {
		t.Errorf("%+v", s)
	}
}

func TestShrinkHardCases(t *testing.T) {
	sound := func(name string, g Groups, err error) {
		t.Helper()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		for _, item := range g.Items {
			for _, v := range []float64{item.Estimate, item.Interval.Low, item.Interval.High, item.Own, item.Best, g.Mean, g.Spread} {
				if !stat.Finite(v) {
					t.Errorf("%s: %+v", name, g)
					return
				}
			}
			if item.Interval.Low > item.Interval.High {
				t.Errorf("%s: %+v", name, item)
			}
		}
	}
	for name, c := range map[string][2][]float64{
		"one":             {{0.2}, {0.1}},
		"two":             {{0.2, -0.4}, {0.1, 0.3}},
		"alike":           {{1, 1, 1, 1}, {0.1, 0.2, 0.3, 0.4}},
		"all 0":           {{0, 0}, {1e-200, 1e-200}},
		"huge":            {{1e299, -1e299, 3}, {1e10, 1e200, 1}},
		"tiny errors":     {{1, 2, 3}, {1e-200, 1e-200, 1e-200}},
		"unequal errors":  {{1, 2, 3}, {1e-9, 1e9, 1}},
		"far from origin": {{1e12, 1e12 + 1}, {1, 1}},
	} {
		g, err := ShrinkEffects(c[0], c[1], Shrinking{Draws: 100})
		sound(name, g, err)
	}
	one, err := ShrinkEffects([]float64{0.2}, []float64{0.1}, Shrinking{Draws: 10})
	if err != nil {
		t.Fatal(err)
	}
	near(t, one.Items[0].Estimate, 0.2, 1e-12, "of one group")
	near(t, one.Items[0].Interval.Low, 0.2-0.196, 1e-3, "its range")
	if len(one.Caveats) != 1 || one.Caveats[0].Code != "few-groups" {
		t.Errorf("%+v", one.Caveats)
	}
	for name, c := range map[string][2][]float64{
		"nobody":        {{0, 0, 0}, {5, 6, 7}},
		"all":           {{5, 6, 7}, {5, 6, 7}},
		"one":           {{1}, {3}},
		"one of one":    {{1}, {1}},
		"empty beside":  {{0, 4}, {0, 9}},
		"millions":      {{4e6, 5e6}, {1e7, 1e7}},
		"parts":         {{0.5, 2.25}, {3.5, 8.75}},
		"all and none":  {{10, 0}, {10, 10}},
		"hardly anyone": {{0, 1, 0}, {1e6, 1e6, 10}},
	} {
		g, err := ShrinkShares(c[0], c[1], Shrinking{Draws: 200})
		sound(name, g, err)
	}
	none, err := ShrinkShares([]float64{0}, []float64{5}, Shrinking{})
	if err != nil || none.Items[0].Interval.High < 0.2 {
		t.Errorf("0 of 5: %+v, %v", none, err)
	}
	refused := func(row int, err error) {
		t.Helper()
		var input *stat.InputError
		if !errors.As(err, &input) || input.Row != row {
			t.Error(err)
		}
	}
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		a, b []float64
		row  int
	}{{nil, nil, -1}, {[]float64{1}, []float64{1, 1}, -1}, {[]float64{1, nan}, []float64{1, 1}, 1}, {[]float64{inf}, []float64{1}, 0},
		{[]float64{1, 1}, []float64{1, 0}, 1}, {[]float64{1}, []float64{nan}, 0}, {[]float64{1}, []float64{-1}, 0}} {
		_, err := ShrinkEffects(c.a, c.b, Shrinking{})
		refused(c.row, err)
	}
	for _, c := range []struct {
		a, b []float64
		row  int
	}{{nil, nil, -1}, {[]float64{1}, []float64{1, 1}, -1}, {[]float64{0, 0}, []float64{0, 0}, -1}, {[]float64{2}, []float64{1}, 0},
		{[]float64{nan}, []float64{1}, 0}, {[]float64{0}, []float64{inf}, 0}, {[]float64{1, -1}, []float64{1, 1}, 1}} {
		_, err := ShrinkShares(c.a, c.b, Shrinking{})
		refused(c.row, err)
	}
	_, err = ShrinkShares([]float64{1}, []float64{2}, Shrinking{Level: 2})
	refused(-1, err)
	_, err = ShrinkEffects([]float64{1}, []float64{2}, Shrinking{Level: nan})
	refused(-1, err)
}
