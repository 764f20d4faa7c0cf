package round

import (
	"cmp"
	"context"
	"slices"
	"testing"
	"time"

	"behold"
)

// A ledger is a few customers in memory; it answers as the doors do.
type ledger struct {
	standings []behold.Standing
	lamps     []behold.LampCard
	entries   []behold.Entry
	acts      []behold.Act // the latest first
	cases     []behold.Case
	tasks     behold.TaskList
	imports   []behold.Receipt
	sums      map[behold.Day]behold.LampSummary
	days      []behold.DayCount
}

func (l *ledger) Standings(_ context.Context, q behold.StandingQuery) ([]behold.Standing, int, error) {
	var found []behold.Standing
	for _, st := range l.standings {
		if (q.ID == "" || q.ID == st.ID) && (len(q.Of) == 0 || slices.Contains(q.Of, st.Customer)) && (q.State == "" || q.State == st.State) {
			found = append(found, st)
		}
	}
	total := len(found)
	if q.Limit > 0 {
		found = found[:min(q.Limit, len(found))]
	}
	return found, total, nil
}

func (l *ledger) LitLamps(_ context.Context, q behold.LampQuery) ([]behold.LampCard, int, error) {
	found := slices.DeleteFunc(slices.Clone(l.lamps), func(c behold.LampCard) bool { return !q.Wants(&c) })
	slices.SortStableFunc(found, func(a, b behold.LampCard) int { return cmp.Compare(b.MoneyAtRisk.Minor, a.MoneyAtRisk.Minor) })
	return found, len(found), nil
}

func (l *ledger) Acts(_ context.Context, id string) ([]behold.Act, error) {
	return slices.DeleteFunc(slices.Clone(l.acts), func(a behold.Act) bool { return a.Customer != id }), nil
}

func (l *ledger) CasesOf(_ context.Context, id string) ([]behold.Case, error) {
	return slices.DeleteFunc(slices.Clone(l.cases), func(c behold.Case) bool { return c.Customer != id }), nil
}

func (l *ledger) TaskList(context.Context, behold.Day) (behold.TaskList, behold.Day, error) {
	return l.tasks, l.tasks.Day, nil
}

// add adds a customer; lit in which state, "" for without a lamp.
func (l *ledger) add(id string, value, chance float64, lit behold.LampState) {
	st := behold.Standing{ID: id, Name: id, Forecast: behold.Forecast{Value: behold.MoneyOf(value, "DKK"), ChanceLeave: chance, MoneyAtRisk: behold.MoneyOf(value*2*chance, "DKK"), State: behold.Active}}
	if lit != "" {
		st.Lamps = []behold.LampKind{behold.LampRhythm}
		l.lamps = append(l.lamps, behold.LampCard{ID: id, MoneyAtRisk: st.MoneyAtRisk, Lamp: behold.Lamp{Kind: behold.LampRhythm, State: lit}})
	}
	l.standings = append(l.standings, st)
}

// What is done about a customer on the list is what was decided or written since
// the list was made, the latest of it; a note is none, and what was taken back is
// none any more.
func TestReadList(t *testing.T) {
	day := behold.Date(2025, 11, 17) // a Monday; the round was walked on Saturday
	at := func(d behold.Day, hour int) time.Time {
		y, m, n := d.Time().Date()
		return time.Date(y, m, n, hour, 0, 0, 0, time.Local)
	}
	l := &ledger{}
	var tasks []behold.Task
	for i, id := range []string{"waits", "spoken", "noted", "before", "taken", "relit", "asleep", "out", "unknown"} {
		if id != "unknown" {
			lit := behold.Lit
			if id == "asleep" {
				lit = behold.Snoozed
			}
			if id == "out" {
				lit = ""
			}
			l.add(id, 1000, 0.5, lit)
		}
		tasks = append(tasks, behold.Task{Customer: int32(i), ID: id, Name: "the " + id, Lamp: behold.LampRhythm})
	}
	l.lamps = append(l.lamps, behold.LampCard{ID: "waits", MoneyAtRisk: behold.MoneyOf(9e9, "DKK"), Lamp: behold.Lamp{Kind: behold.LampTone, State: behold.Lit}})
	l.lamps = append(l.lamps, behold.LampCard{ID: "unknown", Lamp: behold.Lamp{Kind: behold.LampRhythm, State: behold.Lit}})
	l.entries = []behold.Entry{
		{Customer: "spoken", Kind: behold.EntryContact, Written: at(day, 9), Who: "ann@x.dk"},
		{Customer: "noted", Kind: behold.EntryNote, Written: at(day, 9)},
		{Customer: "before", Kind: behold.EntryContact, Written: at(day-2, 9)},
	}
	act := func(id string, state behold.LampState, d behold.Day, hour int) behold.Act {
		return behold.Act{Customer: id, Kind: behold.LampRhythm, State: state, At: at(d, hour), Who: "bo@x.dk"}
	}
	l.acts = []behold.Act{
		act("taken", behold.Acknowledged, day-1, 10), act("asleep", behold.Snoozed, day, 10),
		act("relit", behold.Lit, day, 11), act("relit", behold.Acknowledged, day, 10), act("before", behold.Acknowledged, day-30, 10),
	}
	reader := ListReader{Facts: l, State: l, Book: l, Cases: l, Made: day - 2, Day: day}
	found, err := reader.Read(t.Context(), tasks)
	if err != nil || len(found) != len(tasks) {
		t.Fatal(len(found), err)
	}
	for i, want := range []string{"", "ann@x.dk", "", "", "bo@x.dk", "", "bo@x.dk", "-", ""} {
		w := found[i]
		got := ""
		if w.Done != nil {
			got = cmp.Or(w.Done.Who, "-")
		}
		if got != want || w.ID != tasks[i].ID || w.Name == "" || w.Customer != tasks[i].Customer {
			t.Errorf("%s: done by %q, want %q (%+v)", w.ID, got, want, w.Done)
		}
	}
	if found[0].Lit[0].Kind != behold.LampRhythm || len(found[0].Lit) != 2 {
		t.Errorf("the lamp that the task is about does not come first: %+v", found[0].Lit)
	}
	if len(found[2].Since) != 1 || len(found[3].Since) != 0 {
		t.Error("what was written since is not told")
	}
}
