package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// A command that finds the folder held by a server is carried out by it; a
// second server is refused; when the server stops, the folder is free.
func TestCommandsGoThroughARunningServer(t *testing.T) {
	dir := t.TempDir()
	path := file(t, "orders.csv", "order,customer,date,amount\nF-1,K-1,2025-01-10,100\nF-2,K-1,2025-02-10,120\n")
	server := process(t, dir, "serve", "--listen", "127.0.0.1:0")
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Process.Kill(); server.Wait() })
	waitFor(t, server)

	if s := must(t, exitDone, dir, "import", path); !strings.Contains(s.out, "kept 2") {
		t.Errorf("the import through the server says\n%s%s", s.out, s.err)
	}
	if s := must(t, exitDone, dir, "import", path); !strings.Contains(s.out, "already known 2") {
		t.Errorf("the second import says\n%s", s.out)
	}
	if s := run1(t, dir, "serve", "--listen", "127.0.0.1:0"); s.code != exitFailed || !strings.Contains(s.err, "in use") {
		t.Errorf("a second server on the folder: exit %d\n%s", s.code, s.err)
	}
	if s := run1(t, dir, "import", "nowhere.csv"); s.code != exitFailed || !strings.Contains(s.err, "nowhere.csv") {
		t.Errorf("a file that is not there: exit %d\n%s", s.code, s.err)
	}
	server.Process.Signal(os.Interrupt)
	if err := server.Wait(); err != nil {
		t.Errorf("the server ended with %v\n%s", err, server.Stderr)
	}
	must(t, exitDone, dir, "doctor")
}

// waitFor waits until the server has said where it is.
func waitFor(t *testing.T, server *exec.Cmd) {
	t.Helper()
	out := server.Stdout.(*tape)
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if strings.Contains(out.String(), "http://") {
			return
		}
	}
	t.Fatalf("the server does not come up: %s%s", out, server.Stderr)
}
