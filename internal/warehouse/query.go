package warehouse

import (
	"embed"
	"strings"
	"text/template"
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

// made is sql/name.tmpl with what it needs to know filled in, and with the words
// of the dialect. A template that cannot be made is a broken program.
func made(name string, about any) string {
	text, err := queries.ReadFile("sql/" + name + ".tmpl")
	if err != nil {
		panic(err)
	}
	var out strings.Builder
	if err := template.Must(template.New(name).Funcs(dialect()).Parse(string(text))).Execute(&out, about); err != nil {
		panic(err)
	}
	return strings.TrimSpace(out.String())
}
