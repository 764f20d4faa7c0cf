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
	p := &Histories{AsOf: h.AsOf, Currency: h.Currency, Start: make([]int, 1, len(chosen)+1)}
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
	p := Kinds{First: make([]int, 1, len(chosen)+1), Start: make([]int, 1)}
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
	past := &Histories{AsOf: day, Currency: h.Currency, Customer: h.Customer, Start: make([]int, 1, len(h.Start))}
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
	past.Kinds = h.Kinds.until(day)
	return past
}

func (c *Kinds) until(day Day) Kinds {
	past := Kinds{First: c.First, Category: c.Category, Start: make([]int, 1, len(c.Start))}
	for j := range c.Category {
		for i := c.Start[j]; i < c.Start[j+1] && c.Day[i] <= day; i++ {
			past.Day = append(past.Day, c.Day[i])
			past.Bought = append(past.Bought, c.Bought[i])
		}
		past.Start = append(past.Start, len(past.Day))
	}
	return past
}
