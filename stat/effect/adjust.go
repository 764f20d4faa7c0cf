package effect

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// Adjust compares two groups that a lot made, with what was known of each member
// before taken into account, which makes the interval narrower.
//
// Question: as Differ, when the groups came out a little unequal, or when much of
// the outcome was to be foreseen.
//
// Input: the Outcomes, and for each of their members the same p covariates, known
// before the lot was drawn; with and without follow Treated and Control. Read only.
//
// Formula: in each group a least-squares line of the outcome on x − x̄, x̄ the
// mean over both; the difference of the two intercepts. Its variance is
//
//	Σ over groups of the robust (HC3) variance of the intercept
//	+ (β₁ − β₀)' S (β₁ − β₀) / n            S the covariance of x over both
//
// the last because x̄ is that of a sample; a t interval with the degrees of
// freedom that each group has left. Covariates that follow from others in a group
// are passed over (pseudo-inverse).
//
// Output: Difference with Method Lin; With and Without are the plain means.
//
// Errors: as Differ; covariates not finite, not equally many, or not one row for
// each outcome. Caveats: as Differ; too-few-to-adjust (Count members in the
// smaller group, Limit needed: 10 for every covariate and the constant): then the
// answer is that of Differ.
//
// Not with covariates that the treatment can have changed: what was bought after
// the mail is an outcome.
//
// Source: Lin (2013), Annals of Applied Statistics 7(1), 295–318; Negi,
// Wooldridge (2021), Econometric Reviews 40(5) for the last term. See
// TestAdjustCoverage, TestAdjustByHand, TestAdjust_Hillstrom.
func Adjust(o Outcomes, with, without [][]float64, level float64) (Difference, error) {
	d, err := Differ(o, level)
	if err != nil {
		return d, err
	}
	p, err := checkCovariates(o, with, without)
	if err != nil || p == 0 {
		return d, err
	}
	if least, needs := min(d.Treated, d.Held), fewPerCovariate*(p+1); least < needs {
		d.Caveats = append(d.Caveats, stat.Caveat{Code: "too-few-to-adjust", Count: least, Limit: float64(needs)})
		return d, nil
	}
	x := newSpace(with, without, p)
	a, fit1 := x.fit(o.Treated, with)
	b, fit0 := x.fit(o.Control, without)
	if !fit1 || !fit0 {
		d.Caveats = append(d.Caveats, stat.Caveat{Code: "too-few-to-adjust", Count: min(d.Treated, d.Held)})
		return d, nil
	}
	d.Method, d.Value = Lin, a.at-b.at
	between := x.between(a.slopes, b.slopes)
	d.StdErr = math.Sqrt(a.variance + b.variance + between)
	free := math.Inf(1)
	if sum := d.StdErr * d.StdErr; sum > 0 {
		free = 1 / (sq(a.variance/sum)/a.free + sq(b.variance/sum)/b.free + sq(between/sum)/(a.free+b.free))
	}
	half := d.StdErr * quantile(level, free)
	d.Interval = stat.Interval{Low: d.Value - half, High: d.Value + half, Level: level}
	return d, nil
}

const fewPerCovariate = 10

func sq(x float64) float64 { return x * x }

func checkCovariates(o Outcomes, with, without [][]float64) (int, error) {
	bad := func(row int, value float64, why string) error {
		return &stat.InputError{Row: row, Field: "covariates", Value: value, Why: why}
	}
	if len(with) != len(o.Treated) || len(without) != len(o.Control) {
		return 0, bad(stat.NoRow, float64(len(with)+len(without)), "not one row for each outcome")
	}
	p := len(with[0])
	for _, rows := range [][][]float64{with, without} {
		for i, row := range rows {
			if len(row) != p {
				return 0, bad(i, float64(len(row)), "not as many as in the first row")
			}
			for _, v := range row {
				if !(math.Abs(v) < tooFar) {
					return 0, bad(i, v, "not a number below 1e150")
				}
			}
		}
	}
	return p, nil
}

// A space is the covariates of both groups: their means, and scales that make
// the columns comparable.
type space struct {
	mean, scale []float64
	cov         *mat.SymDense // of the scaled columns
	n           float64
}

