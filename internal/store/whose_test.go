package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"behold"
)

// shared is a store whose last round left lamps burning for the customers of two
// colleagues, and for one whom nobody looks after.
func shared(t *testing.T) *Store {
	t.Helper()
	s := open(t)
	r := roundOf(day1)
	r.Lit = []behold.Lamp{lampOf(1, behold.LampRhythm, day1), lampOf(1, behold.LampReturns, day1), lampOf(2, behold.LampRhythm, day1), lampOf(3, behold.LampRhythm, day1)}
	cards := []behold.LampCard{cardOf(1, "K-1", "Kro", 500), cardOf(2, "K-2", "Tea", 900), cardOf(3, "K-3", "Nobody's", 100)}
	cards[0].Colleague, cards[1].Colleague = "mette@nordkaffe.example", " Søren@Nordkaffe.example"
	if err := s.SaveRound(t.Context(), &r, cards, nil); err != nil {
		t.Fatal(err)
	}
	return s
}

var (
	everybodys = behold.Whose{}
	mettes     = behold.Whose{Colleague: "METTE@nordkaffe.example "}
	sørens     = behold.Whose{Colleague: "søren@nordkaffe.example", Nobodys: true}
	strangers  = behold.Whose{Colleague: "x@y.example"}
)

// A colleague's list holds the lamps of their customers and no others, in every
// order and however it is narrowed, and the count is that of the list.
func TestLampsOfAColleague(t *testing.T) {
	s := shared(t)
	for _, c := range []struct {
		whose behold.Whose
		want  string
	}{{everybodys, "K-2 K-1 K-1 K-3"}, {mettes, "K-1 K-1"}, {sørens, "K-2 K-3"}, {strangers, ""}} {
		if got := shown(t, s, behold.LampQuery{Whose: c.whose, Awake: true}); got != c.want {
			t.Errorf("%+v sees %q, want %q", c.whose, got, c.want)
		}
	}
	for _, sort := range []string{"since", "chance", "name", "money"} {
		for _, desc := range []bool{true, false} {
			q := behold.LampQuery{Whose: sørens, Slice: behold.Slice{Sort: sort, Desc: desc}}
			if got := shown(t, s, q); len(got) != len("K-2 K-3") {
				t.Errorf("sorted by %s: %q", sort, got)
			}
		}
	}
	for want, q := range map[string]behold.LampQuery{
		"K-1": {Whose: mettes, Kind: behold.LampReturns},
		"K-3": {Whose: sørens, Slice: behold.Slice{Search: "body"}},
		"":    {Whose: mettes, ID: "K-2"},
	} {
		if got := shown(t, s, q); got != want {
			t.Errorf("%+v finds %q, want %q", q, got, want)
		}
	}
}

// What is counted for a colleague stays that of their customers through an act
// and through the round of the day made once more.
func TestSummaryOfAColleague(t *testing.T) {
	s := shared(t)
	counted := func(whose behold.Whose) [4]int {
		sum, err := s.LampSummaryOf(t.Context(), whose)
		all, wrong := s.LampSummary(t.Context())
		if err != nil || wrong != nil || sum.High != all.High || sum.Middle != all.Middle || sum.Day != day1 {
			t.Fatal(sum, all, err, wrong)
		}
		return [4]int{sum.Lamps, sum.Customers, int(sum.MoneyAtRisk.Minor), sum.Kinds[behold.LampRhythm]}
	}
	check := func(want map[behold.Whose][4]int) {
		t.Helper()
		for whose, n := range want {
			if diff := cmp.Diff(n, counted(whose)); diff != "" {
				t.Errorf("%+v:\n%s", whose, diff)
			}
		}
	}
	check(map[behold.Whose][4]int{everybodys: {4, 3, 1500, 3}, mettes: {2, 1, 500, 1}, sørens: {2, 2, 1000, 2}, strangers: {}})
	if err := s.SaveAct(t.Context(), actOf("K-1", behold.LampRhythm, behold.Snoozed)); err != nil {
		t.Fatal(err)
	}
	after := map[behold.Whose][4]int{everybodys: {3, 3, 1500, 2}, mettes: {1, 1, 500, 0}, sørens: {2, 2, 1000, 2}, strangers: {}}
	check(after)
	r := roundOf(day1)
	r.Lit = []behold.Lamp{lampOf(1, behold.LampRhythm, day1), lampOf(1, behold.LampReturns, day1), lampOf(2, behold.LampRhythm, day1), lampOf(3, behold.LampRhythm, day1)}
	cards, _, err := s.LitLamps(t.Context(), behold.LampQuery{Day: behold.NoDay})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SaveRound(t.Context(), &r, cards, nil); err != nil {
		t.Fatal(err)
	}
	check(after)
}

// The cells of a summary count what lists find, however they are narrowed.
func TestCellsCountWhatListsFind(t *testing.T) {
	s := shared(t)
	if err := s.SaveAct(t.Context(), actOf("K-1", behold.LampRhythm, behold.Snoozed)); err != nil {
		t.Fatal(err)
	}
	for _, whose := range []behold.Whose{everybodys, mettes, sørens} {
		sum, err := s.LampSummaryOf(t.Context(), whose)
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range []behold.LampQuery{
			{}, {Awake: true}, {State: behold.Snoozed}, {Kind: behold.LampRhythm}, {Kind: behold.LampRhythm, Awake: true}, {Reason: behold.UnknownReason, State: behold.Lit},
		} {
			q.Day, q.Whose = behold.NoDay, whose
			list, total, err := s.LitLamps(t.Context(), q)
			if err != nil || total != len(list) || sum.Count(q) != total {
				t.Errorf("%+v: %d listed, %d in all, %d counted, %v", q, len(list), total, sum.Count(q), err)
			}
		}
	}
}
