package warehouse

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"sync"

	"behold"
)

// The flags of a row, as sql/history.lines.sql makes them.
const (
	flagReturn  = 1
	flagGoods   = 2
	flagForeign = 4
)

// rowsOf are the lines of a scan in columns, in the order they came.
type rowsOf struct {
	most     int // rows at most
	customer []int32
	rows     []row
	cost     []int64 // nil when the company gave no cost
	recorded []int32 // nil when all was known when it happened
	count    []int32 // rows of each customer number
}

// A row is what the fold needs of one line.
type row struct {
	order    uint64 // hash of the order's number
	amount   int64
	day      int32
	category int32
	product  int32
	flags    int32
}

func (r *rowsOf) make(customers int, f facts) {
	r.customer, r.rows, r.count = make([]int32, 0, r.most), make([]row, 0, r.most), make([]int32, customers)
	if f.cost {
		r.cost = make([]int64, 0, r.most)
	}
	if f.recorded {
		r.recorded = make([]int32, 0, r.most)
	}
}

func (r *rowsOf) add(b *block) {
	customer, day, recorded := b.ints[0], b.ints[1], b.ints[2]
	category, product, flags := b.ints[3], b.ints[4], b.ints[5]
	order, amount, cost := b.bigs[6], b.bigs[7], b.bigs[8]
	for i, c := range customer {
		for int(c) >= len(r.count) { // lines that came since the size was asked for
			r.count = append(r.count, 0)
		}
		r.count[c]++
		r.rows = append(r.rows, row{uint64(order[i]), amount[i], day[i], category[i], product[i], flags[i]})
	}
	r.customer = append(r.customer, customer...)
	if r.cost != nil {
		r.cost = append(r.cost, cost...)
	}
	if r.recorded != nil {
		r.recorded = append(r.recorded, recorded...)
	}
}

// sorted puts the rows of each customer together (a counting sort) and gives the
// first row of each customer number.
func (r *rowsOf) sorted() (first []int, perm []int32, rows []row) {
	first = make([]int, len(r.count)+1)
	for c, n := range r.count {
		first[c+1] = first[c] + int(n)
	}
	next := slices.Clone(first[:len(r.count)])
	rows = make([]row, len(r.rows))
	if r.cost != nil || r.recorded != nil {
		perm = make([]int32, len(r.rows))
	}
	for i, c := range r.customer {
		rows[next[c]] = r.rows[i]
		if perm != nil {
			perm[next[c]] = int32(i)
		}
		next[c]++
	}
	return first, perm, rows
}

type foldOptions struct {
	day    behold.Day
	facts  facts
	levels []level // the first that is bought again often enough is taken
}

// fold makes histories of rows in any order. Every sum is of whole numbers, so
// that neither the order of the rows nor the number of cores changes a bit. The
// level is what the Kinds were split by.
func fold(r *rowsOf, opt foldOptions) (*behold.Histories, level) {
	first, perm, rows := r.sorted()
	r.rows, r.customer = nil, nil
	var cost []int64
	var recorded []int32
	if r.cost != nil {
		cost = moved(r.cost, perm)
	}
	if r.recorded != nil {
		recorded = moved(r.recorded, perm)
	}
	blocks := cut(first)
	parts := make([]*folder, len(blocks))
	each(len(blocks), func(k int) {
		f := &folder{cost: cost, recorded: recorded, rows: rows}
		for c := blocks[k][0]; c < blocks[k][1]; c++ {
			f.customer(int32(c), first[c], first[c+1])
		}
		parts[k] = f
	})
	h := join(parts, opt)
	kinds, split := kindsOf(h, parts, blocks, first, opt)
	h.Kinds = kinds
	return h, split
}

func moved[T int32 | int64](v []T, perm []int32) []T {
	out := make([]T, len(v))
	for i, from := range perm {
		out[i] = v[from]
	}
	return out
}

// cut divides the customers into runs of about 64 k rows, the same on any machine.
func cut(first []int) [][2]int {
	const rows = 1 << 16
	var blocks [][2]int
	for from := 0; from < len(first)-1; {
		to := from + 1
		for to < len(first)-1 && first[to]-first[from] < rows {
			to++
		}
		blocks = append(blocks, [2]int{from, to})
		from = to
	}
	return blocks
}

