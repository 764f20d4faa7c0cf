package store

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"behold"
)

var noon = time.Date(2025, 3, 15, 12, 0, 0, 0, time.UTC)

const mette = "mette@nordkaffe.example"

func entryOf(id string, kind behold.EntryKind) *behold.Entry {
	e := &behold.Entry{
		ID: id, Customer: "K-1", Kind: kind, At: noon, Due: behold.NoDay, Done: behold.NoDay, Broken: behold.NoDay, Left: behold.NoDay, Text: "ring back about the grinder",
		Who: mette, Written: noon, Changed: behold.EntrySignature{Who: mette, At: noon},
	}
	switch kind {
	case behold.EntryContact:
		e.Channel, e.Direction = "call", "out"
	case behold.EntryPromise:
		e.Due = behold.DayOf(noon) + 3
	case behold.EntryLoss:
		e.Left, e.Reason, e.Said = behold.DayOf(noon)-10, behold.Competitor, behold.SaidByCustomer
	case behold.EntrySurprise:
		e.Due = behold.DayOf(noon) + 14
	}
	return e
}

func write(t *testing.T, s *Store, e *behold.Entry) *behold.Entry {
	t.Helper()
	if err := s.Write(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	return e
}

// listed are the entries of a query in one line: id and what they say.
func listed(t *testing.T, s *Store, q behold.EntryQuery) string {
	t.Helper()
	list, err := s.Entries(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, e := range list {
		line := e.ID + " " + string(e.Kind)
		if e.Due.Known() {
			line += " due " + e.Due.String()
		}
		if e.Done.Known() {
			line += " done " + e.Done.String()
		}
		said = append(said, line)
	}
	return strings.Join(said, "; ")
}

func TestEntriesAreWrittenAndFound(t *testing.T) {
	s := open(t)
	since := behold.EntryQuery{Since: behold.NoDay}
	for i, kind := range behold.EntryKinds() {
		e := entryOf(fmt.Sprintf("e%d", i), kind)
		if kind == behold.EntryNote {
			e.Customer, e.Who = "K-2", "jonas@nordkaffe.example"
		}
		write(t, s, e)
		if e.Version != int64(i+1) {
			t.Errorf("%s is version %d", kind, e.Version)
		}
	}
	all := "e0 contact; e1 note; e2 promise due 2025-03-18; e3 refusal; e4 surprise due 2025-03-29; e5 loss; e6 need"
	if got := listed(t, s, since); got != all {
		t.Errorf("all: %s", got)
	}
	for want, q := range map[string]behold.EntryQuery{
		"e1 note": {Customer: "k-2 ", Since: behold.NoDay},
		"e0 contact; e2 promise due 2025-03-18; e3 refusal; e4 surprise due 2025-03-29; e5 loss; e6 need": {Customer: "K-1", Since: behold.NoDay},
		"e2 promise due 2025-03-18":                             {Kind: behold.EntryPromise, Since: behold.NoDay},
		"e2 promise due 2025-03-18; e4 surprise due 2025-03-29": {Since: behold.DayOf(noon)},
		"":           {Kind: behold.EntryPromise, Who: "jonas@nordkaffe.example", Since: behold.NoDay},
		"e3 refusal": {Kind: behold.EntryRefusal, Customer: "K-1", Who: mette, Since: behold.NoDay},
	} {
		if got := listed(t, s, q); got != want {
			t.Errorf("%+v: %q, want %q", q, got, want)
		}
	}
	e, err := s.Entry(t.Context(), "e5")
	if err != nil || e.Reason != behold.Competitor || e.Left != behold.DayOf(noon)-10 || e.Due.Known() || !e.At.Equal(noon) {
		t.Errorf("%+v, %v", e, err)
	}
}

// Pressed twice, sent again because no answer came, by two tabs at once: one entry.
func TestEntryTwiceIsOne(t *testing.T) {
	s := open(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			e := entryOf("key", behold.EntryContact)
			e.At = noon.Add(3 * time.Second)
			if err := s.Write(t.Context(), e); err != nil || e.Version != 1 {
				t.Errorf("%+v: %v", e, err)
			}
		})
	}
	all.Wait()
	if got := listed(t, s, behold.EntryQuery{Since: behold.NoDay}); got != "key contact" {
		t.Error(got)
	}
	other := entryOf("key", behold.EntryContact)
	other.Text = "something else"
	if err := s.Write(t.Context(), other); behold.KindOf(err) != behold.Conflict {
		t.Errorf("another text under the same key: %v", err)
	}
}

