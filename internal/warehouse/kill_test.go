package warehouse

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"behold"
)

// TestMain lets the test binary be the child that is killed.
func TestMain(m *testing.M) {
	if path := os.Getenv("BEHOLD_TEST_IMPORT_INTO"); path != "" {
		if err := importAll(path); err != nil {
			if behold.KindOf(err) == behold.Conflict {
				fmt.Fprint(os.Stderr, "conflict: ")
			}
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// killFiles is how many files the child imports; each overlaps the one before
// and changes some of its lines.
const killFiles = 25

func fileOf(n int) *behold.Lines {
	l := &behold.Lines{}
	run(l, n*3000, 5000, 400)
	for i := range l.Amount {
		if i%7 == n%7 {
			l.Amount[i] += int64(n)
		}
	}
	return l
}

// casesOf are tickets beside the lines; each file closes some of the one before.
func casesOf(n int) *behold.Records {
	rows := make([]string, 200)
	for k := range rows {
		rows[k] = fmt.Sprintf("ticket=T%d customer=K-%d opened_at=2025-01-02 reopened=%d", n*150+k, k, (k+150)/200)
	}
	return rowsOfText(behold.TableTickets, rows...)
}

// importAll imports every file that has no receipt yet, as a caller would after
// a crash.
func importAll(path string) error {
	w, err := Open(ctx, path, Options{MemoryBytes: 1 << 30, Threads: 2})
	if err != nil {
		return err
	}
	defer w.Close()
	done, err := w.Imports(ctx)
	if err != nil {
		return err
	}
	for n := len(done); n < killFiles; n++ {
		r := receiptOf(fmt.Sprintf("%d.csv", n))
		i, err := w.Begin(ctx, r)
		if err != nil {
			return err
		}
		if err := i.Lines(ctx, fileOf(n)); err != nil {
			return err
		}
		if err := i.Records(ctx, casesOf(n)); err != nil {
			return err
		}
		if err := i.Rejects(ctx, []behold.Reject{{Row: 1, Why: "no_customer"}}); err != nil {
			return err
		}
		if err := i.Commit(ctx, &r); err != nil {
			return err
		}
	}
	return nil
}

// TestKilledImport: a process that is killed at random moments leaves whole
// imports only, and when it was run to the end the facts are those of a process
// that never was killed.
func TestKilledImport(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills processes")
	}
	quiet := filepath.Join(t.TempDir(), "w.duckdb")
	if err := importAll(quiet); err != nil {
		t.Fatal(err)
	}
	want := wholeImports(t, quiet)
	path := filepath.Join(t.TempDir(), "w.duckdb")
	kills := 0
	for range 12 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "BEHOLD_TEST_IMPORT_INTO="+path)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(50+rand.IntN(350)) * time.Millisecond)
		cmd.Process.Kill()
		if cmd.Wait() != nil {
			kills++
		}
		wholeImports(t, path)
	}
	if err := importAll(path); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, wholeImports(t, path)); diff != "" {
		t.Errorf("after %d kills the facts differ from those never killed:\n%s", kills, diff)
	}
	if kills == 0 {
		t.Error("every child was done before it could be killed: nothing was tested")
	}
}

// wholeImports checks that every import is there with all it says it kept, and
// gives the facts.
func wholeImports(t *testing.T, path string) []string {
	t.Helper()
	w, err := Open(ctx, path, Options{MemoryBytes: 1 << 30, Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	receipts, err := w.Imports(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range receipts {
		var lines, cases, rejects int64
		err := w.db.QueryRow("select (select count(*) from line where import_id = $1), (select count(*) from tickets where import_id = $1), (select count(*) from reject where import_id = $1)", r.Import).Scan(&lines, &cases, &rejects)
		if err != nil || lines != r.Kept+r.Changed || cases != 200 || rejects != 1 {
			t.Fatalf("import %d has %d lines, %d tickets and %d rejects (%v); its receipt says kept %d, changed %d", r.Import, lines, cases, rejects, err, r.Kept, r.Changed)
		}
	}
	var loose int64
	if err := w.db.QueryRow("select (select count(*) from line where import_id not in (select import_id from receipt)) + (select count(*) from tickets where import_id not in (select import_id from receipt))").Scan(&loose); err != nil || loose != 0 {
		t.Fatalf("%d rows belong to no import (%v)", loose, err)
	}
	return append(dump(t, w), dumpRecords(t, w, behold.TableTickets)...)
}

// TestSecondProcess: two processes never have one file, and the second is told.
func TestSecondProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	w, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "BEHOLD_TEST_IMPORT_INTO="+path)
	said, err := cmd.CombinedOutput()
	if err == nil || !strings.HasPrefix(string(said), "conflict: ") {
		t.Errorf("the second process: %v\n%s", err, said)
	}
}

func TestForeignFiles(t *testing.T) {
	dir := t.TempDir()
	torn := filepath.Join(dir, "torn")
	if err := os.WriteFile(torn, make([]byte, 50_000), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, torn, Options{}); behold.KindOf(err) != behold.Invalid || behold.HintOf(err) == "" {
		t.Errorf("a torn file: %v (hint %q), want Invalid with a hint", err, behold.HintOf(err))
	}
	other := filepath.Join(dir, "other.duckdb")
	w, err := Open(ctx, other, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Exec("drop table behold_schema"); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if _, err := Open(ctx, other, Options{}); behold.KindOf(err) != behold.Invalid {
		t.Errorf("somebody else's file: %v, want Invalid", err)
	}
	newer := filepath.Join(dir, "newer.duckdb")
	if w, err = Open(ctx, newer, Options{}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.db.Exec("insert into behold_schema values (99)"); err != nil {
		t.Fatal(err)
	}
	w.Close()
	if _, err := Open(ctx, newer, Options{}); behold.KindOf(err) != behold.Conflict {
		t.Errorf("a newer release's file: %v, want Conflict", err)
	}
}
