package main

import (
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"behold"
)

// A command that is killed at any moment and run again leaves the same as one
// that was never killed.
func TestKilledImportAndRoundComeOutTheSame(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills processes")
	}
	shop := t.TempDir()
	must(t, exitDone, t.TempDir(), "sample", "--customers", "400", "--until", "2025-06-30", "--out", shop)
	orders, customers := filepath.Join(shop, "orders.csv"), filepath.Join(shop, "customers.csv")
	commands := [][]string{{"import", customers}, {"import", orders}, {"round", "--day", "2025-05-31"}, {"round", "--day", "2025-06-30"}}

	quiet := t.TempDir()
	for _, c := range commands {
		must(t, exitDone, quiet, c...)
	}
	want := everything(t, quiet)

	dice := rand.New(rand.NewPCG(1, uint64(time.Now().UnixNano())))
	for try := range 3 {
		dir := t.TempDir()
		kills := 0
		for _, c := range commands {
			for range 4 {
				if kill(t, process(t, dir, c...), time.Duration(dice.IntN(900))*time.Millisecond) {
					kills++
				}
			}
			must(t, exitDone, dir, c...)
		}
		if got := everything(t, dir); got != want {
			t.Errorf("try %d, %d kills: the data differ from what was never killed\ngot  %s\nwant %s", try, kills, head(got), head(want))
		}
		if s := run1(t, dir, "doctor"); s.code != exitDone {
			t.Errorf("try %d: the doctor finds something broken:\n%s", try, s.out)
		}
	}
}

// kill lets the process work for a while and then kills it; it says whether
// there was still something to kill.
func kill(t *testing.T, cmd *exec.Cmd, after time.Duration) bool {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	cmd.Process.Kill()
	return cmd.Wait() != nil && cmd.ProcessState.ExitCode() == -1
}

// everything is all that a colleague can see of a data folder.
func everything(t *testing.T, dir string) string {
	t.Helper()
	all := ""
	for _, day := range []behold.Day{behold.Date(2025, 5, 31), behold.Date(2025, 6, 30)} {
		for _, list := range []string{"lamps", "standings"} {
			all += must(t, exitDone, dir, list, "--day", day.String(), "--format", "json").out
		}
	}
	return all
}

func head(s string) string { return s[:min(len(s), 400)] }
