package warehouse

import (
	"math/bits"

	"behold"
)

// A form is the type of a column.
type form uint8

const (
	asInt    form = iota // INTEGER
	asBig                // BIGINT
	asReal               // DOUBLE
	asText               // VARCHAR
	asFlag               // BOOLEAN
	asMoment             // TIMESTAMP, microseconds
	asDay                // DATE
)

// A batch is rows in columns on their way into a table, laid out as Arrow lays
// them out so that they can be handed over without another copy. A column that
// was not touched is left out and becomes null.
type batch struct {
	table   string
	columns []*column
	rows    int
}

type column struct {
	name  string
	form  form
	len   int
	ints  []int32 // asInt, asDay
	bigs  []int64 // asBig, asMoment
	reals []float64
	set   bitmap  // asFlag
	ends  []int32 // asText: one more entry than values
	text  []byte
	valid bitmap // nil: no value is null
}

func (b *batch) column(name string, f form) *column {
	c := &column{name: name, form: f}
	b.columns = append(b.columns, c)
	return c
}

// size is roughly the bytes of text waiting.
func (b *batch) size() int {
	n := 0
	for _, c := range b.columns {
		n += len(c.text)
	}
	return n
}

// reset empties the batch and keeps its memory.
func (b *batch) reset() {
	b.rows = 0
	for _, c := range b.columns {
		c.len, c.ints, c.bigs, c.reals = 0, c.ints[:0], c.bigs[:0], c.reals[:0]
		c.ends, c.text, c.set, c.valid = c.ends[:0], c.text[:0], c.set[:0], nil
	}
}

// filled are the columns that have a value somewhere, each made as long as the batch.
func (b *batch) filled() []*column {
	var out []*column
	for _, c := range b.columns {
		if c.len > 0 {
			c.pad(b.rows)
			out = append(out, c)
		}
	}
	return out
}

// pad fills the column with nulls up to n values.
func (c *column) pad(n int) {
	for c.len < n {
		c.null()
	}
}

func (c *column) null() {
	switch c.form {
	case asInt, asDay:
		c.ints = append(c.ints, 0)
	case asBig, asMoment:
		c.bigs = append(c.bigs, 0)
	case asReal:
		c.reals = append(c.reals, 0)
	case asFlag:
		c.set = c.set.grow(c.len + 1)
	case asText:
		c.start()
		c.ends = append(c.ends, int32(len(c.text)))
	}
	if c.valid == nil {
		c.valid = c.valid.grow(c.len)
		c.valid.fill(c.len)
	}
	c.valid = c.valid.grow(c.len + 1)
	c.len++
}

// grew notes that n values came that are not null.
func (c *column) grew(n int) {
	if c.valid != nil {
		c.valid = c.valid.grow(c.len + n)
		for i := c.len; i < c.len+n; i++ {
			c.valid.on(i)
		}
	}
	c.len += n
}

func (c *column) start() {
	if len(c.ends) == 0 {
		c.ends = append(c.ends, 0)
	}
}

func (c *column) addInt(v ...int32)      { c.ints = append(c.ints, v...); c.grew(len(v)) }
func (c *column) addBig(v ...int64)      { c.bigs = append(c.bigs, v...); c.grew(len(v)) }
func (c *column) addReal(v ...float64)   { c.reals = append(c.reals, v...); c.grew(len(v)) }
func (c *column) sameBig(v int64, n int) { c.bigs = repeat(c.bigs, v, n); c.grew(n) }

func (c *column) addDay(v ...behold.Day) {
	for _, d := range v {
		if !d.Known() {
			c.null()
			continue
		}
		c.ints = append(c.ints, int32(d))
		c.grew(1)
	}
}

func (c *column) addFlag(v ...bool) {
	c.set = c.set.grow(c.len + len(v))
	for i, yes := range v {
		if yes {
			c.set.on(c.len + i)
		}
	}
	c.grew(len(v))
}

// addText copies the words. An empty word is null.
func (c *column) addText(v ...string) {
	c.start()
	for _, s := range v {
		if s == "" {
			c.null()
			continue
		}
		c.text = append(c.text, s...)
		c.ends = append(c.ends, int32(len(c.text)))
		c.grew(1)
	}
}

// addWords copies the words of a column that may not be null.
func (c *column) addWords(v []string) {
	c.start()
	for _, s := range v {
		c.text = append(c.text, s...)
		c.ends = append(c.ends, int32(len(c.text)))
	}
	c.grew(len(v))
}

// nulls counts them.
func (c *column) nulls() int {
	if c.valid == nil {
		return 0
	}
	return c.len - c.valid.count()
}

func repeat(to []int64, v int64, n int) []int64 {
	for range n {
		to = append(to, v)
	}
	return to
}

// A bitmap has one bit a value, least significant first, as Arrow wants it.
type bitmap []byte

func (m bitmap) grow(n int) bitmap {
	for len(m) < (n+7)/8 {
		m = append(m, 0)
	}
	return m
}

func (m bitmap) on(i int)      { m[i>>3] |= 1 << (i & 7) }
func (m bitmap) is(i int) bool { return m[i>>3]>>(i&7)&1 == 1 }

func (m bitmap) fill(n int) {
	for i := range n {
		m.on(i)
	}
}

func (m bitmap) count() int {
	n := 0
	for _, b := range m {
		n += bits.OnesCount8(b)
	}
	return n
}
