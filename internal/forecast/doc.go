// Package forecast turns purchase histories into what to expect of every
// customer: when they usually come back, how unusual their silence is, whether
// they are still with us, the chance that they leave, and what they are worth.
//
// It is on the judgement floor: pure, without files, clock or dice. Before it
// comes the warehouse, which gives behold.Histories and the company's
// behold.DayCount as known on a day; after it come lamp and the pages, which
// take behold.Forecast. The mathematics is in stat/repurchase; here units are
// settled (days of the company's own clock, minor units of money) and numbers
// become business.
//
// The same histories, settings and version give the same bits on any number of
// cores: work is cut in fixed blocks, and sums are added in the order of blocks.
package forecast
