package intake

import (
	"bytes"
	"errors"
	"io"
)

const (
	chunkSize = 1 << 20
	maxQuoted = 2 << 20 // a quote still open after so many bytes is taken for one that nobody closed
	maxRow    = 4 << 20 // a row longer than this is passed over without keeping it
	maxCell   = 100_000 // bytes
	maxLost   = 200     // quotes that may stay open to the limit before a file is given up: each costs a walk over maxQuoted bytes
)

var errQuotes = errors.New("the quotes of the file do not match, over and over")

// A chunk is a run of whole rows of the text.
type chunk struct {
	data []byte
	line int64 // of its first row
	bad  []badRow
}

// A badRow lies from one offset to another in a chunk's data: its quotes do
// not match (or it was too long, and what is in the data is its beginning).
type badRow struct {
	from, to int
	why      string
}

// A cutter cuts text into chunks at the ends of rows. It finds them in the
// same way as cells.split does, so that no one has to guess twice.
type cutter struct {
	text io.Reader
	sep  byte
	json bool // each line is a row, whatever quotes are in it
	size int
	rest []byte // read but not given out
	line int64  // of the next row
	eof  bool
	lost int // rows whose quotes never closed within maxQuoted
}

// next fills c with the following rows; io.EOF after the last.
func (t *cutter) next(c *chunk) error {
	c.bad, c.line = c.bad[:0], t.line
	c.data = append(c.data[:0], t.rest...)
	t.rest = t.rest[:0]
	for {
		if err := t.fill(c); err != nil {
			return err
		}
		if len(c.data) == 0 {
			return io.EOF
		}
		end := t.rows(c)
		if t.lost > maxLost {
			return errQuotes
		}
		if end > 0 {
			t.rest = append(t.rest, c.data[end:]...)
			c.data = c.data[:end]
			t.line += int64(bytes.Count(c.data, []byte{'\n'}))
			return nil
		}
		if len(c.data) > maxRow {
			return t.passOver(c)
		}
	}
}

// fill reads one block more, or to the end.
func (t *cutter) fill(c *chunk) error {
	want := len(c.data) + t.size
	if cap(c.data) < want {
		grown := make([]byte, len(c.data), want+want/4)
		copy(grown, c.data)
		c.data = grown
	}
	for !t.eof && len(c.data) < want {
		n, err := t.text.Read(c.data[len(c.data):want])
		c.data = c.data[:len(c.data)+n]
		if err == io.EOF {
			t.eof = true
		} else if err != nil {
			return err
		}
	}
	return nil
}

// passOver drops a row that is too long to keep, up to its line end.
func (t *cutter) passOver(c *chunk) error {
	tail := make([]byte, 0, t.size)
	for !t.eof {
		n, err := t.text.Read(tail[:cap(tail)])
		if err == io.EOF {
			t.eof = true
		} else if err != nil {
			return err
		}
		if i := bytes.IndexByte(tail[:n], '\n'); i >= 0 {
			t.rest = append(t.rest[:0], tail[i+1:n]...)
			break
		}
	}
	c.data = append(c.data[:200], '\n')
	c.bad = append(c.bad[:0], badRow{0, len(c.data), WhyCellTooLong})
	t.line++
	return nil
}

// rows gives the end of the last whole row of the chunk, 0 when there is none.
func (t *cutter) rows(c *chunk) int {
	c.bad = c.bad[:0]
	data, at := c.data, 0
	for !t.json {
		quote := bytes.IndexByte(data[at:], '"')
		if quote < 0 || t.lost > maxLost {
			break
		}
		at += bytes.LastIndexByte(data[at:at+quote], '\n') + 1
		end, verdict := rowEnd(data, at, t.sep)
		if verdict == rowOpen && t.eof && end == len(data) {
			verdict = rowWhole // the last row has no line end
		}
		if verdict == rowOpen && (t.eof || len(data)-at > maxQuoted) {
			verdict = rowBad
			t.lost++
		}
		switch verdict {
		case rowOpen:
			return at
		case rowWhole:
			at = end
		case rowBad:
			end = len(data)
			if i := bytes.IndexByte(data[at:], '\n'); i >= 0 {
				end = at + i + 1
			} else if !t.eof {
				return at
			}
			c.bad = append(c.bad, badRow{at, end, WhyQuoteUnclosed})
			at = end
		}
	}
	if t.eof {
		return len(data)
	}
	return at + bytes.LastIndexByte(data[at:], '\n') + 1
}

type verdict uint8

const (
	rowWhole verdict = iota
	rowOpen          // the data ends inside a quoted cell, or before the line end
	rowBad           // a quoted cell with a line end in it goes on after its closing quote
)

// rowEnd walks the row that begins at from and gives the offset after it.
func rowEnd(data []byte, from int, sep byte) (int, verdict) {
	for i := from; ; {
		if i < len(data) && data[i] == '"' {
			end, verdict := quotedEnd(data, i, sep)
			if verdict != rowWhole {
				return 0, verdict
			}
			i = end
		} else {
			for i < len(data) && data[i] != sep && data[i] != '\n' {
				i++
			}
		}
		if i >= len(data) {
			return i, rowOpen
		}
		if data[i] == '\n' {
			return i + 1, rowWhole
		}
		i++
	}
}

// quotedEnd gives the offset of the separator or line end after the quoted
// cell that begins at from. A quote with something else behind it belongs to
// the text as long as the cell is on one line (5" pipe); in a cell that has
// run over a line end it shows that an earlier quote was never closed.
func quotedEnd(data []byte, from int, sep byte) (int, verdict) {
	crossed := false
	for i := from + 1; ; {
		n := bytes.IndexByte(data[i:], '"')
		if n < 0 {
			return 0, rowOpen
		}
		crossed = crossed || bytes.IndexByte(data[i:i+n], '\n') >= 0
		i += n + 1
		switch {
		case i >= len(data):
			return i, rowWhole // the row walk says whether that is the end
		case data[i] == '"':
			i++
			if i > len(data) {
				return 0, rowOpen
			}
		case data[i] == sep, data[i] == '\n':
			return i, rowWhole
		case data[i] == '\r' && (i+1 >= len(data) || data[i+1] == '\n'):
			return i + 1, rowWhole
		case crossed:
			return 0, rowBad
		}
	}
}
