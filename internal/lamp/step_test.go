package lamp

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"behold"
)

func TestStep(t *testing.T) {
	rhythm := func(since behold.Day, p float64) behold.Lamp {
		return behold.Lamp{Customer: 7, Kind: behold.LampRhythm, Reason: behold.UnknownReason, State: behold.Lit, Since: since, Out: behold.NoDay, P: p}
	}
	acted := rhythm(90, .01)
	acted.State = behold.Acknowledged
	actedNow := rhythm(90, .002)
	actedNow.State = behold.Acknowledged
	gone := func(out behold.Day, money int64) []Out {
		l := rhythm(60, .01)
		l.Out = out
		return []Out{{l, behold.Money{Minor: money}}}
	}
	wentOut := rhythm(90, .01)
	wentOut.Out = 100
	money := func(minor int64) func(int32) behold.Money {
		return func(int32) behold.Money { return behold.Money{Minor: minor} }
	}
	type lamps = []behold.Lamp
	for _, c := range []struct {
		name            string
		e               Evening
		lit, still, out lamps
	}{
		{"nothing", Evening{}, nil, nil, nil},
		{"new", Evening{Judged: lamps{rhythm(95, .01)}}, lamps{rhythm(95, .01)}, nil, nil},
		{"named again: since and state stay", Evening{Open: lamps{acted}, Judged: lamps{rhythm(97, .002)}}, nil, lamps{actedNow}, nil},
		{"no longer named, still burning", Evening{Open: lamps{acted}, Burns: lamps{actedNow}}, nil, lamps{actedNow}, nil},
		{"neither", Evening{Open: lamps{rhythm(90, .01)}}, nil, nil, lamps{wentOut}},
		{"back within 30 days", Evening{Judged: lamps{rhythm(95, .01)}, Recent: gone(71, 100)}, nil, nil, nil},
		{"back after 30 days", Evening{Judged: lamps{rhythm(95, .01)}, Recent: gone(70, 100)}, lamps{rhythm(95, .01)}, nil, nil},
		{"back soon, money doubled", Evening{Judged: lamps{rhythm(95, .01)}, Recent: gone(90, 100), Money: money(200)}, lamps{rhythm(100, .01)}, nil, nil},
		{"back soon, money not doubled", Evening{Judged: lamps{rhythm(95, .01)}, Recent: gone(90, 100), Money: money(199)}, nil, nil, nil},
		{"back soon, money never known", Evening{Judged: lamps{rhythm(95, .01)}, Recent: gone(90, 0), Money: money(199)}, nil, nil, nil},
		{"named twice", Evening{Judged: lamps{rhythm(96, .01), rhythm(95, .01)}}, lamps{rhythm(95, .01)}, nil, nil},
		{"open twice: the older stays", Evening{Open: lamps{rhythm(96, .02), rhythm(90, .01), rhythm(90, .01)}, Burns: lamps{rhythm(90, .01)}}, nil, lamps{rhythm(90, .01)}, nil},
	} {
		c.e.Day = 100
		lit, still, out := Step(c.e)
		for _, pair := range [][2]lamps{{lit, c.lit}, {still, c.still}, {out, c.out}} {
			if diff := cmp.Diff(pair[1], pair[0]); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.name, diff)
			}
		}
	}
}

// Two reasons of one kind, and two kinds, burn side by side; the lists are in order.
func TestStepKeepsLampsApart(t *testing.T) {
	judged := []behold.Lamp{
		{Customer: 2, Kind: behold.LampShrinking, Reason: behold.Competitor},
		{Customer: 1, Kind: behold.LampReturns, Reason: behold.Quality},
		{Customer: 1, Kind: behold.LampReturns, Reason: behold.Competitor},
		{Customer: 1, Kind: behold.LampCategory, Reason: behold.Competitor},
	}
	lit, _, _ := Step(Evening{Day: 1, Judged: judged})
	want := []behold.Lamp{judged[3], judged[2], judged[1], judged[0]}
	if diff := cmp.Diff(want, lit); diff != "" {
		t.Error(diff)
	}
	again, still, out := Step(Evening{Day: 1, Judged: judged, Open: lit})
	if len(again) != 0 || len(out) != 0 || !cmp.Equal(still, lit) {
		t.Errorf("stepping again: %d lit, %d out", len(again), len(out))
	}
}
