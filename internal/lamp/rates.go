package lamp

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/optimize"
)

// A counted is how often something happened to a customer in how much time.
type counted struct{ n, time float64 }

// A rates is how the company's customers differ in how often something happens to
// them: Gamma(R, A), and Rate, all that happened over all the time there was. The
// zero rates knows nothing.
type rates struct{ R, A, Rate float64 }

// fitRates is the maximum of the gamma-Poisson likelihood, with weak priors (ln r
// around 0, deviation 1.5; the mean around the rate, deviation 1) that keep
// customers who are all alike from an infinite answer. At most four thousand of
// the customers are asked, evenly over the list.
func fitRates(all []counted) rates {
	const enough, most = 30, 4000
	var n, time float64
	for _, c := range all {
		n, time = n+c.n, time+c.time
	}
	if len(all) < enough || n < enough || time <= 0 {
		return rates{}
	}
	rate := n / time
	step := max(1, float64(len(all))/most)
	loss := func(x []float64) float64 {
		r := math.Exp(x[0])
		a := r / math.Exp(x[1])
		none, _ := math.Lgamma(r)
		sum := x[0]*x[0]/(2*1.5*1.5) + (x[1]-math.Log(rate))*(x[1]-math.Log(rate))/2
		for at := 0.; at < float64(len(all)); at += step {
			c := all[int(at)]
			some, _ := math.Lgamma(r + c.n)
			sum -= some - none + r*math.Log(a) - (r+c.n)*math.Log(a+c.time)
		}
		return sum
	}
	start := []float64{0, math.Log(rate)}
	best, err := optimize.Minimize(optimize.Problem{Func: loss}, start, nil, &optimize.NelderMead{})
	if best == nil || err != nil && !(best.F < loss(start)) {
		return rates{R: 1, A: 1 / rate, Rate: rate}
	}
	r := math.Exp(best.X[0])
	return rates{R: r, A: r / math.Exp(best.X[1]), Rate: rate}
}

func (r *rates) known() bool { return r.Rate > 0 }

// none is the chance that nothing happens for s more, after n times in t:
// ((a + T)/(a + T + s))^(r + n).
func (r *rates) none(n, t, s float64) float64 {
	return math.Exp((r.R + n) * (math.Log(r.A+t) - math.Log(r.A+t+s)))
}

// silence is the s at which none falls to p.
func (r *rates) silence(n, t, p float64) float64 {
	return (r.A + t) * math.Expm1(-math.Log(p)/(r.R+n))
}

// below is the chance that the customer's own rate is under half the usual one,
// after n times in t.
func (r *rates) below(n, t float64) float64 {
	return mathext.GammaIncReg(r.R+n, r.Rate/2*(r.A+t))
}

// atLeast is the chance that it happens at least n times in s more, after n0 times
// in t.
func (r *rates) atLeast(n, s, n0, t float64) float64 {
	if n <= 0 || s <= 0 {
		return 1
	}
	return mathext.RegIncBeta(n, r.R+n0, s/(r.A+t+s))
}
