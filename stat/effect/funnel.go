package effect

import (
	"math"
	"slices"

	"behold/stat"
)

// A Duty is what one colleague or team was assigned: customers with their
// chances as they stood at the assignment, and how many were kept.
type Duty struct {
	Cases    int     // customers assigned
	Kept     float64 // of whom were kept
	Expected float64 // Σ (1 − p), foreseen to be kept anyway
	Variance float64 // Σ p(1 − p)
}

// NewDuty adds up a duty from the chance to leave of each customer, frozen at the
// assignment, 0 … 1, and whether they were kept.
func NewDuty(chances []float64, kept []bool) (Duty, error) {
	d := Duty{Cases: len(chances)}
	if len(kept) != len(chances) {
		return d, &stat.InputError{Row: stat.NoRow, Field: "kept", Value: float64(len(kept)), Why: "not as many as chances"}
	}
	for i, p := range chances {
		if !(p >= 0 && p <= 1) {
			return Duty{}, &stat.InputError{Row: i, Field: "chances", Value: p, Why: "not between 0 and 1"}
		}
		d.Expected += 1 - p
		d.Variance += p * (1 - p)
		if kept[i] {
			d.Kept++
		}
	}
	return d, nil
}

// A Standing is one duty among the others.
type Standing struct {
	Credit  float64       // kept less expected, customers
	PerCase Group         // the same per customer, drawn together with that of the others
	Normal  stat.Interval // of Kept, when nothing but chance is at work: 95 %
	Rare    stat.Interval // the same, 99.8 %
	Z       float64       // Credit in standard deviations
	Outside int           // 0 inside Normal, 1 outside it, 2 outside Rare
}

// A Funnel is the standings of several duties.
type Funnel struct {
	Standings []Standing
	Excess    float64       // φ, variance between duties over what chance makes; 1 where not shown to be more
	Caveats   []stat.Caveat // few-groups, few-cases (Count duties with a variance below 5: limits are rough), certain (Count duties where nothing was open)
}

const (
	winsorised   = 0.1 // Spiegelhalter (2005), 5.1
	fewVariance  = 5
	normalLevel  = 0.95
	rareLevel    = 0.998
	fewForExcess = 10
	excessErrors = 2 // standard errors of φ above 1 from which it counts
)

// NewFunnel says who kept more customers than was to be expected of theirs.
//
// Question: who is good at keeping customers, beyond luck and easy customers?
//
// Input: a Duty for each colleague or team, at least one; read only, any order.
//
// Formula: Credit = Kept − Expected, z = Credit/√Variance, limits at Expected ± z
// √(φ Variance), cut at 0 and Cases. φ is the mean of z², the outer tenth of z on
// either side pulled in, when it is more than two of its standard errors √(2/I)
// above 1, and else 1, as with fewer than ten duties, of which one that stands out
// would hide itself. PerCase is ShrinkEffects of Credit/Cases: in
// it the share n/(n+k) of a colleague's own record is found, not chosen.
//
// Output: Funnel.
//
// Errors: no duties; numbers that cannot be. Caveats: few-groups, few-cases,
// certain.
//
// Not for pay by rank: between duties inside the limits there is nothing to
// choose. Not where colleagues choose their customers.
//
// Source: Spiegelhalter (2005), Statistics in Medicine 24, 1185–1202; METHODS 8.6.
// See TestFunnel and TestFunnelCoverage.
func NewFunnel(duties []Duty, s Shrinking) (Funnel, error) {
	if err := checkDuties(duties); err != nil {
		return Funnel{}, err
	}
	f := Funnel{Standings: make([]Standing, len(duties))}
	var values, errs, zs []float64
	small, open := 0, []int(nil)
	for i, d := range duties {
		at := &f.Standings[i]
		at.Credit = d.Kept - d.Expected
		if d.Variance < fewVariance {
			small++
		}
		if d.Variance > 0 {
			at.Z = at.Credit / math.Sqrt(d.Variance)
			open = append(open, i)
			zs = append(zs, at.Z)
			values = append(values, at.Credit/float64(d.Cases))
			errs = append(errs, math.Sqrt(d.Variance)/float64(d.Cases))
		}
	}
	f.Excess = excess(zs)
	for i := range duties {
		f.Standings[i].place(duties[i], f.Excess)
	}
	if len(open) > 0 {
		for j := range errs {
			errs[j] *= math.Sqrt(f.Excess)
		}
		g, err := ShrinkEffects(values, errs, s)
		if err != nil {
			return Funnel{}, err
		}
		for j, i := range open {
			f.Standings[i].PerCase = g.Items[j]
		}
	}
	f.note("few-groups", len(duties), len(duties) < fewGroups)
	f.note("few-cases", small, small > 0)
	f.note("certain", len(duties)-len(open), len(open) < len(duties))
	return f, nil
}

func (f *Funnel) note(code string, count int, so bool) {
	if so {
		f.Caveats = append(f.Caveats, stat.Caveat{Code: code, Count: count})
	}
}

func checkDuties(duties []Duty) error {
	if len(duties) == 0 {
		return &stat.InputError{Row: stat.NoRow, Field: "duties", Why: "none"}
	}
	for i, d := range duties {
		n := float64(d.Cases)
		switch {
		case d.Cases < 1:
			return &stat.InputError{Row: i, Field: "Cases", Value: n, Why: "not 1 or more"}
		case !(d.Kept >= 0 && d.Kept <= n):
			return &stat.InputError{Row: i, Field: "Kept", Value: d.Kept, Why: "not between 0 and Cases"}
		case !(d.Expected >= 0 && d.Expected <= n*(1+1e-12)):
			return &stat.InputError{Row: i, Field: "Expected", Value: d.Expected, Why: "not between 0 and Cases"}
		case !(d.Variance >= 0 && d.Variance <= n/4*(1+1e-12)):
			return &stat.InputError{Row: i, Field: "Variance", Value: d.Variance, Why: "not between 0 and a quarter of Cases"}
		}
	}
	return nil
}

// excess is φ of the winsorised z.
func excess(zs []float64) float64 {
	if len(zs) < fewForExcess {
		return 1
	}
	sorted := slices.Clone(zs)
	slices.Sort(sorted)
	r := Resampling{Level: 1 - 2*winsorised}
	ends, sum := r.percentiles(sorted), 0.0
	for _, z := range sorted {
		z = max(ends.Low, min(ends.High, z))
		sum += z * z
	}
	n := float64(len(zs))
	if phi := sum / n; phi > 1+excessErrors*math.Sqrt(2/n) {
		return phi
	}
	return 1
}

func (s *Standing) place(d Duty, excess float64) {
	limits := func(level float64) stat.Interval {
		in := normalInterval(d.Expected, math.Sqrt(excess*d.Variance), level)
		in.Low, in.High = max(0, in.Low), min(float64(d.Cases), in.High)
		return in
	}
	s.Normal, s.Rare = limits(normalLevel), limits(rareLevel)
	switch {
	case d.Variance == 0: // nothing was open
	case d.Kept < s.Rare.Low || d.Kept > s.Rare.High:
		s.Outside = 2
	case d.Kept < s.Normal.Low || d.Kept > s.Normal.High:
		s.Outside = 1
	}
}
