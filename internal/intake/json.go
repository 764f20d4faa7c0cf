package intake

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// json says whether each line of the file is an object of its own.
func (p *plan) json() bool { return p.sep == 0 }

// cells gives what splits the rows of the file.
func (p *plan) cells() cells {
	if p.json() {
		return cells{names: p.headers, places: p.places}
	}
	return cells{sep: p.sep}
}

// object takes the values of the object in the line at from, one cell for each
// name, and gives the offset after the line. Texts are unescaped where they
// stand, which is after the whole line has been understood. Of a name that
// comes twice the last value counts.
func (c *cells) object(data []byte, from int) int {
	end := len(data)
	if n := bytes.IndexByte(data[from:], '\n'); n >= 0 {
		end = from + n + 1
	}
	c.list = slices.Grow(c.list, len(c.names))[:len(c.names)]
	clear(c.list)
	j := jsonLine{data: data[:end], at: from}
	if c.broken = false; j.blank() {
		return end
	}
	next := 0
	for j.open(); j.more(); {
		key, value := j.pair()
		if j.failed {
			break
		}
		if i, known := c.place(j.name(key), next); known {
			c.list[i], next = value, i+1
		}
	}
	if c.broken = !j.done(); c.broken {
		clear(c.list)
		return end
	}
	for i := range c.list {
		if c.list[i].doubled {
			c.list[i].to = unescape(data, c.list[i].from, c.list[i].to)
			c.list[i].doubled = false
		}
	}
	return end
}

// place finds the column of a name, first where it stood in most rows.
func (c *cells) place(name []byte, likely int) (int, bool) {
	if likely < len(c.names) && c.names[likely] == string(name) {
		return likely, true
	}
	i, known := c.places[string(name)]
	return i, known
}

// A jsonLine walks over the pairs of an object that stands on one line.
type jsonLine struct {
	data   []byte
	at     int
	began  bool
	closed bool
	failed bool
}

// blank skips what is empty and says whether nothing else is left.
func (j *jsonLine) blank() bool {
	for j.at < len(j.data) && (j.data[j.at] == ' ' || j.data[j.at] == '\t' || j.data[j.at] == '\r' || j.data[j.at] == '\n') {
		j.at++
	}
	return j.at == len(j.data)
}

// take skips blanks and the byte that must follow.
func (j *jsonLine) take(want byte) {
	if j.blank() || j.data[j.at] != want {
		j.failed = true
		return
	}
	j.at++
}

func (j *jsonLine) open() { j.take('{') }

// more says whether a pair follows, past the comma before it.
func (j *jsonLine) more() bool {
	if j.failed || j.closed || j.blank() {
		return false
	}
	if j.data[j.at] == '}' {
		j.at++
		j.closed = true
		return false
	}
	if j.began {
		j.take(',')
	}
	j.began = true
	return !j.failed
}

// done says whether the object was whole and nothing follows it.
func (j *jsonLine) done() bool { return !j.failed && j.closed && j.blank() }

// pair reads a name and its value.
func (j *jsonLine) pair() (key, value cell) {
	if j.blank() || j.data[j.at] != '"' {
		j.failed = true
		return key, value
	}
	key = j.text()
	j.take(':')
	if j.failed || j.blank() {
		j.failed = true
		return key, value
	}
	switch j.data[j.at] {
	case '"':
		return key, j.text()
	case '{', '[':
		return key, j.nest()
	}
	return key, j.plain()
}

// name is a key without its escapes.
func (j *jsonLine) name(key cell) []byte {
	if !key.doubled {
		return j.data[key.from:key.to]
	}
	own := bytes.Clone(j.data[key.from:key.to])
	return own[:unescape(own, 0, len(own))]
}

// text reads a string; doubled says that it has escapes.
func (j *jsonLine) text() cell {
	c := cell{from: j.at + 1}
	for i := c.from; i < len(j.data); i++ {
		switch j.data[i] {
		case '"':
			c.to, j.at = i, i+1
			return c
		case '\\':
			c.doubled = true
			n := escapeSize(j.data[i:])
			j.failed = j.failed || n == 0
			i += max(n-1, 0)
		}
	}
	j.failed = true
	return cell{}
}

// escapeSize is the length of the escape that b begins with, or 0.
func escapeSize(b []byte) int {
	if len(b) < 2 || b[0] != '\\' {
		return 0
	}
	switch b[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2
	case 'u':
		if len(b) >= 6 {
			if _, ok := hexRune(b[2:6]); ok {
				return 6
			}
		}
	}
	return 0
}

func hexRune(b []byte) (rune, bool) {
	var two [2]byte
	if _, err := hex.Decode(two[:], b); err != nil {
		return 0, false
	}
	return rune(binary.BigEndian.Uint16(two[:])), true
}

