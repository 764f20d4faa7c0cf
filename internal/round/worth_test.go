package round

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"

	"behold"
)

// A ledger is a few customers in memory; it answers as the doors do.
type ledger struct {
	standings []behold.Standing
	lamps     []behold.LampCard
	entries   []behold.Entry
	imports   []behold.Receipt
	sums      map[behold.Day]behold.LampSummary
	days      []behold.DayCount
	asked     int // questions about standings
}

func (l *ledger) Standings(_ context.Context, q behold.StandingQuery) ([]behold.Standing, int, error) {
	l.asked++
	var found []behold.Standing
	for _, st := range l.standings {
		if (q.ID == "" || q.ID == st.ID) && (q.State == "" || q.State == st.State) && q.Whose.Asks(l.colleague(st.ID)) {
			found = append(found, st)
		}
	}
	slices.SortStableFunc(found, func(a, b behold.Standing) int { return cmp.Compare(b.Value.Minor, a.Value.Minor) })
	total := len(found)
	found = found[min(q.Offset, total):]
	if q.Limit > 0 {
		found = found[:min(q.Limit, len(found))]
	}
	return found, total, nil
}

// colleague is the letter that a customer's id begins with.
func (l *ledger) colleague(id string) string { return id[:1] + "@firm.example" }

func (l *ledger) LitLamps(_ context.Context, q behold.LampQuery) ([]behold.LampCard, int, error) {
	found := slices.DeleteFunc(slices.Clone(l.lamps), func(c behold.LampCard) bool { return !q.Wants(&c) })
	slices.SortStableFunc(found, func(a, b behold.LampCard) int { return cmp.Compare(b.MoneyAtRisk.Minor, a.MoneyAtRisk.Minor) })
	if q.Limit > 0 {
		found = found[:min(q.Limit, len(found))]
	}
	return found, len(found), nil
}

// add adds a customer; lit in which state, "" for without a lamp.
func (l *ledger) add(id string, value, chance float64, lit behold.LampState) {
	st := behold.Standing{ID: id, Name: id, Forecast: behold.Forecast{Value: behold.MoneyOf(value, "DKK"), ChanceLeave: chance, MoneyAtRisk: behold.MoneyOf(value*2*chance, "DKK"), State: behold.Active}}
	if lit != "" {
		st.Lamps = []behold.LampKind{behold.LampRhythm}
		l.lamps = append(l.lamps, behold.LampCard{ID: id, Colleague: l.colleague(id), MoneyAtRisk: st.MoneyAtRisk, Lamp: behold.Lamp{Kind: behold.LampRhythm, State: lit}})
	}
	l.standings = append(l.standings, st)
}

func TestWorthSaving(t *testing.T) {
	l := &ledger{}
	l.add("a-dear-and-safe", 9000, 0.1, "")
	l.add("a-gone", 100, 0.99, behold.Lit)
	l.add("a-worth", 5000, 0.5, behold.Lit)
	l.add("b-most", 8000, 0.6, behold.Lit)
	l.add("a-asleep", 7000, 0.9, behold.Snoozed)
	l.add("b-little", 50, 0.5, behold.Lit)
	l.add("a-taken", 6000, 0.9, behold.Acknowledged)
	for _, c := range []struct {
		name string
		q    WorthQuery
		want string
	}{
		{"everybody's", WorthQuery{Most: 7}, "b-most a-worth a-gone b-little"},
		{"the first two", WorthQuery{Most: 2}, "b-most a-worth"},
		{"a's own", WorthQuery{Most: 7, Whose: behold.Whose{Colleague: "A@firm.example"}}, "a-worth a-gone"},
		{"nobody's", WorthQuery{Most: 7, Whose: behold.Whose{Colleague: "z@firm.example"}}, ""},
	} {
		found, err := WorthSaving(t.Context(), l, l, c.q)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, w := range found {
			ids = append(ids, w.ID)
			if len(w.Lit) == 0 {
				t.Errorf("%s: %s has no lamp", c.name, w.ID)
			}
		}
		if got := strings.Join(ids, " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Where the dearest thousands have no lamps, those with the most money at risk are found.
func TestWorthSavingBeyondTheDearest(t *testing.T) {
	l := &ledger{}
	for i := range 2500 {
		l.add("d", 10000+float64(i), 0.1, "")
	}
	l.add("a-small", 500, 0.5, behold.Lit)
	found, err := WorthSaving(t.Context(), l, l, WorthQuery{Most: 7})
	if err != nil || len(found) != 1 || found[0].ID != "a-small" {
		t.Errorf("%+v, %v", found, err)
	}
	if l.asked > 6 {
		t.Errorf("asked %d times for standings", l.asked)
	}
}
