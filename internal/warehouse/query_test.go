package warehouse

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
)

// TestEveryQueryIsPrepared: a query that the engine does not understand, or that
// does not say what it is for, is found here.
func TestEveryQueryIsPrepared(t *testing.T) {
	w := open(t)
	conn, err := w.db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, name := range []string{"incoming.make", "customer_incoming.make", "word.again", "standing.make"} {
		if _, err := conn.ExecContext(t.Context(), query(name)); err != nil {
			t.Fatal(err)
		}
	}
	for name, args := range map[string][]any{"incoming.compare": {"shop"}, "customer_incoming.compare": {true, true, true, true}, "undo.pick": {1, true}} {
		if _, err := conn.ExecContext(t.Context(), query(name), args...); err != nil {
			t.Fatal(err)
		}
	}
	for _, table := range recordTables() {
		if _, err := conn.ExecContext(t.Context(), recordQuery("make", table)); err != nil {
			t.Fatal(err)
		}
		if _, err := conn.ExecContext(t.Context(), recordQuery("compare", table), "shop"); err != nil {
			t.Fatal(err)
		}
	}
	check := func(file, text string) {
		t.Helper()
		first, _, _ := strings.Cut(text, "\n")
		if !strings.HasPrefix(first, "-- ") || !strings.Contains(first, "Called by ") {
			t.Errorf("%s does not begin with what it is for: %s", file, first)
		}
		stmt, err := conn.PrepareContext(t.Context(), text)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			return
		}
		stmt.Close()
	}
	for _, file := range filesOf(t, "sql/*.sql") {
		check(file, query(strings.TrimSuffix(strings.TrimPrefix(file, "sql/"), ".sql")))
	}
	for _, file := range slices.Concat(filesOf(t, "sql/dealing.*.tmpl"), filesOf(t, "sql/remark.*.tmpl"), filesOf(t, "sql/order.*.tmpl"), filesOf(t, "sql/event.*.tmpl"), filesOf(t, "sql/portrait.*.tmpl"), filesOf(t, "sql/outcome.*.tmpl"), filesOf(t, "sql/standing.*.tmpl")) {
		check(file, made(strings.TrimSuffix(strings.TrimPrefix(file, "sql/"), ".tmpl"), commas([]int32{1, 2})))
	}
	for _, file := range filesOf(t, "sql/record.*.tmpl") {
		for _, table := range recordTables() {
			if file == "sql/record.find.tmpl" && !findable(table) {
				continue
			}
			check(file, recordQuery(strings.TrimSuffix(strings.TrimPrefix(file, "sql/record."), ".tmpl"), table))
		}
	}
}

func filesOf(t *testing.T, pattern string) []string {
	files, err := fs.Glob(queries, pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	return files
}
