package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"behold/internal/app"
)

// Every command line that the documentation shows is run, page by page from top
// to bottom, in a folder where a firm's invoices.csv lies, and mine.txt with the
// page's cases of lamps.
func TestDocumentedCommandsWork(t *testing.T) {
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, page := range append(pages, "../../README.md") {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		writeInvoices(t, filepath.Join(dir, "invoices.csv"))
		if err := os.WriteFile(filepath.Join(dir, "mine.txt"), []byte(lampCases(string(text))), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "answers.csv"), []byte("satisfaction\n5\n4\n5\n3\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, line := range shellLines(string(text)) {
			args := strings.Fields(line)
			if args[0] != "bin/behold" || args[len(args)-1] == "serve" || args[1] == "demo" {
				continue // make and servers have tests of their own
			}
			ran++
			var out bytes.Buffer
			config := app.FromEnvironment("test")
			config.Data = "behold-data"
			code := run(context.Background(), args[1:], &env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Dir: dir, Config: config})
			if ours := strings.Contains(line, "shop"); code != exitDone && (ours || code != exitRejected) { // of the invented shop nothing is rejected
				t.Errorf("%s: %s: exit %d\n%s", filepath.Base(page), line, code, out.String())
			}
		}
	}
	if ran < 15 {
		t.Errorf("only %d documented commands were found: the test looks in the wrong place", ran)
	}
}

// lampCases are the page's scripts, one after the other.
func lampCases(text string) string {
	var cases []string
	for _, block := range regexp.MustCompile("(?ms)^```lamps\n(.*?)^```").FindAllStringSubmatch(text, -1) {
		cases = append(cases, block[1])
	}
	return strings.Join(cases, "\n")
}

var shellBlock = regexp.MustCompile("(?ms)^```sh\n(.*?)^```")

func shellLines(text string) []string {
	var lines []string
	for _, block := range shellBlock.FindAllStringSubmatch(text, -1) {
		for line := range strings.Lines(block[1]) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// writeInvoices writes a year of a firm with thirty customers, K-1042 among them.
func writeInvoices(t *testing.T, path string) {
	t.Helper()
	var b strings.Builder
	b.WriteString("Fakturanr;Kundenr;Dato;Varenr;Antal;Pris\n")
	for c := range 30 {
		for n := range 12 {
			fmt.Fprintf(&b, "%d;K-%d;%02d-%02d-2025;V-%d;%d;1.1%02d,50\n", 1000+c*12+n, 1030+c, 1+c%28, n+1, n%4, 1+n%3, c)
		}
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}
