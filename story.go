package behold

// A Story is everything about one customer, as of a day.
type Story struct {
	Day        Day
	Horizon    int // days that the chance to leave looks ahead
	Customer   Customer
	Standing   Standing
	CostLow    Money // with CostHigh the range of Standing.Residual; both zero where it is not known
	CostHigh   Money
	Lamps      []LampCard
	Kinds      []KindSummary
	Orders     []OrderSummary // the latest first
	OrderTotal int            // of which there are so many
	Events     []Event        // beside orders, the latest first
	EventTotal int
	Acts       []Act  // what was decided about the lamps, the latest first
	Cases      []Case // the work to keep them, the one that was moved last first
	Mood       Mood   // how a colleague thinks they feel; one that feels "" when nobody said
}
