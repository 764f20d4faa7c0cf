package web

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"behold"
	"behold/internal/phrase"
)

// onlyEnglish are the errors that no page shows, or that are made before it is
// known whose they are, by how their sentence begins, each with the reason.
func onlyEnglish() map[string]string {
	return map[string]string{
		"could not ":               "nobody foresaw it: pages say that the log has it",
		"proxies names ":           "a key of the configuration: behold does not start",
		"there is no setting ":     "behold settings at the command line",
		"%s cannot be %s":          "behold settings at the command line",
		"there is no file ":        "a path at the command line",
		"the source ":              "a flag at the command line",
		"the data folder ":         "behold does not start",
		"config.toml ":             "behold does not start",
		"memory ":                  "behold does not start",
		"nothing can be served ":   "behold does not start",
		"the socket ":              "behold does not start",
		"the server ":              "one command asking another",
		"the warehouse ":           "behold does not start",
		"the file ":                "of the warehouse: behold does not start",
		"import %d was not read ":  "a broken program",
		"there is no table of ":    "a broken program",
		"there is no lamp cell ":   "a broken program",
		"cannot open ":             "a path at the command line",
		"cannot read ":             "a path at the command line",
		"the map gives ":           "a map that was written by hand, at the command line",
		"the decimal mark ":        "a flag at the command line",
		"there is no letter ":      "a name at the command line",
		"this page cannot be kept": "answers a script: the page stays as it is",
		"no lists were made yet":   "behold today at the command line",
		": ":                       "another error said again, without the file's name",
	}
}

// Every error that a page can show has a code, and every code its words in every
// language: a sentence in English among Danish ones helps nobody.
func TestWrongIsSaidInEveryLanguage(t *testing.T) {
	known, used := onlyEnglish(), map[string]bool{}
	for _, folder := range []string{"../..", ".", "../app", "../store", "../warehouse", "../intake", "../access"} {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(folder, err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "_templ.go") {
				continue
			}
			for _, e := range errorsIn(t, file) {
				switch begins := exceptionFor(known, e.say); {
				case e.code != "":
					if e.whole {
						saidEverywhere(t, e.at, e.code)
					}
				case begins != "":
					used[begins] = true
				case e.say != "":
					t.Errorf("%s: %q has no Code, and is no exception", e.at, e.say)
				}
			}
		}
	}
	for begins := range known {
		if !used[begins] {
			t.Errorf("the exception %q is for no error", begins)
		}
	}
}

func exceptionFor(known map[string]string, say string) string {
	for begins := range known {
		if strings.HasPrefix(say, begins) {
			return begins
		}
	}
	return ""
}

func saidEverywhere(t *testing.T, at, code string) {
	t.Helper()
	for _, lang := range phrase.Languages() {
		if p := (page{Phrases: phrase.For(lang)}); p.wrongSays(&behold.Error{Code: code}) == "" {
			t.Errorf("%s: nobody says %q in %s", at, code, lang)
		}
	}
}

// A writtenError has a whole code when that is not put together.
type writtenError struct {
	at, say, code string
	whole         bool
}

// errorsIn are the errors that a file writes out; of a sentence that is put
// together, say is how it begins.
func errorsIn(t *testing.T, name string) (list []writtenError) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		made, ok := n.(*ast.CompositeLit)
		if !ok || !isError(made.Type, file.Name.Name) {
			return true
		}
		e := writtenError{at: set.Position(made.Pos()).String()}
		for _, field := range made.Elts {
			if pair, ok := field.(*ast.KeyValueExpr); ok {
				switch pair.Key.(*ast.Ident).Name {
				case "Say":
					e.say = firstText(pair.Value)
				case "Code":
					if _, e.whole = pair.Value.(*ast.BasicLit); e.whole {
						e.code = firstText(pair.Value)
					} else {
						e.code = "put together"
					}
				}
			}
		}
		list = append(list, e)
		return true
	})
	return list
}

func isError(t ast.Expr, where string) bool {
	switch t := t.(type) {
	case *ast.SelectorExpr:
		from, ok := t.X.(*ast.Ident)
		return ok && from.Name == "behold" && t.Sel.Name == "Error"
	case *ast.Ident:
		return where == "behold" && t.Name == "Error"
	}
	return false
}

// firstText is the first text that is written out in an expression; "" in one
// that holds none.
func firstText(e ast.Expr) (text string) {
	ast.Inspect(e, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && text == "" {
			text, _ = strconv.Unquote(lit.Value)
		}
		return text == ""
	})
	return text
}