func newSpace(with, without [][]float64, p int) space {
	s := space{mean: make([]float64, p), scale: make([]float64, p), cov: mat.NewSymDense(p, nil)}
	both := [][][]float64{with, without}
	for _, rows := range both {
		for _, row := range rows {
			s.n++
			for j, v := range row {
				s.mean[j] += (v - s.mean[j]) / s.n
			}
		}
	}
	for _, rows := range both {
		for _, row := range rows {
			for j, v := range row {
				s.scale[j] += sq(v-s.mean[j]) / s.n
			}
		}
	}
	for j, v := range s.scale {
		s.scale[j] = math.Sqrt(v)
	}
	x := make([]float64, p)
	for _, rows := range both {
		for _, row := range rows {
			s.row(x, row)
			s.cov.SymRankOne(s.cov, 1/(s.n-1), mat.NewVecDense(p, x))
		}
	}
	return s
}

// row puts the centred and scaled covariates into x.
func (s space) row(x, row []float64) {
	for j, v := range row {
		x[j] = 0
		if s.scale[j] > 0 {
			x[j] = (v - s.mean[j]) / s.scale[j]
		}
	}
}

// between is what the mean of the sample of covariates adds to the variance.
func (s space) between(a, b []float64) float64 {
	gap := mat.NewVecDense(len(a), nil)
	gap.SubVec(mat.NewVecDense(len(a), a), mat.NewVecDense(len(b), b))
	return mat.Inner(gap, s.cov, gap) / s.n
}

// A levelled group is its line of the outcome on the covariates.
type levelled struct {
	at       float64   // of the line where the covariates are at their mean over both groups
	slopes   []float64 // by scaled covariate
	variance float64   // of at (HC3)
	free     float64   // degrees of freedom left
}

// fit is false where covariates leave the group no freedom. The line is fitted
// around the group's own means, so that a covariate which is the same for all of
// the group, or follows from others, leaves the level alone.
func (s space) fit(outcomes []float64, rows [][]float64) (levelled, bool) {
	p, n := len(s.mean), float64(len(rows))
	x, own, mean := mat.NewVecDense(p, nil), mat.NewVecDense(p, nil), 0.0
	for i, row := range rows {
		s.row(x.RawVector().Data, row)
		own.AddScaledVec(own, 1/n, x)
		mean += outcomes[i] / n
	}
	gram, right := mat.NewSymDense(p, nil), mat.NewVecDense(p, nil)
	away := func(row []float64) *mat.VecDense {
		s.row(x.RawVector().Data, row)
		x.SubVec(x, own)
		return x
	}
	for i, row := range rows {
		gram.SymRankOne(gram, 1, away(row))
		right.AddScaledVec(right, outcomes[i]-mean, x)
	}
	inverse, rank, ok := pseudoInverse(gram)
	l := levelled{free: n - 1 - float64(rank)}
	if !ok || l.free < 1 {
		return l, false
	}
	slopes, shift, reach := mat.NewVecDense(p, nil), mat.NewVecDense(p, nil), mat.NewVecDense(p, nil)
	slopes.MulVec(inverse, right)
	shift.MulVec(inverse, own)
	l.slopes, l.at = slopes.RawVector().Data, mean-mat.Dot(slopes, own)
	for i, row := range rows {
		reach.MulVec(inverse, away(row))
		leverage := 1/n + mat.Dot(reach, x)
		rest := (outcomes[i] - mean - mat.Dot(slopes, x)) / max(1e-6, 1-leverage) // HC3
		l.variance += sq((1/n - mat.Dot(shift, x)) * rest)
	}
	return l, true
}

// pseudoInverse passes over what is a hundred-millionth of the largest.
func pseudoInverse(gram *mat.SymDense) (*mat.SymDense, int, bool) {
	var eigen mat.EigenSym
	if !eigen.Factorize(gram, true) {
		return nil, 0, false
	}
	values, q := eigen.Values(nil), gram.SymmetricDim()
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	inverse, rank := mat.NewSymDense(q, nil), 0
	for j, v := range values {
		if v > 0 && v > 1e-8*values[q-1] {
			rank++
			inverse.SymRankOne(inverse, 1/v, vectors.ColView(j))
		}
	}
	return inverse, rank, true
}
