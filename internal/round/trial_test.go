package round_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"behold"
	"behold/internal/round"
)

// trial is what the state knows of the trial when a round of day begins.
func (h house) trial(t testing.TB, day behold.Day) round.Trial {
	t.Helper()
	last, _, err := h.state.LastRound(t.Context(), behold.NoDay)
	if err != nil {
		t.Fatal(err)
	}
	return round.Trial{Secret: []byte("the same in every run"), Past: last.Day > day, Episodes: h.episodes(t)}
}

func (h house) episodes(t testing.TB) []behold.Outcome {
	t.Helper()
	list, err := h.state.Episodes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// morning walks a round of a day as the program does: with the lists and episodes
// that are there.
func (h house) morning(t testing.TB, day behold.Day) *behold.Round {
	t.Helper()
	lists := round.Lists{Trial: h.trial(t, day)}
	now, made, err := h.state.TaskList(t.Context(), day)
	if err != nil {
		t.Fatal(err)
	}
	if made == day {
		lists.Frozen = now
		now, _, err = h.state.TaskList(t.Context(), day-1)
	}
	lists.Before = now
	if err != nil {
		t.Fatal(err)
	}
	return h.runWith(t, day, lists)
}

// shares decides on the share that is held out.
func (h house) shares(t testing.TB, share float64) {
	t.Helper()
	set, err := h.state.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	set.HoldoutShare, set.HoldoutLater, set.HorizonDays, set.TasksToday, set.MinutesToday = share, share, 56, 30, 600
	if err := h.state.SaveSettings(t.Context(), set, ""); err != nil {
		t.Fatal(err)
	}
}

func (h house) lit(t testing.TB, q behold.LampQuery) (customers []int32) {
	t.Helper()
	list, _, err := h.state.LitLamps(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for i := range list {
		customers = append(customers, list[i].Customer)
	}
	slices.Sort(customers)
	return slices.Compact(customers)
}

// failing is a state that dies at the last moment of a round.
type failing struct{ round.State }

func (f failing) SaveRound(ctx context.Context, r *behold.Round, cards []behold.LampCard, before func() error) error {
	return f.State.SaveRound(ctx, r, cards, func() error { return errors.Join(before(), errors.New("power cut")) })
}

// The lot is drawn before anybody sees a list, and stays: a round that dies leaves
// nothing and draws the same again; one that is walked again, or later for an
// earlier day, draws nothing; whoever is held out is shown nowhere until the
// episode ends.
func TestRoundDrawsTheLot(t *testing.T) {
	h, friday := open(t, 200, nil), behold.Date(2025, 3, 14)
	h.shares(t, .4)
	noon := time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC)
	opt := round.Options{Version: "test", Now: func() time.Time { return noon }, Lists: round.Lists{Trial: h.trial(t, friday)}}
	if _, err := round.Run(t.Context(), friday, h.facts, failing{h.state}, opt); err == nil {
		t.Fatal("the power was cut and nobody noticed")
	}
	if len(h.episodes(t)) != 0 {
		t.Fatal("a round that died began episodes")
	}
	first := h.morning(t, friday)
	begun := h.episodes(t)
	if len(begun) < 8 || len(first.Begun) != len(begun) {
		t.Fatalf("%d episodes", len(begun))
	}
	var held []int32
	for _, e := range begun {
		if e.Begins != first.Tasks.Day || e.Ends != e.Begins+56 || e.Read.Known() {
			t.Errorf("%+v", e)
		}
		if listed := slices.ContainsFunc(first.Tasks.Tasks, func(x behold.Task) bool { return x.Customer == e.Customer }); listed == e.Held {
			t.Errorf("customer %d: held out %v, listed %v", e.Customer, e.Held, listed)
		}
		if e.Held {
			held = append(held, e.Customer)
		}
	}
	slices.Sort(held)
	if len(held) < 2 {
		t.Fatalf("%d held out", len(held))
	}
	h.hiddenAre(t, friday, held)
	for _, again := range []behold.Day{friday, friday - 7} {
		if r := h.morning(t, again); len(r.Begun) != 0 || again == friday && cmp.Diff(first.Tasks, r.Tasks) != "" {
			t.Errorf("walked again: %d begun", len(r.Begun))
		}
	}
	if diff := cmp.Diff(begun, h.episodes(t)); diff != "" {
		t.Errorf("drawn again: %s", diff)
	}
	h.hiddenAre(t, friday, held)
	h.morning(t, friday+3)
	all := h.episodes(t)
	if diff := cmp.Diff(begun, all[:len(begun)]); diff != "" {
		t.Errorf("the next morning changed what was drawn: %s", diff)
	}
	seen := map[int32]bool{}
	for _, e := range all {
		if seen[e.Customer] {
			t.Errorf("customer %d has two episodes at a time", e.Customer)
		}
		seen[e.Customer] = true
	}
	h.shares(t, 0)
	off := h.morning(t, friday+4)
	if len(off.Begun) != 0 || !slices.Equal(h.lit(t, behold.LampQuery{Day: behold.NoDay}), h.lit(t, behold.LampQuery{Day: behold.NoDay, Held: true})) {
		t.Error("there is no trial, and somebody is held out")
	}
}

// hiddenAre holds what pages read against what the analyst reads after a round.
func (h house) hiddenAre(t *testing.T, day behold.Day, held []int32) {
	t.Helper()
	shown, all := h.lit(t, behold.LampQuery{Day: day}), h.lit(t, behold.LampQuery{Day: day, Held: true})
	for _, customer := range held {
		if slices.Contains(shown, customer) || !slices.Contains(all, customer) {
			t.Errorf("customer %d is held out: shown %v, lit %v", customer, slices.Contains(shown, customer), slices.Contains(all, customer))
		}
	}
	for _, customer := range all {
		if !slices.Contains(shown, customer) && !slices.Contains(held, customer) {
			t.Errorf("customer %d is hidden, and not held out", customer)
		}
	}
	for _, analyst := range []bool{false, true} {
		rows, _, err := h.facts.Standings(t.Context(), behold.StandingQuery{Day: day, Held: analyst})
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if _, is := slices.BinarySearch(held, row.Customer); is && (len(row.Lamps) > 0) != analyst {
				t.Errorf("the standing of customer %d has lamps %v, reason %q", row.Customer, row.Lamps, row.MainReason)
			}
		}
	}
}

