package behold_test

import (
	"strings"
	"testing"
)

// TestLayersReports breaks each rule once, in a house of a few lines, and wants
// the one sentence about it. A rule that never fires is no rule.
func TestLayersReports(t *testing.T) {
	cases := []struct{ name, file, text, want string }{
		{"up", "internal/lamp/a.go", `import "behold/internal/app"`, "imports point down"},
		{"from the ground up", "a.go", `import "behold/internal/lamp"`, "imports point down"},
		{"two judgements", "internal/lamp/a.go", `import "behold/internal/forecast"`, "rooms of one floor"},
		{"judgement to door", "internal/lamp/a.go", `import "behold/internal/store"`, "rooms of one floor"},
		{"two doors", "internal/intake/a.go", `import "behold/internal/warehouse"`, "rooms of one floor"},
		{"two faces", "internal/web/a.go", `import "behold/internal/api"`, "rooms of one floor"},
		{"statistics that know a customer", "stat/repurchase/a.go", `import "behold"`, "rooms of one floor"},
		{"statistics of one floor", "stat/survival/a.go", `import "behold/stat/repurchase"`, "rooms of one floor"},
		{"unknown room", "internal/util/a.go", ``, "this package is on no floor: decide whether"},
		{"import of an unknown room", "internal/app/a.go", `import "behold/internal/util"`, "which is on no floor"},
		{"real data outside tests", "internal/app/a.go", `import "behold/internal/realdata"`, "for tests only"},
		{"testing outside tests", "internal/app/a.go", `import "testing/fstest"`, "only tests import"},
		{"foreign nouns", "a.go", `import "gonum.org/v1/gonum/mat"`, "room of nouns must not import gonum.org"},
		{"foreign statistics", "stat/a.go", `import "github.com/x/y"`, "statistics must not import github.com"},
		{"foreign judgement", "internal/lamp/a.go", `import "modernc.org/sqlite"`, "judgement must not import modernc.org"},
		{"files in judgement", "internal/lamp/a.go", `import "os"`, "judgement is pure"},
		{"files in nouns", "a.go", `import "os/exec"`, "nouns is pure"},
		{"network in statistics", "stat/a.go", `import "net/http"`, "statistics is pure"},
		{"database in judgement", "internal/task/a.go", `import "database/sql"`, "judgement is pure"},
		{"log in judgement", "internal/task/a.go", `import "log/slog"`, "judgement is pure"},
		{"clock", "internal/lamp/a.go", "import \"time\"\nfunc f() { _ = time.Now() }", "reads no clock: time.Now"},
		{"clock by another name", "internal/lamp/a.go", "import clock \"time\"\nvar f = clock.Since", "reads no clock: time.Since"},
		{"old dice", "stat/a.go", `import "math/rand"`, "throws no dice"},
		{"dice", "stat/a.go", "import \"math/rand/v2\"\nvar x = rand.Float64()", "throws no dice: rand.Float64"},
		{"secret dice", "internal/survey/a.go", `import "crypto/rand"`, "judgement is pure"},
		{"cgo", "internal/store/a.go", `import "C"`, "internal/warehouse only"},
		{"driver", "internal/round/a.go", `import _ "github.com/duckdb/duckdb-go/v2"`, "internal/warehouse only"},
		{"environment", "cmd/behold/a.go", "import \"os\"\nvar x = os.Getenv(\"HOME\")", "only internal/app reads the environment"},
		{"dot import", "internal/app/a.go", `import . "strings"`, "hides where names come from"},
		{"init", "internal/store/a.go", "func init() {}", "no init"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := "// Package a is for this test.\npackage a\n\n" + c.text + "\n"
			_, findings := inspect(t, build(t, map[string]string{c.file: text}))
			if len(findings) != 1 || !strings.Contains(findings[0], c.want) {
				t.Errorf("found %q, want one finding about %q", findings, c.want)
			}
			if len(findings) == 1 && !strings.HasPrefix(findings[0], strings.TrimSuffix(c.file, "/a.go")) {
				t.Errorf("%q does not say where", findings[0])
			}
		})
	}
}

// TestLayersWantsComment wants a comment on a package, from whichever file.
func TestLayersWantsComment(t *testing.T) {
	files := map[string]string{"internal/lamp/a.go": "package lamp\n", "internal/lamp/b_test.go": "// Package lamp has a comment in its test.\npackage lamp\n"}
	if _, findings := inspect(t, build(t, files)); len(findings) != 1 || !strings.Contains(findings[0], "no comment") {
		t.Errorf("found %q, want one finding about the comment", findings)
	}
	files["internal/lamp/doc.go"] = "// Package lamp judges.\npackage lamp\n"
	if _, findings := inspect(t, build(t, files)); len(findings) != 0 {
		t.Errorf("found %q, want nothing", findings)
	}
}

// TestLayersAccepts builds what is allowed, so that the rules are not stricter
// than they say.
func TestLayersAccepts(t *testing.T) {
	const comment = "// Package a is for this test.\npackage a\n\n"
	files := map[string]string{
		"a.go":                    comment + "import \"time\"\nvar x = time.UTC",
		"stat/a.go":               comment + `import "math"`,
		"stat/repurchase/a.go":    comment + "import (\n\"behold/stat\"\n\"gonum.org/v1/gonum/mathext\"\n)",
		"internal/lamp/a.go":      comment + "import (\n\"behold\"\n\"behold/stat\"\n\"net/url\"\n\"runtime\"\n)",
		"internal/lamp/dice.go":   comment + "import \"math/rand/v2\"\nfunc f(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }",
		"internal/lamp/name.go":   comment + "import \"time\"\nfunc g(d time.Duration) { time := struct{ Now int }{}; _ = time.Now }",
		"internal/lamp/a_test.go": "package a\nimport (\n\"os\"\n\"testing\"\n\"behold/internal/realdata\"\n\"behold/internal/sample\"\n)",
		"internal/warehouse/a.go": comment + "import (\n\"C\"\n\"os\"\n\"time\"\n_ \"github.com/duckdb/duckdb-go/v2\"\n)\nvar now = time.Now",
		"internal/realdata/a.go":  comment + "import (\n\"os\"\n\"testing\"\n)",
		"internal/round/a.go":     comment + "import (\n\"behold\"\n\"behold/internal/lamp\"\n\"behold/internal/store\"\n)",
		"internal/app/a.go":       comment + "import (\n\"os\"\n\"behold/internal/web\"\n)\nvar x = os.Getenv",
		"cmd/behold/main.go":      comment + `import "behold/internal/app"`,
		"testdata/bad/a.go":       "package bad",
		"node_modules/x/a.go":     "package bad",
	}
	if _, findings := inspect(t, build(t, files)); len(findings) != 0 {
		t.Errorf("found %q, want nothing", findings)
	}
}
