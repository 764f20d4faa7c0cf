package lamp

import (
	"slices"

	"behold"
)

// Evidence of a lamp is a test with a p value, an event, or both.
type Evidence string

// The kinds of evidence of METHODS 3.4.
const (
	Statistical Evidence = "statistical" // lit by a p value; counted in the dial
	Event       Evidence = "event"       // lit by something that happened; not counted
	Either      Evidence = "either"      // an event lights it, and so does a p value
)

// A Rule is a row of the lamp table (METHODS 3.4): the one table of truth for
// what a lamp may cost in false alarms and what it is taken to mean.
type Rule struct {
	Number   int // L01 is 1
	Kind     behold.LampKind
	Evidence Evidence
	Share    float64        // v: its share of the dial; 0 for events and for phase two
	Weight   float64        // gam0: starting log-odds in the chance to leave; 0 when it is in the base already
	Reason   behold.Reason  // taken for granted until something better is known
	Per      string         // o, what it gets its chances to be wrong from: gap, month, ticket, promise, …
	Needs    []behold.Table // the import tables that switch it on, all of them
	AnyOf    bool           // one of Needs is enough
}

// Rules lists all twenty-two lamps in the order of METHODS 3.4.
//
// The shares of L01 to L17 add up to 1, and ShareOf divides them and those of
// phase two by all there are; the weights are judgements to start with, which
// the company's own outcomes replace.
func Rules() []Rule {
	return []Rule{
		{1, behold.LampRhythm, Statistical, .30, 0, behold.UnknownReason, "gap", []behold.Table{behold.TableOrders}, false},
		{2, behold.LampAttention, Statistical, .08, .4, behold.Overlooked, "month", []behold.Table{behold.TableContacts}, false},
		{3, behold.LampSlow, Either, .07, .5, behold.SlowResponse, "ticket", []behold.Table{behold.TableTickets}, false},
		{4, behold.LampComplaint, Event, 0, .9, behold.PoorService, "", []behold.Table{behold.TableTickets}, false},
		{5, behold.LampPromise, Either, .05, .5, behold.BrokenPromise, "promise", []behold.Table{behold.TablePromises, behold.TableOrders}, true},
		{6, behold.LampSatisfied, Either, .07, .7, behold.UnknownReason, "answer", []behold.Table{behold.TableAnswers}, false},
		{7, behold.LampSilent, Statistical, .05, .4, behold.Quality, "month", []behold.Table{behold.TableAnswers, behold.TableOrders}, false},
		{8, behold.LampReplacement, Statistical, .05, .3, behold.Forgotten, "month", []behold.Table{behold.TableOrders, behold.TableContacts}, false},
		{9, behold.LampShrinking, Statistical, .08, .5, behold.Competitor, "month", []behold.Table{behold.TableOrders}, false},
		{10, behold.LampCategory, Statistical, .08, .4, behold.Competitor, "gap", []behold.Table{behold.TableOrders}, false},
		{11, behold.LampReturns, Statistical, .05, .5, behold.Quality, "order", []behold.Table{behold.TableOrders}, false},
		{12, behold.LampPaysMore, Statistical, .04, .3, behold.TreatedWorse, "month", []behold.Table{behold.TableOrders}, false},
		{13, behold.LampIntroEnds, Event, 0, .6, behold.IntroOffer, "", []behold.Table{behold.TableContracts, behold.TableCustomers}, true},
		{14, behold.LampContract, Event, 0, 0, behold.Competitor, "", []behold.Table{behold.TableContracts}, false},
		{15, behold.LampPersonLeft, Event, 0, .6, behold.PersonChanged, "", []behold.Table{behold.TablePeople}, false},
		{16, behold.LampPayment, Either, .03, .4, behold.ClosedDown, "invoice", []behold.Table{behold.TableInvoices}, false},
		{17, behold.LampTone, Either, .05, .6, behold.UnknownReason, "text", []behold.Table{behold.TableTickets, behold.TableContacts, behold.TableAnswers}, true},
		{18, behold.LampEffort, Either, .03, .4, behold.HardToDealWith, "matter", []behold.Table{behold.TableAnswers, behold.TableTickets, behold.TableContacts}, true},
		{19, behold.LampUnwanted, Either, .03, .2, behold.Irrelevant, "month", []behold.Table{behold.TableContacts}, false},
		{20, behold.LampQuote, Statistical, .03, .3, behold.Competitor, "quote", []behold.Table{behold.TableQuotes}, false},
		{21, behold.LampClosed, Event, 0, 0, behold.ClosedDown, "", []behold.Table{behold.TableCustomers, behold.TableLosses}, true},
		{22, behold.LampDigital, Statistical, .03, .3, behold.DigitalFell, "month", []behold.Table{behold.TableTickets, behold.TableContacts}, true},
	}
}

