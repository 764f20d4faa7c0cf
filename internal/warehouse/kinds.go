package warehouse

import (
	"cmp"
	"slices"

	"behold"
)

// kindsOf splits the goods by the first level that is bought again often enough.
func kindsOf(h *behold.Histories, parts []*folder, blocks [][2]int, first []int, opt foldOptions) (behold.Kinds, level) {
	for _, by := range opt.levels {
		if by == byNothing || by == byCategory && !opt.facts.categories || by == byProduct && !opt.facts.products {
			continue
		}
		each(len(blocks), func(k int) {
			f := parts[k]
			f.kinds, f.again = behold.Kinds{}, 0
			for c := blocks[k][0]; c < blocks[k][1]; c++ {
				if first[c] < first[c+1] {
					f.split(by, first[c], first[c+1])
				}
			}
		})
		var pairs, again int64
		for _, f := range parts {
			pairs += int64(len(f.kinds.Category))
			again += f.again
		}
		if enough(again, pairs) || len(opt.levels) == 1 {
			return joinKinds(parts), by
		}
	}
	return behold.Kinds{First: make([]int, h.Len()+1), Start: []int{0}}, byNothing
}

// split adds the pairs of one customer: for every kind the days on which goods
// of it came to more than 0 after what was returned the same day.
func (f *folder) split(by level, from, to int) {
	f.order = f.order[:0]
	for i := from; i < to; i++ {
		if f.rows[i].flags&flagGoods != 0 && f.rows[i].kind(by) >= 0 {
			f.order = append(f.order, int32(i))
		}
	}
	slices.SortFunc(f.order, func(a, b int32) int {
		if c := cmp.Compare(f.rows[a].kind(by), f.rows[b].kind(by)); c != 0 {
			return c
		}
		return cmp.Compare(f.rows[a].day, f.rows[b].day)
	})
	places := f.order
	for len(places) > 0 {
		kind, n := f.rows[places[0]].kind(by), 1
		for n < len(places) && f.rows[places[n]].kind(by) == kind {
			n++
		}
		f.pair(kind, places[:n])
		places = places[n:]
	}
	f.kinds.First = append(f.kinds.First, len(f.kinds.Category))
}

// pair adds one kind of one customer, when there is a day on which it was bought.
func (f *folder) pair(kind int32, places []int32) {
	before := len(f.kinds.Day)
	for len(places) > 0 {
		day := f.rows[places[0]].day
		var net, bought int64
		for len(places) > 0 && f.rows[places[0]].day == day {
			if r := &f.rows[places[0]]; r.flags&flagForeign == 0 {
				net += r.amount
				if r.flags&flagReturn == 0 {
					bought += r.amount
				}
			}
			places = places[1:]
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

func (r *row) kind(by level) int32 {
	if by == byCategory {
		return r.category
	}
	return r.product
}

func joinKinds(parts []*folder) behold.Kinds {
	k := behold.Kinds{First: []int{0}, Start: []int{0}}
	for _, f := range parts {
		pairs, days := len(k.Category), len(k.Day)
		for _, end := range f.kinds.First {
			k.First = append(k.First, pairs+end)
		}
		for _, end := range f.kinds.Start {
			k.Start = append(k.Start, days+end)
		}
		k.Category = append(k.Category, f.kinds.Category...)
		k.Day = append(k.Day, f.kinds.Day...)
		k.Bought = append(k.Bought, f.kinds.Bought...)
		f.kinds = behold.Kinds{}
	}
	return k
}
