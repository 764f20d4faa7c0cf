package store

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"behold"
)

// lit is a store whose last round left two lamps burning.
func lit(t *testing.T) (*Store, behold.Round, []behold.LampCard) {
	t.Helper()
	s := open(t)
	r := roundOf(day1)
	r.Lit = []behold.Lamp{lampOf(1, behold.LampRhythm, day1), lampOf(2, behold.LampReturns, day1)}
	cards := []behold.LampCard{cardOf(1, "K-1", "Kro", 500), cardOf(2, "K-2", "Tea", 900)}
	if err := s.SaveRound(t.Context(), &r, cards, nil); err != nil {
		t.Fatal(err)
	}
	return s, r, cards
}

func actOf(customer string, kind behold.LampKind, state behold.LampState) *behold.Act {
	a := &behold.Act{Customer: customer, Kind: kind, State: state, Until: behold.NoDay, Why: "on leave", Who: "mette@nordkaffe.example", At: time.Date(2025, 3, 15, 9, 0, 0, 0, time.UTC)}
	if state == behold.Snoozed {
		a.Until = day1 + 30
	}
	return a
}

// shown are the customers of the lamps that a page lists.
func shown(t *testing.T, s *Store, q behold.LampQuery) string {
	t.Helper()
	q.Day = behold.NoDay
	list, total, err := s.LitLamps(t.Context(), q)
	if err != nil || total != len(list) {
		t.Fatal(total, list, err)
	}
	var ids []string
	for _, c := range list {
		ids = append(ids, c.ID)
	}
	return strings.Join(ids, " ")
}

func TestActChangesTheLampAndIsUndone(t *testing.T) {
	s, _, _ := lit(t)
	snooze := actOf("k-1 ", behold.LampRhythm, behold.Snoozed)
	if err := s.SaveAct(t.Context(), snooze); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, s, behold.LampQuery{Awake: true}); got != "K-2" {
		t.Errorf("awake: %q", got)
	}
	if got := shown(t, s, behold.LampQuery{State: behold.Snoozed, Awake: true}); got != "K-1" {
		t.Errorf("snoozed: %q", got)
	}
	if got := shown(t, s, behold.LampQuery{}); got != "K-2 K-1" {
		t.Errorf("all: %q", got)
	}
	sum, err := s.LampSummary(t.Context())
	if err != nil || sum.Lamps != 1 || sum.Customers != 1 || sum.MoneyAtRisk.Minor != 900 || sum.States[behold.Snoozed] != 1 {
		t.Errorf("counted %+v, %v", sum, err)
	}
	open, err := s.OpenLamps(t.Context(), behold.NoDay)
	if err != nil || open[0].State != behold.Snoozed || open[0].Until != day1+30 || open[0].PStar != 0.015 {
		t.Errorf("the next round starts from %+v, %v", open, err)
	}
	if err := s.SaveAct(t.Context(), actOf("K-1", behold.LampRhythm, behold.Lit)); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, s, behold.LampQuery{Awake: true}); got != "K-2 K-1" {
		t.Errorf("after undo: %q", got)
	}
	acts, err := s.Acts(t.Context(), "K-1")
	if err != nil || len(acts) != 2 || acts[0].State != behold.Lit || acts[0].Until.Known() || acts[0].ID != 2 {
		t.Fatalf("log: %+v, %v", acts, err)
	}
	if diff := cmp.Diff(*snooze, acts[1]); diff != "" || snooze.Round != day1 || snooze.ID != 1 {
		t.Errorf("the first act:\n%s", diff)
	}
}

