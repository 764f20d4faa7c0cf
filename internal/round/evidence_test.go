package round

import (
	"math"
	"testing"

	"behold"
)

// Two origins of 1,000 customers who stayed: 100 false lamps that count and one
// that does not are 5 per 100 and month.
func TestFalseLampsAgainstTheDial(t *testing.T) {
	origin := OriginTest{Stayed: 1000, Lamps: []LampTest{
		{Lamp: behold.LampRhythm, Lit: 70, Left: 20, Counted: true}, {Lamp: behold.LampClosed, Lit: 1},
	}}
	for _, c := range []struct {
		dial    float64
		drifted bool
	}{{5, false}, {4.5, false}, {2, true}, {9, true}} {
		e := Evidence{Backtest: &Backtest{Origins: []OriginTest{origin, origin}}}
		e.count(c.dial)
		if f := e.False; f.Customers != 2000 || math.Abs(f.Rate-5) > 1e-9 || !(f.Low < 5 && f.High > 5) || f.Drifted != c.drifted {
			t.Errorf("dial at %g: %+v", c.dial, *f)
		}
		if len(e.Lamps) != 2 || e.Lamps[0].Lit != 140 || e.Lamps[0].Left != 40 || e.Lamps[1].Counted {
			t.Errorf("lamps %+v", e.Lamps)
		}
	}
}

func TestWhatTheRecordsPointTo(t *testing.T) {
	likely := []behold.ReasonChance{{Reason: behold.Quality, Chance: .4}}
	for _, c := range []struct {
		g    behold.Grounds
		want behold.Reason
	}{
		{behold.Grounds{Main: behold.Overlooked, Source: behold.Inferred, Likely: likely}, behold.Overlooked},
		{behold.Grounds{Main: behold.Competitor, Source: behold.ReadInText, Likely: likely}, behold.Quality},
		{behold.Grounds{Main: behold.UnknownReason, Likely: likely}, behold.UnknownReason},
		{behold.Grounds{}, behold.UnknownReason},
	} {
		if got := inferred(&c.g); got != c.want {
			t.Errorf("%+v points to %s, want %s", c.g, got, c.want)
		}
	}
}

func TestKnownLossesAndTheirYear(t *testing.T) {
	day := behold.Date(2025, 6, 30)
	deals := &behold.Dealings{Customer: []int32{1, 2, 3, 4}}
	deals.Losses.Put(behold.Loss{On: day - 10, WonBack: behold.NoDay})
	deals.Losses.Put(behold.Loss{On: day - 10, WonBack: day - 2})
	deals.Losses.Put(behold.Loss{On: day - 900, WonBack: behold.NoDay})
	deals.Losses.Put()
	for k, want := range []bool{true, false, false, false} {
		if got := knownLoss(deals, k, day-720); got != want {
			t.Errorf("customer %d is gone: %v", k+1, got)
		}
	}
	h := &behold.Histories{Currency: "DKK", Customer: []int32{1}, Start: []int{0, 4},
		Day: []behold.Day{day - 800, day - 400, day - 100, day}, Bought: []int64{100, 200, 30_000, 900}, Credited: []int64{0, 0, -1_000, 0}}
	if got := lastYear(h, 0, day-100); got != 292 {
		t.Errorf("bought for %g in the year up to the last purchase, want 292", got)
	}
}
