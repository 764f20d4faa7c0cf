// Package realdata finds the real data sets that tests may read and the
// project must not contain. Only tests import it.
//
// They lie in ../shared, beside the project. Where that folder is absent the
// test is skipped, saying so.
package realdata

import (
	"os"
	"path/filepath"
	"testing"
)

// Path is the place of a file below ../shared, such as data/cdnow_sample.csv.
func Path(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			t.Fatal("no go.mod above the test")
		}
	}
	path := filepath.Join(filepath.Dir(dir), "shared", filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skipf("skipped: the real data %s is not here (../shared/%s)", name, name)
	}
	return path
}
