// Package survival answers how long customers stay, what makes them leave
// sooner, and how many of today's will still be here later.
//
//	KaplanMeier    share still here by age, with limits; median, mean
//	NelsonAalen    risk of leaving gathered by age
//	LogRank        whether groups differ in how long they stay
//	FitCox         what makes customers leave sooner, and by how much
//	FitDiscrete    the same where time comes in whole periods
//	Contrast       what that means for two customers: chances, odds, loss rates
//	FitWeibull     a smooth curve that goes on beyond the data
//	FitSBG, FitBdW contracts: the curve beyond the data, value of the next renewals
//	FitDelay       how complete the losses of the latest months are
//	Bootstrap      how far a projection can be off
//
// Ground floor, public: it knows no customer of ours, opens nothing, reads no
// clock; dice (Bootstrap only) take a seed. Before it somebody measures stays
// (Stay) in a unit of time of their own choice; all times given back are in that
// unit. After it the numbers become business.
//
// The same stays give the same bits, in any order and on any number of cores.
// No answer is NaN: what cannot be answered is an error, what is to be taken
// with care carries a caveat, and what has not been reached is +Inf.
package survival
