package survival

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The triangle of Taylor and Ashe (1983), and the reserves that the chain ladder
// gives for it in Mack (1993), ASTIN Bulletin 23, table 1, in thousands there.
func TestFitDelay_TaylorAshe1983(t *testing.T) {
	rows := [][]float64{
		{357848, 766940, 610542, 482940, 527326, 574398, 146342, 139950, 227229, 67948},
		{352118, 884021, 933894, 1183289, 445745, 320996, 527804, 266172, 425046},
		{290507, 1001799, 926219, 1016654, 750816, 146923, 495992, 280405},
		{310608, 1108250, 776189, 1562400, 272482, 352053, 206286},
		{443160, 693190, 991983, 769488, 504851, 470639},
		{396132, 937085, 847498, 805037, 705960},
		{440832, 847631, 1131398, 1063269},
		{359480, 1061648, 1443370},
		{376686, 986608},
		{344014},
	}
	var seen []Sighting
	for period, row := range rows {
		for delay, n := range row {
			seen = append(seen, Sighting{period, delay, n})
		}
	}
	d, err := FitDelay(seen, 9, 0)
	if err != nil {
		t.Fatal(err)
	}
	total := 0.0
	for period, want := range []float64{0, 94634, 469511, 709638, 984889, 1419459, 2177641, 3920301, 4278972, 4625811} {
		to := d.Counts[period].Expected - d.Counts[period].Seen
		near(t, to, want, 1, "to come of year", period)
		total += to
	}
	near(t, total, 18680856, 1, "to come in all")
	// The development factors are those between shares that are complete.
	for delay, want := range []float64{3.4906, 1.7473, 1.4574, 1.1739, 1.1038, 1.0863, 1.0539, 1.0766, 1.0177} {
		near(t, d.Complete[delay+1]/d.Complete[delay], want, 0.00006, "factor", delay)
	}
}

// Of counts drawn with known delays the ranges hold the truth as often as they say,
// and the counts come out right on average.
func TestFitDelayCoverage(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 3))
	chances := []float64{0.3, 0.3, 0.2, 0.15, 0.05}
	held, all, off := 0, 0, 0.0
	for range 300 {
		var seen []Sighting
		truth := make([]float64, 24)
		for period := range truth {
			for range 30 + dice.IntN(30) {
				truth[period]++
				u, delay := dice.Float64(), 0
				for delay < 4 && u > chances[delay] {
					u -= chances[delay]
					delay++
				}
				if period+delay <= 23 {
					seen = append(seen, Sighting{period, delay, 1})
				}
			}
		}
		d, err := FitDelay(seen, 23, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		for period := 20; period < 24; period++ {
			n := d.Counts[period]
			all++
			off += n.Expected - truth[period]
			if n.Range.Low <= truth[period] && truth[period] <= n.Range.High {
				held++
			}
		}
	}
	near(t, off/float64(all), 0, 1, "mean error, of some 45")
	if share := float64(held) / float64(all); share < 0.92 || share > 0.98 {
		t.Errorf("%.3f of the ranges held the truth", share)
	}
}

func TestFitDelayProperties(t *testing.T) {
	seen := []Sighting{{0, 0, 5}, {0, 1, 3}, {0, 2, 2}, {1, 0, 6}, {1, 1, 2}, {2, 0, 4}}
	d, err := FitDelay(seen, 2, 0)
	if err != nil {
		t.Fatal(err)
	}
	split := append(slices.Clone(seen[1:]), Sighting{0, 0, 2}, Sighting{0, 0, 3})
	slices.Reverse(split)
	s, err := FitDelay(split, 2, 0)
	if err != nil {
		t.Fatal(err)
	}
	for x, share := range d.Complete {
		near(t, s.Complete[x], share, 0, "in any order", x)
		if x > 0 && share < d.Complete[x-1] {
			t.Errorf("less is complete later: %v", d.Complete)
		}
		if in := d.Ranges[x]; in.Low > share || in.High < share {
			t.Errorf("%v not in %v", share, in)
		}
	}
	near(t, d.Complete[1], 0.8, 1e-15, "by hand: 8 of 10")
	near(t, d.Complete[0], 0.8*11/16, 1e-15, "by hand: 11 of 16 within one, of the first two")
	near(t, d.Counts[2].Expected, 4/(0.8*11/16), 1e-12, "the last")
	near(t, d.Counts[0].Expected, 10, 0, "the first is complete")
}

func TestFitDelayHardCases(t *testing.T) {
	nan := math.NaN()
	for name, c := range map[string]struct {
		seen  []Sighting
		until int
	}{
		"one":           {[]Sighting{{0, 0, 1}}, 0},
		"at once":       {[]Sighting{{0, 0, 5}, {1, 0, 5}}, 3},
		"late only":     {[]Sighting{{0, 3, 5}}, 3},
		"late, and new": {[]Sighting{{0, 3, 5}, {3, 0, 2}}, 3},
		"huge":          {[]Sighting{{0, 0, 1e99}, {0, 1, 1e99}, {1, 0, 1}}, 1},
	} {
		d, err := FitDelay(c.seen, c.until, 0)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, n := range d.Counts {
			if math.IsNaN(n.Expected) || math.IsNaN(n.Range.Low) || math.IsNaN(n.Range.High) || n.Expected < 0 || n.Range.Low > n.Range.High {
				t.Errorf("%s: %+v", name, n)
			}
		}
		for x, share := range d.Complete {
			if !(share >= 0 && share <= 1) || math.IsNaN(d.Ranges[x].Low) || math.IsNaN(d.Ranges[x].High) {
				t.Errorf("%s: %+v", name, d)
			}
		}
	}
	for _, seen := range [][]Sighting{{{-1, 0, 1}}, {{0, -1, 1}}, {{0, 4, 1}}, {{4, 0, 1}}, {{0, 0, nan}}, {{0, 0, -1}}, {{0, 0, math.Inf(1)}}} {
		var input *InputError
		if _, err := FitDelay(seen, 3, 0); !errors.As(err, &input) {
			t.Error(seen, err)
		}
	}
	if _, err := FitDelay(nil, 3, 0); !errors.Is(err, ErrTooFew) {
		t.Error(err)
	}
	for _, err := range []error{second(FitDelay([]Sighting{{0, 0, 1}}, -1, 0)), second(FitDelay([]Sighting{{0, 0, 1}}, 0, 2))} {
		var option *OptionError
		if !errors.As(err, &option) {
			t.Error(err)
		}
	}
}
