// Package repurchase answers whether a customer buys again, when, and what
// that is worth, where nobody gives notice when they leave.
//
//	FitMixture      rhythm and leaving of a whole customer base (MBG/CNBD-k,
//	                with a mixture over the regularity k)
//	Mixture         silence, chance of being with us, residual purchases
//	FitGammaGamma   what one purchase of a customer is worth
//
// Ground floor, public: it knows no customer of ours, opens nothing and reads
// no clock. Before it somebody counts occasions (Buyer) in a unit of time of
// their own choice; the unit cancels out of every chance, and all times given
// back are in that unit. After it forecast turns the numbers into business.
//
// The same buyers give the same bits, in any order and on any number of cores.
package repurchase
