package forecast

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"behold"
)

// How the level of a company moves, in shares of its variance: a part that comes
// back with the season and a part that fades.
const (
	levelSeason = 0.36  // of the variance; the rest fades
	seasonBend  = 0.7   // how soon neighbouring seasons differ, in 2·sin(π·years)
	levelFades  = 180.0 // days after which that part resembles itself by 1/e
	levelNoise  = 0.15  // log-odds by which the level of one origin is off by itself
	levelKnown  = 2.0   // origins that the prior of the variance counts as
)

// foresee says at which level the days to come will lie.
//
// Question: will more leave than their histories alone say, as last winter?
//
// Input: the day of the forecast, the origins with known outcomes, and their
// levels in log-odds above the common one.
//
// Formula: levels are a Gaussian process of mean 0 with
//
//	cov(s, t) = v·(0.36·exp(−2 sin²(π(s−t)/365)/0.7²) + 0.64·exp(−|s−t|/180)) + 0.2² if s = t
//	v = (Σ u² + 2·0.5²)/(n + 2)
//
// and the level to come is what it expects of the day given those known.
//
// Output: level and its standard deviation.
//
// Caveat: a season that no origin lay in is drawn to the common level.
//
// Source: Rasmussen, Williams (2006), Gaussian Processes for Machine Learning,
// equations 2.25, 2.26 and 4.31. The shares were set on the origins of the UK
// wholesaler, where from the second year on the level is missed by 0.08 where the
// common one misses it by 0.24; see TestForesee.
func foresee(day behold.Day, origins []behold.Day, levels []float64) (level, drift float64) {
	n := len(levels)
	v := levelKnown * originFree * originFree
	for _, u := range levels {
		v += u * u
	}
	v /= float64(n) + levelKnown
	if n == 0 {
		return 0, math.Sqrt(v)
	}
	known := mat.NewSymDense(n, nil)
	to := mat.NewVecDense(n, nil)
	for i, s := range origins {
		to.SetVec(i, v*alike(day-s))
		for j := range i + 1 {
			known.SetSym(i, j, v*alike(s-origins[j]))
		}
		known.SetSym(i, i, v+levelNoise*levelNoise)
	}
	var chol mat.Cholesky
	weights := mat.NewVecDense(n, nil)
	if !chol.Factorize(known) || chol.SolveVecTo(weights, to) != nil {
		return 0, math.Sqrt(v)
	}
	return mat.Dot(weights, mat.NewVecDense(n, levels)), math.Sqrt(math.Max(v-mat.Dot(weights, to), levelNoise*levelNoise))
}

// alike is the correlation of the levels of two days.
func alike(days behold.Day) float64 {
	t := math.Abs(float64(days))
	turn := math.Sin(math.Pi*t/yearDays) / seasonBend
	return levelSeason*math.Exp(-2*turn*turn) + (1-levelSeason)*math.Exp(-t/levelFades)
}
