package warehouse

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"sync"

	"behold"
)

type foldOptions struct {
	day    behold.Day
	facts  facts
	levels []level // the first that is bought again often enough is taken
}

// fold makes histories of rows in any order, which are gone afterwards. Every
// sum is of whole numbers, so that neither the order of the rows nor the number
// of cores changes a bit. The level is what the Kinds were split by.
func fold(r *rowsOf, opt foldOptions) (*behold.Histories, level) {
	levels := slices.DeleteFunc(slices.Clone(opt.levels), func(l level) bool { return !opt.facts.has(l) })
	by := byNothing
	if len(levels) > 0 {
		by = levels[0]
	}
	pieces := make([]piece, len(r.bins))
	each(len(r.bins), func() func(int) {
		var f folder
		return func(k int) {
			f.sort(r, k)
			if len(levels) < 2 {
				r.bins[k] = bin{}
			}
			pieces[k] = f.piece(opt.facts, by)
		}
	})
	for len(levels) > 1 && !boughtAgain(pieces) {
		levels = levels[1:]
		by = levels[0]
		splitAgain(r, pieces, by)
	}
	r.bins = nil
	if by != byNothing && len(opt.levels) > 1 && !boughtAgain(pieces) {
		by = byNothing
	}
	h := join(pieces, opt)
	h.Kinds = joinKinds(pieces, h.Len(), by)
	return h, by
}

// has tells whether lines name what the level splits by.
func (f *facts) has(l level) bool {
	return l == byCategory && f.categories || l == byProduct && f.products
}

// each runs 0 to n-1 on all cores; worker makes what one core needs.
func each(n int, worker func() func(int)) {
	var wait sync.WaitGroup
	var mu sync.Mutex
	next := 0
	for range min(runtime.GOMAXPROCS(0), n) {
		wait.Go(func() {
			do := worker()
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

// A piece is what became of a bin. Its Start and First lack the leading 0.
type piece struct {
	h     behold.Histories
	kinds behold.Kinds
	again int // pairs bought on two days or more
}

// A folder makes the visits of one bin of customers after another.
type folder struct {
	tray
	h     behold.Histories
	kinds behold.Kinds
	again int
	order []int32  // places of one customer's rows in order
	keys  []uint64 // the same by kind
}

// piece folds the bin on the tray.
func (f *folder) piece(all facts, by level) piece {
	h := &f.h
	h.Customer, h.Start, h.Day, h.Orders = h.Customer[:0], h.Start[:0], h.Day[:0], h.Orders[:0]
	h.Bought, h.Credited, h.Margin = h.Bought[:0], h.Credited[:0], h.Margin[:0]
	h.Goods, h.Returns, h.Recorded = h.Goods[:0], h.Returns[:0], h.Recorded[:0]
	f.noKinds()
	f.each(func(number int32, from, to int) {
		f.customer(number, from, to)
		if by != byNothing {
			f.split(by)
		}
	})
	return piece{kinds: f.tookKinds(), again: f.again, h: behold.Histories{
		Customer: slices.Clone(h.Customer), Start: slices.Clone(h.Start), Day: slices.Clone(h.Day), Orders: slices.Clone(h.Orders),
		Bought: slices.Clone(h.Bought), Credited: slices.Clone(h.Credited), Margin: slices.Clone(h.Margin),
		Goods: slices.Clone(h.Goods), Returns: slices.Clone(h.Returns), Recorded: slices.Clone(h.Recorded),
	}}
}

// customer folds rows from to to of one customer.
func (f *folder) customer(number int32, from, to int) {
	f.h.Customer = append(f.h.Customer, number)
	f.byOrder(from, to)
	for places := f.order; len(places) > 0; {
		day := f.rows[places[0]].day()
		n := 1
		for n < len(places) && f.rows[places[n]].day() == day {
			n++
		}
		f.visit(day, places[:n])
		places = places[n:]
	}
	f.h.Start = append(f.h.Start, len(f.h.Day))
}

// byOrder puts the places of the rows by day and order. Rows mostly come so
// already, and few at a time.
func (f *folder) byOrder(from, to int) {
	f.order = f.order[:0]
	sorted := true
	for i := from; i < to; i++ {
		f.order = append(f.order, int32(i))
		sorted = sorted && (i == from || f.less(i-1, i) <= 0)
	}
	if !sorted {
		slices.SortFunc(f.order, func(a, b int32) int { return f.less(int(a), int(b)) })
	}
}

func (f *folder) less(a, b int) int {
	if c := cmp.Compare(f.rows[a].day(), f.rows[b].day()); c != 0 {
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
		back, thing := r.is(flagReturn), r.is(flagGoods)
		if !r.is(flagForeign) {
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

// join puts the pieces behind one another, and takes them apart on the way.
func join(pieces []piece, opt foldOptions) *behold.Histories {
	h := &behold.Histories{AsOf: opt.day, Currency: opt.facts.currency}
	at := func(i int) *behold.Histories { return &pieces[i].h }
	sizes := make([]int, len(pieces)) // visits, told before the columns go
	for i := range pieces {
		sizes[i] = len(at(i).Day)
	}
	together(
		func() { h.Start = columnOfEnds(sizes, func(i int) *[]int { return &at(i).Start }) },
		func() { h.Customer = columnOf(len(pieces), func(i int) *[]int32 { return &at(i).Customer }) },
		func() { h.Day = columnOf(len(pieces), func(i int) *[]behold.Day { return &at(i).Day }) },
		func() { h.Orders = columnOf(len(pieces), func(i int) *[]int32 { return &at(i).Orders }) },
		func() { h.Bought = columnOf(len(pieces), func(i int) *[]int64 { return &at(i).Bought }) },
		func() { h.Credited = columnOf(len(pieces), func(i int) *[]int64 { return &at(i).Credited }) },
		func() { h.Goods = columnOf(len(pieces), func(i int) *[]int32 { return &at(i).Goods }) },
		func() { h.Returns = columnOf(len(pieces), func(i int) *[]int32 { return &at(i).Returns }) },
		func() { h.Margin = columnOf(len(pieces), func(i int) *[]int64 { return &at(i).Margin }) },
		func() { h.Recorded = columnOf(len(pieces), func(i int) *[]behold.Day { return &at(i).Recorded }) },
	)
	return h
}

// together runs the jobs on all cores.
func together(jobs ...func()) {
	each(len(jobs), func() func(int) { return func(k int) { jobs[k]() } })
}

// columnOf is a column of n pieces, nil when none has it. The pieces lose it.
func columnOf[T any](n int, column func(int) *[]T) []T {
	size := 0
	for i := range n {
		size += len(*column(i))
	}
	if size == 0 {
		return nil
	}
	all := make([]T, 0, size)
	for i := range n {
		all = append(all, *column(i)...)
		*column(i) = nil
	}
	return all
}

// columnOfEnds is a column of ends, each piece's counted from where it begins;
// sizes is how much each has of what they are the ends of.
func columnOfEnds(sizes []int, column func(int) *[]int) []int {
	n := 1
	for i := range sizes {
		n += len(*column(i))
	}
	all, base := make([]int, 1, n), 0
	for i, size := range sizes {
		for _, end := range *column(i) {
			all = append(all, base+end)
		}
		*column(i) = nil
		base += size
	}
	return all
}
