package round

import (
	"context"
	"slices"
	"testing"

	"behold"
)

func (l *ledger) Extent(context.Context, behold.Day) (behold.Extent, error) {
	if len(l.days) == 0 {
		return behold.Extent{}, nil
	}
	return behold.Extent{Customers: 1, Lines: int64(len(l.days)), First: l.days[0].Day, Last: l.days[len(l.days)-1].Day}, nil
}

func (l *ledger) DayCounts(context.Context, behold.Day) ([]behold.DayCount, error) {
	return l.days, nil
}
func (l *ledger) Imports(context.Context) ([]behold.Receipt, error) { return l.imports, nil }
func (l *ledger) Settings(context.Context) (behold.Settings, error) {
	return behold.DefaultSettings(), nil
}

func (l *ledger) LampSummaryBy(_ context.Context, on behold.Day) (behold.LampSummary, error) {
	if sum, ok := l.sums[on]; ok {
		return sum, nil
	}
	return behold.LampSummary{Day: behold.NoDay}, nil
}

func (l *ledger) LitSince(_ context.Context, on behold.Day) (n int, err error) {
	for _, lamp := range l.lamps {
		if lamp.Since > on {
			n++
		}
	}
	return n, nil
}

func (l *ledger) OutLamps(context.Context, behold.Day, int) ([]behold.LampCard, error) {
	return nil, nil
}

func (l *ledger) Entries(_ context.Context, q behold.EntryQuery) ([]behold.Entry, error) {
	return slices.DeleteFunc(slices.Clone(l.entries), func(e behold.Entry) bool {
		return q.Kind != "" && e.Kind != q.Kind || q.Customer != "" && e.Customer != q.Customer
	}), nil
}

func TestLookBack(t *testing.T) {
	day := behold.Date(2025, 11, 16)
	l := &ledger{sums: map[behold.Day]behold.LampSummary{day: {Day: day, Lamps: 2}, day - 7: {Day: day - 7, Lamps: 5}}}
	l.add("a-1", 100, 0.5, behold.Lit)
	l.add("a-2", 100, 0.5, behold.Lit)
	l.lamps[0].Since, l.lamps[1].Since = day-3, day-30
	l.add("a-lost", 0, 1, "")
	l.standings[2].State = behold.Lost
	promise := func(due, done behold.Day) behold.Entry {
		return behold.Entry{Kind: behold.EntryPromise, Due: due, Done: done, Broken: behold.NoDay, Left: behold.NoDay}
	}
	loss := func(left behold.Day) behold.Entry {
		return behold.Entry{Kind: behold.EntryLoss, Left: left, Due: behold.NoDay, Done: behold.NoDay, Broken: behold.NoDay}
	}
	l.entries = []behold.Entry{
		promise(day-2, day-3), promise(day-2, day-1), promise(day-5, behold.NoDay), promise(day+1, behold.NoDay), promise(day-40, day-41),
		loss(day - 3), loss(behold.Date(2025, 10, 31)), loss(behold.Date(2025, 11, 1)),
	}
	l.imports = []behold.Receipt{{Table: behold.TableOrders, Kept: 9}, {Table: behold.TableTickets, Kept: 9, UndoneAt: day.Time()}}
	for d := day - 700; d <= day; d++ {
		if d.Weekday() != 0 && d.Weekday() != 6 && d != day-5 {
			l.days = append(l.days, behold.DayCount{Day: d, Orders: 40})
		}
	}
	w, err := LookBack(t.Context(), day, l, l)
	if err != nil {
		t.Fatal(err)
	}
	if w.Now.Lamps != 2 || w.Before.Lamps != 5 || w.Lit != 1 || w.Out != 0 {
		t.Errorf("lamps: %+v", w)
	}
	if w.Lost != 1 || w.LostThen != 1 || w.Left != 2 {
		t.Errorf("losses: %d now, %d then, %d written down", w.Lost, w.LostThen, w.Left)
	}
	if w.Due != 3 || w.Kept != 1 {
		t.Errorf("promises: %d of %d", w.Kept, w.Due)
	}
	if w.Newest != day-2 || len(w.Gaps) != 1 || w.Gaps[0].From != day-5 {
		t.Errorf("records: newest %v, gaps %+v", w.Newest, w.Gaps)
	}
	if w.Unjudged == 0 || !slices.Contains(w.Lacks, behold.TableTickets) || slices.Contains(w.Lacks, behold.TableOrders) {
		t.Errorf("%d lamps lack %v", w.Unjudged, w.Lacks)
	}
}

func TestLookBackOnNothing(t *testing.T) {
	w, err := LookBack(t.Context(), behold.Date(2025, 11, 16), &ledger{}, &ledger{})
	if err != nil {
		t.Fatal(err)
	}
	if w.Newest.Known() || w.LostThen != -1 || w.Before.Day.Known() || w.Due != 0 {
		t.Errorf("%+v", w)
	}
}
