// Package effect answers whether attention worked, for whom, and whether chances
// that were foreseen can be believed.
//
//	Compare, Trial               what the treatment did, by assignment
//	Differ, Adjust               the same of anybody's experiment: two groups and their outcomes
//	Design.Power                 before a trial: what will it be able to show?
//	CostPerKept, Fieller         what one kept customer cost; any ratio of two estimates
//	ShrinkEffects, ShrinkShares  several reasons, actions or small segments side by side
//	NewDuty, NewFunnel           who keeps more customers than theirs let expect
//	FitResponse, QiniCurve,
//	LearnQini                    who responds, and whether ranking by that pays
//	NewConformal, Select         whom to name when at most so many may be wrong
//	BenjaminiHochberg, Holm      p-values of many questions at once
//	FitVennAbers, FitPlatt       scores into chances
//	AUC, CompareAUC              does the score rank; does this one rank better
//	Reliability                  are the chances as high as they say
//
// All of it rests on assignment by lot with chances that were known beforehand
// (Compare, Trial, FitResponse, Qini) or on cases that resemble the ones to come
// (the others).
//
// Ground floor, public: it knows no customer of ours, opens nothing, reads no
// clock; dice take a seed. Before it somebody assigns and waits; after it pages
// show what came out. Intervals that may be looked at every day come from
// outside through the interface Sequence (package sequential has them).
package effect
