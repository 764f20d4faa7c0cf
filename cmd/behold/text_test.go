package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"behold/internal/realdata"
)

// A model is learned, kept, used and scored, each by a command of its own.
func TestTextCommands(t *testing.T) {
	dir := t.TempDir()
	var b strings.Builder
	b.WriteString("id;what;why\n")
	for i := range 200 {
		fmt.Fprintf(&b, "%d;The parcel %d came too late;late\n%d;Invoice %d is wrong;bill\n%d;Thanks;\n", 3*i, i, 3*i+1, i, 3*i+2)
	}
	path, model := file(t, "told.csv", b.String()), filepath.Join(dir, "m.model")
	trained := must(t, exitDone, dir, "text", "train", path, "--text", "what", "--label", "why", "--out", model)
	var told struct {
		Texts, Tried, Right int
		Labels              []string
	}
	if err := json.Unmarshal([]byte(trained.out), &told); err != nil {
		t.Fatal(err)
	}
	if told.Texts != 400 || told.Tried != 80 || told.Right != 80 || len(told.Labels) != 2 || !strings.Contains(trained.err, "200 rows without a label left out") {
		t.Errorf("learned %+v, said %q", told, trained.err)
	}
	asked := file(t, "asked.csv", "body\nmy parcel is late\n\"the invoice, again, is wrong\"\n\n")
	got := must(t, exitDone, dir, "text", "classify", asked, "--text", "body", "--model", model)
	lines := strings.Split(strings.TrimSpace(got.out), "\n")
	if lines[0] != "row,label,probability,unsure" || !strings.HasPrefix(lines[1], "1,late,") || !strings.HasPrefix(lines[2], "2,bill,") {
		t.Errorf("sorted\n%s", got.out)
	}
	scored := must(t, exitDone, dir, "text", "score", path, "--text", "what", "--label", "why", "--model", model)
	var score struct {
		N                  int
		MacroF1            float64 `json:"macro_f1"`
		Accuracy, Coverage float64
		Curve              []struct{ Coverage, Cut, Precision float64 }
	}
	if err := json.Unmarshal([]byte(scored.out), &score); err != nil {
		t.Fatal(err)
	}
	if score.N != 400 || score.MacroF1 != 1 || score.Coverage != 1 || len(score.Curve) != 10 || score.Curve[9].Coverage != 1 {
		t.Errorf("score %+v", score)
	}
	own := must(t, exitDone, dir, "text", "classify", file(t, "own.csv", "why\nYou never answered my mails and I waited for weeks\n"), "--text", "why")
	if !strings.Contains(own.out, "1,slow_response,") {
		t.Errorf("without a model the reasons are given:\n%s", own.out)
	}
}

func TestTextCommandsRefuse(t *testing.T) {
	dir := t.TempDir()
	texts := file(t, "texts.csv", "body,label\na b c,x\nd e f,x\n")
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"one label":       {[]string{"train", texts, "--text", "body", "--label", "label", "--out", filepath.Join(dir, "m")}, "nothing to tell apart"},
		"no such column":  {[]string{"train", texts, "--text", "words", "--label", "label", "--out", filepath.Join(dir, "m")}, "has no column words"},
		"no such folder":  {[]string{"train", file(t, "two.csv", "body,label\na,x\nb,x\nc,y\nd,y\n"), "--text", "body", "--label", "label", "--out", filepath.Join(dir, "no", "m")}, "cannot be written"},
		"no such model":   {[]string{"classify", texts, "--text", "body", "--model", filepath.Join(dir, "none")}, "there is no model at"},
		"no model at all": {[]string{"classify", texts, "--text", "body", "--model", texts}, "this is no model of texts"},
	} {
		t.Run(name, func(t *testing.T) {
			got := must(t, exitFailed, dir, append([]string{"text"}, c.args...)...)
			if !strings.Contains(got.err, c.says) || !strings.Contains(got.err, "hint:") || got.out != "" {
				t.Errorf("stdout %q, stderr %q", got.out, got.err)
			}
		})
	}
}

// Seventy-seven intents of questions to a bank, learned from 10,003 and tried on 3,080.
func TestTextCommandsOnManyLabels(t *testing.T) {
	model := filepath.Join(t.TempDir(), "bank.model")
	must(t, exitDone, t.TempDir(), "text", "train", realdata.Path(t, "data/banking77_train.csv.gz"), "--text", "text", "--label", "category", "--out", model)
	got := must(t, exitDone, t.TempDir(), "text", "score", realdata.Path(t, "data/banking77_test.csv.gz"), "--text", "text", "--label", "category", "--model", model)
	var score struct {
		N       int
		MacroF1 float64 `json:"macro_f1"`
	}
	if err := json.Unmarshal([]byte(got.out), &score); err != nil {
		t.Fatal(err)
	}
	if score.N != 3080 || score.MacroF1 < .89 {
		t.Errorf("%d questions, macro-F1 %.3f", score.N, score.MacroF1)
	}
}
