package repurchase

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	gonum "gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"behold/stat"
)

// A Bootstrap asks for ranges from fits to resampled customers, beside those
// from the curvature. They are the better ones where the likelihood is not
// shaped like a hill of Gauss: few customers, flat pairs of parameters.
//
// In each resample a customer counts Poisson(1) times, which is drawing with
// replacement but for the number drawn; a Weight of w counts Poisson(w) times.
// The same customers and Seed give the same ranges, in any order, folded or
// not, and on any number of cores.
//
// Cost: each resample is a search that begins at the fit, about a third of the
// fit itself.
type Bootstrap struct {
	Resamples int    // how many; 0 means none, and at least 40, so that one in forty lies in either tail
	Seed      uint64 // of the draws
}

// fewestResamples have one beyond either end of a range of 95 %.
const fewestResamples = 40

// mostFailed is the share of failed resamples from which on there is no range.
const mostFailed = 0.5

func (b Bootstrap) check() error {
	if b.Resamples == 0 || b.Resamples >= fewestResamples {
		return nil
	}
	return fmt.Errorf("resamples must be 0 or at least %d, not %d", fewestResamples, b.Resamples)
}

// points are what fit finds in every resample of rows with these weights, in
// order, nil where it finds nothing.
func (b Bootstrap) points(weights []float64, fit func(weights []float64) []float64) [][]float64 {
	found := make([][]float64, b.Resamples)
	stat.Blocks(b.Resamples, 1, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			rnd := rand.New(rand.NewPCG(b.Seed, uint64(i)))
			drawn := make([]float64, len(weights))
			for j, w := range weights {
				drawn[j] = distuv.Poisson{Lambda: w, Src: rnd}.Rand()
			}
			found[i] = fit(drawn)
		}
	})
	return found
}

// ranges are the estimates with errors and ranges of 95 % from the points: the
// spread of their coordinates and the middle 95 % of them. The first logs
// coordinates are logarithms.
func ranges(of []Estimate, points [][]float64, logs int) (all []Estimate, failed int) {
	points = slices.DeleteFunc(slices.Clone(points), func(p []float64) bool {
		if p == nil {
			failed++
		}
		return p == nil
	})
	for i, e := range of {
		e.Known, e.Error, e.Range = false, 0, stat.Interval{Low: e.Value, High: e.Value, Level: rangeLevel}
		if float64(failed) < mostFailed*float64(failed+len(points)) {
			values := make([]float64, len(points))
			for j, p := range points {
				values[j] = p[i]
			}
			e.spread(values, i < logs)
		}
		all = append(all, e)
	}
	return all, failed
}

// spread fills in what the values of one coordinate say.
func (e *Estimate) spread(values []float64, logarithm bool) {
	slices.Sort(values)
	low := gonum.Quantile((1-rangeLevel)/2, gonum.LinInterp, values, nil)
	high := gonum.Quantile((1+rangeLevel)/2, gonum.LinInterp, values, nil)
	deviation := gonum.StdDev(values, nil)
	if !finite(deviation) || logarithm && high-low > 4*unknownError {
		return
	}
	e.Known, e.Error, e.Range.Low, e.Range.High = true, deviation, low, high
	if logarithm {
		e.Error *= e.Value
		e.Range.Low, e.Range.High = math.Exp(low), math.Exp(high)
	}
}

// failedResamples is the caveat about them, or nothing.
func failedResamples(failed, of int) []stat.Caveat {
	if failed == 0 {
		return nil
	}
	return []stat.Caveat{{Code: "failed-resamples", Count: failed, Value: float64(failed) / float64(of), Limit: mostFailed}}
}

// A terrain makes the hill of histories, with traits or without.
type terrain func(buyers []Buyer, z [][]float64) hill

// resample adds ranges from refits to the fit whose summit is top.
func (f *Fit) resample(buyers []Buyer, z [][]float64, top summit, opt FitOptions, make terrain) {
	if opt.Bootstrap.Resamples == 0 {
		return
	}
	weights := weightsOf(buyers)
	points := opt.Bootstrap.points(weights, func(drawn []float64) []float64 {
		some, traits := drawnOf(buyers, z, drawn)
		if len(some) == 0 {
			return nil
		}
		h := make(some, traits)
		found := ascend(opt.prior().over(h), top.at, opt)
		if !found.settled {
			found = climbHill(h, opt)
		}
		if !found.settled || !finite(found.view.value) {
			return nil
		}
		return found.at
	})
	var failed int
	f.Resampled, failed = ranges(f.Estimates, points, 4)
	f.Caveats = append(f.Caveats, failedResamples(failed, len(points))...)
}

func weightsOf(buyers []Buyer) []float64 {
	weights := make([]float64, len(buyers))
	for i, b := range buyers {
		weights[i] = b.weight()
	}
	return weights
}

// drawnOf is the histories that were drawn at all, with their new weights.
func drawnOf(buyers []Buyer, z [][]float64, drawn []float64) (some []Buyer, traits [][]float64) {
	for i, b := range buyers {
		if drawn[i] == 0 {
			continue
		}
		b.Weight = drawn[i]
		some = append(some, b)
		if z != nil {
			traits = append(traits, z[i])
		}
	}
	return some, traits
}

// resample adds errors and ranges from refits to the mixture that p gave.
func (m *Mixture) resample(p *problem, opt MixtureOptions) {
	if opt.Bootstrap.Resamples == 0 {
		return
	}
	at := point{math.Log(m.R), math.Log(m.Alpha), math.Log(m.A), math.Log(m.B)}
	points := opt.Bootstrap.points(weightsOf(p.buyers), func(drawn []float64) []float64 {
		some, _ := drawnOf(p.buyers, nil, drawn)
		if len(some) == 0 {
			return nil
		}
		found := newProblem(some, opt, p.scale).search(at, m.startShares(), opt)
		if !found.settled || !finite(found.value) {
			return nil
		}
		return append(append([]float64(nil), found.at[:]...), found.shares...)
	})
	of := []Estimate{{Name: "r", Value: m.R}, {Name: "alpha", Value: m.Alpha}, {Name: "a", Value: m.A}, {Name: "b", Value: m.B}}
	for g, share := range m.Shares {
		of = append(of, Estimate{Name: fmt.Sprintf("share of k = %g", m.Shapes[g]), Value: share})
	}
	var failed int
	m.Resampled, failed = ranges(of, points, 4)
	m.Caveats = append(m.Caveats, failedResamples(failed, len(points))...)
}

// startShares are the shares with a little of each, as one of 0 is hard to leave.
func (m *Mixture) startShares() []float64 {
	shares := make([]float64, len(m.Shares))
	for g, share := range m.Shares {
		shares[g] = 0.99*share + 0.01/float64(len(shares))
	}
	return shares
}
