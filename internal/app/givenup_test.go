package app

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"behold"
	"behold/internal/lamp"
)

// brokenTo are the customers whose lamp for a broken promise burns now, without
// any round.
func brokenTo(t testing.TB, a *App) (ids []string) {
	t.Helper()
	list, n, err := a.State.LitLamps(t.Context(), behold.LampQuery{Day: behold.NoDay, Kind: behold.LampPromise})
	if err != nil || n != len(list) {
		t.Fatal(n, len(list), err)
	}
	sum, err := a.State.LampSummary(t.Context())
	if err != nil || sum.Kinds[behold.LampPromise] != len(list) {
		t.Fatalf("%d lamps are listed and %d counted: %v", len(list), sum.Kinds[behold.LampPromise], err)
	}
	for _, l := range list {
		ids = append(ids, l.ID)
	}
	return ids
}

// A promise that is given up lights its lamp at once, once however often it is
// pressed; taken back, or kept after all, puts it out; the rounds between agree.
func TestGivenUpLightsAtOnce(t *testing.T) {
	a := openApp(t, t.TempDir())
	invented(t, a, 120)
	silent := judged(t, a, behold.LampRhythm)
	if len(silent) == 0 || len(brokenTo(t, a)) > 0 {
		t.Fatalf("silent %v, broken %v", silent, brokenTo(t, a))
	}
	whom, pages := silent[0], book{a.State, a}
	made := entryOf(whom, behold.EntryPromise)
	made.Due = behold.DayOf(time.Now()) + 14
	if err := pages.Write(t.Context(), made); err != nil || len(brokenTo(t, a)) != 0 {
		t.Fatal(err, brokenTo(t, a))
	}
	gone := *made
	gone.Broken, gone.Why = behold.DayOf(time.Now()), "sold out"
	for range 2 {
		again := gone
		if err := pages.Change(t.Context(), &again); err != nil {
			t.Fatal(err)
		}
		if got := brokenTo(t, a); !slices.Equal(got, []string{whom}) {
			t.Fatalf("lit for %v", got)
		}
		gone.Version = again.Version
	}
	if got := judged(t, a, behold.LampPromise); !slices.Equal(got, []string{whom}) {
		t.Fatalf("the round lights %v", got)
	}
	cards, _, err := a.State.LitLamps(t.Context(), behold.LampQuery{Day: behold.NoDay, Kind: behold.LampPromise})
	if err != nil || !lamp.ByGivingUp(&cards[0].Lamp) || cards[0].Since != gone.Broken || len(cards[0].Evidence.Rows) != 1 || cards[0].Evidence.Rows[0].ID != made.BookID() {
		t.Fatalf("%+v, %v", cards[0], err)
	}
	if _, err := pages.TakeBack(t.Context(), made.ID, gone.Version, made.Changed); err != nil {
		t.Fatal(err)
	}
	if got := brokenTo(t, a); len(got) != 0 {
		t.Errorf("taken back, and lit for %v", got)
	}
	if got := judged(t, a, behold.LampPromise); len(got) != 0 {
		t.Errorf("taken back, and the round lights %v", got)
	}
}

// A promise of a file that is settled here counts once, as it was settled.
func TestFiledPromiseIsSettledHere(t *testing.T) {
	a := openApp(t, t.TempDir())
	invented(t, a, 120)
	whom := judged(t, a, behold.LampRhythm)[0]
	today := behold.DayOf(time.Now())
	rows := "promise,customer,made_at,due_at,kept_at,text\n"
	for i := range 60 { // kept here, as a rule
		rows += fmt.Sprintf("old-%d,K-%d,%s,%s,%s,a call\n", i, 1001+i, today-200, today-190, today-190)
	}
	importText(t, a, "promises.csv", rows+fmt.Sprintf("late-1,%s,%s,%s,,new spoons\n", whom, today-40, today-30))
	if got := judged(t, a, behold.LampPromise); !slices.Equal(got, []string{whom}) {
		t.Fatalf("a month late: %v", got)
	}
	all := promises{a}
	q := behold.PromiseQuery{Day: today, Customer: whom, Since: behold.NoDay}
	cards, err := all.Promised(t.Context(), q)
	at := slices.IndexFunc(cards, func(c behold.PromiseCard) bool { return c.Number == "late-1" })
	if err != nil || at < 0 {
		t.Fatal(cards, err)
	}
	pages := book{a.State, a}
	e := cards[at].TakeOver(0, behold.EntrySignature{Who: "mette@nordkaffe.example", At: time.Now()})
	e.Done = e.Due
	for range 2 {
		twice := e
		if err := pages.Write(t.Context(), &twice); err != nil {
			t.Fatal(err)
		}
		e.Version = twice.Version
	}
	settled, err := all.Promised(t.Context(), q)
	if err != nil || len(settled) != len(cards) || !slices.ContainsFunc(settled, func(c behold.PromiseCard) bool {
		return c.Of == "late-1" && c.Kept.Known() && c.Text == "new spoons"
	}) {
		t.Fatalf("%+v, %v", settled, err)
	}
	if got := judged(t, a, behold.LampPromise); len(got) != 0 {
		t.Errorf("kept in time, and lit for %v", got)
	}
	if _, err := pages.TakeBack(t.Context(), e.ID, e.Version, e.Changed); err != nil {
		t.Fatal(err)
	}
	if got := judged(t, a, behold.LampPromise); !slices.Equal(got, []string{whom}) {
		t.Errorf("taken back: %v", got)
	}
}

func importText(t testing.TB, a *App, name, text string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Import(t.Context(), ImportJob{Path: path}); err != nil {
		t.Fatal(err)
	}
}
