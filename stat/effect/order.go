package effect

import "math"

// A place is a number to sort by and where it came from.
type place struct {
	key uint64
	at  int
}

// ascendingPlaces sorts numbers by bytes, lowest first, leaving out the bytes in
// which all agree; equal numbers keep their order (−0 equals 0). It takes a third of
// the time of comparing. The numbers are finite.
func ascendingPlaces(values []float64) []place {
	sorted, free := make([]place, len(values)), make([]place, len(values))
	var counts [8][256]int
	for i, v := range values {
		key := math.Float64bits(v + 0)
		if v < 0 {
			key = ^key
		} else {
			key |= 1 << 63
		}
		sorted[i] = place{key, i}
		for b := range counts {
			counts[b][byte(key>>(8*b))]++
		}
	}
	for b := range counts {
		if len(sorted) == 0 || counts[b][byte(sorted[0].key>>(8*b))] == len(sorted) {
			continue
		}
		var next [256]int
		sum := 0
		for v, n := range counts[b] {
			next[v] = sum
			sum += n
		}
		for _, p := range sorted {
			v := byte(p.key >> (8 * b))
			free[next[v]] = p
			next[v]++
		}
		sorted, free = free, sorted
	}
	return sorted
}