// Lacks are the tables that would switch the lamp on, of those that a company does
// not have; none when it has what the lamp needs.
func (r *Rule) Lacks(has []behold.Table) []behold.Table {
	var lacks []behold.Table
	for _, table := range r.Needs {
		switch there := slices.Contains(has, table); {
		case !there:
			lacks = append(lacks, table)
		case r.AnyOf:
			return nil
		}
	}
	return lacks
}

// ShareOf is the part of the dial that a lamp gets: the shares of METHODS 3.4,
// divided among the lamps whose tables a company has, so that one that gives
// little still gets the number of false lamps it asked for.
func ShareOf(kind behold.LampKind, has []behold.Table) float64 {
	own, all := 0.0, 0.0
	for _, r := range Rules() {
		if len(r.Lacks(has)) > 0 {
			continue
		}
		all += r.Share
		if r.Kind == kind {
			own = r.Share
		}
	}
	if all == 0 {
		return 0
	}
	return own / all
}

// RuleOf finds the rule of a kind; the zero Rule when there is none.
func RuleOf(kind behold.LampKind) Rule {
	for _, r := range Rules() {
		if r.Kind == kind {
			return r
		}
	}
	return Rule{}
}

// The thresholds never leave these bounds (METHODS 3.1): below, chance could
// not be told from error in the model; above, every lamp would be noise.
const (
	leastThreshold = .0005
	mostThreshold  = .10
)

// daysOfMonth is the month in which the dial counts.
const daysOfMonth = 30

// Threshold answers: how unusual must the facts be to light this lamp?
//
// Input: phi, the dial, false lamps per 100 healthy customers and month (1 to
// 20); opportunities, how often a month this customer gives the lamp a chance
// to be wrong: 30/mean gap in days for gaps, 1 for monthly tests.
//
// Output: A of METHODS 3.1, clip(v·phi/100/o, .0005, .10). The lamp is lit at
// p ≤ A, and since p is uniform for a healthy customer, v·phi of 100 healthy
// customers see a false lamp a month, whether they buy weekly or yearly.
//
// Not for events, which have no p: their threshold is 0.
func Threshold(kind behold.LampKind, phi, opportunities float64) float64 {
	return threshold(RuleOf(kind).Share, phi, opportunities)
}

func threshold(share, phi, opportunities float64) float64 {
	if share == 0 {
		return 0
	}
	if opportunities <= 0 {
		return mostThreshold
	}
	return min(max(share*phi/100/opportunities, leastThreshold), mostThreshold)
}

// TestDay is the latest day, not after day, on which this customer had the
// monthly tests. Every customer has one in each calendar month, always the
// same one in months of the same length, spread evenly over customers: so a
// lamp has one chance a month to be wrong, not thirty, and a first round sees
// everybody as of a test day within the last month or so.
func TestDay(customer int32, day behold.Day) behold.Day {
	t := day.Time()
	first := behold.Date(t.Year(), t.Month(), 1)
	next := behold.Date(t.Year(), t.Month()+1, 1)
	if test := first + spread(customer, int(next-first)); test <= day {
		return test
	}
	before := behold.Date(t.Year(), t.Month()-1, 1)
	return before + spread(customer, int(first-before))
}

// spread is a place in 0 ≤ place < length, by the mixing function of
// SplitMix64 (Steele, Lea and Flood 2014), the same on every machine.
func spread(customer int32, length int) behold.Day {
	x := uint64(uint32(customer)) | uint64(length)<<32
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	x ^= x >> 31
	return behold.Day(x % uint64(length))
}
