package behold

// A Contract is one period of a contract.
type Contract struct {
	ID         Mark
	Recorded   Day
	Product    Mark
	Starts     Day
	Ends       Day   // NoDay: open end
	Notice     int32 // days; -1: nobody said
	AutoRenew  bool
	Price      float64 // major units a period; NaN: nobody said
	Period     string
	IntroUntil Day // NoDay: no introductory price
	Ended      Day // NoDay: not (yet) ended
}

// AsOf is the contract as known at the end of a day.
func (c Contract) AsOf(day Day) (Contract, bool) {
	c.Ended = ifKnown(c.Ended, day)
	return c, c.Recorded <= day && c.Starts <= day
}

// An Invoice is the payment of an invoice.
type Invoice struct {
	ID       Mark
	Recorded Day
	Due      Day
	Paid     Day     // NoDay: not (yet)
	Amount   float64 // major units; NaN: nobody said
	Disputed bool
}

// AsOf is the invoice as known at the end of a day.
func (i Invoice) AsOf(day Day) (Invoice, bool) {
	i.Paid = ifKnown(i.Paid, day)
	return i, i.Recorded <= day && (i.Due <= day || i.Paid.Known())
}

// A Quote is an offer made.
type Quote struct {
	ID       Mark
	Recorded Day
	At       Day
	Amount   float64 // major units; NaN: nobody said
	Won      Day     // NoDay: not (yet)
}

// AsOf is the quote as known at the end of a day.
func (q Quote) AsOf(day Day) (Quote, bool) {
	q.Won = ifKnown(q.Won, day)
	return q, q.Recorded <= day && q.At <= day
}

// A Price is what a customer paid a piece for a product on a day.
type Price struct {
	Recorded Day
	On       Day
	Order    Mark
	Product  int32
	Offer    bool // bought by an offer
	Quantity float64
	Unit     float64 // major units a piece, net of discount
}

// AsOf is the price as known at the end of a day.
func (p Price) AsOf(day Day) (Price, bool) { return p, p.Recorded <= day && p.On <= day }
