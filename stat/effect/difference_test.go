package effect_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"behold/stat"
	"behold/stat/effect"
)

// shares are n outcomes of which so many are 1.
func shares(happened, n int) []float64 {
	list := make([]float64, n)
	for i := range happened {
		list[i] = 1
	}
	return list
}

// Newcombe (1998), Table II, method 10: contrasts (a) to (h).
func TestDiffer_Newcombe1998TableII(t *testing.T) {
	for _, c := range []struct {
		cell       string
		a, m, b, n int
		low, high  float64
	}{
		{"a", 56, 70, 48, 80, .0524, .3339}, {"b", 9, 10, 3, 10, .1705, .8090}, {"c", 6, 7, 2, 7, .0582, .8062}, {"d", 5, 56, 0, 29, -.0381, .1926},
		{"e", 0, 10, 0, 20, -.1611, .2775}, {"f", 0, 10, 0, 10, -.2775, .2775}, {"g", 10, 10, 0, 20, .6791, 1}, {"h", 10, 10, 0, 10, .6075, 1},
	} {
		d := must(effect.Differ(effect.Outcomes{Treated: shares(c.a, c.m), Control: shares(c.b, c.n)}, 0.95))
		near(t, d.Interval.Low, c.low, 5.1e-5, c.cell, "low")
		near(t, d.Interval.High, c.high, 5.1e-5, c.cell, "high")
		if d.Method != effect.Newcombe || !d.Shares {
			t.Errorf("%s: %+v", c.cell, d)
		}
	}
}

// Student's sleep data (1908), as R's t.test prints them: t = -1.8608, df =
// 17.776, 95 percent from -3.3654832 to 0.2054832.
func TestDiffer_Welch(t *testing.T) {
	d := must(effect.Differ(effect.Outcomes{
		Treated: []float64{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0},
		Control: []float64{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4},
	}, 0.95))
	near(t, d.Value, -1.58, 1e-12, "difference")
	near(t, d.Value/d.StdErr, -1.8608, 5e-5, "t")
	near(t, d.Interval.Low, -3.3654832, 5e-8, "low")
	near(t, d.Interval.High, 0.2054832, 5e-8, "high")
}

// Hillstrom's campaign: the differences that follow from the published means, and
// an adjusted interval that is no wider and lies in the same place.
func TestDiffer_Hillstrom(t *testing.T) {
	mails := hillstrom(t)
	for _, c := range []struct {
		what, arm   string
		of          func(mail) float64
		want, round float64
	}{
		{"visit", "Mens E-Mail", func(m mail) float64 { return m.visit }, .183 - .106, .001},
		{"visit", "Womens E-Mail", func(m mail) float64 { return m.visit }, .151 - .106, .001},
		{"conversion", "Mens E-Mail", func(m mail) float64 { return m.conversion }, .0125 - .0057, .0001},
		{"conversion", "Womens E-Mail", func(m mail) float64 { return m.conversion }, .0088 - .0057, .0001},
		{"spend", "Mens E-Mail", func(m mail) float64 { return m.spend }, 1.42 - .65, .01},
		{"spend", "Womens E-Mail", func(m mail) float64 { return m.spend }, 1.08 - .65, .01},
	} {
		var o effect.Outcomes
		var with, without [][]float64
		for _, m := range mails {
			switch m.segment {
			case c.arm:
				o.Treated, with = append(o.Treated, c.of(m)), append(with, m.features)
			case "No E-Mail":
				o.Control, without = append(o.Control, c.of(m)), append(without, m.features)
			}
		}
		plain, adjusted := must(effect.Differ(o, 0.95)), must(effect.Adjust(o, with, without, 0.95))
		near(t, plain.Value, c.want, c.round, c.what, c.arm)
		normal := 1.959964 * plain.StdErr
		near(t, plain.Interval.Low, plain.Value-normal, 0.03*normal, c.what, c.arm, "low")
		near(t, plain.Interval.High, plain.Value+normal, 0.03*normal, c.what, c.arm, "high")
		near(t, adjusted.Value, plain.Value, plain.StdErr/2, c.what, c.arm, "adjusted")
		if adjusted.StdErr > 1.001*plain.StdErr || adjusted.Method != effect.Lin || len(adjusted.Caveats) > 0 {
			t.Errorf("%s %s: adjusted %+v of %+v", c.what, c.arm, adjusted, plain)
		}
		t.Logf("%s, %s: %.5f (%.5f to %.5f), adjusted %.5f (%.5f to %.5f)", c.what, c.arm, plain.Value, plain.Interval.Low, plain.Interval.High,
			adjusted.Value, adjusted.Interval.Low, adjusted.Interval.High)
	}
}

// With one covariate of two values the adjusted difference is the mean of the
// differences in the two halves, weighted by how many of all stand in each.
func TestAdjustByHand(t *testing.T) {
	dice := rand.New(rand.NewPCG(4, 4))
	var o effect.Outcomes
	var with, without [][]float64
	sums := map[[2]int][2]float64{}
	n := [2]float64{}
	for i := range 200 {
		arm, half := i%2, 0
		if dice.Float64() < 0.3+0.1*float64(arm) {
			half = 1
		}
		y := dice.NormFloat64() + 3*float64(half) + float64(arm*half)
		s := sums[[2]int{arm, half}]
		sums[[2]int{arm, half}] = [2]float64{s[0] + 1, s[1] + y}
		n[half]++
		row := []float64{float64(half), float64(2 * half), 7} // the second says the same, the third nothing
		if arm == 1 {
			o.Treated, with = append(o.Treated, y), append(with, row)
		} else {
			o.Control, without = append(o.Control, y), append(without, row)
		}
	}
	want := 0.0
	for half := range 2 {
		one, zero := sums[[2]int{1, half}], sums[[2]int{0, half}]
		want += n[half] / 200 * (one[1]/one[0] - zero[1]/zero[0])
	}
	near(t, must(effect.Adjust(o, with, without, 0.95)).Value, want, 1e-12, "difference")
}

