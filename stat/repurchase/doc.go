// Package repurchase answers whether a customer buys again, when, and what
// that is worth, where nobody gives notice when they leave.
//
//	FitMixture      rhythm and leaving of a whole customer base (MBG/CNBD-k,
//	                with a mixture over the regularity k)
//	Mixture         silence, chance of being with us, residual purchases
//	FitGammaGamma   what one purchase of a customer is worth
//
// and the models of the literature, each by maximum likelihood with errors and
// ranges:
//
//	FitBGNBD            leaving after a repeat purchase
//	FitMBGNBD           leaving after any purchase
//	FitBGCNBD           the same two for customers with a rhythm: every k-th
//	FitMBGCNBD          event is a purchase
//	FitParetoNBD        leaving at any moment; discounted residual purchases
//	FitTraitsParetoNBD  the same, where traits of customers matter
//	FitBGBB             buying or not at given occasions
//
// All of them answer Alive, NoPurchase, Expected and Residual for one customer,
// the first three with Score for many, and invent customers with Simulate. All
// give ranges from the curvature, and from resampled customers where a Bootstrap
// is asked. To rank who leaves, take NoPurchase: Alive forgets that a customer
// may be with us and yet hardly ever buy, and is 1 for every one-time buyer in
// the BG models (AUC 0.32 on the CDNOW sample).
//
// Ground floor, public: it knows no customer of ours, opens nothing and reads
// no clock. Before it somebody counts occasions (Buyer) in a unit of time of
// their own choice; the unit cancels out of every chance, and all times given
// back are in that unit. After it forecast turns the numbers into business.
//
// The same buyers give the same bits, in any order and on any number of cores.
package repurchase
