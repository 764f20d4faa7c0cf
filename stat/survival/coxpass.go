package survival

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// A coxPass is the likelihood at one β, with the sums it was made of. Risks of
// a stratum are divided by the largest, e^shift, so that none overflows.
//
// With φ_k = S − k/d·D of step k, and c its weight, the sums over the steps of
// a tie stand for all that the steps enter into, so that heavy ties cost no
// more than single leavers:
//
//	a = Σ c/φ   b = Σ c(k/d)/φ   a2 = Σ c/φ²   b2 = Σ c(k/d)/φ²   c2 = Σ c(k/d)²/φ²
type coxPass struct {
	beta     []float64
	eta      []float64 // by row: β'z
	risk     []float64 // by row: weight · exp(eta − shift)
	shift    []float64 // by stratum
	s0, s1   []float64 // by moment: Σ risk, Σ risk·z over those at risk
	d0, d1   []float64 // the same over those who leave
	sums     []tieSums
	gradient []float64
	loglik   float64
}

type tieSums struct{ a, b, a2, b2, c2 float64 }

// block is how many rows or moments are summed on one core; it must not
// depend on the machine.
const block = 4096

// pass goes through all rows once at β.
func (d *coxData) pass(beta []float64) *coxPass {
	p, moments := len(beta), len(d.ties)
	s := &coxPass{
		beta: beta, eta: make([]float64, d.n), risk: make([]float64, d.n), shift: make([]float64, len(d.strata)),
		s0: make([]float64, moments), s1: make([]float64, moments*p),
		d0: make([]float64, moments), d1: make([]float64, moments*p),
		sums: make([]tieSums, moments), gradient: make([]float64, p),
	}
	d.takeRisks(s)
	d.scatter(s)
	for i := range d.strata {
		d.gather(s, &d.strata[i])
	}
	d.climbed(s)
	return s
}

func (d *coxData) takeRisks(s *coxPass) {
	p := len(s.beta)
	stat.Blocks(d.n, block, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			sum := 0.0
			for a, x := range d.x[i*p : i*p+p] {
				sum += s.beta[a] * x
			}
			s.eta[i] = sum
		}
	})
	for k, stratum := range d.strata {
		top := math.Inf(-1)
		for _, eta := range s.eta[stratum.row:stratum.end] {
			top = math.Max(top, eta)
		}
		s.shift[k] = top
		stat.Blocks(stratum.end-stratum.row, block, func(lo, hi int) {
			for i := stratum.row + lo; i < stratum.row+hi; i++ {
				s.risk[i] = d.weight[i] * math.Exp(s.eta[i]-top)
			}
		})
	}
}

// scatter puts each row down at its last moment, and takes it away before its
// first, so that the sums from the end are those at risk.
func (d *coxData) scatter(s *coxPass) {
	p := len(s.beta)
	for k := range d.strata {
		first := int32(d.strata[k].moment)
		for i := d.strata[k].row; i < d.strata[k].end; i++ {
			from, until := d.from[i], d.until[i]
			if from >= until {
				continue
			}
			x, r := d.x[i*p:i*p+p], s.risk[i]
			put(s.s0, s.s1, int(until)-1, r, x)
			if from > first {
				put(s.s0, s.s1, int(from)-1, -r, x)
			}
			if e := d.event[i]; e >= 0 {
				put(s.d0, s.d1, int(e), r, x)
			}
		}
	}
}

func put(sum0, sum1 []float64, moment int, r float64, x []float64) {
	sum0[moment] += r
	row := sum1[moment*len(x) : moment*len(x)+len(x)]
	for a, v := range x {
		row[a] += r * v
	}
}

// gather sums from the last moment of a stratum to its first. Where rows taken
// away were so much larger that what is left is mostly rounding, it counts
// those at risk anew.
func (d *coxData) gather(s *coxPass, stratum *coxStratum) {
	p := len(s.beta)
	peak := 0.0
	for k := stratum.last - 1; k >= stratum.moment; k-- {
		if k+1 < stratum.last {
			s.s0[k] += s.s0[k+1]
			for a := range p {
				s.s1[k*p+a] += s.s1[(k+1)*p+a]
			}
		}
		if d.late && s.s0[k] < 1e-7*peak {
			d.recount(s, stratum, k)
			peak = s.s0[k]
		}
		peak = math.Max(peak, s.s0[k])
	}
}

func (d *coxData) recount(s *coxPass, stratum *coxStratum, k int) {
	p := len(s.beta)
	s.s0[k] = 0
	clear(s.s1[k*p : k*p+p])
	for i := stratum.row; i < stratum.end; i++ {
		if int(d.from[i]) <= k && k < int(d.until[i]) {
			put(s.s0, s.s1, k, s.risk[i], d.x[i*p:i*p+p])
		}
	}
}

