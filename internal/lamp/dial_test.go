package lamp

import (
	"math"
	"testing"

	"behold"
)

// The table of METHODS 3.4 is complete; what it calls phase two, L18 to L22, has its
// shares beside the 1 of the others, since Company.share divides by all there are.
func TestRules(t *testing.T) {
	sum := 0.0
	for i, r := range Rules() {
		if r.Number != i+1 || RuleOf(r.Kind).Number != r.Number {
			t.Errorf("rule %d is L%02d %s", i, r.Number, r.Kind)
		}
		if (r.Evidence == Event) != (r.Share == 0 && r.Per == "") {
			t.Errorf("%s: an event has no share of the dial and no chances, all others say what theirs are", r.Kind)
		}
		if len(r.Needs) == 0 {
			t.Errorf("%s: nothing switches it on", r.Kind)
		}
		if r.Number < 18 {
			sum += r.Share
		}
	}
	if len(Rules()) != 22 || math.Abs(sum-1) > 1e-9 {
		t.Errorf("%d rules, shares %.3f", len(Rules()), sum)
	}
}

func TestThreshold(t *testing.T) {
	for _, c := range []struct {
		kind      behold.LampKind
		phi, o, a float64
	}{
		{behold.LampRhythm, 5, 1, .015},
		{behold.LampRhythm, 5, 30. / 7, .0035},
		{behold.LampRhythm, 5, 30. / 365, .10},
		{behold.LampRhythm, 1, 30, .0005},
		{behold.LampShrinking, 5, 1, .004},
		{behold.LampReturns, 20, 2, .005},
		{behold.LampComplaint, 5, 1, 0},
		{behold.LampRhythm, 5, 0, .10},
	} {
		if a := Threshold(c.kind, c.phi, c.o); math.Abs(a-c.a) > 1e-12 {
			t.Errorf("%s at %g with %g chances: %g, want %g", c.kind, c.phi, c.o, a, c.a)
		}
	}
}

// Every customer is tested once in each calendar month, evenly over its days.
func TestTestDay(t *testing.T) {
	start := behold.Date(2023, 11, 1)
	for customer := range int32(200) {
		tests := map[behold.Day]bool{}
		for day := start; day < behold.Date(2025, 11, 1); day++ {
			test := TestDay(customer, day)
			if test > day || day-test > 61 {
				t.Fatalf("customer %d on %v: test day %v", customer, day, test)
			}
			if test >= start {
				tests[test] = true
			}
		}
		if len(tests) != 24 {
			t.Fatalf("customer %d is tested %d times in 24 months", customer, len(tests))
		}
	}
	perDay := map[behold.Day]int{}
	for customer := range int32(30_000) {
		perDay[TestDay(customer, behold.Date(2025, 6, 30))]++
	}
	if len(perDay) != 30 {
		t.Errorf("June has %d test days", len(perDay))
	}
	for day, n := range perDay {
		if n < 850 || n > 1150 {
			t.Errorf("%v: %d of 30,000 customers", day, n)
		}
	}
}
