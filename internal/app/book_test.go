package app

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"behold"
	"behold/internal/sample"
)

// TestMain lets the test binary be the child that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("BEHOLD_TEST_BOOK"); dir != "" {
		fmt.Fprintln(os.Stderr, takeOverAlways(dir))
		os.Exit(1)
	}
	if dir := os.Getenv("BEHOLD_TEST_LETTERS"); dir != "" {
		fmt.Fprintln(os.Stderr, postUntilKilled(dir))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// takeOverAlways copies the book again and again until it is killed.
func takeOverAlways(dir string) error {
	ctx := context.Background()
	a, err := Open(ctx, Config{Data: dir, Log: "error"}, "a test")
	for err == nil {
		err = a.copyBook(ctx)
	}
	return err
}

func openApp(t testing.TB, dir string) *App {
	t.Helper()
	a, err := Open(t.Context(), Config{Data: dir, Log: "error"}, "a test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	return a
}

// invented fills a folder with an invented shop whose last day is yesterday and
// that has no file of promises.
func invented(t testing.TB, a *App, customers int64) {
	t.Helper()
	dir := t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{Customers: customers, Months: 30, Seed: 5, Until: behold.DayOf(time.Now()) - 1}); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	var jobs []ImportJob
	for _, f := range files {
		if name := filepath.Base(f); name != "truth.csv" && name != "promises.csv" {
			jobs = append(jobs, ImportJob{Path: f})
		}
	}
	for _, job := range a.InOrder(t.Context(), jobs) {
		if _, err := a.Import(t.Context(), job); err != nil {
			t.Fatalf("%s: %v", job.Path, err)
		}
	}
}

// judged walks a round and gives the customers with a lamp of the kind.
func judged(t testing.TB, a *App, kind behold.LampKind) []string {
	t.Helper()
	if _, err := a.Round(t.Context(), behold.NoDay, nil); err != nil {
		t.Fatal(err)
	}
	list, _, err := a.State.LitLamps(t.Context(), behold.LampQuery{Day: behold.NoDay, Kind: kind})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, l := range list {
		ids = append(ids, l.ID)
	}
	return ids
}

func entryOf(customer string, kind behold.EntryKind) *behold.Entry {
	now := time.Now()
	return &behold.Entry{
		ID: fmt.Sprint(kind, now.UnixNano()), Customer: customer, Kind: kind, At: now, Due: behold.NoDay, Done: behold.NoDay, Broken: behold.NoDay, Left: behold.NoDay,
		Who: "mette@nordkaffe.example", Written: now, Changed: behold.EntrySignature{At: now}, Text: "a few words",
	}
}

func (a *App) writeDown(t testing.TB, e *behold.Entry) *behold.Entry {
	t.Helper()
	if err := a.State.Write(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	return e
}

// What colleagues write down is judged at the next round: who was called is no
// longer overlooked, a promise that nobody kept lights a lamp, one that was kept
// after all puts it out, and the reason that a customer gave is the main one.
// Taken back, it is as if it had never been written.
func TestLampsReadTheBook(t *testing.T) {
	a := openApp(t, t.TempDir())
	invented(t, a, 250)
	for i := range 100 { // promises are kept here, as a rule
		e := entryOf(fmt.Sprintf("K-%d", 1001+i), behold.EntryPromise)
		e.At, e.Due = e.At.AddDate(0, 0, -200), behold.DayOf(e.At)-190
		e.Done, e.ID = e.Due, fmt.Sprint("old", i)
		a.writeDown(t, e)
	}
	overlooked := judged(t, a, behold.LampAttention)
	if len(overlooked) < 2 {
		t.Fatalf("only %d customers are overlooked", len(overlooked))
	}
	other := overlooked[1]
	before, err := a.Facts.Imports(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	called := overlooked[0]
	call := entryOf(called, behold.EntryContact)
	call.Channel, call.Direction = "call", "out"
	a.writeDown(t, call)
	promise := entryOf(other, behold.EntryPromise)
	promise.At, promise.Due = promise.At.AddDate(0, 0, -40), behold.DayOf(time.Now())-30
	a.writeDown(t, promise)
	now := judged(t, a, behold.LampAttention)
	if slices.Contains(now, called) || !slices.Contains(now, other) {
		t.Errorf("called %s; overlooked are %v", called, now)
	}
	if broken := judged(t, a, behold.LampPromise); !slices.Contains(broken, other) {
		t.Errorf("the promise to %s is a month late; broken are %v", other, broken)
	}
	kept := *promise
	kept.Done = kept.Due
	if err := a.State.Change(t.Context(), &kept); err != nil {
		t.Fatal(err)
	}
	if broken := judged(t, a, behold.LampPromise); slices.Contains(broken, other) {
		t.Errorf("the promise to %s was kept; broken are %v", other, broken)
	}
	if _, err := a.State.TakeBack(t.Context(), call.ID, call.Version, behold.EntrySignature{At: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if again := judged(t, a, behold.LampAttention); !slices.Contains(again, called) {
		t.Errorf("the call to %s was taken back; overlooked are %v", called, again)
	}
	if after, err := a.Facts.Imports(t.Context()); err != nil || len(after) != len(before) {
		t.Errorf("%d imports, before the book %d: %v", len(after), len(before), err)
	}
}

func TestLossInTheBookIsTheReason(t *testing.T) {
	a := openApp(t, t.TempDir())
	invented(t, a, 150)
	lit := judged(t, a, behold.LampRhythm)
	if len(lit) == 0 {
		t.Fatal("nobody is silent")
	}
	loss := entryOf(lit[0], behold.EntryLoss)
	loss.Reason, loss.Said, loss.Left, loss.Competitor = behold.Quality, behold.SaidByCustomer, behold.DayOf(time.Now())-20, "Kaffehuset"
	a.writeDown(t, loss)
	judged(t, a, behold.LampRhythm)
	var main behold.Reason
	err := a.Standings(t.Context(), behold.StandingQuery{Day: behold.NoDay, ID: lit[0]}, func(s *behold.Standing) error {
		main = s.MainReason
		return nil
	})
	if err != nil || main != behold.Quality {
		t.Errorf("the main reason of %s is %q, %v", lit[0], main, err)
	}
}

// The book takes the place of what was taken over before, whatever happens to
// files meanwhile, and a file cannot pass for it.
func TestBookAndFiles(t *testing.T) {
	a := openApp(t, t.TempDir())
	path := filepath.Join(t.TempDir(), "orders.csv")
	if err := os.WriteFile(path, []byte("order,customer,date,amount\n1,K-1,2025-01-01,10\n2,K-1,2025-02-01,10\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	first, err := a.Import(t.Context(), ImportJob{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Import(t.Context(), ImportJob{Path: path, Source: behold.BookSource}); behold.KindOf(err) != behold.Invalid {
		t.Errorf("a file that calls itself the book: %v", err)
	}
	call := entryOf("K-1", behold.EntryContact)
	call.Channel, call.Direction = "visit", "in"
	a.writeDown(t, call)
	for range 3 {
		if err := a.takeOverBook(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	book, err := a.Facts.Book(t.Context())
	if err != nil || book.Read != 1 || book.Kept != 1 {
		t.Fatalf("%+v, %v", book, err)
	}
	if err := a.Undo(t.Context(), book.Import); behold.KindOf(err) != behold.Conflict {
		t.Errorf("the book was taken back as a file: %v", err)
	}
	if err := a.Undo(t.Context(), first.Import); err != nil { // it named K-1 first
		t.Fatal(err)
	}
	if _, err := a.Import(t.Context(), ImportJob{Path: path}); err != nil {
		t.Fatal(err)
	}
	if events, n, err := a.Facts.Events(t.Context(), "K-1", behold.DayOf(time.Now()), behold.Slice{}); err != nil || n != 1 || events[0].ID != call.BookID() {
		t.Errorf("%+v, %v", events, err)
	}
}

// A process that is killed while it takes the book over leaves all of it or none
// of it, and never any of it twice.
func TestBookSurvivesKill(t *testing.T) {
	dir := t.TempDir()
	a, err := Open(t.Context(), Config{Data: dir, Log: "error"}, "a test")
	if err != nil {
		t.Fatal(err)
	}
	const entries = 200
	for i := range entries {
		e := entryOf(fmt.Sprintf("K-%d", i%7), behold.EntryContact)
		e.ID, e.Channel, e.Direction = fmt.Sprint("e", i), "call", "out"
		a.writeDown(t, e)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	for n := range 4 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), "BEHOLD_TEST_BOOK="+dir)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(250+130*n) * time.Millisecond)
		child.Process.Kill()
		child.Wait()
	}
	a = openApp(t, dir)
	if err := a.takeOverBook(t.Context()); err != nil {
		t.Fatal(err)
	}
	rows := 0
	for k := range 7 {
		_, n, err := a.Facts.Events(t.Context(), fmt.Sprintf("K-%d", k), behold.DayOf(time.Now()), behold.Slice{})
		if err != nil {
			t.Fatal(err)
		}
		rows += n
	}
	if rows != entries {
		t.Errorf("%d rows of %d entries", rows, entries)
	}
}

func BenchmarkTakeOverBook(b *testing.B) {
	a := openApp(b, b.TempDir())
	for i := range 50_000 {
		e := entryOf(fmt.Sprintf("K-%d", i%5000), behold.EntryContact)
		e.ID, e.Channel, e.Direction = fmt.Sprint("e", i), "call", "out"
		a.writeDown(b, e)
	}
	for b.Loop() {
		if err := a.copyBook(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
