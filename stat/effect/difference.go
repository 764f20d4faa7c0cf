package effect

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"behold/stat"
)

// Outcomes are two groups that a lot made, each with what came of its members.
type Outcomes struct {
	Treated []float64 // any unit; nothing but 0 and 1 in both groups are shares
	Control []float64
}

// A Difference is how much higher the outcome of the treated is.
type Difference struct {
	Value         float64 // mean of the treated less mean of the control, adjusted by Adjust; unit of the outcome
	StdErr        float64 // of Value
	Interval      stat.Interval
	With, Without float64 // the plain means of the two groups
	Treated, Held int     // how many they are
	Method        Method
	Shares        bool          // the outcome is a share
	Caveats       []stat.Caveat // few-treated, few-control (Count below 20), few-events (Count below 5 in a group, of a share), no-spread (all outcomes of a group are alike: no interval but for shares), no-range (a group of one: no interval), too-few-to-adjust (Adjust: the plain difference is given)
}

// A Method is how an interval was found.
type Method string

// The methods.
const (
	Newcombe Method = "newcombe" // two shares, each with its score interval
	Welch    Method = "welch"    // two means, each with its own spread
	Lin      Method = "lin"      // means adjusted by a regression in each group
)

const fewEvents = 5

// Differ compares two groups that a lot made.
//
// Question: in an experiment that somebody ran, how much did the treatment do?
//
// Input: the Outcomes; read only, in any order.
//
// Formula: the difference of the means. Of shares the interval joins the score
// intervals l … u (Wilson) of the two,
//
//	d − √((p₁−l₁)² + (u₂−p₂)²)  …  d + √((u₁−p₁)² + (p₂−l₂)²)
//
// (Newcombe's method 10), which also holds for shares near 0 and 1 and for few.
// Of other outcomes it is Welch's: d ± t √(s₁²/n₁ + s₂²/n₂) with the degrees of
// freedom of Satterthwaite.
//
// Output: Difference, unit of the outcome. StdErr is that of Welch in both.
//
// Errors: an empty group, outcomes that are not finite or too large to be
// squared, a level outside 0 … 1. Caveats: few-treated, few-control, few-events,
// no-spread, no-range (the interval is open).
//
// Not where anybody chose who is treated; not for a look every day (Trial).
//
// Source: Newcombe (1998), Statistics in Medicine 17, 873–890, method 10; Welch
// (1947), Biometrika 34. See TestDiffer_Newcombe1998TableII, TestDiffer_Welch,
// TestDiffer_Hillstrom, TestDifferCoverage.
func Differ(o Outcomes, level float64) (Difference, error) {
	if err := o.check(level); err != nil {
		return Difference{}, err
	}
	with, without := sumUp(o.Treated), sumUp(o.Control)
	d := Difference{
		Value: with.mean - without.mean, StdErr: math.Sqrt(with.error2() + without.error2()),
		With: with.mean, Without: without.mean, Treated: len(o.Treated), Held: len(o.Control),
		Method: Welch, Shares: with.share && without.share,
	}
	d.Interval = welch(d, [2]summed{with, without}, level)
	if d.Shares {
		d.Method, d.Interval = Newcombe, newcombe(with, without, level)
	}
	d.warn(with, without)
	return d, nil
}

func (o Outcomes) check(level float64) error {
	if err := stat.CheckLevel(level); err != nil {
		return err
	}
	for _, group := range []struct {
		name   string
		values []float64
	}{{"Treated", o.Treated}, {"Control", o.Control}} {
		if len(group.values) == 0 {
			return &stat.InputError{Row: stat.NoRow, Field: group.name, Why: "nobody in it: there is nothing to compare"}
		}
		for i, v := range group.values {
			if !(math.Abs(v) < tooFar) {
				return &stat.InputError{Row: i, Field: group.name, Value: v, Why: "not a number below 1e150"}
			}
		}
	}
	return nil
}

// warn adds what makes the answer one to be taken with care.
func (d *Difference) warn(with, without summed) {
	add := func(code string, count int, limit float64) {
		d.Caveats = append(d.Caveats, stat.Caveat{Code: code, Count: count, Limit: limit})
	}
	if d.Treated < fewHeld {
		add("few-treated", d.Treated, fewHeld)
	}
	if d.Held < fewHeld {
		add("few-control", d.Held, fewHeld)
	}
	if d.Shares {
		if least := int(min(with.rarest(), without.rarest())); least < fewEvents {
			add("few-events", least, fewEvents)
		}
	}
	if with.square == 0 && without.square == 0 && (!d.Shares || with.mean == without.mean) {
		add("no-spread", d.Treated+d.Held, 0)
	}
	if min(d.Treated, d.Held) < 2 && !d.Shares {
		add("no-range", min(d.Treated, d.Held), 2)
	}
}

// summed is a group added up.
type summed struct {
	n, mean, square float64 // square: of the distances from the mean
	share           bool    // only 0 and 1
}

// sumUp adds up in one pass, around the running mean (Welford).
func sumUp(values []float64) summed {
	s := summed{share: true}
	for _, v := range values {
		s.n++
		off := v - s.mean
		s.mean += off / s.n
		s.square += off * (v - s.mean)
		s.share = s.share && (v == 0 || v == 1)
	}
	if s.share { // exactly, so that equal shares are equal
		s.mean = math.Round(s.mean*s.n) / s.n
	}
	return s
}

// error2 is the variance of the mean; of one value nothing is known, and 0 stands.
func (s summed) error2() float64 {
	if s.n < 2 {
		return 0
	}
	return s.square / (s.n - 1) / s.n
}

// rarest is how many of a share had the rarer outcome.
func (s summed) rarest() float64 { return s.n * min(s.mean, 1-s.mean) }

// welch is open where a group of one says nothing of its spread.
func welch(d Difference, groups [2]summed, level float64) stat.Interval {
	if min(groups[0].n, groups[1].n) < 2 {
		return stat.Interval{Low: math.Inf(-1), High: math.Inf(1), Level: level}
	}
	a, b := groups[0].error2(), groups[1].error2()
	free := math.Inf(1)
	if sum := a + b; sum > 0 {
		a, b = a/sum, b/sum // the squares of what is tiny vanish
		free = 1 / (a*a/(groups[0].n-1) + b*b/(groups[1].n-1))
	}
	half := d.StdErr * quantile(level, free)
	if d.StdErr == 0 { // nothing is known of how outcomes differ
		half = math.Inf(1)
	}
	return stat.Interval{Low: d.Value - half, High: d.Value + half, Level: level}
}

// quantile is that of Student's t, two-sided; the normal one from 1e6 degrees on.
func quantile(level, free float64) float64 {
	if free > 1e6 {
		return math.Sqrt2 * math.Erfinv(level)
	}
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: free}.Quantile((1 + level) / 2)
}

func newcombe(with, without summed, level float64) stat.Interval {
	z := math.Sqrt2 * math.Erfinv(level)
	l1, u1 := wilson(with.mean, with.n, z)
	l2, u2 := wilson(without.mean, without.n, z)
	d := with.mean - without.mean
	return stat.Interval{
		Low:   max(-1, d-math.Hypot(with.mean-l1, u2-without.mean)),
		High:  min(1, d+math.Hypot(u1-with.mean, without.mean-l2)),
		Level: level,
	}
}

// wilson is the score interval of a share p of n.
func wilson(p, n, z float64) (low, high float64) {
	middle := p + z*z/(2*n)
	half := z * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return (middle - half) / (1 + z*z/n), (middle + half) / (1 + z*z/n)
}
