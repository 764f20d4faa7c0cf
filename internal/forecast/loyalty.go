package forecast

import (
	"math"
	"slices"
	"sync"

	"behold"
	"behold/stat"
)

// A Habit is how a customer buys, as far as loyalty shows in it.
type Habit struct {
	Customer int32
	Here     bool        // still a customer: only those are compared
	Segment  behold.Mark // compared within
	Band     int8        // of years as a customer, compared within
	Rate     float32     // purchases a day to expect; NaN: not known
	Spend    float32     // a purchase, drawn towards what others spend; NaN: not known
	Breadth  float32     // categories among any ten purchases of one; NaN: fewer than ten
}

// rarefied is to how many purchases of a category the number of categories is
// brought down, so that who buys often does not look broad for that alone.
const rarefied = 10

// Habits reads the habits of the customers of h, whose profiles and forecasts
// are in the same order.
func (m *Model) Habits(h *behold.Histories, profiles []behold.Profile, f []behold.Forecast) []Habit {
	all := make([]Habit, h.Len())
	scale := 1 / math.Pow10(behold.MinorDigits(h.Currency))
	stat.Blocks(h.Len(), blockSize, func(lo, hi int) {
		for k := lo; k < hi; k++ {
			all[k] = m.habit(h, k, &f[k], scale)
			if k < len(profiles) {
				all[k].Segment = profiles[k].Segment
			}
		}
	})
	return all
}

func (m *Model) habit(h *behold.Histories, k int, f *behold.Forecast, scale float64) Habit {
	none := float32(math.NaN())
	x := Habit{Customer: h.Customer[k], Rate: none, Spend: none, Breadth: none}
	x.Here = f.Occasions > 0 && f.State != behold.Lost && f.State != behold.Closed
	if !x.Here {
		return x
	}
	x.Band = tenureBand(float64(h.AsOf-f.First) / yearDays)
	if f.UsualGap > 0 {
		x.Rate = float32(1 / f.UsualGap)
	}
	net := int64(0)
	for i := h.Start[k]; i < h.Start[k+1]; i++ {
		net += worth(h, i)
	}
	each := max(0, float64(net)*scale/float64(f.Occasions))
	if shrunk, ok := m.Money.Mean(float64(f.Occasions), each); ok {
		each = shrunk
	}
	x.Spend = float32(each)
	x.Breadth = breadth(&h.Kinds, k)
	return x
}

// tenureBand puts years as a customer into one of four: to one, two, four and
// more.
func tenureBand(years float64) int8 {
	switch {
	case years < 1:
		return 0
	case years < 2:
		return 1
	case years < 4:
		return 2
	}
	return 3
}

// breadth is how many categories are to be expected among ten purchases drawn
// from all of customer k (Hurlbert's rarefaction).
func breadth(c *behold.Kinds, k int) float32 {
	if len(c.First) == 0 {
		return float32(math.NaN())
	}
	first, end := c.First[k], c.First[k+1]
	n := c.Start[end] - c.Start[first]
	if n < rarefied {
		return float32(math.NaN())
	}
	sum := 0.0
	for j := first; j < end; j++ {
		none := 1.0 // chance that none of the ten is of category j
		own := c.Start[j+1] - c.Start[j]
		for i := range rarefied {
			none *= max(0, float64(n-own-i)) / float64(n-i)
		}
		sum += 1 - none
	}
	return float32(sum)
}

// leastGroup is with how many others a customer is compared at least.
const leastGroup = 20

// Loyalty is the index of METHODS 6.8 of every customer, in their order: 0 to 100,
// 50 in the middle; below 0 where it cannot be told.
//
// Question: who buys more often, more each time and more kinds than others like
// them?
//
// Input: habits of all customers of the company; read only.
//
// Formula: of each of rate, spend and breadth the share of customers of the same
// segment and years who have less (half of those who have the same), and the mean
// of these × 100. Segments of fewer than 20 in their years are compared with all
// of those years, and those with everybody.
//
// Errors: none. Not known of those who are gone, nor where fewer than two of the
// three are. Referrals, the fourth sign of loyalty, are in no table yet.
//
// Not a forecast: it says how customers buy, and not whether they will.
//
// Source: METHODS 6.8. See TestLoyalty.
func Loyalty(all []Habit) []float64 {
	groups := loyaltyGroups(all)
	var parts [3][]float32
	var waiting sync.WaitGroup
	for i, of := range []func(*Habit) float32{
		func(h *Habit) float32 { return h.Rate },
		func(h *Habit) float32 { return h.Spend },
		func(h *Habit) float32 { return h.Breadth },
	} {
		waiting.Go(func() { parts[i] = percentiles(all, groups, of) })
	}
	waiting.Wait()
	index := make([]float64, len(all))
	for k := range all {
		sum, n := 0.0, 0
		for i := range parts {
			if p := parts[i][k]; p >= 0 {
				sum += float64(p)
				n++
			}
		}
		if index[k] = -1; n >= 2 {
			index[k] = 100 * sum / float64(n)
		}
	}
	return index
}

type loyaltyGroup struct {
	segment behold.Mark
	band    int8
}

// loyaltyGroups are the places of those who are compared with one another.
func loyaltyGroups(all []Habit) [][]int32 {
	by := map[loyaltyGroup][]int32{}
	for k := range all {
		if x := &all[k]; x.Here {
			g := loyaltyGroup{x.Segment, x.Band}
			by[g] = append(by[g], int32(k))
		}
	}
	by = pooled(by, func(g loyaltyGroup) loyaltyGroup { return loyaltyGroup{band: g.band} })
	by = pooled(by, func(loyaltyGroup) loyaltyGroup { return loyaltyGroup{band: -1} })
	var groups [][]int32
	for _, list := range by {
		groups = append(groups, list)
	}
	return groups
}

// pooled puts the groups that are too small together, by what wider says.
func pooled(by map[loyaltyGroup][]int32, wider func(loyaltyGroup) loyaltyGroup) map[loyaltyGroup][]int32 {
	out := map[loyaltyGroup][]int32{}
	for g, list := range by {
		if len(list) < leastGroup {
			g = wider(g)
		}
		out[g] = append(out[g], list...)
	}
	return out
}

// percentiles are the shares of those in the group who have less, half of those
// who have the same; -1 of those of whom it is not known.
func percentiles(all []Habit, groups [][]int32, of func(*Habit) float32) []float32 {
	out := make([]float32, len(all))
	for k := range out {
		out[k] = -1
	}
	var values []float32
	for _, list := range groups {
		values = values[:0]
		for _, k := range list {
			if v := of(&all[k]); v == v {
				values = append(values, v)
			}
		}
		slices.Sort(values)
		n := float32(len(values))
		for _, k := range list {
			v := of(&all[k])
			if v != v {
				continue
			}
			lo, _ := slices.BinarySearch(values, v)
			hi := upper(values[lo:], v) + lo
			out[k] = (float32(lo) + float32(hi-lo)/2) / n
		}
	}
	return out
}

// upper is how many of the ascending values are v, which begin with it.
func upper(values []float32, v float32) int {
	at, _ := slices.BinarySearchFunc(values, v, func(a, b float32) int {
		if a <= b {
			return -1
		}
		return 1
	})
	return at
}
