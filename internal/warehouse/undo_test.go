package warehouse

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"behold"
)

// A shelf keeps the files of the tests and imports them again.
type shelf struct {
	t     *testing.T
	w     *Warehouse
	files map[string][]fact
	who   map[string][]behold.Customer
	said  map[string][]string // rows of tickets
	again []string
	fails int
}

func (s *shelf) load(name string) {
	s.t.Helper()
	s.take(receiptOf(name))
}

func (s *shelf) take(r behold.Receipt) {
	s.t.Helper()
	if rows := s.said[r.File]; rows != nil {
		r.Table = behold.TableTickets
		loadRecords(s.t, s.w, r, rows...)
		return
	}
	loadWith(s.t, s.w, r, s.files[r.File], s.who[r.File])
}

func (s *shelf) read(_ context.Context, r *behold.Receipt) error {
	if s.fails > 0 {
		s.fails--
		return errors.New("the lights went out")
	}
	s.again = append(s.again, r.File)
	again := *r
	again.Known = 0 // these files repeat nothing
	s.take(again)
	return nil
}

// everything is what the lines, the customers and the receipts say.
func everything(t *testing.T, w *Warehouse) []string {
	t.Helper()
	out := append(dump(t, w), dumpRecords(t, w, behold.TableTickets)...)
	list, _, err := w.Customers(t.Context(), behold.Slice{}, behold.NoDay)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		out = append(out, c.ID+" is "+c.Name+" in "+c.Country)
	}
	receipts, err := w.Imports(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range receipts {
		if receipts[i].UndoneAt.IsZero() {
			out = append(out, receipts[i].File+": "+counted(&receipts[i]))
		}
	}
	h, err := w.Histories(t.Context(), behold.Date(2030, 1, 1), behold.Part{})
	if err != nil {
		t.Fatal(err)
	}
	people, err := w.Names(t.Context(), h.AsOf, h.Customer)
	if err != nil {
		t.Fatal(err)
	}
	for k := range h.Len() {
		for i := h.Start[k]; i < h.Start[k+1]; i++ {
			out = append(out, people[k].ID+" "+h.Day[i].String()+" "+strconv.FormatInt(h.Bought[i], 10))
		}
	}
	slices.Sort(out) // numbers differ: those given before the undo stay
	return out
}

func newShelf(t *testing.T) *shelf {
	changed := append([]fact(nil), twoOrders...)
	changed[0].amount = 999
	changed = append(changed, fact{customer: "k-5", order: "F7", line: "1", day: "2025-04-01", amount: 70, product: "p1"})
	return &shelf{t: t, w: open(t), files: map[string][]fact{
		"first":  {{customer: "K-5", order: "F0", line: "1", day: "2024-12-01", amount: 10}},
		"wrong":  twoOrders,
		"later":  changed,
		"apart":  {{customer: "K-8", order: "F8", line: "1", day: "2025-05-01", amount: 80, product: "P8"}},
		"latest": {{customer: "K-8", order: "F8", line: "1", day: "2025-05-01", amount: 81, product: "P8"}, changed[0]},
	}, who: map[string][]behold.Customer{
		"wrong": {{ID: "K-1", Name: "Wrong", Country: "DK"}},
		"later": {{ID: "k-1", Name: "Right"}},
	}, said: map[string][]string{
		"cases":     {"ticket=T1 customer=k-9 opened_at=2025-01-01T9", "ticket=T2 customer=K-1 opened_at=2025-01-02T9"},
		"casesnext": {"ticket=T1 customer=K-9 opened_at=2025-01-01T9 closed_at=2025-01-05T9", "ticket=T3 customer=K-7 opened_at=2025-01-03T9"},
		"caseslast": {"ticket=T1 customer=K-9 opened_at=2025-01-01T9 closed_at=2025-01-05T9", "ticket=T2 customer=K-1 opened_at=2025-01-02T9 recorded=2025-02-01 closed_at=2025-01-30"},
	}}
}

func TestUndoIsAsIfItHadNeverCome(t *testing.T) {
	names := []string{"first", "wrong", "cases", "later", "casesnext", "apart", "latest", "caseslast"}
	for undo := range names {
		s, never := newShelf(t), newShelf(t)
		for i, name := range names {
			s.load(name)
			if i != undo {
				never.load(name)
			}
		}
		if err := s.w.Undo(t.Context(), int64(undo+1), s.read); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(everything(t, never.w), everything(t, s.w)); diff != "" {
			t.Errorf("undo of %s (read again: %v) differs from never:\n%s", names[undo], s.again, diff)
		}
		r, err := s.w.Import(t.Context(), int64(undo+1))
		if err != nil || r.UndoneAt.IsZero() {
			t.Errorf("the receipt of the undone import: %+v, %v", r, err)
		}
		if err := s.w.Undo(t.Context(), int64(undo+1), s.read); behold.KindOf(err) != behold.Conflict {
			t.Errorf("undone twice: %v, want Conflict", err)
		}
	}
}

func TestUndoInterrupted(t *testing.T) {
	s, never := newShelf(t), newShelf(t)
	for _, name := range []string{"wrong", "later", "latest"} {
		s.load(name)
	}
	never.load("later")
	never.load("latest")
	s.fails = 1
	if err := s.w.Undo(t.Context(), 1, s.read); err == nil {
		t.Fatal("the undo was interrupted and did not say so")
	}
	if _, err := s.w.Begin(t.Context(), receiptOf("new")); behold.KindOf(err) != behold.Conflict {
		t.Errorf("an import in the middle of an undo: %v, want Conflict", err)
	}
	if waiting, err := s.w.Pending(t.Context()); err != nil || len(waiting) != 2 || waiting[0].File != "later" {
		t.Errorf("pending: %v, %v", waiting, err)
	}
	if err := s.w.Resume(t.Context(), s.read); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(everything(t, never.w), everything(t, s.w)); diff != "" {
		t.Errorf("after resuming:\n%s", diff)
	}
}

func TestUndoOfNothing(t *testing.T) {
	if err := open(t).Undo(t.Context(), 7, nil); behold.KindOf(err) != behold.NotFound {
		t.Errorf("%v, want NotFound", err)
	}
}
