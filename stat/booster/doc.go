// Package booster learns a chance from many columns by adding up small trees
// (gradient boosting on histograms).
//
// It is a statistics package: pure, knows no customer and no company. It needs
// package stat alone. Before it somebody makes rows of figures with outcomes of 0
// and 1; after it come log-odds, which are not yet calibrated (see effect).
//
// Use it where outcomes bend with the columns in ways that a straight line in
// log-odds cannot follow, and add its log-odds to those of a plain model: the two
// err in different places. The same rows, options and seed give the same bits on
// any number of cores.
package booster
