package intake

import "bytes"

// A cell lies in a chunk's data from one offset to another.
type cell struct {
	from, to int
	doubled  bool // a quoted text in which quotes stand twice
	nested   bool // an object or a list, as JSON
}

// cells are the cells of one row, used again for the next.
type cells struct {
	list []cell
	sep  byte

	names  []string       // of JSON lines: the columns in the order of their first coming
	places map[string]int // the same turned round; nil for CSV
	broken bool           // the row is no JSON object
}

// split cuts the row at from into its cells and gives the offset after it. The
// row must be whole: a cutter has seen it.
func (c *cells) split(data []byte, from int) int {
	c.list = c.list[:0]
	if c.places != nil {
		return c.object(data, from)
	}
	sep, start := c.sep, from
	for i := from; i < len(data); i++ {
		switch b := data[i]; {
		case b > ';' && b != sep:
			continue
		case b == sep:
			c.list = append(c.list, cell{from: start, to: i})
			start = i + 1
		case b == '\n':
			c.last(data, start, i)
			return i + 1
		case b == '"' && i == start:
			end := c.quoted(data, i)
			if end >= len(data) || data[end] == '\n' {
				return min(end+1, len(data))
			}
			i, start = end, end+1
		}
	}
	c.last(data, start, len(data))
	return len(data)
}

// last adds the row's last cell, without the CR before its line end.
func (c *cells) last(data []byte, from, to int) {
	if to > from && data[to-1] == '\r' {
		to--
	}
	c.list = append(c.list, cell{from: from, to: to})
}

// quoted adds the quoted cell at from and gives the offset of what ends it.
func (c *cells) quoted(data []byte, from int) int {
	end, verdict := quotedEnd(data, from, c.sep)
	if verdict != rowWhole {
		end = len(data)
	}
	to := end
	if to > from+1 && to <= len(data) && data[to-1] == '\r' {
		to--
	}
	if to > from+1 && data[to-1] == '"' {
		to--
	}
	inner := data[from+1 : to]
	c.list = append(c.list, cell{from: from + 1, to: to, doubled: bytes.Contains(inner, []byte(`""`))})
	return end
}
