package warehouse

import (
	"slices"

	"behold"
)

// boughtAgain tells whether enough of the pairs were.
func boughtAgain(pieces []piece) bool {
	pairs, again := 0, 0
	for i := range pieces {
		pairs += len(pieces[i].kinds.Category)
		again += pieces[i].again
	}
	return enough(int64(again), int64(pairs))
}

// splitAgain splits the goods of all bins by another level.
func splitAgain(r *rowsOf, pieces []piece, by level) {
	each(len(pieces), func() func(int) {
		var f folder
		return func(k int) {
			f.sort(r, k)
			f.noKinds()
			f.each(func(_ int32, from, to int) {
				f.byOrder(from, to)
				f.split(by)
			})
			pieces[k].kinds, pieces[k].again = f.tookKinds(), f.again
		}
	})
}

func (f *folder) noKinds() {
	k := &f.kinds
	k.First, k.Category, k.Start, k.Day, k.Bought = k.First[:0], k.Category[:0], k.Start[:0], k.Day[:0], k.Bought[:0]
	f.again = 0
}

func (f *folder) tookKinds() behold.Kinds {
	k := &f.kinds
	return behold.Kinds{First: slices.Clone(k.First), Category: slices.Clone(k.Category), Start: slices.Clone(k.Start),
		Day: slices.Clone(k.Day), Bought: slices.Clone(k.Bought)}
}

// split adds the pairs of the customer whose rows are in order: for every kind
// the days on which goods of it came to more than 0 after what was returned the
// same day.
func (f *folder) split(by level) {
	f.keys = f.keys[:0]
	for i, p := range f.order {
		if r := &f.rows[p]; r.is(flagGoods) && r.kind(by) >= 0 {
			f.keys = append(f.keys, uint64(r.kind(by))<<32|uint64(i)) // by kind, and by day as the rows are
		}
	}
	slices.Sort(f.keys)
	for keys := f.keys; len(keys) > 0; {
		kind, n := keys[0]>>32, 1
		for n < len(keys) && keys[n]>>32 == kind {
			n++
		}
		f.pair(int32(kind), keys[:n])
		keys = keys[n:]
	}
	f.kinds.First = append(f.kinds.First, len(f.kinds.Category))
}

// pair adds one kind of one customer, when there is a day on which it was bought.
func (f *folder) pair(kind int32, keys []uint64) {
	before := len(f.kinds.Day)
	for len(keys) > 0 {
		day := f.at(keys[0]).day()
		var net, bought int64
		for len(keys) > 0 && f.at(keys[0]).day() == day {
			if r := f.at(keys[0]); !r.is(flagForeign) {
				net += r.amount
				if !r.is(flagReturn) {
					bought += r.amount
				}
			}
			keys = keys[1:]
		}
		if net > 0 {
			f.kinds.Day = append(f.kinds.Day, behold.Day(day))
			f.kinds.Bought = append(f.kinds.Bought, bought)
		}
	}
	days := len(f.kinds.Day) - before
	if days == 0 {
		return
	}
	if days >= 2 {
		f.again++
	}
	f.kinds.Category = append(f.kinds.Category, kind)
	f.kinds.Start = append(f.kinds.Start, len(f.kinds.Day))
}

// at is the row of a key.
func (f *folder) at(key uint64) *row { return &f.rows[f.order[uint32(key)]] }

// joinKinds puts the pieces' kinds behind one another, and takes them apart on
// the way. Split by nothing, nobody has any.
func joinKinds(pieces []piece, customers int, by level) (k behold.Kinds) {
	if by == byNothing {
		return behold.Kinds{First: make([]int, customers+1), Start: []int{0}}
	}
	at := func(i int) *behold.Kinds { return &pieces[i].kinds }
	pairs, days := make([]int, len(pieces)), make([]int, len(pieces))
	for i := range pieces {
		pairs[i], days[i] = len(at(i).Category), len(at(i).Day)
	}
	together(
		func() { k.First = columnOfEnds(pairs, func(i int) *[]int { return &at(i).First }) },
		func() { k.Start = columnOfEnds(days, func(i int) *[]int { return &at(i).Start }) },
		func() { k.Category = columnOf(len(pieces), func(i int) *[]int32 { return &at(i).Category }) },
		func() { k.Day = columnOf(len(pieces), func(i int) *[]behold.Day { return &at(i).Day }) },
		func() { k.Bought = columnOf(len(pieces), func(i int) *[]int64 { return &at(i).Bought }) },
	)
	return k
}
