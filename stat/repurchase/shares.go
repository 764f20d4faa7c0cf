package repurchase

import (
	"math"

	"behold/stat"
)

// bestShares are the shares π that maximise the likelihood of the last look,
// from these on, to within gap of the log-likelihood.
//
// The problem is concave. Each turn solves the quadratic model exactly under
// π ≥ 0, as in sequential quadratic programming for mixtures (Kim, Carbonetto,
// Stephens, Anitescu 2020), and halves the step while it does not help. It
// stops at the bound that duality gives: no shares at all are better by more
// than n(max_g u_g − 1), where u_g is the mean likelihood ratio of shape g.
func (p *problem) bestShares(shares []float64, gap float64) []float64 {
	n := len(shares)
	if n == 1 {
		return []float64{1}
	}
	gap = math.Max(gap, 1e-13*p.total) // rounding knows no better
	now := mixtureState{shares: shares}
	now.value, now.ratio, now.curve = p.curvature(shares)
	for range 50 {
		worst := 0.0
		for _, u := range now.ratio {
			worst = math.Max(worst, u-1)
		}
		if p.total*worst <= gap {
			break
		}
		better, ok := p.improve(now)
		if !ok {
			break
		}
		gain := p.total * (better.value - now.value)
		now = better
		if gain < gap/100 {
			break
		}
	}
	return now.shares
}

type mixtureState struct {
	shares, ratio, curve []float64
	value                float64
}

func (p *problem) improve(now mixtureState) (mixtureState, bool) {
	goal := quadraticShares(now)
	for step := 1.0; step > 1e-3; step /= 4 {
		trial := mixtureState{shares: make([]float64, len(goal))}
		sum := 0.0
		for g := range goal {
			trial.shares[g] = now.shares[g] + step*(goal[g]-now.shares[g])
			sum += trial.shares[g]
		}
		for g := range goal {
			trial.shares[g] /= sum
		}
		trial.value, trial.ratio, trial.curve = p.curvature(trial.shares)
		if trial.value > now.value {
			return trial, true
		}
	}
	return now, false
}

// curvature is the log-likelihood (without base), its slopes u and the
// negative of its second derivatives, all per customer.
func (p *problem) curvature(shares []float64) (value float64, ratio, curve []float64) {
	n := len(shares)
	sums := stat.BlockSums(stat.Split{N: len(p.buyers), Size: fitBlock, Width: 1 + n + n*n}, func(lo, hi int, sums []float64) {
		part := make([]float64, n)
		ratio, curve := sums[1:1+n], sums[1+n:]
		for i := lo; i < hi; i++ {
			lik := p.lik[i*n : i*n+n]
			mixed := 0.0
			for g, share := range shares {
				mixed += share * lik[g]
			}
			w := p.buyers[i].Weight
			sums[0] += w * math.Log(mixed)
			for g := range part {
				part[g] = lik[g] / mixed
				ratio[g] += w * part[g]
				for h := 0; h <= g; h++ {
					curve[g*n+h] += w * part[g] * part[h]
				}
			}
		}
	})
	for i := range sums {
		sums[i] /= p.total
	}
	value, ratio, curve = sums[0], sums[1:1+n], sums[1+n:]
	for g := range n {
		for h := range g {
			curve[h*n+g] = curve[g*n+h]
		}
	}
	return value, ratio, curve
}

// quadraticShares maximises the quadratic model of the log-likelihood under
// π ≥ 0, one share at a time until they rest.
func quadraticShares(now mixtureState) []float64 {
	n := len(now.shares)
	best := append([]float64(nil), now.shares...)
	for range 500 {
		moved := 0.0
		for g := range best {
			slope := 2*now.ratio[g] - 1
			for h, v := range best {
				slope -= now.curve[g*n+h] * v
			}
			to := math.Max(0, best[g]+slope/now.curve[g*n+g])
			moved = math.Max(moved, math.Abs(to-best[g]))
			best[g] = to
		}
		if moved < 1e-12 {
			break
		}
	}
	return best
}
