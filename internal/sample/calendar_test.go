package sample

import (
	"math"
	"testing"

	"behold"
)

func TestEaster(t *testing.T) {
	for _, want := range []behold.Day{behold.Date(2008, 3, 23), behold.Date(2024, 3, 31), behold.Date(2025, 4, 20), behold.Date(2038, 4, 25)} {
		if got := easter(want.Time().Year()); got != want {
			t.Errorf("easter %d: %v, want %v", want.Time().Year(), got, want)
		}
	}
}

func TestCalendarGoesThereAndBack(t *testing.T) {
	c := newCalendar(behold.Date(2022, 7, 1), behold.Date(2025, 6, 30), false)
	for s := range seasons {
		if year := c.passedBefore(s, behold.Date(2025, 1, 1)) - c.passedBefore(s, behold.Date(2024, 1, 1)); math.Abs(year-366) > 8 {
			t.Errorf("season %d: a year counts %.1f days", s, year)
		}
		for d := c.first; d < c.last; d += 13 {
			if got := c.when(s, c.passedBefore(s, d)); got < d || got == d && closed(d) {
				t.Errorf("season %d: %v comes back as %v", s, d, got)
			} else if got > d && weight(s, d) > 0 {
				t.Errorf("season %d: open day %v is passed over for %v", s, d, got)
			}
		}
	}
	if got := c.when(ordinary, 1e9); got <= c.last {
		t.Errorf("what never comes, comes on %v", got)
	}
}

func TestGammaHasItsMeanAndSpread(t *testing.T) {
	d := newDice()
	d.start(1, 1, forPlan)
	const n = 200_000
	for _, shape := range []float64{0.7, 1, 3, 12} {
		sum, squares := 0.0, 0.0
		for range n {
			x := d.gamma(shape)
			sum, squares = sum+x, squares+x*x
		}
		mean := sum / n
		if spread := squares/n - mean*mean; math.Abs(mean-shape) > 5*math.Sqrt(shape/n) || math.Abs(spread/shape-1) > 0.05 {
			t.Errorf("gamma(%g): mean %.4f, variance %.4f, want both %g", shape, mean, spread, shape)
		}
	}
}