// climbed takes likelihood and gradient from the sums.
func (d *coxData) climbed(s *coxPass) {
	p := len(s.beta)
	sums := stat.BlockSums(stat.Split{N: len(d.ties), Size: block, Width: p + 1}, func(lo, hi int, sums []float64) {
		for k := lo; k < hi; k++ {
			if d.ties[k].rows == 0 {
				continue
			}
			t, logs := d.ties[k].sum(s.s0[k], s.d0[k])
			s.sums[k] = t
			sums[p] += logs
			for a := range p {
				sums[a] += s.s1[k*p+a]*t.a - s.d1[k*p+a]*t.b
			}
		}
	})
	s.loglik = -sums[p]
	for a := range p {
		s.gradient[a] = -sums[a]
	}
	for k, stratum := range d.strata {
		for i := stratum.row; i < stratum.end; i++ {
			if d.event[i] < 0 {
				continue
			}
			s.loglik += d.weight[i] * (s.eta[i] - s.shift[k])
			for a, x := range d.x[i*p : i*p+p] {
				s.gradient[a] += d.weight[i] * x
			}
		}
	}
}

// sum goes through the steps of a tie; logs is Σ c·ln φ.
func (t *tie) sum(s0, d0 float64) (sums tieSums, logs float64) {
	for k := range t.steps {
		f := float64(k) / float64(t.steps)
		phi := s0 - f*d0
		v := t.share / phi
		w := v / phi
		logs += t.share * math.Log(phi)
		sums.a += v
		sums.b += v * f
		sums.a2 += w
		sums.b2 += w * f
		sums.c2 += w * f * f
	}
	return sums, logs
}

// information is minus the second derivative of the likelihood, with moment k
// weighed by g(k); nil stands for ones. The first part of it,
//
//	Σ_k g(k) Σ_steps c/φ Σ_at risk risk·zz'
//
// is summed by row, each with the risk it gathered, as the sums over those at
// risk then need not be kept for every pair of columns.
func (d *coxData) information(s *coxPass, g []float64) *mat.SymDense {
	p := len(s.beta)
	gathered := d.gathered(s, g)
	width := p * (p + 1) / 2
	rows := stat.BlockSums(stat.Split{N: d.n, Size: block, Width: width}, func(lo, hi int, sums []float64) {
		for i := lo; i < hi; i++ {
			if c := d.taken(s, gathered, g, i); c != 0 {
				addOuter(sums, c, d.x[i*p:i*p+p], d.x[i*p:i*p+p])
			}
		}
	})
	moments := stat.BlockSums(stat.Split{N: len(d.ties), Size: block, Width: width}, func(lo, hi int, sums []float64) {
		for k := lo; k < hi; k++ {
			if d.ties[k].rows == 0 {
				continue
			}
			w, t := weightOf(g, k), s.sums[k]
			s1, d1 := s.s1[k*p:k*p+p], s.d1[k*p:k*p+p]
			addOuter(sums, w*t.a2, s1, s1)
			if t.c2 != 0 {
				addOuter(sums, -w*t.b2, s1, d1)
				addOuter(sums, -w*t.b2, d1, s1)
				addOuter(sums, w*t.c2, d1, d1)
			}
		}
	})
	info := mat.NewSymDense(max(p, 1), nil)
	at := 0
	for a := range p {
		for b := 0; b <= a; b++ {
			info.SetSym(a, b, rows[at]-moments[at])
			at++
		}
	}
	return info
}

func weightOf(g []float64, moment int) float64 {
	if g == nil {
		return 1
	}
	return g[moment]
}

// addOuter adds the lower half of c·xy'.
func addOuter(sums []float64, c float64, x, y []float64) {
	at := 0
	for a, v := range x {
		v *= c
		row := sums[at : at+a+1]
		for b, w := range y[:a+1] {
			row[b] += v * w
		}
		at += a + 1
	}
}

// gathered is Σ g·a over the moments of the stratum before each.
func (d *coxData) gathered(s *coxPass, g []float64) []float64 {
	sums := make([]float64, len(d.ties))
	for _, stratum := range d.strata {
		for k := stratum.moment; k < stratum.last; k++ {
			sums[k+1] = sums[k] + weightOf(g, k)*s.sums[k].a
		}
	}
	return sums
}

// taken is the risk a row has gathered, in units of those who left.
func (d *coxData) taken(s *coxPass, gathered, g []float64, i int) float64 {
	if d.from[i] >= d.until[i] {
		return 0
	}
	sum := gathered[d.until[i]] - gathered[d.from[i]]
	if e := d.event[i]; e >= 0 {
		sum -= weightOf(g, int(e)) * s.sums[e].b
	}
	return s.risk[i] * sum
}
