package survival

import "gonum.org/v1/gonum/mat"

// residuals is by how much each row's weight, one more, would tilt the
// gradient (score residuals, Efron's ties included), in two passes over the
// moments and one over the rows:
//
//	L = δ(z − z̄) − risk·[ z·(Λ − δb) − (M − δN) ]
//
// where at moment k, with the sums of coxPass, Λ gathers a, M gathers
// S₁a2 − D₁b2, N = S₁b2 − D₁c2, and z̄ = (S₁a − D₁b)/left.
func (d *coxData) residuals(s *coxPass) []float64 {
	p := len(s.beta)
	risk := d.gathered(s, nil)
	mean := d.gatheredMeans(s)
	out := make([]float64, d.n*p)
	for i := range d.n {
		from, until, e := int(d.from[i]), int(d.until[i]), int(d.event[i])
		if from >= until {
			continue
		}
		x, l := d.x[i*p:i*p+p], out[i*p:i*p+p]
		r := s.risk[i] / d.weight[i]
		for a := range l {
			l[a] = -r * (x[a]*(risk[until]-risk[from]) - (mean[until*p+a] - mean[from*p+a]))
		}
		if e < 0 {
			continue
		}
		t := s.sums[e]
		for a := range l {
			s1, d1 := s.s1[e*p+a], s.d1[e*p+a]
			l[a] += x[a] - (s1*t.a-d1*t.b)/d.ties[e].left
			l[a] += r * (x[a]*t.b - (s1*t.b2 - d1*t.c2))
		}
	}
	return out
}

// gatheredMeans is M before each moment.
func (d *coxData) gatheredMeans(s *coxPass) []float64 {
	p := len(s.beta)
	sums := make([]float64, len(d.ties)*p)
	for _, stratum := range d.strata {
		for k := stratum.moment; k < stratum.last; k++ {
			for a := range p {
				sums[(k+1)*p+a] = sums[k*p+a] + s.s1[k*p+a]*s.sums[k].a2 - s.d1[k*p+a]*s.sums[k].b2
			}
		}
	}
	return sums
}

// sandwich is the covariance of β that trusts only the independence of the
// clusters (Lin, Wei 1989, JASA 84, 1074–1078).
func (d *coxData) sandwich(f *coxFit) *mat.SymDense {
	p := len(d.columns)
	l := d.residuals(f.at)
	byCluster := make([]float64, d.clusters*p)
	for i := range d.n {
		for a := range p {
			byCluster[int(d.cluster[i])*p+a] += d.weight[i] * l[i*p+a]
		}
	}
	return sandwich(f.inverse, byCluster)
}

// sandwich is V·Σ uu'·V over the rows u of scores.
func sandwich(v *mat.SymDense, scores []float64) *mat.SymDense {
	p := v.SymmetricDim()
	u := mat.NewDense(len(scores)/p, p, scores)
	var tilt mat.Dense
	tilt.Mul(u, v)
	out := mat.NewSymDense(p, nil)
	out.SymOuterK(1, tilt.T())
	return out
}
