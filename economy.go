package behold

// Economy is what a company decides about how its losses and money are told
// (METHODS 5.4, 7).
type Economy struct {
	FalseSignals float64 `json:"arl0_months"`        // months between two false signals that losses have changed
	Referrals    float64 `json:"referrals_per_year"` // new customers that one customer brings in a year; 0: not counted
}

// DefaultEconomy are the starting values.
func DefaultEconomy() Economy { return Economy{FalseSignals: 60} }

// Check says which of them makes no sense, if one does not.
func (e *Economy) Check() error {
	bad := func(code, say, hint string) error { return &Error{Kind: Invalid, Code: code, Say: say, Hint: hint} }
	switch {
	case !(e.FalseSignals >= 6 && e.FalseSignals <= 600):
		return bad("set_signal", "between two false signals lie 6 to 600 months", "60 is usual: one in five years")
	case !(e.Referrals >= 0 && e.Referrals <= 20):
		return bad("set_referrals", "a customer brings 0 to 20 new ones a year", "0 leaves them out")
	}
	return nil
}

// A Reckoning is what a round counted of the company as a whole, kept as JSON for
// those who read it: the work floor writes it, pages and reports take it apart.
type Reckoning struct {
	Day  Day
	Lost LostRule
	Body []byte
}

// A LostRule is from which silence on a customer is called lost. It stays the same
// for a calendar year, however the rhythm is learned anew, so that months can be
// compared.
type LostRule struct {
	Silence    float64 `json:"silence_p"`
	AfterYear  float64 `json:"after_year_p"` // once the silence has lasted for a year
	Cases      int     `json:"cases"`
	Returned   int     `json:"returned"`
	Low        float64 `json:"low"` // 95 % range of the share that came back
	High       float64 `json:"high"`
	Calibrated bool    `json:"calibrated"`
	Since      Day     `json:"since"` // learned as of
}

// A LoyalPrices is what customers of long standing paid against newcomers for the same
// product in the same quarter, in like quantities.
type LoyalPrices struct {
	Lines     int          `json:"lines"`     // of customers of long standing that could be compared
	Customers int          `json:"customers"` // of long standing, of whom any could
	Paid      float64      `json:"paid"`      // for those lines, major units
	Newcomers float64      `json:"newcomers"` // the same at what newcomers paid
	Over      float64      `json:"over"`      // sum over the lines that cost more: what equal terms would cost
	Dearer    int          `json:"dearer"`    // customers who paid at least 3 % more over all their lines
	Products  []LoyalPrice `json:"products"`
	Discounts float64      `json:"intro_discounts"` // given to newcomers by offers
}

// A LoyalPrice is one product's share of a LoyalPrices.
type LoyalPrice struct {
	Product   string  `json:"product"`
	Customers int     `json:"customers"`
	Paid      float64 `json:"paid"` // a piece, on average
	Newcomers float64 `json:"newcomers"`
	Over      float64 `json:"over"`
}

// Origins say how customers came, and to which segment they belong: the names, and
// for each customer by number places in them from 1, 0 for none.
type Origins struct {
	Segments, Offers, Channels []string // the largest first
	Of                         map[int32][3]int32
	Acquired                   float64 // cost of winning those who came in the year up to the day, major units
	Priced                     int     // of so many
}

// Names are the names of a customer's segment, offer and channel.
func (o *Origins) Names(customer int32) (segment, offer, channel string) {
	at := o.Of[customer]
	name := func(list []string, place int32) string {
		if place < 1 || int(place) > len(list) {
			return ""
		}
		return list[place-1]
	}
	return name(o.Segments, at[0]), name(o.Offers, at[1]), name(o.Channels, at[2])
}
