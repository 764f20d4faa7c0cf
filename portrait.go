package behold

// A Portrait is what the company's own records tell about one customer beside
// purchases and events, as of a day.
type Portrait struct {
	People   []PortraitPerson
	Channels []ChannelUse // of the last two years, the one they themselves use most first
	Answers  []ItemAnswer // the latest to each item, the latest first
	Prices   PriceCheck
}

// A PortraitPerson is somebody at the customer's.
type PortraitPerson struct {
	ID      string
	Name    string
	Role    string
	Email   string
	Phone   string
	From    Day // NoDay: always
	To      Day // NoDay: still there
	Bounced bool
}

// A ChannelUse is how often customer and company met by one channel. What is
// sent to everybody is no meeting.
type ChannelUse struct {
	Channel string
	In      int // begun by the customer
	Out     int
	Last    Day
}

// An ItemAnswer is what the customer answered last to one item of the surveys.
type ItemAnswer struct {
	Item   string
	Value  float64
	Scale  float64 // the best answer there is; NaN: nobody said
	At     Day
	Before float64 // the answer before it, on the same scale; NaN: none
	Times  int     // answered in all
}

// A PriceCheck holds what a customer paid in a year against the median of what
// customers in their first 180 days paid for the same product in the same band
// of quantities (METHODS L12), where five such lines of two customers are found.
type PriceCheck struct {
	Lines    int // of goods, in a year
	Compared int // of them
	Paid     Money
	Usual    Money // what new customers would have paid for the compared lines
	Products []PriceGap
}

// A PriceGap is the check of one product.
type PriceGap struct {
	Product string
	Lines   int
	Paid    Money
	Usual   Money
}

// The least that a price check says anything about.
const (
	LeastPriceLines    = 5
	LeastPriceProducts = 3
)

// Told says whether enough could be compared to say anything.
func (c *PriceCheck) Told() bool {
	return c.Compared >= LeastPriceLines && len(c.Products) >= LeastPriceProducts && c.Usual.Minor > 0
}

// Share is how much more than new customers they paid, below 0 for less; 0 where
// nothing is told.
func (c *PriceCheck) Share() float64 {
	if c.Usual.Minor <= 0 {
		return 0
	}
	return float64(c.Paid.Minor-c.Usual.Minor) / float64(c.Usual.Minor)
}
