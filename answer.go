package behold

// An Answer is what a customer answered to one item of a survey.
type Answer struct {
	ID         Mark // of the whole form
	Recorded   Day
	At         Day
	Asked      Day // NoDay: nobody said
	Item       string
	Value      float64 // NaN: text only
	Scale      float64 // the best value; NaN when the file does not say
	Touchpoint string
}

// AsOf is the answer as known at the end of a day.
func (a Answer) AsOf(day Day) (Answer, bool) { return a, a.Recorded <= day && a.At <= day }

// A Loss is a customer known to have left, with what is said to be the reason.
type Loss struct {
	Recorded   Day
	On         Day
	Reason     Reason
	ByCustomer bool // said by the customer, else by a colleague
	WonBack    Day  // NoDay: not (yet)
}

// AsOf is the loss as known at the end of a day.
func (l Loss) AsOf(day Day) (Loss, bool) {
	l.WonBack = ifKnown(l.WonBack, day)
	return l, l.Recorded <= day && l.On <= day
}
