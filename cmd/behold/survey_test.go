package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// What people get who look after every answer of a file of theirs.
func TestSurveyReplay(t *testing.T) {
	path := file(t, "answers.csv", "name;how\nA;5\nB;4\nC;Blank\nD;5\nE;9\nF;none\nG;3\nH;0\n")
	got := must(t, exitRejected, t.TempDir(), "survey", "replay", path, "--item", "How", "--scale", "5", "--missing", "0, none", "--format", "json")
	var looks []struct {
		N                int
		Share, Low, High float64
	}
	if err := json.Unmarshal([]byte(got.out), &looks); err != nil {
		t.Fatal(err)
	}
	if len(looks) != 4 || looks[3].N != 4 || looks[3].Share != 0.5 || looks[3].Low > 0.1 || looks[3].High < 0.9 {
		t.Errorf("looks %+v, want half of four answers, hardly known", looks)
	}
	if !strings.Contains(got.err, "line 6: the answer 9 is not on the scale from 1 to 5") || !strings.Contains(got.err, "1 answer left out") {
		t.Errorf("what was left out is not told:\n%s", got.err)
	}
	ten := must(t, exitDone, t.TempDir(), "survey", "replay", file(t, "nps.csv", "r\n10\n9\n6\n0\n"), "--item", "r", "--scale", "10", "--top", "2", "--format", "csv")
	if lines := strings.Split(strings.TrimSpace(ten.out), "\n"); len(lines) != 5 || lines[0] != "n,share,low,high,nps,nps_low,nps_high" || !strings.HasPrefix(lines[4], "4,0.5,") || !strings.Contains(lines[4], ",0,-") {
		t.Errorf("two promoters and two detractors:\n%s", ten.out)
	}
}

func TestSurveyReplayRefuses(t *testing.T) {
	path := file(t, "answers.csv", "how\n5\n")
	for name, c := range map[string]struct {
		code int
		args []string
		says string
	}{
		"no such column": {exitFailed, []string{"--item", "why", "--scale", "5"}, "has no column why; its columns are how"},
		"no such scale":  {exitUsage, []string{"--item", "how", "--scale", "1"}, "a scale that ends at 1 is none"},
		"no such level":  {exitUsage, []string{"--item", "how", "--scale", "5", "--level", "95"}, "--level is a share"},
		"nothing on it":  {exitFailed, []string{"--item", "how", "--scale", "4"}, "has no answer in column how that is on the scale"},
	} {
		t.Run(name, func(t *testing.T) {
			got := must(t, c.code, t.TempDir(), append([]string{"survey", "replay", path}, c.args...)...)
			if !strings.Contains(got.err, c.says) || got.out != "" && !strings.HasPrefix(got.out, "n ") {
				t.Errorf("stdout %q, stderr %q; want %q", got.out, got.err, c.says)
			}
		})
	}
}

// A file that an import reads as answers is replayed by the name of its question.
func TestSurveyReplayReadsWhatAnImportReads(t *testing.T) {
	path := file(t, "skema.csv", "Tidsstempel;Kundenr;Hvor tilfreds er du med os?;Hvorfor?\n14-03-2025 09.00;K-1;Meget tilfreds;Fint\n15-03-2025 09.00;K-2;Tilfreds;\n16-03-2025 09.00;K-3;Meget tilfreds;\n")
	for _, item := range []string{"satisfaction", "Hvor tilfreds er du med os?"} {
		got := must(t, exitDone, t.TempDir(), "survey", "replay", path, "--item", item, "--scale", "5", "--format", "csv")
		if lines := strings.Split(strings.TrimSpace(got.out), "\n"); len(lines) != 4 || !strings.HasPrefix(lines[3], "3,0.66") {
			t.Errorf("%s:\n%s", item, got.out)
		}
	}
}
