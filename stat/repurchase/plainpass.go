package repurchase

import "math"

// A plainSum is what the histories of one x add to the log-likelihood of a
// family with k = 1, before what x and the parameters have in common is put in.
//
// Every history is a mixture of two cases: staying, (α+T)^−R, and having left,
// ρ(α+t_x)^−R. With u the share of the second, v = u(1−u), and g, d how much
// ln(α+·) and 1/(α+·) differ between T and t_x, value, slopes and curvature are
// sums of these few numbers.
type plainSum struct {
	weight, value, logLate, late      float64 // ln of the sum over the first case; ln(α+T); 1/(α+T)
	u, ug, ud                         float64
	v, vg, vd, vgg, vgd, vdd, squares float64 // squares: the mean of 1/(α+·)²
}

// addPlain adds what the histories lo … hi, of any x, contribute beyond what x
// does. It is addRow for k = 1 at a third of the time: the loop holds one
// logarithm and one exponential, and ln(1+e^−|·|) of histories of weight 1 is
// the logarithm of a product.
func (h *geometricHill) addPlain(lo, hi int, tables []geometricTable, alpha, a float64, sums *[15]float64) {
	for lo < hi {
		end := lo + 1
		for end < hi && h.of[end] == h.of[lo] {
			end++
		}
		t := &tables[h.of[lo]]
		s := plainRun(h.buyers[lo:end], t.after, t.logRho, alpha)
		s.spread(t, a, sums)
		lo = end
	}
}

func plainRun(buyers []Buyer, after, logRho, alpha float64) (s plainSum) {
	age, logLate, late, product := math.NaN(), 0.0, 0.0, 1.0
	for i := range buyers {
		b := &buyers[i]
		w := b.Weight
		if b.Age != age { // buyers of the same age follow one another
			age = b.Age
			logLate, late = math.Log(alpha+age), 1/(alpha+age)
		}
		early := 1 / (alpha + b.Last)
		g, d := logLate-math.Log(alpha+b.Last), early-late
		excess := logRho + after*g // ln of having left over staying
		small := math.Exp(-math.Abs(excess))
		u := 1 / (1 + small)
		if excess > 0 {
			s.value += w * excess
		} else {
			u *= small
		}
		if w == 1 {
			if product *= 1 + small; product > 1e300 {
				s.value += math.Log(product)
				product = 1
			}
		} else {
			s.value += w * math.Log1p(small)
		}
		s.weight += w
		s.logLate += w * logLate
		s.late += w * late
		u *= w
		v := u * (1 - u/w)
		vg, vd := v*g, v*d
		s.u += u
		s.ug += u * g
		s.ud += u * d
		s.v += v
		s.vg += vg
		s.vd += vd
		s.vgg += vg * g
		s.vgd += vg * d
		s.vdd += vd * d
		s.squares += w*late*late + u*d*(early+late)
	}
	s.value += math.Log(product)
	return s
}

// spread puts in what the histories of one x have in common.
func (s *plainSum) spread(t *geometricTable, a float64, sums *[15]float64) {
	after, byB := t.after, t.rhoByB
	sums[0] += s.value - after*s.logLate
	sums[1] += s.ug - s.logLate
	sums[2] -= after * (s.late + s.ud)
	sums[3] += s.u / a
	sums[4] -= s.u * byB

	sums[5+rr] += s.vgg
	sums[5+alphaR] -= s.late + s.ud + after*s.vgd
	sums[5+alphaAlpha] += after * (s.squares + after*s.vdd)
	sums[5+aR] += s.vg / a
	sums[5+aAlpha] -= after * s.vd / a
	sums[5+aA] += (s.v - s.u) / (a * a)
	sums[5+bR] -= s.vg * byB
	sums[5+bAlpha] += after * s.vd * byB
	sums[5+bA] -= s.v * byB / a
	sums[5+bB] += (s.u + s.v) * byB * byB
}
