package lamp

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"behold"
)

func TestStep(t *testing.T) {
	rhythm := func(since behold.Day, p float64, money ...float64) behold.Lamp {
		l := behold.Lamp{Customer: 7, Kind: behold.LampRhythm, Reason: behold.UnknownReason, State: behold.Lit, Since: since, Out: behold.NoDay, P: p}
		for _, m := range money {
			l.Evidence.Facts = append(l.Evidence.Facts, amount(moneyFact, m, "DKK"))
		}
		return l
	}
	gone := func(out behold.Day, money ...float64) behold.Lamp {
		l := rhythm(60, .01, money...)
		l.Out = out
		return l
	}
	acted, actedNow := rhythm(90, .01), rhythm(90, .002)
	acted.State, actedNow.State = behold.Acknowledged, behold.Acknowledged
	wentOut := rhythm(90, .01)
	wentOut.Out = 100
	lost, lostNow := rhythm(90, .01), actedNow
	lost.Out, lost.State = 100, behold.LampLost
	lostNow.State = behold.LampLost
	lostActed := acted
	lostActed.Out, lostActed.State = 100, behold.LampLost
	type lamps = []behold.Lamp
	for _, c := range []struct {
		name                string
		open, judged, burns lamps
		lit, still, out     lamps
	}{
		{name: "nothing"},
		{name: "new", judged: lamps{rhythm(95, .01)}, lit: lamps{rhythm(95, .01)}},
		{name: "named again: since and state stay", open: lamps{acted}, judged: lamps{rhythm(97, .002)}, still: lamps{actedNow}},
		{name: "no longer named, still burning", open: lamps{acted}, burns: lamps{actedNow}, still: lamps{actedNow}},
		{name: "neither", open: lamps{rhythm(90, .01)}, out: lamps{wentOut}},
		{name: "lost", open: lamps{rhythm(90, .01)}, burns: lamps{lostNow}, out: lamps{lost}},
		{name: "acknowledged and lost", open: lamps{acted}, burns: lamps{lostNow}, out: lamps{lostActed}},
		{name: "back within 30 days", open: lamps{gone(71)}, judged: lamps{rhythm(95, .01)}},
		{name: "back after 30 days", open: lamps{gone(70)}, judged: lamps{rhythm(95, .01)}, lit: lamps{rhythm(95, .01)}},
		{name: "went out twice: the later counts", open: lamps{gone(80), gone(60)}, judged: lamps{rhythm(95, .01)}},
		{name: "back soon, money doubled", open: lamps{gone(90, 100)}, judged: lamps{rhythm(95, .01, 200)}, lit: lamps{rhythm(100, .01, 200)}},
		{name: "back soon, money not doubled", open: lamps{gone(90, 100)}, judged: lamps{rhythm(95, .01, 199)}},
		{name: "back soon, money never known", open: lamps{gone(90)}, judged: lamps{rhythm(95, .01, 199)}},
		{name: "named twice", judged: lamps{rhythm(96, .01), rhythm(95, .01)}, lit: lamps{rhythm(95, .01)}},
		{name: "open twice: the older stays", open: lamps{rhythm(96, .02), rhythm(90, .01)}, burns: lamps{rhythm(90, .01)}, still: lamps{rhythm(90, .01)}},
	} {
		lit, still, out := Step(100, c.open, c.judged, c.burns)
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
		{Customer: 2, Kind: behold.LampShrinking, Reason: behold.Competitor, Out: behold.NoDay},
		{Customer: 1, Kind: behold.LampReturns, Reason: behold.Quality, Out: behold.NoDay},
		{Customer: 1, Kind: behold.LampReturns, Reason: behold.Competitor, Out: behold.NoDay},
		{Customer: 1, Kind: behold.LampCategory, Reason: behold.Competitor, Out: behold.NoDay},
	}
	lit, _, _ := Step(1, nil, judged, nil)
	want := []behold.Lamp{judged[3], judged[2], judged[1], judged[0]}
	if diff := cmp.Diff(want, lit); diff != "" {
		t.Error(diff)
	}
	again, still, out := Step(1, lit, judged, nil)
	if len(again) != 0 || len(out) != 0 || !cmp.Equal(still, lit) {
		t.Errorf("stepping again: %d lit, %d out", len(again), len(out))
	}
}
