package repurchase

import (
	"math"

	"behold/stat"
)

// estimates are p, q and v at a maximum with their errors, from the exact
// second derivatives.
func (s *spendProblem) estimates(at []float64) []Estimate {
	top := summit{at: at, view: s.curvature(at)}
	free := freeOf(top, make([]float64, 3))
	covariance := covarianceOf(top, free)
	var all []Estimate
	for i, name := range []string{"p", "q", "v"} {
		log := at[i]
		if name == "v" {
			log += math.Log(s.unit)
		}
		all = append(all, estimateOf(name, log, covariance[i][i], true))
	}
	return all
}

// curvature is the log-likelihood, not per customer, with its first and second
// derivatives by the logarithms.
func (s *spendProblem) curvature(at []float64) view {
	p, q, v := math.Exp(at[0]), math.Exp(at[1]), math.Exp(at[2])
	value, gradient := s.look(at)
	trigammaQ := stat.Trigamma(q)
	sums := stat.BlockSums(stat.Split{N: len(s.spends), Size: fitBlock, Width: 10}, func(lo, hi int, sums []float64) {
		seen, both, own := -1.0, 0.0, 0.0
		for _, c := range s.spends[lo:hi] {
			n, w, rest := c.Occasions, c.Weight, 1/(v+c.Occasions*c.Mean)
			if n != seen {
				seen, both, own = n, stat.Trigamma(p*n+q), stat.Trigamma(p*n)
			}
			sums[4] += w * n * n * (both - own)
			sums[5] += w * n * both
			sums[6] += w * (both - trigammaQ)
			sums[7] -= w * n * rest
			sums[8] += w * (1/v - rest)
			sums[9] += w * ((p*n+q)*rest*rest - q/(v*v))
		}
	})
	sums[0] = value * s.total
	for i, parameter := range []float64{p, q, v} {
		sums[1+i] = gradient[i] * s.total / parameter
	}
	return viewOfLogs([]float64{p, q, v}, sums)
}
