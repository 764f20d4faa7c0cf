package lamp

// An event has no p value, but it is news only where it is rare. A company in
// which every second parcel comes late would else have a lamp on every second
// customer; there the pattern has to show, which the tests see.
//
// rare says whether an event may light a lamp: one that happens to healthy
// customers perMonth times each month, and of which the share tail is at least as
// bad as this one, may light for at most a tenth of the dial, half a lamp per 100
// customers and month at the usual 5. In a company that nobody leaves, none is.
func (d *desk) rare(tail, perMonth float64) bool {
	const tenth = 1. / 10
	return !d.in.Stays && tail*perMonth <= tenth*d.in.Settings.FalseLamps/100
}
