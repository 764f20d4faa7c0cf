package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"behold"
)

func episode(customer int32, id string, begins behold.Day, held bool) behold.Episode {
	return behold.Episode{
		Customer: customer, ID: id, Begins: begins, Ends: begins + 56, Held: held, Share: .24, Tier: 1, Risk: 2,
		Leave: .4, Active: .9, Residual: 1200, Reason: behold.Overlooked, Action: behold.ActCall, Owner: "ann@x.dk",
	}
}

// An episode that was begun stays, whatever round is walked again, and nobody has
// two at a time; what came of it is filled in once.
func TestEpisodesAreKept(t *testing.T) {
	s, monday := open(t), behold.Date(2025, 6, 2)
	first := []behold.Episode{episode(1, "K-1", monday, true), episode(2, "K-2", monday, false)}
	save := func(r *behold.Round) {
		t.Helper()
		if err := s.SaveRound(t.Context(), r, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	save(&behold.Round{Day: monday, Begun: first})
	other := episode(1, "k-1 ", monday, false)
	later := episode(2, "K-2", monday+10, true)
	save(&behold.Round{Day: monday, Begun: []behold.Episode{other}}) // walked again: nothing is drawn anew
	save(&behold.Round{Day: monday})                                 // and nothing is lost
	save(&behold.Round{Day: monday + 10, Begun: []behold.Episode{later, episode(3, "K-3", monday+10, false)}})
	save(&behold.Round{Day: monday - 20, Begun: []behold.Episode{episode(1, "K-1", monday-20, false)}})
	want := []behold.Outcome{
		{Episode: first[0], Read: behold.NoDay, MarginRead: behold.NoDay},
		{Episode: first[1], Read: behold.NoDay, MarginRead: behold.NoDay},
		{Episode: episode(3, "K-3", monday+10, false), Read: behold.NoDay, MarginRead: behold.NoDay},
	}
	check := func() {
		t.Helper()
		got, err := s.Episodes(t.Context())
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%v, %s", err, diff)
		}
	}
	check()
	read := want[0]
	read.Objected, read.Minutes = true, 25
	read.Read, read.Kept, read.Spoken, read.Discount = monday+56, true, true, behold.Money{Minor: 500, Currency: "DKK"}
	save(&behold.Round{Day: monday + 56, Ended: []behold.Outcome{read}})
	again := read
	again.Kept, again.Read = false, monday+57
	save(&behold.Round{Day: monday + 57, Ended: []behold.Outcome{again}})
	read.Margin = behold.Money{Currency: "DKK"}
	want[0] = read
	check()
	read.Margin.Minor, read.MarginRead = 9900, monday+180
	again = read
	again.Kept = false
	save(&behold.Round{Day: monday + 180, Ended: []behold.Outcome{again}})
	want[0] = read
	check()
	save(&behold.Round{Day: monday + 58, Begun: []behold.Episode{episode(1, "K-1", monday+58, false)}}) // the next one
	want = append(want, behold.Outcome{Episode: episode(1, "K-1", monday+58, false), Read: behold.NoDay, MarginRead: behold.NoDay})
	check()
	if err := s.ForgetInvented(t.Context(), behold.DefaultSettings()); err != nil {
		t.Fatal(err)
	}
	want = nil
	check()
}

// Of a customer who is held out a page finds nothing, by whatever it asks; the
// sums and the next round find all.
func TestHeldLampsAreHidden(t *testing.T) {
	s, monday := open(t), behold.Date(2025, 6, 2)
	lamp := func(customer int32, kind behold.LampKind, held bool) behold.Lamp {
		return behold.Lamp{Customer: customer, Kind: kind, Reason: behold.Overlooked, State: behold.Lit, Since: monday, Out: behold.NoDay, Until: behold.NoDay, Held: held}
	}
	card := func(customer int32, id string) behold.LampCard {
		return behold.LampCard{Lamp: behold.Lamp{Customer: customer}, ID: id, Name: id, Colleague: "ann@x.dk", MoneyAtRisk: behold.MoneyOf(100, "DKK")}
	}
	r := &behold.Round{Day: monday, Lit: []behold.Lamp{
		lamp(1, behold.LampRhythm, false), lamp(2, behold.LampRhythm, true), lamp(3, behold.LampShrinking, true), lamp(3, behold.LampComplaint, false),
	}}
	cards := []behold.LampCard{card(1, "K-1"), card(2, "K-2"), card(3, "K-3")}
	if err := s.SaveRound(t.Context(), r, cards, nil); err != nil {
		t.Fatal(err)
	}
	for _, q := range []behold.LampQuery{{}, {Slice: behold.Slice{Search: "k-"}}, {Awake: true}, {Whose: behold.Whose{Colleague: "ann@x.dk"}}} {
		q.Day = behold.NoDay
		shown, total, err := s.LitLamps(t.Context(), q)
		if err != nil || len(shown) != 2 || total != 2 || shown[0].Kind != behold.LampRhythm || shown[1].Kind != behold.LampComplaint {
			t.Errorf("%+v: %d of %d shown, %v", q, len(shown), total, err)
		}
		q.Held = true
		if all, total, err := s.LitLamps(t.Context(), q); err != nil || len(all) != 4 || total != 4 {
			t.Errorf("%+v: %d of %d for the analyst, %v", q, len(all), total, err)
		}
	}
	sum, err := s.LampSummaryOf(t.Context(), behold.Whose{Colleague: "ann@x.dk"})
	if err != nil || sum.Lamps != 2 || sum.Customers != 2 || sum.Kinds[behold.LampShrinking] != 0 {
		t.Errorf("%+v, %v", sum, err)
	}
	if n, err := s.LitSince(t.Context(), monday-1); err != nil || n != 2 {
		t.Errorf("%d lit since, %v", n, err)
	}
	act := behold.Act{Customer: "K-2", Kind: behold.LampRhythm, State: behold.Acknowledged, Until: behold.NoDay}
	if err := s.SaveAct(t.Context(), &act); behold.KindOf(err) != behold.NotFound {
		t.Errorf("something was decided about a lamp that nobody sees: %v", err)
	}
	if open, err := s.OpenLamps(t.Context(), behold.NoDay); err != nil || len(open) != 4 {
		t.Errorf("%d open, %v", len(open), err)
	}
	out := lamp(2, behold.LampRhythm, true)
	out.Out = monday + 1
	if err := s.SaveRound(t.Context(), &behold.Round{Day: monday + 1, Out: []behold.Lamp{out}}, nil, nil); err != nil {
		t.Fatal(err)
	}
	shown, err := s.OutLamps(t.Context(), monday+2, 7)
	gone, err2 := s.GoneLamps(t.Context(), monday+2, 7)
	if err != nil || err2 != nil || len(shown) != 0 || len(gone) != 1 || gone[0].ID != "K-2" {
		t.Errorf("%v, %v; %v, %v", shown, err, gone, err2)
	}
}
