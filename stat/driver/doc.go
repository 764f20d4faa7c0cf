// Package driver answers what matters most to customers: how much of the
// differences in an outcome goes with each of several items that they rated.
//
//	Rank            items by their share of R², with ranges
//	LMG             the shares, from a covariance matrix
//	FitCovariance   that matrix, when each customer was asked only some items
//
// A share says what goes together, not what causes what; whether to change an
// item is decided by changing it for some and measuring (package effect).
//
// Ground floor, public: it knows no customer of ours, opens nothing, reads no
// clock; dice take a seed. Before it answers are put in rows; after it the survey
// pages multiply a share with how much room the item leaves.
//
// The same rows and seed give the same bits on any number of cores.
package driver
