package forecast

import (
	"slices"

	"behold"
)

// thin takes at most size customers, those with the smallest hash of number and
// seed, in order of their numbers. Who is taken does not depend on the order in
// which they stand.
func thin(h *behold.Histories, size int, seed uint64) *behold.Histories {
	chosen := make([]int, h.Len())
	for k := range chosen {
		chosen[k] = k
	}
	if len(chosen) > size {
		slices.SortFunc(chosen, func(a, b int) int {
			x, y := mix(seed, h.Customer[a]), mix(seed, h.Customer[b])
			switch {
			case x < y:
				return -1
			case x > y:
				return 1
			}
			return int(h.Customer[a]) - int(h.Customer[b])
		})
		chosen = chosen[:size]
	}
	byNumber := func(a, b int) int { return int(h.Customer[a]) - int(h.Customer[b]) }
	if len(chosen) == h.Len() && slices.IsSortedFunc(chosen, byNumber) {
		return h
	}
	slices.SortFunc(chosen, byNumber)
	return pick(h, chosen)
}

// mix is the finisher of splitmix64 (Steele, Lea, Flood 2014): neighbouring
// numbers get unrelated hashes.
func mix(seed uint64, customer int32) uint64 {
	z := seed*0x9e3779b97f4a7c15 + uint64(uint32(customer))*0xd1342543de82ef95 + 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// pick copies the histories of the chosen customers, in that order.
func pick(h *behold.Histories, chosen []int) *behold.Histories {
	p := &behold.Histories{AsOf: h.AsOf, Currency: h.Currency, Start: make([]int, 1, len(chosen)+1)}
	for _, k := range chosen {
		lo, hi := h.Start[k], h.Start[k+1]
		p.Customer = append(p.Customer, h.Customer[k])
		p.Day = append(p.Day, h.Day[lo:hi]...)
		p.Orders = append(p.Orders, h.Orders[lo:hi]...)
		p.Bought = append(p.Bought, h.Bought[lo:hi]...)
		p.Credited = append(p.Credited, h.Credited[lo:hi]...)
		p.Goods = append(p.Goods, h.Goods[lo:hi]...)
		p.Returns = append(p.Returns, h.Returns[lo:hi]...)
		if h.Recorded != nil {
			p.Recorded = append(p.Recorded, h.Recorded[lo:hi]...)
		}
		if h.Margin != nil {
			p.Margin = append(p.Margin, h.Margin[lo:hi]...)
		}
		p.Start = append(p.Start, len(p.Day))
	}
	p.Kinds = pickKinds(&h.Kinds, chosen)
	return p
}

func pickKinds(c *behold.Kinds, chosen []int) behold.Kinds {
	if len(c.First) == 0 {
		return behold.Kinds{}
	}
	p := behold.Kinds{First: make([]int, 1, len(chosen)+1), Start: make([]int, 1)}
	for _, k := range chosen {
		for j := c.First[k]; j < c.First[k+1]; j++ {
			lo, hi := c.Start[j], c.Start[j+1]
			p.Category = append(p.Category, c.Category[j])
			p.Day = append(p.Day, c.Day[lo:hi]...)
			p.Bought = append(p.Bought, c.Bought[lo:hi]...)
			p.Start = append(p.Start, len(p.Day))
		}
		p.First = append(p.First, len(p.Category))
	}
	return p
}
