package survival

import "math"

// A spot is a number to sort by, and what goes along: mostly where in the input
// it came from, or else the bits of a weight.
type spot struct {
	key uint64
	at  uint64
}

// sortInto sorts by key in 8 passes over bytes, lowest first, leaving out the
// bytes in which all keys agree. It keeps the order of equal keys, so that a
// sort by two keys is a sort by the second after one by the first. It needs
// scratch of the same length, and gives back which of the two is sorted and
// which is scratch now.
//
// Durations in days agree in five bytes of eight, which makes this several
// times faster than comparing.
func sortInto(spots, scratch []spot) (sorted, free []spot) {
	var counts [8][256]int
	for i := range spots {
		key := spots[i].key
		for b := range counts {
			counts[b][byte(key>>(8*b))]++
		}
	}
	for b := range counts {
		if counts[b][byte(spots[0].key>>(8*b))] == len(spots) {
			continue
		}
		var place [256]int
		sum := 0
		for v, count := range counts[b] {
			place[v] = sum
			sum += count
		}
		for _, s := range spots {
			v := byte(s.key >> (8 * b))
			scratch[place[v]] = s
			place[v]++
		}
		spots, scratch = scratch, spots
	}
	return spots, scratch
}

// timeKey maps x ≥ 0 to a whole number in the same order (−0 counts as 0).
func timeKey(x float64) uint64 {
	return math.Float64bits(x + 0)
}

// inOrder gives the indexes of stays by the key, then by weight, so that sums
// in that order do not depend on the order of the input.
func inOrder(stays []Stay, key func(*Stay) float64) []spot {
	spots, scratch := make([]spot, len(stays)), make([]spot, len(stays))
	weighted := false
	for i := range stays {
		spots[i] = spot{timeKey(stays[i].weight()), uint64(i)}
		weighted = weighted || spots[i].key != spots[0].key
	}
	if weighted {
		spots, scratch = sortInto(spots, scratch)
	}
	for i := range spots {
		spots[i].key = timeKey(key(&stays[spots[i].at]))
	}
	spots, _ = sortInto(spots, scratch)
	return spots
}
