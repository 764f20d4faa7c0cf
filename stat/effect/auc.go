package effect

import (
	"math"

	"behold/stat"
)

// A Ranking says how well a score ranks.
type Ranking struct {
	AUC      float64       // chance that one who left had a higher score than one who stayed; 0.5 = by lot
	StdErr   float64       // of AUC
	Interval stat.Interval // of AUC, within 0 … 1
	Caveats  []stat.Caveat // few-cases (below 10 of either end), separated (StdErr is 0 and means nothing)
}

const fewRanked = 10

// AUC measures how well a score ranks those to whom it happened above the others.
//
// Question: if I go through the list from the top, do I meet the leavers first?
//
// Input: scores, higher = more likely; whether it happened; read only, any order.
//
// Formula: the share of pairs in the right order, ties counting half; the
// variance from the placement of every case among those of the other end,
//
//	Var = Var(V₁)/n₁ + Var(V₀)/n₀
//
// by midranks in O(n log n); a normal interval, cut at 0 and 1.
//
// Output: Ranking.
//
// Errors: as FitPlatt; nobody, or everybody. Caveats: few-cases, separated.
//
// Not a measure of chances: a score can rank well and promise nonsense
// (Reliability).
//
// Source: DeLong, DeLong, Clarke-Pearson (1988), Biometrics 44(3); Sun, Xu (2014),
// IEEE Signal Processing Letters 21(11). See TestAUCByPairs, TestAUCCoverage.
func AUC(scores []float64, happened []bool, level float64) (Ranking, error) {
	if err := stat.CheckLevel(level); err != nil {
		return Ranking{}, err
	}
	if err := checkEnds(scores, happened); err != nil {
		return Ranking{}, err
	}
	p := placements(scores, happened)
	variance := p.variance(p)
	r := Ranking{AUC: p.auc, StdErr: math.Sqrt(variance)}
	r.Interval = normalInterval(r.AUC, r.StdErr, level)
	r.Interval.Low, r.Interval.High = max(0, r.Interval.Low), min(1, r.Interval.High)
	if least := min(len(p.ones), len(p.zeros)); least < fewRanked {
		r.Caveats = append(r.Caveats, stat.Caveat{Code: "few-cases", Count: least, Limit: fewRanked})
	}
	if variance == 0 {
		r.Caveats = append(r.Caveats, stat.Caveat{Code: "separated", Value: r.AUC})
	}
	return r, nil
}

func checkEnds(scores []float64, happened []bool) error {
	if err := checkCases(scores, happened); err != nil {
		return err
	}
	if n := count(happened); n == 0 || n == float64(len(happened)) {
		return &stat.InputError{Row: stat.NoRow, Field: "happened", Value: n, Why: "to nobody or to everybody: there is nothing to rank"}
	}
	return nil
}

// placed are the shares of the other end that each case beats.
type placed struct {
	auc         float64
	ones, zeros []float64 // in the order given
}

// placements finds them tie by tie from the top.
func placements(scores []float64, happened []bool) placed {
	order, _ := byScore(scores, len(scores)) // checked before
	ones := count(happened)
	zeros := float64(len(happened)) - ones
	place := make([]float64, len(scores))
	var onesAbove, zerosAbove float64
	for at := 0; at < len(order); {
		from, first := at, scores[order[at]]
		var onesHere, zerosHere float64
		for ; at < len(order) && scores[order[at]] == first; at++ {
			if happened[order[at]] {
				onesHere++
			} else {
				zerosHere++
			}
		}
		for _, i := range order[from:at] {
			if happened[i] {
				place[i] = (zeros - zerosAbove - zerosHere/2) / zeros
			} else {
				place[i] = (onesAbove + onesHere/2) / ones
			}
		}
		onesAbove += onesHere
		zerosAbove += zerosHere
	}
	var p placed
	for i, h := range happened {
		if h {
			p.ones = append(p.ones, place[i])
			p.auc += place[i] / ones
		} else {
			p.zeros = append(p.zeros, place[i])
		}
	}
	return p
}

