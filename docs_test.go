package behold_test

import (
	"go/ast"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestLinks follows every link of the documentation that stays in the house:
// the file must be there, and so must the heading, if the link names one.
func TestLinks(t *testing.T) {
	found := 0
	for _, page := range pages(t) {
		for _, link := range linksOf(read(t, page)) {
			found++
			if broken := brokenLink(t, page, link); broken != "" {
				t.Errorf("%s: %s", page, broken)
			}
		}
	}
	if found < 50 {
		t.Errorf("only %d links were found: the test looks in the wrong place", found)
	}
}

// TestLinksReports wants broken links told from sound ones.
func TestLinksReports(t *testing.T) {
	const page = "docs/design.md"
	text := "[a](adr/none.md) ![b](../no.png) [c](../README.md) [d](https://example.org/x) [e](#no-such-heading)\n" +
		"```\n[not a link](nowhere.md)\n```\n`[nor](this.md)`"
	var broken []string
	for _, link := range linksOf(text) {
		if say := brokenLink(t, page, link); say != "" {
			broken = append(broken, link)
		}
	}
	if got := strings.Join(broken, " "); got != "adr/none.md ../no.png #no-such-heading" {
		t.Errorf("found %q broken", got)
	}
}

// TestDecisions wants every decision written in the same four parts.
func TestDecisions(t *testing.T) {
	decisions, err := filepath.Glob("docs/adr/*.md")
	if err != nil || len(decisions) < 16 {
		t.Fatalf("found %d decisions, %v", len(decisions), err)
	}
	for _, page := range decisions {
		text := read(t, page)
		for _, want := range []string{"\n20", "\n## Problem\n", "\n## Choice\n", "\n## What we gave up\n", "\n## Cost of doing nothing\n"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is missing", page, strings.TrimSpace(want))
			}
		}
	}
}

// TestWords wants every noun of the root package in the dictionary, in its
// column "in code", and every lamp, reason and state by the word that data use.
func TestWords(t *testing.T) {
	words := read(t, "docs/words.md")
	want := nounsOf(t)
	if len(want) < 30 {
		t.Fatalf("found only the nouns %v", want)
	}
	for _, noun := range want {
		if !strings.Contains(words, "`"+noun+"`") {
			t.Errorf("docs/words.md has no `%s`", noun)
		}
	}
}

// TestWordsInLanguages wants the dictionary to say what the pages say: the name
// of every lamp, reason, family and state as in the catalogues of phrase.
func TestWordsInLanguages(t *testing.T) {
	rows := strings.Split(strings.ToLower(read(t, "docs/words.md")), "\n")
	named := regexp.MustCompile(`(?m)^"(?:(?:reason|family|lamp_state|state)\.([a-z_]+)|lamp\.([a-z_]+)\.name)" = "(.*)"$`)
	found := 0
	for _, lang := range []string{"en", "da", "sv", "nb", "nl"} {
		text := read(t, "internal/phrase/text/word."+lang+".toml") + read(t, "internal/phrase/text/lamp."+lang+".toml")
		for _, match := range named.FindAllStringSubmatch(text, -1) {
			found++
			word, says := "`"+match[1]+match[2]+"`", strings.ToLower(match[3])
			if !slices.ContainsFunc(rows, func(row string) bool { return strings.Contains(row, word) && strings.Contains(row, says) }) {
				t.Errorf("docs/words.md: %s is not %q, as the pages say in %s", word, match[3], lang)
			}
		}
	}
	if found < 5*(22+21+6+6+8) {
		t.Errorf("only %d names were found in the catalogues", found)
	}
}

// nounsOf lists the exported types of the root package, and the values of those
// constants that are words in data.
func nounsOf(t *testing.T) (nouns []string) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	data := map[string]bool{"LampKind": true, "LampState": true, "Reason": true, "Family": true, "CustomerState": true}
	for _, name := range files {
		src, err := parse(".", name)
		if err != nil {
			t.Fatal(err)
		}
		if src.test {
			continue
		}
		ast.Inspect(src.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				return false
			case *ast.TypeSpec:
				if n.Name.IsExported() {
					nouns = append(nouns, n.Name.Name)
				}
			case *ast.ValueSpec:
				if of, ok := n.Type.(*ast.Ident); ok && data[of.Name] && len(n.Values) == 1 {
					if lit, ok := n.Values[0].(*ast.BasicLit); ok {
						nouns = append(nouns, strings.Trim(lit.Value, `"`))
					}
				}
			}
			return true
		})
	}
	return nouns
}

// TestDependencies wants a line, what it saves and what it drags in, for every
// module that go.mod asks for directly.
func TestDependencies(t *testing.T) {
	lines := read(t, "docs/dependencies.md")
	for _, line := range strings.Split(read(t, "go.mod"), "\n") {
		parts := strings.Fields(strings.TrimPrefix(line, "require "))
		if len(parts) != 2 || !strings.HasPrefix(parts[1], "v") { // indirect ones have a comment
			continue
		}
		if !strings.Contains(lines, parts[0]) {
			t.Errorf("docs/dependencies.md has no line for %s", parts[0])
		}
	}
}

// pages are the files of the documentation.
func pages(t *testing.T) []string {
	t.Helper()
	list := []string{"README.md", "CHANGELOG.md"}
	err := filepath.WalkDir("docs", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".md") {
			list = append(list, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func read(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// linksOf lists the targets of a page's links and pictures, code left out.
func linksOf(text string) (links []string) {
	text = regexp.MustCompile("(?s)```.*?```").ReplaceAllString(text, "")
	text = regexp.MustCompile("`[^`\n]*`").ReplaceAllString(text, "code")
	for _, match := range regexp.MustCompile(`\]\(([^)\s]+)\)`).FindAllStringSubmatch(text, -1) {
		links = append(links, match[1])
	}
	return links
}

// brokenLink says what is wrong with a link of a page, or "".
func brokenLink(t *testing.T, page, link string) string {
	t.Helper()
	if strings.Contains(link, "://") || strings.HasPrefix(link, "mailto:") {
		return ""
	}
	target, heading, _ := strings.Cut(link, "#")
	file := page
	if target != "" {
		file = path.Join(path.Dir(page), target)
	}
	if strings.HasPrefix(file, "..") {
		return link + " leads out of the house"
	}
	if _, err := os.Stat(filepath.FromSlash(file)); err != nil {
		return link + " leads to nothing"
	}
	if heading != "" && !hasHeading(read(t, file), heading) {
		return link + " names a heading that is not there"
	}
	return ""
}

// hasHeading says whether a page has a heading that is linked to like this:
// lower case, blanks as hyphens, no other signs.
func hasHeading(text, anchor string) bool {
	for _, line := range strings.Split(text, "\n") {
		title := strings.TrimLeft(line, "#")
		if title == line || !strings.HasPrefix(title, " ") {
			continue
		}
		name := strings.Map(func(r rune) rune {
			switch {
			case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_':
				return unicode.ToLower(r)
			case r == ' ':
				return '-'
			}
			return -1
		}, strings.TrimSpace(title))
		if name == anchor {
			return true
		}
	}
	return false
}
