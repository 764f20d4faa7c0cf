package behold

// A Ticket is a support case.
type Ticket struct {
	ID           Mark
	Recorded     Day
	Opened       Moment
	Replied      Moment // NoMoment: not (yet)
	Closed       Moment // NoMoment: open
	Reopened     int32  // times
	Complaint    bool
	PromiseHours float64 // NaN: nothing was promised
	Touchpoint   string
	Priority     string
	Channel      string
}

// AsOf is the ticket as known at the end of a day. How often it was reopened is
// known from its last closing on.
func (t Ticket) AsOf(day Day) (Ticket, bool) {
	if t.Closed.Known() && t.Closed.Day() > day {
		t.Closed, t.Reopened = NoMoment, 0
	}
	t.Replied = ifPast(t.Replied, day)
	return t, t.Recorded <= day && t.Opened.Day() <= day
}
