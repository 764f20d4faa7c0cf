package app

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"behold"
)

func small() InventedShop { return InventedShop{Customers: 40, Seed: 3} }

// TestInvent wants the invented shop to come whole, to be alone, and to leave
// nothing behind.
func TestInvent(t *testing.T) {
	dir := t.TempDir()
	a := openApp(t, dir)
	defer a.Close()
	if err := a.Set(t.Context(), "company", "Ours"); err != nil {
		t.Fatal(err)
	}
	var last int64
	r, err := a.Invent(t.Context(), small(), func(done, _ int64) { last = done })
	if err != nil || r == nil || r.Customers == 0 || last != 1000 {
		t.Fatalf("round %v, told up to %d, %v", r, last, err)
	}
	if set, _ := a.State.Settings(t.Context()); set.Company != "Kløverhavn Engros" || set.Currency != "DKK" {
		t.Errorf("settings of the shop: %+v", set)
	}
	if err := a.State.SaveMood(t.Context(), behold.Mood{Customer: "K-1000", Feels: behold.MoodBad}); err != nil {
		t.Fatal(err)
	}
	real := filepath.Join(t.TempDir(), "orders.csv")
	if err := os.WriteFile(real, []byte("customer,date,order,amount\nA,2025-01-02,1,10\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Import(t.Context(), ImportJob{Path: real}); behold.KindOf(err) != behold.Conflict {
		t.Fatalf("a real file beside invented ones: %v", err)
	}
	if err := a.RemoveInvented(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantEmpty(t, a)
	if err := a.RemoveInvented(t.Context()); behold.KindOf(err) != behold.NotFound {
		t.Errorf("removed once more: %v", err)
	}
	if _, err := a.Import(t.Context(), ImportJob{Path: real}); err != nil {
		t.Errorf("a real file after it: %v", err)
	}
	if _, err := a.Invent(t.Context(), small(), nil); behold.KindOf(err) != behold.Conflict {
		t.Errorf("the invented shop beside a real file: %v", err)
	}
}

func wantEmpty(t *testing.T, a *App) {
	t.Helper()
	held, err := a.Facts.Holdings(t.Context(), someday())
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range held {
		if h.Rows != 0 {
			t.Errorf("%d rows of %s are left", h.Rows, h.Table)
		}
	}
	if mood, _ := a.State.MoodOf(t.Context(), "K-1000"); mood.Feels != "" {
		t.Errorf("a mood is left: %+v", mood)
	}
	imports, _ := a.Facts.Imports(t.Context())
	rounds, _ := a.State.Rounds(t.Context())
	set, _ := a.State.Settings(t.Context())
	left, _ := os.ReadDir(a.path("files"))
	i, err := a.Invention(t.Context())
	if len(imports) != 0 || len(rounds) != 0 || set.Company != "Ours" || set.Currency != "" || len(left) != 0 || i.Stage != behold.NotInvented || err != nil {
		t.Errorf("left: %d imports, %d rounds, %+v, %d files, stage %q, %v", len(imports), len(rounds), set, len(left), i.Stage, err)
	}
}

// TestInventGoesOn wants a shop that was cut short to be finished, nothing of it
// twice, and one whose removal was cut short to be gone in the end.
func TestInventGoesOn(t *testing.T) {
	dir := t.TempDir()
	a := openApp(t, dir)
	if err := a.Set(t.Context(), "company", "Ours"); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	if _, err := a.Invent(ctx, small(), func(done, _ int64) {
		if done > 300 {
			stop()
		}
	}); err == nil {
		t.Fatal("nothing stopped it")
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a = openApp(t, dir)
	defer a.Close()
	if i, _ := a.Invention(t.Context()); i.Stage != behold.InventionFilling {
		t.Fatalf("stage %q", i.Stage)
	}
	if _, err := a.Invent(t.Context(), UsualShop(), nil); err != nil {
		t.Fatal(err)
	}
	imports, _ := a.Facts.Imports(t.Context())
	if len(imports) != len(behold.Tables()) {
		t.Errorf("%d imports of %d tables", len(imports), len(behold.Tables()))
	}
	if e, _ := a.Facts.Extent(t.Context(), endOfTime); e.Customers > 40 {
		t.Errorf("%d customers: another shop came", e.Customers)
	}
	i, _ := a.Invention(t.Context())
	set, _ := a.State.Settings(t.Context())
	i.Stage = behold.InventionLeaving
	if err := a.State.SaveInvention(t.Context(), i, set); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(a.path("files")); err != nil { // and killed here
		t.Fatal(err)
	}
	if _, err := a.Invent(t.Context(), small(), nil); behold.KindOf(err) != behold.Conflict {
		t.Errorf("filled while it is on its way out: %v", err)
	}
	if err := a.RemoveInvented(t.Context()); err != nil {
		t.Fatal(err)
	}
	wantEmpty(t, a)
}
