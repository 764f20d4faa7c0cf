package sequential

import (
	"math"
	"math/rand/v2"

	"behold/stat"
)

// A Side says which changes an alarm is for.
type Side int

const (
	MoreSide Side = iota // more losses
	FewerSide
	BothSides
)

// A Plan describes an alarm to be: what a month looks like while nothing is wrong.
type Plan struct {
	Chances []float64 // p, of every customer in one month; one chance for an alarm answer by answer
	Ratio   float64   // R > 1, the odds ratio to be found soonest
	Side    Side
	Runs    int    // simulated; 0 means 5,000
	Seed    uint64 // the same seed gives the same numbers on every machine
}

const (
	usualRuns = 5000
	runBlock  = 50
	lowest    = 1e-6 // a limit below it is passed by any step up
	farBeyond = 100  // no run is followed longer than this many times the months asked for
)

// A RunLength is how long it takes until an alarm rings, on average.
type RunLength struct {
	Limit   float64       // h
	Mean    float64       // months (steps), ARL
	Error   float64       // standard error of Mean, from the simulation
	Caveats []stat.Caveat // cut-short (Count runs were not followed to their end: Mean is too low), ratio-too-large
}

// Limit finds the limit of a CUSUM at which it rings in vain so rarely.
//
// Question: where do I set the alarm to have one false one in five years?
//
// Input: the Plan, and the mean number of months (steps) to the first false
// alarm, ≥ 1.
//
// Formula: as many runs as asked for are simulated month by month. How many are
// lost is drawn from its exact distribution (Count): the sum of a month depends
// on nothing else. Of every run the months are kept at which it climbed higher
// than before; the limit is the lowest at which the mean of the first months at
// or above it is what was asked for.
//
// Output: h, and the mean it has in the simulation with its standard error.
//
// Errors: a chance outside 0 … 1, none above 0 or below 1 (nothing can change),
// R ≤ 1, months < 1. Caveats: cut-short, where a run takes 100 times the months
// asked for; ratio-too-large, where any step up is already rarer (Value months)
// than asked for: with so many customers, or so few losses, smaller rises can be
// found, by an R nearer to 1.
//
// Source: METHODS 5.4; Steiner et al. (2000). 2,000 customers at 1.15 % a month,
// R = 1.5: h = 2.5 gives 66 months; see TestCUSUM_Methods5_4.
func Limit(plan Plan, months float64) (RunLength, error) {
	month, err := newMonth(plan, 1)
	if err != nil {
		return RunLength{}, err
	}
	return lowestLimit(month.chart, plan, months)
}

// Length is the mean number of months until a CUSUM with the limit given rings,
// when the odds of every customer are times as high as foreseen: 1 for false
// alarms, 1.5 for how soon such a rise is found. The change is there from the
// first month on, when the sum is 0.
//
// Runs are followed for at most most months each. See TestCUSUM_Methods5_4.
func Length(plan Plan, limit, times, most float64) (RunLength, error) {
	if !stat.Finite(times) || times <= 0 {
		return RunLength{}, &stat.InputError{Row: stat.NoRow, Field: "times", Value: times, Why: "not a finite number above 0"}
	}
	month, err := newMonth(plan, times)
	if err != nil {
		return RunLength{}, err
	}
	return lengthOf(month.chart, plan, limit, most)
}

func lengthOf(chart func(*rand.Rand) func() float64, plan Plan, limit, most float64) (RunLength, error) {
	if !(limit > 0) {
		return RunLength{}, &stat.InputError{Row: stat.NoRow, Field: "limit", Value: limit, Why: "not above 0"}
	}
	if !stat.Finite(most) || most < 1 {
		return RunLength{}, &stat.InputError{Row: stat.NoRow, Field: "most", Value: most, Why: "not a finite number, 1 or more"}
	}
	runs := newRuns(chart, plan, most)
	runs.follow(limit)
	return runs.length(limit), nil
}

// A month draws how many are lost, and knows what that does to the sums.
type month struct {
	count                 *Count
	side                  Side
	logRatio, more, fewer float64
}

