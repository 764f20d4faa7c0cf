package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"behold"
	"behold/internal/app"
)

// A round that is killed at any moment, in a process of its own, neither changes nor
// loses who is held out: at no time is there a list whose lots are not kept, and
// the round that is walked then draws what the one draws that nobody killed.
func TestKilledRoundDrawsTheSameLots(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills processes")
	}
	shop, before := t.TempDir(), t.TempDir()
	must(t, exitDone, t.TempDir(), "sample", "--customers", "300", "--until", "2025-06-30", "--out", shop)
	must(t, exitDone, before, "import", filepath.Join(shop, "customers.csv"))
	must(t, exitDone, before, "import", filepath.Join(shop, "orders.csv"))
	open(t, before, func(a *app.App) {
		for name, value := range map[string]string{"holdout_share": "0.4", "tasks_today": "30", "minutes_today": "600"} {
			if err := a.Set(t.Context(), name, value); err != nil {
				t.Fatal(err)
			}
		}
	})
	must(t, exitDone, before, "round", "--day", "2025-05-31") // makes the secret, and the first lots
	quiet := copied(t, before)
	must(t, exitDone, quiet, "round", "--day", "2025-06-30")
	want, list := lots(t, quiet)
	if len(want) < 20 || list == "" {
		t.Fatalf("%d lots, list %q", len(want), list)
	}
	dice := rand.New(rand.NewPCG(2, uint64(time.Now().UnixNano())))
	kills := 0
	for try := range 3 {
		dir := copied(t, before)
		had, _ := lots(t, dir)
		for range 4 {
			if kill(t, process(t, dir, "round", "--day", "2025-06-30"), time.Duration(200+dice.IntN(1500))*time.Millisecond) {
				kills++
			}
			now, made := lots(t, dir)
			for begun, said := range now {
				if want[begun] != said {
					t.Errorf("try %d: the lot of %s is %q, and %q where nobody killed", try, begun, said, want[begun])
				}
			}
			if len(now) < len(had) || made != "" && len(now) != len(want) {
				t.Errorf("try %d: %d lots are kept for the list %q, before %d", try, len(now), made, len(had))
			}
			had = now
		}
		for range 2 {
			must(t, exitDone, dir, "round", "--day", "2025-06-30")
			if got, made := lots(t, dir); fmt.Sprint(got) != fmt.Sprint(want) || made != list {
				t.Errorf("try %d: %d lots and the list %q\nwant %d and %q", try, len(got), made, len(want), list)
			}
		}
	}
	t.Logf("%d kills", kills)
}

func open(t *testing.T, dir string, do func(*app.App)) {
	t.Helper()
	a, err := app.Open(t.Context(), app.Config{Data: dir, Log: "error"}, "a test")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	do(a)
}

// lots are what every lot said, and who is on the lists of the last day; "" while
// there are none.
func lots(t *testing.T, dir string) (said map[string]string, list string) {
	t.Helper()
	said = map[string]string{}
	open(t, dir, func(a *app.App) {
		all, err := a.State.Episodes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range all {
			begun := o.ID + " on " + o.Begins.String()
			if said[begun] != "" {
				t.Errorf("%s has two lots", begun)
			}
			said[begun] = fmt.Sprint(o.Held, o.Share, o.Ends)
		}
		tasks, made, err := a.State.TaskList(t.Context(), behold.NoDay)
		if err != nil {
			t.Fatal(err)
		}
		if made != behold.Date(2025, 6, 30) {
			return
		}
		for _, one := range tasks.Tasks {
			list += one.ID + " "
		}
	})
	return said, list
}

func copied(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}
