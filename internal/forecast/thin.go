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
	return h.Pick(chosen)
}

// mix is the finisher of splitmix64 (Steele, Lea, Flood 2014): neighbouring
// numbers get unrelated hashes.
func mix(seed uint64, customer int32) uint64 {
	z := seed*0x9e3779b97f4a7c15 + uint64(uint32(customer))*0xd1342543de82ef95 + 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