// each runs do for 0 to n-1 on all cores.
func each(n int, do func(int)) {
	var wait sync.WaitGroup
	var mu sync.Mutex
	next := 0
	for range min(runtime.GOMAXPROCS(0), n) {
		wait.Go(func() {
			for {
				mu.Lock()
				k := next
				next++
				mu.Unlock()
				if k >= n {
					return
				}
				do(k)
			}
		})
	}
	wait.Wait()
}

// A folder makes the visits of one run of customers.
type folder struct {
	rows     []row
	cost     []int64
	recorded []int32
	h        behold.Histories
	kinds    behold.Kinds
	again    int64
	order    []int32 // places of one customer's rows in order
	days     []int32
}

// customer folds rows from to to of one customer.
func (f *folder) customer(number int32, from, to int) {
	if from == to {
		return
	}
	f.h.Customer = append(f.h.Customer, number)
	places := f.byOrder(from, to)
	for len(places) > 0 {
		day := f.rows[places[0]].day
		n := 1
		for n < len(places) && f.rows[places[n]].day == day {
			n++
		}
		f.visit(day, places[:n])
		places = places[n:]
	}
	f.h.Start = append(f.h.Start, len(f.h.Day))
}

// byOrder gives the places of the rows by day and order. Rows mostly come so
// already, and few at a time.
func (f *folder) byOrder(from, to int) []int32 {
	f.order = f.order[:0]
	sorted := true
	for i := from; i < to; i++ {
		f.order = append(f.order, int32(i))
		sorted = sorted && (i == from || f.less(i-1, i) <= 0)
	}
	if !sorted {
		slices.SortFunc(f.order, func(a, b int32) int { return f.less(int(a), int(b)) })
	}
	return f.order
}

func (f *folder) less(a, b int) int {
	if c := cmp.Compare(f.rows[a].day, f.rows[b].day); c != 0 {
		return c
	}
	return cmp.Compare(f.rows[a].order, f.rows[b].order)
}

// visit folds the rows of one customer and day, which are in order of their orders.
func (f *folder) visit(day int32, places []int32) {
	var bought, credited, cost, sum int64
	var orders, goods, returns int32
	known := int32(math.MinInt32)
	for k, p := range places {
		r := &f.rows[p]
		if k > 0 && f.rows[places[k-1]].order != r.order {
			orders += positive(sum)
			sum = 0
		}
		sum += r.amount
		back, thing := r.flags&flagReturn != 0, r.flags&flagGoods != 0
		if r.flags&flagForeign == 0 {
			if back {
				credited += r.amount
			} else {
				bought += r.amount
			}
			if f.cost != nil {
				cost += f.cost[p]
			}
		}
		if thing && back {
			returns++
		} else if thing {
			goods++
		}
		if f.recorded != nil {
			known = max(known, f.recorded[p])
		}
	}
	orders += positive(sum)
	h := &f.h
	h.Day = append(h.Day, behold.Day(day))
	h.Orders = append(h.Orders, orders)
	h.Bought = append(h.Bought, bought)
	h.Credited = append(h.Credited, credited)
	h.Goods = append(h.Goods, goods)
	h.Returns = append(h.Returns, returns)
	if f.cost != nil {
		h.Margin = append(h.Margin, bought+credited-cost)
	}
	if f.recorded != nil {
		h.Recorded = append(h.Recorded, behold.Day(known))
	}
}

func positive(sum int64) int32 {
	if sum > 0 {
		return 1
	}
	return 0
}

// join puts the runs behind one another.
func join(parts []*folder, opt foldOptions) *behold.Histories {
	h := &behold.Histories{AsOf: opt.day, Currency: opt.facts.currency, Start: []int{0}}
	for _, f := range parts {
		p := &f.h
		base := len(h.Day)
		h.Customer = append(h.Customer, p.Customer...)
		for _, end := range p.Start {
			h.Start = append(h.Start, base+end)
		}
		h.Day = append(h.Day, p.Day...)
		h.Orders = append(h.Orders, p.Orders...)
		h.Bought = append(h.Bought, p.Bought...)
		h.Credited = append(h.Credited, p.Credited...)
		h.Goods = append(h.Goods, p.Goods...)
		h.Returns = append(h.Returns, p.Returns...)
		h.Margin = append(h.Margin, p.Margin...)
		h.Recorded = append(h.Recorded, p.Recorded...)
		f.h = behold.Histories{}
	}
	return h
}
