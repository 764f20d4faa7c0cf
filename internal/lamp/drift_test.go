package lamp

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"behold"
)

// lawful is a shop whose customers buy as the engine says, never leave, and take
// slower times as long between two purchases from changed on.
func lawful(customers int, rnd *rand.Rand, from, until, changed behold.Day, slower, dearer float64) *shop {
	s := newShop()
	s.in.Rhythm = s.engine
	s.in.Settings.MergeDays = 0
	for k := range customers {
		rate := gamma(rnd, s.engine.R, s.engine.Alpha)
		shape := regularity(rnd, &s.engine)
		for at := float64(from) + rnd.Float64()*100; ; {
			gap, amount := gamma(rnd, shape, shape*rate), 50_000*gamma(rnd, 6, 6)
			if behold.Day(at) > changed {
				gap, amount = gap*slower, amount*dearer
			}
			at += max(1, gap)
			if behold.Day(at) > until {
				break
			}
			s.add(fmt.Sprint(k), visit{day: behold.Day(at), orders: 1, bought: int64(amount), goods: 1})
		}
	}
	return s
}

func drifted(s *shop, from, day behold.Day) (months []GapMonth, shifts []Shift) {
	d := Drift{Day: day, From: from}
	d.See(&s.in, s.histories(day))
	return d.Months(), d.Shifts()
}

func TestGapsDrift(t *testing.T) {
	day := behold.Date(2025, 1, 10)
	from := day - 1500
	months, shifts := drifted(lawful(1500, dice(71), from, day, day, 1, 1), from, day)
	if len(months) != 12 {
		t.Fatalf("%d months", len(months))
	}
	for _, m := range months {
		t.Logf("steady, to %v: %d gaps, KS %.3f (%.3f), %.3f long", m.Month, m.Gaps, m.KS, m.Most, m.Long)
		if m.Drifted {
			t.Errorf("month to %v of a company that keeps its rhythm has drifted: %+v", m.Month, m)
		}
	}
	for _, s := range shifts {
		if s.PSI == nil || s.Shifted {
			t.Errorf("input of a company that keeps its ways has shifted: %+v", s)
		} else {
			t.Logf("steady: %s %.3f", s.Input, *s.PSI)
		}
	}

	months, shifts = drifted(lawful(1500, dice(72), from, day, day-150, 2, 2), from, day)
	late := 0
	for i, m := range months {
		t.Logf("slower, to %v: %d gaps, KS %.3f (%.3f), %.3f long, %v", m.Month, m.Gaps, m.KS, m.Most, m.Long, m.Drifted)
		if m.Drifted && i >= 8 {
			late++
		}
		if m.Drifted && i < 7 {
			t.Errorf("the month to %v has drifted before anything changed", m.Month)
		}
	}
	if late < 3 {
		t.Errorf("gaps twice as long for five months: %d months have drifted", late)
	}
	for _, s := range shifts {
		t.Logf("slower: %s %.3f", s.Input, *s.PSI)
		if s.Input != "gap_days" && !s.Shifted {
			t.Errorf("%s doubled or halved, and has not shifted: %+v", s.Input, *s.PSI)
		}
	}
}

func TestStabilityOfTheSame(t *testing.T) {
	var xs []float64
	for i := range 400 {
		xs = append(xs, float64(i%7))
	}
	if s := stability(xs, xs); s != 0 {
		t.Errorf("the same figures differ by %g", s)
	}
	// by hand: halves of 0 and 1 against 3 in 4 of 1, 200 each, with half a case
	before, now := make([]float64, 200), make([]float64, 200)
	for i := range 200 {
		before[i], now[i] = float64(i%2), min(1, float64(i%4))
	}
	if s := stability(before, now); s < .270 || s > .275 {
		t.Errorf("index %.4f, want about (.75−.5)·ln(.75/.5) + (.25−.5)·ln(.25/.5) = .2747, a little less for the half cases", s)
	}
}

func TestFeedGaps(t *testing.T) {
	until := behold.Date(2025, 6, 30)
	from := until - 700
	var days []behold.DayCount
	lost := func(d behold.Day) bool { return d >= behold.Date(2025, 6, 5) && d <= behold.Date(2025, 6, 10) }
	for d := from; d <= until; d++ {
		if w := d.Weekday(); w != 0 && w != 6 && !lost(d) && d != until-40 {
			days = append(days, behold.DayCount{Day: d, Orders: 5})
		}
	}
	s := newShop()
	s.closed(until-41, until-41) // the next day is a holiday that the clock knows
	gaps := FeedGaps(days, &s.in.Clock, from, until)
	if len(gaps) != 1 || gaps[0] != (FeedGap{behold.Date(2025, 6, 5), behold.Date(2025, 6, 10), 4}) {
		t.Errorf("gaps %+v, want one from 5 to 10 June with four working days", gaps)
	}
	var few []behold.DayCount
	for i, d := range days {
		if i%3 != 0 {
			few = append(few, d)
		}
	}
	if gaps := FeedGaps(few, &s.in.Clock, from, until); len(gaps) != 0 {
		t.Errorf("a company that does not sell every day: %+v", gaps)
	}
	if gaps := FeedGaps(nil, &behold.Clock{}, from, until); len(gaps) != 0 {
		t.Errorf("no orders at all: %+v", gaps)
	}
}
