package survival

import (
	"math"
	"sort"

	"behold/stat"
)

// Limits is the scale on which the limits of a survival curve are taken.
type Limits int

// The scales. LogLog keeps its level best on small samples and far from the
// middle; Log is the habit of R and there for comparison.
const (
	LogLog Limits = iota // ln(−ln S) ± z·se
	Log                  // ln S ± z·se, cut at 1
)

// CurveOptions change how a curve is drawn. The zero value is the rule.
type CurveOptions struct {
	Level  float64 // of all limits; 0 means 0.95
	Limits Limits  // LogLog
}

// A Point of a survival curve is an age at which somebody left or was last seen.
type Point struct {
	Time     float64 // t, age
	AtRisk   float64 // n, customers here and watched just before; weighted count
	Left     float64 // d, who left at t; weighted count
	Censored float64 // last seen here at t; weighted count
	Survival float64 // S(t), share still here after t
	StdErr   float64 // Greenwood's standard error of S(t); 0 where S is 1 or 0 and it says nothing
	Low      float64 // lower limit of S(t)
	High     float64 // upper limit of S(t); where S is 0, the limit just before
}

// A Curve is the share of customers still here, by age. It falls in steps at
// its Points and is flat between them.
type Curve struct {
	Points  []Point // in order of Time
	N       int     // stays in the input
	Total   float64 // customers, the sum of their weights
	Left    float64 // of whom left
	Level   float64 // of all limits
	Limits  Limits
	Caveats []stat.Caveat
}

// KaplanMeier estimates the share of customers who stay longer than each age.
//
// Question: how many of those who come are still here after a year, and after
// what time is half of them gone?
//
// Input: one Stay per customer, n ≥ 1, in any order; read only.
//
//	Duration  t   age when leaving or last seen     any unit of time, t ≥ 0
//	Left      δ   left at t                         yes or no
//	Entry     e   age when first watched            the same unit, 0 ≤ e < t
//	Weight    w   customers who share the stay      count, w > 0 (0 means 1)
//
// Estimate: with d_i leaving at age t_i of n_i who were here and watched,
//
//	S(t)     = Π_{t_i ≤ t} (1 − d_i/n_i)
//	Var S(t) = S(t)² Σ_{t_i ≤ t} d_i/(n_i (n_i − d_i))          (Greenwood)
//
// Who is last seen at t still counts among the n of t. Limits are taken on the
// scale of ln(−ln S), or of ln S (CurveOptions.Limits).
//
// Output: Curve, a Point for each age at which somebody left or was last seen;
// shares between 0 and 1.
//
// Errors: ErrTooFew (no stays); *InputError (which stay, which field);
// *OptionError. Caveats, in the result: nobody-left (the limits say only 1);
// few-left (fewer than 10 left; Count); thin-tail (fewer than 10 at risk from
// age Value on, where the curve is only a hint); emptied (with late entries
// everybody watched at age Value left, and the curve stays 0 for good, though
// others were watched later: begin at a later age).
//
// Not where leaving is never seen (use package repurchase), nor where customers
// vanish from view because they are about to leave.
//
// Source: Kaplan, Meier (1958), JASA 53, 457–481; limits as in Kalbfleisch,
// Prentice (2002), 1.4. All points of nine data sets agree with R survival
// 3.5-3: see TestKaplanMeier_R.
func KaplanMeier(stays []Stay, opt CurveOptions) (Curve, error) {
	level, err := checkLevel(opt.Level)
	if err != nil {
		return Curve{}, err
	}
	if err := checkStays(stays); err != nil {
		return Curve{}, err
	}
	all := moments(stays)
	c := Curve{Points: make([]Point, len(all)), N: len(stays), Level: level, Limits: opt.Limits}
	c.Left, c.Total = counts(all)
	c.fill(all)
	c.Caveats = c.caveats()
	return c, nil
}

func (c *Curve) fill(all []moment) {
	z := normalLimit(c.Level)
	survival, greenwood, high := 1.0, 0.0, 1.0
	for i, m := range all {
		p := Point{Time: m.time, AtRisk: m.atRisk, Left: m.left, Censored: m.censored}
		if m.left > 0 {
			survival *= (m.atRisk - m.left) / m.atRisk
			greenwood += m.left / (m.atRisk * (m.atRisk - m.left))
		}
		p.Survival = survival
		if survival > 0 {
			p.StdErr = survival * math.Sqrt(greenwood)
			p.Low, p.High = c.Limits.around(survival, z*math.Sqrt(greenwood))
			high = p.High
		} else {
			p.High = high
		}
		c.Points[i] = p
	}
}

// around gives the limits of a share; spread is z times the standard error of
// its logarithm.
func (l Limits) around(share, spread float64) (low, high float64) {
	if spread == 0 {
		return share, share
	}
	if l == Log {
		return share * math.Exp(-spread), math.Min(1, share*math.Exp(spread))
	}
	logShare := math.Log(share)
	widen := math.Exp(spread / -logShare)
	return math.Exp(logShare * widen), math.Exp(logShare / widen)
}

// Fewer than few customers at risk, or who left, ask for a caveat.
const few = 10

func (c *Curve) caveats() (all []stat.Caveat) {
	switch {
	case c.Left == 0:
		return []stat.Caveat{{Code: "nobody-left"}}
	case c.Left < few:
		all = append(all, stat.Caveat{Code: "few-left", Count: int(c.Left), Limit: few})
	}
	thin := len(c.Points)
	for thin > 0 && c.Points[thin-1].AtRisk < few {
		thin--
	}
	if thin < len(c.Points) {
		all = append(all, stat.Caveat{Code: "thin-tail", Value: c.Points[thin].Time, Limit: few})
	}
	for i, p := range c.Points {
		if p.Survival == 0 && i < len(c.Points)-1 {
			all = append(all, stat.Caveat{Code: "emptied", Count: i, Value: p.Time})
			break
		}
	}
	return all
}

// At is the share still here after age t, with its limits. Before the first
// Point it is 1; after the last it is that of the last, which then is only an
// upper bound of what is known.
func (c *Curve) At(t float64) (share float64, limits stat.Interval) {
	i := sort.Search(len(c.Points), func(i int) bool { return c.Points[i].Time > t })
	if i == 0 {
		return 1, stat.Interval{Low: 1, High: 1, Level: c.Level}
	}
	p := &c.Points[i-1]
	return p.Survival, stat.Interval{Low: p.Low, High: p.High, Level: c.Level}
}
