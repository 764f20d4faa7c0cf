package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The report begins with the first round, says the same when that is walked again,
// and claims nothing while there is nothing to claim; lamps lists those whom pages
// do not show; the secret of the lot is nowhere.
func TestReportEffect(t *testing.T) {
	dir := t.TempDir()
	if s := run1(t, dir, "report", "effect"); s.code != exitFailed || !strings.Contains(s.err, "behold round") {
		t.Errorf("exit %d, %s", s.code, s.err)
	}
	files := t.TempDir()
	must(t, exitDone, dir, "sample", "--customers", "120", "--out", files)
	must(t, exitDone, dir, "import", files)
	must(t, exitDone, dir, "config", "set", "holdout_share", "0.4")
	must(t, exitDone, dir, "round")
	page := filepath.Join(t.TempDir(), "effect.html")
	first := must(t, exitDone, dir, "report", "effect", "--format", "json", "--html", page, "--language", "sv")
	told := figures(t, first.out)
	episodes, _ := told["episodes"].(map[string]any)
	if told["stage"] != "waiting" || told["effect"] != nil || told["cost_per_kept"] != nil || told["power"] == nil || fmt.Sprint(episodes["begun"]) == "0" || told["holdout_share"] != 0.4 {
		t.Errorf("%s", first.out)
	}
	must(t, exitDone, dir, "round")
	if again := must(t, exitDone, dir, "report", "effect", "--format", "json"); again.out != first.out {
		t.Errorf("walked again it says\n%s", again.out)
	}
	html, err := os.ReadFile(page)
	if err != nil || !strings.Contains(string(html), `<html lang="sv">`) || !strings.Contains(string(html), "Det är för tidigt") {
		t.Errorf("%v: %.300s", err, html)
	}
	if rows := must(t, exitDone, dir, "report", "effect", "--format", "csv"); !strings.HasPrefix(rows.out, "part,what,n,n_held,value,low,high,verdict\nstage,waiting,") {
		t.Errorf("%s", rows.out)
	}
	if config := must(t, exitDone, dir, "config", "--format", "json"); strings.Contains(config.out, "secret") || strings.Contains(config.out, `"lot"`) {
		t.Errorf("%s", config.out)
	}
	must(t, exitDone, dir, "config", "set", "holdout_share", "0")
	if off := must(t, exitDone, dir, "report", "effect"); !strings.Contains(off.out, "No effect is claimed") {
		t.Errorf("%s", off.out)
	}
}
