// Package sequential gives intervals and alarms that stay honest when somebody
// looks at them every day.
//
//	Share        a share of an endless stream, from two counters
//	FiniteShare  a share of N customers, each asked at most once
//	Bounded      the mean of scores between two ends
//	Mean         a weighted mean, from some fifty answers on
//	Strata       a mean over groups of known size
//	CUSUM        has the rate of losses (or of top answers) changed?
//	Limit        where to set an alarm so that it rarely rings in vain
//	EWMA         lost against expected, smoothed
//	Count        how many losses are normal this month
//
// A confidence sequence holds the truth at every look at once with its level,
// however often one looks and whenever one stops; an interval for a fixed number
// of answers does not (looked at after each of 2,000 answers, one of 95 % is
// wrong at some time in almost half of all runs). The price is a width some half
// as large again. All of them take one unknown mean for granted: begin a new
// sequence each quarter, and leave the word "changed" to the CUSUM.
//
// Ground floor, public: it knows no customer of ours, opens nothing, reads no
// clock; dice take a seed. Before it somebody counts and weighs answers; after
// it lamps and pages show what came out.
package sequential