func TestEntryIsChangedTakenBackAndBroughtAgain(t *testing.T) {
	s := open(t)
	e := *write(t, s, entryOf("p", behold.EntryPromise))
	promises := behold.EntryQuery{Customer: "K-1", Since: behold.NoDay}
	expect := func(when, want string) {
		t.Helper()
		if got := listed(t, s, promises); got != want {
			t.Errorf("%s: %q, want %q", when, got, want)
		}
	}
	kept := e
	kept.Done = behold.DayOf(noon)
	for range 2 { // twice pressed
		again := kept
		if err := s.Change(t.Context(), &again); err != nil || again.Version != 2 {
			t.Fatalf("kept: %+v, %v", again, err)
		}
	}
	expect("kept", "p promise due 2025-03-18 done 2025-03-15")
	stale := e
	stale.Due += 5
	if err := s.Change(t.Context(), &stale); behold.KindOf(err) != behold.Conflict {
		t.Errorf("a change to what is no longer so: %v", err)
	}
	by := behold.EntrySignature{Who: "jonas@nordkaffe.example", At: noon.Add(time.Hour)}
	for range 2 {
		if back, err := s.TakeBack(t.Context(), "p", 2, by); err != nil || back.Version != 3 || back.Done.Known() || back.Who != mette || back.Changed.Who != by.Who {
			t.Fatalf("not kept after all: %+v, %v", back, err)
		}
	}
	expect("not kept after all", "p promise due 2025-03-18")
	if _, err := s.TakeBack(t.Context(), "p", 1, by); behold.KindOf(err) != behold.Conflict {
		t.Errorf("taking back what has changed since: %v", err)
	}
	if gone, err := s.TakeBack(t.Context(), "p", 3, by); err != nil || !gone.Undone { // undoing goes on
		t.Fatal(gone, err)
	}
	expect("never promised", "")
	if again, err := s.TakeBack(t.Context(), "p", 4, by); err != nil || again.Undone || again.Done.Known() {
		t.Fatal(again, err)
	}
	expect("promised after all", "p promise due 2025-03-18")
	kept.Version = 5
	if err := s.Change(t.Context(), &kept); err != nil {
		t.Fatal(err)
	}
	expect("kept again", "p promise due 2025-03-18 done 2025-03-15")
	for _, want := range []string{"p promise due 2025-03-18", ""} {
		now, err := s.Entry(t.Context(), "p")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.TakeBack(t.Context(), "p", now.Version, by); err != nil {
			t.Fatal(err)
		}
		expect("undone step by step", want)
	}
	if _, err := s.TakeBack(t.Context(), "p", 8, by); err != nil {
		t.Fatal(err)
	}

	n := write(t, s, entryOf("n", behold.EntryNote))
	gone, err := s.TakeBack(t.Context(), "n", n.Version, by)
	if err != nil || !gone.Undone {
		t.Fatalf("%+v, %v", gone, err)
	}
	expect("note gone", "p promise due 2025-03-18")
	if now, err := s.Entry(t.Context(), "n"); err != nil || !now.Undone {
		t.Errorf("%+v, %v", now, err)
	}
	again := *n
	if err := s.Write(t.Context(), &again); behold.KindOf(err) != behold.Conflict {
		t.Errorf("the form of an entry that was taken back, sent again: %v", err)
	}
	if back, err := s.TakeBack(t.Context(), "n", gone.Version, by); err != nil || back.Undone || back.Text != n.Text {
		t.Errorf("brought again: %+v, %v", back, err)
	}
	if size, last, err := s.Book(t.Context()); err != nil || size != 12 || last != behold.DayOf(by.At.Local()) {
		t.Errorf("%d versions, the last on %s, %v", size, last, err)
	}
}

