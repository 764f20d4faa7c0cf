package warehouse

// The flags of a row, as sql/history.lines.sql makes them.
const (
	flagReturn  = 1
	flagGoods   = 2
	flagForeign = 4
	flagBits    = 3
)

// A row is what the fold needs of one line. Its size is what a round's memory
// is made of.
type row struct {
	order    uint64 // hash of the order's number
	amount   int64
	customer int32
	when     int32 // the day, and below it the flags
	category int32
	product  int32
}

func (r *row) day() int32         { return r.when >> flagBits }
func (r *row) is(flag int32) bool { return r.when&flag != 0 }

func (r *row) kind(by level) int32 {
	if by == byCategory {
		return r.category
	}
	return r.product
}

// rowsOf are the lines of a scan, in no order, in bins of neighbouring customer
// numbers: a bin is sorted in the cores' own memory, which all rows at once are
// too many for.
type rowsOf struct {
	shift    int // a bin has 1<<shift numbers
	bins     []bin
	cost     bool // of the company at all
	recorded bool // at another time than it happened
}

type bin struct {
	chunks []*chunk
	rows   int
}

// A chunk is a run of rows of a bin, side by side so that what is not there
// takes no space.
type chunk struct {
	rows     []row
	cost     []int64
	recorded []int32
}

const (
	chunkRows = 1 << 10
	binRows   = 1 << 16 // rows a bin, if customers were alike
	mostBins  = 1 << 9
)

// newRows is for about so many lines of customers numbered below top.
func newRows(lines int64, top int, f facts) *rowsOf {
	r := &rowsOf{cost: f.cost, recorded: f.recorded}
	bins := int(min(max(lines/binRows, 1), mostBins))
	for top>>r.shift >= bins {
		r.shift++
	}
	return r
}

func (r *rowsOf) add(b *block) {
	customer, day, recorded := b.ints[0], b.ints[1], b.ints[2]
	category, product, flags := b.ints[3], b.ints[4], b.ints[5]
	order, amount, cost := b.bigs[6], b.bigs[7], b.bigs[8]
	for i, number := range customer {
		at := int(number) >> r.shift
		for at >= len(r.bins) {
			r.bins = append(r.bins, bin{})
		}
		c := r.bins[at].open(r)
		c.rows = append(c.rows, row{uint64(order[i]), amount[i], number, day[i]<<flagBits | flags[i], category[i], product[i]})
		if r.cost {
			c.cost = append(c.cost, cost[i])
		}
		if r.recorded {
			c.recorded = append(c.recorded, recorded[i])
		}
	}
}

// open is the chunk that the next row goes into.
func (b *bin) open(r *rowsOf) *chunk {
	b.rows++
	if n := len(b.chunks); n > 0 && len(b.chunks[n-1].rows) < chunkRows {
		return b.chunks[n-1]
	}
	c := &chunk{rows: make([]row, 0, chunkRows)}
	if r.cost {
		c.cost = make([]int64, 0, chunkRows)
	}
	if r.recorded {
		c.recorded = make([]int32, 0, chunkRows)
	}
	b.chunks = append(b.chunks, c)
	return c
}

// A tray holds the rows of one bin customer by customer. It is used for one
// bin after another.
type tray struct {
	begin    int32   // the first customer number
	first    []int32 // the first row of each, and the end
	rows     []row
	cost     []int64 // nil when the company gave no cost
	recorded []int32 // nil when all was known when it happened
}

// sort is a counting sort of bin number k.
func (s *tray) sort(r *rowsOf, k int) {
	b := &r.bins[k]
	s.begin = int32(k << r.shift)
	s.first = append(s.first[:0], make([]int32, 1<<r.shift+2)...)
	s.rows = resized(s.rows, b.rows)
	if r.cost {
		s.cost = resized(s.cost, b.rows)
	}
	if r.recorded {
		s.recorded = resized(s.recorded, b.rows)
	}
	next := s.first[1:] // shifted by one, so that it ends up as where each begins
	for _, c := range b.chunks {
		for i := range c.rows {
			next[c.rows[i].customer-s.begin+1]++
		}
	}
	for c := range next[1:] {
		next[c+1] += next[c]
	}
	for _, c := range b.chunks {
		for i := range c.rows {
			at := &next[c.rows[i].customer-s.begin]
			s.rows[*at] = c.rows[i]
			if r.cost {
				s.cost[*at] = c.cost[i]
			}
			if r.recorded {
				s.recorded[*at] = c.recorded[i]
			}
			*at++
		}
	}
}

// each hands every customer of the tray who has rows to do.
func (s *tray) each(do func(number int32, from, to int)) {
	for c := range len(s.first) - 2 {
		if from, to := s.first[c], s.first[c+1]; from < to {
			do(s.begin+int32(c), int(from), int(to))
		}
	}
}

// resized is v with n entries, whatever stands in them.
func resized[T any](v []T, n int) []T {
	if cap(v) < n {
		return make([]T, n, n+n/4)
	}
	return v[:n]
}
