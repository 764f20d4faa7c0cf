package round_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"behold"
	"behold/internal/round"
)

// runWith walks a round with what the lists need of the state.
func (h house) runWith(t testing.TB, day behold.Day, lists round.Lists) *behold.Round {
	t.Helper()
	noon := time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC)
	r, err := round.Run(t.Context(), day, h.facts, h.state, round.Options{Version: "test", Now: func() time.Time { return noon }, Lists: lists})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Whoever has a lamp is on a list or told why not, and never both; a list is no
// longer than a day; the same round gives the same lists; a list that was made
// stays; what nobody did anything about lies.
func TestRoundMakesLists(t *testing.T) {
	h := open(t, 150, nil)
	friday := behold.Date(2025, 6, 27)
	first := h.runWith(t, friday, round.Lists{})
	lit, told := map[int32]bool{}, map[int32]bool{}
	for _, l := range slices.Concat(first.Lit, first.Still) {
		lit[l.Customer] = true
	}
	if len(first.Tasks.Tasks) < 5 || first.Tasks.Day != friday || !(first.Tasks.False > 0 && first.Tasks.FalseLow <= first.Tasks.False) {
		t.Fatalf("%+v", first.Tasks)
	}
	for _, one := range first.Tasks.Tasks {
		if told[one.Customer] || !lit[one.Customer] || one.ID == "" || one.Place > 7 || one.Gain.Minor <= 0 {
			t.Errorf("%+v", one)
		}
		told[one.Customer] = true
	}
	for _, one := range first.Passed {
		if told[one.Customer] || !lit[one.Customer] {
			t.Errorf("%+v", one)
		}
		told[one.Customer] = true
	}
	if len(told) != len(lit) {
		t.Errorf("%d customers have lamps, of %d it is said what became of them", len(lit), len(told))
	}
	for _, load := range first.Tasks.Loads {
		if load.Used > load.Minutes || load.Tasks > 7 {
			t.Errorf("%+v", load)
		}
	}
	kept, made, err := h.state.TaskList(t.Context(), behold.NoDay)
	if err != nil || made != friday || cmp.Diff(first.Tasks, kept) != "" {
		t.Errorf("kept of %v, %v: %s", made, err, cmp.Diff(first.Tasks, kept))
	}
	if again := h.runWith(t, friday, round.Lists{}); cmp.Diff(first.Tasks, again.Tasks) != "" {
		t.Errorf("the same round makes other lists: %s", cmp.Diff(first.Tasks, again.Tasks))
	}
	invited := []behold.Colleague{{Email: "New@x.dk", Role: behold.Member}, {Email: "looks@x.dk", Role: behold.Reader}}
	frozen := h.runWith(t, friday, round.Lists{Colleagues: invited, Frozen: kept})
	if cmp.Diff(first.Tasks, frozen.Tasks) != "" {
		t.Error("the list of the morning was changed")
	}
	sunday := h.runWith(t, friday+2, round.Lists{Colleagues: invited, Before: kept})
	if sunday.Tasks.Day != friday+3 || sunday.Tasks.Loads[0].Colleague != "new@x.dk" || slices.ContainsFunc(sunday.Tasks.Loads, func(l behold.Load) bool { return l.Colleague == "looks@x.dk" }) {
		t.Errorf("%v, %+v", sunday.Tasks.Day, sunday.Tasks.Loads)
	}
	lying := 0
	for _, one := range sunday.Tasks.Tasks {
		if one.Since == friday && one.Lying == 1 {
			lying++
		}
	}
	if lying == 0 {
		t.Error("nothing lies since Friday")
	}
}
