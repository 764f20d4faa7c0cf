package intake

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// A file with one of each common fault, and what its owner is told.
func TestRejectsAsTold(t *testing.T) {
	r, s := readFile(t, "testdata/rejects.csv", Options{})
	var b strings.Builder
	fmt.Fprintf(&b, "read %d, usable %d, rejected %d\n", r.Read, len(s.lines), r.Rejected)
	for _, reject := range s.rejects {
		fmt.Fprintf(&b, "line %d %s %q: %s %s\n", reject.Row, reject.Column, reject.Value, Whys()[reject.Why].Says, Whys()[reject.Why].Hint)
	}
	golden(t, "testdata/rejects.golden", b.String())
}

// golden compares a text with the one that a person has looked at.
func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}
