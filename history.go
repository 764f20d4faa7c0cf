package behold

// Histories are the purchase histories of a run of customers, as of a day, in
// columns. Customer k (0 ≤ k < Len) has the visits Start[k] to Start[k+1]-1,
// in order of days, one for each day on which anything was invoiced or credited.
//
// Nothing in it was recorded after AsOf.
type Histories struct {
	AsOf     Day
	Currency string  // of the amounts
	Customer []int32 // dense numbers, ascending
	Start    []int   // Len+1 entries

	Day      []Day   // of each visit
	Recorded []Day   // when the visit's last row was known; nil: on the day itself
	Orders   []int32 // order numbers of the day that are purchases: their lines sum to more than 0
	Bought   []int64 // sum of the lines that are not returns, minor units
	Credited []int64 // sum of the returns and credits, minor units, ≤ 0
	Margin   []int64 // Bought + Credited less cost; nil when the company gave no cost
	Goods    []int32 // goods lines bought
	Returns  []int32 // goods lines returned or credited

	Kinds Kinds
}

// Kinds are the same purchases split by category. Customer k has the pairs
// First[k] to First[k+1]-1; pair j is Category[j] with the visits Start[j] to
// Start[j+1]-1: the days on which more goods of it were bought than returned.
type Kinds struct {
	First    []int   // one more entry than there are customers
	Category []int32 // dense number of the category (or product, see warehouse)
	Start    []int
	Day      []Day
	Bought   []int64
}

// Len is the number of customers.
func (h *Histories) Len() int { return len(h.Customer) }

// Purchase says whether visit i is a purchase: something was ordered, and more
// was bought than was credited the same day.
func (h *Histories) Purchase(i int) bool {
	return h.Orders[i] > 0 && h.Bought[i]+h.Credited[i] > 0
}

// Pick copies the histories of the chosen customers, given by their places in h
// and in that order.
func (h *Histories) Pick(chosen []int) *Histories {
	n := 0
	for _, k := range chosen {
		n += h.Start[k+1] - h.Start[k]
	}
	p := &Histories{
		AsOf: h.AsOf, Currency: h.Currency, Customer: make([]int32, 0, len(chosen)), Start: make([]int, 1, len(chosen)+1),
		Day: make([]Day, 0, n), Orders: make([]int32, 0, n), Bought: make([]int64, 0, n), Credited: make([]int64, 0, n),
		Goods: make([]int32, 0, n), Returns: make([]int32, 0, n),
	}
	if h.Recorded != nil {
		p.Recorded = make([]Day, 0, n)
	}
	if h.Margin != nil {
		p.Margin = make([]int64, 0, n)
	}
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
	p.Kinds = h.Kinds.pick(chosen)
	return p
}

func (c *Kinds) pick(chosen []int) Kinds {
	if len(c.First) == 0 {
		return Kinds{}
	}
	pairs, n := 0, 0
	for _, k := range chosen {
		lo, hi := c.First[k], c.First[k+1]
		pairs, n = pairs+hi-lo, n+c.Start[hi]-c.Start[lo]
	}
	p := Kinds{
		First: make([]int, 1, len(chosen)+1), Category: make([]int32, 0, pairs), Start: make([]int, 1, pairs+1),
		Day: make([]Day, 0, n), Bought: make([]int64, 0, n),
	}
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

// Until is what was known of the same customers on an earlier day. The visits
// are copied; customers who had none by then keep their place with none.
func (h *Histories) Until(day Day) *Histories {
	past := &Histories{}
	h.UntilInto(past, day)
	return past
}

// UntilInto is Until into the room of past, an earlier answer of the same that is no longer
// wanted, or nothing: whoever walks through many days needs room for one.
func (h *Histories) UntilInto(past *Histories, day Day) {
	if cap(past.Day) == 0 {
		past.makeRoom(h)
	}
	past.AsOf, past.Currency, past.Customer = day, h.Currency, h.Customer
	past.empty()
	for k := range h.Customer {
		for i := h.Start[k]; i < h.Start[k+1]; i++ {
			if h.Day[i] > day || h.Recorded != nil && h.Recorded[i] > day {
				continue
			}
			past.Day = append(past.Day, h.Day[i])
			past.Orders = append(past.Orders, h.Orders[i])
			past.Bought = append(past.Bought, h.Bought[i])
			past.Credited = append(past.Credited, h.Credited[i])
			past.Goods = append(past.Goods, h.Goods[i])
			past.Returns = append(past.Returns, h.Returns[i])
			if h.Recorded != nil {
				past.Recorded = append(past.Recorded, h.Recorded[i])
			}
			if h.Margin != nil {
				past.Margin = append(past.Margin, h.Margin[i])
			}
		}
		past.Start = append(past.Start, len(past.Day))
	}
	h.Kinds.until(&past.Kinds, day)
}

// makeRoom for all the visits of whole.
func (h *Histories) makeRoom(whole *Histories) {
	n := len(whole.Day)
	h.Start = make([]int, 0, len(whole.Start))
	h.Day, h.Orders, h.Goods, h.Returns = make([]Day, 0, n), make([]int32, 0, n), make([]int32, 0, n), make([]int32, 0, n)
	h.Bought, h.Credited = make([]int64, 0, n), make([]int64, 0, n)
	if whole.Recorded != nil {
		h.Recorded = make([]Day, 0, n)
	}
	if whole.Margin != nil {
		h.Margin = make([]int64, 0, n)
	}
	if pairs := len(whole.Kinds.Category); pairs > 0 {
		h.Kinds.Start = make([]int, 0, pairs+1)
		h.Kinds.Day, h.Kinds.Bought = make([]Day, 0, len(whole.Kinds.Day)), make([]int64, 0, len(whole.Kinds.Day))
	}
}

// empty forgets the visits and keeps their room.
func (h *Histories) empty() {
	h.Start = append(h.Start[:0], 0)
	h.Day, h.Recorded, h.Orders = h.Day[:0], h.Recorded[:0], h.Orders[:0]
	h.Bought, h.Credited, h.Margin = h.Bought[:0], h.Credited[:0], h.Margin[:0]
	h.Goods, h.Returns = h.Goods[:0], h.Returns[:0]
}

func (c *Kinds) until(past *Kinds, day Day) {
	past.First, past.Category = c.First, c.Category
	past.Start = append(past.Start[:0], 0)
	past.Day, past.Bought = past.Day[:0], past.Bought[:0]
	for j := range c.Category {
		i := c.Start[j]
		for i < c.Start[j+1] && c.Day[i] <= day {
			i++
		}
		past.Day = append(past.Day, c.Day[c.Start[j]:i]...)
		past.Bought = append(past.Bought, c.Bought[c.Start[j]:i]...)
		past.Start = append(past.Start, len(past.Day))
	}
}
