package driver

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// Options of Rank; the zero value is METHODS 6.7 but for the ridge.
type Options struct {
	Ridge       float64 // λ of FitCovariance; 0.05 where few items are asked of each customer
	Resamples   int     // of the bootstrap; 0 means 500
	Level       float64 // of the intervals; 0 means 0.95
	Seed        uint64  // of the bootstrap
	WithoutMean bool    // take off what goes with the mean of all items first (halo)
}

// A Driver is one item and its part in the outcome.
type Driver struct {
	Share    float64       // of R², 0 … 1; all of them sum to R²
	Interval stat.Interval // of Share
	TopThree float64       // chance that it is among the three largest shares
}

// Drivers is the answer of Rank.
type Drivers struct {
	Items      []Driver // in the order given
	R2         float64  // how much of the outcome's variance goes with all items, 0 … 1
	R2Interval stat.Interval
	Rows       int           // customers that said anything
	Caveats    []stat.Caveat // few-answers, and those of FitCovariance
}

const (
	usualResamples = 500
	usualLevel     = 0.95
	fewAnswers     = 150 // METHODS 6.7
	resampleBlock  = 4
	resampleEnd    = 1e-4 // standard deviations: far below what resamples differ by
)

// Rank finds which items matter most, and how sure that is.
//
// Question: which of nine touchpoints goes most with buying again?
//
// Input: Answers; Options.
//
// Formula: FitCovariance, LMG of it, and the same for customers drawn anew with
// replacement, as often as there are customers; ranges are percentiles of the
// resamples. With WithoutMean the covariance is first taken given the mean item:
// shares are then of what a common mood does not explain.
//
// Output: shares of R² with ranges, and the chance to be among the top three.
//
// Errors: as FitCovariance; a level outside 0 … 1. Caveats: few-answers (below
// 150), few-resamples (Count resamples had an outcome that varied, of Limit),
// and those of FitCovariance.
//
// Not an effect; and R² of the resamples lies above that of the sample, most
// with few rows, so that intervals of small shares sit high.
//
// Source: METHODS 6.7; Grömping (2006). See TestRankFindsTheDrivers and
// TestRankCoverage.
func Rank(answers Answers, options Options) (Drivers, error) {
	if options.Level == 0 {
		options.Level = usualLevel
	}
	if options.Resamples <= 0 {
		options.Resamples = usualResamples
	}
	if err := stat.CheckLevel(options.Level); err != nil {
		return Drivers{}, err
	}
	t, err := newTable(answers, options.Ridge)
	if err != nil {
		return Drivers{}, err
	}
	whole := t.begin()
	settled := whole.climb(t.sums(nil), 1e-9, 5000)
	s := newSets(t.q - 1)
	s.enter(whole.correlation(options.WithoutMean))
	d := Drivers{Items: make([]Driver, t.q-1), R2: s.r2[len(s.r2)-1], Caveats: t.caveats()}
	for _, p := range t.patterns {
		d.Rows += len(p.rows)
	}
	for j, share := range s.shares() {
		d.Items[j].Share = share
	}
	if d.Rows < fewAnswers {
		d.Caveats = append(d.Caveats, stat.Caveat{Code: "few-answers", Count: d.Rows, Limit: fewAnswers})
	}
	if !settled {
		d.Caveats = append(d.Caveats, stat.Caveat{Code: "not-settled", Count: whole.rounds})
	}
	d.spread(t.resample(whole, options), options)
	return d, nil
}

// resample gives the shares of every resample; nil where the outcome had none.
func (t *table) resample(whole *em, options Options) [][]float64 {
	all := make([][]float64, options.Resamples)
	stat.Blocks(options.Resamples, resampleBlock, func(lo, hi int) {
		s, times := newSets(t.q-1), make([]int, t.n)
		for b := lo; b < hi; b++ {
			dice := rand.New(rand.NewPCG(options.Seed, uint64(b)))
			clear(times)
			for range t.n {
				times[dice.IntN(t.n)]++
			}
			e := t.from(whole)
			e.climb(t.sums(times), resampleEnd, 500)
			if r := e.correlation(options.WithoutMean); r[len(r)-1] > 0 && s.enter(r) {
				all[b] = s.shares()
			}
		}
	})
	return slices.DeleteFunc(all, func(shares []float64) bool { return shares == nil })
}

// correlation of what the search found, given the mean item where asked.
func (e *em) correlation(withoutMean bool) []float64 {
	q := e.q
	cov := mat.NewSymDense(q, nil)
	for i := range q {
		for j := range i + 1 {
			cov.SetSym(i, j, e.cov[i*q+j])
		}
	}
	if withoutMean {
		takeMean(cov, e.scale)
	}
	return correlation(cov)
}

// takeMean leaves the covariance given the mean of the items in the unit of the
// answers; scale is the standard deviation of each column.
func takeMean(cov *mat.SymDense, scale []float64) {
	q := cov.SymmetricDim()
	with, variance := make([]float64, q), 0.0 // of the columns with the mean item, and its own
	for i := range q {
		for j := range q - 1 {
			with[i] += cov.At(i, j) * scale[j] / float64(q-1)
		}
	}
	for j := range q - 1 {
		variance += with[j] * scale[j] / float64(q-1)
	}
	if variance <= 0 {
		return
	}
	before := make([]float64, q)
	for i := range q {
		before[i] = cov.At(i, i)
	}
	for i := range q {
		for j := range i + 1 {
			cov.SetSym(i, j, cov.At(i, j)-with[i]*with[j]/variance)
		}
		if cov.At(i, i) <= determined*before[i] {
			cov.SetSym(i, i, 0)
		}
	}
}

// spread fills in what the resamples say.
func (d *Drivers) spread(all [][]float64, options Options) {
	if len(all) < options.Resamples {
		d.Caveats = append(d.Caveats, stat.Caveat{Code: "few-resamples", Count: len(all), Limit: float64(options.Resamples)})
	}
	if len(all) == 0 {
		return
	}
	values, totals := make([]float64, len(all)), make([]float64, len(all))
	for j := range d.Items {
		top := 0.0
		for b, shares := range all {
			values[b] = shares[j]
			totals[b] += shares[j]
			larger := 0
			for _, other := range shares {
				if other > shares[j] {
					larger++
				}
			}
			if larger < 3 {
				top++
			}
		}
		d.Items[j].Interval = percentiles(values, options.Level)
		d.Items[j].TopThree = top / float64(len(all))
	}
	d.R2Interval = percentiles(totals, options.Level)
}

// percentiles sorts the values it is given.
func percentiles(values []float64, level float64) stat.Interval {
	slices.Sort(values)
	at := func(u float64) float64 {
		place := u * float64(len(values)-1)
		low := int(math.Floor(place))
		high := min(low+1, len(values)-1)
		return values[low] + (place-float64(low))*(values[high]-values[low])
	}
	return stat.Interval{Low: at((1 - level) / 2), High: at((1 + level) / 2), Level: level}
}
