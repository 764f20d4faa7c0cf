package lamp

import (
	"math"
	"testing"

	"behold"
)

// A carrier is late for 43 customers on a day on which two or three are usual: one
// line, not forty-three. What is usual stays on the list.
func TestFortyThreeLateParcels(t *testing.T) {
	day := behold.Date(2025, 1, 10)
	c := &Calibration{Seen: 12_000, Lamps: []Replayed{
		{Kind: behold.LampPromise, Lit: 120}, {Kind: behold.LampRhythm, Lit: 360},
	}}
	lit := func(kind behold.LampKind, n int, since behold.Day) []behold.Lamp {
		lamps := make([]behold.Lamp, n)
		for i := range lamps {
			lamps[i] = behold.Lamp{Customer: int32(i), Kind: kind, Since: since, Out: behold.NoDay}
		}
		return lamps
	}
	late := lit(behold.LampPromise, 43, day)
	old := lit(behold.LampPromise, 40, day-20)
	silent := lit(behold.LampRhythm, 12, day)
	causes := CommonCauses(c, day, behold.NoDay, 6000, late, old, silent)
	if len(causes) != 1 || causes[0].Kind != behold.LampPromise || causes[0].Customers != 43 || causes[0].Since != day {
		t.Fatalf("%+v", causes)
	}
	if usual := causes[0].Usual; math.Abs(usual-120.5/12_000*6000/30) > 1e-9 {
		t.Errorf("%g are said to be usual", usual)
	}
	if causes := CommonCauses(c, day, day-30, 6000, late, silent); len(causes) != 0 {
		t.Errorf("43 in a month are usual here: %+v", causes)
	}
	if causes := CommonCauses(&Calibration{}, day, behold.NoDay, 6000, late); len(causes) != 0 {
		t.Errorf("without a past nothing is known to be unusual: %+v", causes)
	}
	marked := MarkCommon(late, causes)
	for _, l := range marked {
		if !l.Common {
			t.Fatalf("%+v is not marked", l)
		}
	}
	if MarkCommon(old, causes)[0].Common || MarkCommon(silent, causes)[0].Common {
		t.Error("lamps that are not of the cause are marked")
	}
}
