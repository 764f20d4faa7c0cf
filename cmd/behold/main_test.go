package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"behold/internal/app"
)

// TestMain lets the test binary be the program itself, for tests that need a
// process of its own to kill or to hold a folder.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "run-behold" {
		os.Args = append(os.Args[:1], os.Args[2:]...)
		main()
		return
	}
	os.Exit(m.Run())
}

// process is the program as another process, with its data in dir.
func process(t testing.TB, dir string, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], append([]string{"run-behold", "--data", dir}, args...)...)
	cmd.Stdout, cmd.Stderr = new(tape), new(tape)
	return cmd
}

// A tape keeps what a process prints while the test reads it.
type tape struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (t *tape) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.buf.Write(b)
}

func (t *tape) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.buf.String()
}

// said is what a command printed, and how it ended.
type said struct {
	out, err string
	code     int
}

// run1 runs a command line in this process, with its data in dir.
func run1(t testing.TB, dir string, args ...string) said {
	t.Helper()
	var out, err bytes.Buffer
	code := run(context.Background(), append([]string{"--data", dir}, args...), &env{
		Stdin: strings.NewReader(""), Stdout: &out, Stderr: &err, Dir: t.TempDir(), Config: app.FromEnvironment("test"),
	})
	return said{out.String(), err.String(), code}
}

// must runs a command line that has to end with code.
func must(t testing.TB, code int, dir string, args ...string) said {
	t.Helper()
	s := run1(t, dir, args...)
	if s.code != code {
		t.Fatalf("behold %s: exit %d, want %d\n%s%s", strings.Join(args, " "), s.code, code, s.out, s.err)
	}
	return s
}

// file writes a file for a test.
func file(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
