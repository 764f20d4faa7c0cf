package warehouse

import "strings"

// A block is some rows of a scan in columns. Of ints and bigs, column i has the
// one that its type asks for.
type block struct {
	rows int
	ints [][]int32
	bigs [][]int64
}

// insertFrom is the statement that appends the columns of one relation to a table.
func insertFrom(table string, columns []*column, from string) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = `"` + c.name + `"`
	}
	list := strings.Join(names, ", ")
	return "insert into " + table + " (" + list + ") select " + list + " from " + from
}