func newMonth(plan Plan, times float64) (*month, error) {
	if err := checkRatio(plan.Ratio); err != nil {
		return nil, err
	}
	count, err := NewCount(plan.Chances)
	if err != nil {
		return nil, err
	}
	if count.Variance == 0 {
		return nil, &stat.InputError{Row: stat.NoRow, Field: "Chances", Value: count.Mean, Why: "expected for certain: nothing can change"}
	}
	if count, err = NewCount(tilted(plan.Chances, times)); err != nil {
		return nil, err
	}
	return &month{
		count: count, side: plan.Side, logRatio: math.Log(plan.Ratio),
		more: logNorm(plan.Chances, plan.Ratio), fewer: logNorm(plan.Chances, 1/plan.Ratio),
	}, nil
}

// chart begins one run: each call is the height one month later.
func (m *month) chart(dice *rand.Rand) func() float64 {
	up, down := 0.0, 0.0
	return func() float64 {
		lost := float64(m.count.quantile(dice.Float64()))
		up = max(0, up+lost*m.logRatio-m.more)
		down = max(0, down-lost*m.logRatio-m.fewer)
		switch m.side {
		case MoreSide:
			return up
		case FewerSide:
			return down
		}
		return max(up, down)
	}
}

// lowestLimit raises the limit until the runs are long enough on average, and
// then closes in on it.
func lowestLimit(chart func(*rand.Rand) func() float64, plan Plan, months float64) (RunLength, error) {
	if !stat.Finite(months) || months < 1 {
		return RunLength{}, &stat.InputError{Row: stat.NoRow, Field: "months", Value: months, Why: "not a finite number, 1 or more"}
	}
	const step = 0.25
	runs := newRuns(chart, plan, farBeyond*months)
	low, high := 0.0, step
	for runs.follow(high); runs.length(high).Mean < months; runs.follow(high) {
		low, high = high, high+step
	}
	for range 40 {
		if middle := (low + high) / 2; runs.length(middle).Mean < months {
			low = middle
		} else {
			high = middle
		}
	}
	answer := runs.length(high)
	if high < lowest {
		answer.Caveats = append(answer.Caveats, stat.Caveat{Code: "ratio-too-large", Value: answer.Mean, Limit: months})
	}
	return answer, nil
}

// runs are many runs of one chart, followed as far as needed.
type runs struct {
	all  []run
	most float64
}

type run struct {
	next    func() float64
	months  float64
	records []record
}

// A record is a month at which a run climbed higher than ever before.
type record struct{ month, height float64 }

func newRuns(chart func(*rand.Rand) func() float64, plan Plan, most float64) *runs {
	n := plan.Runs
	if n <= 0 {
		n = usualRuns
	}
	r := &runs{all: make([]run, n), most: most}
	for i := range r.all {
		r.all[i].next = chart(rand.New(rand.NewPCG(plan.Seed, uint64(i))))
	}
	return r
}

// follow goes on with every run until it has reached the height.
func (r *runs) follow(height float64) {
	stat.Blocks(len(r.all), runBlock, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			r.all[i].follow(height, r.most)
		}
	})
}

func (r *run) follow(height, most float64) {
	top := 0.0
	if n := len(r.records); n > 0 {
		top = r.records[n-1].height
	}
	for top < height && r.months < most {
		r.months++
		if h := r.next(); h > top {
			top = h
			r.records = append(r.records, record{r.months, h})
		}
	}
}

// length until the limit, on average over all runs.
func (r *runs) length(limit float64) RunLength {
	n, sum, square, cut := float64(len(r.all)), 0.0, 0.0, 0
	for i := range r.all {
		months, reached := r.all[i].first(limit)
		if !reached {
			cut++
		}
		sum += months
		square += months * months
	}
	mean := sum / n
	answer := RunLength{Limit: limit, Mean: mean, Error: math.Sqrt(max(0, square/n-mean*mean) / max(1, n-1))}
	if cut > 0 {
		answer.Caveats = []stat.Caveat{{Code: "cut-short", Count: cut, Value: r.most}}
	}
	return answer
}

// first month at or above the limit, or as far as the run was followed.
func (r *run) first(limit float64) (months float64, reached bool) {
	for _, at := range r.records {
		if at.height >= limit {
			return at.month, true
		}
	}
	return r.months, false
}
