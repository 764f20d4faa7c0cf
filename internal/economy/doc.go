// Package economy judges the company instead of one customer: how many customers
// it is normal to lose, how long they stay, where the funnel leaks, what a lost
// customer costs, and where money and hours would do most.
//
// It stands on the floor of judgement: it opens nothing, reads no clock and throws
// no dice but those whose seed it is given. Before it comes a round, which counts
// every customer's course into a Tally; after it come reports, pages and letters,
// which read the Reckoning that Judge makes of the counts. A Tally keeps counts by
// month and by a few marks of the customer, never a customer, so that whatever is
// read later is read in the same short time at a hundred customers and at a million.
package economy