// A button that is pressed twice, or in two tabs, is one decision.
func TestTheSameActTwiceIsOne(t *testing.T) {
	s, _, _ := lit(t)
	first, second := actOf("K-1", behold.LampRhythm, behold.Snoozed), actOf("K-1", behold.LampRhythm, behold.Snoozed)
	second.At = second.At.Add(time.Second)
	for _, a := range []*behold.Act{first, second} {
		if err := s.SaveAct(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	acts, err := s.Acts(t.Context(), "K-1")
	if err != nil || len(acts) != 1 || second.ID != first.ID || !second.At.Equal(first.At) {
		t.Errorf("%+v and %+v: %+v, %v", first, second, acts, err)
	}
	if sum, err := s.LampSummary(t.Context()); err != nil || sum.States[behold.Snoozed] != 1 || sum.Lamps != 1 {
		t.Errorf("counted %+v, %v", sum, err)
	}
}

func TestActsThatAreRefused(t *testing.T) {
	s, _, _ := lit(t)
	for name, c := range map[string]struct {
		change func(*behold.Act)
		want   behold.Kind
	}{
		"another customer":   {func(a *behold.Act) { a.Customer = "K-9" }, behold.NotFound},
		"another lamp":       {func(a *behold.Act) { a.Kind = behold.LampTone }, behold.NotFound},
		"no reason":          {func(a *behold.Act) { a.Why = " " }, behold.Invalid},
		"no day":             {func(a *behold.Act) { a.Until = behold.NoDay }, behold.Invalid},
		"a day that is past": {func(a *behold.Act) { a.Until = day1 }, behold.Invalid},
		"by hand":            {func(a *behold.Act) { a.State = behold.Recovered }, behold.Invalid},
		"endless":            {func(a *behold.Act) { a.Why = strings.Repeat("x", 2001) }, behold.Invalid},
	} {
		a := actOf("K-1", behold.LampRhythm, behold.Snoozed)
		c.change(a)
		if err := s.SaveAct(t.Context(), a); behold.KindOf(err) != c.want || behold.HintOf(err) == "" {
			t.Errorf("%s: %v (hint %q)", name, err, behold.HintOf(err))
		}
	}
	if acts, err := s.Acts(t.Context(), "K-1"); err != nil || len(acts) != 0 {
		t.Errorf("kept all the same: %+v, %v", acts, err)
	}
	if err := open(t).SaveAct(t.Context(), actOf("K-1", behold.LampRhythm, behold.Lit)); behold.KindOf(err) != behold.NotFound {
		t.Errorf("before any round: %v", err)
	}
}

// The round of a day again keeps what colleagues decided after it, and no more.
func TestRoundAgainKeepsActs(t *testing.T) {
	s, r, cards := lit(t)
	for _, a := range []*behold.Act{actOf("K-1", behold.LampRhythm, behold.FalseAlarm), actOf("K-2", behold.LampReturns, behold.Snoozed), actOf("K-2", behold.LampReturns, behold.Lit)} {
		if err := s.SaveAct(t.Context(), a); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.SaveRound(t.Context(), &r, cards, nil); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, s, behold.LampQuery{Awake: true}); got != "K-2" {
		t.Errorf("after the same round again: %q", got)
	}
	if sum, err := s.LampSummary(t.Context()); err != nil || sum.Lamps != 1 || sum.States[behold.FalseAlarm] != 1 {
		t.Errorf("counted %+v, %v", sum, err)
	}
	next := roundOf(day2)
	next.Lit = []behold.Lamp{lampOf(1, behold.LampRhythm, day2)} // as if lit anew: yesterday's act is not about it
	if err := s.SaveRound(t.Context(), &next, cards, nil); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, s, behold.LampQuery{Awake: true}); got != "K-1" {
		t.Errorf("after the next round: %q", got)
	}
}

// One of many that were lit at once is not listed by itself, and comes back as
// what it is.
func TestCommonLampsAreAsked(t *testing.T) {
	s, r, cards := lit(t)
	r.Lit[0].Common = true
	if err := s.SaveRound(t.Context(), &r, cards, nil); err != nil {
		t.Fatal(err)
	}
	if got := shown(t, s, behold.LampQuery{Awake: true}); got != "K-2" {
		t.Errorf("by themselves: %q", got)
	}
	if got := shown(t, s, behold.LampQuery{}); got != "K-2 K-1" {
		t.Errorf("all: %q", got)
	}
	open, err := s.OpenLamps(t.Context(), behold.NoDay)
	if err != nil || !open[0].Common || open[1].Common {
		t.Errorf("%+v, %v", open, err)
	}
}

// The menu counts what the list shows, whatever the list is narrowed to, and
// however many acts changed it: both are what a walk past every lamp finds.
func TestSummaryAgreesWithTheLists(t *testing.T) {
	s := open(t)
	r := roundOf(day1)
	kinds := []behold.LampKind{behold.LampRhythm, behold.LampReturns, behold.LampTone}
	reasons := []behold.Reason{behold.UnknownReason, behold.TreatedWorse, behold.Moved}
	var cards []behold.LampCard
	for i := range int32(40) {
		for k, kind := range kinds[:1+i%3] {
			l := lampOf(i, kind, day1)
			l.Reason, l.Common = reasons[(int(i)+k)%3], i%7 == 0 && k == 0
			r.Lit = append(r.Lit, l)
		}
		cards = append(cards, cardOf(i, fmt.Sprintf("K-%d", i), "a customer", int64(100*i)))
		if i%3 == 0 {
			cards[i].MoneyAtRisk.Currency = "SEK"
		}
	}
	if err := s.SaveRound(t.Context(), &r, cards, nil); err != nil {
		t.Fatal(err)
	}
	states := []behold.LampState{behold.Snoozed, behold.Acknowledged, behold.FalseAlarm, behold.Lit}
	for n := range 60 {
		if err := s.SaveAct(t.Context(), actOf(fmt.Sprintf("K-%d", n*13%40), kinds[0], states[n*7%4])); err != nil {
			t.Fatal(err)
		}
	}
	by, err := s.LampSummary(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := countLast(t.Context(), s.db); err != nil {
		t.Fatal(err)
	}
	anew, err := s.LampSummary(t.Context())
	anew.High, anew.Middle = by.High, by.Middle // as of the round
	if diff := cmp.Diff(anew, by, cmpopts.EquateEmpty()); err != nil || diff != "" {
		t.Errorf("counted by difference, %v:\n%s", err, diff)
	}
	every, _, err := s.LitLamps(t.Context(), behold.LampQuery{Day: behold.NoDay})
	if err != nil {
		t.Fatal(err)
	}
	asked := []behold.LampQuery{{}, {Awake: true}, {State: behold.Snoozed}, {State: behold.Lit, Awake: true}, {Kind: kinds[1], Awake: true}, {Kind: kinds[0]},
		{Reason: reasons[1], Awake: true}, {Reason: reasons[1], Kind: kinds[0], Awake: true}, {Family: reasons[1].Family(), Awake: true}, {ID: "k-8"}, {Slice: behold.Slice{Search: "k-1"}}}
	for _, q := range asked {
		q.Day = behold.NoDay
		list, total, err := s.LitLamps(t.Context(), q)
		want := 0
		for i := range every {
			if q.Wants(&every[i]) {
				want++
			}
		}
		if err != nil || len(list) != total || total != want {
			t.Errorf("%+v: %d lamps of %d, %v; want %d", q, len(list), total, err, want)
		}
	}
	if list, _, err := s.LitLamps(t.Context(), behold.LampQuery{Day: behold.NoDay, Awake: true}); err != nil || len(list) != by.Lamps || by.Lamps == 0 {
		t.Errorf("the menu says %d, the list has %d, %v", by.Lamps, len(list), err)
	}
}

func TestMood(t *testing.T) {
	s := open(t)
	if m, err := s.MoodOf(t.Context(), "K-1"); err != nil || m.Feels != "" {
		t.Errorf("before anybody said: %+v, %v", m, err)
	}
	at := time.Date(2025, 3, 15, 9, 0, 0, 0, time.UTC)
	for _, m := range []behold.Mood{{Customer: "K-1", Feels: behold.MoodGood, At: at}, {Customer: "K-1", Feels: behold.MoodBad, Note: " cross about the invoice ", At: at}} {
		if err := s.SaveMood(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	m, err := s.MoodOf(t.Context(), "k-1")
	if want := (behold.Mood{Customer: "K-1", Feels: behold.MoodBad, Note: "cross about the invoice", At: at}); err != nil || m != want {
		t.Errorf("%+v, %v", m, err)
	}
	if err := s.SaveMood(t.Context(), behold.Mood{Customer: "K-1", Feels: "hungry"}); behold.KindOf(err) != behold.Invalid {
		t.Errorf("hungry: %v", err)
	}
}
