package behold

// A Promise is made, due, and kept or broken.
type Promise struct {
	ID       Mark
	Recorded Day
	Table    Table // promises, or orders for a delivery promised with an order
	Made     Moment
	Due      Moment // midnight when only a day was promised: then the whole day counts
	Kept     Moment // NoMoment: not (yet)
	Kind     string // delivery, call-back, quote, repair, or what the file says
}

// AsOf is the promise as known at the end of a day.
func (p Promise) AsOf(day Day) (Promise, bool) {
	p.Kept = ifPast(p.Kept, day)
	return p, p.Recorded <= day && p.Made.Day() <= day
}
