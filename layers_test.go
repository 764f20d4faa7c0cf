package behold_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
)

// The floors of docs/design.md, kept by reading the files themselves: what
// `go list` says may come from the test cache, and then a broken floor passes.

const module = "behold"

// A part is a group of rooms that keep the same rules.
type part string

const (
	nouns     part = "nouns"
	stat      part = "statistics"
	judgement part = "judgement"
	door      part = "door"
	work      part = "work"
	face      part = "face"
	wiring    part = "wiring"
	roof      part = "roof"
	tests     part = "tests" // used by tests only, may be used on every floor
)

func floor(p part) int {
	switch p {
	case nouns, stat:
		return 1
	case judgement, door:
		return 2
	case work:
		return 3
	case face:
		return 4
	case wiring:
		return 5
	case roof:
		return 6
	}
	return 0
}

// rooms says where every package of the house belongs. A new package is added
// here, with its first function.
func rooms() map[string]part {
	all := map[string]part{
		".":                   nouns,
		"stat":                stat,
		"internal/round":      work,
		"internal/web":        face,
		"internal/api":        face,
		"internal/paper":      face,
		"internal/letter":     face,
		"internal/app":        wiring,
		"cmd/behold":          roof,
		"internal/realdata":   tests,
		"internal/chromium":   tests,
		"internal/postoffice": tests,
	}
	for _, name := range []string{"repurchase", "survival", "sequential", "driver", "effect", "booster"} {
		all["stat/"+name] = stat
	}
	for _, name := range []string{"forecast", "lamp", "economy", "survey", "text", "task", "team", "phrase", "chart"} {
		all["internal/"+name] = judgement
	}
	for _, name := range []string{"intake", "warehouse", "store", "mail", "access", "sample", "table"} {
		all["internal/"+name] = door
	}
	return all
}

// foreign lists the modules from outside that the pure floors may use, each
// pure itself. Doors and the floors above choose their own.
func foreign(p part) []string {
	switch p {
	case stat:
		return []string{"gonum.org/v1/gonum"} // special functions, minimisers
	case judgement:
		return []string{
			"gonum.org/v1/gonum",
			"github.com/nicksnyder/go-i18n/v2", // plurals and catalogues, for phrase
			"github.com/BurntSushi/toml",       // reads those catalogues
			"golang.org/x/text",                // numbers and days as a language writes them
		}
	}
	return nil
}

func TestLayers(t *testing.T) {
	seen, findings := inspect(t, ".")
	for _, finding := range findings {
		t.Error(finding)
	}
	if !slices.Contains(seen, ".") || !slices.Contains(seen, "internal/realdata") {
		t.Errorf("the test looked in the wrong place: it saw only %v", seen)
	}
}

// inspect reads every Go file below root. It gives the folders that are
// packages, and one sentence for each broken rule.
func inspect(t *testing.T, root string) (seen, findings []string) {
	t.Helper()
	packages := map[string][]source{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return skip(root, name)
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		src, err := parse(root, name)
		packages[path.Dir(src.name)] = append(packages[path.Dir(src.name)], src)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for dir, files := range packages {
		seen = append(seen, dir)
		findings = append(findings, inspectPackage(dir, files)...)
	}
	sort.Strings(seen)
	sort.Strings(findings)
	return seen, findings
}

// skip leaves out what the go command leaves out, and what npm brings.
func skip(root, name string) error {
	base := filepath.Base(name)
	if name != root && (base[0] == '.' || base[0] == '_' || base == "testdata" || base == "node_modules") {
		return filepath.SkipDir
	}
	return nil
}

// A source is one parsed Go file; its name is relative to the root, with slashes.
type source struct {
	name string
	test bool
	set  *token.FileSet
	file *ast.File
}

func parse(root, name string) (source, error) {
	rel, err := filepath.Rel(root, name)
	if err != nil {
		return source{}, err
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, nil, parser.ParseComments)
	return source{filepath.ToSlash(rel), strings.HasSuffix(name, "_test.go"), set, file}, err
}

func inspectPackage(dir string, files []source) (findings []string) {
	p, known := rooms()[dir]
	if !known {
		return []string{fmt.Sprintf("%s: this package is on no floor: decide whether it is %s, %s, %s, %s, %s, %s or %s "+
			"(docs/design.md, The floors) and add it to rooms() in layers_test.go", dir, stat, judgement, door, work, face, wiring, roof)}
	}
	commented, production := false, false
	for _, src := range files {
		if src.test {
			continue // tests may look into any room
		}
		production = true
		written := src.file.Doc != nil && !ast.IsGenerated(src.file)
		commented = commented || written && strings.TrimSpace(src.file.Doc.Text()) != ""
		findings = append(findings, inspectFile(dir, p, src)...)
	}
	if production && !commented {
		findings = append(findings, dir+": the package has no comment: say what it is for, which floor it is on, what comes before and after")
	}
	return findings
}

// inspectFile checks what a file imports, then what it uses of it.
func inspectFile(dir string, p part, src source) (findings []string) {
	say := func(at token.Pos, format string, args ...any) {
		line := src.set.Position(at).Line
		findings = append(findings, fmt.Sprintf("%s:%d: %s", src.name, line, fmt.Sprintf(format, args...)))
	}
	names := map[string]string{} // as the file calls it -> import path
	for _, spec := range src.file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			say(spec.Pos(), "the import path %s cannot be read", spec.Path.Value)
			continue
		}
		name := localName(spec, imported)
		if name == "." {
			say(spec.Pos(), "a dot import of %s hides where names come from", imported)
		}
		names[name] = imported
		for _, broken := range []string{brokenFloor(dir, p, imported), brokenPurity(p, imported), brokenHome(dir, imported)} {
			if broken != "" {
				say(spec.Pos(), "%s", broken)
			}
		}
	}
	inspectUses(dir, p, src.file, names, say)
	return findings
}

