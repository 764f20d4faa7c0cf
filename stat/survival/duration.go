package survival

import (
	"math"

	"behold/stat"
)

// A Quantile is the age by which a share of the customers has left.
type Quantile struct {
	Time  float64       // first age with S ≤ 1 − share; +Inf when the curve does not get there
	Range stat.Interval // its limits; +Inf where the limits of the curve do not get there
}

// Median is the half-life: the first age after which at most half are here.
func (c *Curve) Median() Quantile {
	return c.Quantile(0.5)
}

// Quantile is the first age by which the share gone, between 0 and 1, has left.
//
// Question: after what time is a quarter of the customers gone?
//
// Output: the first Point with S(t) ≤ 1 − gone; its limits are the first
// Points where the lower and the upper limit of S get there (Brookmeyer and
// Crowley). +Inf means not within the data: see Retention for projections.
// R takes the middle where the curve is flat at exactly 1 − gone; here it is
// the beginning of that flat piece.
//
// Source: Brookmeyer, Crowley (1982), Biometrics 38, 29–41. See
// TestKaplanMeier_R.
func (c *Curve) Quantile(gone float64) Quantile {
	q := Quantile{math.Inf(1), stat.Interval{Low: math.Inf(1), High: math.Inf(1), Level: c.Level}}
	// A product of many factors is off by some units of the last digit.
	goal := (1 - gone) * (1 + 1e-12)
	for _, p := range c.Points {
		if p.Low <= goal {
			q.Range.Low = math.Min(q.Range.Low, p.Time)
		}
		if p.Survival <= goal {
			q.Time = math.Min(q.Time, p.Time)
		}
		if p.High <= goal {
			q.Range.High = p.Time
			break
		}
	}
	return q
}

// A Mean is the time customers stay on average before some age.
type Mean struct {
	Time    float64 // mean time here, up to Until
	Until   float64 // the age at which the count ends
	StdErr  float64
	Range   stat.Interval
	Caveats []stat.Caveat
}

// Mean estimates how long customers stay on average, counting up to an age.
//
// Question: of the first two years, how much are customers here?
//
// Input: until, an age > 0 in the unit of the stays.
//
// Estimate: the area μ = ∫₀^until S(t) dt, with
//
//	Var μ = Σ_i A_i² d_i/(n_i (n_i − d_i)),  A_i = ∫_{t_i}^until S(t) dt
//
// Output: a time in the same unit, with limits μ ± z·se kept within 0 … until.
//
// Errors: *OptionError (until not above 0). Caveats, in the result: beyond-data
// (the last customer was seen at age Value, before until, and the curve was
// held flat from there: the mean is then too long).
//
// Not comparable between different until.
//
// Source: Irwin (1949), J. Hygiene 47, 188–189; as survival's print(rmean).
// See TestMean_R.
func (c *Curve) Mean(until float64) (Mean, error) {
	if !(until > 0) || math.IsInf(until, 1) {
		return Mean{}, &OptionError{"until", until, "not a finite age above 0"}
	}
	m := Mean{Until: until}
	variance, next := 0.0, until
	for i := len(c.Points) - 1; i >= 0; i-- {
		p := &c.Points[i]
		if p.Time > until {
			continue
		}
		m.Time += p.Survival * (next - p.Time)
		next = p.Time
		if p.Left > 0 && p.AtRisk > p.Left {
			variance += m.Time * m.Time * p.Left / (p.AtRisk * (p.AtRisk - p.Left))
		}
	}
	m.Time += next
	m.StdErr = math.Sqrt(variance)
	spread := normalLimit(c.Level) * m.StdErr
	m.Range = stat.Interval{Low: math.Max(0, m.Time-spread), High: math.Min(until, m.Time+spread), Level: c.Level}
	if last := c.Points[len(c.Points)-1]; last.Time < until && last.Survival > 0 {
		m.Caveats = append(m.Caveats, stat.Caveat{Code: "beyond-data", Value: last.Time, Limit: until})
	}
	return m, nil
}
