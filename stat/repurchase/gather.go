package repurchase

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// gather puts equal histories into one with the sum of their weights, sorted
// by x, T and t_x, so that neither the order of the buyers nor their folding
// changes a bit of a sum. gaps says whether ΣlnGaps matters to the model.
//
// It is fold by way of a hash table: most histories occur several times, and
// only the different ones are sorted.
func gather(buyers []Buyer, gaps bool) []Buyer {
	different, _ := distinct(buyers, gaps)
	return sorted(different)
}

// distinct is the different histories in the order in which they come, with
// the sums of their weights, and which of them each buyer has.
func distinct(buyers []Buyer, gaps bool) (different []Buyer, of []int32) {
	size := 16
	for size < 2*len(buyers) {
		size *= 2
	}
	slots := make([]int32, size) // 1 + place in different
	different = make([]Buyer, 0, len(buyers)/2+1)
	of = make([]int32, len(buyers))
	for i := range buyers {
		b := buyers[i]
		b.Weight = b.weight()
		if !gaps {
			b.LogGaps = 0
		}
		at := int(b.hash()) & (size - 1)
		for slots[at] != 0 && !sameHistory(&different[slots[at]-1], &b) {
			at = (at + 1) & (size - 1)
		}
		if slots[at] == 0 {
			different = append(different, b)
			slots[at] = int32(len(different))
		} else {
			different[slots[at]-1].Weight += b.Weight
		}
		of[i] = slots[at] - 1
	}
	return different, of
}

// sorted is the buyers by x, T and t_x: a stable sort by each of these numbers,
// from the last to the first. Where a number takes few values, as in whole days,
// it is by their ranks; else by radix as float32, and an ordinary sort where
// float32 cannot tell them apart.
func sorted(buyers []Buyer) []Buyer {
	order, spare := make([]int32, len(buyers)), make([]int32, len(buyers))
	for i := range order {
		order[i] = int32(i)
	}
	digits := make([]uint32, len(buyers)) // numbers from 0 up are in the order of their bits
	for _, of := range []func(*Buyer) float64{
		func(b *Buyer) float64 { return b.Last }, func(b *Buyer) float64 { return b.Age }, func(b *Buyer) float64 { return b.Repeats },
	} {
		if starts := ranks(buyers, of, digits); starts != nil {
			scatter(digits, starts, order, spare)
			order, spare = spare, order
			continue
		}
		for i := range buyers {
			digits[i] = math.Float32bits(float32(of(&buyers[i]) + 0))
		}
		order, spare = radix(digits, order, spare)
	}
	in := make([]Buyer, len(buyers))
	for i, at := range order {
		in[i] = buyers[at]
	}
	if !slices.IsSortedFunc(in, byHistory) {
		slices.SortFunc(in, byHistory)
	}
	return in
}

// mostRanks is up to how many values a number is sorted by rank.
const mostRanks = 1 << 11

// ranks puts the rank of each buyer's number among the different ones into
// rank, and gives back where each begins in the sorted order; nil where there
// are too many.
func ranks(buyers []Buyer, of func(*Buyer) float64, rank []uint32) (starts []int32) {
	var slots [4 * mostRanks]uint16 // 1 + place in values
	values, counts := make([]float64, 0, mostRanks), make([]int32, 0, mostRanks)
	for i := range buyers {
		v := of(&buyers[i]) + 0
		at := math.Float64bits(v) * 0x9e3779b97f4a7c15 >> 51
		for slots[at] != 0 && values[slots[at]-1] != v {
			at = (at + 1) % uint64(len(slots))
		}
		if slots[at] == 0 {
			if len(values) == mostRanks {
				return nil
			}
			values, counts = append(values, v), append(counts, 0)
			slots[at] = uint16(len(values))
		}
		rank[i] = uint32(slots[at] - 1)
		counts[rank[i]]++
	}
	return places(values, counts, rank)
}

