package effect

import "math"

// A line is logit P = intercept + slope · x, with the variances of the two.
type line struct {
	intercept, slope       float64
	varIntercept, varSlope float64
}

// newtonSteps are far more than a concave function of two numbers needs; where
// the top lies at infinity they end the climb.
const newtonSteps = 100

// fitLine maximises Σ t ln P + (1−t) ln(1−P) by Newton steps, halved until they
// climb. x is centred and scaled on the way, so that its unit does not matter; a
// constant x has slope 0.
func fitLine(x, targets []float64) line {
	mean, scale := centre(x)
	flat := scale == 0
	if flat {
		scale = 1
	}
	s := slopes{x: x, targets: targets, mean: mean, scale: scale}
	var l line
	a, b, value := 0.0, 0.0, s.value(0, 0)
	for range newtonSteps {
		s.derive(a, b)
		if flat {
			s.gb, s.hab, s.hbb = 0, 0, 1
		}
		det := s.haa*s.hbb - s.hab*s.hab
		if !(det > 0) {
			break
		}
		at := mean / scale
		l.varIntercept = (s.hbb + 2*s.hab*at + s.haa*at*at) / det
		l.varSlope = s.haa / det / (scale * scale)
		da, db := (s.hbb*s.ga-s.hab*s.gb)/det, (s.haa*s.gb-s.hab*s.ga)/det
		gain, size := da*s.ga+db*s.gb, 1.0
		for ; size > 1e-8; size /= 2 {
			if next := s.value(a+size*da, b+size*db); next >= value {
				a, b, value = a+size*da, b+size*db, next
				break
			}
		}
		if gain < 1e-14*float64(len(x)) || size <= 1e-8 {
			break
		}
	}
	l.slope = b / scale
	l.intercept = a - l.slope*mean
	return l
}

// fitLevel is the intercept when the slope is held at 1, and its variance.
func fitLevel(x, targets []float64) (level, variance float64) {
	s := slopes{x: x, targets: targets, scale: 1}
	value := s.value(0, 1)
	for range newtonSteps {
		s.derive(level, 1)
		if !(s.haa > 0) {
			break
		}
		variance = 1 / s.haa
		step, size := s.ga/s.haa, 1.0
		for ; size > 1e-8; size /= 2 {
			if next := s.value(level+size*step, 1); next >= value {
				level, value = level+size*step, next
				break
			}
		}
		if step*s.ga < 1e-14*float64(len(x)) || size <= 1e-8 {
			break
		}
	}
	return level, variance
}

// slopes are the derivatives of the log-likelihood at a + b (x − mean)/scale.
type slopes struct {
	x, targets    []float64
	mean, scale   float64
	ga, gb        float64 // first
	haa, hab, hbb float64 // second, negative
}

func (s *slopes) value(a, b float64) (sum float64) {
	for i, v := range s.x {
		z := a + b*(v-s.mean)/s.scale
		sum += s.targets[i]*z - softplus(z)
	}
	return sum
}

func (s *slopes) derive(a, b float64) {
	s.ga, s.gb, s.haa, s.hab, s.hbb = 0, 0, 0, 0, 0
	for i, v := range s.x {
		u := (v - s.mean) / s.scale
		p := logistic(a + b*u)
		off, bend := s.targets[i]-p, p*(1-p)
		s.ga += off
		s.gb += off * u
		s.haa += bend
		s.hab += bend * u
		s.hbb += bend * u * u
	}
}

// centre takes squares of parts of the largest, so that none overflows.
func centre(x []float64) (mean, scale float64) {
	largest := 0.0
	for _, v := range x {
		largest = max(largest, math.Abs(v))
	}
	if largest == 0 {
		return 0, 0
	}
	origin, sum, square := x[0]/largest, 0.0, 0.0
	for _, v := range x {
		off := v/largest - origin
		sum += off
		square += off * off
	}
	n := float64(len(x))
	return (origin + sum/n) * largest, math.Sqrt(max(0, square/n-sum/n*sum/n)) * largest
}

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// softplus is ln(1 + e^z), exact where e^z would overflow.
func softplus(z float64) float64 {
	return max(z, 0) + math.Log1p(math.Exp(-math.Abs(z)))
}
