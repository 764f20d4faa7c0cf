package forecast

import (
	"math"

	"behold"
	"behold/stat"
	"behold/stat/repurchase"
)

// gapLow is the shortest gap, in days of operational time (METHODS 2.3): two
// purchases around a closed weekend are not infinitely close.
const gapLow = 0.5

// blockSize is how many customers one core takes at a time. It is fixed, so that
// what is summed together does not depend on the number of cores.
const blockSize = 2048

// Occasions are the purchase occasions of a run of customers (or of their
// categories), in columns, told on the operational clock.
//
// Purchases on days at most MergeDays after the first of an occasion belong to
// it. A gap runs from the last day of an occasion to the first of the next, and
// silence from the last day of the last, so that what a colleague sees ("last
// bought on") is where counting starts. A day whose credits cancel what was
// bought on it is no purchase.
type Occasions struct {
	Count []int32 // occasions, 0 for those who never bought
	First []behold.Day
	Last  []behold.Day
	Buyer []repurchase.Buyer // Repeats x, Last t_x, Age T, LogGaps L; zero where Count is 0
	Spent []float64          // major units a purchase occasion: margin, else amount, net of all credits; not below 0
}

// a tally gathers the occasions of one customer or category.
type tally struct {
	count             int32
	first, open, last behold.Day // open is the first day of the present occasion
	sum, logs         float64    // of the gaps, operational
}

func (t *tally) add(d behold.Day, c *behold.Clock, merge behold.Day) {
	switch {
	case t.count == 0:
		t.first, t.open, t.count = d, d, 1
	case d-t.open > merge:
		gap := max(c.Between(t.last, d), gapLow)
		t.sum += gap
		t.logs += math.Log(gap)
		t.open = d
		t.count++
	}
	t.last = d
}

func (t *tally) buyer(c *behold.Clock, asOf behold.Day) repurchase.Buyer {
	if t.count == 0 {
		return repurchase.Buyer{}
	}
	silence := max(c.Between(t.last, asOf), 0)
	return repurchase.Buyer{Repeats: float64(t.count - 1), Last: t.sum, Age: t.sum + silence, LogGaps: t.logs, Weight: 1}
}

func newOccasions(n int) *Occasions {
	return &Occasions{
		Count: make([]int32, n), First: make([]behold.Day, n), Last: make([]behold.Day, n),
		Buyer: make([]repurchase.Buyer, n), Spent: make([]float64, n),
	}
}

// CustomerOccasions reads the occasions of every customer in one pass.
func CustomerOccasions(h *behold.Histories, c *behold.Clock, mergeDays int) *Occasions {
	o := newOccasions(h.Len())
	scale := 1 / math.Pow10(behold.MinorDigits(h.Currency))
	stat.Blocks(h.Len(), blockSize, func(lo, hi int) {
		for k := lo; k < hi; k++ {
			var t tally
			net := int64(0)
			for i := h.Start[k]; i < h.Start[k+1]; i++ {
				net += worth(h, i)
				if h.Purchase(i) {
					t.add(h.Day[i], c, behold.Day(mergeDays))
				}
			}
			o.put(k, &t, c, h.AsOf)
			if t.count > 0 {
				o.Spent[k] = max(0, float64(net)*scale/float64(t.count))
			}
		}
	})
	return o
}

// KindOccasions does the same for every (customer, category) pair; Spent is
// the amount a purchase occasion.
func KindOccasions(h *behold.Histories, c *behold.Clock, mergeDays int) *Occasions {
	kinds := &h.Kinds
	o := newOccasions(len(kinds.Category))
	scale := 1 / math.Pow10(behold.MinorDigits(h.Currency))
	stat.Blocks(len(kinds.Category), blockSize, func(lo, hi int) {
		for j := lo; j < hi; j++ {
			var t tally
			net := int64(0)
			for i := kinds.Start[j]; i < kinds.Start[j+1]; i++ {
				net += kinds.Bought[i]
				t.add(kinds.Day[i], c, behold.Day(mergeDays))
			}
			o.put(j, &t, c, h.AsOf)
			if t.count > 0 {
				o.Spent[j] = max(0, float64(net)*scale/float64(t.count))
			}
		}
	})
	return o
}

func (o *Occasions) put(k int, t *tally, c *behold.Clock, asOf behold.Day) {
	o.Count[k], o.First[k], o.Last[k] = t.count, t.first, t.last
	if t.count == 0 {
		o.First[k], o.Last[k] = behold.NoDay, behold.NoDay
	}
	o.Buyer[k] = t.buyer(c, asOf)
}

// worth is what visit i brought: margin where the company gives its costs.
func worth(h *behold.Histories, i int) int64 {
	if h.Margin != nil {
		return h.Margin[i]
	}
	return h.Bought[i] + h.Credited[i]
}