func localName(spec *ast.ImportSpec, imported string) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	base := path.Base(imported)
	if len(base) > 1 && base[0] == 'v' && strings.Trim(base[1:], "0123456789") == "" {
		base = path.Base(path.Dir(imported)) // math/rand/v2 is rand
	}
	return base
}

// brokenFloor says why a room may not import another room of the house.
func brokenFloor(dir string, p part, imported string) string {
	if imported != module && !strings.HasPrefix(imported, module+"/") {
		return ""
	}
	other := strings.TrimPrefix(strings.TrimPrefix(imported, module), "/")
	if other == "" {
		other = "."
	}
	q, known := rooms()[other]
	switch {
	case !known:
		return fmt.Sprintf("imports %s, which is on no floor: add it to rooms() in layers_test.go", other)
	case q == tests:
		return fmt.Sprintf("imports %s, which is for tests only", other)
	case p == tests, floor(q) < floor(p):
		return ""
	case floor(q) > floor(p):
		return fmt.Sprintf("imports point down: %s (%s, floor %d) imports %s (%s, floor %d)", dir, p, floor(p), other, q, floor(q))
	case p == stat && other == "stat":
		return ""
	}
	return fmt.Sprintf("rooms of one floor do not import one another: %s (%s) imports %s (%s); "+
		"let the caller hand over a noun, or declare a small interface beside its use", dir, p, other, q)
}

// brokenPurity says why ground or judgement may not import a package.
func brokenPurity(p part, imported string) string {
	if p != nouns && p != stat && p != judgement {
		return ""
	}
	first, _, _ := strings.Cut(imported, "/")
	if strings.Contains(first, ".") && !allowed(foreign(p), imported) {
		return fmt.Sprintf("a room of %s must not import %s: beside the standard library only %q (foreign in layers_test.go)", p, imported, foreign(p))
	}
	shut := []string{"os", "net", "database/sql", "io/fs", "io/ioutil", "syscall", "log", "plugin", "crypto/rand"}
	if allowed(shut, imported) && imported != "net/url" && imported != "net/netip" {
		return fmt.Sprintf("a room of %s is pure and must not import %s: a door does that, and hands over nouns", p, imported)
	}
	if imported == "math/rand" {
		return fmt.Sprintf("a room of %s throws no dice: take a seed as an argument and use math/rand/v2 with it", p)
	}
	return ""
}

// brokenHome says why something that has one home is imported elsewhere.
func brokenHome(dir, imported string) string {
	switch {
	case dir != "internal/warehouse" && (imported == "C" || allowed([]string{"github.com/duckdb"}, imported)):
		return fmt.Sprintf("cgo and the DuckDB driver live in internal/warehouse only; %s imports %s", dir, imported)
	case rooms()[dir] != tests && allowed([]string{"testing"}, imported):
		return fmt.Sprintf("only tests import %s", imported)
	}
	return ""
}

// allowed says whether a path is one of the roots or lies below one.
func allowed(roots []string, imported string) bool {
	return slices.ContainsFunc(roots, func(root string) bool {
		return imported == root || strings.HasPrefix(imported, root+"/")
	})
}

// inspectUses looks for what an import alone does not give away.
func inspectUses(dir string, p part, file *ast.File, names map[string]string, say func(token.Pos, string, ...any)) {
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
			say(f.Pos(), "no init: wiring is done by hand, in internal/app")
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		x, ok := selector.X.(*ast.Ident)
		if !ok || x.Obj != nil { // Obj: a variable of the file that is called like a package
			return true
		}
		if broken := brokenUse(dir, p, names[x.Name], selector.Sel.Name); broken != "" {
			say(selector.Pos(), "%s", broken)
		}
		return true
	})
}

func brokenUse(dir string, p part, imported, name string) string {
	pure := p == nouns || p == stat || p == judgement
	switch imported {
	case "time":
		clock := []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTicker", "NewTimer", "Local", "LoadLocation"}
		if pure && slices.Contains(clock, name) {
			return fmt.Sprintf("a room of %s reads no clock: time.%s; take the day as an argument", p, name)
		}
	case "math/rand/v2":
		seeded := []string{"New", "NewPCG", "NewChaCha8", "NewZipf", "Rand", "PCG", "ChaCha8", "Source", "Zipf"}
		if pure && !slices.Contains(seeded, name) {
			return fmt.Sprintf("a room of %s throws no dice: rand.%s; take a seed as an argument", p, name)
		}
	case "os", "syscall":
		env := []string{"Getenv", "LookupEnv", "Environ", "ExpandEnv", "Setenv", "Unsetenv", "Clearenv"}
		if dir != "internal/app" && slices.Contains(env, name) {
			return fmt.Sprintf("only internal/app reads the environment: %s.%s", imported, name)
		}
	}
	return ""
}

// build writes a small house into a temporary folder.
func build(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		name = filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}
