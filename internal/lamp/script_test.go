package lamp

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Every lamp's script comes true.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		r, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		s, err := ReadScript(r, file)
		r.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range s.Run() {
			t.Error(f)
		}
		if s.Cases < 5 {
			t.Errorf("%s has %d cases; a lamp has five at least", file, s.Cases)
		}
	}
}

// What does not come true is told with its line, and so is what nobody can read.
func TestScriptsFail(t *testing.T) {
	const text = `# Two cases that fail.
given customer K-1 ordered every 30 days from 2023-01-05 to 2024-11-30
on 2025-01-20
expect dark

given customer K-1 ordered every 30 days from 2023-01-05 to 2024-11-30
given customer K-1 sang on 2025-01-02
on 2025-01-20
expect rhythm since 2025-01-01 for quality
  because gap 12 days, colour red
expect shrinking
on 2025-13-20
whatever
`
	failures, err := RunScript(strings.NewReader(text), "mine.txt")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range failures {
		got = append(got, f.String())
	}
	for _, want := range []string{
		"mine.txt:4: on 2025-01-20 rhythm burns for K-1", "mine.txt:7: given what?", "mine.txt:9: rhythm burns since", "mine.txt:9: rhythm burns for unknown",
		"mine.txt:10: gap is 56, not 12", "mine.txt:10: rhythm says nothing of colour", "mine.txt:11: on 2025-01-20 shrinking does not burn",
		`mine.txt:12: "2025-13-20" is not a day`, `mine.txt:13: "whatever" is no line`,
	} {
		if !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, want) }) {
			t.Errorf("nothing says %q in\n%s", want, strings.Join(got, "\n"))
		}
	}
}
