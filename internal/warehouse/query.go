package warehouse

import (
	"embed"
	"strings"
)

//go:embed sql/*.sql sql/*.tmpl
var queries embed.FS

//go:embed migration/*.sql
var migrations embed.FS

// query is the text of sql/name.sql. A name that is not there is a broken
// program.
func query(name string) string {
	text, err := queries.ReadFile("sql/" + name + ".sql")
	if err != nil {
		panic(err)
	}
	return strings.TrimSpace(string(text))
}
