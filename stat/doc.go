// Package stat holds the small numerical tools that the packages below it
// share: special functions that stay accurate far out in the tails, sums that
// do not depend on the number of cores, intervals, and caveats.
//
//	LogBeta, LogRising            ln of the beta function and of rising factorials
//	Beta, BetaSlope               the incomplete beta ratio, its inverse and its slopes
//	UpperGamma and its kin        the incomplete gamma ratio
//	Digamma, Trigamma             slopes of ln Γ
//	Hypergeometric                Gauss's 2F1 and its logarithm
//
// Ground floor, public: it knows no customer and imports nothing of the house.
// The packages stat/… stand on it; forecasts and lamps stand on those.
package stat
