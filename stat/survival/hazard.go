package survival

import (
	"math"
	"sort"

	"behold/stat"
)

// A Step of a gathered risk is an age at which somebody left.
type Step struct {
	Time   float64 // t, age
	AtRisk float64 // n, customers here and watched just before; weighted count
	Left   float64 // d, who left at t; weighted count
	Hazard float64 // Λ(t), risk gathered up to and with t; no unit, ≥ 0
	StdErr float64 // of Λ(t)
	Low    float64 // lower limit of Λ(t)
	High   float64 // upper limit of Λ(t)
}

// A Hazard is the risk of leaving gathered by age. Where it bends upwards,
// customers of that age leave faster than before; where it flattens, the ones
// who are left are the faithful.
type Hazard struct {
	Steps   []Step // in order of Time
	N       int    // stays in the input
	Total   float64
	Left    float64 // weighted count of who left
	Level   float64 // of the limits
	Caveats []stat.Caveat
}

// NelsonAalen estimates the risk of leaving, gathered from age 0.
//
// Question: at what age do customers leave most?
//
// Input: as KaplanMeier.
//
// Estimate: with d_i leaving at t_i of n_i here,
//
//	Λ(t) = Σ_{t_i ≤ t} d_i/n_i      Var Λ(t) = Σ_{t_i ≤ t} d_i/n_i²
//
// and limits Λ·exp(± z·se/Λ).
//
// Output: Hazard, a Step for each age at which somebody left; the slope is a
// rate per unit of time. exp(−Λ) is close to S(t), and is no better.
//
// Errors: as KaplanMeier. Caveats, in the result: nobody-left; few-left (fewer
// than 10; Count).
//
// Not as the chance of leaving: Λ exceeds 1 when most have left.
//
// Source: Aalen (1978), Annals of Statistics 6, 701–726; variance as in R
// survival 3.5-3. See TestNelsonAalen_R.
func NelsonAalen(stays []Stay, level float64) (Hazard, error) {
	level, err := checkLevel(level)
	if err != nil {
		return Hazard{}, err
	}
	if err := checkStays(stays); err != nil {
		return Hazard{}, err
	}
	all := moments(stays)
	h := Hazard{N: len(stays), Level: level}
	h.Left, h.Total = counts(all)
	z, sum, variance := normalLimit(level), 0.0, 0.0
	for _, m := range all {
		if m.left == 0 {
			continue
		}
		sum += m.left / m.atRisk
		variance += m.left / (m.atRisk * m.atRisk)
		widen := math.Exp(z * math.Sqrt(variance) / sum)
		h.Steps = append(h.Steps, Step{m.time, m.atRisk, m.left, sum, math.Sqrt(variance), sum / widen, sum * widen})
	}
	switch {
	case h.Left == 0:
		h.Caveats = []stat.Caveat{{Code: "nobody-left"}}
	case h.Left < few:
		h.Caveats = []stat.Caveat{{Code: "few-left", Count: int(h.Left), Limit: few}}
	}
	return h, nil
}

// At is the risk gathered up to and with age t, with its limits.
func (h *Hazard) At(t float64) (hazard float64, limits stat.Interval) {
	i := sort.Search(len(h.Steps), func(i int) bool { return h.Steps[i].Time > t })
	if i == 0 {
		return 0, stat.Interval{Level: h.Level}
	}
	s := &h.Steps[i-1]
	return s.Hazard, stat.Interval{Low: s.Low, High: s.High, Level: h.Level}
}