// What came of an episode is read by the round on whose day it ended, once, and
// as it was: by hand from the orders.
func TestRoundReadsOutcomes(t *testing.T) {
	h, begin := open(t, 150, nil), behold.Date(2025, 3, 14)
	h.shares(t, .3)
	h.morning(t, begin)
	begun := h.episodes(t)
	h.morning(t, begin+55)
	for _, o := range h.episodes(t) {
		if o.Read.Known() {
			t.Fatal("an episode was read before it ended")
		}
	}
	h.morning(t, begin+60)
	after, kept := h.episodes(t), 0
	for i, o := range after[:len(begun)] {
		orders, _, err := h.facts.Orders(t.Context(), o.Customer, begin+60, behold.Slice{})
		if err != nil {
			t.Fatal(err)
		}
		want := slices.ContainsFunc(orders, func(order behold.OrderSummary) bool {
			day := behold.DayOf(order.At)
			return day > o.Begins && day <= o.Ends && order.Amount.Minor > 0
		})
		if !o.Read.Known() || o.Kept != want || begun[i].ID != o.ID {
			t.Errorf("%+v, want kept %v", o, want)
		}
		if o.Kept {
			kept++
		}
	}
	if kept == 0 || kept == len(begun) {
		t.Errorf("%d of %d kept", kept, len(begun))
	}
	h.morning(t, begin+61)
	if diff := cmp.Diff(after, h.episodes(t)[:len(after)]); diff != "" {
		t.Errorf("read twice: %s", diff)
	}
}

// Whom the customer file calls a VIP draws no lot.
func TestRoundSparesVIPs(t *testing.T) {
	h, day := open(t, 120, nil), behold.Date(2025, 3, 14)
	h.shares(t, .4)
	all, _, err := h.facts.Customers(t.Context(), behold.Slice{Limit: 200}, day)
	if err != nil {
		t.Fatal(err)
	}
	receipt := behold.Receipt{File: "vip", Source: "vip", Table: behold.TableCustomers, Columns: []behold.ColumnUse{{Field: "customer"}, {Field: "vip"}}}
	rows, err := h.facts.Begin(t.Context(), receipt)
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		all[i].VIP = true
	}
	if err := rows.Customers(t.Context(), all); err != nil {
		t.Fatal(err)
	}
	if err := rows.Commit(t.Context(), &receipt); err != nil {
		t.Fatal(err)
	}
	if r := h.morning(t, day); len(r.Begun) != 0 || len(r.Tasks.Tasks) == 0 {
		t.Errorf("%d episodes of VIPs, %d tasks", len(r.Begun), len(r.Tasks.Tasks))
	}
}
