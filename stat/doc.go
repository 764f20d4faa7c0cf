// Package stat holds the small numerical tools that the packages below it
// share: special functions that stay accurate far out in the tails, sums that
// do not depend on the number of cores, intervals, and caveats.
//
// Ground floor, public: it knows no customer and imports nothing of the house.
// The packages stat/… stand on it; forecasts and lamps stand on those.
package stat