// Whatever the sizes and the outcome, and however useless or helpful covariates
// are, the interval holds the truth about as often as it says.
func TestDifferCoverage(t *testing.T) {
	for _, c := range []struct {
		name             string
		treated, control int
		draw             func(dice *rand.Rand, arm float64) float64
		truth            float64
	}{
		{"rare share, small", 40, 25, func(dice *rand.Rand, arm float64) float64 { return coin(dice, .08+.1*arm) }, .1},
		{"share, uneven", 400, 30, func(dice *rand.Rand, arm float64) float64 { return coin(dice, .6+.1*arm) }, .1},
		{"money", 300, 200, func(dice *rand.Rand, arm float64) float64 { return math.Exp(dice.NormFloat64()) + arm }, 1},
		{"unequal spread, tiny", 5, 12, func(dice *rand.Rand, arm float64) float64 { return dice.NormFloat64()*(1+3*arm) + 2*arm }, 2},
	} {
		held := share(4000, 7, func(dice *rand.Rand) bool {
			var o effect.Outcomes
			for range c.treated {
				o.Treated = append(o.Treated, c.draw(dice, 1))
			}
			for range c.control {
				o.Control = append(o.Control, c.draw(dice, 0))
			}
			d := must(effect.Differ(o, 0.95))
			return d.Interval.Low <= c.truth && c.truth <= d.Interval.High
		})
		t.Logf("%s: %.3f", c.name, held)
		near(t, held, .955, .02, c.name)
	}
}

func coin(dice *rand.Rand, p float64) float64 {
	if dice.Float64() < p {
		return 1
	}
	return 0
}

func TestAdjustCoverage(t *testing.T) {
	for _, size := range []int{40, 300} {
		held := share(1000, 9, func(dice *rand.Rand) bool {
			var o effect.Outcomes
			var with, without [][]float64
			for range size {
				for arm := range 2 {
					x := dice.NormFloat64()
					// the effect is larger where x is, and so is the noise
					y := 2*x + float64(arm)*(1+x) + dice.NormFloat64()*(1+float64(arm))
					if row := []float64{x, dice.Float64()}; arm == 1 {
						o.Treated, with = append(o.Treated, y), append(with, row)
					} else {
						o.Control, without = append(o.Control, y), append(without, row)
					}
				}
			}
			d := must(effect.Adjust(o, with, without, 0.95))
			return d.Interval.Low <= 1 && 1 <= d.Interval.High
		})
		t.Logf("%d in each: %.3f", size, held)
		near(t, held, .955, .02, size)
	}
}

func TestDifferCaveats(t *testing.T) {
	for _, c := range []struct {
		o    effect.Outcomes
		want string
	}{
		{effect.Outcomes{Treated: shares(0, 30), Control: shares(0, 30)}, "[few-events no-spread]"},
		{effect.Outcomes{Treated: []float64{3, 3}, Control: []float64{3, 3, 3}}, "[few-treated few-control no-spread]"},
		{effect.Outcomes{Treated: []float64{3}, Control: []float64{4, 5}}, "[few-treated few-control no-range]"},
		{effect.Outcomes{Treated: []float64{3, 3}, Control: []float64{4, 4}}, "[few-treated few-control no-spread]"},
	} {
		d := must(effect.Differ(c.o, 0.95))
		var codes []string
		for _, caveat := range d.Caveats {
			codes = append(codes, caveat.Code)
		}
		if d.Interval.Low > 0 || d.Interval.High < 0 {
			t.Errorf("%v: %+v shows an effect", c.o, d.Interval)
		}
		if fmt.Sprint(codes) != c.want {
			t.Errorf("%v: %v, want %s", c.o, codes, c.want)
		}
	}
	rows := [][]float64{{1}, {2}, {3}}
	d := must(effect.Adjust(effect.Outcomes{Treated: []float64{1, 2, 4}, Control: []float64{1, 2, 5}}, rows, rows, 0.95))
	if d.Method != effect.Welch || d.Caveats[len(d.Caveats)-1].Code != "too-few-to-adjust" {
		t.Errorf("%+v", d)
	}
}

func TestDifferErrors(t *testing.T) {
	good := []float64{1, 2}
	for _, c := range []struct {
		o     effect.Outcomes
		level float64
		field string
	}{
		{effect.Outcomes{Control: good}, .95, "Treated"}, {effect.Outcomes{Treated: good}, .95, "Control"},
		{effect.Outcomes{Treated: []float64{1, math.NaN()}, Control: good}, .95, "Treated"},
		{effect.Outcomes{Treated: good, Control: good}, 1, "Level"},
	} {
		_, err := effect.Differ(c.o, c.level)
		if wrong, ok := err.(*stat.InputError); !ok || wrong.Field != c.field {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if _, err := effect.Adjust(effect.Outcomes{Treated: good, Control: good}, [][]float64{{1}, {1, 2}}, [][]float64{{1}, {2}}, .95); err == nil {
		t.Error("covariates of different length were taken")
	}
}