func TestEntryThatLacksSomething(t *testing.T) {
	s := open(t)
	for code, spoil := range map[string]func(*behold.Entry){
		"entry_form":      func(e *behold.Entry) { e.ID = "" },
		"entry_customer":  func(e *behold.Entry) { e.Customer = " " },
		"entry_long":      func(e *behold.Entry) { e.Text = strings.Repeat("å", behold.EntryText+1) },
		"entry_future":    func(e *behold.Entry) { e.At = noon.Add(48 * time.Hour) },
		"entry_past":      func(e *behold.Entry) { e.At = noon.AddDate(-20, 0, 0) },
		"entry_amount":    func(e *behold.Entry) { e.Amount.Minor = -1 },
		"entry_kind":      func(e *behold.Entry) { e.Kind = "gossip" },
		"entry_what":      func(e *behold.Entry) { e.Text = " \n" },
		"entry_due":       func(e *behold.Entry) { e.Due = behold.NoDay },
		"entry_due_past":  func(e *behold.Entry) { e.Due = behold.DayOf(noon) - 1 },
		"entry_due_far":   func(e *behold.Entry) { e.Due = behold.DayOf(noon) + 4000 },
		"entry_why":       func(e *behold.Entry) { e.Broken = behold.DayOf(noon) },
		"entry_done":      func(e *behold.Entry) { e.Done = behold.DayOf(noon) + 1 },
		"entry_done_past": func(e *behold.Entry) { e.Done = behold.DayOf(noon) - 1 },
		"entry_text":      func(e *behold.Entry) { e.Kind, e.Text = behold.EntryNote, "" },
		"entry_asked":     func(e *behold.Entry) { e.Kind, e.Text = behold.EntryRefusal, "" },
		"entry_need":      func(e *behold.Entry) { e.Kind, e.Text = behold.EntryNeed, "" },
		"entry_channel":   func(e *behold.Entry) { e.Kind, e.Channel = behold.EntryContact, "pigeon" },
		"entry_direction": func(e *behold.Entry) { e.Kind, e.Channel = behold.EntryContact, "call" },
		"entry_reason":    func(e *behold.Entry) { e.Kind = behold.EntryLoss },
		"entry_left":      func(e *behold.Entry) { e.Kind, e.Reason = behold.EntryLoss, behold.Quality },
		"entry_left_future": func(e *behold.Entry) {
			e.Kind, e.Reason, e.Left = behold.EntryLoss, behold.Quality, behold.DayOf(noon)+1
		},
		"entry_said": func(e *behold.Entry) { e.Kind, e.Reason, e.Left = behold.EntryLoss, behold.Quality, behold.DayOf(noon) },
	} {
		e := entryOf("x", behold.EntryPromise)
		spoil(e)
		err := s.Write(t.Context(), e)
		said, ok := err.(*behold.Error)
		if !ok || said.Code != code || said.Hint == "" || said.Kind != behold.Invalid {
			t.Errorf("%s: %#v", code, err)
		}
	}
	if got := listed(t, s, behold.EntryQuery{Since: behold.NoDay}); got != "" {
		t.Errorf("refused, but kept: %s", got)
	}
	if _, err := s.Entry(t.Context(), "x"); behold.KindOf(err) != behold.NotFound {
		t.Error(err)
	}
	if _, err := s.TakeBack(t.Context(), "x", 1, behold.EntrySignature{}); behold.KindOf(err) != behold.NotFound {
		t.Error(err)
	}
}
