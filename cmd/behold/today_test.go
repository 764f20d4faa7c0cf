package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// From invoices to a list: who, how, why, and how much of it is expected to be for
// nothing.
func TestToday(t *testing.T) {
	dir := t.TempDir()
	if s := must(t, exitFailed, dir, "today"); !strings.Contains(s.err, "behold round") {
		t.Error(s.err)
	}
	files := t.TempDir()
	must(t, exitDone, dir, "sample", "--customers", "150", "--out", files)
	must(t, exitDone, dir, "import", files)
	must(t, exitDone, dir, "round")
	var list []struct {
		Place, Minutes              float64
		Colleague, Customer, Action string
		Says                        string
		Gain                        float64
		FalseShare                  float64 `json:"false_share"`
		FalseLow                    float64 `json:"false_low"`
		FalseHigh                   float64 `json:"false_high"`
		ChanceLeave                 float64 `json:"chance_leave"`
	}
	read := func(args ...string) {
		t.Helper()
		list = nil
		if err := json.Unmarshal([]byte(must(t, exitDone, dir, append([]string{"today", "--format", "json"}, args...)...).out), &list); err != nil {
			t.Fatal(err)
		}
	}
	read()
	if len(list) < 8 {
		t.Fatalf("%d tasks", len(list))
	}
	stay := 0.0
	for _, one := range list {
		stay += (1 - one.ChanceLeave) / float64(len(list))
		if one.Says == "" || one.Action == "" || one.Minutes <= 0 || one.Gain <= 0 || one.Place < 1 || one.Place > 7 {
			t.Errorf("%+v", one)
		}
	}
	if got := list[0]; got.FalseShare < stay-1e-4 || got.FalseShare > stay+1e-4 || got.FalseLow > stay || got.FalseHigh < stay {
		t.Errorf("%+v, want %v", got, stay)
	}
	first := list[0]
	all := len(list)
	if read("--colleague", strings.ToUpper(first.Colleague)); len(list) == 0 || len(list) >= all {
		t.Errorf("%d of %d tasks are one colleague's", len(list), all)
	}
	for _, one := range list {
		if one.Colleague != first.Colleague {
			t.Errorf("%+v", one)
		}
	}
	if s := must(t, exitDone, dir, "today", "--colleague", first.Colleague, "--language", "da"); !strings.Contains(s.out, "expected to be false alarms") {
		t.Error(s.out)
	}
	if s := must(t, exitDone, dir, "today", "--why", strings.ToLower(first.Customer), "--format", "csv"); !strings.Contains(s.out, "on_list") {
		t.Error(s.out)
	}
	if s := must(t, exitFailed, dir, "today", "--colleague", "nobody@x.dk"); !strings.Contains(s.err, first.Colleague) {
		t.Error(s.err)
	}
	must(t, exitFailed, dir, "today", "--why", "nobody")
	before := must(t, exitDone, dir, "today", "--format", "csv").out
	must(t, exitDone, dir, "config", "set", "tasks_today", "1")
	must(t, exitDone, dir, "round")
	if after := must(t, exitDone, dir, "today", "--format", "csv").out; after != before {
		t.Error("the list of the morning was changed by a round at noon")
	}
}