// places turns numbers in the order of their coming into ranks, and counts into
// beginnings.
func places(values []float64, counts []int32, rank []uint32) (starts []int32) {
	order := make([]uint32, len(values))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(values[a], values[b]) })
	of, sum := make([]uint32, len(values)), int32(0)
	for place, i := range order {
		of[i] = uint32(place)
		starts = append(starts, sum)
		sum += counts[i]
	}
	for i := range rank {
		rank[i] = of[rank[i]]
	}
	return starts
}

// scatter is one stable step of a counting sort.
func scatter(rank []uint32, starts, order, into []int32) {
	for _, at := range order {
		r := rank[at]
		into[starts[r]] = at
		starts[r]++
	}
}

// radix sorts the order by keys, keeping it among equals, eleven of them at a
// time; those that all have in common are passed over.
func radix(keys []uint32, order, spare []int32) (sorted, rest []int32) {
	const digit = 1<<11 - 1
	for shift := 0; shift < 32; shift += 11 {
		var ends [digit + 1]int32
		for _, b := range keys {
			ends[b>>shift&digit]++
		}
		if len(keys) > 0 && ends[keys[0]>>shift&digit] == int32(len(keys)) {
			continue
		}
		sum := int32(0)
		for i, n := range ends {
			ends[i] = sum
			sum += n
		}
		for _, at := range order {
			d := keys[at] >> shift & digit
			spare[ends[d]] = at
			ends[d]++
		}
		order, spare = spare, order
	}
	return order, spare
}

// hash multiplies the four numbers side by side, each by an odd number of many
// bits, and mixes once: one after the other takes twice as long.
func (b *Buyer) hash() uint64 {
	const golden = 0x9e3779b97f4a7c15 // Fibonacci hashing (Knuth, TAOCP 6.4)
	h := math.Float64bits(b.Repeats+0)*golden ^
		bits.RotateLeft64(math.Float64bits(b.Age+0)*0xc2b2ae3d27d4eb4f, 19) ^
		bits.RotateLeft64(math.Float64bits(b.Last+0)*0x165667b19e3779f9, 41) ^
		bits.RotateLeft64(math.Float64bits(b.LogGaps+0)*0xd6e8feb86659fd93, 53)
	h = (h ^ h>>32) * golden
	return h ^ h>>29
}

func sameHistory(a, b *Buyer) bool {
	return a.Repeats == b.Repeats && a.Age == b.Age && a.Last == b.Last && a.LogGaps == b.LogGaps
}

func byHistory(a, b Buyer) int {
	switch {
	case a.Repeats != b.Repeats:
		return cmp.Compare(a.Repeats, b.Repeats)
	case a.Age != b.Age:
		return cmp.Compare(a.Age, b.Age)
	case a.Last != b.Last:
		return cmp.Compare(a.Last, b.Last)
	}
	return cmp.Compare(a.LogGaps, b.LogGaps)
}

// checkCounts finds the first buyer whose history cannot be or whose repeats
// are no whole number: the models of single purchases count.
func checkCounts(buyers []Buyer) error {
	if err := checkBuyers(buyers); err != nil {
		return err
	}
	for i := range buyers {
		if x := buyers[i].Repeats; x != math.Trunc(x) {
			return &InputError{Buyer: i, Field: "Repeats", Value: x, Why: "not a whole number"}
		}
	}
	return nil
}

// counts are the different x of gathered buyers, with their weights, and
// which of them each buyer has.
func countsOf(buyers []Buyer) (counts, weights []float64, of []int32) {
	of = make([]int32, len(buyers))
	for i, b := range buyers {
		if i == 0 || b.Repeats != buyers[i-1].Repeats {
			counts, weights = append(counts, b.Repeats), append(weights, 0)
		}
		weights[len(weights)-1] += b.Weight
		of[i] = int32(len(counts) - 1)
	}
	return counts, weights, of
}

// everySoMany is a stride sample of the histories.
func everySoMany(buyers []Buyer, stride int) (some []Buyer) {
	for i := stride / 2; i < len(buyers); i += stride {
		some = append(some, buyers[i])
	}
	return some
}
