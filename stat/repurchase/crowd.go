package repurchase

import (
	"math"

	"behold/stat"
)

// floorSilence is the smallest silence given back, so that ratios of two
// silences stay numbers (METHODS 9).
const floorSilence = 1e-300

// floorWeight is where the chance of a shape counts as 0.
const floorWeight = 1e-18

// A rhythm is what one shape makes of everybody with x repeats.
type rhythm struct {
	k     float64
	logK  float64
	after float64   // r + kx, shape of μ after x gaps
	beta  stat.Beta // Beta(r + kx, k): S(s) is its chance below odds (α + k t_x)/(ks)
	front float64   // ln π + x(k ln k − ln Γ(k)) + ln Γ(r+kx) − ln Γ(r) + r ln α
	gap   float64   // times (α + k t_x) it is the gap to be expected

	silence *curve // ln S over ln odds; nil when it is not worth one
	coming  coming // for the residual value
}

// A crowd is everybody with x repeats: what they share is worked out once.
type crowd struct {
	m      Mixture
	rho    float64  // a/(b+x)
	shapes []rhythm // those that anybody has
}

func (m Mixture) crowd(x float64) *crowd {
	c := &crowd{m: m, rho: m.A / (m.B + x)}
	for g, k := range m.Shapes {
		if m.Shares[g] <= 0 {
			continue
		}
		logGammaK, _ := math.Lgamma(k)
		c.shapes = append(c.shapes, rhythm{
			k: k, logK: math.Log(k), after: m.R + k*x, beta: stat.NewBeta(m.R+k*x, k),
			front: math.Log(m.Shares[g]) + x*(k*math.Log(k)-logGammaK) +
				stat.LogRising(m.R, k*x) + m.R*math.Log(m.Alpha),
		})
	}
	return c
}

// knowGaps prepares MeanGap.
func (c *crowd) knowGaps() {
	for g := range c.shapes {
		h := &c.shapes[g]
		if h.after-1 > 0.5 {
			h.gap = 1 / (h.after - 1)
		} else {
			h.gap = 1 / (h.k * h.beta.Quantile(0.5))
		}
	}
}

// Between these chances ln S is kept as a curve; what is further out is rare
// and worked out each time.
const (
	curveFrom = 1e-8
	curveTo   = 1e-6 // from 1
)

// keepCurves puts ln S over ln odds into curves. The step is a twelfth of the
// width that ln S bends over, which is 1/√k whatever x: S is then told to
// about 1e-7 of itself (TestScoreEqualsSingle).
func (c *crowd) keepCurves() {
	for g := range c.shapes {
		h := &c.shapes[g]
		low := math.Log(h.beta.Quantile(curveFrom))
		high := -math.Log(stat.NewBeta(h.beta.B, h.beta.A).Quantile(curveTo))
		step := math.Min(1, 1/math.Sqrt(h.k)) / 12
		h.silence = newCurve(low, high, step, func(logOdds float64) float64 {
			return h.beta.LogCDF(math.Exp(logOdds))
		})
	}
}

// logSilence is ln S_g and its slope by the ln odds.
func (h *rhythm) logSilence(logOdds float64) (value, slope float64) {
	if h.silence.holds(logOdds) {
		return h.silence.at(logOdds)
	}
	odds := math.Exp(logOdds)
	value = h.beta.LogCDF(odds)
	if value < -700 || odds == 0 || math.IsInf(odds, 1) {
		return value, 0
	}
	return value, math.Exp(h.beta.LogDensity(odds) - value)
}

// logOddsAt is the ln odds with S_g = p, to within one step of the curve.
func (h *rhythm) logOddsAt(p, logP float64) float64 {
	if t, ok := h.silence.inverse(logP); ok {
		return t
	}
	return math.Log(h.beta.Quantile(p))
}

// A single is one buyer within a crowd.
type single struct {
	*crowd
	b     Buyer
	w     []float64 // chance of each shape from the completed gaps
	reach []float64 // ln((α + k t_x)/k): the ln odds are reach − ln s
}

// meet prepares the buyer; the room for the columns is taken from s.
func (s *single) meet(c *crowd, b Buyer) {
	s.crowd, s.b = c, b
	s.w, s.reach = s.w[:0], s.reach[:0]
	top := math.Inf(-1)
	for g := range c.shapes {
		h := &c.shapes[g]
		logRate := math.Log(c.m.Alpha + h.k*b.Last)
		w := h.front + (h.k-1)*b.LogGaps - h.after*logRate
		top = math.Max(top, w)
		s.w, s.reach = append(s.w, w), append(s.reach, logRate-h.logK)
	}
	sum := 0.0
	for g, w := range s.w {
		w = math.Exp(w - top)
		if w < floorWeight {
			w = 0
		}
		s.w[g] = w
		sum += w
	}
	for g := range s.w {
		s.w[g] /= sum
	}
}

func (m Mixture) single(b Buyer) *single {
	s := new(single)
	s.meet(m.crowd(b.Repeats), b)
	return s
}

// silence is S after a silence of length t.
func (s *single) silence(t float64) float64 {
	if t <= 0 {
		return 1
	}
	sum, _ := s.silenceSlope(math.Log(t))
	return math.Min(1, math.Max(sum, floorSilence))
}

// silenceSlope is S and −dS/d ln t, at ln t.
func (s *single) silenceSlope(logT float64) (sum, slope float64) {
	for g, w := range s.w {
		if w > 0 {
			value, bend := s.shapes[g].logSilence(s.reach[g] - logT)
			value = w * math.Exp(value)
			sum += value
			slope += value * bend
		}
	}
	return sum, slope
}

// quantile is the t with silence(t) = p, by Newton's steps on ln S over ln t
// inside a bracket. The quantiles of the shapes give the bracket: that of the
// mixture lies between them.
func (s *single) quantile(p float64) float64 {
	if p >= 1 {
		return 0
	}
	p = math.Max(p, floorSilence)
	logP := math.Log(p)
	low, high, at := math.Inf(1), math.Inf(-1), 0.0
	for g, w := range s.w {
		if w > 0 {
			y := s.reach[g] - s.shapes[g].logOddsAt(p, logP)
			low, high = math.Min(low, y), math.Max(high, y)
			at += w * y
		}
	}
	low, high = low-0.1, high+0.1
	for range 100 {
		sum, slope := s.silenceSlope(at)
		if sum > p {
			low = at
		} else {
			high = at
		}
		step := (math.Log(sum) - logP) * sum / slope
		next := at + step
		if math.Abs(step) < 1e-5 { // the step after it would be its square
			at = next
			break
		}
		if !(next > low && next < high) {
			next = (low + high) / 2
		}
		at = next
	}
	return math.Exp(math.Min(at, 700))
}

func (s *single) alive(silence float64) float64 {
	return silence / (silence + s.rho)
}

// noPurchase from S now and S at the end of the window.
func noPurchase(alive, now, then float64) float64 {
	return math.Min(1, 1-alive*(1-then/now))
}

// meanGap needs knowGaps.
func (s *single) meanGap() float64 {
	sum := 0.0
	for g, w := range s.w {
		if w > 0 {
			sum += w * (s.m.Alpha + s.shapes[g].k*s.b.Last) * s.shapes[g].gap
		}
	}
	return sum
}
