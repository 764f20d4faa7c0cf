package warehouse

import "strings"

// A block is some rows of a scan in columns. Of ints, bigs, reals and texts,
// column i has the one that its type asks for. A text is only good until the
// next block.
type block struct {
	rows  int
	ints  [][]int32
	bigs  [][]int64
	reals [][]float64
	texts [][]string
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
