package effect

import (
	"cmp"
	"math"
	"slices"

	"behold/stat"
)

// A Report says whether chances are as high as they say.
type Report struct {
	Slope     float64       // of log-odds that came by log-odds foreseen: 1 is right, below 1 too bold
	SlopeIn   stat.Interval // of Slope
	Intercept float64       // of the same line; log-odds
	Level     float64       // log-odds by which all came higher, the slope held at 1: 0 is right
	LevelIn   stat.Interval // of Level
	Brier     float64       // mean of (chance − end)²
	ECE       float64       // mean distance of bins' chances from their share, 0 … 1
	Mean      float64       // chance foreseen, on average
	Share     float64       // share to whom it happened
	Bins      []Bin         // the lowest chances first
	Caveats   []stat.Caveat // few-cases, separated, certain
}

// A Bin of a reliability curve.
type Bin struct {
	Cases int
	Mean  float64 // chance foreseen, on average
	Share float64 // share to whom it happened
}

const (
	reliabilityBins = 10 // METHODS 12.2
	closest         = 1e-12
)

// Reliability compares chances with what came.
//
// Question: of those with a 30 % chance to leave, did 30 % leave?
//
// Input: chances 0 … 1, made without these ends; whether it happened; read only,
// any order.
//
// Formula: the logistic line of what came by logit(chance), by maximum
// likelihood: Slope and Intercept; the same with the slope held at 1: Level. ECE
// over ten bins of equally many cases, equal chances staying together, weighted
// by cases. Chances are kept 1e-12 from 0 and 1 for the line.
//
// Output: Report.
//
// Errors: as AUC; a chance outside 0 … 1. Caveats: few-cases (below 200, or 40 of
// either end), separated (the ends do not overlap: Slope has no top), certain
// (Count chances were 0 or 1).
//
// Source: Cox (1958), Biometrika 45; METHODS 12.2. See TestReliability and
// TestReliabilityCoverage.
func Reliability(chances []float64, happened []bool, level float64) (Report, error) {
	if err := stat.CheckLevel(level); err != nil {
		return Report{}, err
	}
	if err := checkEnds(chances, happened); err != nil {
		return Report{}, err
	}
	var r Report
	n := float64(len(chances))
	odds, targets, certain := make([]float64, len(chances)), make([]float64, len(chances)), 0
	for i, p := range chances {
		if p < 0 || p > 1 {
			return Report{}, &stat.InputError{Row: i, Field: "chances", Value: p, Why: "not between 0 and 1"}
		}
		if p == 0 || p == 1 {
			certain++
		}
		held := min(max(p, closest), 1-closest)
		odds[i] = math.Log(held) - math.Log1p(-held)
		if happened[i] {
			targets[i] = 1
		}
		r.Mean += p / n
		r.Share += targets[i] / n
		r.Brier += (p - targets[i]) * (p - targets[i]) / n
	}
	r.line(odds, targets, level)
	r.bins(chances, happened)
	r.caveats(chances, happened, certain)
	return r, nil
}

func (r *Report) line(odds, targets []float64, level float64) {
	l := fitLine(odds, targets)
	r.Slope, r.Intercept = l.slope, l.intercept
	r.SlopeIn = normalInterval(l.slope, math.Sqrt(l.varSlope), level)
	at, variance := fitLevel(odds, targets)
	r.Level, r.LevelIn = at, normalInterval(at, math.Sqrt(variance), level)
}

func (r *Report) bins(chances []float64, happened []bool) {
	order := make([]int, len(chances))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(chances[a], chances[b]) })
	for at := 0; at < len(order); {
		var b Bin
		full := (len(r.Bins) + 1) * len(order) / reliabilityBins
		for ; at < len(order) && (at < full || b.Cases > 0 && chances[order[at]] == chances[order[at-1]]); at++ {
			b.Cases++
			b.Mean += chances[order[at]]
			if happened[order[at]] {
				b.Share++
			}
		}
		if b.Cases > 0 {
			b.Mean /= float64(b.Cases)
			b.Share /= float64(b.Cases)
			r.ECE += float64(b.Cases) / float64(len(order)) * math.Abs(b.Mean-b.Share)
		}
		r.Bins = append(r.Bins, b)
	}
	r.Bins = slices.DeleteFunc(r.Bins, func(b Bin) bool { return b.Cases == 0 })
}

func (r *Report) caveats(chances []float64, happened []bool, certain int) {
	ones := int(count(happened))
	if least := min(ones, len(chances)-ones); len(chances) < fewCases || least < fewEnds {
		r.Caveats = append(r.Caveats, stat.Caveat{Code: "few-cases", Count: len(chances), Value: float64(least), Limit: fewCases})
	}
	lowOne, highOne, lowZero, highZero := 1.0, 0.0, 1.0, 0.0
	for i, p := range chances {
		if happened[i] {
			lowOne, highOne = min(lowOne, p), max(highOne, p)
		} else {
			lowZero, highZero = min(lowZero, p), max(highZero, p)
		}
	}
	if lowOne >= highZero || lowZero >= highOne {
		r.Caveats = append(r.Caveats, stat.Caveat{Code: "separated", Value: r.Slope})
	}
	if certain > 0 {
		r.Caveats = append(r.Caveats, stat.Caveat{Code: "certain", Count: certain})
	}
}
