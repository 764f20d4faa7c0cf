package warehouse

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"behold"
)

// Standings of every day for ever would fill the disk: after five weeks the
// first of every month is left, and after thirteen months nothing.
func TestOldStandingsGo(t *testing.T) {
	w := open(t)
	load(t, w, receiptOf("a.csv"), twoOrders)
	var days []behold.Day
	first := behold.Date(2024, 3, 2)
	last := first + 3*161 // in June 2025
	for day := first; day <= last; day += 3 {
		err := w.SaveStandings(t.Context(), day, 90, func(yield func(*behold.Standing) error) error {
			return yield(&behold.Standing{Forecast: behold.Forecast{State: behold.Active}, LoyaltyIndex: -1})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for day := first; day <= last; day++ {
		list, _, err := w.Standings(t.Context(), behold.StandingQuery{Day: day})
		if err != nil {
			t.Fatal(err)
		}
		if len(list) > 0 {
			days = append(days, day)
		}
	}
	var want []behold.Day
	for day, month := first, time.Month(0); day <= last; day += 3 {
		begins := day.Time().Month() != month
		month = day.Time().Month()
		if day > last-35 || begins && day >= behold.Date(2024, 5, 1) {
			want = append(want, day)
		}
	}
	if !slices.Equal(days, want) {
		t.Errorf("there are standings of %v, want %v", days, want)
	}
}

// What a main reason rests on comes back as it went in; who has none has none.
func TestGroundsAreKept(t *testing.T) {
	w := open(t)
	load(t, w, receiptOf("a.csv"), twoOrders)
	want := behold.Grounds{
		Main: behold.Competitor, Chance: 0.5, Source: behold.Inferred, Family: 0.625, Silent: true,
		Likely: []behold.ReasonChance{{Reason: behold.Competitor, Chance: 0.5}, {Reason: behold.Quality, Chance: 0.125}},
	}
	err := w.SaveStandings(t.Context(), behold.Date(2024, 3, 2), 90, func(yield func(*behold.Standing) error) error {
		return errors.Join(
			yield(&behold.Standing{MainReason: want.Main, Grounds: want, LoyaltyIndex: -1}),
			yield(&behold.Standing{Forecast: behold.Forecast{Customer: 1}, LoyaltyIndex: -1}))
	})
	if err != nil {
		t.Fatal(err)
	}
	list, _, err := w.Standings(t.Context(), behold.StandingQuery{Day: behold.NoDay})
	if err != nil || len(list) != 2 {
		t.Fatal(list, err)
	}
	for _, s := range list {
		expected := behold.Grounds{Customer: s.Customer}
		if s.Customer == 0 {
			expected = want
		}
		if diff := cmp.Diff(expected, s.Grounds); diff != "" {
			t.Errorf("customer %d:\n%s", s.Customer, diff)
		}
	}
}

// Standings know who looks after a customer, as the files said when they were
// saved; a list can be narrowed to one colleague's, with nobody's or without.
func TestStandingsOfAColleague(t *testing.T) {
	w := open(t)
	people := []behold.Customer{{ID: "K-1", Colleague: "Mette@Nordkaffe.example"}, {ID: "K-2"}}
	loadWith(t, w, receiptOf("a.csv"), twoOrders, people)
	err := w.SaveStandings(t.Context(), lastDay, 90, func(yield func(*behold.Standing) error) error {
		return errors.Join(yield(&behold.Standing{Forecast: behold.Forecast{Customer: 0}}), yield(&behold.Standing{Forecast: behold.Forecast{Customer: 1}}))
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		whose behold.Whose
		want  []string
	}{
		{behold.Whose{}, []string{"K-1", "K-2"}},
		{behold.Whose{Colleague: "METTE@nordkaffe.example"}, []string{"K-1"}},
		{behold.Whose{Colleague: "mette@nordkaffe.example", Nobodys: true}, []string{"K-1", "K-2"}},
		{behold.Whose{Colleague: "x@y.example", Nobodys: true}, []string{"K-2"}},
		{behold.Whose{Colleague: "x@y.example"}, nil},
	} {
		list, total, err := w.Standings(t.Context(), behold.StandingQuery{Day: behold.NoDay, Whose: c.whose, Slice: behold.Slice{Sort: "name"}})
		var ids []string
		for _, s := range list {
			ids = append(ids, s.ID)
			if s.ID == "K-1" && s.Colleague != "mette@nordkaffe.example" {
				t.Errorf("K-1 is looked after by %q", s.Colleague)
			}
		}
		if err != nil || total != len(list) || !slices.Equal(ids, c.want) {
			t.Errorf("%+v: %v, %d, %v, want %v", c.whose, ids, total, err, c.want)
		}
	}
}

// Of one who is held out a page reads nothing that was hidden, and the analyst all.
func TestHiddenIsHidden(t *testing.T) {
	w := open(t)
	load(t, w, receiptOf("a.csv"), twoOrders)
	hidden := behold.Hidden{Lamps: []behold.LampKind{behold.LampRhythm, behold.LampShrinking}, Reason: behold.Competitor, Grounds: behold.Grounds{Main: behold.Competitor, Chance: 0.5, Silent: true}}
	err := w.SaveStandings(t.Context(), behold.Date(2024, 3, 2), 90, func(yield func(*behold.Standing) error) error {
		return yield(&behold.Standing{LoyaltyIndex: -1, Hidden: &hidden})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, all := range []bool{false, true} {
		list, _, err := w.Standings(t.Context(), behold.StandingQuery{Day: behold.NoDay, Held: all})
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		got := list[0]
		if shown := len(got.Lamps) == 2 && got.MainReason == behold.Competitor && got.Grounds.Silent; shown != all || !all && (got.MainReason != "" || got.Grounds.Chance != 0) {
			t.Errorf("asked for all: %v: %+v", all, got)
		}
	}
	rows, _, err := w.Listed(t.Context(), behold.CustomerQuery{Day: behold.NoDay})
	facets, err2 := w.Facets(t.Context())
	if err != nil || err2 != nil || len(rows) != 1 || len(rows[0].Lamps) != 0 || len(facets.Lamps) != 0 {
		t.Errorf("%+v, %+v, %v, %v", rows, facets, err, err2)
	}
}
