package effect

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"behold/stat"
)

func drawDuty(t *testing.T, dice *rand.Rand, n int, gain float64) Duty {
	chances, kept := make([]float64, n), make([]bool, n)
	for i := range chances {
		chances[i] = 0.1 + 0.5*dice.Float64()
		kept[i] = dice.Float64() < 1-chances[i]+gain
	}
	d, err := NewDuty(chances, kept)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Spiegelhalter (2005), with his formulas by hand.
func TestFunnel(t *testing.T) {
	f, err := NewFunnel([]Duty{{100, 80, 70, 20}, {50, 28, 30, 10}, {200, 110, 140, 40}}, Shrinking{})
	if err != nil {
		t.Fatal(err)
	}
	first, last := f.Standings[0], f.Standings[2]
	near(t, first.Credit, 10, 0, "credit")
	near(t, first.Z, 10/math.Sqrt(20), 1e-12, "z")
	near(t, first.Normal.High, 70+1.959963984540054*math.Sqrt(20*f.Excess), 1e-9, "limit")
	near(t, last.Rare.Low, 140-3.090232306167813*math.Sqrt(40*f.Excess), 1e-9, "outer limit")
	if f.Excess != 1 || last.Outside != 2 || first.Outside != 1 || f.Standings[1].Outside != 0 {
		t.Errorf("%+v", f)
	}
	if p := last.PerCase; !(p.Raw < p.Estimate && p.Estimate < 0) || p.Raw != -0.15 {
		t.Errorf("%+v", p)
	}
}

// Of z = −5 … 5 the ends are pulled in to the tenth, ±4: φ = (4·16 + 2(9+4+1))/11.
func TestFunnelExcess_Spiegelhalter2005(t *testing.T) {
	zs := []float64{-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5}
	near(t, excess(zs), 92.0/11, 1e-12, "φ")
	for i := range zs {
		zs[i] /= 3
	}
	near(t, excess(zs), 1, 0, "92/99, as chance makes")
	near(t, excess([]float64{9, 9, 9}), 1, 0, "of three")
}

// Where nothing but chance is at work one in twenty is outside Normal and one in
// 500 outside Rare; where one colleague keeps more, that one stands out.
func TestFunnelCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	dice := rand.New(rand.NewPCG(4, 4))
	outside, rare, all, found := 0, 0, 0, 0
	for range 150 {
		duties := make([]Duty, 12)
		for i := range duties {
			duties[i] = drawDuty(t, dice, 60+10*i, 0)
		}
		f, err := NewFunnel(duties, Shrinking{Draws: 50})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range f.Standings {
			all++
			outside += min(s.Outside, 1)
			rare += s.Outside / 2
		}
		duties[5] = drawDuty(t, dice, 150, 0.15)
		f, err = NewFunnel(duties, Shrinking{Draws: 50})
		if err != nil {
			t.Fatal(err)
		}
		if f.Standings[5].Outside > 0 && f.Standings[5].Credit > 0 {
			found++
		}
	}
	if share := float64(outside) / float64(all); share < 0.03 || share > 0.065 {
		t.Errorf("%.3f outside 95 %%", share)
	}
	if rare > 12 {
		t.Errorf("%d of %d outside 99.8 %%", rare, all)
	}
	if found < 130 {
		t.Errorf("found %d of 150", found)
	}
}

func TestFunnelHardCases(t *testing.T) {
	for name, duties := range map[string][]Duty{
		"one":           {{10, 5, 6, 2}},
		"alike":         {{10, 5, 6, 2}, {10, 5, 6, 2}, {10, 5, 6, 2}},
		"certain":       {{10, 10, 10, 0}, {10, 0, 0, 0}},
		"certain, one":  {{10, 10, 10, 0}, {10, 4, 5, 2}},
		"single cases":  {{1, 1, 0.5, 0.25}, {1, 0, 0.5, 0.25}},
		"nearly surely": {{1, 1, 1, 1e-300}, {100, 50, 100, 1e-12}},
	} {
		f, err := NewFunnel(duties, Shrinking{Draws: 20})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, s := range f.Standings {
			for _, v := range []float64{s.Credit, s.Z, s.Normal.Low, s.Normal.High, s.Rare.Low, s.Rare.High, s.PerCase.Estimate, s.PerCase.Interval.Low, s.PerCase.Interval.High, f.Excess} {
				if !stat.Finite(v) {
					t.Errorf("%s: %+v", name, f)
				}
			}
		}
	}
	var input *stat.InputError
	for _, duties := range [][]Duty{nil, {{0, 0, 0, 0}}, {{1, 2, 1, 0}}, {{1, 1, math.NaN(), 0}}, {{1, 1, 1, 1}}} {
		if _, err := NewFunnel(duties, Shrinking{}); !errors.As(err, &input) {
			t.Error(duties, err)
		}
	}
	for _, err := range []error{second(NewDuty([]float64{0.5}, nil)), second(NewDuty([]float64{math.NaN()}, []bool{true})), second(NewDuty([]float64{2}, []bool{true}))} {
		if !errors.As(err, &input) {
			t.Error(err)
		}
	}
}
