package driver

import "math"

// The sums of a pattern: all that EM needs to know of its rows.
type patternSums struct {
	weight float64
	x      []float64 // Σ x
	xx     []float64 // Σ x xᵀ
}

// sums of all patterns, each row counted as often as times says (nil: once).
func (t *table) sums(times []int) []patternSums {
	all := make([]patternSums, len(t.patterns))
	for at, p := range t.patterns {
		k := len(p.seen)
		s := patternSums{x: make([]float64, k), xx: make([]float64, k*k)}
		for r, row := range p.rows {
			w := t.weight(row)
			if times != nil {
				w *= float64(times[row])
			}
			if w == 0 {
				continue
			}
			values := p.values[r*k : (r+1)*k]
			s.weight += w
			for i, v := range values {
				s.x[i] += w * v
				for j, u := range values[:i+1] {
					s.xx[i*k+j] += w * v * u
				}
			}
		}
		for i := range k {
			for j := range i {
				s.xx[j*k+i] = s.xx[i*k+j]
			}
		}
		all[at] = s
	}
	return all
}

// An em is the state of the search, in standardised units.
type em struct {
	*table
	mean, cov []float64
	rounds    int
	sumX      []float64 // of one round: Σ (x̂ − mean)
	sumXX     []float64 // and Σ of its square with the spread of what is missing
	work      work
}

// work is room for one pattern.
type work struct {
	chol, coef, d1, d2, part []float64
}

// begin starts with means 0, variances 1, and nothing that goes with anything.
func (t *table) begin() *em {
	q := t.q
	e := &em{table: t, mean: make([]float64, q), cov: make([]float64, q*q), sumX: make([]float64, q), sumXX: make([]float64, q*q)}
	for i := range q {
		if t.scale[i] > 0 {
			e.cov[i*q+i] = 1
		}
	}
	e.work = work{
		chol: make([]float64, q*q), coef: make([]float64, q*q), d1: make([]float64, q),
		d2: make([]float64, q*q), part: make([]float64, q*q),
	}
	return e
}

// from starts where another search ended.
func (t *table) from(other *em) *em {
	e := t.begin()
	copy(e.mean, other.mean)
	copy(e.cov, other.cov)
	return e
}

// climb repeats rounds until nothing moves by more than end.
func (e *em) climb(sums []patternSums, end float64, most int) bool {
	for e.rounds = 1; e.rounds <= most; e.rounds++ {
		if e.round(sums) < end {
			return true
		}
	}
	e.rounds = most
	return false
}

// round is one E and one M step; it gives how far the farthest value moved.
func (e *em) round(sums []patternSums) float64 {
	clear(e.sumX)
	clear(e.sumXX)
	total := 0.0
	for at, p := range e.patterns {
		if sums[at].weight > 0 {
			total += sums[at].weight
			e.expect(p, sums[at])
		}
	}
	q, moved := e.q, 0.0
	for i := range q {
		e.sumX[i] /= total
		e.mean[i] += e.sumX[i]
		moved = max(moved, math.Abs(e.sumX[i]))
	}
	for i := range q {
		for j := range i + 1 {
			v := e.sumXX[i*q+j]/total - e.sumX[i]*e.sumX[j]
			if i != j {
				v /= 1 + e.ridge
			}
			moved = max(moved, math.Abs(v-e.cov[i*q+j]))
			e.cov[i*q+j], e.cov[j*q+i] = v, v
		}
	}
	return moved
}

// expect adds what the rows of a pattern are expected to be. With o what was
// answered and m what was not, B = Σ_mo Σ_oo⁻¹, and d the sums of x_o − mean:
// the missing part has mean B d, squares B dd B' and spread Σ_mm − B Σ_om.
func (e *em) expect(p pattern, s patternSums) {
	q, k, w := e.q, len(p.seen), &e.work
	for i, a := range p.seen {
		w.d1[i] = s.x[i] - s.weight*e.mean[a]
		e.sumX[a] += w.d1[i]
		for j, b := range p.seen {
			v := s.xx[i*k+j] - s.x[i]*e.mean[b] - e.mean[a]*s.x[j] + s.weight*e.mean[a]*e.mean[b]
			w.d2[i*k+j] = v
			e.sumXX[a*q+b] += v
		}
	}
	e.factor(p.seen)
	for i, a := range p.missing {
		if e.scale[a] == 0 {
			continue
		}
		coef, part := w.coef[i*k:(i+1)*k], w.part[i*k:(i+1)*k]
		e.solve(a, p.seen, coef)
		for j, b := range p.seen {
			e.sumX[a] += coef[j] * w.d1[j]
			part[j] = 0
			for l, c := range coef {
				part[j] += c * w.d2[l*k+j]
			}
			e.sumXX[a*q+b] += part[j]
			e.sumXX[b*q+a] += part[j]
		}
	}
	for i, a := range p.missing {
		for j, b := range p.missing[:i+1] {
			v := s.weight * e.cov[a*q+b]
			for l, c := range p.seen {
				v += w.coef[j*k+l] * (w.part[i*k+l] - s.weight*e.cov[a*q+c])
			}
			if e.scale[a] == 0 || e.scale[b] == 0 {
				continue
			}
			e.sumXX[a*q+b] += v
			if a != b {
				e.sumXX[b*q+a] += v
			}
		}
	}
}

// factor puts the Cholesky factor of the covariance of what was seen in work. A
// column that the others determine gets a zero pivot and no say.
func (e *em) factor(seen []int) {
	q, k, l := e.q, len(seen), e.work.chol
	for i, a := range seen {
		for j, b := range seen[:i+1] {
			v := e.cov[a*q+b]
			for m := range j {
				v -= l[i*k+m] * l[j*k+m]
			}
			switch {
			case i == j && v > determined:
				l[i*k+i] = math.Sqrt(v)
			case i == j:
				l[i*k+i] = 0
			case l[j*k+j] > 0:
				l[i*k+j] = v / l[j*k+j]
			default:
				l[i*k+j] = 0
			}
		}
	}
}

// solve finds how column a follows from those seen: coef = Σ_oo⁻¹ Σ_oa.
func (e *em) solve(a int, seen []int, coef []float64) {
	k, l := len(seen), e.work.chol
	for i, b := range seen {
		v := e.cov[a*e.q+b]
		for m := range i {
			v -= l[i*k+m] * coef[m]
		}
		coef[i] = 0
		if l[i*k+i] > 0 {
			coef[i] = v / l[i*k+i]
		}
	}
	for i := k - 1; i >= 0; i-- {
		v := coef[i]
		for m := i + 1; m < k; m++ {
			v -= l[m*k+i] * coef[m]
		}
		coef[i] = 0
		if l[i*k+i] > 0 {
			coef[i] = v / l[i*k+i]
		}
	}
}