// nest reads an object or a list as it stands.
func (j *jsonLine) nest() cell {
	c := cell{from: j.at, nested: true}
	for depth := 0; j.at < len(j.data) && !j.failed; {
		switch j.data[j.at] {
		case '"':
			j.text()
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if j.at++; depth == 0 {
			c.to = j.at
			j.failed = j.failed || !json.Valid(j.data[c.from:c.to])
			return c
		}
	}
	j.failed = true
	return cell{}
}

// plain reads a number, true, false, or null, which is nothing.
func (j *jsonLine) plain() cell {
	from := j.at
	for j.at < len(j.data) && bytes.IndexByte([]byte(",} \t\r\n]"), j.data[j.at]) < 0 {
		j.at++
	}
	switch word := j.data[from:j.at]; {
	case string(word) == "null":
		return cell{}
	case string(word) == "true" || string(word) == "false" || isNumeral(word):
		return cell{from: from, to: j.at}
	}
	j.failed = true
	return cell{}
}

func isNumeral(b []byte) bool {
	if len(b) > 1 && b[0] == '-' {
		b = b[1:]
	}
	return len(b) > 0 && b[0]-'0' <= 9 && json.Valid(b)
}

// unescape undoes the escapes of a string in its place and gives its new end.
// A NUL becomes the sign for what cannot be read, as does half a pair.
func unescape(data []byte, from, to int) int {
	w := from
	for i := from; i < to; {
		if data[i] != '\\' {
			data[w] = data[i]
			i, w = i+1, w+1
			continue
		}
		n := escapeSize(data[i:to])
		if data[i+1] != 'u' {
			data[w] = unescaped(data[i+1])
			i, w = i+n, w+1
			continue
		}
		r, _ := hexRune(data[i+2 : i+6])
		i += n
		if utf16.IsSurrogate(r) {
			low := rune(0)
			if escapeSize(data[i:to]) == 6 {
				low, _ = hexRune(data[i+2 : i+6])
			}
			if r = utf16.DecodeRune(r, low); r != utf8.RuneError {
				i += 6
			}
		}
		if r == 0 {
			r = utf8.RuneError
		}
		w += utf8.EncodeRune(data[w:], r)
	}
	return w
}

func unescaped(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

// mostNames is how many different names the objects of a file may have.
const mostNames = 1000

// nameColumns lists the names that the objects of the file have, in the order
// in which they come first. Programs leave out what is empty, so a name may
// come late: the whole file is looked through.
func (s *source) nameColumns(ctx context.Context, head []byte, path string) error {
	if s.kind != "jsonl" {
		return nil
	}
	seen := namesSeen{known: map[string]bool{}}
	seen.lines(head)
	if len(head) == headSize {
		if err := seen.file(ctx, s, path); err != nil {
			return err
		}
	}
	switch {
	case len(seen.names) == 0:
		return s.unusable("json_lines", "no line of the file is a whole object in JSON", "write one object on each line (jq -c . does it); nothing was imported")
	case len(seen.names) > mostNames:
		return s.unusable("json_names", "the objects of the file have more than "+strconv.Itoa(mostNames)+" different names", "export them with the same names in every line; nothing was imported")
	}
	s.names = seen.names
	return nil
}

// namesSeen gathers the names of objects.
type namesSeen struct {
	names []string
	known map[string]bool
	keys  [][]byte
}

// file looks through the whole file, which is opened once more for it.
func (n *namesSeen) file(ctx context.Context, s *source, path string) error {
	again, err := openSource(path, s.shown, s.limit, s.opt)
	if err != nil {
		return err
	}
	defer again.Close()
	cut := cutter{text: again.text, json: true, size: chunkSize}
	for c := (chunk{}); len(n.names) <= mostNames; {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := cut.next(&c); err == io.EOF {
			return nil
		} else if err != nil {
			return again.torn(err)
		}
		n.lines(c.data)
	}
	return nil
}

// lines takes the names of whole objects; those of a line that cannot be read
// do not count.
func (n *namesSeen) lines(data []byte) {
	for line := range bytes.Lines(data) {
		j := jsonLine{data: line}
		n.keys = n.keys[:0]
		for j.open(); j.more(); {
			key, _ := j.pair()
			if j.failed {
				break
			}
			n.keys = append(n.keys, j.name(key))
		}
		if !j.done() {
			continue
		}
		for i, key := range n.keys {
			if i < len(n.names) && n.names[i] == string(key) || n.known[string(key)] || len(n.names) > mostNames {
				continue
			}
			n.known[string(key)] = true
			n.names = append(n.names, string(key))
		}
	}
}

// nested says whether a cell of the row is an object or a list.
func (w *parser) nested(i int) bool {
	return i >= 0 && i < len(w.split.list) && w.split.list[i].nested
}

// list reads a list of texts as they stand in JSON.
func list(text string) (out []string, ok bool) {
	ok = len(text) > 0 && text[0] == '[' && json.Unmarshal([]byte(text), &out) == nil
	return out, ok
}