// variance is the covariance of two AUCs over the same cases; with itself, the
// variance.
func (p placed) variance(other placed) float64 {
	one := covariance(p.ones, other.ones, p.auc, other.auc) / float64(len(p.ones))
	return one + covariance(p.zeros, other.zeros, p.auc, other.auc)/float64(len(p.zeros))
}

func covariance(a, b []float64, meanA, meanB float64) float64 {
	if len(a) < 2 {
		return 0
	}
	sum := 0.0
	for i := range a {
		sum += (a[i] - meanA) * (b[i] - meanB)
	}
	return sum / float64(len(a)-1)
}

// A Comparison says whether one score ranks better than another.
type Comparison struct {
	A, B       Ranking
	Difference float64       // AUC of A less AUC of B
	StdErr     float64       // of Difference (DeLong)
	Interval   stat.Interval // of Difference, from cases drawn anew
	P          float64       // two-sided, that they rank alike (DeLong)
	Caveats    []stat.Caveat // few-resamples (Count resamples had both ends, of Limit)
}

// CompareAUC asks which of two scores ranks the same cases better.
//
// Question: is the model better than "longest silent", or is it luck?
//
// Input: two scores of the same cases, and whether it happened; read only.
//
// Formula: both AUCs on cases drawn anew together, percentiles of their
// difference (paired bootstrap); beside it the normal test of DeLong with the
// covariance of the placements.
//
// Output: Comparison.
//
// Errors: as AUC. Caveats: few-resamples, and those of A and B.
//
// Not where customers come back as several cases: these are not drawn together.
//
// Source: METHODS 12.2; DeLong, DeLong, Clarke-Pearson (1988). See
// TestCompareAUC.
func CompareAUC(a, b []float64, happened []bool, resampling Resampling) (Comparison, error) {
	resampling, err := resampling.checked()
	if err != nil {
		return Comparison{}, err
	}
	var c Comparison
	if c.A, err = AUC(a, happened, resampling.Level); err != nil {
		return Comparison{}, err
	}
	if c.B, err = AUC(b, happened, resampling.Level); err != nil {
		return Comparison{}, err
	}
	placedA, placedB := placements(a, happened), placements(b, happened)
	c.Difference = placedA.auc - placedB.auc
	variance := placedA.variance(placedA) + placedB.variance(placedB) - 2*placedA.variance(placedB)
	c.StdErr = math.Sqrt(max(0, variance))
	c.P = 1
	if c.Difference != 0 {
		c.P = math.Erfc(math.Abs(c.Difference) / c.StdErr / math.Sqrt2)
	}
	orderA, _ := byScore(a, len(a))
	orderB, _ := byScore(b, len(b))
	differences := make([]float64, resampling.Resamples)
	resampling.each(len(a), func(i int, times []float64) {
		differences[i] = weightedAUC(a, happened, orderA, times) - weightedAUC(b, happened, orderB, times)
	})
	kept := differences[:0]
	for _, d := range differences {
		if !math.IsNaN(d) {
			kept = append(kept, d)
		}
	}
	if len(kept) < resampling.Resamples {
		c.Caveats = append(c.Caveats, stat.Caveat{Code: "few-resamples", Count: len(kept), Limit: float64(resampling.Resamples)})
	}
	c.Interval = stat.Interval{Low: -1, High: 1, Level: resampling.Level}
	if len(kept) > 0 {
		c.Interval = resampling.percentiles(kept)
	}
	return c, nil
}

// weightedAUC counts every case as often as times says; NaN where one end is
// empty.
func weightedAUC(scores []float64, happened []bool, order []int, times []float64) float64 {
	var ones, zeros, pairs float64
	for at := 0; at < len(order); {
		first := scores[order[at]]
		var onesHere, zerosHere float64
		for ; at < len(order) && scores[order[at]] == first; at++ {
			if i := order[at]; happened[i] {
				onesHere += times[i]
			} else {
				zerosHere += times[i]
			}
		}
		pairs += zerosHere * (ones + onesHere/2)
		ones += onesHere
		zeros += zerosHere
	}
	return pairs / (ones * zeros)
}
