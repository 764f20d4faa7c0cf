package team

import (
	"math"
	"testing"

	"behold"
)

// Nothing is told of fewer than five, nor of a week that still goes on; and what
// waits is not counted.
func TestPulseTellsNobody(t *testing.T) {
	monday := behold.Date(2025, 6, 2)
	week := func(n behold.Day, counts ...int) behold.PulseWeek {
		w := behold.PulseWeek{Week: monday + 7*n, Comments: []string{"said"}}
		copy(w.Counts[:], counts)
		return w
	}
	for name, c := range map[string]struct {
		weeks   []behold.PulseWeek
		today   behold.Day
		blocks  int
		waiting bool
	}{
		"nothing":                 {nil, monday, 0, false},
		"four":                    {[]behold.PulseWeek{week(0, 0, 1, 1, 1, 1)}, monday + 30, 0, true},
		"five, the week goes on":  {[]behold.PulseWeek{week(0, 1, 1, 1, 1, 1)}, monday + 6, 0, true},
		"five, the week is over":  {[]behold.PulseWeek{week(0, 1, 1, 1, 1, 1)}, monday + 7, 1, false},
		"three and three":         {[]behold.PulseWeek{week(0, 0, 0, 1, 1, 1), week(2, 3)}, monday + 30, 1, false},
		"five and four":           {[]behold.PulseWeek{week(0, 1, 1, 1, 1, 1), week(1, 4)}, monday + 30, 1, true},
		"five, and one this week": {[]behold.PulseWeek{week(0, 1, 1, 1, 1, 1), week(1, 1)}, monday + 9, 1, true},
	} {
		r, err := Pulse(c.weeks, c.today)
		if err != nil || len(r.Blocks) != c.blocks || r.Waiting != c.waiting {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
		for _, b := range r.Blocks {
			if b.Answers < behold.PulseFewest {
				t.Errorf("%s: %d answers are told", name, b.Answers)
			}
		}
	}
}

func TestPulse(t *testing.T) {
	monday := behold.Date(2025, 6, 2)
	r, err := Pulse([]behold.PulseWeek{{Week: monday, Counts: [5]int{0, 1, 1, 4, 2}}, {Week: monday + 7, Counts: [5]int{0, 0, 0, 2, 6}}}, monday+20)
	if err != nil || len(r.Blocks) != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	b := r.Blocks[1]
	if b.Top != 0.75 || b.Average != 4.75 || b.SoFar != 0.5 || !(b.Low < 0.5 && b.High > 0.5) || math.Abs(r.Blocks[0].Average-31./8) > 1e-12 {
		t.Errorf("%+v", r.Blocks)
	}
	if r.Blocks[0].Low > b.Low || r.Blocks[0].To != monday+6 {
		t.Errorf("the range of the first week is no wider: %+v", r.Blocks)
	}
}
