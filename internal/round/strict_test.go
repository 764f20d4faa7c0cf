package round

import (
	"testing"

	"behold"
)

// A strict list is measured by customers who were kept off the lists, were not
// spoken to and whose time is over, and by none while there are few of them.
func TestStrict(t *testing.T) {
	var all []behold.Outcome
	for i := range LeastStrict {
		one := behold.Outcome{Read: 100, Kept: i%2 == 0}
		one.Held, one.Leave = true, float64(i)/100
		all = append(all, one)
	}
	others := make([]behold.Outcome, 3)
	others[0].Read = 100                                // was on a list
	others[1].Held, others[1].Read = true, behold.NoDay // not over yet
	others[2].Held, others[2].Read, others[2].Spoken = true, 100, true
	leave, stayed := StrictCases(append(others, all...))
	if len(leave) != LeastStrict || len(stayed) != LeastStrict || leave[3] != 0.03 || stayed[3] {
		t.Fatalf("%d cases, %v, %v", len(leave), leave, stayed)
	}
	if strict(0, all) != nil || strict(0.2, all[1:]) != nil {
		t.Error("strict though it is off, or too little is known")
	}
	s := strict(0.2, all)
	if s == nil || s.Q != 0.2 {
		t.Fatalf("%+v", s)
	}
	if p := s.Known.P(0.9); p != 1./(LeastStrict+1) {
		t.Errorf("nobody who stayed looked so much like leaving: p %v", p)
	}
}
