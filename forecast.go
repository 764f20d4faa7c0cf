package behold

// A Forecast is what the company's own records say about one customer's next
// purchase, as of a day. Every chance is between 0 and 1.
type Forecast struct {
	Customer  int32
	State     CustomerState
	Orders    int32 // distinct order numbers that are purchases
	Occasions int32 // purchases with those within the merge days of one another counted once
	First     Day   // of the purchases
	Last      Day   // of the purchases

	UsualGap     float64 // days between two occasions, as expected of this customer; 0 when it has no mean
	UsualLow     float64 // 80 % of the gaps lie between UsualLow
	UsualHigh    float64 // and UsualHigh, in calendar days from the last occasion
	SilentDays   int32   // calendar days since the last occasion
	SilenceP     float64 // chance that a customer who is still with us is silent at least this long
	ExpectedBy   Day     // 80 % of the customers like this are back by then
	LampOn       Day     // when the rhythm lamp lights if nothing happens
	ChanceActive float64 // that the customer is still with us at all

	ChanceLeave     float64 // that nothing is bought in the next Horizon days
	ChanceLeaveLow  float64 // its range
	ChanceLeaveHigh float64
	Calibrated      bool // whether the chance was checked against the company's own outcomes

	Residual    Money // discounted margin (or turnover) still to come if the customer stays alive now
	Value       Money // the same times ChanceActive
	MoneyAtRisk Money // ChanceLeave times Residual; 0 of the lost
}

// LostOn is the day from which a lost customer counts as lost, METHODS 5.1: one
// usual gap after the last purchase, when the next one was due. NoDay of others.
func (f *Forecast) LostOn() Day {
	if f.State != Lost {
		return NoDay
	}
	return f.Last + Day(min(f.UsualGap+0.5, float64(f.SilentDays)))
}

// A Standing is one row of the table of standings: a customer, what is
// forecast, and which lamps are lit.
type Standing struct {
	Forecast
	ID           string
	Name         string
	Colleague    string  // who looks after them, in lower case; "": nobody, when the round was made
	LoyaltyIndex float64 // 0 to 100; below 0 when it was not computed
	MainReason   Reason  // "" of those for whom there is nothing to explain
	Grounds      Grounds // what MainReason rests on
	Lamps        []LampKind
	Hidden       *Hidden // of one who is held out, while the round saves it: a standing that is read has none
}

// Hidden is what is known of a customer who is held out and shown to nobody who
// works with customers.
type Hidden struct {
	Lamps   []LampKind `json:"lamps"`
	Reason  Reason     `json:"reason,omitempty"`
	Grounds Grounds    `json:"grounds"`
}
